"""From the names in a formula to cells: T[row].column, r.column, r[c], children(r), lookup(T, r), stmt.x."""

import ast
from collections.abc import Callable

from fiscal.checks.identities.context import Env
from fiscal.checks.identities.exact import Skip, empty
from fiscal.checks.identities.lookups import Sheet, code_of
from fiscal.dictionary.identities import catalogue
from fiscal.dictionary.sentence_grammar import slot_ref, table_ref
from fiscal.dictionary.tables import catalogue as tables
from fiscal.model.cells import Cell
from fiscal.model.table import Row
from fiscal.model.text import Entry

Fetch = Callable[[Env], list[Cell]]
Pick = Callable[[Env], str]
SETS = frozenset({"all", "classes", "groups", "items", "leaves"})
NUMERIC = frozenset({"amount", "percent", "count"})
OF_WHICH = "其中"
_CHILD_LIST = "gpb_items"
_PROJECTS = "general_public_budget_project"


def is_set(selector: str) -> bool:
    """A selector of many rows, of which a table may print none."""
    return selector in SETS or selector in tables().row_sets


class References:
    """Compiles references for one meaning of T. `source` tells what r is bound to: a table, a list slot or nothing."""

    def __init__(self, table: str | None, source: str = "") -> None:
        self.table, self.source = table, source

    def fetch(self, node: ast.AST) -> Fetch | None:
        """A closure that gives the cells of a reference; None where the node is no reference to amounts."""
        found = self._fetch(node)
        return None if found is None else lambda env: env.now(found(env))

    def _fetch(self, node: ast.AST) -> Fetch | None:
        slot = slot_ref(node)
        if slot:
            return self._slot(*slot) if catalogue().slots[slot[1]].type in NUMERIC else None
        if isinstance(node, ast.Attribute):
            if node.attr in ("subject_code", "subject_name", "key", "empty_note"):
                return None
            name = node.attr
            return self._cells(node.value, lambda env: name, name)
        if isinstance(node, ast.Subscript) and not table_ref(node.value, self.table):
            if ast.unparse(node.slice) == "c":
                return self._cells(node.value, lambda env: env.c)
            return self._cells(node.value, lambda env: env.r.key)  # type: ignore[union-attr]
        return None

    def _slot(self, previous: bool, slot: str) -> Fetch:
        return lambda env: [env.side(previous).stated(slot, env.k)]

    def _cells(self, base: ast.AST, column: Pick, name: str = "") -> Fetch | None:
        slot = slot_ref(base)
        if slot:
            return _list_field(*slot, name)
        if isinstance(base, ast.Name) and base.id == "r":
            return _entry_field(name) if self.source == "list" else _row_cell(column, name)
        if isinstance(base, ast.Call) and isinstance(base.func, ast.Name):
            if base.func.id == "children":
                return _child_entries(name) if self.source == "list" else _child_rows(column)
            if base.func.id == "lookup":
                found = table_ref(base.args[0], self.table)
                return _looked_up(*found, column) if found else None
            return None
        if isinstance(base, ast.Subscript):
            found = table_ref(base.value, self.table)
            return _table_rows(*found, selectors(base.slice), column) if found else None
        return None


def selectors(node: ast.AST) -> tuple[str, ...]:
    """The row names between the brackets."""
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return tuple(part.id if isinstance(part, ast.Name) else str(part.value) for part in parts)  # type: ignore[attr-defined]


def _row_cell(column: Pick, name: str) -> Fetch:
    if name:

        def named(env: Env) -> list[Cell]:
            return [env.sheet.get(env.r, name)]  # type: ignore[union-attr, arg-type]

        return named
    return lambda env: [env.sheet.get(env.r, column(env))]  # type: ignore[union-attr, arg-type]


def _child_rows(column: Pick) -> Fetch:
    def fetch(env: Env) -> list[Cell]:
        sheet, key = env.sheet, column(env)
        rows = sheet.children(env.r)  # type: ignore[union-attr, arg-type]
        if rows and not sheet.level_printed(len(code_of(rows[0]))):  # type: ignore[union-attr]
            raise Skip("missing", "the lower level is not filled in")
        return [sheet.get(row, key) for row in rows]  # type: ignore[union-attr]

    return fetch


def field(entry: Entry, name: str) -> Cell:
    """An amount of a list entry."""
    value = entry.get(name)
    if not isinstance(value, Cell):
        raise Skip("missing", name)
    return value


def _entry_field(name: str) -> Fetch:
    return lambda env: [field(env.r, name)]  # type: ignore[arg-type]


def _list_field(previous: bool, slot: str, name: str) -> Fetch:
    return lambda env: [field(entry, name) for entry in env.side(previous).entries(slot)]


def _child_entries(name: str) -> Fetch:
    """Items of the narrative under a narrated class: their code begins with its code."""

    def fetch(env: Env) -> list[Cell]:
        code = str(env.r.get("code") or "")  # type: ignore[union-attr]
        if not code:
            raise Skip("missing", "code")
        items = env.facts.entries(_CHILD_LIST)
        if not all(item.get("code") for item in items):
            raise Skip("missing", "code of an item")
        cells = [field(item, name) for item in items if str(item["code"]).startswith(code)]
        if not cells:
            raise Skip("missing", f"items of {code}")
        return cells

    return fetch


def _looked_up(previous: bool, table: str, column: Pick) -> Fetch:
    def fetch(env: Env) -> list[Cell]:
        key = column(env)
        sheet = env.side(previous).readable(table, key)
        rows = same_row(sheet, env.r)  # type: ignore[arg-type]
        if not rows:
            return [empty(sheet.unit, table=sheet.id, row=label_of(env.r), column=sheet.labels.get(key, key))]
        return [sheet.get(row, key) for row in (rows if table == _PROJECTS else rows[:1])]

    return fetch


def same_row(sheet: Sheet, r: "Row | Entry") -> list[Row]:
    """The rows of another table with the code of r; [] where that table does not list it."""
    if isinstance(r, Row):
        if r.key == "total":
            found: list[Row] | None = sheet.select("total") or ([] if sheet.empty else None)
        else:
            found = sheet.matching(code_of(r))
    else:
        found = sheet.matching(str(r.get("code") or ""), str(r.get("name") or r.get("item_name") or ""))
    if found is None:
        raise Skip("missing", f"{sheet.id}[{label_of(r)}]")
    return found


def label_of(r: "Row | Entry | None") -> str:
    """How a row or an entry is called."""
    if isinstance(r, Row):
        return r.label or r.key
    return str(r.get("name") or r.get("item_name") or r.get("code") or "") if r else ""


def _table_rows(previous: bool, table: str, names: tuple[str, ...], column: Pick) -> Fetch:
    """Rows by name; in a list a line printed as 其中 (part of the line above, older forms) is no further term."""
    several = len(names) > 1

    def fetch(env: Env) -> list[Cell]:
        key = column(env)
        sheet = env.side(previous).readable(table, key)
        cells, gone = [], []
        for name in names:
            rows = sheet.select(name)
            if not rows:
                gone.append(name)
            parts = [row for row in rows if not several or not row.label.startswith(OF_WHICH)]
            cells += [sheet.get(row, key) for row in parts]
        if gone:
            cells += _absent(sheet, gone, key, bool(cells))
        if sheet.id == _PROJECTS and is_set(names[0]) and sheet.repeats_codes():
            raise Skip("not applicable", "rows of one code are listed by project")
        return cells

    return fetch


def _absent(sheet: Sheet, gone: list[str], column: str, others: bool) -> list[Cell]:
    """Blanks for rows that are not printed, where others of the same list are and no line was left unrecognised."""
    if all(is_set(name) for name in gone):
        if others or sheet.empty:
            return []
        raise Skip("missing", f"{sheet.id}[{gone[0]}]")
    if others and not sheet.strays(column.partition("_")[0]):
        return []
    return [sheet.absent(name, column) for name in gone if not is_set(name)]
