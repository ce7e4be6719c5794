"""Figures that slid along a table: which printed row, or which printed column, holds the figures of which label."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count, pairwise

from fiscal.checks.findings.bench import base
from fiscal.checks.findings.edits import Edit, corrected, like, lost
from fiscal.checks.findings.grids import At, Grid
from fiscal.checks.findings.lines import TWO_LINES, agreed, heads, label
from fiscal.model.cells import BLANK, Cell

A_SHIFT, A_LOST_ROW = 2.0, 0.2  # one slip of the hand, and each row whose own figures are printed nowhere
_LEAST = 3  # failures and rows: fewer are no shifted table
_BLIND = 12  # so many failing rows are tried as the first one
_LONG = 6  # where no other place tells the figures, only in a table of so many rows
_STEPS = (1, -1, 2, -2, 3, -3)

_LOST, _NONE = -1, -2  # the figures of a row are printed nowhere; it has none
Source = dict[int, int]  # number of a row → number of the printed row that holds its figures


def shifts(grid: Grid) -> Iterator[Edit]:
    """Every way in which rows of a table, of all its columns or of one, or columns may have been shifted."""
    yield from _rows(grid)
    filled = [key for key in grid.columns if any(cell.value for _, cell in grid.column(key))]
    for key in filled if len(filled) > 1 else ():
        yield from _rows(grid.narrowed(key))
    yield from _columns(grid)


def _rows(grid: Grid) -> Iterator[Edit]:
    """Ways in which rows may have been shifted, judged by what other places say of each row."""
    if len(grid.failing) < _LEAST or grid.n_failures < _LEAST:
        return
    known = _matches(grid)
    chain = _steady(_chain(known), known)
    moved = [(row, at) for row, at in chain if row != at]
    wrong = [row for row in grid.failing if not _confirmed(grid, row)]
    if len(moved) >= _LEAST - 1:
        yield from _told(grid, _continued(grid, chain))
        step = Counter(at - row for row, at in moved).most_common(1)[0][0]
        yield from _whole(grid, [row for row in wrong if row <= max(moved)[0]], [step])
    elif wrong and len(grid.rows) >= _LONG and 2 * len(grid.failing) >= len(grid.rows) - wrong[0]:
        yield from _whole(grid, wrong, _STEPS)  # a shift leaves hardly a row right below the first one
    for start, end in _blocks(wrong):
        yield from _whole(grid, [start], _STEPS[:4], end)


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


def _told(grid: Grid, source: Source, asked: bool = False) -> Iterator[Edit]:
    edit = _edit(grid, source, asked)
    if edit:
        yield edit


def _whole(grid: Grid, starts: Sequence[int], steps: Sequence[int], end: int | None = None) -> Iterator[Edit]:
    """Every row from one of the first failing rows on has moved by the same step, whatever other places say of it.

    `end`: only up to this row; so short a block is one only if other places tell the figures that it lost.
    """
    for start in starts[:_BLIND]:
        for step in steps:
            source = {}
            for row in range(len(grid.rows)):
                at = row + step
                last = len(grid.rows) if end is None else end
                inside = start <= at < last
                source[row] = row if row < start or row >= last else at if inside else _LOST
            yield from _told(grid, source, end is not None)


def _blocks(wrong: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of at least two failing rows, each from every row of it on to the one after its end; a row that looks right
    may stand between two of them."""
    following = {*wrong, *(row + 1 for row in wrong if row + 2 in wrong)}
    for start in wrong[:_BLIND]:
        end = next(row for row in count(start) if row not in following)
        if end - start > 1:
            yield start, end


def _edit(grid: Grid, source: Source, asked: bool) -> Edit | None:
    """The shift as a correction; `asked`: a figure printed nowhere is what other places say or ask."""
    changed: dict[int, list[tuple[Cell, Cell]]] = {}
    lost_rows = {row for row, at in source.items() if at == _LOST and not _confirmed(grid, row)}
    for row, at in source.items():
        pairs = [pair for key in grid.columns if (pair := _new(grid, (row, key), at, asked))]
        if at != row and (at != _LOST or row in lost_rows):
            changed[row] = [(old, new) for old, new in pairs if (old.state, old.value) != (new.state, new.value)]
    moved = [row for row in sorted(changed) if source[row] >= 0]
    n_filled = sum(_filled(grid, source[row]) for row in moved)
    wrong = sorted(row for row, pairs in changed.items() if pairs)
    if n_filled < (1 if asked else _LEAST) or len(wrong) < 2:
        return None
    step = source[moved[0]] - moved[0]
    first = min(*changed, *(source[row] for row in moved)) if step < 0 else min(changed)
    seen = f"；“{label(grid.rows[wrong[0]])}”行起与应填数不同" if wrong[0] > first else ""
    words = {"table": grid.table.title, "id": grid.table.id, "row": label(grid.rows[first]), "n": str(abs(step)),
             "way": "上移" if step < 0 else "下移", "what": _what(grid), "seen": seen}  # fmt: skip
    changes = [pair for pairs in changed.values() for pair in pairs]
    n_lost = sum(_filled(grid, row) for row in lost_rows)
    told = {id(old): new for old, new in changes}
    return Edit("rows_shifted", told, tuple(old for old, _ in changes), A_SHIFT + A_LOST_ROW * n_lost, words)


def _confirmed(grid: Grid, row: int) -> bool:
    return any(grid.told.get((row, column)) for column in grid.columns) and not _contradicted(grid, row)


def _what(grid: Grid) -> str:
    """All amounts of a table, or those of the one column that is looked at."""
    whole = len(grid.columns) > 1 or len(grid.table.columns) == 1
    return "金额整体" if whole else f"“{heads(grid)[grid.columns[0]]}”栏的金额"


def _filled(grid: Grid, row: int) -> bool:
    return any(cell is not None and bool(cell.value) for cell in (grid.cell(row, key) for key in grid.columns))


def _new(grid: Grid, at: At, source: int, asked: bool) -> tuple[Cell, Cell] | None:
    """A cell, and what it should hold by the row its figures stand in."""
    cell = grid.cell(*at)
    if cell is None:
        return None
    if source == _LOST:
        due = grid.due(at[0], cell, {}) if len(grid.columns) == 1 else _said(grid, at, cell) if asked else None
        return (agreed(grid, *at) if asked and not due else None) or (cell, due or lost(cell))
    other = grid.cell(source, at[1]) if source >= 0 else None
    return cell, like(cell, other if other is not None else Cell(BLANK, None, cell.unit))


def _said(grid: Grid, at: At, cell: Cell) -> Cell | None:
    """What every other place says of a cell, where they agree."""
    said = {base(other) for other in grid.told.get(at, ()) if not other.is_unknown}
    return corrected(cell, said.pop(), max(cell.digits, 2)) if len(said) == 1 else None


def _columns(grid: Grid) -> Iterator[Edit]:
    """Columns that hold the figures of the column beside them, from one column on to the last or the other way."""
    names, order = heads(grid), grid.columns
    for step in (1, -1):
        beside = dict(pairwise(order if step > 0 else order[::-1]))
        hits = {key for row, key in list(grid.asked) if key in beside and _moved(grid, row, key, beside[key])}
        for first in sorted(hits, key=order.index):
            moved = order[order.index(first) :] if step > 0 else order[order.index(first) :: -1]
            pairs = [pair for row in range(len(grid.rows)) for pair in _beside(grid, row, moved)]
            changes = {id(old): new for old, new in pairs if (old.state, old.value) != (new.state, new.value)}
            way = "右" if step > 0 else "左"
            words = {"table": grid.table.title, "id": grid.table.id, "column": names[first], "way": way}
            n_columns = len({old.place.column for old, _ in pairs if id(old) in changes})
            if n_columns >= _LEAST:  # of two columns the same is an exchange
                cells = tuple(old for old, _ in pairs if id(old) in changes)
                yield Edit("columns_shifted", changes, cells, TWO_LINES, words)


def _moved(grid: Grid, row: int, key: str, other: str) -> bool:
    cell = grid.cell(row, other)
    return cell is not None and bool(cell.value) and grid.wants((row, key), cell)


def _beside(grid: Grid, row: int, keys: Sequence[str]) -> Iterator[tuple[Cell, Cell]]:
    """Each cell of a row with what stands beside it; the last one with what the checks of the row ask of it then."""
    cells = [cell for key in keys if (cell := grid.cell(row, key)) is not None]
    pairs = [(cell, like(cell, other)) for cell, other in pairwise(cells)]
    yield from pairs
    for cell in cells[-1:]:
        yield cell, grid.due(row, cell, {id(old): new for old, new in pairs}) or lost(cell)
