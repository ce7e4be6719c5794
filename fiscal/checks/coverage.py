"""Which identities could not be evaluated, and why: nothing passes because it was not looked at."""

from collections import Counter
from collections.abc import Iterable

from fiscal.model.finding import SKIPPED, Outcome


def skipped(outcomes: Iterable[Outcome]) -> dict[str, Counter[str]]:
    """Rule → reason → number of instances, for everything that was skipped."""
    found: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        if outcome.outcome == SKIPPED:
            found.setdefault(outcome.rule, Counter())[outcome.reason] += 1
    return found


def never_evaluated(outcomes: Iterable[Outcome]) -> dict[str, Counter[str]]:
    """Those rules of `skipped` of which not one instance was evaluated."""
    outcomes = list(outcomes)
    evaluated = {outcome.rule for outcome in outcomes if outcome.outcome != SKIPPED}
    return {rule: reasons for rule, reasons in skipped(outcomes).items() if rule not in evaluated}
