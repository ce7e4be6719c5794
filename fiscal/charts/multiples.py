"""Small multiples: the same little bar chart for each department or category, on one scale or each on its own."""

from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from fiscal.charts.bars import nothing
from fiscal.charts.chart import MARGIN, Chart, Words, write
from fiscal.charts.style import AMOUNT, GREY, INK, SMALL, SOFT, UNKNOWN, WIDTH, number, plain, wrap

_TALL, _PANEL, _MOST = 150.0, 96.0, 24


def small_multiples(
    lines: pd.DataFrame, *, value: str, by: str, title: str, note: str, unit: str = "", shared: bool = False
) -> Figure:
    """Bars of `value` over the years, one panel per `by` (rows with year; Decimal or float values).

    Panels in the order of their newest value, the largest first; beyond 24 the caption says how many are left out. A
    year without a value is written as 未公开; years are placed by year, so that a gap is seen.
    """
    groups = _groups(lines, value, by)
    shown, years = groups[:_MOST], sorted(lines["year"].dropna().unique())
    rows = -(-len(shown) // 2)
    words = _words(groups, len(groups) - len(shown), title=title, note=note, unit=unit)
    chart = Chart(words, rows * _TALL if shown else 60)
    if not shown:
        nothing(chart, "无数据")
    top = max((max(values.values(), default=0.0) for _, values in shown), default=0.0)
    for index, (name, values) in enumerate(shown):
        _panel(chart, index, name, values=values, years=years, top=top if shared else None)
    return chart


def _groups(lines: pd.DataFrame, value: str, by: str) -> list[tuple[str, dict[int, float]]]:
    found = []
    for name, group in lines.groupby(by, sort=False):
        known = group[group[value].notna()]
        found.append((str(name), {int(y): float(v) for y, v in zip(known["year"], known[value])}))
    return sorted(found, key=lambda item: -item[1][max(item[1])] if item[1] else float("inf"))


def _panel(
    chart: Chart, index: int, name: str, *, values: dict[int, float], years: list[int], top: float | None
) -> None:
    half = (WIDTH - 2 * MARGIN - 16) / 2
    left, above = MARGIN + (index % 2) * (half + 16), (index // 2) * _TALL
    axes = chart.panel(left, above + 32, half, _PANEL)
    high = top if top is not None else max([0.0, *values.values()])
    low = min([0.0, *values.values()])
    axes.set_xlim(-0.6, len(years) - 0.4)
    axes.set_ylim(low * 1.25, (high or 1.0) * 1.2)
    label = wrap(name, half, SMALL)
    shown = label[0] if len(label) == 1 else label[0][:-1] + "…"
    write(axes, -0.6, axes.get_ylim()[1], shown, size=SMALL, va="bottom", color=INK, offset=(0, 4))
    _bars(axes, values, years)


def _bars(axes: Axes, values: dict[int, float], years: list[int]) -> None:
    for x, year in enumerate(years):
        amount = values.get(int(year))
        if amount is None:
            write(axes, x, 0, UNKNOWN, size=SMALL - 1, ha="center", va="bottom", color=GREY, offset=(0, 3))
        else:
            axes.bar(x, amount, 0.62, color=AMOUNT if year == years[-1] else GREY)
            side = 1 if amount >= 0 else -1
            text = number(Decimal(repr(amount)))
            write(
                axes,
                x,
                amount,
                text,
                size=SMALL - 1,
                ha="center",
                va="bottom" if side > 0 else "top",
                offset=(0, 2 * side),
            )
        write(axes, x, axes.get_ylim()[0], str(year), size=SMALL - 1, ha="center", va="top", color=SOFT, offset=(0, -2))
    axes.axhline(0, color=INK, linewidth=0.8)


def _words(groups: list[tuple[str, dict[int, float]]], left_out: int, *, title: str, note: str, unit: str) -> Words:
    known = [(name, values) for name, values in groups if values]
    if not known:
        return Words(title, unit, note, "无数据。", f"{title}：无数据。")
    listed = "；".join(f"{name}：{_series(values)}" for name, values in known[:_MOST])
    name, values = known[0]
    newest = max(values)
    rest = f"另有{left_out}个未画出。" if left_out else ""
    message = f"共{len(groups)}个，{newest}年最大的是{name}{plain(number(Decimal(repr(values[newest]))))}{unit}。{rest}"
    return Words(title, unit, note, message, f"{title}（{unit}）：{listed}。{rest}")


def _series(values: dict[int, float]) -> str:
    return "，".join(f"{year}年{plain(number(Decimal(repr(v))))}" for year, v in sorted(values.items()))
