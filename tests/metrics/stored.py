"""Rows of a store by hand, as the accounts of one entity over the years."""

import pandas as pd

from fiscal.metrics import stored_accounts
from fiscal.metrics.stored import Stored

SUMMARY = "revenue_expenditure_summary"
WHERE = {
    "total": (SUMMARY, "revenue_total", "revenue_amount"),
    "expenditure": (SUMMARY, "expenditure_this_year", "expenditure_amount"),
    "opening": (SUMMARY, "opening_balance", "revenue_amount"),
    "closing": (SUMMARY, "closing_balance", "expenditure_amount"),
    "tp": ("three_public", "data", "actual_total"),
}
Year = dict


def year(number: int, *, staff: int | None = None, parts: dict | None = None, stated: dict | None = None,
         table: str = "expenditure", **figures: str) -> Year:  # fmt: skip
    """One account: `figures` by the keys of WHERE, `parts` code → (label, printed text), `whole` beside them.

    `stated` are figures of the text; a minus stands for the word 减少.
    """
    whole = figures.pop("whole", None)
    cells = [(*WHERE[name], "", "", "", text) for name, text in figures.items()]
    cells += [(table, code, "total", code, label, _level(code), text) for code, (label, text) in (parts or {}).items()]
    cells += [(table, "total", "total", "", "合计", "total", whole)] if whole else []
    return {"year": number, "staff": staff, "cells": cells, "stated": stated or {}}


def _level(code: str) -> str:
    if code[0] == "3":
        return {3: "economic_class", 5: "economic_item"}[len(code)]
    return {3: "class", 5: "group", 7: "item"}[len(code)]


def accounts(*years: Year, entity: str = "甲局") -> list[Stored]:
    documents = [(str(y["year"]), entity, y["year"], "final_account", "万元", y["staff"]) for y in years]
    cells = [(str(y["year"]), entity, y["year"], *line, "万元") for y in years for line in y["cells"]]
    spoken = [(str(y["year"]), slot, text.lstrip("-"), "万元", "减少" if text.startswith("-") else "增加")
              for y in years for slot, text in y["stated"].items()]  # fmt: skip
    names = "document_id entity year table row_key column row_code row_label level value unit"
    return stored_accounts(
        pd.DataFrame(documents, columns=["document_id", "entity", "year", "kind", "unit", "n_staff"]),
        pd.DataFrame(cells, columns=names.split()),
        pd.DataFrame(spoken, columns=["document_id", "subject", "value", "unit", "direction"]),
    )
