"""Characters become printed lines of text, by where they stand and not by the order in the file."""

from dataclasses import dataclass, field

import numpy as np

from fiscal.readers.pdf.chars import Chars, text_of

_SAME_LINE = 0.4  # of the type's height: baselines nearer than this are one line
_WIDE_GAP, _NARROW_GAP = 0.45, 0.25  # of the type's height: a gap that is a space beside CJK, between digits or letters
_CJK = 0x2E80
_HAN = 0x3400, 0x9FFF

_PADDING = 10.8  # points that a cell leaves free beside its text: 0.19 cm at either side, as word processors set it

Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Line:
    """One printed line.

    text   with single spaces where there are gaps that stand for one
    box    left, top, right, bottom in points of the page as read; `base` is its baseline, `em` the height of its type
    edges  (n, 2) left and right of each character of `text`; a space has the gap
    page   page number from 1; `owner` the cell it stands in, where lines of cells were asked for
    """

    text: str
    box: Box
    base: float
    em: float
    edges: np.ndarray = field(default_factory=lambda: np.empty((0, 2)), repr=False)
    page: int = 0
    owner: int = 0

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def right(self) -> float:
        return self.box[2]


def wraps(line: Line, after: Line | None, width: float) -> bool:
    """Whether a line in a cell so wide has no room for the first character of the line below it (or for any)."""
    first = 0.0 if after is None else float(after.edges[0, 1] - after.edges[0, 0])
    return line.right - line.left + first > width - max(line.em, _PADDING)


def lines(chars: Chars, page: int = 0, owner: np.ndarray | None = None) -> list[Line]:
    """The lines of some characters from top to bottom; with `owner`, those of each owner apart and in its order."""
    if not len(chars):
        return []
    owner = np.zeros(len(chars), int) if owner is None else owner
    order, group = _grouped(chars, owner)
    chars, owner = chars.only(order), owner[order]
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    spaced = _spaces(chars, group)
    text = text_of(np.insert(chars.codes, spaced, 32))
    sides = chars.cell[:, [0, 2]]
    edges = np.insert(sides, spaced, np.column_stack([sides[spaced - 1, 1], sides[spaced, 0]]), axis=0)
    shifted = starts + np.searchsorted(spaced, starts, side="left")
    ends = [*shifted[1:].tolist(), len(text)]
    boxes, base, em = _measures(chars, starts)
    return [
        Line(text[one:two], boxes[k], base[k], em[k], edges[one:two], page, int(owner[starts[k]]))
        for k, (one, two) in enumerate(zip(shifted.tolist(), ends))
    ]


def _grouped(chars: Chars, owner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Reading order of the characters and the line number of each in that order."""
    order = np.lexsort((chars.base, owner))
    limit = _SAME_LINE * chars.em[order][1:]
    fresh = (np.diff(chars.base[order]) > limit) | (np.diff(owner[order]) > 0)
    group = np.concatenate([[0], np.cumsum(fresh)]).astype(int)
    within = np.lexsort((chars.cell[order, 0], group))
    return order[within], group


def _spaces(chars: Chars, group: np.ndarray) -> np.ndarray:
    """Positions before which a gap stands for a space."""
    gaps = chars.cell[1:, 0] - chars.cell[:-1, 2]
    wide = chars.codes >= _CJK
    limit = np.where(wide[1:] | wide[:-1], _WIDE_GAP, _NARROW_GAP) * chars.em[1:]
    wide_gap, same = gaps > limit, np.diff(group) == 0
    for at in np.flatnonzero(wide_gap & same).tolist():
        wide_gap[at] = gaps[at] > limit[at] + _stretch(gaps, wide, group, int(group[at]))
    return np.flatnonzero((wide_gap | chars.spaced[1:] & (gaps > 0)) & same) + 1


def _stretch(gaps: np.ndarray, wide: np.ndarray, group: np.ndarray, line: int) -> float:
    """The usual gap between the CJK characters of a line: 目 录 and 部 门 决 算 are set wide, not spaced."""
    one, two = np.searchsorted(group, [line, line + 1])
    inner = gaps[one : two - 1][wide[one : two - 1] & wide[one + 1 : two]]
    return max(float(np.median(inner)), 0.0) if len(inner) else 0.0


def _measures(chars: Chars, starts: np.ndarray) -> tuple[list[Box], list[float], list[float]]:
    """Box, baseline and type height of each line."""
    count = np.diff(np.append(starts, len(chars)))
    low = np.minimum.reduceat(chars.cell[:, :2], starts, axis=0)
    high = np.maximum.reduceat(chars.cell[:, 2:], starts, axis=0)
    base = np.add.reduceat(chars.base, starts) / count
    # Latin type and marks of the same size are higher or lower: characters tell the size of a line.
    weight = np.where((chars.codes >= _HAN[0]) & (chars.codes <= _HAN[1]), 1.0, 1e-6)
    em = np.add.reduceat(chars.em * weight, starts) / np.add.reduceat(weight, starts)
    boxes = [(left, top, right, bottom) for left, top, right, bottom in np.hstack([low, high]).tolist()]
    return boxes, base.tolist(), em.tolist()
