"""This year beside last year, as the chapter of several years shows it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal import metrics
from fiscal.metrics import WHY
from fiscal.report.grid import simple
from fiscal.report.html import Shown, tag

OUTCOMES = {"equal": "一致", "rounding": "取整之差", "different": "不一致", "": ""}

COMPARATIVES = "上年数取自本年公开的对比数，上年自己的决算文本未见：一致不能作为两年衔接的证明。"


def carried(account: Any, previous: Any = None) -> Shown:
    """Opening balances against last year's closing balances."""
    frame = metrics.carried(account, previous)
    return _compared(frame, "年初数与上年年末数", ["项目", "本年年初", "上年年末", "差额", "结果"], previous)


def restated(account: Any, previous: Any = None) -> Shown:
    """What this year's text implies for last year against what last year's account printed."""
    frame = metrics.restated(account, previous)
    heads = ["项目", "按本年说明推算", "上年决算", "差额", "结果"]
    return _compared(frame, "本年所说的上年数与上年决算", heads, previous)


def _compared(frame: pd.DataFrame, title: str, heads: Sequence[str], previous: Any) -> Shown:
    if frame.empty:
        return _nothing(f"{title}：{'没有上年决算可比' if previous is None else '两年都印出的数没有，无法比较'}。")
    lines = [
        (line["label"], *(_amount(line[name]) for name in ("amount_now", "amount_then", "difference")),
         OUTCOMES[line["outcome"]] or WHY[line["why_blank"]])
        for line in frame.to_dict("records")
    ]  # fmt: skip
    notes = [COMPARATIVES] if previous.notes.get("coverage") == "comparatives" else []
    made = simple(title, heads, lines, unit=frame["unit"].iloc[0], amounts=(1, 2, 3), notes=notes)
    return Shown(made, frame.to_string())


def renamed(account: Any, previous: Any = None) -> Shown:
    """Codes that were called differently last year; their series are joined by code."""
    frame = metrics.renamed([previous, account])
    if frame.empty:
        return _nothing(
            "功能分类科目：与上年相比没有改名的。" if previous is not None else "科目改名：没有上年决算可比。"
        )
    lines = [tuple(line) for line in frame[["row", "label_now", "year", "label"]].itertuples(index=False)]
    return Shown(simple("改了名称的科目", ["编码", "现名", "年度", "当年名称"], lines), frame.to_string())


def per_head(account: Any, previous: Any = None) -> Shown:
    """Costs per head, vehicle and reception of both years, where the counts are published."""
    before = {line["measure"]: line["per_unit_yuan"] for line in _ratios(previous)}
    lines = []
    for line in _ratios(account):
        then = before.get(line["measure"])
        moved = line["per_unit_yuan"] - then if then is not None else None
        amounts = map(_amount, (line["per_unit_yuan"], then, moved))
        lines.append((line["label"], f"{line['n_units']}{line['counted']}", *amounts))
    if not lines:
        return _nothing("人均、车均、每批次：资料没有公布人数、车辆数或批次，无法计算。")
    heads = ["项目", "数量", "本年", "上年", "增减"]
    return Shown(simple("单位成本", heads, lines, unit="元", amounts=(1, 2, 3, 4)), str(lines))


def _ratios(account: Any) -> list[dict[str, Any]]:
    """The ratios of an account that can be formed; none of no account."""
    lines = metrics.per_unit(account).to_dict("records") if account is not None else []
    return [line for line in lines if line["per_unit_yuan"] is not None]  # type: ignore[misc]


def _amount(value: Decimal | None) -> str:
    return "" if value is None else f"{value:,f}"


def _nothing(text: str) -> Shown:
    return Shown(tag("p", text, class_="note"), text)
