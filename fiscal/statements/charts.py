"""Chart data: every point a statement, tied to the slot it draws where that can be told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from fiscal.dictionary.classification import functional
from fiscal.dictionary.patterns import patterns
from fiscal.model.cells import NUMBER, Cell
from fiscal.model.text import ChartPoint
from fiscal.statements.facts import Facts, number_cell

_YEAR = re.compile(r"(20\d\d)")
_OVER_YEARS = ("total", "appropriation", "gpb", "tp")
_SECTIONS = ("revenue", "expenditure", "three_public", "procurement", "basic")
_SCALES = {"fraction": 2, "percent": 0, "amount": 0}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A point and the slot it draws ("" when unknown); `previous` for last year's level."""

    point: ChartPoint
    slot: str
    previous: bool = False


def read(facts: Facts, points: Sequence[ChartPoint], year: int | None, unit: str) -> None:
    """Add the points of all charts to chart_points and to the statements."""
    taken: set[str] = set()
    for name, group in groupby(points, key=lambda point: point.chart):
        for part in _pieces(list(group)):
            form, drawn = _over_years(facts, part, year, taken) if _has_years(part) else _of_parts(facts, part)
            taken.update(item.slot for item in drawn)
            for item in drawn:
                _state(facts, name, item, "%" if form != "amount" else unit, _SCALES[form])


def _pieces(points: list[ChartPoint]) -> Iterator[list[ChartPoint]]:
    """Charts without a name follow each other: a label that comes again begins the next one."""
    seen: set[tuple[str, str]] = set()
    piece: list[ChartPoint] = []
    for point in points:
        label = (point.series, point.category)
        if label in seen or (piece and _has_years(piece) != bool(_year_of(point))):
            yield piece
            piece, seen = [], set()
        piece.append(point)
        seen.add(label)
    if piece:
        yield piece


def _year_of(point: ChartPoint) -> int | None:
    found = _YEAR.search(point.series) or _YEAR.search(point.category)
    return int(found[1]) if found else None


def _has_years(points: Sequence[ChartPoint]) -> bool:
    return any(_year_of(point) for point in points)


def _over_years(facts: Facts, points: list[ChartPoint], year: int | None, taken: set[str]) -> tuple[str, list[Drawn]]:
    """A measure in two years: by the words of the chart, else by this year's value."""
    words = points[0].chart + "".join(point.category + point.series for point in points)
    slot = next((slot for slot, known in patterns().charts if any(word in words for word in known)), "")
    now = [Decimal(point.text) for point in points if _year_of(point) == year and _is_number(point.text)]
    fits = [key for key in _OVER_YEARS if (cell := facts.first(key)) is not None and cell.value in now]
    slot = slot or next((key for key in fits if key not in taken), next(iter(fits), ""))
    drawn = []
    for point in points:
        distance = (year or 0) - (_year_of(point) or 0)
        drawn.append(Drawn(point, slot if distance in (0, 1) else "", previous=distance == 1))
    return "amount", drawn


def _of_parts(facts: Facts, points: list[ChartPoint]) -> tuple[str, list[Drawn]]:
    """Parts of a whole: amounts, percents or fractions, whichever fits what is stated."""
    slots = [_part_slot(facts, point.category or point.series, points[0].chart) for point in points]
    values = [Decimal(point.text) if _is_number(point.text) else Decimal(0) for point in points]
    forms = {
        "fraction": _fits(facts, slots, [value * 100 for value in values], "share"),
        "percent": _fits(facts, slots, values, "share"),
        "amount": _fits(facts, slots, values, "amount"),
    }
    usual = "fraction" if all(value <= 1 for value in values) else "amount"
    form = max(forms, key=lambda name: (forms[name], name == usual))
    return form, [Drawn(point, _field(slot, form)) for point, slot in zip(points, slots)]


def _field(slot: str, form: str) -> str:
    if not slot or form == "amount":
        return f"{slot}.amount" if slot.endswith("]") else slot
    return f"{slot}.share" if slot.endswith("]") else f"{slot}_share"


def _fits(facts: Facts, slots: Sequence[str], values: Sequence[Decimal], form: str) -> int:
    """How many values are near the stated ones: 1 per point, so that one wrong digit does not turn a chart over."""
    count = 0
    for slot, value in zip(slots, values):
        cell = facts.first(_field(slot, form)) if slot else None
        count += cell is not None and cell.value is not None and cell.value == value
    return count


def _part_slot(facts: Facts, label: str, chart: str) -> str:
    """The slot a label names: a functional class, else a declared name; one that the narrative states wins."""
    classes = [s.code for s in functional().named(label, None, "class")]
    known = [entry for entry in facts.lists.get("gpb_classes", []) if entry.get("code") in classes]
    if known and "三公" not in chart:
        return f"gpb_classes[{known[0]['code']}]"
    for subject in patterns().names.get(label.removesuffix("支出"), ()) + patterns().names.get(label, ()):
        stated = subject.key in facts.slots
        if subject.is_slot and not subject.counters and stated and subject.sections & set(_SECTIONS):
            return subject.key
    return ""


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(?:\.\d+)?", text))


def _state(facts: Facts, chart: str, drawn: Drawn, unit: str, shift: int) -> None:
    """One point as a statement and as an entry of chart_points."""
    point = drawn.point
    label = " ".join(part for part in (point.series, point.category) if part)
    if not _is_number(point.text):
        facts.state("", "", number_cell(None, unit, point.place, text=point.text))
        return
    slot = patterns().slots.get(drawn.slot.partition("[")[0])
    section = slot.section if slot else "whole"
    value = Decimal(point.text).scaleb(shift)
    place = replace(point.place, section=section, text=point.place.text or point.text)
    cell = number_cell(value, unit, place, text=point.text)
    cell = replace(cell, exact=point.text == "0")
    subject = drawn.slot or f"chart {chart or label}"
    role = "share" if unit == "%" else "amount"
    facts.state(subject, role, cell, period="previous" if drawn.previous else "this", sentence=label)
    stated = stated_cell(facts, drawn.slot, previous=drawn.previous) if drawn.slot else None
    names = {"chart": chart, "series": point.series, "label": label, "slot": drawn.slot, "section": section}
    entry = facts.entry("chart_points", **names, value=cell)
    if stated is not None:
        entry["stated"] = stated


def stated_cell(facts: Facts, slot: str, *, previous: bool) -> Cell | None:
    """What the narrative says of a slot; last year's level is said, or follows from this year's and the change."""
    now = facts.first(slot)
    if not previous:
        return now
    said = facts.first(f"{slot}_previous")
    change = facts.first(f"{slot}_change")
    direction = facts.words.get(f"{slot}_direction", [""])[0]
    if said is not None or now is None or change is None or now.value is None or change.value is None:
        return said
    sign = {"增加": 1, "减少": -1, "持平": 0}.get(direction)
    if sign is None or now.unit != change.unit:
        return None
    value = now.value - sign * change.value
    return Cell(NUMBER, value, now.unit, f"{value:f}", change.place, width=now.half + change.half, derived=True)
