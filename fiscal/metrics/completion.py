"""How much of the budget was spent: completion rates."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.dictionary.find import Found, find
from fiscal.metrics.headlines import AccountLike, frame, headline, identity, measure_of
from fiscal.metrics.shares import agrees, quotient
from fiscal.model.cells import Cell

COLUMNS = (
    "entity", "year", "measure", "label", "code", "basis", "budget", "actual", "difference", "unit",
    "completion_rate", "printed_rate", "printed_agrees", "why_blank", "cell", "budget_cell",
)  # fmt: skip
BASES = {"initial": "initial", "full_year": "adjusted", "budget": ""}
THREE_PUBLIC = ("tp", "tp_abroad", "tp_vehicle", "tp_vehicle_purchase", "tp_vehicle_operation", "tp_reception")


@dataclass(frozen=True, slots=True)
class Pair:
    """A budget and what was spent of it.

    basis    initial, adjusted, table, stated, evaluation; "" where the document does not print the budget
    printed  the completion rate as stated
    """

    measure: str
    label: str
    basis: str
    budget: Found
    actual: Found
    printed: Cell | None = None
    code: str = ""


def execution(account: AccountLike) -> pd.DataFrame:
    """How much of each budgeted figure was spent, per kind of budget.

    Shape:  one row per measure and budget: three-public figures, general public budget (initial, adjusted, stated),
            each stated item, the performance evaluation: budget, actual, difference, completion_rate, printed_rate.
    Units:  amounts in the unit of the account; rates are ratios (0.9574 is 95.74 %) and may exceed 1.
    Print:  `printed_agrees` says whether the printed rate can be that of the printed amounts (None: not judged).
    Blanks: `why_blank` no_budget (a rate is printed, the budget is not), zero_base (budget 0), unknown, missing.
    Source: the budget column of the three-public table, else the narrative; `basis` says which budget.
    """
    return frame((_line(account, pair) for pair in _pairs(account)), COLUMNS)


def _pairs(account: AccountLike) -> Iterator[Pair]:
    for key in (*THREE_PUBLIC, "gpb"):
        yield from _budgeted(account, key)
    yield from _items(account)
    spent = headline(account, "perf_executed")
    if spent.cell is not None:
        yield Pair("perf", "部门整体支出", "evaluation", headline(account, "perf_budget"), spent)


def _budgeted(account: AccountLike, key: str) -> Iterator[Pair]:
    """A measure against each budget that is known of it; with a printed rate alone, against none."""
    measure = measure_of(key)
    actual, printed = find(account, measure), account.stated(f"{measure.id}_completion")
    if actual.cell is None or actual.cell.is_blank:
        return
    found = [(BASES[basis], find(account, name)) for basis, name in measure.budgets]
    known = [(basis or budget.origin, budget) for basis, budget in found if budget.cell is not None]
    for basis, budget in known or ([("", Found(None))] if printed is not None else []):
        yield Pair(key, measure.label, basis, budget, actual, printed)


def _items(account: AccountLike) -> Iterator[Pair]:
    for entry in account.narrative.lists.get("gpb_items", []):
        actual, budget, printed = (_cell(entry, name) for name in ("actual", "budget", "completion"))
        if actual is not None:
            name, code = str(entry.get("item_name", "")), str(entry.get("code", ""))
            basis = "stated" if budget is not None else ""
            yield Pair("gpb_item", name, basis, Found(budget, "stated"), Found(actual, "stated"), printed, code)


def _cell(entry: dict, name: str) -> Cell | None:
    value = entry.get(name)
    return value if isinstance(value, Cell) else None


def _line(account: AccountLike, pair: Pair) -> dict[str, Any]:
    budget, actual = pair.budget.amount(account.unit), pair.actual.amount(account.unit)
    rate, why = completion(budget, actual)
    if budget is None:
        why = "no_budget" if pair.budget.cell is None else pair.budget.why_blank
    elif actual is None:
        why = pair.actual.why_blank
    printed = pair.printed.value.scaleb(-2) if pair.printed is not None and pair.printed.value is not None else None
    return {
        **identity(account), "measure": pair.measure, "label": pair.label, "code": pair.code,
        "basis": pair.basis, "budget": budget, "actual": actual, "unit": account.unit,
        "difference": actual - budget if actual is not None and budget is not None else None,
        "completion_rate": rate, "printed_rate": printed, "why_blank": why,
        "printed_agrees": agrees(printed, actual, budget), "cell": pair.actual.cell, "budget_cell": pair.budget.cell,
    }  # fmt: skip


def completion(budget: Decimal | None, actual: Decimal | None) -> tuple[float | None, str]:
    """actual / budget, or why there is no rate: a budget of 0 has none."""
    if budget is None or actual is None:
        return None, "missing"
    if budget == 0:
        return None, "zero_base"
    return float(quotient(actual, budget)), ""
