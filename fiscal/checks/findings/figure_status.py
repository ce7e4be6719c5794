"""The status of every figure of the narrative: verified, rounding, conflicting, unconstrained, unread."""

from collections.abc import Iterable
from dataclasses import dataclass

from fiscal.model.finding import FAILED, PASSED, ROUNDING, WORST_FIRST, Outcome
from fiscal.model.text import Claim, Narrative, figure_key

_UNJUDGED = WORST_FIRST.index("unconstrained")


@dataclass(frozen=True)
class Statuses:
    """statuses: (group, deciding rule) per statement; totals: figures in each group, counts left out, and `total`."""

    statuses: tuple[tuple[str, str], ...]
    totals: dict[str, int]


def status(outcomes: Iterable[Outcome], narrative: Narrative) -> Statuses:
    """Judge every statement by the checks it took part in.

    A figure printed once and stated for two subjects counts once, with its worst status; counts do not count.
    """
    decided = _decisions(outcomes)
    statuses = tuple(_status(statement, decided) for statement in narrative.claims)
    return Statuses(statuses, _totals(narrative.claims, statuses))


def _decisions(outcomes: Iterable[Outcome]) -> dict[int, tuple[int, str]]:
    """id of a cell → worst group and the rule that decided it."""
    found: dict[int, tuple[int, str]] = {}
    for outcome in outcomes:
        group = _group(outcome)
        if group is None:
            continue
        rank = WORST_FIRST.index(group)
        for cell in outcome.terms:
            if cell.value is not None and rank < found.get(id(cell), (_UNJUDGED, ""))[0]:
                found[id(cell)] = (rank, outcome.rule)
    return found


def _group(outcome: Outcome) -> str | None:
    if outcome.outcome == FAILED:
        return "conflicting" if outcome.severity != "info" else None
    return {ROUNDING: "rounding", PASSED: "verified"}.get(outcome.outcome)


def _status(statement: Claim, decided: dict[int, tuple[int, str]]) -> tuple[str, str]:
    if not statement.kind:
        return "unread", ""
    rank, rule = decided.get(id(statement.cell), (_UNJUDGED, ""))
    return WORST_FIRST[rank], rule


def _totals(statements: tuple[Claim, ...], statuses: tuple[tuple[str, str], ...]) -> dict[str, int]:
    worst: dict[tuple, int] = {}
    for index, (statement, (group, _)) in enumerate(zip(statements, statuses)):
        key = figure_key(statement, index)
        if key is not None:
            worst[key] = min(worst.get(key, len(WORST_FIRST)), WORST_FIRST.index(group))
    totals = {"total": len(worst)} | dict.fromkeys(WORST_FIRST[2::-1] + WORST_FIRST[3:], 0)
    for rank in worst.values():
        totals[WORST_FIRST[rank]] += 1
    return totals
