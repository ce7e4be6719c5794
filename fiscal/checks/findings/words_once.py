"""Failed rules over words and conditions: what is said twice is told once, one mistake with all its places."""

import re
from collections.abc import Iterable, Sequence

from fiscal.dictionary.identities import catalogue
from fiscal.model.finding import Outcome

TOLD_BY_WORDS = {"disc.tables.leftover_instruction": "TL"}  # rules over words tell the same, place by place
_MISSING_TABLES = ("disc.tables.national", "disc.tables.sichuan", "disc.tables.state_capital")
_FORM_LEFT = {  # said by disc.sections.required, or by TL1 where the section holds the form's placeholders
    "disc.procurement.section": "procurement", "disc.assets.section": "assets",
    "disc.operating.section": "operating_expenses",
}  # fmt: skip
_CODES = frozenset({"intra.function.code_listed"})  # wrong of a code in whatever table
_NAMES = frozenset({"intra.function.code_name", "stmt.gpb.items_code_name", "stmt.gpb.items_group_name", "NC1", "NC4"})
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
        twin = TOLD_BY_WORDS.get(outcome.rule)
        if (twin and any(other.rule.startswith(twin) for other in outcomes)) or _told(outcome, outcomes):
            continue
        groups.setdefault(_mistake(outcome, order), []).append(outcome)
    return _few(list(groups.values()), order)


def _mistake(outcome: Outcome, order: set[str]) -> tuple:
    if outcome.rule in _NAMES and outcome.expected is not None:
        return "name", outcome.actual, outcome.expected
    if outcome.rule in _CODES:
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


def _told(outcome: Outcome, outcomes: Sequence[Outcome]) -> bool:
    """Whether another finding says the same: what is missing is missing once, a wrong year is wrong once."""
    section = _FORM_LEFT.get(outcome.rule)
    if section is not None:
        name = catalogue().sections["names"].get(section, section)
        holders = {cell.place.section for other in outcomes if other.rule == "TL1" for cell in other.terms}
        return section in holders or any(o.rule == "disc.sections.required" and name in o.message for o in outcomes)
    if outcome.rule == "disc.tables.listed_exist":
        named = re.findall(r"《(.*?)》", outcome.message)
        missing = "".join(o.message for o in outcomes if o.rule in _MISSING_TABLES)
        return bool(named) and all(name in missing for name in "、".join(named).split("、"))
    if outcome.rule == "PU5":
        return any(o.rule == "disc.unit.stated" and _within(o, outcome) for o in outcomes)
    if outcome.rule == "TI18":
        return any(o.rule == "stmt.direction.verbs" and _before(o, outcome) for o in outcomes)
    if outcome.rule == "FR4":
        return any(o.rule == "PU5" and _within(outcome, o) for o in outcomes)
    if outcome.rule == "stmt.assets.date":
        return any(o.rule in ("disc.year.consistent", "YD6") and "截至" in o.message for o in outcomes)
    return False


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
