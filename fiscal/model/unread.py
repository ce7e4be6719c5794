"""What was seen and not read: a state of its own beside number, blank and 未公开, from a whole file to one cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from fiscal.model.cells import Place

FILE, SHEET, TABLE, COLUMN, ROW, CELL, PAGE, SECTION = (
    "file", "sheet", "table", "column", "row", "cell", "page", "section",
)  # fmt: skip
MARK = "〔未读出〕"  # stands in a grid where a cell was seen and not read


@dataclass(frozen=True, slots=True)
class Unread:
    """One part of a document that was seen and not read.

    what    file | sheet | table | column | row | cell | page | section
    table   id of the statutory table it is, or is part of; "" where that is not known. Readers, which know no ids, put
            the line here that names it (a sheet name, the title above an object)
    place   file, page, sheet, cell; the labels of row and column where only these were not read
    reason  why, and what to do, as a sentence in Chinese
    """

    what: str
    table: str = ""
    place: Place = field(default_factory=Place)
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether a whole table (or more) was not read, rather than a part of one that was."""
        return self.what in (FILE, SHEET, TABLE, PAGE)


def gathered(parts: Iterable[Unread]) -> tuple[Unread, ...]:
    """Cells of one table with one reason told once: the place of the first, and how many more there are."""
    found: dict[tuple, list[Unread]] = {}
    for part in parts:
        single = (part.what, part.place) if part.what != CELL else ()
        found.setdefault((part.table, part.reason, part.place.document, part.place.sheet, *single), []).append(part)
    return tuple(_joined(same) for same in found.values())


def _joined(same: list[Unread]) -> Unread:
    first, rest = same[0], len(same) - 1
    return replace(first, reason=f"{first.reason}（同类共{rest + 1}格）") if rest and first.what == CELL else first
