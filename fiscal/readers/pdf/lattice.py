"""Lines become lattices: which lines belong to one table, and which of its cells are merged. No text here."""

from dataclasses import dataclass
from itertools import product

import numpy as np

SLACK = 3.0  # points that a line may miss or overshoot the line it should meet
_SAME = 3.0  # parallel lines nearer than this are one border (double, thick or slightly shifted)
_DOT, _DOTTED = 6.0, 7.0  # pieces so short, and no farther apart than this, are a dotted line
_EXACT = 1  # decimals of a point to which the dots of one line lie on it; those of a line that it crosses do not
_TOUCH = 0.75  # pieces so little apart are one line
_SHORT = 5.0  # a shorter line separates nothing
_OPEN = 8.0  # lines that run on so far beyond the last crossing line end in an open border

Edges = list[list[bool]]


@dataclass(frozen=True)
class Rulings:
    """Level or upright lines: each lies at `at` and runs from `start` to `end`."""

    at: np.ndarray
    start: np.ndarray
    end: np.ndarray

    def __len__(self) -> int:
        return len(self.at)

    def only(self, keep: np.ndarray) -> "Rulings":
        return Rulings(self.at[keep], self.start[keep], self.end[keep])

    def plus(self, at: float, start: float, end: float) -> "Rulings":
        return Rulings(np.append(self.at, at), np.append(self.start, start), np.append(self.end, end))


@dataclass(frozen=True)
class Lattice:
    """One ruled table without its text.

    xs, ys  borders of columns and rows, from left to right and from top to bottom
    cells   (row, column, rows, columns) of each cell; together they fill the lattice
    level, upright  the lines it was made from
    """

    xs: np.ndarray
    ys: np.ndarray
    cells: tuple[tuple[int, int, int, int], ...]
    level: Rulings
    upright: Rulings

    @property
    def box(self) -> tuple[float, float, float, float]:
        return float(self.xs[0]), float(self.ys[0]), float(self.xs[-1]), float(self.ys[-1])


def rulings(boxes: np.ndarray) -> tuple[Rulings, Rulings]:
    """Level and upright lines from thin boxes (n, 4: left, top, right, bottom); touching pieces become one."""
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    lies, stands = (height <= width) & (height <= 3.2), (width <= height) & (width <= 3.2)
    middle_x, middle_y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    level = Rulings(middle_y[lies], boxes[lies, 0], boxes[lies, 2])
    upright = Rulings(middle_x[stands], boxes[stands, 1], boxes[stands, 3])
    return _joined(level), _joined(upright)


def lattices(level: Rulings, upright: Rulings) -> list[Lattice]:
    """The tables that the lines of a page draw, from top to bottom.

    Frames around one single column are no tables. Open borders at the sides are closed.
    """
    found = []
    for rows, columns in _together(level, upright):
        columns = _close(columns, rows)
        rows = _close(rows, columns)
        lattice = lattice_of(rows, columns)
        if lattice is not None:
            found.append(lattice)
    return sorted(found, key=lambda one: (one.box[1], one.box[0]))


def clusters(values: np.ndarray, gap: float) -> tuple[np.ndarray, np.ndarray]:
    """Centres of the groups of values that lie no more than `gap` apart, and the group of each value."""
    order = np.argsort(values, kind="stable")
    group = np.concatenate([[0], np.cumsum(np.diff(values[order]) > gap)]).astype(int)[: len(values)]
    label = np.empty(len(values), int)
    label[order] = group
    return np.bincount(group, weights=values[order]) / np.maximum(np.bincount(group), 1), label


def _joined(lines: Rulings) -> Rulings:
    """Pieces of one line that touch, and the dots of a dotted one, become one; what stays short is no line."""
    dot = lines.end - lines.start <= _DOT
    dots, rest = lines.only(dot), lines.only(~dot)
    dotted = _long(_chained(dots, np.unique(np.round(dots.at, _EXACT), return_inverse=True)[1], _DOTTED))
    both = (np.concatenate(pair) for pair in ((rest.at, dotted.at), (rest.start, dotted.start), (rest.end, dotted.end)))
    pieces = Rulings(*both)
    return _long(_chained(pieces, clusters(pieces.at, _TOUCH)[1], SLACK))


def _long(lines: Rulings) -> Rulings:
    return lines.only(lines.end - lines.start >= _SHORT)


def _chained(lines: Rulings, label: np.ndarray, apart: float) -> Rulings:
    """Pieces of one label that follow each other no farther than `apart`, as one."""
    if not len(lines):
        return lines
    order = np.lexsort((lines.start, label))
    label, at, start, end = label[order], lines.at[order], lines.start[order], lines.end[order]
    far = label * 1e6
    reach = np.maximum.accumulate(end + far)
    heads = np.flatnonzero(np.concatenate([[True], start[1:] + far[1:] > reach[:-1] + apart]))
    ends = np.maximum.reduceat(end + far, heads) - far[heads]
    pieces = np.diff(np.append(heads, len(at)))
    return Rulings(np.add.reduceat(at, heads) / pieces, start[heads], ends)


def _together(level: Rulings, upright: Rulings) -> list[tuple[Rulings, Rulings]]:
    """Lines that cross or meet, directly or through others, in groups of at least two of each kind."""
    if not len(level) or not len(upright):
        return []
    meets = (
        (level.start[:, None] - SLACK <= upright.at)
        & (upright.at <= level.end[:, None] + SLACK)
        & (upright.start - SLACK <= level.at[:, None])
        & (level.at[:, None] <= upright.end + SLACK)
    )
    row, column = _labels(meets)
    groups = [(level.only(row == label), upright.only(column == label)) for label in np.unique(row)]
    return [(rows, columns) for rows, columns in groups if len(rows) >= 2 and len(columns) >= 1]


def _labels(meets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Components of the graph whose edges are the true entries: a label for each row and each column."""
    nobody = meets.shape[0]
    row = np.arange(nobody)
    while True:
        column = np.where(meets, row[:, None], nobody).min(0)
        fresh = np.minimum(row, np.where(meets, column[None, :], nobody).min(1, initial=nobody))
        if (fresh == row).all():
            return row, column
        row = fresh


def _close(lines: Rulings, across: Rulings) -> Rulings:
    """Add the first and last of `lines` where most of the lines across run on beyond the ones there are."""
    low, high = float(across.at.min()), float(across.at.max())
    for ends, outermost, sign in ((across.start, float(lines.at.min()), -1), (across.end, float(lines.at.max()), 1)):
        limit = float(np.median(ends))
        if sign * (limit - outermost) > _OPEN:
            lines = lines.plus(limit, low, high)
    return lines


def lattice_of(level: Rulings, upright: Rulings) -> Lattice | None:
    """The table of lines that belong together; None when they make a single column."""
    ys, row_of = clusters(level.at, _SAME)
    xs, column_of = clusters(upright.at, _SAME)
    if len(xs) < 3 or len(ys) < 2:
        return None
    across, down = _edges(level, row_of, xs, len(ys)), _edges(upright, column_of, ys, len(xs))
    keep_y, keep_x = _outer(across), _outer(down)
    if keep_x.sum() < 3 or keep_y.sum() < 2:
        return None
    if not (keep_y.all() and keep_x.all()):
        ys, xs = ys[keep_y], xs[keep_x]
        across, down = _edges_again(level, ys, xs), _edges_again(upright, xs, ys)
    across[[0, -1]], down[[0, -1]] = True, True
    return Lattice(xs, ys, tuple(_cells(across, down.T)), level, upright)


def _outer(edges: np.ndarray) -> np.ndarray:
    """The borders of which something is drawn; the outermost stay, drawn or not."""
    kept = np.asarray(edges.any(axis=1))
    kept[[0, -1]] = True
    return kept


def _edges_again(lines: Rulings, at: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    nearest = np.abs(lines.at[:, None] - at).argmin(1)
    near = np.abs(lines.at - at[nearest]) <= _SAME + SLACK
    return _edges(lines.only(near), nearest[near], cuts, len(at))


def _edges(lines: Rulings, label: np.ndarray, cuts: np.ndarray, count: int) -> np.ndarray:
    """(count, intervals) whether the lines of each label cover each interval between cuts."""
    steps = np.zeros((count, len(cuts)), int)
    first = np.searchsorted(cuts, lines.start - SLACK - 1)
    last = np.searchsorted(cuts, lines.end + SLACK + 1, side="right") - 1
    some = last > first
    np.add.at(steps, (label[some], first[some]), 1)
    np.add.at(steps, (label[some], last[some]), -1)
    return np.cumsum(steps, 1)[:, :-1] > 0


def _cells(across: np.ndarray, down: np.ndarray) -> list[tuple[int, int, int, int]]:
    """Rectangles between the edges: across (rows + 1, columns) and down (rows, columns + 1)."""
    levels, uprights = across.tolist(), down.tolist()  # single values are read faster from lists
    taken = [[False] * across.shape[1] for _ in range(down.shape[0])]
    found = []
    for row, column in product(range(down.shape[0]), range(across.shape[1])):
        if taken[row][column]:
            continue
        rows, columns = _extent(levels, uprights, taken, (row, column))
        for covered in range(row, row + rows):
            taken[covered][column : column + columns] = [True] * columns
        found.append((row, column, rows, columns))
    return found


def _extent(across: Edges, down: Edges, taken: Edges, corner: tuple[int, int]) -> tuple[int, int]:
    """How many rows and columns the cell with this corner spans, up to the next drawn edge or the next cell."""
    row, column = corner
    right = column + 1
    while right < len(down[row]) - 1 and not down[row][right] and not taken[row][right]:
        right += 1
    below = row + 1
    while below < len(down) and not (any(across[below][column:right]) or any(down[below][column + 1 : right])):
        below += 1
    return below - row, right - column
