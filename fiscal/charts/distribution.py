"""How departments are spread in one measure, those that stand apart named."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from fiscal.charts.bars import nothing
from fiscal.charts.chart import MARGIN, Chart, Words, write
from fiscal.charts.style import AMOUNT, DOWN, GREY, INK, SMALL, SOFT, WIDTH, measured, percent, plain, text_width

_STRIP, _LINE, _MOST, _INSET = 64.0, 16.0, 10, 12.0


def distribution(
    lines: pd.DataFrame, *, value: str, label: str, title: str, note: str, unit: str = "", ratio: bool = False
) -> Figure:
    """One dot per row of `metrics.outliers`, the median marked, outliers in another colour with their names.

    `label` is the column with names; `ratio` writes percent. Rows without a value are counted in the caption. At most
    10 outliers are named, those furthest from the median.
    """
    known = lines[lines[value].notna()].sort_values(value)
    named = _named(known, value, label, ratio)
    words = _words(lines, known, named, title=title, note=note, unit="" if ratio else unit, value=value, ratio=ratio)
    tiers = _tiers(named, known, value)
    above = (max(tiers, default=-1) + 1) * _LINE + (6 if tiers else 0)
    chart = Chart(words, above + _STRIP + 30 if len(known) else 60)
    if not len(known):
        nothing(chart, "无数据")
        return chart
    axes = chart.canvas_panel()
    _strip(axes, known, value, above=above, ratio=ratio)
    _names(axes, named, tiers, known=known, value=value, above=above)
    return chart


def _named(known: pd.DataFrame, value: str, label: str, ratio: bool) -> list[tuple[float, str]]:
    apart = known[known["is_outlier"]]
    far = (apart[value] - apart["median"]).abs().sort_values(ascending=False).index[:_MOST]
    chosen = apart.loc[far].sort_values(value)
    return [(float(v), f"{name} {_text(float(v), ratio)}") for v, name in zip(chosen[value], chosen[label])]


def _text(amount: float, ratio: bool) -> str:
    return percent(amount) if ratio else measured(amount)


def _x(known: pd.DataFrame, value: str, amount: float) -> float:
    low, high = min(0.0, float(known[value].min())), max(0.0, float(known[value].max()))
    span = (high - low) or 1.0
    return MARGIN + _INSET + (amount - low) / span * (WIDTH - 2 * MARGIN - 2 * _INSET)


def _anchor(known: pd.DataFrame, value: str, amount: float, text: str) -> float:
    """Left end of a name: centred on its dot, kept on the sheet."""
    width = text_width(text, SMALL)
    return min(max(_x(known, value, amount) - width / 2, MARGIN), WIDTH - MARGIN - width)


def _tiers(named: list[tuple[float, str]], known: pd.DataFrame, value: str) -> list[int]:
    """The line on which each name stands: the lowest where it touches no other."""
    ends: list[float] = []
    tiers = []
    for amount, text in named:
        left = _anchor(known, value, amount, text)
        tier = next((index for index, end in enumerate(ends) if end + 6 <= left), len(ends))
        ends[tier : tier + 1] = [left + text_width(text, SMALL)]
        tiers.append(tier)
    return tiers


def _strip(axes: Axes, known: pd.DataFrame, value: str, *, above: float, ratio: bool) -> None:
    base = above + _STRIP
    xs = [_x(known, value, float(v)) for v in known[value]]
    ys = [above + 16 + (index * 5 % 8) / 8 * (_STRIP - 28) for index in range(len(xs))]
    colours = [DOWN if apart else AMOUNT for apart in known["is_outlier"]]
    axes.scatter(xs, ys, s=26, c=colours, alpha=0.75, linewidths=0)
    axes.plot([MARGIN, WIDTH - MARGIN], [base, base], color=GREY, linewidth=0.8)
    middle = float(known[value].median())
    axes.plot([_x(known, value, middle)] * 2, [above + 8, base], color=INK, linewidth=1.2)
    _scale_texts(axes, known, value, base=base, ratio=ratio)


def _scale_texts(axes: Axes, known: pd.DataFrame, value: str, *, base: float, ratio: bool) -> None:
    """Zero, the median and the largest value under the line; the median always, others where there is room."""
    middle = float(known[value].median())
    taken: list[tuple[float, float]] = []
    for amount, head in ((middle, "中位数 "), (0.0, ""), (float(known[value].max()), "")):
        text = head + ("0" if amount == 0 else _text(amount, ratio))
        left = _anchor(known, value, amount, text)
        right = left + text_width(text, SMALL)
        if all(right + 6 < a or left > b + 6 for a, b in taken):
            write(axes, left, base + 14, text, size=SMALL, color=INK if head else SOFT)
            taken.append((left, right))


def _names(
    axes: Axes, named: list[tuple[float, str]], tiers: list[int], *, known: pd.DataFrame, value: str, above: float
) -> None:
    order = list(known[value].astype(float))
    for (amount, text), tier in zip(named, tiers):
        y = above - tier * _LINE - _LINE / 2 - 2
        x = _x(known, value, amount)
        dot = above + 16 + (order.index(amount) * 5 % 8) / 8 * (_STRIP - 28)
        axes.plot([x, x], [y + 7, dot - 4], color=GREY, linewidth=0.6)
        behind = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}  # the line of another name passes behind
        write(axes, _anchor(known, value, amount, text), y, text, size=SMALL, color=DOWN, bbox=behind)


def _words(
    lines: pd.DataFrame, known: pd.DataFrame, named: list, *, title: str, note: str, unit: str, value: str, ratio: bool
) -> Words:
    missing = len(lines) - len(known)
    extra = f"{missing}个没有此数。" if missing else ""
    if not len(known):
        return Words(title, unit, note, f"无数据。{extra}", f"{title}：无数据。{extra}")
    low, middle, high = (plain(_text(float(x), ratio)) + unit for x in known[value].quantile([0, 0.5, 1]))
    apart = f"明显偏离的有：{'、'.join(plain(text) for _, text in named)}。" if named else "没有明显偏离的。"
    message = f"{len(known)}个单位，中位数{middle}。{apart}{extra}"
    return Words(
        title,
        unit,
        note,
        message,
        f"{title}：{len(known)}个单位，最小{low}，中位数{middle}，最大{high}。{apart}{extra}",
    )
