"""Expenditure along the classification: classes, groups and items with their parents."""

import pandas as pd

from fiscal.dictionary.find import Found
from fiscal.metrics.headlines import AccountLike, frame, identity

COLUMNS = ("entity", "year", "code", "parent", "level", "label", "state", "amount", "unit", "whole", "title", "cell")
LEVELS = {3: "class", 5: "group", 7: "item"}


def expenditure_tree(account: AccountLike, *, table: str = "expenditure", column: str = "total") -> pd.DataFrame:
    """The rows of an expenditure table as a tree.

    Shape:  one row per coded row that is not blank, in printed order: code, parent (code, "" for a class), level,
            label, state, amount, whole (the total row).
    Units:  the unit of the account (Decimal).
    Blanks: an unknown amount stays None with state unknown; a table that is not there gives no rows.
    Source: any table of functional rows.
    """
    found = account.table(table)
    rows = [row for row in found.rows if len(row.code) in LEVELS] if found else []
    whole = Found(account.amount(table, "total", column)).amount(account.unit)
    lines = []
    for row in rows:
        cell = row.cells.get(column)
        if cell is not None and not cell.is_blank:
            lines.append({
                **identity(account), "code": row.code, "parent": row.code[:-2] if len(row.code) > 3 else "",
                "level": LEVELS[len(row.code)], "label": row.label, "state": cell.state, "whole": whole,
                "amount": Found(cell).amount(account.unit), "unit": account.unit, "title": found.title if found else "",
                "cell": cell,
            })  # fmt: skip
    return frame(lines, COLUMNS)
