"""notes.yaml: what the tables of an account cannot hold, stated by hand beside the workbook.

Keys
----
entity, year, kind, unit, source   who, when, and which publication the notes are about (entity.name and year required)
coverage     "comparatives": the notes only repeat what another year's publication says; completeness is not judged
statements   [{slot, text, unit, section, direction?, width?, unit_printed?}]: figures of the text, as printed
lists        list slot → [{field: printed text}]; words: slot → text, word, date or flag
origins      table → {"row.column": slot}: workbook cells filled from that statement
derived      table → {"row.column": half width}: workbook cells computed from several statements
zeros        table → {pattern of "row.column": slot}: cells that are 0 because that stated 0 leaves nothing else
cells, rows  how the workbook itself was filled (fiscal/synthetic/published.py)
texts        key of a section (dictionary/data/narrative.yaml) → its whole text, for the report and the draft
reasons, item_budgets, organisation, workload, count_conflicts, performance, charts, remarks   for the report
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NoReturn

from fiscal.dictionary.load import checked, read_yaml
from fiscal.dictionary.tables import catalogue
from fiscal.errors import DeclarationError, ReadError

NAME = "notes.yaml"
WRONG_FORM = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError)
UNITS = ("元", "千元", "万元", "亿元", "%", "")
YEARS = range(1950, 2101)
_COUNTS = ("staff", "establishment", "directors", "deputy_directors", "section_posts")
_ORGANISATION = {
    "nature": str, "duties": (str, [str]), "departments": [(str, dict)], "staff_parts": [(str, dict)],
    **dict.fromkeys(_COUNTS, (None, int)),
}  # fmt: skip
_WORDS = ("name!", "short_name", "province", "type", "superior")
_ENTITY = {**dict.fromkeys(_WORDS, str), "has_admin_unit": bool, "has_institution": bool, "former_names": [str]}
_SHAPE = {
    "entity!": _ENTITY, "year!": int, **dict.fromkeys(("kind", "unit", "source", "coverage"), str),
    "statements": [object], "lists": {str: [object]}, "words": {str: (str, bool)}, "origins": {str: {str: str}},
    "derived": {str: dict}, "cells": {str: dict}, "zeros": {str: object}, "rows": [str], "reasons": {str: str},
    "item_budgets": [dict], "organisation": _ORGANISATION, "workload": [dict], "count_conflicts": [dict],
    "performance": {"overall": dict, "projects": [dict], "conflicts": [dict]}, "charts": [object],
    "remarks": [(str, dict)], "texts": {str: str},
}  # fmt: skip


def read_notes(path: str | Path) -> dict[str, Any]:
    """The checked content of one notes.yaml.

    Texts of figures stay the strings they were printed as. Keys that are absent stay absent.
    Errors: ReadError with file, entry and reason.
    """
    try:
        notes = checked(read_yaml(Path(path)), _SHAPE, NAME, "top level")
        for entry, reason in _faults(notes):
            _refuse(path, entry, reason)
    except DeclarationError as error:
        told, _, entry = error.where.partition(f"{NAME}, ")
        place = str(path) if told or not entry else f"{path}, {entry.removeprefix('top level, ')}"
        raise ReadError(place, error.what, error.next_step) from error
    except WRONG_FORM as error:
        _refuse(path, "some entry", f"a value has the wrong form ({error})")
    return notes


def _refuse(path: str | Path, entry: str, reason: str) -> NoReturn:
    raise ReadError(f"{path}, {entry}", reason, "correct the entry")


def _faults(notes: dict) -> Iterator[tuple[str, str]]:
    """Every fault that the shape does not show, as (entry, reason)."""
    if notes["year"] not in YEARS:
        yield "year", f"{notes['year']} is no year of an account"
    yield from _statements(notes.get("statements", []))
    yield from _lists(notes.get("lists", {}))
    yield from _cells(notes)
    yield from _zeros(notes.get("zeros", {}))
    yield from _charts(notes.get("charts", []))


def _statements(statements: list) -> Iterator[tuple[str, str]]:
    for number, entry in enumerate(statements, 1):
        where = f"statements, entry {number}"
        if not isinstance(entry, dict) or not {"slot", "text", "unit", "section"} <= entry.keys():
            yield where, "needs slot, text, unit and section"
            continue
        if not (isinstance(entry["slot"], str) and isinstance(entry["section"], str)):
            yield where, "slot and section must be text"
            continue
        yield from _number(f"{where} ({entry['slot']})", entry["text"])
        if "width" in entry:
            yield from _number(f"{where} ({entry['slot']}), width", entry["width"])
        if entry["unit"] not in UNITS:
            yield where, f"unknown unit {entry['unit']}"


def _number(where: str, text: object) -> Iterator[tuple[str, str]]:
    """A figure must be a quoted string: YAML would turn 190.00 into 190.0 and lose its digits."""
    if not isinstance(text, str):
        yield where, f"{text!r} must be quoted, so that its printed digits stay"
        return
    try:
        Decimal(text)
    except InvalidOperation:
        yield where, f"{text!r} is not a number"


def _lists(lists: dict) -> Iterator[tuple[str, str]]:
    for slot, entries in lists.items():
        for number, entry in enumerate(entries, 1):
            texts = isinstance(entry, dict) and all(isinstance(value, str) for value in entry.values())
            if not texts:
                yield f"lists.{slot}, entry {number}", "must be a mapping of quoted texts"


def _cells(notes: dict) -> Iterator[tuple[str, str]]:
    """Addresses of workbook cells: the table and the column must exist; widths and values must be numbers."""
    for key in ("origins", "derived", "cells"):
        for table, cells in notes.get(key, {}).items():
            if table not in catalogue().entries:
                yield f"{key}.{table}", "unknown table"
                continue
            for address, value in cells.items():
                yield from _address(f"{key}.{table}.{address}", table, address)
                if key != "origins":
                    yield from _number(f"{key}.{table}.{address}", value)


def _zeros(zeros: dict) -> Iterator[tuple[str, str]]:
    for table, patterns in zeros.items():
        if table not in catalogue().entries or not isinstance(patterns, dict):
            yield f"zeros.{table}", "must be a known table with a mapping of patterns to slots"


def _address(where: str, table: str, address: object) -> Iterator[tuple[str, str]]:
    row, _, column = str(address).partition(".")
    if not row or catalogue()[table].column(column) is None:
        yield where, f"must be row.column with a column of {table}"


def _charts(charts: list) -> Iterator[tuple[str, str]]:
    for number, chart in enumerate(charts, 1):
        if not isinstance(chart, dict) or not {"chart", "points"} <= chart.keys():
            yield f"charts, entry {number}", "needs chart and points"
            continue
        for point in chart["points"]:
            yield from _number(f"charts, {chart['chart']}, {point.get('category', '?')}", point.get("text"))
