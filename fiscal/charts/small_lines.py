"""Small lines over the years: a measure as printed and in prices of one year, one panel each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from fiscal.charts.chart import MARGIN, Chart, Words, empty, write
from fiscal.charts.style import AMOUNT, BODY, GREY, INK, SMALL, SOFT, WIDTH, measured, plain, text_width
from fiscal.model.finding import Doubt

_TALL, _PANEL, _HEAD, _LEGEND, _BETWEEN = 156.0, 78.0, 56.0, 24.0, 16.0
_HALF = (WIDTH - 2 * MARGIN - _BETWEEN) / 2
_TEXT, _LEADING = SMALL - 1, 13.0
_ABSENT, _SHORT = "无资料", "无"
UNITS = {"元": (1, 0), "万元": (10_000, 2)}  # unit → 元 in it, decimals drawn
_BEHIND = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0}  # a line may pass
Points = dict[int, float]


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure: the years drawn, what is known of it as printed and in prices of `base`, what is doubted."""

    name: str
    years: Sequence[int]
    nominal: Points
    real: Points
    base: int
    digits: int
    doubts: Mapping[int, Doubt]

    def text(self, value: float) -> str:
        """A value as it is written."""
        return measured(round(value, self.digits))

    @property
    def labels(self) -> float:
        """Width of the widest value."""
        values = [*self.nominal.values(), *self.real.values()]
        return max(text_width(self.text(value), _TEXT) for value in values)

    @property
    def step(self) -> float:
        """Points from year to year; half a label is kept free at either end."""
        return (_HALF - self.labels) / max(len(self.years) - 1, 1)

    def above(self, year: int) -> float:
        """Where values may be written: over the points that a label of this year covers."""
        covered = [y for y in self.nominal if abs(y - year) * self.step < self.labels / 2 + 3]
        return max(points.get(y, self.nominal[y]) for points in (self.nominal, self.real) for y in covered)

    def labelled(self) -> set[int]:
        """Years whose values are written: all where there is room, else the first and the last."""
        known = sorted(self.nominal)
        return set(known) if self.step > self.labels + 3 else {known[0], known[-1]}

    def dated(self) -> set[int]:
        """Years that are written on the axis, counted from the newest."""
        every = int((text_width("2000", _TEXT) + 4) // self.step) + 1
        return set(self.years[::-1][::every])


def small_lines(series: pd.DataFrame, *, title: str, note: str, unit: str = "元") -> Figure:
    """Each measure over the years on its own scale from zero: grey as printed, coloured in prices of one year.

    `series` is a result of `metrics.headlines_over_years` or `per_head_over_years`; amounts are written in `unit`
    (元 or 万元). A year without a number breaks the line and is written 无资料. Fewer than two years have no course.
    """
    panels = [_panel(str(name), group, unit) for name, group in series.groupby("label", sort=False)]
    shown = [panel for panel in panels if len(panel.nominal) > 1]
    if not shown:
        return empty(title, note, "无数据：有数字的年度不到两个", unit)
    chart = Chart(_words(shown, title=title, note=note, unit=unit), _LEGEND + -(-len(shown) // 2) * _TALL)
    _legend(chart, shown[0].base)
    for index, panel in enumerate(shown):
        _draw(chart, panel, index)
    return chart


def _panel(name: str, group: pd.DataFrame, unit: str) -> Panel:
    factor, digits = UNITS[unit]
    nominal, real = (_points(group, column, factor) for column in ("amount_yuan", "real_yuan"))
    years = [int(year) for year in group["year"]]
    doubts = {year: doubt for year, doubt in zip(years, group["doubt"]) if doubt and year in nominal}
    return Panel(name, years, nominal, real, int(group["base_year"].iloc[0]), digits, doubts)


def _points(group: pd.DataFrame, column: str, factor: int) -> Points:
    pairs = zip(group["year"], group[column])
    return {int(year): float(value) / factor for year, value in pairs if not pd.isna(value)}


def _legend(chart: Chart, base: int) -> None:
    """Which line is which, each in its colour."""
    axes = chart.canvas_panel()
    left = MARGIN
    for text, colour, line in ((f"按{base}年价", AMOUNT, AMOUNT), ("当年价", SOFT, GREY)):
        axes.plot([left, left + 18], [8, 8], color=line, lw=2)
        write(axes, left + 23, 8, text, size=SMALL, color=colour)
        left += 23 + text_width(text, SMALL) + 16


def _draw(chart: Chart, panel: Panel, index: int) -> None:
    left, top = MARGIN + index % 2 * (_HALF + _BETWEEN), _LEGEND + index // 2 * _TALL
    axes = chart.panel(left, top + _HEAD, _HALF, _PANEL)
    values = [*panel.nominal.values(), *panel.real.values(), 0.0]
    pad = panel.labels / 2 / panel.step
    axes.set_xlim(panel.years[0] - pad, panel.years[-1] + pad)
    axes.set_ylim(min(values) * 1.2, max(values) or 1.0)
    write(axes, axes.get_xlim()[0], axes.get_ylim()[1], panel.name, size=BODY, va="bottom", offset=(0, 36))
    for points, colour, width in ((panel.nominal, GREY, 1.5), (panel.real, AMOUNT, 2.0)):
        for piece in _pieces(points):
            axes.plot(list(piece), list(piece.values()), color=colour, lw=width, marker="o", ms=3.5, clip_on=False)
        for year in panel.doubts.keys() & points.keys():
            axes.plot(year, points[year], "o", mfc="white", mec=colour, ms=6, clip_on=False)
    for year in panel.years:
        _year(axes, panel, year)
    axes.axhline(0, color=INK, linewidth=0.8, clip_on=False)


def _pieces(points: Mapping[int, float]) -> list[Points]:
    """The points cut where a year is missing."""
    pieces: list[Points] = []
    for year in sorted(points):
        if not pieces or year - 1 not in pieces[-1]:
            pieces.append({})
        pieces[-1][year] = points[year]
    return pieces


def _year(axes: Axes, panel: Panel, year: int) -> None:
    """The year on the axis, and its values above the point: in prices of one year over the printed one."""
    look: dict = {"size": _TEXT, "ha": "center"}
    if year in panel.dated():
        write(axes, year, axes.get_ylim()[0], str(year), va="top", color=SOFT, offset=(0, -3), **look)
    if year not in panel.nominal:
        text = _ABSENT if panel.step > text_width(_ABSENT, _TEXT) else _SHORT
        write(axes, year, 0, text, va="bottom", color=SOFT, offset=(0, 3), **look)
    elif year in panel.labelled():
        _values(axes, panel, year)


def _values(axes: Axes, panel: Panel, year: int) -> None:
    nominal, real = panel.nominal[year], panel.real.get(year, panel.nominal[year])
    texts = [(panel.text(nominal), SOFT), (panel.text(real), AMOUNT)]
    if texts[0][0] == texts[1][0]:
        texts = [(texts[0][0], INK if year in panel.real else SOFT)]
    for i, (text, colour) in enumerate(texts):
        look: dict = {"size": _TEXT, "ha": "center", "va": "bottom", "color": colour, "bbox": _BEHIND}
        write(axes, year, panel.above(year), text, offset=(0, 4 + i * _LEADING), **look)


def _words(panels: Sequence[Panel], *, title: str, note: str, unit: str) -> Words:
    series = ["，".join(f"{year}年{_told(panel, year)}" for year in panel.years) for panel in panels]
    listed = "；".join(f"{panel.name}：{told}" for panel, told in zip(panels, series))
    message = "".join(_grown(panel) for panel in panels)
    doubts = tuple((f"{panel.name}{year}年{_told(panel, year)}", doubt) for panel in panels
                   for year, doubt in panel.doubts.items())  # fmt: skip
    return Words(title, unit, note, message, f"{title}（{unit}）：{listed}。", doubts)


def _told(panel: Panel, year: int) -> str:
    if year not in panel.nominal:
        return _ABSENT
    real = f"（按{panel.base}年价{plain(panel.text(panel.real[year]))}）" if year in panel.real else ""
    return plain(panel.text(panel.nominal[year])) + (real if year != panel.base else "")


def _grown(panel: Panel) -> str:
    """From the first to the last year, as printed and in prices of one year where both have one."""
    first, last = min(panel.nominal), max(panel.nominal)
    nominal, real = (_moved(points, first, last) for points in (panel.nominal, panel.real))
    return f"{panel.name}{last}年比{first}年{nominal}{f'，扣除物价{real}' if real else ''}。" if nominal else ""


def _moved(points: Points, first: int, last: int) -> str:
    if not {first, last} <= set(points) or points[first] <= 0:
        return ""
    rate = (points[last] / points[first] - 1) * 100
    return f"{'增长' if rate >= 0 else '下降'}{plain(measured(abs(rate)))}%"
