"""Ratios: percentages that add to 100, and whether a printed one fits its amounts."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal, localcontext

import pandas as pd

from fiscal.model.rounding import Interval, round_to


def quotient(part: Decimal, whole: Decimal) -> Decimal:
    """part / whole to 30 digits; the caller has made sure that `whole` is not 0."""
    if part == 0:
        return Decimal(0)
    with localcontext() as context:
        context.prec = 30
        return part / whole


def growth_rates(now: pd.Series, before: pd.Series) -> pd.Series:
    """now / before - 1 row by row, NA where one is not known or the base is not above 0."""
    now, base = now.astype("Float64"), before.astype("Float64")
    return now / base.where(base > 0) - 1


def points(part: object, base: object, times: int = 100) -> float | None:
    """part / base as a multiple (percentage points); None unless both are known and the base is above 0."""
    if not isinstance(part, Decimal) or not isinstance(base, Decimal) or base <= 0:
        return None
    return float(quotient(part, base) * times)


def allowed(parts: Interval, whole: Interval, most: int) -> int:
    """How many decimals parts / whole can show, at most `most`: it is no more uncertain than one unit of the last."""
    if whole.low <= 0 <= whole.high:
        return 0
    corners = [quotient(x, y) for x in (parts.low, parts.high) for y in (whole.low, whole.high)]
    half = (max(corners) - min(corners)) / 2
    return most if half == 0 else min(most, -half.adjusted() - (half > Decimal(1).scaleb(half.adjusted())))


def tied(one: Interval, other: Interval) -> str:
    """How two amounts that should be one compare: equal, rounding (their digits explain it) or different."""
    if one.middle == other.middle:
        return "equal"
    return "rounding" if one.meets(other) else "different"


def largest_remainder(parts: Sequence[Decimal], digits: int = 4) -> list[Decimal]:
    """Shares of a complete list that add to exactly 1.

    Each share is cut off after `digits` decimals; the units of the last digit that are then missing go to the parts
    with the largest remainders, the first printed winning a tie (Hamilton's method). A part of 0 keeps 0.
    Errors: ValueError when the parts add to 0, because nothing has a share of nothing.
    """
    whole = sum(parts, Decimal(0))
    if whole == 0:
        raise ValueError("the parts add to 0: there are no shares")
    unit = Decimal(1).scaleb(-digits)
    exact = [quotient(part, whole) for part in parts]
    floors = [share.quantize(unit, rounding=ROUND_FLOOR) for share in exact]
    short = int((1 - sum(floors, Decimal(0))) / unit)
    by_rest = sorted(range(len(parts)), key=lambda i: floors[i] - exact[i])
    lucky = {index for index in by_rest if exact[index] != floors[index]}
    chosen = set([index for index in by_rest if index in lucky][:short])
    return [floor + unit if index in chosen else floor for index, floor in enumerate(floors)]


def rounded(parts: Sequence[Decimal], whole: Decimal, digits: int = 4) -> list[Decimal]:
    """Shares of `whole`, each rounded on its own: for lists that are not complete."""
    return [round_to(quotient(part, whole), digits) for part in parts]


def printed_interval(value: Decimal) -> Interval:
    """What a printed number can stand for; a bare 0 is exact."""
    exponent = int(value.as_tuple().exponent)
    half = Decimal(0) if value == 0 and exponent >= 0 else Decimal(5).scaleb(exponent - 1)
    return Interval(value - half, value + half)


def agrees(printed: Decimal | None, part: Decimal | None, whole: Decimal | None) -> bool | None:
    """Whether a printed ratio can be part / whole, given the printed digits of all three; None: cannot be judged."""
    if printed is None or part is None or whole is None:
        return None
    above, below = printed_interval(part), printed_interval(whole)
    if below.low <= 0 <= below.high:
        return None
    corners = [quotient(x, y) for x in (above.low, above.high) for y in (below.low, below.high)]
    return Interval(min(corners), max(corners)).meets(printed_interval(printed))
