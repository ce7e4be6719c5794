"""The budget that an account speaks of against the budget that was published: total, items, three public costs."""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from fiscal.checks.identities.exact import Scaled, Skip, empty
from fiscal.checks.identities.gaps import explains
from fiscal.checks.identities.kinds import judge_copy, refuse_unusable
from fiscal.checks.laws.quantities import LEVEL, THIS, Figure, figure
from fiscal.checks.laws.verdicts import Told, Verdicts
from fiscal.dictionary.find import Facts, find
from fiscal.dictionary.laws import FAMILIES, laws, measure_of, name_of
from fiscal.dictionary.measures import Measure, measures
from fiscal.dictionary.tables import catalogue
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import FAILED, PASSED, ROUNDING, SKIPPED, Outcome
from fiscal.model.money import convert
from fiscal.model.text import Claim, Narrative

INITIAL, FULL_YEAR = "initial_budget", "full_year_budget"
LAW = "plan"
_TOLD = {PASSED: "一致", ROUNDING: "取整范围内一致", FAILED: "不一致", SKIPPED: "预算未列或未读出"}


@dataclass(frozen=True)
class Published:
    """A published budget of the same body and year. `beside` leads from the folder of the account to its own."""

    disclosure: Disclosure
    narrative: Narrative
    beside: str = ""


def budget_outcomes(disclosure: Disclosure, narrative: Narrative, published: Published) -> list[Outcome]:
    """One outcome per quantity and printed amount of which the account states this year's budget.

    An account that calls it 年初预算 must agree with the published budget (error); where it only says 预算 a
    difference is a question (warning). A budget after adjustment (全年预算) is another quantity and is not compared.
    """
    verdicts = Verdicts(Scaled())
    budget = Facts(published.disclosure, published.narrative)
    groups: dict[tuple, list[Figure]] = {}
    for one in (*_told(narrative), *_printed(Facts(disclosure, narrative))):
        groups.setdefault((one.stem, one.plan, _amount(one.claim.cell)), []).append(one)
    for said, *others in groups.values():
        cell = _planned(budget, said.stem)
        if cell is None:
            verdicts.skip(LAW, said, "missing")
        elif explains(budget, None, [cell]) and _differ(said.claim.cell, cell):  # type: ignore[arg-type]
            verdicts.skip(LAW, said, "unread")
        else:
            law = partial(_same, planned=_at(cell, published.beside))  # what was published is not corrected
            verdicts.judge(law, said, tuple(one.claim.cell for one in others))
    return verdicts.outcomes


def comparison(outcomes: Iterable[Outcome], beside: str) -> str:
    """What was compared with the published budget and what came of it, in one sentence."""
    own = [one.outcome for one in outcomes if one.rule.startswith(f"{LAW}.")]
    told = [f"{word} {own.count(key)}" for key, word in _TOLD.items() if own.count(key)]
    said = f"所述预算 {len(own)} 项，{'，'.join(told)}" if own else "决算没有写明年初预算，没有可以对照的数"
    return f"与公布的部门预算（{beside}）对照：{said}"


def _amount(cell: Cell) -> Decimal:
    assert cell.value is not None
    return convert(cell.value, cell.unit, "元")


def _told(narrative: Narrative) -> Iterator[Figure]:
    """This year's budgets that the text states, reasons and purposes apart."""
    for at, claim in enumerate(narrative.claims):
        one = figure(claim, (claim.span, None, at))
        if one is None or one.kind != LEVEL or one.aside or not one.planned or one.period != THIS:
            continue
        if one.usable and claim.cell.unit and one.plan != FULL_YEAR and _measures(one.stem):
            yield one


def _printed(account: Facts) -> Iterator[Figure]:
    """This year's budgets that the tables of the account print; what was filled from a sentence is that sentence."""
    for measure in measures():
        for _, name in measure.budgets if measure.planned else ():
            cell = find(account, replace(measures()[name], id="")).cell
            table = account.table(cell.place.table) if cell is not None else None
            if cell is None or table is None or not cell.is_number or cell.origin:
                continue
            plan = laws().plan(table.note, *table.heads, cell.place.column)
            if plan != FULL_YEAR:
                claim = Claim(name, "amount", cell, "")
                yield Figure(claim, LEVEL, measure.id, True, plan, THIS, "", "", -1, False, True)


def _measures(stem: str) -> list[Measure]:
    """What a quantity may be in a published budget: an item is one of the general budget or of a fund."""
    family, _, key = stem.partition("[")
    names = [f"{one}({key.rstrip(']')})" for one in (*FAMILIES.get(family, ()), "group")] if key else [stem]
    known = measures()
    return [known[name] for name in names if name in known and known[name].planned]


def _planned(budget: Facts, stem: str) -> Cell | None:
    """What the published budget prints, its tables first; a row that a table of such rows does not list is a blank."""
    unlisted: list[Cell] = []
    for measure in _measures(stem):
        cell = find(budget, replace(measure, id="", cells=measure.planned, listed=None)).cell
        said = [budget.stated(name) for _, name in measure.budgets]
        found = next((one for one in (cell, *said) if one is not None), None)
        if found is not None:
            return found
        at = measure.planned[0]
        table = budget.table(at.table)
        if table is not None and any(row.code and len(row.code) == len(at.row) for row in table.rows):
            label = next((one.label for one in table.columns if one.key in at.columns), "")
            unlisted.append(empty(table.unit, table=at.table, row=at.row, column=label))
    return unlisted[0] if unlisted else None


def _differ(one: Cell, other: Cell) -> bool:
    return judge_copy(one, other, Scaled()).outcome == FAILED


def _at(cell: Cell, beside: str) -> Cell:
    """The cell of the budget as seen from the folder of the account."""
    return cell.at(document=posixpath.join(beside, cell.place.document)) if cell.place.document else cell


def _same(verdicts: Verdicts, said: Figure, again: tuple[Cell, ...], *, planned: Cell) -> None:
    """One budget of the account, wherever it stands, against the published one."""
    try:
        refuse_unusable([(1, said.claim.cell), (-1, planned)])
    except Skip as skip:
        verdicts.skip(LAW, said, skip.reason)
        return
    verdict = judge_copy(said.claim.cell, planned, verdicts.scaled)
    if verdict.outcome == FAILED and said.plan != INITIAL:
        verdict = replace(verdict, severity="warning")
    words = {
        "name": name_of(said.stem) + laws().base(said.plan), "here": _where(said.claim.cell), "there": _where(planned)
    }  # fmt: skip
    cells, names = (said.claim.cell, planned, *again), (measure_of(said.stem),)
    verdicts.told(LAW, Told(said, verdict, cells, (1, -1, *(0 for _ in again)), words=words, names=names))


def _where(cell: Cell) -> str:
    """Place and table in words; a row that is not listed is told."""
    known = catalogue().entries.get(cell.place.table)
    title = f"《{known.title}》" if known else ""
    if not cell.place.document and cell.is_blank:
        return f"{title}未列{cell.place.row}"
    return f"{title}{cell.place.words()}"
