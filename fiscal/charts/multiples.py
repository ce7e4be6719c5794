"""Small multiples: the same little bar chart for each department or category, on one scale or each on its own."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from fiscal.charts.chart import MARGIN, Chart, Words, empty, filled, write
from fiscal.charts.style import AMOUNT, GREY, INK, SMALL, SOFT, UNKNOWN, WIDTH, measured, plain, unit_of, wrap
from fiscal.model.finding import Doubt

_TALL, _PANEL, _MOST = 150.0, 96.0, 24


@dataclass(frozen=True, slots=True)
class Group:
    """One panel: year → value, None where the year has a row without a number; what is said against a year."""

    name: str
    values: dict[int, Any]
    doubts: dict[int, Doubt]

    @property
    def known(self) -> dict[int, Any]:
        return {year: value for year, value in self.values.items() if value is not None}

    @property
    def newest(self) -> tuple[int, Any]:
        return max(self.known.items())


def small_multiples(lines: pd.DataFrame, *, value: str, by: str, title: str, note: str) -> Figure:
    """Bars of `value` over the years, one panel per `by` and each on its own scale from zero.

    Rows have year, `by`, `value` (Decimal or float), unit where the name of `value` does not say it (`_yuan`), and
    may have `doubt`.

    Panels in the order of their newest value, the largest first; beyond 24 the caption says how many are left out. A
    row without a value is written as 未公开, a year without a row as 无资料. A single year has no course to draw.
    """
    years = sorted(lines["year"].dropna().unique())
    groups = _groups(lines, value, by) if len(years) > 1 else []
    shown = groups[:_MOST]
    unit = str(lines["unit"].iloc[0]) if "unit" in lines and len(lines) else unit_of(value)
    if not any(group.known for group in shown):
        return empty(title, note, "无数据：只有一个年度" if len(years) == 1 else "无数据", unit)
    words = _words(groups, len(groups) - len(shown), title=title, note=note, unit=unit)
    chart = Chart(words, -(-len(shown) // 2) * _TALL)
    for index, group in enumerate(shown):
        _panel(chart, index, group, years=years)
    return chart


def _groups(lines: pd.DataFrame, value: str, by: str) -> list[Group]:
    found = []
    for name, group in lines.groupby(by, sort=False):
        series = {int(y): None if pd.isna(v) else v for y, v in zip(group["year"], group[value])}
        told = zip(group["year"], group["doubt"]) if "doubt" in group else ()
        found.append(Group(str(name), series, {int(year): doubt for year, doubt in told if doubt}))
    return sorted(found, key=lambda group: -group.newest[1] if group.known else float("inf"))


def _panel(chart: Chart, index: int, group: Group, *, years: list[int]) -> None:
    half = (WIDTH - 2 * MARGIN - 16) / 2
    left, above = MARGIN + (index % 2) * (half + 16), (index // 2) * _TALL
    axes = chart.panel(left, above + 32, half, _PANEL)
    values = [0.0, *(float(value) for value in group.known.values())]
    axes.set_xlim(-0.6, len(years) - 0.4)
    axes.set_ylim(min(values) * 1.25, (max(values) or 1.0) * 1.2)
    label = wrap(group.name, half, SMALL)
    shown = label[0] if len(label) == 1 else label[0][:-1] + "…"
    write(axes, -0.6, axes.get_ylim()[1], shown, size=SMALL, va="bottom", offset=(0, 4))
    for x, year in enumerate(years):
        _bar(axes, x, group, year=int(year), last=year == years[-1])
    axes.axhline(0, color=INK, linewidth=0.8, clip_on=False)


def _bar(axes: Axes, x: int, group: Group, *, year: int, last: bool) -> None:
    value, small = group.values.get(year), SMALL - 1
    if value is None:
        reason = UNKNOWN if year in group.values else "无资料"
        write(axes, x, 0, reason, size=small, ha="center", va="bottom", color=SOFT, offset=(0, 3))
    else:
        look = filled(AMOUNT if last else GREY, year in group.doubts)
        axes.bar(x, float(value), 0.62, clip_on=False, **look)
        va, lift = ("bottom", 2) if value >= 0 else ("top", -2)
        write(axes, x, float(value), measured(value), size=small, ha="center", va=va, offset=(0, lift))
    write(axes, x, axes.get_ylim()[0], str(year), size=small, ha="center", va="top", color=SOFT, offset=(0, -2))


def _words(groups: list[Group], left_out: int, *, title: str, note: str, unit: str) -> Words:
    listed = "；".join(f"{group.name}：{_series(group)}" for group in groups[:_MOST])
    first = next(group for group in groups if group.known)
    year, value = first.newest
    rest = f"另有{left_out}个未画出。" if left_out else ""
    message = f"共{len(groups)}组，最大的是{first.name}，{year}年{plain(measured(value))}{unit}。{rest}"
    doubts = tuple(
        (f"{group.name}{year}年{plain(measured(group.values[year]))}", doubt)
        for group in groups[:_MOST] for year, doubt in group.doubts.items() if year in group.known
    )  # fmt: skip
    return Words(title, unit, note, message, f"{title}（{unit}）：{listed}。{rest}", doubts)


def _series(group: Group) -> str:
    texts = {year: UNKNOWN if value is None else plain(measured(value)) for year, value in group.values.items()}
    return "，".join(f"{year}年{text}" for year, text in sorted(texts.items()))
