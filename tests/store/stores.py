"""A store written straight from rows: as many departments as a test wants, each with the few figures it needs."""

from pathlib import Path

from fiscal.store.rows import Rows, document_id
from fiscal.store.schema import columns
from fiscal.store.writing import replace_documents

SUMMARY = "revenue_expenditure_summary"
FIGURES = {
    "total": (SUMMARY, "revenue_total", "revenue_amount"),
    "expenditure": (SUMMARY, "expenditure_this_year", "expenditure_amount"),
    "opening": (SUMMARY, "opening_balance", "revenue_amount"),
    "closing": (SUMMARY, "closing_balance", "expenditure_amount"),
    "tp": ("three_public", "data", "actual_total"),
    "tp_budget": ("three_public", "data", "budget_total"),
}


def rows(
    entity: str, year: int, *, staff: int | None = None, completion: str = "", doubted: str = "", **figures: str
) -> Rows:
    """The rows of one account: `figures` are printed texts in 万元, or 未公开, by the keys of FIGURES.

    `doubted` names one that a finding holds for wrong.
    """
    key = document_id(entity, year, "final_account")
    head = {"document_id": key, "entity": entity, "year": year, "kind": "final_account", "unit": "万元"}
    about = {**head, "path": f"{entity}/{year}", "n_staff": staff, "digest": f"{entity}{year}{figures}"}
    stated = [{**head, "subject": "gpb_completion", "value": completion, "unit": "%", "kind": "completion"}]
    facts = [{**head, **_where(name), "value": text, "amount_yuan": f"{float(text) * 10000:.4f}",
              "finding": 1 if name == doubted else None}
             for name, text in figures.items() if text != "未公开"]  # fmt: skip
    unknowns = [{**head, **_where(name)} for name, text in figures.items() if text == "未公开"]
    found = {"documents": [about], "facts": facts, "unknowns": unknowns, "findings": [],
             "statements": stated if completion else []}  # fmt: skip
    return Rows(key, year, {name: [_line(name, line) for line in lines] for name, lines in found.items()})


def _where(name: str) -> dict:
    table, row, column = FIGURES[name]
    return {"table": table, "row_key": row, "row_label": row, "column": column, "column_label": column}


def _line(dataset: str, values: dict) -> tuple:
    return tuple(values.get(name) for name in columns(dataset))


def write_store(root: Path, *accounts: Rows) -> Path:
    """A store holding these accounts."""
    replace_documents(root, accounts)
    return root


def many(root: Path, n: int, years: tuple[int, ...] = (2022, 2023)) -> Path:
    """`n` departments in each of `years`, sizes spread, one of them far out."""
    made = []
    for i in range(n):
        for year in years:
            size = (100 + i * 37 % 500) * (1 + (year - 2022) * (0.02 + i % 7 * 0.01)) * (40 if i == 3 else 1)
            made.append(rows(f"第{i}局", year, staff=10 + i % 90, completion="97.50", total=f"{size:.2f}",
                             expenditure=f"{size - 2:.2f}", opening="1.00", closing="1.00",
                             tp=f"{5 + i % 30:.2f}", tp_budget="40.00"))  # fmt: skip
    return write_store(root, *made)


def fresh(root, documents):
    """Files of a new store of these documents."""
    replace_documents(root, documents)
    return files(root)


def files(root):
    """Every file of a store with its content and time of writing."""
    return {path.relative_to(root): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(root.rglob("*")) if path.is_file()}  # fmt: skip
