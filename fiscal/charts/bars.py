"""Horizontal bars with direct labels: the workhorse of the room."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from matplotlib.axes import Axes

from fiscal.charts.chart import MARGIN, Chart, filled, write
from fiscal.charts.style import AMOUNT, BODY, INK, SMALL, SOFT, WIDTH, balanced, text_width

ROW, BAR, GAP, LABELS = 34.0, 0.56, 6.0, 140.0
_LEAST = 1.5  # points: a bar that is not zero can be seen


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. value None means that there is no bar to draw and `text` says why.

    start   where a floating bar begins; 0 for others
    mark    a value drawn as a line across the bar (a budget)
    is_doubted  drawn hatched
    """

    label: str
    value: Decimal | None
    text: str
    detail: str = ""
    colour: str = AMOUNT
    start: Decimal = Decimal(0)
    mark: Decimal | None = None
    is_doubted: bool = False


def height(bars: Sequence[Bar]) -> float:
    """The points a list of bars needs."""
    return len(bars) * ROW + 4


def draw(chart: Chart, bars: Sequence[Bar]) -> Axes:
    """Bars from a common zero, labels left, values at their ends; the scale leaves room for the texts."""
    lines = [line for bar in bars for line in balanced(bar.label, LABELS, BODY)]
    label = min(LABELS, max(text_width(line, BODY) for line in lines)) + GAP + MARGIN
    axes = chart.panel(label, 0, WIDTH - label, len(bars) * ROW)
    low, high = _scale(bars, WIDTH - label)
    axes.set_xlim(low, high)
    axes.set_ylim(len(bars) - 0.5, -0.5)
    for y, bar in enumerate(bars):
        write(axes, low, y, "\n".join(balanced(bar.label, LABELS, BODY)), ha="right", offset=(-GAP, 0))
        _mark(axes, bar, y)
    axes.axvline(0, color=INK, linewidth=1, clip_on=False)
    return axes


def _value_width(bar: Bar) -> float:
    gap = 6 if bar.detail else 0
    return text_width(bar.text, BODY) + gap + text_width(bar.detail, SMALL) + 2 * GAP


def _scale(bars: Sequence[Bar], room: float) -> tuple[float, float]:
    """Limits in data units: the longest bar and its text fit on either side of zero."""
    ends = [float(bar.start + (bar.value or 0)) for bar in bars] + [float(bar.mark or 0) for bar in bars]
    starts = [float(bar.start) for bar in bars]
    high, low = max(0.0, *ends, *starts), min(0.0, *ends, *starts)
    right = max((_value_width(bar) for bar in bars if (bar.value or 0) >= 0), default=0)
    left = max((_value_width(bar) for bar in bars if (bar.value or 0) < 0), default=0) if low < 0 else 0
    span = high - low or 1.0
    per_point = span / max(room - right - left, 60)
    return low - left * per_point, high + right * per_point if right else high + 2 * per_point


def _mark(axes: Axes, bar: Bar, y: int) -> None:
    if bar.value is None:
        write(axes, float(bar.start), y, bar.text, color=SOFT, offset=(GAP, 0))
        return
    start, value = float(bar.start), float(bar.value)
    axes.barh(y, _visible(axes, value), BAR, left=start, clip_on=False, **filled(bar.colour, bar.is_doubted))
    if bar.mark is not None:
        for colour, width in (("white", 4), (INK, 2)):  # a white rim: seen on the bar, too
            axes.plot([float(bar.mark)] * 2, [y - 0.4, y + 0.4], color=colour, lw=width, solid_capstyle="butt")
    end = max(start + value, float(bar.mark or 0)) if value >= 0 else start + value
    _value(axes, bar, (end, y))


def _visible(axes: Axes, value: float) -> float:
    low, high = axes.get_xlim()
    least = (high - low) / (axes.get_position().width * WIDTH) * _LEAST
    return value if value == 0 or abs(value) >= least else least * (1 if value > 0 else -1)


def _value(axes: Axes, bar: Bar, end: tuple[float, float]) -> None:
    side = 1 if (bar.value or 0) >= 0 else -1
    ha = "left" if side > 0 else "right"
    write(axes, *end, bar.text, ha=ha, offset=(side * GAP, 0))
    if bar.detail:
        beyond = side * (GAP + 6 + text_width(bar.text, BODY))
        write(axes, *end, bar.detail, ha=ha, size=SMALL, color=SOFT, offset=(beyond, 0))
