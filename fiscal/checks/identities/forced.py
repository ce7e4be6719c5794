"""The forced last share (倒挤): a wrong share that only makes a complete list add up to 100."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from fiscal.dictionary.identities import catalogue
from fiscal.model.cells import Cell
from fiscal.model.finding import FAILED, ROUNDING, SKIPPED, Outcome

_HUNDRED = Decimal(100)
Shares = list[tuple[Cell, Decimal]]


def _lists() -> dict[str, str]:
    return {identity.id: identity.share_list for identity in catalogue().identities if identity.share_list}


def with_forced_shares(outcomes: list[Outcome]) -> list[Outcome]:
    """The same outcomes, failed shares of a list that was forced to 100 turned into info."""
    lists = _lists()
    if not any(outcome.outcome == FAILED and outcome.rule in lists for outcome in outcomes):
        return outcomes
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.rule in lists and outcome.outcome != SKIPPED:
            groups[lists[outcome.rule]].append(outcome)
    forced = {key for key, group in groups.items() if _is_forced(_shares(group))}
    return [
        _as_info(outcome) if outcome.outcome == FAILED and lists.get(outcome.rule) in forced else outcome
        for outcome in outcomes
    ]


def _shares(group: Iterable[Outcome]) -> Shares:
    """Each printed share once, with its nearest rounding."""
    found: dict[int, tuple[Cell, Decimal]] = {}
    for outcome in group:
        cell = outcome.terms[0]
        nearest = outcome.expected if isinstance(outcome.expected, Decimal) else cell.number
        found.setdefault(id(cell), (cell, nearest))
    return list(found.values())


def _is_forced(shares: Shares) -> bool:
    printed = sum((cell.number for cell, _ in shares), Decimal(0))
    gap = printed - sum((nearest for _, nearest in shares), Decimal(0))
    if printed != _HUNDRED or gap == 0:
        return False
    return all((cell.number - nearest) * gap >= 0 for cell, nearest in shares)


def _as_info(outcome: Outcome) -> Outcome:
    return replace(outcome, outcome=ROUNDING, severity="info", reason="forced last share")
