"""Heads that a page end cuts, between two rows or through the lines of one: the rest stands on the next page."""

from dataclasses import replace

from fiscal.dictionary.labels import normal
from fiscal.readers.grid import RawCell
from fiscal.recognise.draft import middles
from fiscal.recognise.grid_pieces import Line, Piece, Row
from fiscal.recognise.head_words import TOTALS, header_words, is_row_label, is_value, kind_of_head
from fiscal.recognise.head_words import head as head_of


def whole(upper: Piece, lower: Piece) -> Piece | None:
    """The piece with the whole head; None where the two parts cannot be laid over each other for certain.

    The parts may differ in columns, since a page shows only the borders it needs: where cells have boxes, their place
    decides, else only equal widths fit.
    """
    lower = _with_head(lower) if upper.head and not lower.head else lower
    if upper.body or not upper.head or not (lower.head or lower.body):
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
    if lower.head and len(head) == len(rows) + len(lower.head):
        head[len(rows) - 1 : len(rows) + 1] = _mended(*head[len(rows) - 1 : len(rows) + 1])
    return replace(lower, lines=[*upper.lines, *lower.lines], head=head)


def _with_head(piece: Piece) -> Piece:
    """The piece whose first row, words in their columns alone, may be the ends of the words of a head."""
    first = piece.body[0] if piece.body else None
    if first is None or any(is_value(text) or is_row_label(text) or normal(text) in TOTALS for text in first.texts):
        return piece
    return replace(piece, head=[first], body=piece.body[1:])


def _mended(upper: Row, lower: Row) -> list[Row]:
    """Two rows of a head: a word of the upper one that only its end below makes a declared one is whole again."""
    new: dict[int, RawCell] = {}
    for above, below in zip(upper.owners, lower.owners):
        if above is None or below is None or not below.text.strip() or _known(above.text):
            continue
        if _known(text := above.text.strip() + below.text.strip()):
            new |= {id(above): replace(above, text=text), id(below): replace(below, text="")}
    return [
        Row.of(*([new.get(id(cell), cell) for cell in line] for line in (row.cells, row.owners)))
        for row in (upper, lower)
    ]


def _known(text: str) -> bool:
    return head_of(text) in header_words() or bool(kind_of_head(head_of(text)))


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
