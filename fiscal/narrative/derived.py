"""Figures that a sentence needs and no cell prints: shares, changes, completion rates, marked as derived.

They stand in only where the document prints none, and never enter a check.
"""

from decimal import Decimal

from fiscal.model.cells import NUMBER, UNKNOWN, Cell
from fiscal.model.money import in_unit
from fiscal.model.rounding import round_to

PERCENT_DIGITS = 2


def share(part: Cell | None, whole: Cell | None) -> Cell | None:
    """part ÷ whole in percent; also a completion rate (actual ÷ budget). None without a base above 0."""
    if part is None or whole is None or part.is_unknown or whole.is_unknown:
        return _unknown(part, whole)
    base = in_unit(whole, part.unit)
    if base <= 0:
        return None
    return _derived(round_to(part.number / base * 100, PERCENT_DIGITS), "%")


def change(now: Cell | None, before: Cell | None) -> Cell | None:
    """now - before, in the unit of `now`; negative for a decrease. None where either year leaves a blank."""
    if now is None or before is None or now.is_unknown or before.is_unknown:
        return _unknown(now, before)
    if now.is_blank or before.is_blank:
        return None
    return _derived(now.number - in_unit(before, now.unit), now.unit)


def change_percent(now: Cell | None, before: Cell | None) -> Cell | None:
    """The change in percent of last year's figure. None where that was 0 or below."""
    moved = change(now, before)
    if moved is None or moved.is_unknown or before is None:
        return moved
    return share(moved, before)


def _derived(value: Decimal, unit: str) -> Cell:
    return Cell(NUMBER, value, unit, f"{value:f}", derived=True)


def _unknown(*cells: Cell | None) -> Cell | None:
    """Unknown spreads, where every operand exists."""
    present = [cell for cell in cells if cell is not None]
    return Cell(UNKNOWN, None, present[0].unit) if len(present) == len(cells) else None
