"""Tables that a page is too narrow for: their right halves, columns of amounts alone, joined by the places of rows."""

from dataclasses import replace

from fiscal.model.cells import Place
from fiscal.recognise.columns import CODE, NAME
from fiscal.recognise.draft import Draft, Segment
from fiscal.recognise.grid_pieces import Line

_NEAR = 3.0  # points: rows of the two halves stand no farther from the same height


def is_right(part: Segment, draft: Draft) -> bool:
    """Whether a piece has columns of amounts alone, which rows of its table lack so far."""
    lacking = any(not part.keys & other.keys for other in draft.segments)
    return lacking and not (part.of_kind(NAME) or part.of_kind(CODE))


def join_right(right: Segment, draft: Draft) -> bool:
    """Widen the first left half without these columns; False where number or heights of the rows do not agree.

    A half that could not be joined leaves open which half the next one belongs to: then none is joined.
    """
    left = next((part for part in draft.segments if not right.keys & part.keys), None)
    rows = None if draft.loose or left is None else _beside(left, right)
    if left is None or rows is None:
        draft.loose = True
        return False
    left.halves = [*(left.halves or [replace(left)]), right]
    width, blank = len(left.found), (None,) * len(right.found)
    left.found = [*left.found, *(replace(chain, index=chain.index + width) for chain in right.found)]
    left.taken = left.taken | {index + width: entry for index, entry in right.taken.items()}
    left.body = [
        (*line, *[None] * (width - len(line)), *rows.get(number, blank)) for number, line in enumerate(left.body)
    ]
    return True


def _beside(left: Segment, right: Segment) -> dict[int, Line] | None:
    """Number of a row of the left half → the row of the right one at its height; None where the halves differ."""
    tops = [_top(line) for line in left.body]
    one, two = _span(left.place), _span(right.place)
    if not one or not two or abs((one[1] - one[0]) - (two[1] - two[0])) > _NEAR:
        return None
    rows: dict[int, Line] = {}
    for line in right.body:
        top = _top(line)
        at = [n for n, y in enumerate(tops) if y is not None and top is not None and _close(y - one[0], top - two[0])]
        if len(at) != 1 or at[0] in rows:
            return None
        rows[at[0]] = line
    return rows


def _close(one: float, two: float) -> bool:
    return abs(one - two) <= _NEAR


def _span(place: Place) -> tuple[float, float] | None:
    return (place.bbox[1], place.bbox[3]) if place.bbox else None


def _top(line: Line) -> float | None:
    """The height at which a row begins; cells that reach down from above begin higher."""
    return max((cell.place.bbox[1] for cell in line if cell is not None and cell.place.bbox is not None), default=None)
