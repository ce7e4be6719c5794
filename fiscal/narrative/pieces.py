"""What the narrative is made of: sentences of words and figures, gathered in sections."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fiscal.model.cells import Cell
from fiscal.model.money import UNKNOWN_MARK

_NO_ID = re.compile(r"[\s\"'<>#&]+")


def anchor(table: str, row: str, column: str) -> str:
    """The id of a table cell in the page, and what a figure of a sentence links to."""
    return _NO_ID.sub("-", f"c-{table}-{row}-{column}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a sentence: as shown, with its unit, the cell it was read from and the table cell it links to.

    conflict  in words what other places print instead, or ""
    others    the cells there
    """

    text: str
    cell: Cell | None = None
    anchor: str = ""
    source: str = ""
    conflict: str = ""
    others: tuple[Cell, ...] = ()


class Carried(str):
    """Words of last year's account, taken over until somebody confirms them."""


Piece = str | Figure


@dataclass(frozen=True, slots=True)
class Sentence:
    """One or more sentences of one paragraph, in pieces."""

    pieces: tuple[Piece, ...]

    def text(self) -> str:
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table of the narrative: head and lines of texts or figures, the columns `amounts` are numbers.

    `note` stands under it.
    """

    title: str
    head: tuple[str, ...]
    lines: tuple[tuple[Piece, ...], ...]
    note: str = ""
    amounts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """One section of the narrative.

    part   the part of the document it belongs to (部门概况, 决算情况说明, 名词解释, 附件)
    number 一、 （一） or "", as printed before the title; `level` 2 for sections, 3 for their parts
    lacks  what it asked the account for in vain, see `Source`
    """

    key: str
    title: str
    paragraphs: Sequence[str | Sentence] = ()
    grids: Sequence[Grid] = ()
    part: str = ""
    number: str = ""
    level: int = 2
    lacks: Mapping[str, str] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        return f"{self.number}{self.title}"

    def text(self) -> str:
        """The section as plain text: heading, then one line per paragraph, then its grids line by line."""
        lines = [self.heading, *(str(paragraph) for paragraph in self.paragraphs)]
        for grid in self.grids:
            rows = [grid.head, *grid.lines]
            lines += [grid.title, *("\t".join(_plain(piece) for piece in row) for row in rows)]
            lines += [grid.note] if grid.note else []
        return "\n".join(lines)


def _plain(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.text


def shown(cell: Cell) -> str:
    """A figure as it stands in a sentence: printed digits and unit, 未公开 where it is unknown, nothing for a blank."""
    if cell.is_unknown:
        return UNKNOWN_MARK
    return f"{cell}{cell.unit}" if cell.is_number else ""
