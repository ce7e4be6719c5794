"""Whether what was not read of a table explains why an identity does not hold: then nothing is concluded."""

from collections.abc import Iterable

from fiscal.checks.identities.context import Facts
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.unread import COLUMN, ROW


def explains(facts: Facts, prev: Facts | None, cells: Iterable[Cell]) -> bool:
    """Whether a part that was not read may hold what is missing.

    A column may be a term of a sum along a row, a row one of a sum down a column or the one that seems not to be
    printed; any other part (a page, a piece of the table) may be either. A blank without a place was not printed.
    """
    shown = list(cells)
    documents = [facts.disclosure, *([prev.disclosure] if prev else [])]
    return any(_explains(document, shown) for document in documents if document.unread)


def _explains(document: Disclosure, cells: list[Cell]) -> bool:
    gaps: dict[str, set[str]] = {}
    for part in document.unread:
        if part.table in document.tables:
            gaps.setdefault(part.table, set()).add(part.what)
    for table, kinds in gaps.items():
        own = [cell.place for cell in cells if cell.place.table == table]
        columns, rows = {place.column for place in own}, {place.row for place in own}
        absent = any(cell.is_blank and not cell.place.document for cell in cells if cell.place.table == table)
        if own and _fits(kinds, len(columns) > 1, len(rows) > 1, absent=absent):
            return True
    return False


def _fits(kinds: set[str], across: bool, down: bool, *, absent: bool) -> bool:
    other = kinds - {COLUMN, ROW, "cell"}
    return (COLUMN in kinds and (across or absent)) or (ROW in kinds and (down or absent)) or bool(other)
