"""The measures: what each quantity is called, where it stands, what was planned of it, what it is part of.

Source: data/measures.yaml, whose head states the rule of authority; `fiscal.dictionary.find` follows it. A new measure
is an entry there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from fiscal.dictionary.load import DATA, checked, compiled, read_yaml, refuse, refuse_unknown
from fiscal.dictionary.patterns import sections
from fiscal.dictionary.tables import Tables
from fiscal.dictionary.tables import catalogue as table_catalogue

FILE = DATA / "measures.yaml"
KINDS = ("money", "count")
BUDGETS = ("initial", "full_year", "budget")
LEVELS = ("class", "group", "item", "economic_class", "economic_item")
_CELL = re.compile(r"(\w{1,80})\[([\w{}]+)\]\.(\w+(?:\|\w+)*)")
_CALL = re.compile(r"(\w{1,80})\((.+)\)")
_COMMON: dict[str, Any] = {"label!": str, "kind!": str, "section!": str, "cells": [str], "planned": [str]}
_MEASURE = {**_COMMON, "budgets": {str: str}, "whole": [str], "parts": [str], "closes": str}
_FAMILY = {**_COMMON, "whole!": str, "key!": str, "list": str, "by": str, "field": str, "budget": str}
_BREAKDOWN = {
    "title!": str, "table!": str, "whole!": str, "parts": {str: str}, "levels": [str], "columns": [str], "list": str,
}  # fmt: skip
_SHAPE = {
    "schema_version": int, "measures!": {str: object}, "families!": {str: object}, "headlines!": {str: str},
    "breakdowns!": {str: object},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CellAt:
    """A cell of a table; of several columns the one that this form of the table prints."""

    table: str
    row: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Where the narrative states a member of a family: entries of a list slot, known by one field."""

    slot: str
    by: str
    key: str
    field: str
    budget: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One quantity. `parts` are complete: they add up to it; `budgets` maps initial, full_year, budget to measures.

    closes  of an opening balance: the measure that stood there at the end of the year before
    planned where a published budget prints what was planned of it
    """

    id: str
    label: str
    kind: str
    section: str
    cells: tuple[CellAt, ...] = ()
    budgets: tuple[tuple[str, str], ...] = ()
    whole: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    closes: str = ""
    listed: Listed | None = None
    planned: tuple[CellAt, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """Measures that have a code or a name of their own: `pattern` is what a code must look like."""

    measure: Measure
    pattern: re.Pattern[str]

    def member(self, key: str) -> Measure:
        """The measure of one code or name."""
        own = self.measure
        cells = tuple(replace(cell, row=cell.row.replace("{key}", key)) for cell in own.cells)
        planned = tuple(replace(cell, row=cell.row.replace("{key}", key)) for cell in own.planned)
        listed = replace(own.listed, key=key) if own.listed else None
        return replace(own, id=f"{own.id}({key})", cells=cells, listed=listed, planned=planned)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole and how it divides: into measures by the key of a frame, or into the rows of some levels of a table.

    columns  where the amount of a row stands (one of them, by the form of the table)
    list     list slot of the narrative with name, code, amount and share of the parts, or ""
    """

    key: str
    title: str
    table: str
    whole: Measure
    parts: tuple[tuple[str, Measure], ...] = ()
    levels: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    list: str = ""


@dataclass(frozen=True)
class Measures:
    """The whole catalogue: measures by id, families by name, headlines and breakdowns by key."""

    entries: dict[str, Measure]
    families: dict[str, Family]
    headlines: dict[str, Measure] = field(default_factory=dict)
    breakdowns: dict[str, Breakdown] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Measure:
        """A measure by its id, a member of a family as item(2130201). Errors: KeyError."""
        call = _CALL.fullmatch(name)
        if not call:
            return self.entries[name]
        family = self.families[call[1]]
        if not family.pattern.fullmatch(call[2]):
            raise KeyError(name)
        return family.member(call[2])

    def __contains__(self, name: str) -> bool:
        try:
            return bool(self[name])
        except KeyError:
            return False

    def __iter__(self) -> Iterator[Measure]:
        return iter(self.entries.values())


def cell_at(text: str, file: Path, entry: str) -> CellAt:
    """table[row].column of declared tables. Errors: DeclarationError for an unknown table, row or column."""
    found = _CELL.fullmatch(text)
    if not found:
        refuse(file, entry, f"{text} is no cell", "write table[row].column")
    table, row, columns = found[1], found[2], tuple(found[3].split("|"))
    tables: Tables = table_catalogue()
    refuse_unknown(file, entry, "table", table, tables.entries)
    if not row.isdigit() and row not in ("total", "data", "{key}"):
        refuse_unknown(file, entry, f"row of {table}", row, [known.key for known in tables[table].rows])
    for column in columns:
        refuse_unknown(file, entry, f"column of {table}", column, [known.key for known in tables[table].columns])
    return CellAt(table, row, columns)


def _measure(name: str, entry: dict, file: Path) -> Measure:
    where = f"measure {name}"
    checked(entry, _MEASURE, file, where)
    refuse_unknown(file, where, "kind", entry["kind"], KINDS)
    for basis in entry.get("budgets", ()):
        refuse_unknown(file, where, "kind of budget", basis, BUDGETS)
    return Measure(
        name, entry["label"], entry["kind"], entry["section"],
        tuple(cell_at(text, file, where) for text in entry.get("cells", ())),
        tuple(entry.get("budgets", {}).items()), tuple(entry.get("whole", ())), tuple(entry.get("parts", ())),
        entry.get("closes", ""), planned=tuple(cell_at(text, file, where) for text in entry.get("planned", ())),
    )  # fmt: skip


def _family(name: str, entry: dict, file: Path) -> Family:
    where = f"family {name}"
    checked(entry, _FAMILY, file, where)
    pattern = compiled(entry["key"], file, where)
    cells = tuple(cell_at(text, file, where) for text in entry.get("cells", ()))
    said = [str(entry.get(field, "")) for field in ("by", "field", "budget")]
    listed = Listed(entry["list"], said[0], "", said[1], said[2]) if "list" in entry else None
    own = Measure(
        name, entry["label"], entry["kind"], entry["section"], cells, whole=(entry["whole"],), listed=listed,
        planned=tuple(cell_at(text, file, where) for text in entry.get("planned", ())),
    )  # fmt: skip
    return Family(own, pattern)


def _refuse_dangling(measures: Measures, file: Path) -> None:
    """Every measure that an entry names is declared, and every section is one of the wordings."""
    for measure in [*measures, *(family.measure for family in measures.families.values())]:
        where = f"measure {measure.id}"
        refuse_unknown(file, where, "section", measure.section, sections())
        closes = (measure.closes,) if measure.closes else ()
        for other in [*measure.whole, *measure.parts, *closes, *(name for _, name in measure.budgets)]:
            refuse_unknown(file, where, "measure", other, measures.entries)


def _named(name: str, known: dict[str, Measure], file: Path, where: str) -> Measure:
    refuse_unknown(file, where, "measure", name, known)
    return known[name]


def _breakdown(key: str, entry: dict, known: dict[str, Measure], file: Path) -> Breakdown:
    where = f"breakdown {key}"
    checked(entry, _BREAKDOWN, file, where)
    tables = table_catalogue()
    refuse_unknown(file, where, "table", entry["table"], tables.entries)
    for column in entry.get("columns", ()):
        names = [one.key for one in tables[entry["table"]].columns]
        refuse_unknown(file, where, f"column of {entry['table']}", column, names)
    for level in entry.get("levels", ()):
        refuse_unknown(file, where, "level", level, LEVELS)
    if ("parts" in entry) == ("levels" in entry) or ("levels" in entry) != ("columns" in entry):
        refuse(file, where, "divides neither into parts nor into levels", "give parts, or levels and columns")
    parts = tuple((name, _named(part, known, file, where)) for name, part in entry.get("parts", {}).items())
    return Breakdown(
        key, entry["title"], entry["table"], _named(entry["whole"], known, file, where), parts,
        tuple(entry.get("levels", ())), tuple(entry.get("columns", ())), entry.get("list", ""),
    )  # fmt: skip


def load(path: Path = FILE) -> Measures:
    """Read and check the measures. Errors: DeclarationError with file, entry, reason and next step."""
    raw = checked(read_yaml(path), _SHAPE, path, "top level")
    entries = {name: _measure(name, entry, path) for name, entry in raw["measures"].items()}
    families = {name: _family(name, entry, path) for name, entry in raw["families"].items()}
    _refuse_dangling(Measures(entries, families), path)
    headlines = {key: _named(name, entries, path, f"headline {key}") for key, name in raw["headlines"].items()}
    breakdowns = {key: _breakdown(key, entry, entries, path) for key, entry in raw["breakdowns"].items()}
    return Measures(entries, families, headlines, breakdowns)


measures = cache(load)  # the measures that come with the package, read once
