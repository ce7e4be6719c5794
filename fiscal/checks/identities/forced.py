"""The forced last share (倒挤): a wrong share that only makes a complete list add up to 100."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from fiscal.model.cells import Cell
from fiscal.model.finding import ROUNDING, SKIPPED, Outcome

_HUNDRED = Decimal(100)
Shares = list[tuple[Cell, Decimal]]


def is_forced(group: Iterable[Outcome]) -> bool:
    """Whether the outcomes of the shares of one list show a list made to add to 100: see rounding.forced_last_share."""
    shares = _shares(one for one in group if one.outcome != SKIPPED)
    printed = sum((cell.number for cell, _ in shares), Decimal(0))
    gap = printed - sum((nearest for _, nearest in shares), Decimal(0))
    widest = sum((cell.half for cell, _ in shares), Decimal(0))  # rounding parts the sum from 100 by no more
    if printed != _HUNDRED or gap == 0 or abs(gap) > widest:
        return False
    return all((cell.number - nearest) * gap >= 0 for cell, nearest in shares)


def _shares(group: Iterable[Outcome]) -> Shares:
    """Each printed share once, with its nearest rounding."""
    found: dict[int, tuple[Cell, Decimal]] = {}
    for outcome in group:
        cell = outcome.terms[0]
        nearest = outcome.expected if isinstance(outcome.expected, Decimal) else cell.number
        found.setdefault(id(cell), (cell, nearest))
    return list(found.values())


def as_info(outcome: Outcome) -> Outcome:
    """The same outcome as a remark."""
    return replace(outcome, outcome=ROUNDING, severity="info", reason="forced last share")
