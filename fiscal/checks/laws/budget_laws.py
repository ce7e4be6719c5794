"""Completion and what is said of level and budget: level / budget = completion, 大于, 小于, 等于."""

from fiscal.checks.identities.functions import Amount, compare_word
from fiscal.checks.identities.kinds import Verdict
from fiscal.checks.identities.ratios import Ratio
from fiscal.checks.laws.book import Book
from fiscal.checks.laws.quantities import BUDGETS, COMPLETION, Figure
from fiscal.checks.laws.verdicts import Told, Verdicts, plain, shown, terms
from fiscal.dictionary.laws import laws
from fiscal.model.finding import FAILED, PASSED

LARGER, SMALLER, EQUAL = "大于", "小于", "等于"
_WHOLE = 100


def completions(book: Book, verdicts: Verdicts) -> None:
    """Every completion rate against the level and the budget it names."""
    for one in book.by_kind[COMPLETION]:
        if not (one.printed and one.usable and one.claim.cell.unit == "%"):
            continue
        now, budget = book.now(one), book.budget(one)
        change = _against_budget(book, one) if budget is None else None
        if now is None or (budget is None and change is None):
            verdicts.skip("completion", one, "missing")
        elif verdicts.new("completion", one, now, budget or change):  # type: ignore[arg-type]
            verdicts.judge(_completion, one, now, budget or change)


def _completion(verdicts: Verdicts, rate: Figure, now: Figure, other: Figure) -> None:
    cell, level = rate.claim.cell, now.claim.cell
    base = laws().base(rate.base or other.plan or "budget")
    bottom = terms((1, other)) if other.planned else terms((1, now), (-other.sign, other))
    of = f"决算数{shown(now)}、{laws().base(other.plan) + shown(other) if other.planned else _change(other)}"
    if Amount(bottom).number() == 0 and (level.value or cell.value not in (0, _WHOLE)):
        told = Told(
            rate,
            Verdict(FAILED, "base 0"),
            (cell, level, other.claim.cell),
            sides=(plain(cell.value), ""),
            words={"base": base},
        )
        verdicts.told("zero_completion", told)
        return
    verdicts.percent("completion", rate, [Ratio("completion", terms((1, now)), bottom)], of=of, base=base)


def _change(other: Figure) -> str:
    return f"比{laws().base(other.base)}{other.claim.direction or '增减'}{shown(other)}"


def _against_budget(book: Book, near: Figure) -> Figure | None:
    """The change against the budget in the same sentence: the budget follows from it."""
    bases = (near.base, *BUDGETS) if near.base in BUDGETS else BUDGETS
    found = [one for base in bases for one in book.changes.get((near.stem, False, base), ())]
    return next((one for one in found if one.usable and one.sentence == near.sentence), None)


def words(book: Book, verdicts: Verdicts) -> None:
    """Every 大于, 小于, 等于 against the two amounts, or against the completion rate where the budget is not stated."""
    for one in book.figures:
        if one.claim.word not in (LARGER, SMALLER, EQUAL):
            continue
        now, budget = book.level(one, one.stem, planned=False), book.budget(one)
        rate = _rate(book, one)
        levels = [one.claim.cell.value for one in (now, budget) if one is not None]
        from_nothing = rate is not None and len(levels) > 1 and levels[0] and not levels[1]  # the rate is of another
        if now is not None and budget is not None and not from_nothing:
            law = "equal" if one.claim.word == EQUAL else "word"
            if verdicts.new(law, now, budget):  # type: ignore[arg-type]
                verdicts.judge(_levels, one, now, budget)
        elif rate is not None and verdicts.new("word", rate):
            verdicts.judge(_beside, one, rate)
        else:
            verdicts.skip("word", one, "missing")


def _levels(verdicts: Verdicts, said: Figure, now: Figure, budget: Figure) -> None:
    right = compare_word(*(Amount([(1, one.claim.cell)]) for one in (now, budget)))
    holds = said.claim.word in right
    of = f"决算数{shown(now)}、{laws().base(budget.plan)}{shown(budget)}"
    sides = (said.claim.word, "或".join(sorted(right)))
    cells = (now.claim.cell, budget.claim.cell)
    verdicts.told("word", Told(said, Verdict(PASSED if holds else FAILED), cells, sides=sides, words={"of": of}))


def _beside(verdicts: Verdicts, said: Figure, rate: Figure) -> None:
    """A rate below 100 % means 小于, above it 大于; a printed 100 % is 等于."""
    value, word = rate.claim.cell.value, said.claim.word
    assert value is not None
    right = EQUAL if value == _WHOLE else LARGER if value > _WHOLE else SMALLER
    law = "word_full" if value == _WHOLE else "word"
    base = laws().base(rate.base or "budget")
    words = {"base": base, "of": shown(rate) if law == "word_full" else f"完成{base}{shown(rate)}"}
    verdict = Verdict(PASSED if word == right else FAILED)
    verdicts.told(law, Told(rate, verdict, (rate.claim.cell,), sides=(word, right), words=words))


def _rate(book: Book, near: Figure) -> Figure | None:
    """The completion rate of the same quantity in the same paragraph."""
    found = [one for one in book.rates_of(near.stem) if one.paragraph == near.paragraph and one.usable]
    same = [one for one in found if one.sentence == near.sentence]
    return next(iter(same or found), None)
