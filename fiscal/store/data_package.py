"""The descriptor of a Frictionless Fiscal Data Package: what each column is, and which fiscal concept it stands for.

Fiscal Data Package 1.0: a Tabular Data Package whose fields carry a `columnType` of the budget taxonomy. Only
`spending` is meant to be added up: it holds the lowest lines printed, so that nothing counts twice.
"""

from collections.abc import Sequence
from typing import Any

from fiscal.store.schema import DATASETS, TITLES, TYPES

# 支出决算表, its lowest printed lines by function and kind of expenditure
LINES = """
    SELECT document_id, entity, year, row_code AS function_code, row_label AS function_label,
           "column" AS nature, column_label AS nature_label, amount_yuan
    FROM (SELECT *, lead(row_code) OVER (PARTITION BY document_id, "column" ORDER BY row_code) AS next_code
          FROM facts WHERE "table" = 'expenditure' AND row_code <> '' AND "column" <> 'total')
    WHERE kind <> 'budget' AND amount_yuan IS NOT NULL AND NOT coalesce(starts_with(next_code, row_code), false)"""
_LINES = ("document_id", "entity", "year", "function_code", "function_label", "nature", "nature_label", "amount_yuan")
_ABOUT = {
    "documents": "每份决算或预算一行",
    "facts": "表内每个印出的数一行；空白没有行", "unknowns": "表内每个未公开的格子一行",
    "statements": "说明中每个数一行",
    "findings": "核对发现的问题", "spending": "支出决算表中最低一级的行，可以相加",
}  # fmt: skip
_COMMON = {"entity": "administrative-classification:generic:code", "year": "date:fiscal-year"}
_CONCEPTS = {
    "facts": {**_COMMON, "column": "value-kind:code", "column_label": "value-kind:label", "amount_yuan": "value"},
    "spending": {
        **_COMMON, "function_code": "functional-classification:generic:code",
        "function_label": "functional-classification:generic:label", "nature": "expenditure-type:code",
        "nature_label": "expenditure-type:label", "amount_yuan": "value",
    },
}  # fmt: skip
_KEYS = {"documents": ["document_id"], "spending": ["document_id", "function_code", "nature"]}
_CONSTANTS = {
    "spending": {"direction": "expenditure", "phase:id": "executed", "value-currency:code": "CNY"},
    "facts": {"value-currency:code": "CNY"},
}
_JSON = {"VARCHAR": "string", "INTEGER": "integer"}


def descriptor(files: Sequence[tuple[str, int, str]], years: tuple[int, int] | None) -> dict[str, Any]:
    """datapackage.json for the CSV files (dataset, bytes, sha256) of accounts of these years, first to last."""
    period = {"fiscalPeriod": {"start": f"{years[0]:04d}-01-01", "end": f"{years[1]:04d}-12-31"}} if years else {}
    return {
        "name": "final-accounts",
        "title": "部门决算",
        "profile": "tabular-data-package",
        "countryCode": "CN",
        "granularity": "aggregated",
        **period,
        "columnTypes": ["https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json"],
        "resources": [_resource(*file) for file in files],
    }


def _resource(name: str, size: int, digest: str) -> dict[str, Any]:
    return {
        "name": name, "title": _ABOUT[name], "path": f"{name}.csv", "profile": "tabular-data-resource",
        "scheme": "file", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": size,
        "hash": f"sha256:{digest}", "schema": _schema(name),
    }  # fmt: skip


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, _CONCEPTS.get(name, {})) for column in DATASETS.get(name, _LINES)],
        "missingValues": [""],
    }
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    if name in _CONSTANTS:
        schema["extraFields"] = [
            {"name": kind.replace(":", "_"), "type": "string", "columnType": kind, "constant": value}
            for kind, value in _CONSTANTS[name].items()
        ]
    if name != "documents":
        target = {"resource": "documents", "fields": ["document_id"]}
        schema["foreignKeys"] = [{"fields": ["document_id"], "reference": target}]
    return schema


def _field(column: str, concepts: dict[str, str]) -> dict[str, Any]:
    field = {"name": column, "title": TITLES[column], "type": _JSON.get(TYPES[column], "number")}
    return {**field, "columnType": concepts[column]} if column in concepts else field
