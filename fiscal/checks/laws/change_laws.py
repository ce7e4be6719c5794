"""Changes, their rates and their words: level now − level before = change, change / before = rate, 增加, 减少, 持平."""

from dataclasses import replace

from fiscal.checks.identities.exact import Terms
from fiscal.checks.identities.functions import Amount, direction
from fiscal.checks.identities.kinds import Verdict, judge_bound, judge_sum
from fiscal.checks.identities.ratios import Ratio
from fiscal.checks.laws.book import Book
from fiscal.checks.laws.quantities import BUDGETS, CHANGE, LAST_YEAR, LEVEL, RATE, THIS, Figure
from fiscal.checks.laws.verdicts import Told, Verdicts, against, shown, terms
from fiscal.dictionary.laws import laws
from fiscal.dictionary.tables import catalogue
from fiscal.model.finding import FAILED, PASSED

BALANCES = ("opening_", "closing_", "年初结转", "年末结转", "上年结转")  # may have been below nothing
UP, DOWN, FLAT, NEARLY = "增加", "减少", "持平", "基本持平"
_MUCH = 10  # percent: a tenth more or less is not 基本持平


def changes(book: Book, verdicts: Verdicts) -> None:
    """Every stated change against the levels beside it."""
    for one in book.by_kind[CHANGE]:
        if not one.printed:
            _in_words(book, verdicts, one)
            continue
        if not one.usable:
            continue
        now, before = book.now(one), book.before(one)
        if now is not None and before is None and one.claim.direction == UP and verdicts.new("grown", one, now):
            verdicts.judge(_grown, one, now)
        if now is None or before is None or now is before:
            verdicts.skip("delta", one, "missing")
        elif verdicts.new("delta", one, now, before):
            verdicts.judge(_delta, one, now, before)
        if one.claim.cell.value == 0 and one.claim.direction and verdicts.new("no_change", one):
            verdicts.judge(_no_change, one)
    for one in book.by_kind[LEVEL]:
        if one.claim.direction in (UP, DOWN) and one.usable and one.period == "this":
            _reached(book, verdicts, one)


def _grown(verdicts: Verdicts, change: Figure, now: Figure) -> None:
    """What grew by more than it is would have been less than nothing before."""
    verdict = judge_bound(terms((1, change)), terms((1, now)), verdicts.scaled, "<=")
    if verdict.outcome == FAILED and not now.stem.startswith(BALANCES) and now.claim.cell.number >= 0:
        verdicts.told("grown", Told(change, verdict, (change.claim.cell, now.claim.cell)))


def _no_change(verdicts: Verdicts, change: Figure) -> None:
    """A change of 0 is 持平, neither 增加 nor 减少."""
    said = change.claim.direction
    verdict = Verdict(PASSED if said == FLAT or change.claim.cell.value else FAILED)
    verdicts.told("no_change", Told(change, verdict, (change.claim.cell,), sides=(said, FLAT)))


def _delta(verdicts: Verdicts, change: Figure, now: Figure, before: Figure) -> None:
    right = terms((1, now), (-1, before))
    verdict = judge_sum([(change.sign or 1, change.claim.cell)], right, verdicts.scaled)
    other = (
        judge_sum([(-(change.sign or 1), change.claim.cell)], right, verdicts.scaled)
        if verdict.outcome == FAILED
        else None
    )
    said = change.claim.direction
    if other and other.outcome != FAILED:
        if said:
            _wrong_way(verdicts, change, now, before)
            return
        verdict = other
    cells = (change.claim.cell, now.claim.cell, before.claim.cell)
    weights = (change.sign or 1, -1, 1)
    should = "" if verdict.expected is None else UP if verdict.expected >= 0 else DOWN
    law = against("delta", now, before)
    verdicts.told(law, Told(change, verdict, cells, weights, words={"of": _levels(now, before), "should": should}))


def _wrong_way(verdicts: Verdicts, change: Figure, now: Figure, before: Figure) -> None:
    """The size is right, the word is not."""
    right = DOWN if change.claim.direction == UP else UP
    cells = (change.claim.cell, now.claim.cell, before.claim.cell)
    sides, words = (change.claim.direction, right), {"of": _levels(now, before)}
    verdicts.told(against("direction", now, before), Told(change, Verdict(FAILED), cells, sides=sides, words=words))


def _reached(book: Book, verdicts: Verdicts, now: Figure) -> None:
    """由3.00万元下降到3.60万元: the word against the two levels."""
    before = book.before(now)
    if before is None or before is now or before.sentence != now.sentence:
        return
    if verdicts.new("direction", now, before):
        verdicts.judge(_towards, now, now, before)


def _in_words(book: Book, verdicts: Verdicts, said: Figure) -> None:
    """与上年持平, 有所减少: against the two levels, or a change that is printed as well."""
    if said.claim.direction in (FLAT, NEARLY):
        _flat(book, verdicts, said)
    elif said.claim.direction in (UP, DOWN):
        now, before = book.now(said), book.before(said)
        if now is not None and before is not None and now is not before and verdicts.new("direction", said, now):
            verdicts.judge(_towards, said, now, before)


def _towards(verdicts: Verdicts, said: Figure, now: Figure, before: Figure) -> None:
    right = direction(_amount(now), _amount(before))
    verdict = Verdict(PASSED if said.claim.direction in right else FAILED)
    sides, words = (said.claim.direction, "或".join(sorted(right))), {"of": _levels(now, before)}
    told = Told(said, verdict, (now.claim.cell, before.claim.cell), sides=sides, words=words)
    verdicts.told(against("direction", now, before), told)


def _flat(book: Book, verdicts: Verdicts, flat: Figure) -> None:
    """持平 beside a change, or between two levels that differ; 基本持平 claims no equality, but no tenth of change."""
    if flat.claim.direction == NEARLY:
        rates = (one for one in book.by_kind[RATE] if (one.stem, one.base) == (flat.stem, flat.base))
        much = next((one for one in rates if one.paragraph == flat.paragraph and one.claim.cell.number >= _MUCH), None)
        if much is not None and verdicts.new("flat", flat, much):
            verdicts.judge(_changed, flat, much)
        return
    changed = next((one for one in _beside(book, flat) if one.usable and one.claim.cell.value), None)
    now, before = book.now(flat), book.before(flat)
    if changed is not None:
        if verdicts.new("flat", flat, changed):
            verdicts.judge(_changed, flat, changed)
    elif now and before and not _another(flat, before) and verdicts.new("equal", now, before):
        verdicts.judge(_unequal, flat, now, before)


def _another(flat: Figure, before: Figure) -> bool:
    """与上年预算持平 is not said of what was spent last year."""
    return before.period != THIS and not before.planned and "预算" in (flat.claim.cell.place.text or "")


def _changed(verdicts: Verdicts, flat: Figure, change: Figure) -> None:
    of = f"{book_base(change)}{change.claim.direction or '增减'}{shown(change)}"
    verdict = Verdict(FAILED if change.claim.cell.value else PASSED)
    verdict = verdict if flat.claim.direction == FLAT else replace(verdict, severity="warning")
    cells = (flat.claim.cell, change.claim.cell)
    verdicts.told("flat", Told(flat, verdict, cells, sides=(flat.claim.direction, of), words={"of": f"“{of}”"}))


def _unequal(verdicts: Verdicts, flat: Figure, now: Figure, before: Figure) -> None:
    of, right = _levels(now, before), direction(_amount(now), _amount(before))
    verdict = Verdict(PASSED if FLAT in right else FAILED)
    cells = (flat.claim.cell, now.claim.cell, before.claim.cell)
    if against("", before):
        sides, words = (FLAT, "或".join(sorted(right))), {"of": of}
        verdicts.told("yoy_direction", Told(flat, verdict, cells, sides=sides, words=words))
    else:
        verdicts.told("flat", Told(flat, verdict, cells, sides=(FLAT, of), words={"of": f"“{of}”"}))


def book_base(figure: Figure) -> str:
    """比上年, 比年初预算."""
    return f"比{laws().base(figure.base)}"


def _beside(book: Book, flat: Figure) -> list[Figure]:
    """Printed changes of the same quantity against the same base, in the same paragraph."""
    bases = [flat.base] + ([base for base in BUDGETS if flat.base in BUDGETS] if flat.base != LAST_YEAR else [""])
    found = [one for base in bases for one in book.changes.get((flat.stem, flat.planned, base), ())]
    return [one for one in found if one.printed and one.paragraph == flat.paragraph and not one.aside]


def rates(book: Book, verdicts: Verdicts) -> None:
    """Every rate of change against the change and the levels beside it."""
    for one in book.by_kind[RATE]:
        if not one.usable or one.claim.cell.unit != "%":
            continue
        change, now, before = book.change(one), book.now(one), book.before(one)
        if change is not None and change.period != one.period:
            change = None
        if change is not None and now is not None and before is not None and before.origin:
            before = None  # the sentence by itself first; its change is held against last year's account
        _ways(verdicts, one, change, (now, before))
        known = [figure for figure in (change, now, before) if figure is not None]
        if len(known) < 2:
            verdicts.skip("rate", one, "missing")
        elif verdicts.new("rate", one, *known):
            verdicts.judge(_rate, one, change, now, before)


def _ways(verdicts: Verdicts, rate: Figure, change: Figure | None, levels: tuple[Figure | None, Figure | None]) -> None:
    """The word of a rate against that of its change, or against the two levels where it has none."""
    now, before = levels
    if change is not None and verdicts.new("verbs", rate, change):
        verdicts.judge(_verbs, rate, change)
    if change is not None or now is None or before is None or rate.claim.direction not in (UP, DOWN):
        return
    if verdicts.new("direction", rate, now):
        verdicts.judge(_towards, rate, now, before)


def _rate(verdicts: Verdicts, rate: Figure, change: Figure | None, now: Figure | None, before: Figure | None) -> None:
    known = (change, now, before)
    if _from_nothing(known):
        if now is None or now.claim.cell.value or rate.claim.cell.value:
            cells = tuple(one.claim.cell for one in (rate, *known) if one is not None)
            told = Told(rate, Verdict(FAILED, "base 0"), cells, sides=(str(rate.claim.cell), ""))
            verdicts.told("zero_rate", told)
        return
    ratios = []
    if change is not None and before is not None:
        ratios.append(Ratio("share", terms((1, change)), terms((1, before)), absolute=True))
    if now is not None and before is not None:
        ratios.append(Ratio("pct_change", terms((1, now)), terms((1, before)), absolute=True))
    elif change is not None and now is not None:
        said = {one.claim.direction for one in (change, rate)} - {""}
        sure = change.claim.direction and len(said) == 1  # see _verbs where two are said
        signs = (change.sign,) if sure else (1, -1)
        bases = [terms((1, now), (-sign, change)) for sign in signs]
        ratios += [Ratio("pct_change", terms((1, now)), base, absolute=True) for base in bases]
    of = "、".join(_named(one) for one in (change, now, before) if one is not None)
    verdicts.percent(against("rate", now, before), rate, ratios, of=of)


def _from_nothing(known: tuple[Figure | None, Figure | None, Figure | None]) -> bool:
    """Whether what the rate is measured against is 0 as printed."""
    change, now, before = known
    if before is not None:
        return before.claim.cell.value == 0
    if change is None or now is None:
        return False
    base: Terms = terms((1, now), (-change.sign, change))
    return Amount(base).number() == 0


def _verbs(verdicts: Verdicts, rate: Figure, change: Figure) -> None:
    """增加 before the amount and 下降 before the rate."""
    words = (change.claim.direction, rate.claim.direction)
    if change.sentence != rate.sentence or not all(word in (UP, DOWN) for word in words):
        return
    cells = (rate.claim.cell, change.claim.cell)
    if words[0] != words[1]:
        text = "，".join(one.claim.cell.place.text or shown(one) for one in (change, rate))
        verdicts.told("verbs", Told(rate, Verdict(FAILED), cells, sides=words, words={"text": text}))


def _amount(figure: Figure) -> Amount:
    return Amount([(1, figure.claim.cell)])


def _levels(now: Figure, before: Figure) -> str:
    return f"{_named(now)}、{_named(before)}"


def _named(figure: Figure) -> str:
    """本年1.80万元, 上年2.50万元, 年初预算3.00万元, 减少0.90万元."""
    if figure.kind == CHANGE:
        return f"{figure.claim.direction or '增减'}{shown(figure)}"
    if figure.origin == "table":
        table = figure.claim.cell.place.table
        title = catalogue()[table].title if table in catalogue().entries else "表"
        return f"《{title}》{'预算数' if figure.planned else ''}{shown(figure)}"
    if figure.planned:
        return f"{laws().base(figure.plan)}{shown(figure)}"
    when = {"this": "本年", "previous": "上年"}.get(figure.period, f"{figure.period}年")
    return f"{when}{shown(figure)}"
