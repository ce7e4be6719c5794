"""Corrections that give a table other rows: a wrong code, a row left out, a row printed twice.

Each is judged by running the rules that touch the table once more; so only few are tried.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from fiscal.checks.findings.bench import Bench, Effect, base
from fiscal.checks.findings.edits import Edit, corrected
from fiscal.checks.findings.grids import Grid
from fiscal.checks.findings.lines import label
from fiscal.checks.identities.runner import with_tables
from fiscal.dictionary.classification import functional, level_of
from fiscal.dictionary.labels import stem
from fiscal.model.cells import Cell, Place, blank
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import FAILED, Outcome
from fiscal.model.table import Row, Table

A_ROW, A_CODE = 1.5, 1.0
_TRIES = 8  # tables judged once more; each takes as long as the whole check of one table
_UNKNOWN_CHILD = "00"  # the code of a row that no other table names

Proposal = tuple[str, Table, tuple[Cell, ...], float, dict[str, str]]


def structures(grids: Sequence[Grid], disclosure: Disclosure, bench: Bench) -> Iterator[Edit]:
    """Every correction of rows for which something speaks, with what it mends."""
    proposals = [one for grid in grids for one in _proposals(grid, disclosure)]
    for kind, table, cells, cost, words in proposals[:_TRIES]:
        effect = _effect(bench, table)
        if effect.mended:
            told = {"table": table.title, **words}
            yield Edit(kind, {}, cells, cost, told, effect)


def _proposals(grid: Grid, disclosure: Disclosure) -> Iterator[Proposal]:
    sisters = [table for table in disclosure.tables.values() if table is not grid.table]
    yield from _codes(grid, sisters, disclosure.year)
    yield from _doubled(grid)
    yield from _missing(grid, sisters)


def _codes(grid: Grid, sisters: Sequence[Table], year: int | None) -> Iterator[Proposal]:
    """A row whose name has another code in another table or in the classification, which no row here carries."""
    known: dict[str, set[str]] = defaultdict(set)
    for table in sisters:
        for row in table.rows:
            if row.code and stem(row.label):
                known[stem(row.label)].add(row.code)
    here = {row.code for row in grid.rows}
    for index, row in enumerate(grid.rows):
        if not row.code:
            continue
        named = {subject.code for subject in functional().named(row.label, year, level_of(row.code))}
        codes = sorted({*known[stem(row.label)], *(code for code in named if code[:3] == row.code[:3])} - here)
        if row.code in known[stem(row.label)] or row.code in named:
            continue
        for code in codes:
            rows = list(grid.rows)
            key = code if row.key == row.code else row.key
            rows[index] = replace(row, code=code, key=key, level=level_of(code))
            words = {"row": label(row), "code": row.code, "right": code}
            yield "wrong_code", replace(grid.table, rows=tuple(rows)), _own(row), A_CODE, words


def _own(row: Row) -> tuple[Cell, ...]:
    """The cells of a row that hold something, the first one at least."""
    cells = tuple(row.cells.values())
    return tuple(cell for cell in cells if not cell.is_blank) or cells[:1]


def _doubled(grid: Grid) -> Iterator[Proposal]:
    """A row that repeats the code, the name and the figures of another one."""
    seen: dict[tuple, int] = {}
    for index, row in enumerate(grid.rows):
        figures = tuple((key, cell.value) for key, cell in row.cells.items())
        if not any(value for _, value in figures):
            continue
        if (row.code, row.label, figures) in seen:
            rows = (*grid.rows[:index], *grid.rows[index + 1 :])
            yield "row_doubled", replace(grid.table, rows=rows), _own(row), A_ROW, {"row": label(row)}
        seen[row.code, row.label, figures] = index


def _missing(grid: Grid, sisters: Sequence[Table]) -> Iterator[Proposal]:
    """Where the rows below a code lack something in the same sense in every column: one row more."""
    for parent, children in _families(grid):
        lacking = {key: _lack(parent, children, key) for key in parent.cells}
        amounts = [value for value in lacking.values() if value is not None]
        if len(parent.cells) < 1 or not any(amounts) or any(value < 0 for value in amounts):
            continue
        codes = {row.code for row in grid.rows}
        length = len(parent.code) + 2 if parent.code else 3
        found = next(
            (r for r in _listed(sisters, parent.code, length) if r.code not in codes and _same(r, lacking)), None
        )
        code = found.code if found else parent.code + _UNKNOWN_CHILD * (1 if parent.code else 0) or "000"
        name = f"“{label(found)}”" if found else f"“{label(parent)}”所属的一行"
        cells = {key: _cell(parent.cells[key], value, name) for key, value in lacking.items()}
        row = Row(code, code, found.label if found else "", level_of(code), cells, parent.side)
        figures = "、".join(f"{cell}" for cell in cells.values() if cell.is_number)
        at = 1 + max(grid.rows.index(one) for one in (parent, *children))
        rows = (*grid.rows[:at], row, *grid.rows[at:])
        words = {"row": name, "figures": f"缺{figures}"}
        yield "row_missing", replace(grid.table, rows=rows), _own(parent), A_ROW, words


def _families(grid: Grid) -> Iterator[tuple[Row, list[Row]]]:
    """Failing rows with the rows one level below, lowest level first; the total with the classes."""
    failing = [grid.rows[index] for index in grid.failing]
    for parent in sorted(failing, key=lambda row: -len(row.code)):
        if parent.level == "total" or parent.key == "total":
            children = [row for row in grid.rows if row.level == "class"]
        elif parent.code:
            length = len(parent.code) + 2
            children = [row for row in grid.rows if len(row.code) == length and row.code.startswith(parent.code)]
        else:
            continue
        if children:
            yield parent, children


def _lack(parent: Row, children: Sequence[Row], key: str) -> Fraction | None:
    cells = [row.cells[key] for row in children if key in row.cells]
    if parent.cells[key].is_unknown or any(cell.is_unknown for cell in cells):
        return None
    return base(parent.cells[key]) - sum((base(cell) for cell in cells), Fraction(0))


def _listed(sisters: Sequence[Table], prefix: str, length: int) -> Iterator[Row]:
    return (r for table in sisters for r in table.rows if len(r.code) == length and r.code.startswith(prefix))


def _same(row: Row, lacking: dict[str, Fraction | None]) -> bool:
    """Some figure of a row elsewhere is what is lacking here."""
    wanted = {value for value in lacking.values() if value}
    return any(base(cell) in wanted for cell in row.cells.values() if cell.value)


def _cell(beside: Cell, value: Fraction | None, row: str) -> Cell:
    place = Place(document=beside.place.document, table=beside.place.table, row=row, column=beside.place.column)
    return corrected(blank(beside.unit, place), value, max(beside.digits, 2)) if value else blank(beside.unit, place)


def _effect(bench: Bench, table: Table) -> Effect:
    """What is mended and broken when the rules that touch the table are judged with it."""
    fresh = with_tables(bench.outcomes, {table.id: table})
    new = {id(cell) for row in table.rows for cell in row.cells.values()} - bench.cells.keys()
    failing = {_name(outcome, new) for outcome in fresh if outcome.outcome == FAILED and outcome.severity != "info"}
    rules = {outcome.rule for outcome in fresh}
    before = {_name(bench.outcomes[index], new): index for index in bench.failed}
    gone = [index for name, index in before.items() if name not in failing and name[0] in rules and index in bench.open]
    touching = [index for index in gone if _touches(bench.outcomes[index], table)]
    broken = len([name for name in failing if name not in before])
    return Effect(frozenset(touching), broken, broken > len(touching) // 3)


def _touches(outcome: Outcome, table: Table) -> bool:
    return any(cell.place.table == table.id for cell in outcome.terms)


def _name(outcome: Outcome, new: set[int]) -> tuple:
    """An instance whatever rows stand around it."""
    places = {_address(cell) for cell in outcome.terms if cell.value is not None and id(cell) not in new}
    return outcome.rule, frozenset(places or {_address(cell) for cell in outcome.terms})


def _address(cell: Cell) -> tuple:
    place = cell.place
    return place.table, place.sheet, place.cell, place.row, place.column, place.offset
