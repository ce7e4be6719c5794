"""Last year and this year of one figure, and what the change consists of."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
from matplotlib.figure import Figure

from fiscal.charts import bars
from fiscal.charts.bars import Bar
from fiscal.charts.chart import Chart, Words, doubted, empty, told, write
from fiscal.charts.style import AMOUNT, DOWN, GREY, SOFT, UNKNOWN, UP, number, percent, plain, signed

_NOTE = 22.0
_BASIS = {"stated": "上年数由本年数与所述增减额推算", "derived": "上年数为推算数", "accounts": "", "": ""}


def change_bars(lines: pd.DataFrame, *, title: str, note: str) -> Figure:
    """Two levels of a row of `metrics.variance`, or of each side of `metrics.two_sides`, the change in words below.

    A year that is not known stands as 未公开 or 上年决算未提供; neither known gives 无数据.
    """
    sides = lines.to_dict("records")
    rows = [_level(side, *level) for side in sides for level in (("previous_amount", GREY), ("amount", AMOUNT))]
    line = lines.iloc[0]
    sentence = change_sentence(line)
    if all(row.value is None for row in rows):
        return empty(title, note, "无数据：两年均不可知", line["unit"])
    words = _words(line, sentence, title=title, note="；".join(filter(None, (note, _BASIS[line["basis"]]))))
    name = "side" if "side" in lines else "label"
    before = doubted(sides, name, "previous_amount", "previous_doubt")
    words = replace(words, doubts=(*doubted(sides, name), *before))
    chart = Chart(words, bars.height(rows) + _NOTE)
    axes = bars.draw(chart, rows)
    change = line["change"] or 0
    mark, colour = ("▲ ", UP) if change > 0 else ("▼ ", DOWN) if change < 0 else ("", SOFT)
    write(axes, 0, len(rows) - 0.5, mark + sentence, color=colour, offset=(bars.GAP, -_NOTE / 2))
    return chart


def _level(line: dict, column: str, colour: str) -> Bar:
    year = line["year"] if column == "amount" else line["previous_year"]
    value = line[column]
    label = (f"{year}年" if year is not None else "本年") + line.get("side", "")
    if value is not None:
        doubt = line.get(column.replace("amount", "doubt"))
        return Bar(label, value, number(value), colour=colour, is_doubted=bool(doubt))
    unknown = line["why_blank"] == "unknown" or column == "amount"
    return Bar(label, None, UNKNOWN if unknown else "上年决算未提供", colour=GREY)


def change_sentence(line: pd.Series) -> str:
    """增加21.53万元，增长10.91%; the printed rate where it fits the amounts, else the computed one."""
    change = line["change"]
    if change is None:
        return "增减额不可知"
    if change == 0:
        return "与上年持平"
    printed = line["printed_change_rate"] is not None and line["printed_agrees"] is not False
    rate = line["printed_change_rate"] if printed else line["change_rate"]
    up = change > 0
    text = f"{'增加' if up else '减少'}{plain(number(abs(change)))}{line['unit']}"
    return text if pd.isna(rate) else f"{text}，{'增长' if up else '下降'}{plain(percent(abs(rate)))}"


def _words(line: pd.Series, sentence: str, *, title: str, note: str) -> Words:
    unit, now, before = line["unit"], line["amount"], line["previous_amount"]
    level = f"{plain(number(now))}{unit}" if now is not None else UNKNOWN
    compared = f"比上年{sentence}" if line["change"] else sentence
    message = f"{line['year']}年{line['label']}{level}，{compared}。{_misprinted(line)}"
    last = f"{plain(number(before))}" if before is not None else "不可知"
    levels = f"{line['previous_year']}年{last}，{line['year']}年{level.removesuffix(unit)}"
    alt = f"{title}（{unit}）：{levels}，{sentence}。"
    return Words(title, unit, note, message, alt)


def _misprinted(line: pd.Series) -> str:
    if line["printed_agrees"] is not False:
        return ""
    return f"原文增减幅度印为{plain(percent(line['printed_change_rate']))}，与金额不合，图中为计算值。"


def waterfall(parts: pd.DataFrame, *, title: str, note: str) -> Figure:
    """How the parts of `metrics.decomposition` or `metrics.moved_over_years` add up to the change of the whole.

    The zero line is last year's level, or that of the first of the years; each bar begins where the one before ended;
    the last is the whole change.
    Parts without change are named in the caption, unknown ones are 未公开 and inside the rest.
    """
    if not len(parts):
        return empty(title, note, "无数据：没有可比的上年数")
    whole = parts[parts["kind"] == "whole"].iloc[0]
    known = parts[(parts["kind"] != "whole") & parts["change"].notna()]
    moving = [line for line in known.to_dict("records") if line["change"] != 0]
    moving.sort(key=lambda line: (line["kind"] == "rest", -abs(line["change"])))
    rows = [*_steps(moving), Bar(f"{whole['part']}变动", whole["change"], signed(whole["change"]), colour=AMOUNT)]
    chart = Chart(_waterfall_words(parts, moving, whole, title=title, note=note), bars.height(rows))
    bars.draw(chart, rows)
    return chart


def _steps(moving: list[dict]) -> list[Bar]:
    rows, level = [], Decimal(0)
    for line in moving:
        change = line["change"]
        colour = GREY if line["kind"] == "rest" else UP if change > 0 else DOWN
        doubt = bool(line.get("doubt") or line.get("previous_doubt"))
        rows.append(Bar(line["part"], change, signed(change), colour=colour, start=level, is_doubted=doubt))
        level += change
    return rows


def _waterfall_words(parts: pd.DataFrame, moving: list[dict], whole: pd.Series, *, title: str, note: str) -> Words:
    unit, since = whole["unit"], f"{whole['previous_year']}年" if "previous_year" in whole else "上年"
    listed = "，".join(f"{x['part']}{plain(signed(x['change']))}" for x in moving)
    still = [x for x, c in zip(parts["part"], parts["change"]) if c is not None and c == 0]
    unknown = list(parts.loc[parts["why_blank"] == "unknown", "part"])
    extra = told("没有变动", still)
    extra += f"{UNKNOWN}的有：{'、'.join(unknown)}，其变动含在差额内。" if unknown else ""
    levels = (
        f"{whole['part']}由{since}{plain(number(whole['previous_amount']))}变为{plain(number(whole['amount']))}{unit}"
    )
    doubts = (*doubted(moving, "part"), *doubted(moving, "part", "previous_amount", "previous_doubt"))
    first = f"，变动最大的是{moving[0]['part']}{plain(signed(moving[0]['change']))}" if moving else f"，与{since}持平"
    alt = f"{title}（{unit}）：{listed or '各项没有变动'}；合计{plain(signed(whole['change']))}。{extra}"
    return Words(title, unit, f"{note}；零线为{since}水平", f"{levels}{first}。{extra}", alt, doubts)
