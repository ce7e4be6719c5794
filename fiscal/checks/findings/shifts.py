"""Rows whose figures slid along a table: which printed row holds the figures of which label."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from fiscal.checks.findings.bench import base
from fiscal.checks.findings.edits import Edit, like, lost
from fiscal.checks.findings.grids import Grid
from fiscal.checks.findings.lines import label
from fiscal.model.cells import BLANK, Cell

A_SHIFT, A_LOST_ROW = 2.0, 0.2  # one slip of the hand, and each row whose own figures are printed nowhere
_LEAST = 3  # failures and rows: fewer are no shifted table
_BLIND = 12  # so many failing rows are tried as the first one
_LONG = 6  # where no other place tells the figures, only in a table of so many rows
_STEPS = (1, -1, 2, -2, 3, -3)

_LOST, _NONE = -1, -2  # the figures of a row are printed nowhere; it has none
Source = dict[int, int]  # number of a row → number of the printed row that holds its figures


def shifts(grid: Grid) -> Iterator[Edit]:
    """Every way in which the rows of a table may have been shifted, judged by what other places say of each row."""
    if len(grid.failing) < _LEAST or grid.n_failures < _LEAST:
        return
    known = _matches(grid)
    chain = _steady(_chain(known), known)
    moved = [(row, at) for row, at in chain if row != at]
    wrong = [row for row in grid.failing if _contradicted(grid, row) or not _told_of(grid, row)]
    if len(moved) >= _LEAST - 1:
        yield from _told(grid, _continued(grid, chain))
        step = Counter(at - row for row, at in moved).most_common(1)[0][0]
        yield from _whole(grid, [row for row in wrong if row <= max(moved)[0]], [step])
    elif wrong and len(grid.rows) >= _LONG and 2 * len(grid.failing) >= len(grid.rows) - wrong[0]:
        yield from _whole(grid, wrong, _STEPS)  # a shift leaves hardly a row right below the first one


def _matches(grid: Grid) -> list[tuple[int, int]]:
    """(row, printed row) where everything said of a row is printed in one row, and in which order."""
    holders: dict[tuple[str, object], set[int]] = {}
    for column in grid.columns:
        for row, cell in grid.column(column):
            if cell.value:
                holders.setdefault((column, base(cell)), set()).add(row)
    found = []
    for row in range(len(grid.rows)):
        votes: Counter = Counter()
        for column in grid.columns:
            said = {base(cell) for cell in grid.told.get((row, column), ()) if cell.value}
            for value in said:
                votes.update(holders.get((column, value), ()))
        best = max(votes.values(), default=0)
        found += [(row, at) for at, number in votes.items() if number == best]
    return found


def _chain(matches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of matches in which labels and figures keep their order."""
    ordered = sorted(matches, key=lambda pair: (pair[0], -pair[1]))
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, at) in enumerate(ordered):
        place = bisect_left(tails, at)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [at]
        ends[place : place + 1] = [number]
    chain, number = [], ends[-1] if ends else -1
    while number >= 0:
        chain.append(ordered[number])
        number = before[number]
    return chain[::-1]


def _steady(chain: list[tuple[int, int]], matches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same run where a row whose figures stand twice is taken to have moved as far as the row before it."""
    known, chosen = set(matches), dict(chain)
    steady: list[tuple[int, int]] = []
    for row in sorted({row for row, _ in matches}):
        last, upto = steady[-1] if steady else (0, -1)
        same = row + upto - last
        if upto != last and steady and (row, same) in known and same > upto:
            steady.append((row, same))
        elif row in chosen and chosen[row] > upto:
            steady.append((row, chosen[row]))
    return steady


def _continued(grid: Grid, chain: list[tuple[int, int]]) -> Source:
    """Rows between two that match follow the one before. Where fewer figures than labels stand between two rows that
    moved, those rows have none; before the first one that moved, theirs are lost."""
    source: Source = {}
    last = next((index for index, (row, at) in enumerate(chain) if row != at), len(chain))
    start = _start(grid, chain, last)
    ends = [(-1, -1), *chain, (len(grid.rows), len(grid.rows))]
    for (row, at), (after, upto) in pairwise(ends):
        if row >= 0:
            source[row] = at
        whole = after - row == upto - at or after == len(grid.rows)
        for inside in range(row + 1, after):
            there = inside + at - row
            if inside < start:
                source[inside] = inside
            elif whole and there < len(grid.rows) and row != at:
                source[inside] = there
            else:
                source[inside] = _NONE if row != at and there < len(grid.rows) else _LOST
    return source


def _start(grid: Grid, chain: list[tuple[int, int]], moved: int) -> int:
    """The first row that does not carry its own figures: the first failing one after the last that does."""
    after = chain[moved - 1][0] + 1 if moved else 0
    first_moved = chain[moved][0] if moved < len(chain) else len(grid.rows)
    between = [row for row in range(after, first_moved) if _contradicted(grid, row)]
    return min(between, default=first_moved)


def _contradicted(grid: Grid, row: int) -> bool:
    """Something said of the row is not what is printed there."""
    for column in grid.columns:
        cell = grid.cell(row, column)
        said = grid.told.get((row, column), ())
        if cell is not None and said and all(base(other) != base(cell) for other in said if not other.is_unknown):
            return True
    return False


def _told_of(grid: Grid, row: int) -> bool:
    return any(grid.told.get((row, column)) for column in grid.columns)


def _told(grid: Grid, source: Source) -> Iterator[Edit]:
    edit = _edit(grid, source)
    if edit:
        yield edit


def _whole(grid: Grid, starts: Sequence[int], steps: Sequence[int]) -> Iterator[Edit]:
    """Every row from one of the first failing rows on has moved by the same step, whatever other places say of it."""
    for start in starts[:_BLIND]:
        for step in steps:
            source = {}
            for row in range(len(grid.rows)):
                at = row + step
                source[row] = row if row < start else at if start <= at < len(grid.rows) else _LOST
            yield from _told(grid, source)


def _edit(grid: Grid, source: Source) -> Edit | None:
    changes: list[tuple[Cell, Cell]] = []
    n_lost = 0
    for row, at in source.items():
        if at == row:
            continue
        pairs = [(cell, _new(grid, cell, at, key)) for key, cell in grid.rows[row].cells.items()]
        n_lost += at == _LOST and any(not cell.is_blank for cell, _ in pairs)
        changes += [(old, new) for old, new in pairs if (old.state, old.value) != (new.state, new.value)]
    moved = [row for row, at in sorted(source.items()) if at != row and at >= 0]
    if sum(_filled(grid, source[row]) for row in moved) < _LEAST:
        return None
    first = min(row for row, at in source.items() if at != row)
    first = min(first, *(source[row] for row in moved)) if source[moved[0]] < moved[0] else first
    step = source[moved[0]] - moved[0]
    words = {"table": grid.table.title, "id": grid.table.id, "row": label(grid.rows[first]), "n": str(abs(step)),
             "way": "上移" if step < 0 else "下移"}  # fmt: skip
    told = {id(old): new for old, new in changes}
    return Edit("rows_shifted", told, tuple(old for old, _ in changes), A_SHIFT + A_LOST_ROW * n_lost, words)


def _filled(grid: Grid, row: int) -> bool:
    return any(cell.value for cell in grid.rows[row].cells.values())


def _new(grid: Grid, cell: Cell, at: int, column: str) -> Cell:
    if at == _LOST:
        return lost(cell)
    if at == _NONE:
        return like(cell, Cell(BLANK, None, cell.unit))
    other = grid.cell(at, column)
    return like(cell, other) if other is not None else like(cell, Cell(BLANK, None, cell.unit))
