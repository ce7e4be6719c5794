"""Whether what was not read of a table explains why an identity does not hold: then nothing is concluded."""

import re
from collections.abc import Collection, Iterable

from fiscal.checks.identities.context import Facts
from fiscal.dictionary.tables import catalogue
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.unread import CELL, COLUMN, FILE, PAGE, ROW, SECTION

_PRESENCE = re.compile(r"children\(|contains_all\(|(?<!not )present\(|>= 1$")


def explains(facts: Facts, prev: Facts | None, cells: Iterable[Cell]) -> bool:
    """Whether a part that was not read may hold what is missing.

    A column may be a term of a sum along a row, a row one of a sum down a column or the one that seems not to be
    printed; any other part (a page, a piece of the table) may be either. A blank without a place was not printed.
    """
    shown = list(cells)
    documents = [facts.disclosure, *([prev.disclosure] if prev else [])]
    return any(_not_printed(document, shown) or _explains(document, shown) for document in documents)


def may_hold(document: Disclosure, formula: str, tables: Collection[str | None]) -> bool:
    """Whether a condition that something is there may hold in what was not read of the text or of these tables."""
    if not _PRESENCE.search(formula) or formula.startswith("not "):
        return False
    if "stmt.sections" in formula:
        return any(part.what in (FILE, PAGE, SECTION) for part in document.unread)
    lacking = any(_lacking(document, table) or _nameless(document, table) for table in tables)
    return lacking or any(part.table in tables and part.what != CELL for part in document.unread)


def _lacking(document: Disclosure, key: str | None) -> set[str]:
    """Columns that a form asks for and a filled table does not have."""
    table = document.tables.get(key or "")
    if key is None or table is None or table.empty or key not in catalogue().entries:
        return set()
    asked = {column.key for column in catalogue()[key].amounts if not (column.optional or column.virtual)}
    return asked - {column.key for column in table.columns}


def _nameless(document: Disclosure, key: str | None) -> bool:
    """Whether a row with amounts has neither code nor name: it may be the one that seems not to be there."""
    table = document.tables.get(key or "")
    rows = table.rows if table is not None else ()
    return any(not (row.code or row.label) and any(not c.is_blank for c in row.cells.values()) for row in rows)


def _not_printed(document: Disclosure, cells: list[Cell]) -> bool:
    """Whether a term stands in a column that its table does not have."""
    return any(cell.is_blank and cell.place.column in _lacking(document, cell.place.table) for cell in cells)


def _explains(document: Disclosure, cells: list[Cell]) -> bool:
    gaps: dict[str, set[str]] = {}
    for part in document.unread:
        if part.table in document.tables:
            gaps.setdefault(part.table, set()).add(part.what)
    for table, kinds in gaps.items():
        own = [cell.place for cell in cells if cell.place.table == table]
        columns = {place.column for place in own}
        rows = range(len({(place.row, place.cell, place.bbox) for place in own}) // max(len(columns), 1))
        absent = any(cell.is_blank and not cell.place.document for cell in cells if cell.place.table == table)
        if own and _fits(kinds, len(columns) > 1, len(rows) > 1, absent=absent):
            return True
    return False


def _fits(kinds: set[str], across: bool, down: bool, *, absent: bool) -> bool:
    other = kinds - {COLUMN, ROW, "cell"}
    return (COLUMN in kinds and (across or absent)) or (ROW in kinds and (down or absent)) or bool(other)
