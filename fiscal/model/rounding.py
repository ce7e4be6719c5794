"""Intervals from printed digits: what a printed number can stand for, and when two of them meet.

A printed number is the closed interval of half a unit of its last digit; blanks, counts and a bare 0 have no width.
No cap and no fixed tolerance anywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext

from fiscal.model.cells import Cell
from fiscal.model.money import FACTORS, convert


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, ends included."""

    low: Decimal
    high: Decimal

    @property
    def middle(self) -> Decimal:
        return (self.low + self.high) / 2

    def meets(self, other: "Interval") -> bool:
        return self.low <= other.high and other.low <= self.high

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def scaled(self, weight: Decimal) -> "Interval":
        """Every value times `weight`; the ends of a negative weight swap."""
        ends = (self.low * weight, self.high * weight)
        return Interval(min(ends), max(ends))

    def __str__(self) -> str:
        return f"[{self.low:f}, {self.high:f}]"


def interval(cell: Cell, unit: str | None = None) -> Interval:
    """What a cell can stand for, in its own unit or converted to `unit`. Not defined for an unknown."""
    value, half = cell.number, cell.half
    if unit and unit != cell.unit and cell.unit in FACTORS:
        value, half = convert(value, cell.unit, unit), convert(half, cell.unit, unit)
    return Interval(value - half, value + half)


def sum_of(cells: Iterable[Cell], unit: str | None = None) -> Interval:
    """The interval of a sum: the ends add up."""
    total = Interval(Decimal(0), Decimal(0))
    for cell in cells:
        total = total + interval(cell, unit)
    return total


def round_to(value: Decimal, digits: int) -> Decimal:
    """Rounded half up, as accounts do, to `digits` decimals."""
    with localcontext() as context:
        context.prec = max(60, value.adjusted() + digits + 3)
        return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def same_print(one: Cell, other: Cell) -> bool:
    """Whether two printed numbers can be one quantity printed twice: the finer, rounded or cut off, is the coarser.

    An approximate number (约) contradicts nothing; of a computed one the intervals must meet.
    """
    if one.approximate or other.approximate:
        return True
    unit = one.unit if one.unit in FACTORS and other.unit in FACTORS else None
    a, b = interval(one, unit), interval(other, unit)
    if one.derived or other.derived:
        return a.meets(b)
    left, right = (a.low + a.high) / 2, (b.low + b.high) / 2
    if left == right:
        return True
    step = max(a.high - a.low, b.high - b.low)
    if step == 0 or a.high - a.low == b.high - b.low:
        return False
    fine, coarse = (left, right) if b.high - b.low == step else (right, left)
    steps = fine / step
    return any(steps.quantize(Decimal(1), rounding=way) * step == coarse for way in (ROUND_HALF_UP, ROUND_DOWN))
