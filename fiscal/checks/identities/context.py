"""What a formula can ask: the tables and the narrative of one account, and of the year before."""

from collections.abc import Mapping
from decimal import Decimal

from fiscal.checks.identities.exact import Skip
from fiscal.checks.identities.lookups import Sheet
from fiscal.dictionary.labels import stem
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.table import Row
from fiscal.model.text import Entry, Narrative

_TWINS = {"state_capital": "state_capital_expenditure", "state_capital_expenditure": "state_capital"}
_TWIN_COLUMNS = frozenset({"total", "basic", "project"})
TRUE, FALSE = frozenset({"true", "是", "1", "yes"}), frozenset({"false", "否", "0", "no"})


class Facts:
    """Tables and narrative of one account, with what follows from them when the narrative does not list it."""

    def __init__(self, disclosure: Disclosure, narrative: Narrative) -> None:
        self.disclosure, self.narrative = disclosure, narrative
        self.sheets = {key: Sheet(table) for key, table in disclosure.tables.items()}
        self.slots = narrative.slots
        self.words = _words(disclosure, narrative)
        self.lists = _lists(disclosure, narrative)
        self.profile = disclosure.profile
        self.sources = _sources(narrative)
        self._codes: dict[tuple[str, int], dict[str, set[str]]] | None = None

    @property
    def year(self) -> int | None:
        return self.disclosure.year

    def sheet(self, key: str) -> Sheet:
        found = self.sheets.get(key)
        if found is None:
            raise self.without(key)
        return found

    def without(self, key: str) -> Skip:
        """Why a table cannot be asked: seen and not read, or not there."""
        return Skip("unread" if self.disclosure.was_seen(key) else "missing", key)

    def readable(self, key: str, column: str = "") -> Sheet:
        """The table, or the other form of the state-capital table for the columns they share."""
        found = self.sheets.get(key)
        if found is None and column in _TWIN_COLUMNS:
            found = self.sheets.get(_TWINS.get(key, ""))
        if found is None:
            raise self.without(key)
        return found

    def has(self, key: str) -> bool:
        """The table or, of the two state-capital tables, the other one is there."""
        return key in self.sheets or _TWINS.get(key) in self.sheets

    def codes_named(self, name: str, length: int) -> dict[str, set[str]]:
        """Codes of so many digits that rows of this name carry, each with the tables that do."""
        if self._codes is None:
            self._codes = {}
            for sheet in self.sheets.values():
                for row in sheet.coded:
                    named = self._codes.setdefault((stem(row.label), len(row.code)), {})
                    named.setdefault(row.code, set()).add(sheet.id)
        return self._codes.get((stem(name), length), {})

    def stated(self, slot: str, k: int = 0) -> Cell:
        """The k-th statement of a slot (the first where there are fewer)."""
        cells = self.slots.get(slot)
        if not cells:
            raise Skip("missing", f"stmt.{slot}")
        return cells[k] if k < len(cells) else cells[0]

    def word(self, slot: str, k: int = 0) -> str:
        words = self.words.get(slot)
        if not words:
            raise Skip("missing", f"stmt.{slot}")
        return words[k] if k < len(words) else words[0]

    def entries(self, slot: str) -> list[Entry]:
        entries = self.lists.get(slot)
        if not entries:
            raise Skip("missing", f"stmt.{slot}")
        return entries


def _sources(narrative: Narrative) -> dict[int, str]:
    """id of a stated cell → the slot it was stated for, gpb_items[2010301].actual for fields of a list."""
    found = {id(cell): slot for slot, cells in narrative.slots.items() for cell in cells}
    for slot, entries in narrative.lists.items():
        for entry in entries:
            name = entry.get("code") or entry.get("name") or entry.get("kind") or ""
            for field, value in entry.items():
                if isinstance(value, Cell):
                    found.setdefault(id(value), f"{slot}[{name}].{field}")
    return found


def _words(disclosure: Disclosure, narrative: Narrative) -> dict[str, list[str]]:
    words = {key: [str(value) for value in values] for key, values in narrative.words.items()}
    if disclosure.year is not None:
        words.setdefault("fiscal_year", [str(disclosure.year)])
    if disclosure.entity:
        words.setdefault("entity_name", [disclosure.entity])
    for statement in narrative.claims:
        base = statement.subject.removesuffix("_change")
        if statement.base not in ("", "last_year"):
            continue
        if statement.direction and base != statement.subject and f"{base}_direction" not in narrative.words:
            words.setdefault(f"{base}_direction", []).append(statement.direction)
    return words


def _lists(disclosure: Disclosure, narrative: Narrative) -> dict[str, list[Entry]]:
    lists = dict(narrative.lists)
    if disclosure.listed:
        lists.setdefault("tables_listed", [{"table": key} for key in disclosure.listed])
    if disclosure.tables:
        seen = [part.table for part in disclosure.unread if part.is_whole]
        unread = [key for key in disclosure.listed if key in seen or "" in seen]
        lists.setdefault("tables_found", [{"table": key} for key in (*disclosure.tables, *unread)])
    lists.setdefault("repeats", _repeats(narrative))
    return lists


def _repeats(narrative: Narrative) -> list[Entry]:
    """Every further statement of a slot beside its first one; approximate values are no statement of equality."""
    entries: list[Entry] = []
    for slot, cells in narrative.slots.items():
        exact = [cell for cell in cells if not cell.approximate]
        entries += [{"slot": slot, "value": cell, "first": exact[0]} for cell in exact[1:]]
    return entries


class Env:
    """One instance being evaluated: the row r, the column c, and what was touched on the way.

    `swap` replaces cells by others (id of a cell → the one to read instead): a trial correction.
    """

    __slots__ = ("c", "facts", "k", "names", "prev", "r", "seen", "sheet", "sides", "swap")

    def __init__(self, facts: Facts, prev: Facts | None, swap: Mapping[int, Cell] | None = None) -> None:
        self.facts, self.prev, self.swap = facts, prev, swap or {}
        self.r: Row | Entry | None = None
        self.sheet: Sheet | None = None
        self.c = ""
        self.k = 0
        self.seen: list[Cell] = []
        self.names: list[str] = []
        self.sides: list = []

    def side(self, previous: bool) -> Facts:
        if not previous:
            return self.facts
        if self.prev is None:
            raise Skip("missing", "prev")
        return self.prev

    def now(self, cells: list[Cell]) -> list[Cell]:
        """The cells to read: those of the account, or what a trial puts in their place."""
        return [self.swap.get(id(cell), cell) for cell in cells] if self.swap else cells

    def fresh(self) -> None:
        """Forget what the last part touched."""
        if self.seen or self.names or self.sides:
            self.seen, self.names, self.sides = [], [], []


def as_number(value: object) -> Decimal | None:
    """A count, a year or an amount as a number; None where it is none."""
    if isinstance(value, Cell):
        return value.value
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return None
