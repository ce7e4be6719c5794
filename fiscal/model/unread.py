"""What was seen and not read: a state of its own beside number, blank and 未公开, from a whole file to one cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from fiscal.model.cells import Place

FILE, SHEET, TABLE, COLUMN, ROW, CELL, PAGE, SECTION = (
    "file", "sheet", "table", "column", "row", "cell", "page", "section",
)  # fmt: skip
_COUNTED = (CELL, PAGE)
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
    """Cells of one table, or pages of one file, with one reason told once: the first place, and how many more."""
    found: dict[tuple, list[Unread]] = {}
    for part in parts:
        single = () if part.what in _COUNTED else (part.place,)
        found.setdefault(
            (part.what, part.table, part.reason, part.place.document, part.place.sheet, *single), []
        ).append(part)
    return tuple(_joined(same) for same in found.values())


def _joined(same: list[Unread]) -> Unread:
    first = same[0]
    if len(same) == 1 or first.what not in _COUNTED:
        return first
    pages = "、".join(str(part.place.page) for part in same)
    more = f"（同类共{len(same)}格）" if first.what == CELL else f"（第{pages}页同此）"
    return replace(first, reason=first.reason + more)
