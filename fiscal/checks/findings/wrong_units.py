"""A table whose unit (元, 万元) is printed wrongly: every tie to another table fails by the same factor."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fiscal.checks.findings.causes import base
from fiscal.checks.identities.exact import UNITS
from fiscal.model.cells import Cell
from fiscal.model.finding import FAILED, PASSED, Outcome
from fiscal.model.table import Row, Table

_ENOUGH = 2  # ties that the other unit mends; one alone may be chance

Where = Mapping[int, tuple[Table, Row, str]]  # id of a cell → its table, row and column


@dataclass(frozen=True)
class WrongUnit:
    """A table, the unit it should have, and the failures that come of it: sums that the other unit mends first."""

    table: Table
    unit: str
    outcomes: list[Outcome]


def wrong_units(outcomes: Sequence[Outcome], where: Where) -> Iterator[WrongUnit]:
    """Tables in another unit than most, none of whose ties to the others holds before, and most of them after.

    `where` is that of slips.whereabouts. Sums inside a table hold in any unit and say nothing.
    """
    tables = {table.id: table for table, _, _ in where.values()}
    units = Counter(table.unit for table in tables.values())
    for table in tables.values():
        unit = max(units, key=lambda name: (units[name], name))
        if table.unit == unit or not {table.unit, unit} <= UNITS.keys():
            continue
        ties = [outcome for outcome in outcomes if _ties(outcome, table, where)]
        failed = [outcome for outcome in ties if outcome.outcome == FAILED]
        mended = [outcome for outcome in failed if _holds(outcome, table, where, unit)]
        if len(mended) >= _ENOUGH and not any(_says_something(outcome) for outcome in ties if outcome not in failed):
            kept = {id(outcome) for outcome in mended}
            yield WrongUnit(table, unit, [*mended, *(outcome for outcome in failed if id(outcome) not in kept)])


def _ties(outcome: Outcome, table: Table, where: Where) -> bool:
    """Whether a judged rule sets amounts of this table against others."""
    inside = {_is_of(cell, table, where) for cell in outcome.terms if cell.unit in UNITS}
    return len(inside) == 2 and (
        outcome.outcome == PASSED or (outcome.outcome == FAILED and outcome.difference is not None)
    )


def _is_of(cell: Cell, table: Table, where: Where) -> bool:
    return id(cell) in where and where[id(cell)][0].id == table.id


def _says_something(outcome: Outcome) -> bool:
    """A sum of zeros holds in every unit, and a bound (at most) often in a wrong one."""
    return bool(outcome.weights) and any(cell.value for cell in outcome.terms)


def _holds(outcome: Outcome, table: Table, where: Where, unit: str) -> bool:
    """Whether the sum holds once the amounts of the table are read in the other unit."""
    if not outcome.weights:
        return False
    total = width = Fraction(0)
    for weight, cell in zip(outcome.weights, outcome.terms, strict=True):
        of_one = Fraction(UNITS[unit], UNITS[table.unit]) if _is_of(cell, table, where) else Fraction(1)
        total += Fraction(weight) * base(cell) * of_one
        width += abs(Fraction(weight)) * Fraction(cell.half) * UNITS.get(cell.unit, 1) * of_one
    return abs(total) <= width
