"""What strikes the eye across accounts: rivals for one entity and year, names a character apart, odd units."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from fiscal.batch.steps import Found
from fiscal.dictionary.labels import squeeze
from fiscal.store.rows import document_id

_YEAR = re.compile(r"20\d\d")


def without_rivals(found: list[Found], stored: Mapping[str, dict], said: list[str]) -> list[Found]:
    """One account per entity, year and kind: the one already stored, else the first by path; the others are named."""
    rivals: dict[str, list[Found]] = defaultdict(list)
    for item in found:
        rivals[document_id(item.entity, item.year, item.kind)].append(item)
    kept = []
    for key, items in rivals.items():
        known = stored.get(key, {}).get("path")
        first = next((item for item in items if item.path == known), items[0])
        kept.append(first)
        for other in items:
            if other is not first:
                said.append(f"{other.path}: claims to be {other.entity} {other.year} like {first.path}; left out")
    return kept


def notices(found: list[Found]) -> list[str]:
    """Sentences about accounts that look misplaced or misnamed. None of them stops anything."""
    return [*_years(found), *_names(found), *_units(found)]


def _years(found: list[Found]) -> Iterator[str]:
    for item in found:
        named = _YEAR.fullmatch(item.folder.name)
        if named and item.year is not None and int(named.group()) != item.year:
            yield f"{item.path}: the folder says {named.group()}, the account says {item.year}"


def _names(found: list[Found]) -> Iterator[str]:
    """Entity names of one length that differ in one character, or by one character more or less."""
    names = sorted({squeeze(item.entity) for item in found if item.entity})
    near: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for index in range(len(name)):
            near[name[:index] + "\0" + name[index + 1 :]].add(name)
            near[name[:index] + name[index + 1 :]].add(name)
        near[name].add(name)
    pairs = {pair for group in near.values() for pair in combinations(sorted(group), 2)}
    for one, two in sorted(pairs):
        yield f"entity names differ by one character: {one} / {two}"


def _units(found: list[Found]) -> Iterator[str]:
    units: dict[str, dict[str, Found]] = defaultdict(dict)
    for item in found:
        units[squeeze(item.entity)].setdefault(item.unit, item)
    for by_unit in units.values():
        if len(by_unit) > 1:
            places = ", ".join(f"{item.year} in {unit}" for unit, item in sorted(by_unit.items()))
            yield f"{next(iter(by_unit.values())).entity}: years in different units: {places}"
