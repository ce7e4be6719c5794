"""The grammar of formulas: every table, row, column, slot and function a formula names must exist.

Formulas are parsed with ast and walked here; nothing is ever executed as Python.
"""

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from fiscal.dictionary.tables import TableEntry, Tables

if TYPE_CHECKING:
    from fiscal.dictionary.identities import Identity, Slot

SELECTORS = frozenset({"total", "all", "classes", "groups", "items", "leaves"})
CODED = frozenset({"function_rows", "function_by_economic_matrix"})
NODES = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.BinOp, ast.Add, ast.Sub,
    ast.Mult, ast.Div, ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.Call,
    ast.Attribute, ast.Subscript, ast.Name, ast.Load, ast.Constant, ast.Tuple, ast.List,
)  # fmt: skip
WORDS = frozenset({"r", "c", "required_sections", "profile"})
ROW_FUNCTIONS = frozenset({"children", "lookup"})


class Refused(Exception):
    """What is wrong with a formula."""


@dataclass(frozen=True)
class Names:
    """Everything a formula may refer to."""

    columns: dict[str, frozenset[str]]
    rows: dict[str, frozenset[str]]
    coded: frozenset[str]
    slots: frozenset[str]
    lists: dict[str, frozenset[str]]
    functions: frozenset[str]

    @classmethod
    def of(cls, tables: Tables, slots: "dict[str, Slot]", functions: frozenset[str]) -> "Names":
        return cls(
            {key: frozenset(column.key for column in entry.columns) for key, entry in tables.entries.items()},
            {key: _rows(entry) for key, entry in tables.entries.items()},
            frozenset(key for key, entry in tables.entries.items() if entry.layout in CODED),
            frozenset(slots),
            {key: frozenset(slot.fields) for key, slot in slots.items() if slot.type == "list"},
            functions | ROW_FUNCTIONS,
        )


def _rows(entry: TableEntry) -> frozenset[str]:
    keys = {row.key for row in entry.rows} | set(entry.row_sets)
    return frozenset(keys | SELECTORS if entry.layout in CODED else keys)


@lru_cache(maxsize=4096)
def parse(formula: str) -> ast.expr:
    """The syntax tree of one formula, not to be changed. Errors: Refused where it is not of the language."""
    try:
        tree = ast.parse(formula.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError) as error:
        raise Refused(f"formula cannot be parsed: {error}") from error
    for node in ast.walk(tree):
        if not isinstance(node, NODES):
            raise Refused(f"{type(node).__name__} is not part of the formula language")
    return tree.body


def table_ref(node: ast.AST, table: str | None) -> tuple[bool, str] | None:
    """(is last year's, table id) for X, T, prev.X and prev.T; None for anything else."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "prev":
        name = table if node.attr == "T" else node.attr
        return (True, name) if name and name != "stmt" else None
    if isinstance(node, ast.Name):
        name = table if node.id == "T" else node.id
        return (False, name) if name and name not in WORDS else None
    return None


def slot_ref(node: ast.AST) -> tuple[bool, str] | None:
    """(is last year's, slot) for stmt.x and prev.stmt.x; None for anything else."""
    if not isinstance(node, ast.Attribute):
        return None
    base = node.value
    if isinstance(base, ast.Name) and base.id == "stmt":
        return False, node.attr
    if isinstance(base, ast.Attribute) and base.attr == "stmt" and isinstance(base.value, ast.Name):
        return (True, node.attr) if base.value.id == "prev" else None
    return None


def uses_t(identity: "Identity") -> bool:
    """The formula stands for each of its tables in turn."""
    return bool(re.search(r"\bT\b", f"{identity.formula} {identity.for_each} {identity.when}"))


def check_entry(identity: "Identity", names: Names) -> str:
    """The first thing that is wrong with the formulas of an entry, or ""."""
    for table in identity.tables:
        if table not in names.columns:
            return f"unknown table {table}"
    meanings: tuple[str | None, ...] = identity.tables if uses_t(identity) else (None,)
    for meaning in meanings:
        try:
            _Walk(identity, names, meaning).run()
        except Refused as error:
            return str(error)
    return ""


class _Walk:
    """Walks the formulas of one entry for one meaning of T."""

    def __init__(self, identity: "Identity", names: Names, table: str | None) -> None:
        self.identity, self.names, self.table = identity, names, table
        self.fields: frozenset[str] | None = None
        self.used: set[str] = set()

    def run(self) -> None:
        if self.identity.for_each:
            self.bind(parse(self.identity.for_each))
        for formula in filter(None, (self.identity.formula, self.identity.when)):
            self.visit(parse(formula))
        for column in self.identity.columns:
            if column != "amount" and not any(column in self.names.columns[table] for table in self.used):
                raise Refused(f"unknown column {column} in columns")

    def bind(self, node: ast.expr) -> None:
        slot = slot_ref(node)
        if slot:
            if slot[1] not in self.names.lists:
                raise Refused(f"for_each over {slot[1]}, which is no list slot")
            self.fields = self.names.lists[slot[1]]
            return
        table = self.known_table(node.value) if isinstance(node, ast.Subscript) else None
        if not table or not isinstance(node, ast.Subscript):
            raise Refused(f"for_each not understood: {ast.unparse(node)}")
        self.rows(table, node.slice)
        self.fields = self.names.columns[table] | {"key", "subject_code", "subject_name"}

    def known_table(self, node: ast.AST) -> str | None:
        ref = table_ref(node, self.table)
        if ref is None or (isinstance(node, ast.Name) and node.id in WORDS):
            return None
        if ref[1] not in self.names.columns:
            raise Refused(f"unknown table {ref[1]}")
        self.used.add(ref[1])
        return ref[1]

    def rows(self, table: str, node: ast.expr) -> None:
        for part in node.elts if isinstance(node, ast.Tuple) else [node]:
            if isinstance(part, ast.Name) and part.id in self.names.rows[table]:
                continue
            code = isinstance(part, ast.Constant) and re.fullmatch(r"\d{3}(\d\d){0,2}", str(part.value))
            if not (code and table in self.names.coded):
                raise Refused(f"unknown row {table}[{ast.unparse(part)}]")

    def visit(self, node: ast.AST) -> None:
        slot = slot_ref(node)
        if slot:
            if slot[1] not in self.names.slots:
                raise Refused(f"unknown slot stmt.{slot[1]}")
        elif isinstance(node, ast.Subscript):
            self.subscript(node)
        elif isinstance(node, ast.Attribute):
            self.attribute(node)
        elif isinstance(node, ast.Call):
            self.call(node)
        elif isinstance(node, ast.Name):
            self.name(node)
        else:
            for child in ast.iter_child_nodes(node):
                self.visit(child)

    def name(self, node: ast.Name) -> None:
        if node.id == "r" and self.fields is None:
            raise Refused("r used without for_each")
        if node.id == "c" and not self.identity.columns:
            raise Refused("c used without columns")
        if node.id not in WORDS:
            self.known_table(node)

    def subscript(self, node: ast.Subscript) -> None:
        table = self.known_table(node.value) if isinstance(node.value, ast.Name | ast.Attribute) else None
        if table:
            self.rows(table, node.slice)
            return
        selector = ast.unparse(node.slice)
        if selector not in ("c", "r.key"):
            raise Refused(f"unknown column selector [{selector}]")
        self.visit(node.value)
        self.visit(node.slice)

    def attribute(self, node: ast.Attribute) -> None:
        columns = self.columns_of(node.value)
        if columns is None:
            raise Refused(f"cannot resolve {ast.unparse(node)}")
        if node.attr not in columns:
            raise Refused(f"unknown column {ast.unparse(node)}")
        self.visit(node.value)

    def columns_of(self, base: ast.expr) -> frozenset[str] | None:
        """What may follow the dot: columns of a table, fields of a list slot, properties of a table."""
        slot = slot_ref(base)
        if slot:
            return self.names.lists.get(slot[1])
        if isinstance(base, ast.Subscript):
            table = self.known_table(base.value)
            return self.names.columns[table] | {"subject_code", "subject_name"} if table else None
        if isinstance(base, ast.Call) and isinstance(base.func, ast.Name):
            return self.call_columns(base)
        if isinstance(base, ast.Name) and base.id == "r":
            self.name(base)
            return self.fields
        return frozenset({"empty_note"}) if self.known_table(base) else None

    def call_columns(self, node: ast.Call) -> frozenset[str] | None:
        if node.func.id == "lookup" and node.args:  # type: ignore[attr-defined]
            table = self.known_table(node.args[0])
            return self.names.columns[table] if table else None
        if node.func.id == "children":  # type: ignore[attr-defined]
            return frozenset().union(*self.names.lists.values(), self.fields or ())
        return None

    def call(self, node: ast.Call) -> None:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise Refused(f"odd call {ast.unparse(node)}")
        name = node.func.id
        if name not in self.names.functions:
            raise Refused(f"unknown function {name}")
        if name in ("prints", "of_which", "nonzero_items"):
            self.member(node)
            return
        for argument in node.args:
            if table_ref(argument, self.table):
                self.known_table(argument)
            else:
                self.visit(argument)

    def member(self, node: ast.Call) -> None:
        table = self.known_table(node.args[0]) if len(node.args) == 2 else None
        if not table or not isinstance(node.args[1], ast.Name):
            raise Refused(f"odd call {ast.unparse(node)}")
        sides = {"personnel", "public"} if node.func.id == "nonzero_items" else set()  # type: ignore[attr-defined]
        known = sides or self.names.columns[table] | self.names.rows[table]
        if node.args[1].id not in known:
            raise Refused(f"unknown column or row {ast.unparse(node)}")
