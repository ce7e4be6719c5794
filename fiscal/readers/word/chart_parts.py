"""Chart data stored inside a Word file: series, categories and values of word/charts/chart*.xml."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from fiscal.model.cells import Place
from fiscal.model.money import MOST_DIGITS
from fiscal.model.text import ChartPoint

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DEFAULT = re.compile(r"^(?:图表标题|Chart Title)?$")


def chart_points(root: etree._Element, *, caption: str, document: str) -> Iterator[ChartPoint]:
    """Every stored number of a chart; a point left blank in its sheet has none.

    The chart is named by its caption in the text, else by its own title. Numbers are those stored, without the noise
    of binary fractions (0.88610000000000003 is 0.8861).
    """
    name = caption or chart_title(root)
    for series in root.iter(f"{C}ser"):
        label = _plain(series.find(f"{C}tx"))
        names = _categories(series)
        for index, text in _points(series.find(f"{C}val"), series.find(f"{C}yVal")):
            stored = stored_number(text)
            if stored:
                yield ChartPoint(name, label, names.get(index, ""), stored, Place(document=document, text=stored))


def chart_title(root: etree._Element) -> str:
    """The title drawn in the chart, or "" where there is none or only the one the program puts there."""
    title = root.find(f"{C}chart/{C}title")
    text = "" if title is None else "".join(part.text or "" for part in title.iter(f"{A}t", f"{C}v")).strip()
    return "" if _DEFAULT.match(text) else text


def stored_number(text: str) -> str:
    """A number of the cache with its shortest digits, "" where it is none (#N/A).

    >>> stored_number("0.88610000000000003"), stored_number("8.9499999999999996E-2"), stored_number("0")
    ('0.8861', '0.0895', '0')
    """
    try:
        stored = Decimal(text)
    except InvalidOperation:
        return ""
    if not stored.is_finite() or abs(stored.adjusted()) > MOST_DIGITS:
        return ""
    short = Decimal(repr(float(stored))) if len(stored.as_tuple().digits) > 15 else stored
    return f"{short:f}"


def _plain(element: etree._Element | None) -> str:
    found = None if element is None else next(element.iter(f"{C}v"), None)
    return "" if found is None else (found.text or "").strip()


def _points(*places: etree._Element | None) -> Iterator[tuple[int, str]]:
    for place in places:
        for point in () if place is None else place.iter(f"{C}pt"):
            index = point.get("idx") or ""
            if index.isdecimal() and len(index) < 6:
                yield int(index), (point.findtext(f"{C}v") or "").strip()


def _categories(series: etree._Element) -> dict[int, str]:
    """Index → category, the levels of a grouped axis joined from the outermost."""
    place = series.find(f"{C}cat")
    if place is None:
        place = series.find(f"{C}xVal")
    levels = [] if place is None else list(place.iter(f"{C}lvl"))
    if not levels:
        return dict(_points(place))
    axes = [sorted(_points(level)) for level in reversed(levels)]
    return {index: "/".join(_nearest(axis, index) for axis in axes) for index, _ in axes[-1]}


def _nearest(axis: list[tuple[int, str]], index: int) -> str:
    """The name that holds at this index: an outer level names only the first of its group."""
    at = bisect_right(axis, index, key=lambda point: point[0])
    return axis[at - 1][1] if at else ""
