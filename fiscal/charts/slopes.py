"""Slopes: what became of each item from one stop to the next: 公布的预算, 全年预算, 决算; or from year to year."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from fiscal.charts.chart import MARGIN, Chart, Words, empty, write
from fiscal.charts.style import DOWN, GREY, INK, SMALL, SOFT, UP, WIDTH, balanced, number, plain, text_width

MOST = 8  # lines that can be told apart; the rest is named in the caption
_LABELS, _HEAD, _LINE = 166.0, 26.0, 30.0
_GAP = 16.0

Stops = Sequence[tuple[str, str]]  # column of the frame, what it is called


def slopes(lines: pd.DataFrame, stops: Stops, *, title: str, note: str) -> Figure:
    """One line per item over the stops that any item has a number for, the largest items first.

    `lines` has label, unit and a column per stop. What rose from the first stop to the last is drawn in one colour,
    what fell in another; an item without a number at either end has no course and is named in the caption.
    """
    kept = [stop for stop in stops if len(lines) and lines[stop[0]].notna().any()]
    ends = [name for name, _ in (*kept[:1], *kept[-1:])]
    records = [x for x in lines.to_dict("records") if len(kept) > 1 and all(_known(x, name) for name in ends)]
    records.sort(key=lambda line: -max(line[name] for name in ends))
    shown, rest = records[:MOST], [line["label"] for line in records[MOST:]]
    unit = str(lines["unit"].iloc[0]) if len(lines) else ""
    if not shown:
        return empty(title, note, "无数据：没有两头都有数的项目", unit)
    chart = Chart(_words(shown, rest, kept, title=title, note=note, unit=unit), _HEAD + len(shown) * _LINE)
    axes = _axes(chart, shown, kept)
    _draw(axes, shown, kept)
    return chart


def _axes(chart: Chart, shown: list[dict], stops: Stops) -> Axes:
    values = max(text_width(number(line[stops[0][0]]), SMALL) for line in shown) + _GAP
    axes = chart.panel(MARGIN + values, _HEAD, WIDTH - 2 * MARGIN - values - _LABELS, len(shown) * _LINE)
    axes.set_xlim(0, len(stops) - 1)
    drawn = [float(line[name]) for line in shown for name, _ in stops if _known(line, name)]
    axes.set_ylim(min(0.0, *drawn), max(drawn) or 1)
    return axes


def _known(line: dict, name: str) -> bool:
    return line[name] is not None and not pd.isna(line[name])


def _draw(axes: Axes, shown: list[dict], stops: Stops) -> None:
    top = axes.get_ylim()[1]
    for place, (_, name) in enumerate(stops):
        axes.plot([place, place], axes.get_ylim(), color=GREY, lw=0.8, zorder=1)
        side = "left" if place == 0 else "center"
        write(axes, place, top, name, ha=side, size=SMALL, color=SOFT, offset=(0, 14))
    first, last = stops[0][0], stops[-1][0]
    for line in shown:
        points = [(place, float(line[name])) for place, (name, _) in enumerate(stops) if _known(line, name)]
        colour = UP if line[last] > line[first] else DOWN if line[last] < line[first] else INK
        axes.plot(*zip(*points, strict=True), color=colour, lw=1.8, marker="o", ms=4, zorder=2, clip_on=False)
    step = (top - axes.get_ylim()[0]) / len(shown)
    end = len(stops) - 1
    reach = (_GAP - 2) / (axes.get_position().width * WIDTH) * end  # of the line from a point to its words
    for y, line in _apart(shown, first, step * 0.55):
        axes.plot([0, -reach], [float(line[first]), y], color=GREY, lw=0.8, clip_on=False)
        write(axes, 0, y, number(line[first]), ha="right", size=SMALL, offset=(-_GAP, 0))
    for y, line in _apart(shown, last, step):
        axes.plot([end, end + reach], [float(line[last]), y], color=GREY, lw=0.8, clip_on=False)
        beyond = _GAP + 8 + text_width(number(line[last]), SMALL)
        names = balanced(line["label"], _LABELS - beyond, SMALL)
        write(axes, end, y, number(line[last]), size=SMALL, offset=(_GAP, 0))
        more = "…" if len(names) > 2 else ""
        write(axes, end, y, "\n".join(names[:2]) + more, size=SMALL, color=SOFT, offset=(beyond, 0))


def _apart(shown: list[dict], name: str, step: float) -> list[tuple[float, dict]]:
    """Where the words beside a stop stand: at their point, or as far above the one below as they need."""
    places: list[tuple[float, dict]] = []
    for line in sorted(shown, key=lambda line: line[name]):
        y = float(line[name])
        places.append((max(y, places[-1][0] + step) if places else y, line))
    return places


def _words(shown: list[dict], rest: list[str], stops: Stops, *, title: str, note: str, unit: str) -> Words:
    told = "；".join(_sentence(line, stops) for line in shown)
    more = f"另有{len(rest)}项未画：{'、'.join(rest[:6])}{'等' if len(rest) > 6 else ''}。" if rest else ""
    return Words(title, unit, note, f"{_sentence(shown[0], stops)}。{more}", f"{title}（{unit}）：{told}。{more}")


def _sentence(line: dict, stops: Stops) -> str:
    parts = [f"{called}{plain(number(line[name]))}" for name, called in stops if _known(line, name)]
    return f"{line['label']}{'，'.join(parts)}"
