"""Frames of fiscal.metrics as tables for readers: Chinese heads, percent signs, why a value is blank."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.metrics import WHY
from fiscal.model.rounding import round_to
from fiscal.report.kit.html_grid import simple
from fiscal.report.kit.markup import Raw, join, tag
from fiscal.report.kit.see import marked

HEADS = {
    "label": "项目", "part": "项目", "code": "编码", "planned": "公布的预算", "initial": "决算所述年初预算",
    "adjusted": "全年预算",
    "budget": "预算数", "actual": "决算数", "amount": "本年",
    "previous_amount": "上年",
    "change": "增减额", "change_rate": "增减幅度", "completion_rate": "完成率", "share": "占比",
    "printed_share": "公布的占比", "printed_rate": "公布的完成率", "difference": "差额", "n_units": "数量",
    "counted": "计量单位", "per_unit_yuan": "单位金额（元）", "contribution_pp": "拉动（百分点）", "year": "年度",
    "printed_change": "公布的增减额", "printed_change_rate": "公布的增减幅度", "remark": "说明",
}  # fmt: skip
LABELS = ("label", "part")
BASES = {
    "accounts": "两年决算相减", "stated": "说明所述增减额", "derived": "由推算的上年数", "table": "表内预算数",
    "initial": "年初预算", "adjusted": "全年预算", "evaluation": "自评表", "": "",
}  # fmt: skip
PREVIOUS = "previous_amount"
LEVELS = ("budget", "actual", "amount", PREVIOUS)
JUDGED = ("printed_share", "printed_rate", "printed_change_rate")
DISAGREES = "不合"
DOUBTED = (
    ("amount", "doubt"), ("actual", "doubt"), ("budget", "budget_doubt"), ("previous_amount", "previous_doubt"),
)  # fmt: skip
UNKNOWN = "unknown"
_RATES = ("_rate", "_share")
_PERCENT_DIGITS = 2


def table(frame: pd.DataFrame, title: str) -> Raw:
    """The columns that readers know, in their order; a frame without rows is said to be so.

    An unknown level is 未公开 in its cell; printed percents keep their digits, and one that the printed amounts cannot
    give is marked 不合, a number with a doubt beside it is marked so.
    """
    if frame.empty:
        return tag("p", f"{title or '这项分析'}：资料中没有可用的数字。", class_="note")
    levels = [name for name in LEVELS if name in frame.columns]
    if PREVIOUS in levels and frame[PREVIOUS].isna().all():
        levels.remove(PREVIOUS)  # nobody gave last year's account
    rows = [_row(line, levels) for line in frame.to_dict("records")]
    names = [name for name in HEADS if any(row.get(name) for row in rows)]
    names = [name for name in names if name != "year" or frame["year"].nunique() > 1]
    label = next(name for name in LABELS if name in names)
    names = [label, *(name for name in names if name != label)]
    amounts = tuple(i for i, name in enumerate(names) if name not in ("remark", "counted", "code", label))
    unit = str(frame["unit"].iloc[0]) if "unit" in frame.columns else ""
    lines = [[row.get(name, "") for name in names] for row in rows]
    return simple(title, [HEADS[name] for name in names], lines, unit=unit, amounts=amounts, notes=_notes(frame))


def _row(line: dict[Any, Any], levels: Sequence[str]) -> dict[str, str | Raw]:
    """The cells of one line by column, `remark` among them; `levels`: where a missing amount is unknown."""
    shown = {name: _shown(name, value) for name, value in line.items() if name in HEADS}
    for name in JUDGED:
        if shown.get(name) and line.get("printed_agrees") is False:
            shown[name] = join([shown[name], " ", tag("span", DISAGREES, class_="disagrees")])
    for name, of in DOUBTED:
        if shown.get(name):
            shown[name] = marked(shown[name], line.get(of))
    why = line.get("why_blank") or ""
    missing = [name for name in levels if _absent(line[name])] if why == UNKNOWN else []
    shown |= {name: tag("span", WHY[UNKNOWN], class_="unknown") for name in missing}
    remarks = [BASES.get(basis, basis) for basis in [line.get("basis") or ""]]
    remarks += [] if missing else [WHY.get(why, why)]
    return {**shown, "remark": "；".join(remark for remark in remarks if remark)}


def _notes(frame: pd.DataFrame) -> list[str]:
    """What 不合 means where it stands."""
    notes = []
    if "printed_agrees" in frame.columns and (frame["printed_agrees"] == False).any():  # noqa: E712 None is not False
        notes.append(f"{DISAGREES}：按印出的数计算，考虑末位取整，也得不到公布的百分比。")
    return notes


def _absent(value: Any) -> bool:
    return value is None or (not isinstance(value, str) and bool(pd.isna(value)))


def _shown(name: str, value: Any) -> str:
    if _absent(value):
        return ""
    if name == "contribution_pp":
        return f"{round_to(Decimal(str(value)), _PERCENT_DIGITS):f}"
    if name == "share":
        return f"{round_to(Decimal(value) * 100, _PERCENT_DIGITS):f}%"
    if name.endswith(_RATES):
        return _percent(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _percent(value: Decimal | float) -> str:
    """A Decimal was printed and keeps its digits; a float is rounded."""
    if isinstance(value, Decimal):
        return f"{value.scaleb(2):f}%"
    return f"{round_to(Decimal(str(value)) * 100, _PERCENT_DIGITS):f}%"
