"""Budget against actual: how far each figure was carried out."""

import pandas as pd
from matplotlib.figure import Figure

from fiscal.charts import bars
from fiscal.charts.bars import Bar
from fiscal.charts.chart import Chart, Words, doubted, empty, told
from fiscal.charts.style import AMOUNT, GREY, UNKNOWN, number, percent, plain


def completion_bars(lines: pd.DataFrame, *, title: str, note: str) -> Figure:
    """Rows of `metrics.execution`: the bar is what was spent, the line across it the budget.

    The rate is the printed one where it fits the amounts, else computed; the caption says so. Rows without an actual
    number stand as 未公开; rows without expenditure and without a known budget above 0 are named in the caption.
    """
    records = [line for line in lines.to_dict("records") if not _nothing(line)]
    rows = [_bar(line) for line in records]
    spent_nothing = told("没有支出", [line["label"] for line in lines.to_dict("records") if _nothing(line)])
    if all(row.value is None for row in rows):
        reason = f"无数据。{spent_nothing}".removesuffix("。")
        return empty(title, note, reason, lines["unit"].iloc[0] if len(lines) else "")
    chart = Chart(_words(records, spent_nothing, title=title, note=note), bars.height(rows))
    bars.draw(chart, rows)
    return chart


def _nothing(line: dict) -> bool:
    return line["actual"] is not None and line["actual"] == 0 and (line["budget"] is None or line["budget"] == 0)


def _rate(line: dict) -> str:
    printed = line["printed_rate"] is not None and line["printed_agrees"] is not False
    rate = line["printed_rate"] if printed else line["completion_rate"]
    return "" if rate is None or pd.isna(rate) else percent(rate)


def _bar(line: dict) -> Bar:
    if line["actual"] is None:
        return Bar(line["label"], None, UNKNOWN, colour=GREY)
    return Bar(line["label"], line["actual"], number(line["actual"]), _rate(line), AMOUNT, mark=line["budget"],
               is_doubted=bool(line.get("doubt")))  # fmt: skip


def _words(records: list[dict], spent_nothing: str, *, title: str, note: str) -> Words:
    known = [line for line in records if line["actual"] is not None]
    extra, unit = spent_nothing + _misprinted(known), known[0]["unit"]
    listed = "；".join(_sentence(line) for line in known)
    source = f"{note}；竖线为预算数" if any(line["budget"] is not None for line in known) else note
    return Words(title, unit, source, f"{_sentence(known[0])}。{extra}", f"{title}（{unit}）：{listed}。{extra}",
                 (*doubted(known, "label", "actual"), *doubted(known, "label", "budget", "budget_doubt")))  # fmt: skip


def _misprinted(lines: list[dict]) -> str:
    wrong = [line for line in lines if line["printed_agrees"] is False]
    listed = "、".join(f"{line['label']}印为{plain(percent(line['printed_rate']))}" for line in wrong)
    return f"原文完成率与金额不合：{listed}，图中为计算值。" if wrong else ""


def _sentence(line: dict) -> str:
    budget = f"，预算{plain(number(line['budget']))}" if line["budget"] is not None else ""
    rate = f"，完成预算{plain(_rate(line))}" if _rate(line) else ""
    return f"{line['label']}决算{plain(number(line['actual']))}{line['unit']}{budget}{rate}"
