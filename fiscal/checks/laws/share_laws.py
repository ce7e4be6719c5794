"""Shares: part / the whole that is named = share; and ratios that are called by what was done of how much (办结率)."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from fiscal.checks.identities.ratios import Ratio
from fiscal.checks.laws.book import Book
from fiscal.checks.laws.quantities import COMPLETION, SHARE, Figure
from fiscal.checks.laws.verdicts import Verdicts, shown, terms
from fiscal.dictionary.laws import FAMILIES, name_of
from fiscal.dictionary.measures import measures
from fiscal.dictionary.patterns import patterns
from fiscal.model.cells import Cell
from fiscal.model.finding import FAILED, ROUNDING, SKIPPED, Outcome

_DONE = re.compile(r"([\u4e00-\u9fff]{2})(?:率|比例)(?:为|达到?)?\d")  # what was done: 办结率, 完成率
_PLAN = re.compile("(?<![比较])(?:目标|计划|任务|应|预算)")


def shares(book: Book, verdicts: Verdicts) -> None:
    """Every printed share against its part and its whole; a last share forced to 100 is only a remark."""
    complete: dict[int, list[int]] = defaultdict(list)
    for one in book.by_kind[SHARE]:
        if not one.usable or one.claim.cell.unit != "%":
            continue
        part = book.now(one)
        wholes = [whole for whole in wholes_of(book, one, part) if whole is not part]
        if part is None or not wholes:
            verdicts.skip("share", one, "missing")
        elif verdicts.new("share", one, part, *wholes):
            complete[id(wholes[0].claim.cell)].append(len(verdicts.outcomes))
            verdicts.judge(_share, one, part, *wholes)
    for numbers in complete.values():
        _force(verdicts, numbers)


def _share(verdicts: Verdicts, share: Figure, part: Figure, *wholes: Figure) -> None:
    whole = wholes[0]
    of = f"{name_of(part.stem)}{shown(part)}、{name_of(whole.stem)}{shown(whole)}"
    ratios = [Ratio("share", terms((1, part)), terms((1, one))) for one in wholes]
    verdicts.percent("share", share, ratios, of=of, base=name_of(whole.stem), whole=whole.stem)


def _force(verdicts: Verdicts, numbers: list[int]) -> None:
    """Shares of one whole that were made to add to 100: the failed ones are remarks."""
    outcomes = [verdicts.outcomes[number] for number in numbers]
    if len(outcomes) < 2 or not any(one.outcome == FAILED for one in outcomes) or not _is_forced(outcomes):
        return
    for number, outcome in zip(numbers, outcomes):
        if outcome.outcome == FAILED:
            verdicts.outcomes[number] = replace(outcome, outcome=ROUNDING, severity="info", reason="forced last share")
            verdicts.broken.discard(id(outcome.terms[0]))


def _is_forced(group: Iterable[Outcome]) -> bool:
    """Whether the outcomes of the shares of one list show a list made to add to 100: see rounding.forced_last_share."""
    shares = _nearest(one for one in group if one.outcome != SKIPPED)
    printed = sum((cell.number for cell, _ in shares), Decimal(0))
    gap = printed - sum((nearest for _, nearest in shares), Decimal(0))
    widest = sum((cell.half for cell, _ in shares), Decimal(0))  # rounding parts the sum from 100 by no more
    if printed != 100 or gap == 0 or abs(gap) > widest:
        return False
    return all((cell.number - nearest) * gap >= 0 for cell, nearest in shares)


def _nearest(group: Iterable[Outcome]) -> list[tuple[Cell, Decimal]]:
    """Each printed share once, with its nearest rounding."""
    found: dict[int, tuple[Cell, Decimal]] = {}
    for outcome in group:
        cell = outcome.terms[0]
        nearest = outcome.expected if isinstance(outcome.expected, Decimal) else cell.number
        found.setdefault(id(cell), (cell, nearest))
    return list(found.values())


def ratios(book: Book, verdicts: Verdicts) -> None:
    """受理260件，办结247件，办结率95%; 目标240次，实际264次，完成率110%: the two levels right before the rate."""
    for one in (*book.by_kind[SHARE], *book.by_kind[COMPLETION]):
        done = _DONE.search(one.claim.cell.place.text or "")
        if done is None or not (one.usable and one.printed) or book.budget(one) is not None:
            continue
        before = [level for level in book.spoken[one.sentence] if level.at < one.at][-2:]
        pair = sorted(before, key=lambda level: not _planned(level))  # what was planned first
        if len(pair) < 2 or not all(level.usable for level in pair) or len({_thing(level) for level in pair}) > 1:
            continue
        whole, part = pair
        sure = _planned(whole) and not _planned(part) and done[1] in patterns().lexicons["fulfilled"]
        called = done[1] in _said(part) and done[1] not in _said(whole) and bool(part.claim.counter)
        if (sure or called) and verdicts.new("ratio", one, part, whole):
            verdicts.judge(_ratio, one, part, whole, sure)


def _ratio(verdicts: Verdicts, rate: Figure, part: Figure, whole: Figure, sure: bool) -> None:
    of = f"{_said(whole)}、{_said(part)}"
    quotient = Ratio("share", terms((1, part)), terms((1, whole)))
    verdicts.percent("ratio" if sure else "ratio_said", rate, [quotient], of=of)


def _said(level: Figure) -> str:
    return level.claim.cell.place.text or shown(level)


def _planned(level: Figure) -> bool:
    return bool(_PLAN.search(_said(level)))


def _thing(level: Figure) -> tuple[str, str, str]:
    return level.claim.cell.unit, level.claim.counter, level.period


def wholes_of(book: Book, share: Figure, part: Figure | None) -> list[Figure]:
    """What a share is stated of: the whole that is named, else the head of its list, else each declared whole."""
    heads = [one.claim.list_head for one in (share, part) if one is not None and one.claim.list_head is not None]
    head = book.at.get(heads[0]) if heads else None
    named = share.claim.whole.removesuffix("_budget")  # the side is looked for below
    if named:
        if head is not None and named in (head.stem, name_of(head.stem)):
            return [head]
        sides = (share.planned, not share.planned)
        found = [book.level(share, named, planned=sides[0]), book.named(share, named)]
        return [one for one in (*found, book.level(share, named, planned=sides[1])) if one is not None][:1]
    if head is not None:
        return [head]
    declared = measures().entries.get(share.stem)
    family = measures().families.get(next(iter(FAMILIES.get(share.stem.partition("[")[0], ())), ""))
    stems = declared.whole if declared else family.measure.whole if family else ()
    for planned in (share.planned, not share.planned):
        levels = [one for stem in stems if (one := book.level(share, stem, planned=planned)) is not None]
        if levels:
            return levels
    return []
