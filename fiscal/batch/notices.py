"""What strikes the eye across accounts: rivals for one entity and year, names a character apart, odd units."""

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from fiscal.batch.steps import Found
from fiscal.dictionary.labels import squeeze
from fiscal.store.rows import document_id

_YEAR = re.compile(r"20\d\d")
_SERIES = (set("一二三四五六七八九十"), set("0123456789"), set("东南西北中"), set("上中下"), set("甲乙丙丁"))


def without_rivals(found: list[Found], stored: Mapping[str, dict], said: list[str]) -> list[Found]:
    """One account per entity, year and kind; the others are named.

    The one already stored stays, else one whose folder does not contradict its year, else the first by path.
    """
    rivals: dict[str, list[Found]] = defaultdict(list)
    for item in found:
        rivals[_id(item)].append(item)
    kept = []
    for key, items in rivals.items():
        known = stored.get(key, {}).get("path")
        first = min(items, key=lambda item: (item.path != known, _strays(item)))
        kept.append(first)
        for other in items:
            if other is not first:
                said.append(
                    f"{other.path}: claims to be {other.entity} {other.year} like {first.path}; left out "
                    "— keep one of them, or correct what it says of itself"
                )
    return kept


def _id(item: Found) -> str:
    """As in the store: an account that names no entity is known by its path."""
    return document_id(item.name or item.path, item.year, item.kind)


def superseded(found: list[Found], stored: Mapping[str, dict], said: list[str]) -> dict[str, int]:
    """Documents of the store that now are another account, id → year: who they are or their year has been corrected.

    Files that are no longer there are named too; their rows stay.
    """
    now = {_id(item) for item in found}
    here = {os.path.abspath(item.path): item for item in found}
    gone = {}
    for key, line in stored.items():
        item = here.get(os.path.abspath(line["path"]))
        if key in now:
            continue
        if item:
            gone[key] = line["year"]
            said.append(f"{item.path}: was stored as {line['entity']} {line['year']}, now is {item.name} {item.year} "
                        "— its old rows are taken out")  # fmt: skip
        elif not os.path.exists(line["path"]):
            said.append(f"{line['path']}: is no longer there; the rows of {line['entity']} {line['year']} stay stored "
                        "— to be rid of them, build a new store")  # fmt: skip
    return gone


def notices(found: list[Found]) -> list[str]:
    """Sentences about accounts that look misplaced or misnamed. None of them stops anything."""
    return [*_nameless(found), *_years(found), *_names(found), *_units(found)]


def _nameless(found: list[Found]) -> Iterator[str]:
    for item in found:
        if not item.entity:
            yield f"{item.path}: names no entity (单位) — write it into the document or into notes.yaml beside it"


def _years(found: list[Found]) -> Iterator[str]:
    for item in filter(_strays, found):
        yield (f"{item.path}: the folder says {item.folder.name}, the account says {item.year}, which counts "
               f"— move it, or correct its year")  # fmt: skip


def _strays(item: Found) -> bool:
    """Whether the folder is named after another year."""
    named = _YEAR.fullmatch(item.folder.name)
    return bool(named) and item.year is not None and item.folder.name != str(item.year)


def _names(found: list[Found]) -> Iterator[str]:
    """Entity names of one length that differ in one character, or by one character more or less."""
    names = {squeeze(item.entity) for item in found if item.entity}
    pairs: set[tuple[str, str]] = set()
    for index in range(max(map(len, names), default=0)):
        pairs |= _alike(names, index)
    for one, two in sorted(pairs):
        if not _told_apart(one, two):
            yield (f"entity names differ by one character: {one} / {two} "
                   "— they are kept as two; if they are one, correct the name")  # fmt: skip


def _alike(names: set[str], index: int) -> set[tuple[str, str]]:
    """Pairs of names that are one without the character at this index. One index at a time keeps memory small."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        if index < len(name):
            groups[name[:index] + name[index + 1 :]].append(name)
    shorter = {(min(rest, name), max(rest, name)) for rest in groups.keys() & names for name in groups[rest]}
    return shorter.union(*(combinations(group, 2) for group in groups.values()))


def _told_apart(one: str, two: str) -> bool:
    """第一小学 and 第二小学, 城东 and 城西: names that are meant to differ by one character."""
    differ = [set(pair) for pair in zip(one, two) if len(set(pair)) > 1]
    return len(one) == len(two) and len(differ) == 1 and any(differ[0] <= series for series in _SERIES)


def _units(found: list[Found]) -> Iterator[str]:
    units: dict[str, dict[str, Found]] = defaultdict(dict)
    for item in found:
        units[squeeze(item.name or item.path)].setdefault(item.unit, item)
    for by_unit in units.values():
        if len(by_unit) > 1:
            places = ", ".join(f"{item.year} in {unit}" for unit, item in sorted(by_unit.items()))
            yield (f"{next(iter(by_unit.values())).entity}: years in different units: {places} "
                   "— they are compared in 元; look whether the unit was read rightly")  # fmt: skip
