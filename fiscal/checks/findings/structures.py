"""Corrections that give a table other rows: a wrong code, a row left out, a row printed twice.

Each is judged by running the rules that touch the table once more; so only few are tried.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import islice

from fiscal.checks.findings.bench import Bench, Effect, base
from fiscal.checks.findings.edits import Edit, corrected
from fiscal.checks.findings.lines import label
from fiscal.checks.identities.exact import UNITS
from fiscal.checks.identities.runner import touches, with_tables
from fiscal.dictionary.classification import functional, level_of
from fiscal.dictionary.labels import stem
from fiscal.model.cells import Cell, Place, blank
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import FAILED, Outcome
from fiscal.model.table import Row, Table

A_ROW, A_CODE = 1.5, 1.0
A_ROW_SEEN = 0.8  # what is lacking is a row of another table; what is too much repeats a row in every figure
_FEW = 3
_TRIES = 8  # tables judged once more; each takes as long as the whole check of one table
_UNKNOWN_CHILD, _UNKNOWN_CLASS = "00", "299"  # codes for a row that no other table names
_SLACK = Fraction(UNITS["万元"], 20)  # five units of the second decimal: what a sum of rounded figures may miss

Lack = dict[str, Fraction | None]  # column → what the rows below a code lack in it
Proposal = tuple[str, Table, tuple[Cell, ...], float, dict[str, str]]


def structures(disclosure: Disclosure, bench: Bench) -> Iterator[Edit]:
    """Every correction of rows for which something speaks once what was corrected stands there, with what it mends."""
    disclosure = replace(disclosure, tables={key: _corrected(t, bench) for key, t in disclosure.tables.items()})
    proposals = (one for view in _views(disclosure, bench) for one in _proposals(view))
    for kind, table, cells, cost, words in islice(proposals, _TRIES):
        effect = _effect(bench, table)
        if effect.mended:
            yield Edit(kind, {}, cells, cost, {"table": table.title, "id": table.id, **words}, effect)


@dataclass
class _View:
    """A table that open failures touch: its failing rows, and rows that it was asked for and does not print."""

    table: Table
    sisters: list[Table]
    year: int | None
    failing: list[Row] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


def _views(disclosure: Disclosure, bench: Bench) -> list[_View]:
    where = {id(c): (t.id, row) for t in disclosure.tables.values() for row in t.rows for c in row.cells.values()}
    views: dict[str, _View] = {}
    for index in sorted(bench.open):
        for cell in bench.outcomes[index].terms:
            key, row = where.get(id(bench.current(cell)), (cell.place.table, None))
            table = disclosure.tables.get(key)
            if table is None:
                continue
            sisters = [other for other in disclosure.tables.values() if other is not table]
            view = views.setdefault(key, _View(table, sisters, disclosure.year))
            named = [row] if row else [one for one in table.rows if one.label == cell.place.row]
            view.failing += [one for one in named if one not in view.failing]
            if not named:
                view.absent.append(cell.place.row)
    return list(views.values())


def _proposals(view: _View) -> Iterator[Proposal]:
    yield from _codes(view)
    yield from _doubled(view.table)
    yield from _missing(view)


def _codes(view: _View) -> Iterator[Proposal]:
    """A row whose name has another code in another table or in the classification, which no row here carries."""
    known: dict[str, set[str]] = defaultdict(set)
    for table in view.sisters:
        for row in table.rows:
            if row.code and stem(row.label):
                known[stem(row.label)].add(row.code)
    here = {row.code for row in view.table.rows}
    for index, row in enumerate(view.table.rows):
        if not row.code:
            continue
        named = {subject.code for subject in functional().named(row.label, view.year, level_of(row.code))}
        elsewhere = known[stem(row.label)]
        if row.code in elsewhere or row.code in named:
            continue
        for code in sorted({*elsewhere, *(code for code in named if code[:3] == row.code[:3])} - here):
            rows = list(view.table.rows)
            key = code if row.key == row.code else row.key
            rows[index] = replace(row, code=code, key=key, level=level_of(code))
            words = {"row": label(row), "code": row.code, "right": code}
            yield "wrong_code", replace(view.table, rows=tuple(rows)), _own(row), A_CODE, words


def _own(row: Row) -> tuple[Cell, ...]:
    """The cells of a row that hold something, the first one at least."""
    cells = tuple(row.cells.values())
    return tuple(cell for cell in cells if not cell.is_blank) or cells[:1]


def _doubled(table: Table) -> Iterator[Proposal]:
    """A row that repeats the code, the name and the figures of another one."""
    seen: set[tuple] = set()
    for index, row in enumerate(table.rows):
        figures = tuple((key, cell.value) for key, cell in row.cells.items())
        if not any(value for _, value in figures):
            continue
        if (row.code, row.label, figures) in seen:
            rows = (*table.rows[:index], *table.rows[index + 1 :])
            yield "row_doubled", replace(table, rows=rows), _own(row), A_ROW_SEEN, {"row": label(row)}
        seen.add((row.code, row.label, figures))


def _missing(view: _View) -> Iterator[Proposal]:
    """Where the rows below a code lack something in the same sense in every column: one row more."""
    table, codes = view.table, {row.code for row in view.table.rows}
    for parent, children in _families(view):
        lacking = {key: _lack(parent, children, key) for key in parent.cells}
        amounts = [value for value in lacking.values() if value is not None]
        empty = any(all(cell.is_blank for cell in row.cells.values()) for row in children)  # a row is there, not filled
        if empty or not any(amounts) or any(value < 0 for value in amounts):
            continue
        length = len(parent.code) + 2 if parent.code else 3
        absent = [[r for r in _listed([t], parent.code, length) if r.code not in codes] for t in view.sisters]
        listed = [row for rows in absent for row in rows]
        alone = listed[0] if len({row.code for row in listed}) == 1 else None
        above = next((row for row in listed if any(code.startswith(row.code) for code in codes)), alone)
        found = next((row for row in listed if _printed(lacking, row) != lacking or _same(row, lacking)), above)
        several = next((shares for rows in absent if not found and (shares := _shares(rows, lacking))), None)
        if not children and not found and not several:
            continue
        unknown = Row("", parent.code + _UNKNOWN_CHILD if parent.code else _UNKNOWN_CLASS, "", "", {})
        new = [_row(parent, row, lack) for row, lack in several or [(found or unknown, _printed(lacking, found))]]
        names = "、".join(f"“{label(row)}”" for row in new if row.label) or _some(parent, listed)
        figures = "、".join(f"{cell}" for row in new for cell in row.cells.values() if cell.is_number)
        at = 1 + max(table.rows.index(one) for one in (parent, *children))
        words = {"row": names, "figures": f"缺{figures}"}
        cost = A_ROW_SEEN if found or several else A_ROW
        yield "row_missing", replace(table, rows=(*table.rows[:at], *new, *table.rows[at:])), _own(parent), cost, words


def _some(parent: Row, listed: Sequence[Row]) -> str:
    """Rows below `parent` of which other tables say which they may be."""
    names = dict.fromkeys(f"“{label(row)}”" for row in listed)
    known = f"（其他表中列有{'、'.join(names)}）" if 0 < len(names) <= _FEW else ""
    return f"“{label(parent)}”所属的行{known}" if known else f"“{label(parent)}”所属的一行"


def _row(parent: Row, found: Row, lacking: Lack) -> Row:
    """A row below `parent` that the table does not print, called as another table calls it."""
    name = f"“{label(found)}”" if found.label else f"“{label(parent)}”所属的一行"
    cells = {key: _cell(parent.cells[key], value, name) for key, value in lacking.items()}
    return Row(found.code, found.code, found.label, level_of(found.code), cells, parent.side)


def _shares(rows: Sequence[Row], lacking: Lack) -> list[tuple[Row, Lack]] | None:
    """What is lacking shared out to several rows of one other table, where their figures add up to it."""
    shares: list[tuple[Row, Lack]] = [(row, {}) for row in rows]
    for key, value in lacking.items():
        for row, share in shares:
            cell = row.cells.get(key, next(iter(row.cells.values())))
            share[key] = base(cell) if value else value
        if value and abs(sum(share[key] or 0 for _, share in shares) - value) > _SLACK * len(rows):
            return None
    return shares if len(rows) > 1 else None


def _families(view: _View) -> Iterator[tuple[Row, list[Row]]]:
    """Rows that fail, or of whose parts one is asked for and absent, with the rows one level below; lowest first."""
    rows, wanted = view.table.rows, {stem(name) for name in view.absent}
    asked = {row.code[:-2] for table in view.sisters for row in table.rows if row.code and stem(row.label) in wanted}
    parents = [row for row in rows if row in view.failing or (row.code and row.code in asked)]
    for parent in sorted(parents, key=lambda row: -len(row.code)):
        length = len(parent.code) + 2
        if parent.level == "total" or parent.key == "total":
            children = [row for row in rows if row.level == "class"]
        elif parent.code:
            children = [row for row in rows if len(row.code) == length and row.code.startswith(parent.code)]
        else:
            continue
        yield parent, children


def _lack(parent: Row, children: Sequence[Row], key: str) -> Fraction | None:
    """What the rows below lack in one column; nothing where the printed digits explain the difference."""
    cells = [parent.cells[key], *(row.cells[key] for row in children if key in row.cells)]
    if any(cell.is_unknown for cell in cells):
        return None
    gap = 2 * base(cells[0]) - sum((base(cell) for cell in cells), Fraction(0))
    return Fraction(0) if abs(gap) <= _width(cells) else gap


def _width(cells: Sequence[Cell]) -> Fraction:
    return sum((Fraction(cell.half) * UNITS.get(cell.unit, 1) for cell in cells), Fraction(0))


def _printed(lacking: Lack, found: Row | None) -> Lack:
    """What is lacking, as another table, or the first of its columns, has it where rounding is all that differs."""
    said = [base(cell) for cell in found.cells.values() if cell.value] if found else []
    said += [value for value in lacking.values() if value]

    def as_said(value: Fraction | None) -> Fraction | None:
        return next((one for one in said if value and abs(one - value) <= _SLACK), value)

    return {key: as_said(value) for key, value in lacking.items()}


def _listed(sisters: Sequence[Table], prefix: str, length: int) -> Iterator[Row]:
    rows = (row for table in sisters for row in table.rows if len(row.code) == length and row.code.startswith(prefix))
    return (row for row in rows if any(cell.value for cell in row.cells.values()))


def _same(row: Row, lacking: Lack) -> bool:
    """Some figure of a row elsewhere is what is lacking here."""
    wanted = {value for value in lacking.values() if value}
    return any(base(cell) in wanted for cell in row.cells.values() if cell.value)


def _cell(beside: Cell, value: Fraction | None, row: str) -> Cell:
    place = Place(document=beside.place.document, table=beside.place.table, row=row, column=beside.place.column)
    return corrected(blank(beside.unit, place), value, max(beside.digits, 2)) if value else blank(beside.unit, place)


def _effect(bench: Bench, table: Table) -> Effect:
    """What is mended and broken when the rules that touch the table are judged with it."""
    fresh = with_tables(bench.outcomes, {table.id: table})
    failing = {_name(outcome, bench): outcome.severity for outcome in fresh if outcome.outcome == FAILED}
    rules = {outcome.rule for outcome in fresh}
    before: dict[tuple, list[int]] = defaultdict(list)
    for index in bench.failed:
        if touches(bench.outcomes[index], {table.id}):
            before[_name(bench.outcomes[index], bench)].append(index)
    gone = [i for name, indices in before.items() if name not in failing and name[0] in rules for i in indices]
    mended = frozenset(index for index in gone if index in bench.open)
    broken = len([name for name, severity in failing.items() if name not in before and severity != "info"])
    return Effect(mended, broken, broken > len(mended) // 3)


def gone_with(bench: Bench, disclosure: Disclosure) -> list[int]:
    """Open failures of conditions that hold once every corrected table is judged anew."""
    corrected = {table.id: _corrected(table, bench) for table in disclosure.tables.values()}
    changed = {key: table for key, table in corrected.items() if table is not disclosure.tables[key]}
    fresh = with_tables(bench.outcomes, changed) if changed else []
    failing = {(outcome.rule, outcome.message) for outcome in fresh if outcome.outcome == FAILED}
    rules = {outcome.rule for outcome in fresh}
    told = {i: one for i in bench.open if (one := bench.outcomes[i]).difference is None and touches(one, changed)}
    return [i for i, one in told.items() if one.rule in rules and (one.rule, one.message) not in failing]


def _corrected(table: Table, bench: Bench) -> Table:
    if not any(id(cell) in bench.applied for _, _, cell in table.cells()):
        return table
    rows = [replace(r, cells={k: bench.current(c) for k, c in r.cells.items()}) for r in table.rows]
    return replace(table, rows=tuple(rows))


def _name(outcome: Outcome, bench: Bench) -> tuple:
    """An instance whatever rows stand around it: by the figure it is about, else by what it says."""
    printed = (bench.printed(cell) for cell in outcome.terms if cell.value is not None)
    figures = (id(cell) for cell in printed if id(cell) in bench.cells)
    return outcome.rule, next(figures, outcome.message)
