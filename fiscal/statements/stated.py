"""What notes.yaml states, merged into the narrative as statements of its own."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from fiscal.dictionary.patterns import patterns
from fiscal.errors import NumberUnreadable
from fiscal.model.cells import NUMBER, Cell, Place
from fiscal.model.disclosure import Disclosure
from fiscal.model.money import parse_amount
from fiscal.model.text import ChartPoint, Entry
from fiscal.statements.facts import Facts

_DIRECTIONS = {
    "增长": "增加",
    "上升": "增加",
    "提高": "增加",
    "下降": "减少",
    "降低": "减少",
    "一致": "持平",
    "无变化": "持平",
}
_ROLES = ("change_percent", "completion", "budget", "change", "share")
_FIELD_ROLES = {
    "amount": "amount", "actual": "amount", "budget": "budget", "executed": "amount", "initial": "budget",
    "share": "share", "completion": "completion", "rate": "completion", "count": "count",
}  # fmt: skip
_PERCENTS = frozenset({"share", "completion", "change_percent"})


def merge(facts: Facts, disclosure: Disclosure) -> list[ChartPoint]:
    """Add statements, lists and words of the notes; the chart points they state are returned.

    A list that the text already gives is not given twice: its fields are then only further statements.
    """
    notes = disclosure.notes
    document = "notes.yaml" if notes else ""
    for entry in notes.get("statements", []):
        _statement(facts, entry, Place(document=document, section=entry["section"]))
    for slot, entries in notes.get("lists", {}).items():
        _list(facts, slot, entries, _Home(document, disclosure.unit))
    for slot, value in notes.get("words", {}).items():
        facts.words.setdefault(slot, []).append(_word(value))
    return list(_points(notes.get("charts", []), document))


def role_of(slot: str) -> str:
    """Role of a slot by its suffix and type: gpb_share → share, vehicles → count."""
    known = patterns().slots.get(slot)
    if known is not None and known.type == "count":
        return "count"
    found = next((role for role in _ROLES if slot.endswith(f"_{role}")), "")
    return found if found and slot.removesuffix(f"_{found}") in patterns().slots else "amount"


def _statement(facts: Facts, entry: dict[str, Any], place: Place) -> None:
    slot, role = entry["slot"], role_of(entry["slot"])
    cell = _cell(entry["text"], entry["unit"], place, role)
    if "width" in entry:
        cell = replace(cell, width=Decimal(entry["width"]), derived=True)
    direction = _DIRECTIONS.get(entry.get("direction", ""), entry.get("direction", ""))
    period = "budget" if role == "budget" or slot.endswith("_budget") else "this"
    facts.state(slot, role, cell, direction=direction, period=period)
    facts.slots.setdefault(slot, []).append(cell)
    if direction and role in ("change", "change_percent"):
        _mention(facts, slot.removesuffix(f"_{role}"), role, direction, cell)
    if role == "amount" and entry.get("unit_printed", True) is False:
        facts.entry("amount_mentions", value=cell, unit="", section=place.section)
        facts.lists["amount_mentions"][-1]["unit"] = ""


def _mention(facts: Facts, base: str, role: str, direction: str, cell: Cell) -> None:
    """The change of a slot and its rate make one entry of change_mentions."""
    field = "direction" if role == "change" else "rate_direction"
    known = [e for e in facts.lists.get("change_mentions", []) if e["slot"] == base and field not in e]
    section = cell.place.section
    if known and known[-1]["section"] == section:
        known[-1][field] = direction
        return
    entry = facts.entry("change_mentions", slot=base, section=section, text="")
    entry[field] = direction
    now = facts.first(base)
    if now is not None:
        entry["now"] = now


def _cell(text: str, unit: str, place: Place, role: str) -> Cell:
    """A stated figure; percents carry %, counts no unit."""
    unit = "" if role == "count" else "%" if role in _PERCENTS else unit
    try:
        cell = parse_amount(text, unit=unit or "", place=replace(place, text=text))
    except NumberUnreadable:
        return Cell("unknown", None, unit, text, place)
    return replace(cell, exact=True) if role == "count" and cell.state == NUMBER else cell


class _Home:
    """Where the lists of one notes.yaml stand, and their unit."""

    def __init__(self, document: str, unit: str) -> None:
        self.document, self.unit = document, unit


def _list(facts: Facts, slot: str, entries: list[dict[str, str]], home: _Home) -> None:
    known = patterns().slots.get(slot)
    place = Place(document=home.document, section=known.section if known else "whole")
    given = slot in facts.lists
    for texts in entries:
        entry = _entry(facts, slot, texts, place, home.unit)
        if not given:
            facts.lists.setdefault(slot, []).append(entry)


def _entry(facts: Facts, slot: str, texts: dict[str, str], place: Place, unit: str) -> Entry:
    """One list entry: its figures become statements too."""
    key = texts.get("code") or texts.get("name") or texts.get("kind") or ""
    entry: Entry = {}
    for field, text in texts.items():
        role = _FIELD_ROLES.get(field)
        if role is None or slot in ("tables_listed", "sections"):
            entry[field] = str(text)
            continue
        cell = _cell(str(text), unit, place, role)
        entry[field] = cell
        facts.state(f"{slot}[{key}].{field}", role, cell, period="budget" if role == "budget" else "this")
        facts.slots.setdefault(f"{slot}[{key}].{field}", []).append(cell)
    return entry


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _points(charts: list[dict[str, Any]], document: str) -> list[ChartPoint]:
    points = []
    for chart in charts:
        name = "：".join(text for text in (chart.get("chart", ""), chart.get("title", "")) if text)
        for point in chart.get("points", []):
            place = Place(document=document, text=str(point["text"]))
            points.append(
                ChartPoint(
                    name, str(point.get("series", "")), str(point.get("category", "")), str(point["text"]), place
                )
            )
    return points
