"""Laying the rows of a page without header under the columns of the page before, where their numbers differ."""

from collections.abc import Sequence

from fiscal.readers.grid import RawCell
from fiscal.recognise.columns import CODE
from fiscal.recognise.draft import Segment
from fiscal.recognise.grid_pieces import Line, Piece


def aligned(piece: Piece, before: Segment) -> list[Line] | None:
    """The body of `piece` with one position per column of `before`; None where they cannot be matched.

    A page whose codes are merged over 类, 款 and 项 shows fewer columns than the page with the header. Where cells have
    boxes, the middle of each column decides; without boxes only columns of codes may be missing.
    """
    body = [row.cells for row in piece.body]
    width = len(before.found)
    if piece.width == width:
        return body
    if before.middles:
        laid = [_by_position(line, before.middles) for line in body]
        return None if any(line is None for line in laid) else [line for line in laid if line is not None]
    spare = before.of_kind(CODE)[1:]
    if piece.width != width - len(spare):
        return None
    kept = [index for index in range(width) if index not in spare]
    return [_at(line, kept, width) for line in body]


def _at(line: Line, positions: Sequence[int], width: int) -> Line:
    laid: list[RawCell | None] = [None] * width
    for cell, index in zip(line, positions):
        laid[index] = cell
    return tuple(laid)


def _by_position(line: Line, middles: Sequence[float]) -> Line | None:
    laid: list[RawCell | None] = [None] * len(middles)
    for cell in line:
        if cell is None:
            continue
        box = cell.place.bbox
        inside = [i for i, middle in enumerate(middles) if box and box[0] <= middle <= box[2]]
        if not inside and cell.text.strip():
            return None
        if inside and laid[inside[0]] is None:
            laid[inside[0]] = cell
    return tuple(laid)
