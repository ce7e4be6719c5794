"""Tables that are not ruled throughout: rows without lines between them, and tables with level lines only."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np

from fiscal.readers.pdf.chars import Chars
from fiscal.readers.pdf.lattice import Lattice, Rulings, clusters, lattice_of
from fiscal.readers.pdf.level_columns import certain, columns_of, has_amounts, ruled_by, runs
from fiscal.readers.pdf.ruled_cells import inside, owners
from fiscal.readers.pdf.text_lines import Box, Line, lines, wraps

_NUMBER = re.compile(r"[-−－]?[\d,，]+(?:\.\d+)?%?")
OUTSIDE = re.compile(r"单位[：:]|^注[：:]|^表\d|表$")  # what stands between two tables, not in one
_SAME_EDGE = 4.0  # points by which the ends of a table's level lines may differ
_COLUMN_GAP = 0.4  # of the type's height: an empty strip so wide, all the way down, parts two columns
_INK = 0.6  # of the type's height that a line reaches above its baseline
_APART = 0.7  # of the type's height: baselines so far apart are two lines
_OWN_ROW = 0.75  # of the distance of rows: a line farther than this from any number is a row of its own

Cells = dict[int, tuple[int, int, int, int]]


def with_rows(lattice: Lattice, chars: Chars) -> Lattice:
    """The lattice with borders added between rows of numbers that no line parts."""
    level = lattice.level
    for row in _tall(lattice, chars):
        single = {cell[1]: cell for cell in lattice.cells if cell[0] == row and cell[2] == 1}
        for cut in _cuts(lattice, row, chars, single=single):
            for column, cell in single.items():
                level = level.plus(cut, float(lattice.xs[column]), float(lattice.xs[column + cell[3]]))
    return lattice if level is lattice.level else lattice_of(level, lattice.upright) or lattice


def _cuts(lattice: Lattice, row: int, chars: Chars, *, single: Cells) -> list[float]:
    """Heights at which a row of the lattice falls into rows of print."""
    printed = [line for cell in single.values() for line in _in_cell(lattice, cell, chars)]
    anchors = _anchors(printed, lattice, single)
    spans = [_span(rows) for rows in _rows(printed, anchors)]
    apart: list[tuple[float, float]] = []
    for top, bottom in spans:
        if apart and top < apart[-1][1]:
            apart[-1] = apart[-1][0], max(bottom, apart[-1][1])
        else:
            apart.append((top, bottom))
    return [(one[1] + two[0]) / 2 for one, two in pairwise(apart)]


def _span(row: list[Line]) -> tuple[float, float]:
    """Where the ink of a row begins and ends."""
    return min(line.base - _INK * line.em for line in row), max(line.base for line in row)


def _tall(lattice: Lattice, chars: Chars) -> list[int]:
    """Rows in which some cell has digits on more than one baseline; nearly always none."""
    digits = chars.only((chars.codes >= ord("0")) & (chars.codes <= ord("9")) & inside(lattice, chars))
    if not len(digits):
        return []
    owner = owners(lattice, digits)
    low, high = np.full(len(lattice.cells), np.inf), np.full(len(lattice.cells), -np.inf)
    np.minimum.at(low, owner, digits.base)
    np.maximum.at(high, owner, digits.base)
    several = np.flatnonzero(high - low > _APART * _usual(digits.em))
    return sorted({lattice.cells[number][0] for number in several.tolist() if lattice.cells[number][2] == 1})


def _usual(em: np.ndarray) -> float:
    return float(np.median(em)) if len(em) else np.inf


def _in_cell(lattice: Lattice, cell: tuple[int, int, int, int], chars: Chars) -> list[Line]:
    row, column, n_rows, n_columns = cell
    box = (lattice.xs[column], lattice.ys[row], lattice.xs[column + n_columns], lattice.ys[row + n_rows])
    return [replace(line, owner=column) for line in lines(_inside(chars, box))]


def _inside(chars: Chars, box: tuple[float, float, float, float]) -> Chars:
    middle = (chars.ink[:, :2] + chars.ink[:, 2:]) / 2
    return chars.only(((middle > box[:2]) & (middle < box[2:])).all(1))


def _anchors(printed: list[Line], lattice: Lattice, single: Cells) -> np.ndarray:
    """Baselines of rows; none unless two columns have several lines, one of them numbers that were not wrapped."""
    numbers = [line for line in printed if _NUMBER.fullmatch(line.text)]
    below = [
        after if after and after.owner == line.owner else None for line, after in zip(printed, [*printed[1:], None])
    ]
    full = {id(line) for line, after in zip(printed, below) if wraps(line, after, _width(lattice, single[line.owner]))}
    loose = [line.owner for line in numbers if id(line) not in full]
    if (
        len(loose) == len(set(loose))
        or sum(count > 1 for count in Counter(line.owner for line in printed).values()) < 2
    ):
        return np.empty(0)
    base, _ = clusters(np.array([line.base for line in numbers]), 0.4 * numbers[0].em)
    if len(base) < 2:
        return np.empty(0)
    pitch = float(np.median(np.diff(base)))
    others = [line.base for line in printed if np.abs(base - line.base).min() > _OWN_ROW * pitch]
    return np.sort(np.append(base, clusters(np.array(others), 0.4 * pitch)[0])) if others else base


def _width(lattice: Lattice, cell: tuple[int, int, int, int]) -> float:
    return float(lattice.xs[cell[1] + cell[3]] - lattice.xs[cell[1]])


def _rows(printed: list[Line], anchors: np.ndarray) -> list[list[Line]]:
    rows: list[list[Line]] = [[] for _ in anchors]
    for line in printed if len(anchors) else ():
        rows[int(np.abs(anchors - line.base).argmin())].append(line)
    return [row for row in rows if row]


def level_tables(level: Rulings, found: list[Lattice], chars: Chars) -> tuple[list[Lattice], list[Box]]:
    """Tables between level lines of one length, without any upright line, and where such were seen and not read.

    Columns follow from the heads that stand in their middle, else from the strips that stay empty; a table whose
    columns could be others is left as text.
    """
    free = np.array([not any(_touches(lattice, at) for lattice in found) for at in level.at], bool)
    tables: list[Lattice] = []
    unsure: list[Box] = []
    for same in _alike(level.only(free) if len(level) else level):
        for ys in _stacks(same, chars):
            ends = float(same.start.min()), float(same.end.max())
            inside = (level.at >= ys[0] - _SAME_EDGE) & (level.at <= ys[-1] + _SAME_EDGE)
            inner = level.only(inside & (level.start > ends[0] - _SAME_EDGE) & (level.end < ends[1] + _SAME_EDGE))
            printed = runs(_inside(chars, (ends[0] - 1, ys[0], ends[1] + 1, ys[-1])))
            columns = columns_of(ys, ends, inner, printed)
            if columns is not None:
                inner, upright = ruled_by(columns, ys, inner, printed)
            else:
                upright = _strips(ys, ends, chars)
                if not certain(upright.at, ys, printed):
                    goes_on = not (chars.base < ys[0]).any()  # nothing stands above it on its page
                    if has_amounts(ys, printed, goes_on=goes_on):
                        unsure.append((ends[0], float(ys[0]), ends[1], float(ys[-1])))
                    continue
            lattice = lattice_of(inner, upright)
            if lattice is not None:
                tables.append(with_rows(lattice, chars))
    return tables, unsure


def _touches(lattice: Lattice, at: float) -> bool:
    return bool(lattice.ys[0] - _SAME_EDGE <= at <= lattice.ys[-1] + _SAME_EDGE)


def _alike(level: Rulings) -> list[Rulings]:
    """Groups of at least three level lines that begin and end at the same places."""
    if len(level) < 3:
        return []
    _, start = clusters(level.start, _SAME_EDGE)
    _, end = clusters(level.end, _SAME_EDGE)
    key = start * len(level) + end
    groups = [level.only(key == one) for one in np.unique(key)]
    return [group for group in groups if len(group) >= 3]


def _stacks(same: Rulings, chars: Chars) -> list[np.ndarray]:
    """Heights of the lines of each table: a title, a unit or a note between two lines parts two tables."""
    ys, _ = clusters(same.at, 3.0)
    start, end = float(same.start.min()), float(same.end.max())
    stacks, first = [], 0
    for row, (top, bottom) in enumerate(pairwise(ys)):
        if any(OUTSIDE.search(line.text) for line in lines(_inside(chars, (start, top, end, bottom)))):
            stacks.append(ys[first : row + 1])
            first = row + 1
    return [stack for stack in (*stacks, ys[first:]) if len(stack) >= 3]


def _strips(ys: np.ndarray, ends: tuple[float, float], chars: Chars) -> Rulings:
    """The sides of the table, and upright lines through the strips that stay empty below its head.

    Where a text of the head stands across a strip, one title over several columns, the line begins below it.
    """
    body = _inside(chars, (ends[0] - 1, ys[1], ends[1] + 1, ys[-1]))
    order = np.argsort(body.cell[:, 0])
    left, reach = body.cell[order, 0][1:], np.maximum.accumulate(body.cell[order, 2])[:-1]
    wide = left - reach > _COLUMN_GAP * _usual(body.em)
    head = _inside(chars, (ends[0] - 1, ys[0], ends[1] + 1, ys[1])).cell
    found = [_middle(one, two, head) for one, two in zip(reach[wide].tolist(), left[wide].tolist())]
    at = np.array([ends[0], *(x for x, _ in found), ends[1]])
    tops = np.array([ys[0], *(ys[0] if free else ys[1] for _, free in found), ys[0]])
    return Rulings(at, tops, np.full(len(at), ys[-1]))


def _middle(left: float, right: float, head: np.ndarray) -> tuple[float, bool]:
    """The middle of the widest part of a strip that the head leaves free too, and whether there is one."""
    over = head[(head[:, 2] > left) & (head[:, 0] < right)]
    starts = np.maximum.accumulate(np.concatenate([[left], np.sort(over[:, 2])]))
    ends = np.concatenate([np.sort(over[:, 0]), [right]])
    widths = np.minimum(ends, right) - starts
    best = int(widths.argmax())
    if widths[best] < 1.0:
        return (left + right) / 2, False
    return float(starts[best] + widths[best] / 2), True
