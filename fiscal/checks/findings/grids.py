"""A table as the search for causes sees it: what failed checks ask of each cell, and what other places say of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fiscal.checks.findings.bench import Bench, Repair, base, repair
from fiscal.checks.findings.edits import corrected
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.table import Row, Table

At = tuple[int, str]  # number of the row, key of the column


@dataclass
class Grid:
    """One table with failures in it.

    asked    cell → what open failures ask of it
    told     cell → what single other figures say of it, whether the check holds or not
    failing  numbers of rows with an open failure, in order
    """

    bench: Bench
    table: Table
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    asked: dict[At, list[Repair]] = field(default_factory=lambda: defaultdict(list))
    told: dict[At, list[Cell]] = field(default_factory=lambda: defaultdict(list))
    n_failures: int = 0

    @property
    def failing(self) -> list[int]:
        return sorted({row for row, _ in self.asked})

    def cell(self, row: int, column: str) -> Cell | None:
        return self.rows[row].cells.get(column)

    def column(self, key: str) -> Iterator[tuple[int, Cell]]:
        """The cells of a column that hold a number."""
        for index, row in enumerate(self.rows):
            cell = row.cells.get(key)
            if cell is not None and cell.is_number:
                yield index, cell

    def narrowed(self, column: str) -> "Grid":
        """The same table as if it had one column only."""
        asked = {at: fixes for at, fixes in self.asked.items() if at[1] == column}
        told = {at: cells for at, cells in self.told.items() if at[1] == column}
        return Grid(self.bench, self.table, self.rows, (column,), asked, told, len(asked))

    def due(self, row: int, cell: Cell, swap: Mapping[int, Cell]) -> Cell | None:
        """What a check of nothing but this row asks of one of its cells once others are replaced."""
        line = {id(one) for one in self.rows[row].cells.values()}
        for index in self.bench.touching.get(id(cell), ()):
            again = self.bench.judged(index, swap)
            if again is not None and {id(one) for one in self.bench.outcomes[index].terms} <= line:
                fix = repair(again, cell)
                if fix is not None:
                    return corrected(cell, fix.value, max(cell.digits, 2))
        return None

    def wants(self, at: At, other: Cell | None) -> bool:
        """Whether a failure asks for what this other cell holds (a blank: for nothing)."""
        fixes = self.asked.get(at)
        if not fixes or other is None or other.is_unknown:
            return False
        value = base(other)
        return any(abs(fix.value - value) <= fix.width for fix in fixes)


def grids(disclosure: Disclosure, bench: Bench) -> list[Grid]:
    """The tables with open failures."""
    where: dict[int, tuple[Grid, At]] = {}
    for table in disclosure.tables.values():
        columns = tuple(column.key for column in table.columns)
        grid = Grid(bench, table, table.rows, columns)
        where.update(
            (id(cell), (grid, (i, key))) for i, row in enumerate(table.rows) for key, cell in row.cells.items()
        )
    found: dict[int, Grid] = {}
    for index in sorted(bench.open):
        outcome = bench.at(index)
        inside = set()
        for cell in outcome.terms:
            known = where.get(id(bench.printed(cell)))
            if known is None:
                continue
            grid, at = known
            found[id(grid)] = grid
            inside.add(id(grid))
            fix = repair(outcome, cell) or _bound(outcome, cell)
            if fix is not None:
                grid.asked[at].append(fix)
        for key in inside:
            found[key].n_failures += 1
    _tell(bench, where, found)
    return list(found.values())


def _bound(outcome, cell: Cell) -> Repair | None:
    """Of two figures of which one is larger than it may be: what the other one holds."""
    if outcome.weights or len(outcome.terms) != 2 or cell.unit == "%" or outcome.difference is None:
        return None
    other = outcome.terms[1] if outcome.terms[0] is cell else outcome.terms[0]
    return None if other.unit == "%" or other.is_unknown else Repair(base(other), base(other) * 0)


def _tell(bench: Bench, where: dict[int, tuple[Grid, At]], found: dict[int, Grid]) -> None:
    """What a single other figure says of a cell: copies and bounds, kept or broken."""
    for outcome in bench.outcomes:
        filled = [cell for cell in outcome.terms if cell.value is not None]
        if len(outcome.terms) > 3 or len(filled) not in (1, 2):
            continue
        for cell in outcome.terms:
            known = where.get(id(cell))
            if known is None or id(known[0]) not in found:
                continue
            grid, at = known
            grid.told[at] += [o for o in filled if o is not cell and o.unit != "%" and not _inside(o, grid, where)]


def _inside(cell: Cell, grid: Grid, where: dict[int, tuple[Grid, At]]) -> bool:
    known = where.get(id(cell))
    return known is not None and known[0] is grid
