"""Percentages that add to 100: the largest remainder."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal, localcontext

from fiscal.model.rounding import round_to


def quotient(part: Decimal, whole: Decimal) -> Decimal:
    """part / whole to 30 digits; the caller has made sure that `whole` is not 0."""
    if part == 0:
        return Decimal(0)
    with localcontext() as context:
        context.prec = 30
        return part / whole


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
