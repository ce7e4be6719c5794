"""Plan against outcome: the published budget, what the account says of it, the adjusted budget and what was spent."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.dictionary.find import Found, find
from fiscal.dictionary.measures import Measure, measures
from fiscal.metrics.headlines import AccountLike, frame, identity
from fiscal.metrics.shares import quotient
from fiscal.model.cells import Cell
from fiscal.model.rounding import same_print
from fiscal.model.table import Table

COLUMNS = (
    "entity", "year", "group", "measure", "label", "code", "level", "planned", "initial", "adjusted", "actual",
    "difference", "completion_rate", "agrees", "unit", "why_blank",
)  # fmt: skip
CHANGES = (
    "entity", "year", "group", "label", "code", "level", "amount", "previous_amount", "change", "change_rate", "unit",
    "why_blank",
)  # fmt: skip
GROUPS = {"total": "总量", "function": "按功能分类", "fund": "政府性基金", "economic": "按经济分类"}
# group → table of the account and of the budget, and the columns that hold a row's amount, in order of authority
_LISTS = {
    "function": ("general_public_budget_expenditure", "budget_general_public_expenditure"),
    "fund": ("government_fund", "budget_government_fund"),
    "economic": ("general_public_budget_basic", "budget_general_public_basic"),
}
_AMOUNTS = ("total", "amount", "personnel_amount", "public_amount")


@dataclass(frozen=True, slots=True)
class _Line:
    """One quantity: what was planned, what the account says was planned, and what became of it."""

    group: str
    measure: str
    label: str
    planned: Cell | None
    actual: Cell | None
    code: str = ""
    level: str = ""
    initial: Cell | None = None
    adjusted: Cell | None = None


def plan_outcome(account: AccountLike, budget: AccountLike | None = None) -> pd.DataFrame:
    """What the published budget planned, what the account states of it, and the outcome, quantity by quantity.

    Shape:  one row per total (group total), functional subject (function, fund) and economic item (economic) that
            either document prints. No row without a budget.
    Units:  amounts in the unit of the account (Decimal); `completion_rate` is actual / planned.
    Blanks: `initial` (年初预算 in the account) and `adjusted` (全年预算) are None where the account states none, and
            `agrees` with them. A subject that a table of such rows does not list is None, `why_blank` missing.
    Source: `planned` in measures.yaml for totals; the rows of the tables of both documents for the rest.
    """
    if budget is None:
        return frame([], COLUMNS)
    lines = [*_totals(account, budget), *(line for group in _LISTS for line in _rows(account, budget, group))]
    return frame((_told(account, line) for line in lines), COLUMNS)


def _totals(account: AccountLike, budget: AccountLike) -> Iterator[_Line]:
    known = measures()
    for measure in _planned_measures():
        budgets = {basis: find(account, known[name]).cell for basis, name in measure.budgets}
        line = _Line(
            "total", measure.id, measure.label, _planned(budget, measure).cell, find(account, measure).cell,
            initial=budgets.get("initial") or budgets.get("budget"), adjusted=budgets.get("full_year"),
        )  # fmt: skip
        if line.planned is not None and not (line.planned.is_blank and _is_nothing(line.actual)):
            yield line


def _is_nothing(cell: Cell | None) -> bool:
    return cell is None or cell.is_blank or cell.value == 0


def _planned_measures() -> Iterator[Measure]:
    """The measures that budgets print; of several that stand in one cell (支出总计, 收、支总计) the first."""
    seen = set()
    for measure in measures():
        if measure.planned and measure.planned not in seen:
            seen.add(measure.planned)
            yield measure


def _planned(budget: AccountLike, measure: Measure) -> Found:
    """What the budget prints of a measure."""
    return find(budget, replace(measure, id="", cells=measure.planned, listed=None))


def _rows(account: AccountLike, budget: AccountLike, group: str) -> Iterator[_Line]:
    """Every coded row of either table, in the order of codes."""
    names = _LISTS[group]
    outcome, plan = (_by_code(one.table(name)) for one, name in zip((account, budget), names, strict=True))
    entries = account.narrative.lists.get("gpb_items", []) if group == "function" else []
    said = {str(entry.get("code") or ""): entry.get("budget") for entry in entries}
    for code in sorted({*outcome, *plan}):
        label, level, _ = plan.get(code) or outcome[code]
        stated = said.get(code)
        yield _Line(
            group, f"{group}({code})", label, plan[code][2] if code in plan else None,
            outcome[code][2] if code in outcome else None, code, level, stated if isinstance(stated, Cell) else None,
        )  # fmt: skip


def _by_code(table: Table | None) -> dict[str, tuple[str, str, Cell]]:
    """Code → label, level and amount of the coded rows that hold one."""
    found: dict[str, tuple[str, str, Cell]] = {}
    for row in table.rows if table is not None else ():
        cells = [row.cells[name] for name in _AMOUNTS if name in row.cells and not row.cells[name].is_blank]
        if row.code and cells:
            found.setdefault(row.code, (row.label, row.level, cells[0]))
    return found


def _told(account: AccountLike, line: _Line) -> dict[str, Any]:
    planned, initial, adjusted, actual = (
        Found(cell).amount(account.unit) for cell in (line.planned, line.initial, line.adjusted, line.actual)
    )
    both = planned is not None and actual is not None
    return {
        **identity(account), "group": line.group, "measure": line.measure, "label": line.label, "code": line.code,
        "level": line.level, "planned": planned, "initial": initial, "adjusted": adjusted, "actual": actual,
        "difference": actual - planned if both else None,  # type: ignore[operator]
        "completion_rate": _rate(actual, planned), "agrees": _agrees(line), "unit": account.unit,
        "why_blank": next((Found(cell).why_blank for cell in (line.planned, line.actual) if Found(cell).why_blank), ""),
    }  # fmt: skip


def _rate(part: Decimal | None, whole: Decimal | None) -> float | None:
    return float(quotient(part, whole)) if part is not None and whole else None


def _agrees(line: _Line) -> bool | None:
    """Whether the budget that the account states is the published one, to the digits of the coarser print."""
    if line.initial is None or line.planned is None or not (line.initial.is_number and line.planned.is_number):
        return None
    return same_print(line.initial, line.planned)


def plan(budget: AccountLike) -> pd.DataFrame:
    """What a budget plans: totals, functional subjects, funds and economic items.

    Shape:  one row per quantity that it prints: group, label, code, level, amount, unit.
    Units:  amounts in the unit of the budget (Decimal). Blanks have no row.
    """
    lines = (_moved(budget, key, cell, None) for key, cell in _quantities(budget).items())
    return frame(lines, CHANGES).drop(columns=["previous_amount", "change", "change_rate"])


def budget_changes(budget: AccountLike, previous: AccountLike | None = None) -> pd.DataFrame:
    """This year's budget beside last year's: totals, functional subjects, funds and economic items.

    Shape:  one row per quantity that either budget prints; none without last year's.
    Units:  amounts in the unit of this year's budget (Decimal); `change_rate` is a ratio.
    Blanks: what one of them does not list is None there; a change from or to it is that of the other.
    """
    if previous is None:
        return frame([], CHANGES)
    now, before = _quantities(budget), _quantities(previous)
    order = list(GROUPS)
    keys = sorted({**now, **before}, key=lambda key: (order.index(key[0]), key[1]))  # totals keep their order
    return frame((_moved(budget, key, now.get(key), before.get(key)) for key in keys), CHANGES)


def _quantities(budget: AccountLike) -> dict[tuple[str, str, str, str], Cell]:
    """(group, code, label, level) → what is planned."""
    found: dict[tuple[str, str, str, str], Cell] = {}
    for measure in _planned_measures():
        cell = _planned(budget, measure).cell
        if cell is not None and not cell.is_blank:
            found["total", "", measure.label, ""] = cell
    for group, (_, name) in _LISTS.items():
        for code, (label, level, cell) in _by_code(budget.table(name)).items():
            found[group, code, label, level] = cell
    return found


def _moved(
    budget: AccountLike, key: tuple[str, str, str, str], now: Cell | None, before: Cell | None
) -> dict[str, Any]:
    group, code, label, level = key
    amount, last = (Found(cell).amount(budget.unit) for cell in (now, before))
    change = (amount or Decimal(0)) - (last or Decimal(0)) if amount is not None or last is not None else None
    return {
        **identity(budget), "group": group, "label": label, "code": code, "level": level, "amount": amount,
        "previous_amount": last, "change": change, "change_rate": _rate(change, last), "unit": budget.unit,
        "why_blank": Found(now).why_blank if now is not None else "",
    }  # fmt: skip
