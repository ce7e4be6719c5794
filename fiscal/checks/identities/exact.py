"""What formulas compute with: exact integers instead of Decimals, weighted cells, and reasons not to evaluate.

Every amount becomes an integer in 10⁻²⁴ of 元 (percents and counts in 10⁻²⁴ of their own unit), so sums of thousands
of cells stay exact and fast.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from fiscal.model.cells import BLANK, NUMBER, Cell, Place

ONE = 10**24
UNITS = {"元": 1, "千元": 1000, "万元": 10_000, "亿元": 100_000_000}

_MOST_DIGITS = 12

Weight = int | Fraction
Terms = list[tuple[Weight, Cell]]


def size(value: Weight) -> Weight:
    """abs() that keeps its type."""
    return -value if value < 0 else value


class Skip(Exception):
    """An instance that cannot be evaluated, and why."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


def unknown(cells: Iterable[Cell], detail: str = "") -> Skip:
    """Why numbers we do not have stop an instance: one was not read, or else not published."""
    return Skip("unread" if any(cell.is_unread for cell in cells) else "unknown", detail)


class Constant(Cell):
    """A number of a formula (the 100 of a sum of shares): exact, of no unit, and no figure of the document."""

    __slots__ = ()


class Scaled:
    """Value, half width and step (a unit of the last digit; 0 = exact, -1 = known only as an interval) as integers."""

    __slots__ = ("cells", "known")

    def __init__(self) -> None:
        self.known: dict[int, tuple[int, int, int]] = {}
        self.cells: list[Cell] = []  # keeps the ids of `known` alive

    def __call__(self, cell: Cell) -> tuple[int, int, int]:
        key = id(cell)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = _scale(cell)
            self.cells.append(cell)
        return found


def _scale(cell: Cell) -> tuple[int, int, int]:
    if cell.value is None:
        return 0, 0, 0
    factor = ONE * UNITS.get(cell.unit, 1)
    value = _whole(cell.value, factor)
    if cell.width is not None:
        return value, _whole(cell.width, factor), -1
    if cell.exact or cell.unit == "":
        return value, 0, 0
    half = factor // (2 * 10**cell.digits)
    return value, half, 2 * half


def _whole(value: Decimal, factor: int) -> int:
    top, bottom = value.as_integer_ratio()
    return top * factor // bottom


def constant(value: Decimal | int | str) -> Constant:
    """A number written in a formula."""
    return Constant(NUMBER, Decimal(value), "", str(value), exact=True)


def in_unit(terms: Terms, unit: str) -> Terms:
    """The terms with the constants of the formula read in this unit of money."""
    if unit not in UNITS:
        return terms
    return [(weight, replace(cell, unit=unit) if type(cell) is Constant else cell) for weight, cell in terms]


def empty(unit: str = "万元", *, table: str = "", row: str = "", column: str = "") -> Cell:
    """The blank that stands for a row or column which the published form does not list."""
    return Cell(BLANK, None, unit, "", Place(table=table, row=row, column=column))


def merged(terms: Terms) -> Terms:
    """One term per printed number: the weights of a number that stands more than once are added."""
    if len({id(cell) for _, cell in terms}) == len(terms):
        return terms
    weights: dict[int, list] = {}
    for weight, cell in terms:
        weights.setdefault(id(cell), [0, cell])[0] += weight
    return [(weight, cell) for weight, cell in weights.values()]


def unit_of(cells: Iterable[Cell]) -> str:
    """The unit to show a result in: that of the first number that is no constant."""
    fallback = ""
    for cell in cells:
        if isinstance(cell, Constant):
            continue
        if cell.state == NUMBER:
            return cell.unit
        fallback = fallback or cell.unit
    return fallback


def shown(value: int | Fraction, unit: str, digits: int) -> Decimal:
    """A scaled value as a Decimal in `unit`, with at least `digits` decimals, at most 12."""
    factor = ONE * UNITS.get(unit, 1)
    while digits < _MOST_DIGITS and value * 10**digits % factor:
        digits += 1
    return Decimal(int(value * 10**digits // factor)).scaleb(-digits)
