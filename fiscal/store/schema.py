"""The datasets of the store: their columns and types, with a version so that older stores can be carried over.

Amounts are 元 with four decimals beside the printed text. A printed number has a row in `facts`, a cell marked 未公开
one in `unknowns`, a blank none. `finding` is the number of a finding of the account, in the order of its check; a fact
or a statement has it where that finding holds the number for wrong (不符) or one of several for it (存疑).
"""

VERSION = 5

# type → column → what it is called in Chinese; a column is the same in every dataset
_COLUMNS = {
    "VARCHAR": {
        "document_id": "资料编号", "path": "文件夹", "files": "文件", "entity": "单位", "kind": "类别",
        "level": "层级", "unit": "计量单位", "format": "格式", "profile": "表式", "missing_tables": "缺表",
        "problems": "读取问题", "digest": "摘要", "coverage": "资料范围", "table": "表", "row_key": "行",
        "row_code": "科目编码", "row_label": "行名", "column": "栏", "column_label": "栏名", "value": "印出的数",
        "document": "来源文件", "sheet": "工作表", "cell": "单元格", "section": "章节", "text": "原文",
        "subject": "所指", "direction": "增减", "base": "比较基数", "period": "期间", "list": "同一列举",
        "status": "核对情况", "rule": "规则", "severity": "性质", "message": "问题", "expected": "应为",
        "actual": "印为", "difference": "差额", "suggestion": "建议", "place": "出处", "key": "编号",
        "doubt": "不符或存疑", "function_code": "功能分类编码", "function_label": "功能分类", "nature": "支出性质",
        "nature_label": "支出性质名称",
    },
    "INTEGER": {
        "year": "决算年度", "n_tables": "表数", "n_facts": "表内数字", "n_staff": "在职人数", "n_vehicles": "车辆数",
        "figures_total": "说明中数字", "figures_verified": "核实", "figures_rounding": "取整",
        "figures_conflicting": "不符", "figures_unconstrained": "无从核对", "figures_unread": "未读懂",
        "checks_passed": "通过", "checks_rounding": "取整通过", "checks_failed": "未通过",
        "checks_skipped": "未能核对", "page": "页", "offset": "位置", "finding": "第几项问题",
    },
    "DECIMAL(20,4)": {"amount_yuan": "金额（元）"},
}  # fmt: skip
TITLES = {name: title for titles in _COLUMNS.values() for name, title in titles.items()}
TYPES = {name: kind for kind, titles in _COLUMNS.items() for name in titles}

_CELL = "document_id entity year kind table row_key row_code row_label level column column_label"
_PLACE = "document page sheet cell"
_NAMES = {
    "documents": "document_id path files entity year kind level unit format profile n_tables missing_tables n_facts "
                 "n_staff n_vehicles figures_total figures_verified figures_rounding figures_conflicting "
                 "figures_unconstrained figures_unread checks_passed checks_rounding checks_failed checks_skipped "
                 "problems digest coverage",
    "facts": f"{_CELL} value unit amount_yuan {_PLACE} finding",
    "unknowns": f"{_CELL} unit {_PLACE}",
    "statements": "document_id entity year section text value unit kind subject direction status rule document page "
                  "offset base period list finding",
    "findings": "document_id entity year rule severity message expected actual difference suggestion place key finding "
                "doubt",
}  # fmt: skip
DATASETS = {dataset: {name: TYPES[name] for name in names.split()} for dataset, names in _NAMES.items()}


def columns(dataset: str) -> tuple[str, ...]:
    """Names of the columns of a dataset, in order."""
    return tuple(DATASETS[dataset])
