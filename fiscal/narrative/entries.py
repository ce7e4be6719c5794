"""The entries of a list in a sentence: as the narrative states them, else from the rows of the tables."""

from typing import Any

from fiscal.dictionary.classification import functional
from fiscal.model.table import Row, Table
from fiscal.narrative import derived
from fiscal.narrative.noted import organisation

GENERAL = "general_public_budget_expenditure"


def entries(account: Any, slot: str) -> list[dict]:
    """All entries of a list slot, each field a Cell or a text. Amounts of classes and items know their table row."""
    if slot == "organisation":
        return organisation(account)
    stated = account.narrative.lists.get(slot) or []
    table = account.table(GENERAL)
    if slot == "gpb_items":
        return [_item(entry, account.year) for entry in stated] or _items(table, account.year)
    if slot == "gpb_classes":
        return [dict(entry) for entry in stated] or _classes(table)
    return [dict(entry) for entry in stated]


def _classes(table: Table | None) -> list[dict]:
    total = table.cell("total", "total") if table else None
    return [
        {"name": row.label, "code": row.code, "amount": cell, "share": derived.share(cell, total)}
        for row in _rows(table, "class")
        for cell in [row.cells["total"]]
    ]


def _items(table: Table | None, year: int | None) -> list[dict]:
    return [
        _item({"code": row.code, "item_name": row.label, "actual": row.cells["total"]}, year)
        for row in _rows(table, "item")
    ]


def _rows(table: Table | None, level: str) -> list[Row]:
    rows = table.rows if table else ()
    return [row for row in rows if row.level == level and "total" in row.cells and not row.cells["total"].is_blank]


def _item(entry: dict, year: int | None) -> dict:
    """An item with the names of its class and group, and its code cut in three as it is printed."""
    code = str(entry.get("code") or "")
    names = {
        name: subject.name
        for name, size in (("class_name", 3), ("group_name", 5), ("item_name", 7))
        if len(code) >= size and (subject := functional().subject(code[:size], year))
    }
    cut = {"class_code": code[:3] or None, "group_digits": code[3:5] or None, "item_digits": code[5:7] or None}
    stated = {name: value for name, value in entry.items() if value not in ("", None)}
    return {**names, **cut, **stated}
