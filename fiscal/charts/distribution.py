"""How departments are spread in one measure, those that stand apart named."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from fiscal.charts.chart import MARGIN, Chart, Words, empty, write
from fiscal.charts.style import (
    AMOUNT,
    DOWN,
    GREY,
    INK,
    SMALL,
    SOFT,
    WIDTH,
    measured,
    percent,
    plain,
    text_width,
    unit_of,
)
from fiscal.metrics.compared import FEWEST

_STRIP, _LINE, _INSET = 64.0, 16.0, 12.0
NAMED, DOTS, BINS = 10, 150, 40


@dataclass(frozen=True)
class Spread:
    """The rows of one measure that have a value, sorted; where a value stands on the sheet and how it is written."""

    known: pd.DataFrame
    value: str
    label: str

    @property
    def unit(self) -> str:
        return unit_of(self.value).removesuffix("%")

    @cached_property
    def values(self) -> list[float]:
        return [float(value) for value in self.known[self.value]]

    @cached_property
    def limits(self) -> tuple[float, float]:
        return min(0.0, *self.values), max(0.0, *self.values)

    @cached_property
    def median(self) -> float:
        return float(self.known[self.value].median())

    @cached_property
    def named(self) -> list[tuple[float, str]]:
        """Value and text of the outliers furthest from the median, at most NAMED, sorted by value."""
        apart = self.known[self.known["is_outlier"]]
        far = (apart[self.value] - apart["median"]).abs().sort_values(ascending=False).index[:NAMED]
        chosen = apart.loc[far].sort_values(self.value)
        pairs = zip(chosen[self.value], chosen[self.label])
        return [(float(value), f"{name} {self.text(float(value))}") for value, name in pairs]

    def text(self, amount: float) -> str:
        return percent(amount) if unit_of(self.value) == "%" else measured(amount)

    def x(self, amount: float) -> float:
        low, high = self.limits
        return MARGIN + _INSET + (amount - low) / ((high - low) or 1.0) * (WIDTH - 2 * MARGIN - 2 * _INSET)

    def left(self, amount: float, text: str) -> float:
        """Left end of a text: centred on its value, kept on the sheet."""
        width = text_width(text, SMALL)
        return min(max(self.x(amount) - width / 2, MARGIN), WIDTH - MARGIN - width)

    @cached_property
    def tiers(self) -> list[int]:
        """The line on which each name stands: the lowest where it touches no other."""
        ends: list[float] = []
        tiers = []
        for amount, text in self.named:
            left = self.left(amount, text)
            tier = next((index for index, end in enumerate(ends) if end + 6 <= left), len(ends))
            ends[tier : tier + 1] = [left + text_width(text, SMALL)]
            tiers.append(tier)
        return tiers

    @property
    def above(self) -> float:
        """The room the names need."""
        return (max(self.tiers) + 1) * _LINE + 6 if self.tiers else 0.0

    def dot(self, index: int) -> float:
        """Height of a dot: neighbours are moved apart, always the same way."""
        return self.above + 16 + (index * 5 % 8) / 8 * (_STRIP - 28)


def distribution(lines: pd.DataFrame, *, value: str, label: str, title: str, note: str) -> Figure:
    """One dot per row of `metrics.outliers`, the median marked, outliers in another colour with their names.

    `label` is the column with names; the name of the column `value` says its unit (`_yuan`, `_share`, `_rate`). Rows
    without a value are counted in the caption. Fewer than 5 values are no distribution. Beyond 150 rows the others are
    drawn as a histogram. At most 10 outliers are named, those furthest from the median.
    """
    known = lines[lines[value].notna()].sort_values(value)
    spread = Spread(known, value, label)
    missing = f"{len(lines) - len(known)}个没有此数。" if len(lines) > len(known) else ""
    if len(known) < FEWEST:
        told = f"只有{len(known)}个单位有此数，不画分布。{missing}" if len(known) else f"无数据。{missing}"
        return empty(title, note, told.removesuffix("。"), spread.unit)
    chart = Chart(_words(spread, missing, title=title, note=note), spread.above + _STRIP + 30)
    axes = chart.canvas_panel()
    _strip(axes, spread)
    _scale_texts(axes, spread)
    _names(axes, spread)
    return chart


def _strip(axes: Axes, spread: Spread) -> None:
    """Dots in data units between names and scale; of many, only those apart, the others as a histogram."""
    import seaborn as sns  # here, because it loads pyplot, which no other chart needs

    base = spread.above + _STRIP
    apart = spread.known["is_outlier"].to_numpy(dtype=bool)
    dots = pd.DataFrame({"x": map(spread.x, spread.values), "y": map(spread.dot, range(len(apart))), "apart": apart})
    if len(dots) > DOTS:
        _histogram(axes, dots["x"], base)
        dots = dots[dots["apart"]]
    look = {"s": 26, "alpha": 0.75, "linewidth": 0, "legend": False, "palette": {False: AMOUNT, True: DOWN}}
    sns.scatterplot(dots, x="x", y="y", hue="apart", ax=axes, **look)
    axes.set(xticks=[], yticks=[], xlabel="", ylabel="")
    axes.plot([MARGIN, WIDTH - MARGIN], [base, base], color=GREY, linewidth=0.8)
    axes.plot([spread.x(spread.median)] * 2, [spread.above + 8, base], color=INK, linewidth=1.2)


def _histogram(axes: Axes, xs: pd.Series, base: float) -> None:
    """Bars that stand on the line of the strip: the sheet's axis runs downwards, so their heights are turned."""
    import seaborn as sns

    sns.histplot(x=xs, bins=BINS, color=AMOUNT, alpha=1, linewidth=0, ax=axes)
    bars = [bar for bar in axes.patches if isinstance(bar, Rectangle)]
    tallest = max(bar.get_height() for bar in bars)
    for bar in bars:
        bar.set(y=base, height=-bar.get_height() / tallest * (_STRIP - 16))


def _scale_texts(axes: Axes, spread: Spread) -> None:
    """The median, zero and the largest value under the line; the median always, the others where there is room."""
    taken: list[tuple[float, float]] = []
    for amount, head in ((spread.median, "中位数 "), (0.0, ""), (max(spread.values), "")):
        text = head + ("0" if amount == 0 else spread.text(amount))
        left = spread.left(amount, text)
        right = left + text_width(text, SMALL)
        if all(right + 6 < start or left > end + 6 for start, end in taken):
            write(axes, left, spread.above + _STRIP + 14, text, size=SMALL, color=INK if head else SOFT)
            taken.append((left, right))


def _names(axes: Axes, spread: Spread) -> None:
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}  # the line of another name passes behind
    for (amount, text), tier in zip(spread.named, spread.tiers):
        y, x = spread.above - tier * _LINE - _LINE / 2 - 2, spread.x(amount)
        axes.plot([x, x], [y + 7, spread.dot(spread.values.index(amount)) - 4], color=GREY, linewidth=0.6)
        write(axes, spread.left(amount, text), y, text, size=SMALL, color=DOWN, bbox=behind)


def _words(spread: Spread, missing: str, *, title: str, note: str) -> Words:
    n = len(spread.known)
    low, middle, high = (
        plain(spread.text(amount)) + spread.unit for amount in (spread.values[0], spread.median, spread.values[-1])
    )
    listed = _listed(spread) + missing
    alt = f"{title}：{n}个单位，最小{low}，中位数{middle}，最大{high}。{listed}"
    return Words(title, spread.unit, note, f"{n}个单位，中位数{middle}。{listed}", alt)


def _listed(spread: Spread) -> str:
    total = int(spread.known["is_outlier"].sum())
    if not total:
        return "没有明显偏离的。"
    more = f"等{total}个" if total > len(spread.named) else ""
    return f"明显偏离的有：{'、'.join(plain(text) for _, text in spread.named)}{more}。"
