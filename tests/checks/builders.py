"""Hand-built tables and narratives: a few lines say what a test needs, everything else is left out."""

import csv
from collections.abc import Iterator
from pathlib import Path

from fiscal.dictionary.classification import functional, level_of
from fiscal.dictionary.labels import normal
from fiscal.dictionary.tables import catalogue
from fiscal.model.cells import Cell, Place, blank, count
from fiscal.model.disclosure import Disclosure
from fiscal.model.money import parse_amount
from fiscal.model.table import Column, Row, Table
from fiscal.model.text import Claim, Narrative

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


def number(text: str, unit: str = "万元", place: Place | None = None, **marks) -> Cell:
    """A printed number, "" for a blank, 未公开 for an unknown."""
    return parse_amount(text, unit=unit, place=place, **marks)


def table(
    key: str, rows: dict[str, dict[str, str]], *, columns: tuple[str, ...] = (), unit: str = "万元", note: str = ""
):
    """A table from row key or code → column → printed text; columns default to those that occur."""
    keys = tuple(dict.fromkeys([*columns, *(column for cells in rows.values() for column in cells)]))
    return Table(
        key, catalogue()[key].title, unit, tuple(Column(column, column) for column in keys),
        tuple(_row(key, name, cells, keys, unit) for name, cells in rows.items()), note,
    )  # fmt: skip


def _row(key: str, name: str, cells: dict[str, str], columns: tuple[str, ...], unit: str) -> Row:
    entry = next((row for row in catalogue()[key].rows if row.key == name), None)
    code, label = (
        (name, _official(name)) if name.isdigit() else ("", entry.labels[0] if entry and entry.labels else name)
    )
    made = {
        column: number(cells[column], unit, Place(table=key, row=label, column=column))
        if column in cells else blank(unit, Place(table=key, row=label, column=column))
        for column in _own(key, columns, entry)
    }  # fmt: skip
    return Row(name, code, label, level_of(code) if code else "", made, entry.side if entry else "")


def _official(code: str) -> str:
    subject = functional().subject(code, None)
    return subject.name if subject else code


def _own(key: str, columns: tuple[str, ...], entry) -> list[str]:
    """The half of a two-sided table a row belongs to has its columns only."""
    if catalogue()[key].layout != "two_sided_summary" or entry is None:
        return list(columns)
    revenue = entry.side in ("left", "revenue")
    return [column for column in columns if column.startswith("revenue") == revenue]


def disclosure(*tables: Table, year: int | None = 2022, **fields) -> Disclosure:
    """An account that holds these tables."""
    return Disclosure(path="demo", entity="示例单位", year=year, tables={t.id: t for t in tables}, **fields)


def narrative(slots: dict[str, object] | None = None, *, words: dict[str, str] | None = None, lists=None) -> Narrative:
    """Slots as printed texts: "21.53", "10.91%", an int for a count, or a list of such texts; each is a claim too."""
    filled = {key: _cells(key, value) for key, value in (slots or {}).items()}
    told = {key: [value] if isinstance(value, str) else list(value) for key, value in (words or {}).items()}
    entries = {key: [_entry(entry) for entry in entries] for key, entries in (lists or {}).items()}
    claims = [_claim(key, cell, told) for key, cells in filled.items() for cell in cells]
    claims += [
        _claim(f"{key}[{entry.get('code') or entry.get('name') or entry.get('kind') or n}].{field}", cell, told)
        for key, group in entries.items() if key.endswith(("_kinds", "_classes", "_items", "_projects"))
        for n, entry in enumerate(group) for field, cell in entry.items() if isinstance(cell, Cell)
    ]  # fmt: skip
    return Narrative(claims=tuple(claims), slots=filled, words=told, lists=entries, said=tuple(_worded(told)))


def _claim(subject: str, cell: Cell, words: dict[str, list[str]]) -> Claim:
    """What a slot says, from its name: tp_change_percent, gpb_items[2010301].completion."""
    name = subject.rpartition(".")[2] if "]." in subject else subject
    kinds = {"change_percent": "change_percent", "change": "change", "share": "share", "completion": "completion",
             "rate": "completion"}  # fmt: skip
    ends = next((end for end in kinds if name == end or name.endswith(f"_{end}")), "")
    kind = kinds.get(ends, "count" if cell.unit == "" and cell.exact and cell.value else "amount")
    stem = subject.removesuffix(f"_{ends}")
    direction = words.get(f"{stem}_direction", [""])[0] if kind in ("change", "change_percent") else ""
    basis = {"年初预算": "initial_budget", "全年预算": "full_year_budget"}
    base = basis.get(words.get(f"{stem}_completion_basis", [""])[0], "") if kind == "completion" else ""
    return Claim(subject, kind, cell, cell.place.section, direction=direction, base=base)


def _worded(words: dict[str, list[str]]) -> Iterator[Claim]:
    """大于 and the like stand in words: claims without a printed figure."""
    for key, values in words.items():
        if key.endswith("_direction"):
            cell = Cell("blank", None, "", values[0], Place(section="s", offset=5))
            yield Claim(f"{key.removesuffix('_direction')}_change", "change", cell, "s", direction=values[0])
        if key.endswith("_word"):
            cell = Cell("blank", None, "", values[0], Place(section="s", offset=5))
            yield Claim(f"{key.removesuffix('_word')}_completion", "completion", cell, "s", word=values[0])


def _cells(slot: str, value: object) -> list[Cell]:
    texts = value if isinstance(value, list) else [value]
    return [_stated(text, slot, index) for index, text in enumerate(texts)]


def _stated(value: object, slot: str, index: int = 0) -> Cell:
    place = Place(section="s", offset=abs(hash((slot, index))) % 100_000, text=f"{slot} {value}")
    if isinstance(value, Cell):
        return value
    if isinstance(value, int):
        return count(value, place)
    return number(str(value), place=place)


FIGURES = frozenset({"amount", "share", "budget", "actual", "completion", "count", "value", "first", "stated", "now",
                     "before", "executed", "rate"})  # fmt: skip


def _entry(entry: dict) -> dict:
    """Fields that hold figures become cells, words stay words."""
    return {key: _stated(value, key) if key in FIGURES else value for key, value in entry.items()}


def shanghai() -> Disclosure:
    """The tables of the Shanghai sample, from the cells transcribed beside it."""
    groups: dict[str, dict] = {}
    with (SAMPLES / "shgzb-2024-final.cells.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            row = groups.setdefault(line["table"], {}).setdefault((line["row_code"], line["row_name"]), {})
            row[line["column"]] = line["value"]
    return disclosure(*(_sample(key, rows) for key, rows in groups.items()), year=2024, profile="shanghai9")


def _sample(key: str, rows: dict) -> Table:
    named: dict[str, dict[str, str]] = {}
    for (code, label), cells in rows.items():
        for column, text in cells.items():
            name, at = _place(key, (code, label), column)
            named.setdefault(name, {})[at] = text
    return table(key, named, columns=tuple(c.key for c in catalogue()[key].amounts if not c.optional and not c.virtual))


def _place(key: str, row: tuple[str, str], printed: str) -> tuple[str, str]:
    entry, (code, label) = catalogue()[key], row
    side, _, head = printed.rpartition("/")
    half = {"收入": "left", "支出": "right"}.get(side.split("/")[0], "")
    heads = [c for c in entry.amounts if normal(head or printed) in map(normal, c.headers) and c.side in ("", half)]
    if key == "general_public_budget_basic":
        heads = [c for c in entry.amounts if c.key == "amount"]
    known = [r for r in entry.rows if normal(label) in r.labels and r.side in ("", half, "personnel", "public")]
    if entry.layout == "economic_rows_two_panel" and code:
        known = [r for r in entry.rows if r.code == code]
    name = code if code and entry.layout == "function_rows" else known[0].key
    return name, heads[0].key
