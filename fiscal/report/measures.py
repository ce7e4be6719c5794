"""Frames of fiscal.metrics as tables for readers: Chinese heads, percent signs, why a value is blank."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.metrics import WHY
from fiscal.model.rounding import round_to
from fiscal.report.grid import simple
from fiscal.report.html import Raw, tag

HEADS = {
    "label": "项目", "part": "项目", "budget": "预算数", "actual": "决算数", "amount": "本年",
    "previous_amount": "上年",
    "change": "增减额", "change_rate": "增减幅度", "completion_rate": "完成率", "display_share": "占比",
    "printed_share": "公布的占比", "printed_rate": "公布的完成率", "difference": "差额", "n_units": "数量",
    "counted": "计量单位", "per_unit_yuan": "单位金额（元）", "contribution_pp": "拉动（百分点）", "year": "年度",
    "printed_change": "公布的增减额", "printed_change_rate": "公布的增减幅度", "why_blank": "说明", "basis": "依据",
}  # fmt: skip
LABELS = ("label", "part")
BASES = {
    "accounts": "两年决算相减", "stated": "说明所述增减额", "derived": "由推算的上年数", "table": "表内预算数",
    "initial": "年初预算", "adjusted": "全年预算", "evaluation": "自评表", "": "",
}  # fmt: skip
_RATES = ("_rate", "_share")
_PERCENT_DIGITS = 2


def table(frame: pd.DataFrame, title: str) -> Raw:
    """The columns that readers know, in their order; a frame without rows is said to be so."""
    if frame.empty:
        return tag("p", f"{title or '这项分析'}：资料中没有可用的数字。", class_="note")
    names = [name for name in HEADS if name in frame.columns and _is_used(frame[name])]
    names = [name for name in names if name != "year" or frame["year"].nunique() > 1]
    label = next(name for name in LABELS if name in frame.columns)
    names = [label, *(name for name in names if name != label)]
    amounts = tuple(i for i, name in enumerate(names) if name not in ("why_blank", "basis", "counted", label))
    lines = [[_shown(name, row[name]) for name in names] for row in frame.to_dict("records")]
    unit = str(frame["unit"].iloc[0]) if "unit" in frame.columns else ""
    return simple(title, [HEADS[name] for name in names], lines, unit=unit, amounts=amounts)


def _is_used(values: pd.Series) -> bool:
    return bool(values.map(lambda value: not _absent(value) and value != "").any())


def _absent(value: Any) -> bool:
    return value is None or (not isinstance(value, str) and bool(pd.isna(value)))


def _shown(name: str, value: Any) -> str:
    if _absent(value):
        return ""
    writers: dict[str, Callable[[Any], str]] = {
        "why_blank": lambda v: WHY.get(v, str(v)),
        "basis": lambda v: BASES.get(v, str(v)),
        "contribution_pp": lambda v: f"{round_to(Decimal(str(v)), _PERCENT_DIGITS):f}",
    }
    if name in writers:
        return writers[name](value)
    if name.endswith(_RATES):
        return f"{round_to(Decimal(str(value)) * 100, _PERCENT_DIGITS):f}%"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
