"""Laying the rows of a page without header under the columns of the page before, where their numbers differ."""

from collections.abc import Sequence
from itertools import pairwise

from fiscal.model.cells import Place
from fiscal.model.unread import MARK
from fiscal.readers.grid import RawCell
from fiscal.recognise.codes import digits
from fiscal.recognise.columns import AMOUNT, CODE, NAME, SPARE
from fiscal.recognise.draft import DECIMALS, Segment, middles, text_at
from fiscal.recognise.grid_pieces import Line, Piece
from fiscal.recognise.head_words import is_value

NOT_HERE = RawCell(MARK, Place(), unread="续页上没有这一栏，这些行在该栏的金额不知道")


def aligned(piece: Piece, before: Segment) -> list[Line] | None:
    """The body of `piece` with one position per column of `before`; None where they cannot be matched.

    A page whose codes are merged over 类, 款 and 项 shows fewer columns than the page with the header. Where cells have
    boxes, the middle of each column decides; without boxes only columns of codes may be missing.
    """
    laid = _laid_out([row.cells for row in piece.body], piece, before)
    return None if laid is None or _other_content(laid, before) else laid


def _laid_out(body: list[Line], piece: Piece, before: Segment) -> list[Line] | None:
    width = len(before.found)
    own = middles(body, piece.width) if before.middles else ()
    if piece.width == width and (not own or _same_places(own, before.middles)):
        return body
    if before.middles:
        laid = _by_position(body, before)
        return body if laid is None and piece.width == width and _alike(body, before) else laid
    spare = before.of_kind(CODE)[1:]
    if piece.width != width - len(spare):
        return None
    kept = [index for index in range(width) if index not in spare]
    return [_at(line, kept, width) for line in body]


def _other_content(body: list[Line], before: Segment) -> bool:
    """Whether amounts, or nothing, stand where the page before has codes and names: a right half, no rows of it."""
    columns = [*before.of_kind(CODE), *before.of_kind(NAME)]
    texts = [text for line in body for index in columns if (text := text_at(line, index))]
    known = (text_at(line, index) for line in before.body for index in columns)
    return bool(columns) and (not texts or (any(map(DECIMALS.search, texts)) and not any(map(DECIMALS.search, known))))


def _same_places(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether columns stand at the same places, all of them perhaps a little shifted as odd and even pages are."""
    shifts = [a - b for a, b in zip(one, other)]
    narrowest = min((b - a for a, b in pairwise(other)), default=0.0)
    return max(map(abs, shifts)) < narrowest / 2 or max(shifts) - min(shifts) < narrowest / 4 > abs(shifts[0]) / 4


def _alike(body: list[Line], before: Segment) -> bool:
    """Whether what stands in each column is what its kind asks for."""
    codes, names, amounts = before.of_kind(CODE), before.of_kind(NAME), before.of_kind(AMOUNT)
    return all(
        (index not in codes or bool(digits(text)))
        and (index not in names or not is_value(text))
        and (index not in amounts or is_value(text))
        for line in body
        for index in (*codes, *names, *amounts)
        if (text := text_at(line, index))
    )


def _at(line: Line, positions: Sequence[int], width: int) -> Line:
    laid: list[RawCell | None] = [None] * width
    for cell, index in zip(line, positions):
        laid[index] = cell
    return tuple(laid)


def _by_position(body: list[Line], before: Segment) -> list[Line] | None:
    """Each cell under the first column whose middle it covers; amounts of columns that hardly any covers are unread."""
    over = [_covered(line, before.middles) for line in body]
    if any(part is None for part in over):
        return None
    amounts = set(before.of_kind(AMOUNT))
    bare = {
        index for index in range(len(before.middles)) if 2 * sum(index in (part or ()) for part in over) <= len(body)
    }
    if not bare <= amounts | set(before.of_kind(SPARE)):
        return None
    return [_laid(part or {}, bare & amounts, len(before.middles)) for part in over]


def _covered(line: Line, middles: Sequence[float]) -> dict[int, RawCell] | None:
    """Column → the cell over its middle; None where a text stands over no column."""
    over: dict[int, RawCell] = {}
    for cell in line:
        box = cell.place.bbox if cell is not None else None
        inside = [index for index, middle in enumerate(middles) if box and box[0] <= middle <= box[2]]
        if cell is None or (not inside and not cell.text.strip()):
            continue
        if not inside:
            return None
        over |= {index: cell for index in inside if index not in over}
    return over


def _laid(over: dict[int, RawCell], bare: set[int], width: int) -> Line:
    cells = [over.get(index) for index in range(width)]
    once = [cell if cell is None or cell is not before else None for before, cell in zip([None, *cells], cells)]
    return tuple(NOT_HERE if index in bare else cell for index, cell in enumerate(once))
