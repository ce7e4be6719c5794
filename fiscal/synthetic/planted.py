"""Planted errors: what is changed, and which identities must notice."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from fiscal.model.cells import Cell
from fiscal.model.table import Row, Table


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of error. `row` may be class or item: the first such row with an amount. No table: a statement (`slot`).

    rules   identities that must fail; others may follow from the same slip
    """

    table: str = ""
    row: str = ""
    column: str = ""
    slot: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planted:
    """One error as planted: where, what stood there, what stands there now, and the rules that must fail."""

    kind: str
    table: str
    row: str
    column: str
    was: str
    now: str
    rules: tuple[str, ...]


SUMMARY, GPB = "revenue_expenditure_summary", "general_public_budget_expenditure"
KINDS = {
    "total": Kind("expenditure", "total", "total", rules=("intra.expenditure.row_sum", "cross.expenditure.total")),
    "class": Kind("expenditure", "class", "total", rules=("intra.expenditure.row_sum", "cross.expenditure.by_class")),
    "item": Kind(GPB, "item", "total", rules=("intra.function.group_is_items", "intra.basic_project.row_sum")),
    "income_kind": Kind(
        SUMMARY, "general_public_budget", "revenue_amount",
        rules=("intra.summary.revenue_sum", "cross.appr.general_income"),
    ),
    "balance": Kind(
        SUMMARY, "expenditure_total", "expenditure_amount",
        rules=("intra.summary.balance", "intra.summary.expenditure_total"),
    ),
    "basic_item": Kind("general_public_budget_basic", "e30201", "public_amount", rules=("intra.basic.class_sums",)),
    "personnel": Kind(
        "general_public_budget_basic", "personnel_total", "personnel_amount",
        rules=("intra.basic.personnel", "cross.gpb.basic_total"),
    ),
    "three_public": Kind("three_public", "data", "actual_reception", rules=("intra.three_public.actual_sum",)),
    "opening": Kind(
        SUMMARY, "opening_balance", "revenue_amount", rules=("intra.summary.revenue_total", "yoy.summary.opening")
    ),
    "share": Kind(slot="exp_basic_share", rules=("stmt.share.exp_basic",)),
    "change": Kind(slot="total_change", rules=("stmt.change.total", "yoy.change.total")),
    "statement": Kind(slot="revenue", rules=("stmt.revenue.table",)),
}  # fmt: skip
PLANNED = "budget_general_public_expenditure"
BUDGET_KINDS = {
    "planned_total": Kind(
        "budget_expenditure", "total", "total", rules=("intra.budget_expenditure.row_sum", "cross.budget.expenditure")
    ),
    "planned_item": Kind(
        PLANNED, "item", "total", rules=("intra.function.group_is_items", "intra.basic_project.row_sum")
    ),
    "planned_balance": Kind(
        "budget_summary", "expenditure_total", "expenditure_amount",
        rules=("intra.budget_summary.balance", "intra.budget_summary.expenditure_total"),
    ),
    "planned_basic": Kind("budget_general_public_basic", "e30201", "total", rules=("intra.budget_basic.class_sums",)),
    "planned_three_public": Kind(
        "budget_three_public", "data", "budget_reception", rules=("intra.budget_three_public.sum",)
    ),
}  # fmt: skip


def plant(kind: str, tables: dict[str, Table], notes: dict[str, Any]) -> Planted | None:
    """Plant one error in `tables` or `notes`, which are changed; None where the account has no such figure."""
    spec = {**KINDS, **BUDGET_KINDS}[kind]
    if spec.table:
        return _in_table(kind, spec, tables) if spec.table in tables else None
    return _in_notes(kind, spec, notes)


def _in_table(kind: str, spec: Kind, tables: dict[str, Table]) -> Planted | None:
    table = tables[spec.table]
    row = next((row for row in table.rows if spec.row in (row.key, row.level) and _has(row, spec.column)), None)
    if row is None:
        return None
    cell = row.cells[spec.column]
    wrong = slipped(cell.number)
    tables[spec.table] = with_cell(table, row.key, spec.column, replace(cell, value=wrong, text=f"{wrong:f}"))
    return Planted(kind, spec.table, row.key, spec.column, f"{cell.number:f}", f"{wrong:f}", spec.rules)


def _has(row: Row, column: str) -> bool:
    return column in row.cells and row.cells[column].is_number


def _in_notes(kind: str, spec: Kind, notes: dict[str, Any]) -> Planted | None:
    entry = next((entry for entry in notes["statements"] if entry["slot"] == spec.slot), None)
    if entry is None or entry["text"] == "0":
        return None
    was, entry["text"] = entry["text"], f"{slipped(Decimal(entry['text'])):f}"
    return Planted(kind, "", "", spec.slot, was, entry["text"], spec.rules)


def with_cell(table: Table, row_key: str, column: str, cell: Cell) -> Table:
    """The table with one cell exchanged."""
    rows = [replace(row, cells={**row.cells, column: cell}) if row.key == row_key else row for row in table.rows]
    return replace(table, rows=tuple(rows))


def slipped(value: Decimal) -> Decimal:
    """A typing slip: two neighbouring digits before the point exchanged, or 3 more where that changes nothing."""
    whole, point, decimals = f"{value:f}".partition(".")
    for at in range(len(whole) - 1, 0, -1):
        left, right = whole[at - 1], whole[at]
        if left != right and left.isdigit() and not (right == "0" and at == 1):
            return Decimal(f"{whole[: at - 1]}{right}{left}{whole[at + 1 :]}{point}{decimals}")
    return value + 3
