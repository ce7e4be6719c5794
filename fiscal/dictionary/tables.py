"""The statutory tables: titles, columns, fixed rows, row sets and the sets of tables per place.

Source: data/tables.yaml. Adding a table, a column spelling or a row label is an entry there.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fiscal.dictionary.labels import normal
from fiscal.dictionary.load import DATA, checked, compiled, read_yaml, refuse, refuse_unknown

FILE = DATA / "tables.yaml"
LAYOUTS = frozenset({
    "two_sided_summary", "function_rows", "economic_rows_two_panel", "function_by_economic_matrix",
    "three_public_grid",
})  # fmt: skip
COLUMN_KINDS = frozenset({"amount", "percent", "code", "label"})
ROLES = frozenset({"", "previous", "change"})
_TEXTS = ("side", "panel", "form")
_ROW = {"key!": str, "labels!": [str], **dict.fromkeys(("code", "level", "block", "parent", *_TEXTS), str)}
_COLUMN = {
    "key!": str, "kind!": str, "header!": [str], "parent": (None, str, [(None, str)]), "optional": bool,
    "virtual": bool, "role": str, **dict.fromkeys(_TEXTS, str),
}  # fmt: skip
_SET_COLUMN = {"column_set!": str, "form": str}
_TABLE = {
    "id!": str, "title!": str, "variants!": [str], "variants_flow": [str], "sheet_names": [str],
    "kind": str, "stands_for": [str],
    "title_words": [str], "title_without": [str], "layout!": str, "columns!": [dict], "rows!": [dict],
}  # fmt: skip
_HEADINGS = {"code!": [str], "code_within!": [str], "name!": [str], "line!": [str], "spare!": [str]}
_SHAPE = {
    "schema_version": int, "profiles!": {str: {"order!": [str], "places": [str]}}, "row_sets!": {str: [dict]},
    "tables!": [dict], "headings!": _HEADINGS, "extra_tables": [str],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """A declared column: the spellings of its header and of the headers above it (None = nothing above).

    role  previous: it holds last year's figure; change: the difference between the years, or its rate; "" this year's
    """

    key: str
    kind: str
    headers: tuple[str, ...]
    parents: tuple[str | None, ...]
    side: str = ""
    panel: str = ""
    form: str = ""
    optional: bool = False
    virtual: bool = False
    code: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class RowEntry:
    """A declared fixed row. `labels` are normal forms; `block` tells equal labels of one side apart."""

    key: str
    labels: tuple[str, ...]
    code: str = ""
    level: str = ""
    side: str = ""
    panel: str = ""
    block: str = ""
    parent: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A declared table. `titles` are normal forms, the preferred one first.

    title_words    patterns that a title of unknown spelling must all carry; title_without  words it must not carry
    kind           of the documents that print it: final_account or budget
    stands_for     ids of the tables of a final account whose place it has in a budget
    """

    id: str
    title: str
    titles: tuple[str, ...]
    layout: str
    columns: tuple[ColumnEntry, ...]
    rows: tuple[RowEntry, ...]
    row_sets: tuple[str, ...]
    sheet_names: tuple[str, ...]
    title_words: tuple[str, ...] = ()
    title_without: tuple[str, ...] = ()
    kind: str = "final_account"
    stands_for: tuple[str, ...] = ()

    def column(self, key: str) -> ColumnEntry | None:
        return next((column for column in self.columns if column.key == key), None)

    @property
    def amounts(self) -> tuple[ColumnEntry, ...]:
        return tuple(column for column in self.columns if column.kind == "amount")


@dataclass(frozen=True)
class Tables:
    """The whole catalogue of tables. `headings` are those of columns without amounts: code, name, line, spare.

    `profiles` are the sets of tables that are asked for, `places` where each is published.
    """

    entries: dict[str, TableEntry]
    row_sets: dict[str, tuple[RowEntry, ...]]
    profiles: dict[str, tuple[str, ...]]
    places: dict[str, tuple[str, ...]]
    headings: dict[str, frozenset[str]]
    extra_titles: tuple[str, ...]

    def __getitem__(self, table: str) -> TableEntry:
        return self.entries[table]


def _row(entry: dict, where: str, file: Path) -> RowEntry:
    checked(entry, _ROW, file, f"{where}, row {entry.get('key', '?')}")
    texts = {name: entry.get(name, "") for name in ("code", "level", "side", "panel", "block", "parent", "form")}
    return RowEntry(entry["key"], tuple(dict.fromkeys(normal(label) for label in entry["labels"])), **texts)


def _column(entry: dict, where: str, file: Path) -> ColumnEntry:
    name = f"{where}, column {entry.get('key', '?')}"
    checked(entry, _COLUMN, file, name)
    refuse_unknown(file, name, "kind", entry["kind"], COLUMN_KINDS)
    refuse_unknown(file, name, "role", entry.get("role", ""), ROLES)
    parents = entry.get("parent")
    parents = parents if isinstance(parents, list) else [parents]
    return ColumnEntry(
        entry["key"], entry["kind"], tuple(entry["header"]), tuple(parents),
        side=entry.get("side", ""), panel=entry.get("panel", ""), form=entry.get("form", ""),
        optional=bool(entry.get("optional")), virtual=bool(entry.get("virtual")),
        role=entry.get("role", ""),
    )  # fmt: skip


def _set_columns(entry: dict, row_set: tuple[RowEntry, ...], titles: dict[str, str]) -> list[ColumnEntry]:
    """The columns of a matrix: one per row of the set; a class stands as 小计 under its own name."""
    columns = []
    for row in row_set:
        is_class = row.level == "economic_class"
        headers = (*row.labels, "小计", "合计") if is_class else row.labels
        parents: tuple[str | None, ...] = (None, *row.labels) if is_class else (titles.get(row.parent),)
        columns.append(
            ColumnEntry(row.key, "amount", headers, parents, form=entry.get("form", ""), optional=True, code=row.code)
        )
    return columns


def _table(entry: dict, row_sets: dict[str, tuple[RowEntry, ...]], file: Path) -> TableEntry:
    name = f"table {entry.get('id', '?')}"
    checked(entry, _TABLE, file, name)
    refuse_unknown(file, name, "layout", entry["layout"], LAYOUTS)
    titles = [entry["title"], *entry["variants"], *entry.get("variants_flow", [])]
    columns = tuple(_columns(entry, row_sets, name, file))
    if twice := _repeated([column.key for column in columns]):
        refuse(file, name, f"column keys used twice: {', '.join(twice)}", "give one of them another key")
    for pattern in [*entry.get("title_words", []), *entry.get("title_without", [])]:
        compiled(pattern, file, name)
    return TableEntry(
        entry["id"], entry["title"], tuple(dict.fromkeys(normal(title) for title in titles)), entry["layout"],
        columns, tuple(_rows(entry, row_sets, name, file)),
        tuple(r["row_set"] for r in entry["rows"] if "row_set" in r), tuple(entry.get("sheet_names", [])),
        tuple(entry.get("title_words", [])), tuple(entry.get("title_without", [])),
        entry.get("kind", "final_account"), tuple(entry.get("stands_for", [])),
    )  # fmt: skip


def _columns(entry: dict, row_sets: dict[str, tuple[RowEntry, ...]], name: str, file: Path) -> Iterator[ColumnEntry]:
    for column in entry["columns"]:
        if "column_set" in column:
            checked(column, _SET_COLUMN, file, f"{name}, column set")
            refuse_unknown(file, name, "row set", column["column_set"], row_sets)
            items = row_sets[column["column_set"]]
            yield from _set_columns(column, items, {row.key: row.labels[0] for row in items})
        else:
            yield _column(column, name, file)


def _rows(entry: dict, row_sets: dict[str, tuple[RowEntry, ...]], name: str, file: Path) -> Iterator[RowEntry]:
    for row in entry["rows"]:
        if "row_set" in row:
            checked(row, {"row_set!": str}, file, f"{name}, row set")
            refuse_unknown(file, name, "row set", row["row_set"], row_sets)
            yield from row_sets[row["row_set"]]
        else:
            yield _row(row, name, file)


def _repeated(keys: list[str]) -> list[str]:
    return [key for key, times in Counter(keys).items() if times > 1]


def _refuse_clashes(entries: list[TableEntry], file: Path) -> None:
    owners: dict[str, str] = {}
    for entry in entries:
        for title in entry.titles:
            if owners.setdefault(title, entry.id) != entry.id:
                reason = f"title {title} belongs to {owners[title]} already"
                refuse(file, f"table {entry.id}", reason, "keep the title in one of them")


def load(path: Path = FILE) -> Tables:
    """Read and check the catalogue. Errors: DeclarationError with file, entry, reason and next step."""
    raw = checked(read_yaml(path), _SHAPE, path, "top level")
    sets = {name: tuple(_row(row, f"row set {name}", path) for row in rows) for name, rows in raw["row_sets"].items()}
    entries = [_table(entry, sets, path) for entry in raw["tables"]]
    if twice := _repeated([entry.id for entry in entries]):
        refuse(path, f"table {twice[0]}", "id used twice", "give one of them another id")
    _refuse_clashes(entries, path)
    profiles = {name: tuple(spec["order"]) for name, spec in raw["profiles"].items()}
    places = {name: tuple(spec.get("places", [])) for name, spec in raw["profiles"].items()}
    for name, order in profiles.items():
        for table in order:
            refuse_unknown(path, f"profile {name}", "table", table, [entry.id for entry in entries])
    headings = {kind: frozenset(normal(word) for word in words) for kind, words in raw["headings"].items()}
    extra = tuple(normal(title) for title in raw.get("extra_tables", []))
    return Tables({entry.id: entry for entry in entries}, sets, profiles, places, headings, extra)


catalogue = cache(load)  # the catalogue that comes with the package, read once
