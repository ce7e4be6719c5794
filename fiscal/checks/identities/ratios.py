"""Shares, completion rates and rates of change, with everything the printed digits of their inputs allow."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from fiscal.checks.identities.exact import Scaled, Skip, Terms, merged, size, unknown
from fiscal.model.cells import Cell

Number = int | Fraction
Pair = tuple[Number, Number]
_FORMS: dict[str, Callable[[Number, Number], Fraction]] = {
    "share": lambda part, whole: Fraction(part * 100) / whole,
    "completion": lambda actual, budget: Fraction(actual * 100) / budget,
    "pct_change": lambda now, before: Fraction((now - before) * 100) / before,
}


@dataclass(frozen=True)
class Ratio:
    """share(part, whole), completion(actual, budget) or pct_change(now, before); `absolute` = without its sign."""

    form: str
    top: Terms
    bottom: Terms
    absolute: bool = False

    @property
    def cells(self) -> list[Cell]:
        return [cell for _, cell in (*self.top, *self.bottom)]


@dataclass(frozen=True)
class Percents:
    """What a ratio allows: the value from the printed numbers, and the ends of its interval.

    `also` are rates accepted by convention (100 for a new item); `style` marks those that are only a matter of style.
    """

    point: Fraction | None
    low: Fraction
    high: Fraction
    also: tuple[int, ...] = ()
    style: bool = False


def percents(ratio: Ratio, scaled: Scaled) -> Percents:
    """Evaluate a ratio. Errors: Skip where it is undefined, or touches unknown or approximate numbers."""
    for cell in ratio.cells:
        if cell.is_unknown:
            raise unknown([cell])
        if cell.approximate:
            raise Skip("approximate")
    top, bottom = _interval(ratio.top, scaled), _interval(ratio.bottom, scaled)
    if bottom[0] == bottom[1] == 0:
        return _zero_base(ratio, value_of(ratio.top, scaled))
    if bottom[0] <= 0 <= bottom[1] or (ratio.form == "pct_change" and bottom[1] < 0):
        raise Skip("undefined")
    form = _FORMS[ratio.form]
    point = form(value_of(ratio.top, scaled), value_of(ratio.bottom, scaled))
    corners = [form(*pair) for pair in _corners(ratio, scaled, (top, bottom))]
    low, high = min(*corners, point), max(*corners, point)
    if not ratio.absolute:
        return Percents(point, low, high)
    inside = Fraction(0) if low <= 0 <= high else min(abs(low), abs(high))
    return Percents(abs(point), inside, max(abs(low), abs(high)))


def _zero_base(ratio: Ratio, top: Number) -> Percents:
    if ratio.form == "share":
        return Percents(Fraction(0), Fraction(0), Fraction(0))
    if ratio.form == "completion":
        if top == 0:
            return Percents(None, Fraction(0), Fraction(0), (0, 100), style=True)
        return Percents(None, Fraction(0), Fraction(0))
    return Percents(None, Fraction(0), Fraction(0), (100,) if top > 0 else (0,))


def _interval(terms: Terms, scaled: Scaled) -> Pair:
    low: Number = 0
    high: Number = 0
    for weight, cell in merged(terms):
        value, half, _ = scaled(cell)
        low += weight * value - size(weight) * half
        high += weight * value + size(weight) * half
    return low, high


def value_of(terms: Terms, scaled: Scaled) -> Number:
    """The printed value of a side."""
    return sum(weight * scaled(cell)[0] for weight, cell in terms)


def _corners(ratio: Ratio, scaled: Scaled, sides: tuple[Pair, Pair]) -> list[Pair]:
    """Top and bottom at every corner of the box of inputs; a number in both moves both together."""
    top = {id(cell): (weight, cell) for weight, cell in merged(ratio.top)}
    bottom = {id(cell): (weight, cell) for weight, cell in merged(ratio.bottom)}
    shared = [top[key][1] for key in top.keys() & bottom.keys() if scaled(top[key][1])[1]]
    if not shared:
        return list(product(*sides))
    ends = []
    for signs in product((-1, 1), repeat=len(shared)):
        shift = {id(cell): sign * scaled(cell)[1] for cell, sign in zip(shared, signs)}
        ends += list(product(_with(top, shift, scaled), _with(bottom, shift, scaled)))
    return ends


def _with(side: dict[int, tuple[Number, Cell]], shift: dict[int, int], scaled: Scaled) -> Pair:
    """The interval of one side with some of its numbers held at one end."""
    low: Number = 0
    high: Number = 0
    for key, (weight, cell) in side.items():
        value, half, _ = scaled(cell)
        middle, width = weight * (value + shift.get(key, 0)), 0 if key in shift else size(weight) * half
        low, high = low + middle - width, high + middle + width
    return low, high
