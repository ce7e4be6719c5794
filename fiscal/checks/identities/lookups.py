"""A table with its rows indexed by key, code and level, so that a formula finds a cell in one step."""

import re
from functools import cache

from fiscal.checks.identities.exact import Skip, empty
from fiscal.dictionary.labels import stem
from fiscal.dictionary.tables import catalogue
from fiscal.model.cells import BLANK, Cell
from fiscal.model.table import Row, Table

ECONOMIC = re.compile(r"e\d{3}(\d\d)?")
CODE = re.compile(r"\d{3}(\d\d){0,2}")
_VIRTUAL = {"amount": ("personnel_amount", "public_amount")}
_LEVELS = {"classes": 3, "groups": 5, "items": 7}


@cache
def codes() -> dict[str, str]:
    """Row key of a row set → code: education → 205, e30101 → 30101."""
    return {row.key: row.code for rows in catalogue().row_sets.values() for row in rows if row.code}


@cache
def set_keys(name: str) -> frozenset[str]:
    """Row keys of a row set."""
    return frozenset(row.key for row in catalogue().row_sets[name])


@cache
def fixed_keys(table: str) -> frozenset[str]:
    """Row keys that the entry of a table declares."""
    return frozenset(row.key for row in catalogue()[table].rows)


@cache
def listed_rows() -> frozenset[str]:
    """Keys of functional classes and economic items: not printed means nothing of the kind."""
    return set_keys("functional_classes") | set_keys("economic_items")


def code_of(row: Row) -> str:
    """The classification code of a row; where none is printed, or one that lost a digit, the key tells it."""
    return row.code if len(row.code) in (3, 5, 7) else codes().get(row.key, row.code)


@cache
def _is_amount(table: str, key: str) -> bool:
    """Not so of rates, which do not add up."""
    column = catalogue()[table].column(key)
    return column is None or column.kind != "percent"


class Sheet:
    """One table, indexed. All selections are computed once."""

    def __init__(self, table: Table) -> None:
        self.table, self.id, self.unit = table, table.id, table.unit
        self.columns = [column.key for column in table.columns]
        self.amounts = [key for key in self.columns if _is_amount(table.id, key)]
        self.labels = {column.key: column.label for column in table.columns}
        self.known = frozenset(self.columns) | {key for row in table.rows for key in row.cells}
        self.printed = frozenset(
            key for row in table.rows for key, cell in row.cells.items() if cell.state != BLANK
        )  # fmt: skip
        self.empty = not self.printed
        self.by_key: dict[str, Row] = {}
        self.by_code: dict[str, list[Row]] = {}
        for row in table.rows:
            self.by_key.setdefault(row.key, row)
            self.by_code.setdefault(code_of(row), []).append(row)
        self.has_economic = any(ECONOMIC.fullmatch(key) for key in self.known)
        lengths = {len(key) for key in self.printed if ECONOMIC.fullmatch(key)}
        self.silent = frozenset(
            key for key in self.known if ECONOMIC.fullmatch(key) and len(key) not in lengths and not self.empty
        )  # a level of economic columns of which nothing is printed is missing, not blank
        self._lengths = lengths
        self._levels: dict[int, bool] = {}
        self._selected: dict[str, list[Row]] = {}
        self._below: dict[str, list[Row]] | None = None
        self._sets: dict[tuple[str, ...], bool] = {}

    @property
    def coded(self) -> list[Row]:
        return self.select("all")

    def select(self, name: str) -> list[Row]:
        """Rows of a selector, a row set, a fixed key or a code; [] where the table prints none of them."""
        found = self._selected.get(name)
        if found is None:
            found = self._selected[name] = self._find(name)
        return found

    def _find(self, name: str) -> list[Row]:
        rows = self.table.rows
        if name == "all":
            return [row for row in rows if CODE.fullmatch(row.code) and row.key != "total"]
        if name in _LEVELS:
            return [row for row in self.coded if len(row.code) == _LEVELS[name]]
        if name == "leaves":
            above = {code[:end] for code in self.by_code for end in (3, 5) if len(code) > end}
            return [row for row in self.coded if row.code not in above]
        if name == "functional_classes":
            return [row for row in rows if row.key in set_keys(name) or self._stray_class(row)]
        if name in catalogue().row_sets:
            return [row for row in rows if row.key in set_keys(name)]
        if name == "data" and "data" not in self.by_key:
            return list(rows) if len(rows) == 1 else []
        if name in self.by_key:
            return [self.by_key[name]]
        return self.by_code.get(name, [])[:1] if CODE.fullmatch(name) else []

    def _stray_class(self, row: Row) -> bool:
        """A printed line among the classes whose name is not in the dictionary: it counts in the sum."""
        if row.key in fixed_keys(self.id) or row.side in ("revenue", "left", "income"):
            return False
        if row.level == "class":
            return True
        amounts = [key for key, cell in row.cells.items() if cell.state != BLANK]
        return bool(amounts) and not row.level and all(key.startswith("expenditure") for key in amounts)

    def strays(self, side: str) -> bool:
        """An unrecognised line with a number on this side of a two-sided table."""
        return any(
            not row.code
            and row.key not in fixed_keys(self.id)
            and any(key.startswith(side) and cell.state != BLANK for key, cell in row.cells.items())
            for row in self.table.rows
        )

    def children(self, row: Row) -> list[Row]:
        """Rows one level below: the next code level with this code as prefix."""
        if self._below is None:
            self._below = {}
            for other in self.table.rows:
                self._below.setdefault(code_of(other)[:-2], []).append(other)
        code = code_of(row)
        return self._below.get(code, []) if code else []

    def repeats_codes(self) -> bool:
        """One code heads several rows (tables that list project names)."""
        return any(len(rows) > 1 for code, rows in self.by_code.items() if code)

    def matching(self, code: str, name: str = "") -> list[Row] | None:
        """Rows with this code, or name where no code is known. None: cannot be told, [] = not listed."""
        if code:
            found = self.by_code.get(code, [])
            known = found or self.empty or any(len(other) == len(code) for other in self.by_code if other)
            return found if known else None
        found = [row for row in self.table.rows if name and stem(row.label) == stem(name)]
        return found or None

    def has_column(self, key: str) -> bool:
        """The table prints this column (`amount` of the basic table stands in either panel)."""
        return key in self.known or any(other in self.known for other in _VIRTUAL.get(key, ()))

    def leaves_out(self, column: str) -> bool:
        """A column that only some forms print and this one does not: nothing of the kind."""
        entry = catalogue()[self.id].column(column)
        return entry is not None and entry.optional and not entry.code and not self.has_column(column)

    def get(self, row: Row, column: str) -> Cell:
        """The cell of a row. A column that this form does not list is blank if economic, else missing."""
        if column in self.silent:
            raise Skip("missing", f"{self.id}.{column}")
        cell = row.cells.get(column)
        if cell is not None:
            return cell
        for other in _VIRTUAL.get(column, ()):
            if other in row.cells:
                return row.cells[other]
        listed = ECONOMIC.fullmatch(column) and len(column) in self._lengths
        if self.has_column(column) or listed or self.empty:
            return empty(self.unit, table=self.id, row=row.label, column=self.labels.get(column, column))
        raise Skip("missing", f"{self.id}.{column}")

    def absent(self, key: str, column: str) -> Cell:
        """The cell of a row that the table does not print: blank where that means nothing of the kind."""
        if key in listed_rows() or (self.empty and not self.strays("")):
            return empty(self.unit, table=self.id, row=key, column=self.labels.get(column, column))
        raise Skip("missing", f"{self.id}[{key}]")

    def level_printed(self, length: int) -> bool:
        """Some row whose code has this length holds something."""
        found = self._levels.get(length)
        if found is None:
            rows = [row for code, rows in self.by_code.items() if len(code) == length for row in rows]
            found = any(cell.state != BLANK for row in rows for cell in row.cells.values())
            self._levels[length] = found
        return found

    def any_printed(self, columns: tuple[str, ...]) -> bool:
        """Some cell of these columns holds something: a column set of which nothing is printed is missing."""
        found = self._sets.get(columns)
        if found is None:
            found = self._sets[columns] = not self.printed.isdisjoint(columns) or self.empty
        return found

    @property
    def form(self) -> str:
        """a or b (财政拨款支出决算明细表), flow, matrix or plain, by the printed columns."""
        if self.id == "appropriation_expenditure_detail":
            return "a" if {"general_total", "fund_total"} & self.known else "b"
        if self.has_economic and any(ECONOMIC.fullmatch(key) for key in self.printed):
            return "matrix"
        return "flow" if "opening" in self.known and "closing" in self.known else "plain"
