"""Corrections of lines of a table: rows, columns or two cells swapped, in another unit or of another year."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from fiscal.checks.findings.bench import Repair, base
from fiscal.checks.findings.edits import Edit, corrected, like, lost, telling
from fiscal.checks.findings.grids import At, Grid
from fiscal.checks.identities.exact import UNITS
from fiscal.dictionary.labels import squeeze
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.table import Row, Table

ONE_BY_ONE = frozenset({"row", "total_row", "column"})  # lines whose figures were corrected one after the other
TWO_LINES = 1.5  # two rows or columns exchanged: one slip of the hand
A_COLUMN = 1.5  # one unit or one year for a column
A_LINE, A_CELL = 1.5, 0.4  # a row or column filled with other figures, and each of them
_FACTORS = tuple(Fraction(factor) for factor in (10_000, 1000, 100_000_000))  # between 元, 千元, 万元, 亿元
_SURE, _SIZE = 2, 3  # a figure that is just so much larger counts for two that are about so much
_FEW, _MOST = 3, 60
_WHOLE = Fraction(3, 5)  # a column counts as another one when most of its figures would change


def lines(grid: Grid) -> Iterator[Edit]:
    """Every correction of rows and columns for which the failures of a table speak."""
    yield from swaps_and_units(grid)
    yield from _replaced(grid)


def swaps_and_units(grid: Grid) -> Iterator[Edit]:
    """Rows in each other's place, columns under each other's head, columns in another unit."""
    yield from _units(grid)
    yield from _columns_swapped(grid)
    yield from _rows_swapped(grid)


def label(row: Row) -> str:
    """A row as its reader finds it: code and name."""
    name = squeeze(row.label)
    return f"{row.code}{name}" if row.code and not name.startswith(row.code) else name or "金额"


def heads(grid: Grid) -> dict[str, str]:
    """The last line of the heading of each column."""
    return {column.key: column.label.split("/")[-1] for column in grid.table.columns}


def _edit(grid: Grid, kind: str, pairs: Iterable[tuple[Cell, Cell]], cost: float, **words: str) -> Edit | None:
    changed = [(old, new) for old, new in pairs if (old.state, old.value, old.unit) != (new.state, new.value, new.unit)]
    if not changed:
        return None
    told = {"table": grid.table.title, "id": grid.table.id, **words}
    return Edit(kind, {id(old): new for old, new in changed}, tuple(old for old, _ in changed), cost, told)


def _units(grid: Grid) -> Iterator[Edit]:
    """A column, or all columns, a power of ten thousand (or of thousand) too large or too small."""
    hits: dict[str, Counter] = {}
    for (row, column), fixes in grid.asked.items():
        cell = grid.cell(row, column)
        if cell is None or not cell.value or cell.unit not in UNITS:
            continue
        for factor in _FACTORS:
            for ratio in (factor, 1 / factor):
                due = base(cell) * ratio
                hits.setdefault(column, Counter())[ratio] += max(_speaks(fix, due) for fix in fixes)
    for column, counted in hits.items():
        ratio, number = counted.most_common(1)[0]
        if number > _SURE:
            yield from _in_unit(grid, [column], ratio)
    ratios = Counter(ratio for counted in hits.values() for ratio, number in counted.items() if number >= _SURE)
    if len(ratios) and ratios.most_common(1)[0][1] >= 2:
        yield from _in_unit(grid, grid.columns, ratios.most_common(1)[0][0])


def _speaks(fix: Repair, due: Fraction) -> int:
    """How much a failure speaks for another unit: it asks for just that value, or for one of that size."""
    if fix.value and abs(fix.value - due) <= fix.width + abs(due) / 10_000:
        return _SURE
    return int(0 < due <= fix.value <= _SIZE * due)


def _in_unit(grid: Grid, columns: Sequence[str], ratio: Fraction) -> Iterator[Edit]:
    cells = [cell for column in columns for _, cell in grid.column(column) if cell.unit in UNITS and cell.value]
    pairs = [(cell, replace(cell, unit=_unit(cell.unit, ratio))) for cell in cells]
    words = {"unit": _unit(grid.table.unit, ratio), "printed": grid.table.unit}
    if len(columns) == 1:
        words["column"] = heads(grid)[columns[0]]
    edit = _edit(grid, "unit", pairs, A_COLUMN, **words)
    if edit:
        yield edit


def _unit(printed: str, ratio: Fraction) -> str:
    """The unit in which a figure seems to be written."""
    return next((name for name, factor in UNITS.items() if factor == UNITS.get(printed, 10_000) * ratio), printed)


def _columns_swapped(grid: Grid) -> Iterator[Edit]:
    for one, other in combinations(grid.columns, 2):
        rows = [i for i in range(len(grid.rows)) if grid.cell(i, one) is not None and grid.cell(i, other) is not None]
        hits = sum(grid.wants((i, one), grid.cell(i, other)) + grid.wants((i, other), grid.cell(i, one)) for i in rows)
        yield from _cells_swapped(grid, [((i, one), (i, other)) for i in rows])
        if hits >= 2:
            pairs = [pair for i in rows for pair in _exchanged(grid.cell(i, one), grid.cell(i, other))]
            names = heads(grid)
            edit = _edit(grid, "columns_swapped", pairs, TWO_LINES, column=names[one], other=names[other])
            if edit:
                yield edit


def _exchanged(one: Cell | None, other: Cell | None) -> list[tuple[Cell, Cell]]:
    return [] if one is None or other is None else [(one, like(one, other)), (other, like(other, one))]


def _rows_swapped(grid: Grid) -> Iterator[Edit]:
    """Pairs of rows of which one asks for a figure of the other."""
    holders = {key: sorted((base(cell), row) for row, cell in grid.column(key) if cell.value) for key in grid.columns}
    pairs: Counter = Counter()
    for (row, column), fixes in grid.asked.items():
        for fix in fixes:
            found = holders.get(column, [])
            for value, other in found[bisect_left(found, (fix.value - fix.width, -1)) :]:
                if value > fix.value + fix.width:
                    break
                if other != row:
                    pairs[min(row, other), max(row, other)] += 1
    for (one, other), _ in pairs.most_common(_MOST):
        first, second = grid.rows[one], grid.rows[other]
        both = [pair for key in grid.columns for pair in _exchanged(first.cells.get(key), second.cells.get(key))]
        edit = _edit(grid, "rows_swapped", both, TWO_LINES, row=label(first), other=label(second))
        if edit:
            yield edit
        if edit and len(edit.changes) > 2:
            yield from _cells_swapped(grid, [((one, key), (other, key)) for key in grid.columns])


def _cells_swapped(grid: Grid, places: Iterable[tuple[At, At]]) -> Iterator[Edit]:
    """Pairs of single cells of which each asks for what the other one holds."""
    names = heads(grid)
    for one, other in places:
        cells = grid.cell(*one), grid.cell(*other)
        if grid.wants(one, cells[1]) and grid.wants(other, cells[0]):
            told = [f"“{label(grid.rows[row])}”行“{names[key]}”栏" for row, key in (one, other)]
            edit = _edit(grid, "cells_swapped", _exchanged(*cells), TWO_LINES, row=told[0], other=told[1])
            if edit:
                yield edit


def _replaced(grid: Grid) -> Iterator[Edit]:
    """A column most of whose figures, or a row several of whose figures, are asked to be others."""
    names = heads(grid)
    for column in grid.columns:
        printed = dict(grid.column(column))
        pairs = [pair for row in range(len(grid.rows)) if (pair := _asked(grid, row, column))]
        if len(pairs) >= _FEW and len(pairs) >= _WHOLE * len(printed):
            edit = _edit(grid, "column", pairs, A_LINE + A_CELL * len(pairs), column=names[column])
            if edit:
                yield edit
    for row in grid.failing:
        pairs = [pair for column in grid.columns if (pair := _asked(grid, row, column))]
        if len(pairs) >= 2:
            kind = "total_row" if grid.rows[row].level == "total" or grid.rows[row].key == "total" else "row"
            edit = _edit(grid, kind, pairs, A_LINE + A_CELL * len(pairs), row=label(grid.rows[row]))
            if edit:
                yield edit


def last_years(grid: Grid, before: Disclosure | None) -> Iterator[Edit]:
    """Columns most of whose figures are those of last year in the same rows."""
    old = before.tables.get(grid.table.id) if before is not None else None
    if old is None:
        return
    names = heads(grid)
    for column in grid.columns:
        filled = [(row, cell) for row, cell in grid.column(column) if cell.value]
        same = [(row, cell) for row, cell in filled if _last(old, grid.rows[row], column) == cell.value]
        sure = sum(telling(cell) for _, cell in same)
        if sure >= _FEW and len(same) >= _WHOLE * len(filled):
            pairs = [agreed(grid, row, column) or (cell, lost(cell)) for row, cell in same]
            edit = _edit(grid, "last_year", pairs, A_COLUMN, column=names[column])
            if edit:
                yield edit


def _last(old: Table, row: Row, column: str) -> object:
    cell = old.cell(row.code or row.key, column)
    return cell.value if cell is not None else None


def agreed(grid: Grid, row: int, column: str) -> tuple[Cell, Cell] | None:
    """A cell and the value that all failures ask of it."""
    fixes = grid.asked.get((row, column), [])
    return _asked(grid, row, column) if all(fix.meets(fixes[0]) for fix in fixes) else None


def _asked(grid: Grid, row: int, column: str) -> tuple[Cell, Cell] | None:
    """A cell and the one value that most failures ask of it."""
    cell, fixes = grid.cell(row, column), grid.asked.get((row, column))
    if cell is None or not fixes or cell.is_unknown:
        return None
    best = max(fixes, key=lambda fix: (sum(fix.meets(other) for other in fixes), -fix.width))
    if best.value < 0 <= base(cell):
        return None
    new = corrected(cell, best.value, max(cell.digits, 2) if cell.is_blank else cell.digits)
    return None if new.value == cell.value else (cell, new)
