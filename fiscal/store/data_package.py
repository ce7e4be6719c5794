"""The descriptor of a Frictionless Fiscal Data Package: what each column is, and which fiscal concept it stands for.

Fiscal Data Package 1.0: a Tabular Data Package whose fields carry a `columnType` of the budget taxonomy. Only
`spending` is meant to be added up: it holds the lowest lines printed, so that nothing counts twice.
"""

from collections.abc import Sequence
from typing import Any

from fiscal.store.schema import DATASETS

# 支出决算表, its lowest printed lines by function and kind of expenditure
LINES = """
    SELECT document_id, entity, year, row_code AS function_code, row_label AS function_label,
           "column" AS nature, column_label AS nature_label, amount_yuan
    FROM (SELECT *, lead(row_code) OVER (PARTITION BY document_id, "column" ORDER BY row_code) AS next_code
          FROM facts WHERE "table" = 'expenditure' AND row_code <> '' AND "column" <> 'total')
    WHERE kind <> 'budget' AND amount_yuan IS NOT NULL AND NOT coalesce(starts_with(next_code, row_code), false)"""
_LINES = {
    "document_id": "VARCHAR", "entity": "VARCHAR", "year": "INTEGER", "function_code": "VARCHAR",
    "function_label": "VARCHAR", "nature": "VARCHAR", "nature_label": "VARCHAR", "amount_yuan": "DECIMAL",
}  # fmt: skip
TITLES = {
    "document_id": "资料编号",
    "path": "文件夹",
    "files": "文件",
    "entity": "单位",
    "year": "决算年度",
    "kind": "类别",
    "level": "层级",
    "unit": "计量单位",
    "format": "格式",
    "profile": "表式",
    "n_tables": "表数",
    "missing_tables": "缺表",
    "n_facts": "表内数字",
    "n_staff": "在职人数",
    "n_vehicles": "车辆数",
    "figures_total": "说明中数字",
    "figures_verified": "核实",
    "figures_rounding": "取整",
    "figures_conflicting": "不符",
    "figures_unconstrained": "无从核对",
    "figures_unread": "未读懂",
    "checks_passed": "通过",
    "checks_rounding": "取整通过",
    "checks_failed": "未通过",
    "checks_skipped": "未能核对",
    "problems": "读取问题",
    "digest": "摘要",
    "coverage": "资料范围",
    "table": "表",
    "row_key": "行",
    "row_code": "科目编码",
    "row_label": "行名",
    "column": "栏",
    "column_label": "栏名",
    "value": "印出的数",
    "amount_yuan": "金额（元）",
    "document": "来源文件",
    "page": "页",
    "sheet": "工作表",
    "cell": "单元格",
    "section": "章节",
    "text": "原文",
    "subject": "所指",
    "direction": "增减",
    "base": "比较基数",
    "period": "期间",
    "list": "同一列举",
    "status": "核对情况",
    "rule": "规则",
    "offset": "位置",
    "severity": "性质",
    "message": "问题",
    "expected": "应为",
    "actual": "印为",
    "difference": "差额",
    "suggestion": "建议",
    "place": "出处",
    "key": "编号",
    "finding": "第几项问题",
    "doubt": "不符或存疑",
    "function_code": "功能分类编码",
    "function_label": "功能分类",
    "nature": "支出性质",
    "nature_label": "支出性质名称",
}
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
_TYPES = {"VARCHAR": "string", "INTEGER": "integer"}


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
    kinds = DATASETS.get(name, _LINES)
    schema: dict[str, Any] = {
        "fields": [_field(column, kind, _CONCEPTS.get(name, {})) for column, kind in kinds.items()],
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


def _field(column: str, kind: str, concepts: dict[str, str]) -> dict[str, Any]:
    field = {"name": column, "title": TITLES[column], "type": _TYPES.get(kind, "number")}
    return {**field, "columnType": concepts[column]} if column in concepts else field
