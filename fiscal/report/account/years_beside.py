"""Years beside the year before, as notebooks show them: two of one account, or each of a whole series."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal import metrics
from fiscal.metrics import WHY
from fiscal.metrics.headlines import doubted
from fiscal.report.kit.html_grid import simple
from fiscal.report.kit.markup import Raw, Shown, join, tag
from fiscal.report.kit.measure_cells import note
from fiscal.report.kit.see import marked

OUTCOMES = {"equal": "一致", "rounding": "取整之差", "different": "不一致", "": ""}

COMPARATIVES = "上年数取自本年公开的对比数，上年自己的决算文本未见：一致不能作为两年衔接的证明。"


def carried(account: Any, previous: Any = None) -> Shown:
    """Opening balances against last year's closing balances."""
    frame = doubted(metrics.carried(account, previous), account)
    return _compared(frame, "年初数与上年年末数", ["项目", "本年年初", "上年年末", "差额", "结果"], previous)


def restated(account: Any, previous: Any = None) -> Shown:
    """What this year's text implies for last year against what last year's account printed."""
    frame = doubted(metrics.restated(account, previous), account)
    heads = ["项目", "按本年说明推算", "上年决算", "差额", "结果"]
    return _compared(frame, "本年所说的上年数与上年决算", heads, previous)


def _compared(frame: pd.DataFrame, title: str, heads: Sequence[str], previous: Any) -> Shown:
    if frame.empty:
        return note(f"{title}：{'上年决算未提供，无从比较' if previous is None else '两年都印出的数没有，无法比较'}。")
    lines = [
        (*_line(line)[1:], OUTCOMES[line["outcome"]] or WHY[line["why_blank"]])
        for line in frame.to_dict("records")
    ]  # fmt: skip
    notes = [COMPARATIVES] if previous.notes.get("coverage") == "comparatives" else []
    made = simple(title, heads, lines, unit=frame["unit"].iloc[0], amounts=(1, 2, 3), notes=notes)
    return Shown(made, frame.to_string())


def renamed(account: Any, previous: Any = None) -> Shown:
    """Codes that were called differently last year; their series are joined by code."""
    frame = metrics.renamed([previous, account])
    if frame.empty:
        return note(
            "功能分类科目：与上年相比没有改名的。" if previous is not None else "科目改名：上年决算未提供，无从比较。"
        )
    lines = [tuple(line) for line in frame[["row", "label_now", "year", "label"]].itertuples(index=False)]
    return Shown(simple("改了名称的科目", ["编码", "现名", "年度", "当年名称"], lines), frame.to_string())


def per_head(account: Any, previous: Any = None) -> Shown:
    """Costs per head, vehicle and reception of both years, where the counts are published."""
    before = {line["measure"]: line for line in _ratios(previous)}
    lines = []
    for line in _ratios(account):
        both = [line, before.get(line["measure"], {"per_unit_yuan": None, "cell": None})]
        now, then = (one["per_unit_yuan"] for one in both)
        shown = [marked(_amount(one["per_unit_yuan"]), account.doubts.get(id(one["cell"]))) for one in both]
        moved = _amount(now - then if then is not None else None)
        lines.append((line["label"], f"{line['n_units']}{line['counted']}", *shown, moved))
    if not lines:
        return note("人均、车均、每批次：资料没有公布人数、车辆数或批次，无法计算。")
    heads = ["项目", "数量", "本年", "上年", "增减"]
    return Shown(simple("单位成本", heads, lines, unit="元", amounts=(1, 2, 3, 4)), str(lines))


def _ratios(account: Any) -> list[dict[str, Any]]:
    """The ratios of an account that can be formed; none of no account."""
    lines = metrics.per_unit(account).to_dict("records") if account is not None else []
    return [line for line in lines if line["per_unit_yuan"] is not None]  # type: ignore[misc]


def chain(lines: pd.DataFrame) -> Shown:
    """Opening balances against the closing balances of the year before; `lines` of `metrics.carried_over_years`.

    The first balance of each year, and of those below it what does not tie.
    """
    if lines.empty:
        return note("年初结转和上年年末结转：没有相邻两年都印出的数，无法比较。")
    shown = lines[~lines["year"].duplicated() | (lines["outcome"] == "different")]
    rows = [(*_line(line), _outcome(line)) for line in shown.to_dict("records")]
    heads = ["年度", "项目", "年初", "上年年末", "差额", "结果"]
    rest = len(lines) - len(shown)
    notes = [f"其中各项资金的结转另有{rest}处，没有不一致的。"] if rest else []
    table = simple("年初结转与上年年末结转", heads, rows, unit=_unit(lines), amounts=(2, 3, 4), notes=notes)
    return Shown(table, lines.to_string())


def retold(lines: pd.DataFrame) -> Shown:
    """Stated changes that do not lead back to last year's account; `lines` of `metrics.restated_over_years`."""
    if lines.empty:
        return note("说明所述增减额：没有可以与上年决算比较的。")
    wrong = lines[lines["outcome"] == "different"]
    said = f"各年说明写明增减额、两年决算又都印出的有{len(lines)}处，"
    if wrong.empty:
        return note(f"{said}都与上年决算衔接。")
    heads = ["年度", "项目", "按当年说明推算的上年数", "上年决算", "差额"]
    notes = ["上年数经过调整，或者有一边写错。这里只比较增减额的大小；增加、减少写反的，见当年的核对结果。"]
    table = simple("与上年决算不衔接的增减额", heads, [_line(line) for line in wrong.to_dict("records")],
                   unit=_unit(wrong), amounts=(2, 3, 4), notes=notes)  # fmt: skip
    return Shown(join([tag("p", f"{said}{len(wrong)}处不衔接。"), table]), said)


def _line(line: dict[Any, Any]) -> tuple[object, ...]:
    amounts = [marked(_amount(line[f"amount_{side}"]), line[f"{side}_doubt"]) for side in ("now", "then")]
    return f"{line['year']}年", line["label"], *amounts, _amount(line["difference"])


def _outcome(line: dict[Any, Any]) -> Raw:
    text = OUTCOMES[line["outcome"]] or WHY[line["why_blank"]]
    return tag("span", text, class_="disagrees" if line["outcome"] == "different" else None)


def _unit(lines: pd.DataFrame) -> str:
    """The unit of all lines; where years print in different ones, all of them."""
    return "、".join(lines["unit"].unique())


def _amount(value: Decimal | None) -> str:
    return "" if value is None else f"{value:,f}"
