"""The identities (勾稽关系): formulas over tables and narrative, their kinds, families, slots and sections.

Source: data/identities.yaml. Adding an identity is an entry there, or in a file given with --rules. An entry that
names something unknown fails at load with the file, the entry and the reason.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fiscal.dictionary.load import DATA, checked, read_yaml, refuse, refuse_unknown
from fiscal.dictionary.sentence_grammar import Names, check_entry
from fiscal.dictionary.tables import catalogue as table_catalogue

FILE = DATA / "identities.yaml"
SCOPES = frozenset({"intra_table", "cross_table", "statement", "year_over_year", "disclosure"})
SEVERITIES = frozenset({"error", "warning", "info"})
SUFFIXES = {  # of derived slots: what they are called, their type
    "share": ("占比", "percent"), "change_percent": ("增减幅度", "percent"), "change": ("增减额", "amount"),
    "direction": ("增减方向", "direction"), "budget": ("预算数", "amount"), "completion": ("完成率", "percent"),
    "word": ("与预算比较", "word"),
}  # fmt: skip
FIELDS = {  # of an entry of a list
    "actual": "决算数", "amount": "金额", "share": "占比", "budget": "预算数", "completion": "完成率", "count": "数量",
    "executed": "执行数", "rate": "完成率",
}  # fmt: skip
_FIELDS = ("id", "scope", "family", "tables", "formula", "kind", "severity", "message")
_TEXTS = ("for_each", "when", "applies", "basis", "pitfalls", "suggestion")
_IDENTITY = {
    **{f"{name}!": str for name in _FIELDS if name != "tables"}, "tables!": (None, [str]), "columns": (str, [str]),
    **dict.fromkeys(_TEXTS, str),
}  # fmt: skip
TYPES = frozenset({"amount", "percent", "count", "text", "date", "direction", "word", "flag", "list"})
_SLOT = {"zh!": str, "type!": str, "section!": str, "with": [str], "fields": [str], "values": [str]}
_SECTIONS = {
    "common!": [str], "names!": {str: str}, "sichuan_extra!": [str], "parts!": {str: [str]}, "part_names!": {str: str},
}  # fmt: skip
_TOPS = {
    "schema_version": int, "functions!": {str: str}, "kinds!": {str: str}, "families!": {str: str},
    "explanations!": {str: str}, "message_slots!": {str: str}, "slots!": {str: dict}, "required_sections!": _SECTIONS,
    "identities!": [dict],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """One entry. `columns` is (), ("amount",) or column keys; `when` is the formal condition, `applies` its words.

    `suggestion` says in Chinese what to change, where no number can be named; {a} and {b} are the two sides.
    """

    id: str
    scope: str
    family: str
    tables: tuple[str, ...]
    formula: str
    kind: str
    severity: str
    message: str
    for_each: str = ""
    columns: tuple[str, ...] = ()
    when: str = ""
    applies: str = ""
    basis: str = ""
    pitfalls: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class Slot:
    """One thing a narrative states. `type` is amount, percent, count, text, date, direction, word, flag or list."""

    key: str
    zh: str
    type: str
    section: str
    fields: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Identities:
    """The whole file. `slots` includes the derived ones (x_share, x_change …); `sections` is required_sections."""

    identities: tuple[Identity, ...]
    slots: dict[str, Slot]
    sections: dict[str, Any]
    families: dict[str, str]
    explanations: dict[str, str]
    kinds: dict[str, str]
    message_slots: frozenset[str]
    names: Names

    def __getitem__(self, key: str) -> Identity:
        return next(identity for identity in self.identities if identity.id == key)


def _slots(raw: dict[str, dict], file: Path) -> dict[str, Slot]:
    slots: dict[str, Slot] = {}
    for key, spec in raw.items():
        checked(spec, _SLOT, file, f"slot {key}")
        refuse_unknown(file, f"slot {key}", "type", spec["type"], TYPES)
        fields, values = tuple(spec.get("fields", ())), tuple(spec.get("values", ()))
        slots[key] = Slot(key, spec["zh"], spec["type"], spec["section"], fields, values)
        for suffix in spec.get("with", ()):
            refuse_unknown(file, f"slot {key}", "suffix", suffix, SUFFIXES)
            derived = f"{key}_{suffix}"
            slots.setdefault(derived, Slot(derived, spec["zh"], SUFFIXES[suffix][1], spec["section"]))
    return slots


def _identity(entry: dict, file: Path) -> Identity:
    name = f"entry {entry.get('id', '?')}"
    checked(entry, _IDENTITY, file, name)
    columns = entry.get("columns") or ()
    columns = (columns,) if isinstance(columns, str) else tuple(columns)
    texts = {key: str(value) for key, value in entry.items() if key not in ("tables", "columns")}
    return Identity(**texts, tables=tuple(entry["tables"] or ()), columns=columns)


def _check(identity: Identity, book: Identities, file: Path) -> None:
    allowed = (
        ("scope", identity.scope, SCOPES),
        ("kind", identity.kind, book.kinds),
        ("family", identity.family, book.families),
        ("severity", identity.severity, SEVERITIES),
    )
    for field, value, known in allowed:
        refuse_unknown(file, f"entry {identity.id}", field, value, known)
    for slot in re.findall(r"\{(\w*)\}", identity.message):
        refuse_unknown(file, f"entry {identity.id}", "message slot", slot, book.message_slots)
    problem = check_entry(identity, book.names)
    if problem:
        refuse(file, f"entry {identity.id}", problem)


def _read(entries: Sequence[dict], book: Identities, file: Path) -> tuple[Identity, ...]:
    seen = {identity.id for identity in book.identities}
    identities = []
    for entry in entries:
        if not isinstance(entry, dict):
            refuse(file, str(entry)[:40], "is no mapping of fields")
        try:
            identity = _identity(entry, file)
            if identity.id in seen:
                refuse(file, f"entry {identity.id}", "id used already")
            seen.add(identity.id)
            _check(identity, book, file)
        except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError) as error:
            refuse(file, f"entry {str(entry.get('id', '?'))[:40]}", f"a value has the wrong form ({error})")
        identities.append(identity)
    return tuple(identities)


def load(path: Path = FILE) -> Identities:
    """Read and check the catalogue. Errors: DeclarationError with file, entry and reason."""
    raw = checked(read_yaml(path), _TOPS, path, "top level")
    slots = _slots(raw["slots"], path)
    names = Names.of(table_catalogue(), slots, frozenset(raw["functions"]))
    plain = ("families", "explanations", "kinds")
    parts = {key: raw[key] for key in plain} | {
        "slots": slots, "sections": raw["required_sections"], "message_slots": frozenset(raw["message_slots"]),
        "names": names,
    }  # fmt: skip
    empty = Identities((), **parts)
    return Identities(_read(raw["identities"], empty, path), **parts)


catalogue = cache(load)  # the catalogue that comes with the package, read once


def slot_words(slot: str) -> str:
    """What a slot or a field of a list entry is called: 基本支出占比, 按项具体情况2010301决算数; "" for a free name."""
    slots = catalogue().slots
    for suffix, (words, _) in SUFFIXES.items():
        base = slot.removesuffix(f"_{suffix}")
        if base != slot and base in slots:
            return slots[base].zh + words
    if slot in slots:
        return slots[slot].zh
    name, _, rest = slot.partition("[")
    entry, _, field = rest.partition("].")
    return slots[name].zh + entry + FIELDS.get(field, "") if name in slots and field else ""


def load_rules(path: str | Path) -> tuple[Identity, ...]:
    """An analyst's own identities: a YAML list, or a mapping with the key `identities`.

    Same language as the package's file, new ids only. Errors: DeclarationError with file, entry and reason.
    """
    file = Path(path)
    raw = read_yaml(file)
    entries = raw.get("identities") if isinstance(raw, dict) else raw
    if not isinstance(entries, list):
        refuse(file, "top level", "holds no list of identities")
    return _read(entries, catalogue(), file)
