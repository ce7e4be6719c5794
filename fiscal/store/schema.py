"""The datasets of the store: their columns and types, with a version so that older stores can be carried over.

Amounts are 元 with four decimals beside the printed text. A printed number has a row in `facts`, a cell marked 未公开
one in `unknowns`, a blank none. `finding` is the number of a finding of the account, in the order of its check; a fact
or a statement has it where that finding holds the number for wrong (不符) or one of several for it (存疑).
"""

VERSION = 5

_CELL = {
    "document_id": "VARCHAR", "entity": "VARCHAR", "year": "INTEGER", "kind": "VARCHAR", "table": "VARCHAR",
    "row_key": "VARCHAR", "row_code": "VARCHAR", "row_label": "VARCHAR", "level": "VARCHAR", "column": "VARCHAR",
    "column_label": "VARCHAR",
}  # fmt: skip
_PLACE = {"document": "VARCHAR", "page": "INTEGER", "sheet": "VARCHAR", "cell": "VARCHAR"}

DATASETS: dict[str, dict[str, str]] = {
    "documents": {
        "document_id": "VARCHAR", "path": "VARCHAR", "files": "VARCHAR", "entity": "VARCHAR", "year": "INTEGER",
        "kind": "VARCHAR", "level": "VARCHAR", "unit": "VARCHAR", "format": "VARCHAR", "profile": "VARCHAR",
        "n_tables": "INTEGER", "missing_tables": "VARCHAR", "n_facts": "INTEGER", "n_staff": "INTEGER",
        "n_vehicles": "INTEGER", "figures_total": "INTEGER", "figures_verified": "INTEGER",
        "figures_rounding": "INTEGER", "figures_conflicting": "INTEGER", "figures_unconstrained": "INTEGER",
        "figures_unread": "INTEGER", "checks_passed": "INTEGER", "checks_rounding": "INTEGER",
        "checks_failed": "INTEGER", "checks_skipped": "INTEGER", "problems": "VARCHAR", "digest": "VARCHAR",
        "coverage": "VARCHAR",
    },
    "facts": {
        **_CELL, "value": "VARCHAR", "unit": "VARCHAR", "amount_yuan": "DECIMAL(20,4)", **_PLACE,
        "finding": "INTEGER",
    },
    "unknowns": {**_CELL, "unit": "VARCHAR", **_PLACE},
    "statements": {
        "document_id": "VARCHAR", "entity": "VARCHAR", "year": "INTEGER", "section": "VARCHAR", "text": "VARCHAR",
        "value": "VARCHAR", "unit": "VARCHAR", "kind": "VARCHAR", "subject": "VARCHAR", "direction": "VARCHAR",
        "status": "VARCHAR", "rule": "VARCHAR", "document": "VARCHAR", "page": "INTEGER", "offset": "INTEGER",
        "base": "VARCHAR", "period": "VARCHAR", "list": "VARCHAR", "finding": "INTEGER",
    },
    "findings": {
        "document_id": "VARCHAR", "entity": "VARCHAR", "year": "INTEGER", "rule": "VARCHAR", "severity": "VARCHAR",
        "message": "VARCHAR", "expected": "VARCHAR", "actual": "VARCHAR", "difference": "VARCHAR",
        "suggestion": "VARCHAR", "place": "VARCHAR", "key": "VARCHAR", "finding": "INTEGER", "doubt": "VARCHAR",
    },
}  # fmt: skip


def columns(dataset: str) -> tuple[str, ...]:
    """Names of the columns of a dataset, in order."""
    return tuple(DATASETS[dataset])
