"""Failed rules over words and conditions: what is said twice is told once, one mistake with all its places."""

import re
from collections.abc import Callable, Iterable, Sequence

from fiscal.dictionary import told_once as data
from fiscal.dictionary.identities import catalogue
from fiscal.model.finding import Outcome

_MANY = 5
_NEAR = 40  # characters between a rate and the reason that follows it


def told_once(outcomes: Iterable[Outcome]) -> list[list[Outcome]]:
    """Groups of the same mistake, each with all its places.

    The same wrong word, name or date is one mistake wherever it stands. A word that contradicts figures (大于, 增加) is
    wrong of those figures: two items with the same wrong word are two mistakes.
    """
    outcomes = list(outcomes)
    order = {identity.id for identity in catalogue().identities}
    groups: dict[tuple, list[Outcome]] = {}
    for outcome in outcomes:
        if any(_told(same, outcome, outcomes) for same in data.told_once().told.get(outcome.rule, ())):
            continue
        groups.setdefault(_mistake(outcome, order), []).append(outcome)
    return _few(list(groups.values()), order)


def _mistake(outcome: Outcome, order: set[str]) -> tuple:
    if outcome.rule in data.told_once().names and outcome.expected is not None:
        return "name", outcome.actual, outcome.expected
    if outcome.rule in data.told_once().codes:
        return outcome.rule, re.sub(r"《.*?》", "", outcome.message)
    figures = tuple(id(cell) for cell in outcome.terms if cell.value is not None)
    if outcome.rule in order and len(figures) > 1:  # one amount told three times is one mistake beside the same count
        return outcome.rule, outcome.message, *figures[1:]
    if figures or outcome.rule not in order:
        return outcome.rule, figures or id(outcome)
    if outcome.actual is not None and outcome.expected is not None:
        return outcome.rule, outcome.actual, outcome.expected
    return outcome.rule, outcome.message


def _few(groups: list[list[Outcome]], order: set[str]) -> list[list[Outcome]]:
    """A rule over words that hits all over the document is one finding with all its places."""
    by_rule: dict[str, list[list[Outcome]]] = {}
    for group in groups:
        by_rule.setdefault(group[0].rule, []).append(group)
    made: list[list[Outcome]] = []
    for rule, same in by_rule.items():
        alike = [outcome for group in same for outcome in group]
        made += same if rule in order or len(same) <= _MANY else [alike]
    return made


def _told(same: data.Same, outcome: Outcome, outcomes: Sequence[Outcome]) -> bool:
    """Whether another finding says it: what is missing is missing once, a wrong year is wrong once."""
    others = [other for other in outcomes if same.said_by(other.rule)]
    if same.where == "titles":
        named = "、".join(re.findall(r"《(.*?)》", outcome.message))
        return bool(named) and all(name in "".join(o.message for o in others) for name in named.split("、"))
    return any(_WHERE[same.where](same, other, outcome) for other in others)


def _before(other: Outcome, outcome: Outcome) -> bool:
    """Whether the last figure of one stands shortly before the words of the other."""
    ends = [cell.place.offset for cell in other.terms if cell.place.section == outcome.terms[0].place.section]
    start = outcome.terms[0].place.offset or 0
    return any(end is not None and 0 <= start - end <= _NEAR for end in ends)


def _within(other: Outcome, outcome: Outcome) -> bool:
    """Whether one of the figures stands inside the words an outcome found."""
    start = outcome.terms[0].place.offset
    ends = (start or 0) + len(str(outcome.actual))
    return any(start is not None and start <= (cell.place.offset or -1) < ends for cell in other.terms)


def _in_section(same: data.Same, other: Outcome) -> bool:
    return any(cell.place.section == same.of for cell in other.terms)


def _named(same: data.Same, other: Outcome) -> bool:
    return catalogue().sections["names"].get(same.of, same.of) in other.message


_WHERE: dict[str, Callable[[data.Same, Outcome, Outcome], bool]] = {
    "document": lambda same, other, outcome: True,
    "section": lambda same, other, outcome: _in_section(same, other),
    "named": lambda same, other, outcome: _named(same, other),
    "before": lambda same, other, outcome: _before(other, outcome),
    "inside": lambda same, other, outcome: _within(other, outcome),
    "around": lambda same, other, outcome: _within(outcome, other),
}
