"""The statutory tables: titles, columns, fixed rows, row sets and the sets of tables per place.

Source: data/tables.yaml. Adding a table, a column spelling or a row label is an entry there.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fiscal.dictionary.labels import normal
from fiscal.dictionary.load import DATA, read_yaml, refuse, require

FILE = DATA / "tables.yaml"
LAYOUTS = frozenset(
    {
        "two_sided_summary",
        "function_rows",
        "economic_rows_two_panel",
        "function_by_economic_matrix",
        "three_public_grid",
    }
)
COLUMN_KINDS = frozenset({"amount", "code", "label"})


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """A declared column: the spellings of its header and of the headers above it (None = nothing above)."""

    key: str
    kind: str
    headers: tuple[str, ...]
    parents: tuple[str | None, ...]
    side: str = ""
    panel: str = ""
    form: str = ""
    optional: bool = False
    virtual: bool = False
    of_which: str = ""
    code: str = ""


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
    """

    id: str
    title: str
    titles: tuple[str, ...]
    layout: str
    columns: tuple[ColumnEntry, ...]
    rows: tuple[RowEntry, ...]
    row_sets: tuple[str, ...]
    code_levels: tuple[str, ...]
    sheet_names: tuple[str, ...]
    since: int | None
    title_words: tuple[str, ...] = ()
    title_without: tuple[str, ...] = ()

    def column(self, key: str) -> ColumnEntry | None:
        return next((column for column in self.columns if column.key == key), None)

    @property
    def amounts(self) -> tuple[ColumnEntry, ...]:
        return tuple(column for column in self.columns if column.kind == "amount")


@dataclass(frozen=True)
class Tables:
    """The whole catalogue of tables."""

    entries: dict[str, TableEntry]
    row_sets: dict[str, tuple[RowEntry, ...]]
    profiles: dict[str, tuple[str, ...]]
    extra_titles: tuple[str, ...]

    def __getitem__(self, table: str) -> TableEntry:
        return self.entries[table]


def _labels(entry: dict) -> tuple[str, ...]:
    old = [item["label"] for item in entry.get("historical", [])]
    return tuple(dict.fromkeys(normal(label) for label in [*entry.get("labels", []), *old]))


def _row(entry: dict) -> RowEntry:
    require(entry, ("key", "labels"), FILE, f"row {entry.get('key', '?')}")
    names = ("code", "level", "side", "panel", "block", "parent", "form")
    return RowEntry(entry["key"], _labels(entry), **{name: str(entry.get(name, "")) for name in names})


def _column(entry: dict, table: str) -> ColumnEntry:
    require(entry, ("key", "kind", "header"), FILE, f"table {table}, column {entry.get('key', '?')}")
    if entry["kind"] not in COLUMN_KINDS:
        refuse(FILE, f"table {table}, column {entry['key']}", f"unknown kind {entry['kind']}")
    parents = entry.get("parent")
    parents = parents if isinstance(parents, list) else [parents]
    return ColumnEntry(
        entry["key"], entry["kind"], tuple(entry["header"]), tuple(parents),
        side=entry.get("side", ""), panel=entry.get("panel", ""), form=entry.get("form", ""),
        optional=bool(entry.get("optional")), virtual=bool(entry.get("virtual")), of_which=entry.get("of_which", ""),
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


def _table(entry: dict, row_sets: dict[str, tuple[RowEntry, ...]]) -> TableEntry:
    name = f"table {entry.get('id', '?')}"
    require(entry, ("id", "title", "variants", "layout", "columns", "rows"), FILE, name)
    if entry["layout"] not in LAYOUTS:
        refuse(FILE, name, f"unknown layout {entry['layout']}")
    columns: list[ColumnEntry] = []
    for column in entry["columns"]:
        if "column_set" in column:
            items = _members(column["column_set"], row_sets, name)
            columns += _set_columns(column, items, {row.key: row.labels[0] for row in items})
        else:
            columns.append(_column(column, entry["id"]))
    rows: list[RowEntry] = []
    for row in entry["rows"]:
        rows += _members(row["row_set"], row_sets, name) if "row_set" in row else [_row(row)]
    titles = [entry["title"], *entry["variants"], *entry.get("variants_flow", [])]
    repeated = [key for key, times in Counter(c.key for c in columns).items() if times > 1]
    if repeated:
        refuse(FILE, name, f"column keys used twice: {', '.join(repeated)}")
    return TableEntry(
        entry["id"], entry["title"], tuple(dict.fromkeys(normal(title) for title in titles)), entry["layout"],
        tuple(columns), tuple(rows), tuple(r["row_set"] for r in entry["rows"] if "row_set" in r),
        tuple(entry.get("code_levels", [])), tuple(entry.get("sheet_names", [])), entry.get("since"),
        tuple(entry.get("title_words", [])), tuple(entry.get("title_without", [])),
    )  # fmt: skip


def _members(name: str, row_sets: dict[str, tuple[RowEntry, ...]], where: str) -> tuple[RowEntry, ...]:
    if name not in row_sets:
        refuse(FILE, where, f"unknown row set {name}")
    return row_sets[name]


def _refuse_clashes(entries: list[TableEntry]) -> None:
    owners: dict[str, str] = {}
    for entry in entries:
        for title in entry.titles:
            if owners.setdefault(title, entry.id) != entry.id:
                refuse(FILE, f"table {entry.id}", f"title {title} belongs to {owners[title]} already")


def load(path: Path = FILE) -> Tables:
    """Read and check the catalogue. Errors: DeclarationError with file, entry and reason."""
    raw = read_yaml(path)
    require(raw, ("tables", "row_sets", "profiles"), path, "top level")
    sets = {
        name: tuple(_row(row) for row in rows if "key" in row)
        for name, rows in raw["row_sets"].items()
        if not name.endswith("_before_2018")
    }
    entries = [_table(entry, sets) for entry in raw["tables"]]
    repeated = [key for key, times in Counter(e.id for e in entries).items() if times > 1]
    if repeated:
        refuse(path, f"table {repeated[0]}", "id used twice")
    _refuse_clashes(entries)
    known = {entry.id for entry in entries}
    profiles = {name: tuple(spec["order"]) for name, spec in raw["profiles"].items()}
    for name, order in profiles.items():
        for table in order:
            if table not in known:
                refuse(path, f"profile {name}", f"unknown table {table}")
    extra = tuple(normal(item["title"]) for item in raw.get("extra_tables", []))
    return Tables({entry.id: entry for entry in entries}, sets, profiles, extra)


@cache
def catalogue() -> Tables:
    """The catalogue that comes with the package, read once."""
    return load()
