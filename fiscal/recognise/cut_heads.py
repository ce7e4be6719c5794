"""Heads that a page end cuts: their first rows stand on one page, the rest and the body on the next."""

from dataclasses import replace

from fiscal.readers.grid import RawCell
from fiscal.recognise.draft import middles
from fiscal.recognise.grid_pieces import Line, Piece, Row


def whole(upper: Piece, lower: Piece) -> Piece | None:
    """The piece with the whole head; None where the two parts cannot be laid over each other for certain.

    The parts may differ in columns, since a page shows only the borders it needs: where cells have boxes, their place
    decides, else only equal widths fit.
    """
    if upper.body or not upper.head or not lower.head:
        return None
    if upper.width == lower.width and not _at(lower):
        rows = upper.head
    else:
        laid = [_laid(row, _at(lower)) for row in upper.head]
        rows = [row for row in laid if row is not None]
        if len(rows) < len(laid):
            return None
    known = [row.texts for row in rows]
    head = [*rows, *(row for row in lower.head if row.texts not in known)]
    return replace(lower, lines=[*upper.lines, *lower.lines], head=head)


def _at(piece: Piece) -> tuple[float, ...]:
    return middles([row.cells for row in (*piece.head, *piece.body)], piece.width)


def _laid(row: Row, at: tuple[float, ...]) -> Row | None:
    """The row over the columns whose middles are `at`: each of its texts over those inside its box."""
    over: list[RawCell | None] = [None] * len(at)
    for cell in row.cells:
        box = cell.place.bbox if cell is not None else None
        if cell is None or (box is None and not cell.text.strip()):
            continue
        if box is None:
            return None
        inside = [index for index, middle in enumerate(at) if box[0] <= middle <= box[2]]
        if not inside and cell.text.strip():
            return None
        one = replace(cell, cols=max(len(inside), 1), rows=1)
        for index in inside:
            over[index] = one
    cells: Line = tuple(cell if not index or cell is not over[index - 1] else None for index, cell in enumerate(over))
    return Row(cells, tuple(over), row.texts)
