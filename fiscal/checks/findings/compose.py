"""Failed outcomes → findings people can act on: one cause, one finding, the number to correct first."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from fiscal.checks.findings.advice import Advisor
from fiscal.checks.findings.bench import base
from fiscal.checks.findings.causes import Cause, causes
from fiscal.checks.findings.edits import telling
from fiscal.checks.findings.slips import Names, stated_names, whereabouts
from fiscal.checks.findings.words_once import told_once
from fiscal.dictionary.identities import catalogue
from fiscal.dictionary.laws import laws
from fiscal.dictionary.told_once import told_once as rules_alike
from fiscal.model.cells import Cell, Place
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import FAILED, PASSED, ROUNDING, SEVERITIES, Finding, Outcome
from fiscal.model.text import Narrative

LISTED = {
    "nearest": "在四舍五入范围内，但不是最接近的值",
    "forced last share": "为使各项占比之和为100%而调整的尾差（倒挤）",
    "last digit": "末位差，各表分别取整所致",
    "cut off": "按截断而非四舍五入取位",
    "style": "预算和决算均为0，完成率的写法",
}
_CONDITIONS = frozenset({"I.PRESENT", "I.NAMECODE"})
_COUNTED = re.compile(r"（共\d+处）$")
_FEW, _NEIGHBOURS = 3, 6


def findings(
    outcomes: Sequence[Outcome], disclosure: Disclosure, narrative: Narrative, *, before: Disclosure | None = None
) -> list[Finding]:
    """Failed outcomes grouped by cause, and differences that rounding explains as `info`; heaviest first.

    A finding's consequences are the further failures that its correction mends. Skipped and passed outcomes give none.
    `before` is last year's account, from which figures may have been copied.
    """
    maker = _Maker(disclosure, narrative, before, outcomes)
    explained = causes(outcomes, disclosure, before)
    conditions = [cause for cause in explained if cause.confirmed and maker.is_condition(cause.outcomes[0])]
    explained = [cause for cause in explained if cause not in conditions]
    spoiled = _spoiled(outcomes, explained, narrative)
    told = {id(outcome) for cause in explained for outcome in cause.outcomes}
    explained = [cause for cause in explained if not any(cause in causes for causes in spoiled.values())]
    wrong = {id(cell) for o in outcomes if o.outcome == FAILED and o.difference is not None for cell in o.terms}
    words = [o for o in outcomes if o.outcome == FAILED and o.difference is None and id(o) not in told]
    words += [outcome for cause in conditions for outcome in cause.outcomes if outcome.difference is not None]
    words = [o for o in words if o.rule not in rules_alike().figures or id(o.terms[0]) not in wrong]
    for cause in explained:
        named = maker.advisor.misnamed(cause, words)
        cause.outcomes.extend(named)
        words = [o for o in words if o not in named]
    found = [maker.arithmetic(cause) for cause in _together(explained)]
    found += [maker.words(group, spoiled) for group in told_once(words)]
    listed: dict[tuple, list[Outcome]] = {}
    for o in outcomes:
        if o.outcome == ROUNDING and o.reason in LISTED:
            listed.setdefault((o.rule, o.message, _places(o)[:1]), []).append(o)
    found += [maker.rounding(group) for group in listed.values()]
    return _keyed(sorted(found, key=_weight))


def _spoiled(outcomes: Sequence[Outcome], found: Sequence[Cause], narrative: Narrative) -> dict[int, list[Cause]]:
    """id of an outcome over words → causes that only follow from it: figures of a sentence that names a wrong year."""
    spans = {id(claim.cell): claim.span for claim in narrative.claims if claim.span}
    made: dict[int, list[Cause]] = {}
    spoils = rules_alike().spoils
    for words in outcomes:
        offset = words.terms[0].place.offset if words.terms else None
        if words.outcome != FAILED or words.rule not in spoils or offset is None:
            continue
        for cause in found:
            inside = [spans.get(id(cell)) for one in cause.outcomes for cell in one.terms]
            own = all(one.rule.startswith(spoils[words.rule]) for one in cause.outcomes)
            if own and any(span and span[0] <= offset < span[1] for span in inside):
                made.setdefault(id(words), []).append(cause)
    return made


def _weight(finding: Finding) -> tuple:
    size = max((base(cell) for cell in finding.evidence if cell.is_number and cell.unit in ("万元", "元")), default=0)
    gap = abs(Decimal(finding.difference)) if finding.difference else Decimal(0)
    return SEVERITIES.index(finding.severity), -len(finding.consequences), -gap, -size


def _keyed(found: list[Finding]) -> list[Finding]:
    """Different findings never share a key: the second of one rule at one place is numbered."""
    seen: Counter[str] = Counter()
    made = []
    for finding in found:
        seen[finding.key] += 1
        number = seen[finding.key]
        made.append(finding if number == 1 else replace(finding, key=f"{finding.key}-{number}"))
    return made


def _together(found: Sequence[Cause]) -> list[Cause]:
    """One finding for what nothing explains in several columns of a row or of one figure of the text, and for one
    figure that was mistaken in the same way at several places."""
    groups: dict[object, Cause] = {}
    for number, cause in enumerate(found):
        first = groups.setdefault(_mistake(cause) or number, cause)
        if first is cause:
            continue
        first.outcomes.extend(cause.outcomes)
        if first.edit and cause.edit:
            changes, cells = {**first.edit.changes, **cause.edit.changes}, (*first.edit.cells, *cause.edit.cells)
            first.edit = replace(first.edit, kind="value", changes=changes, cells=cells)
    return list(groups.values())


def _mistake(cause: Cause) -> tuple | None:
    first = cause.outcomes[0]
    if cause.confirmed and first.terms:
        place = first.terms[0].place
        return (first.rule, place.table, place.row) if place.table else (first.rule, first.message, _address(place))
    edit = cause.edit
    if edit and edit.kind in ("value", "row") and telling(edit.cells[0]):
        pairs = [(cell, edit.changes[id(cell)]) for cell in edit.cells]
        told = {(base(old), base(new), old.unit == "%") for old, new in pairs if not new.is_unknown}
        return told.pop() if len(told) == 1 else None
    return None


def _places(outcome: Outcome) -> tuple[str, ...]:
    return tuple(_address(cell.place) for cell in outcome.terms)


class _Maker:
    """Makes findings about one account."""

    def __init__(
        self, disclosure: Disclosure, narrative: Narrative, before: Disclosure | None, outcomes: Sequence[Outcome]
    ) -> None:
        self.outcomes = outcomes
        last = {id(cell) for table in before.tables.values() for _, _, cell in table.cells()} if before else set()
        self.names = Names(whereabouts(disclosure), stated_names(narrative), frozenset(last))
        kinds = {id(claim.cell): claim.kind for claim in narrative.claims}
        self.advisor = Advisor(self.names, kinds, before)
        self.document = f"{disclosure.entity}|{disclosure.year}"
        rules = catalogue()
        self.order = {identity.id: index for index, identity in enumerate(rules.identities)}
        self.family = {identity.id: identity.family for identity in rules.identities}
        self.suggestions = {identity.id: identity.suggestion for identity in rules.identities}
        self.explanations = rules.explanations

    def is_condition(self, outcome: Outcome) -> bool:
        """Something is there or is not, a code is listed or is not: no number is wrong."""
        return self.family.get(outcome.rule) in _CONDITIONS

    def arithmetic(self, cause: Cause) -> Finding:
        root, *rest = sorted(cause.outcomes, key=self._rank)
        if cause.edit is not None:
            cause = replace(cause, edit=self.advisor.named(cause.edit))
        edits = [cause.edit] if cause.edit is not None else list(cause.suspects)
        lead = [cell for edit in edits for cell in edit.cells] if cause.edit else [edit.cells[0] for edit in edits]
        made = self._finding(root, self.advisor.suggestion(cause, root), lead=lead, rest=rest)
        told, kind = self.advisor.message(cause, root), self.advisor.kind(cause, root)
        suspects = tuple(lead) or root.terms
        return replace(made, message=told, cause=kind, suspects=suspects, confirmed=self._confirmed(root, suspects))

    def _confirmed(self, root: Outcome, suspects: Sequence[Cell]) -> tuple[tuple[Cell, tuple[str, ...]], ...]:
        """The first other numbers of a rule, with the rules that hold for each."""
        wrong = {id(cell) for cell in suspects}
        beside = [cell for cell in root.terms if id(cell) not in wrong and cell.value][:_NEIGHBOURS]
        held = [(cell, tuple(dict.fromkeys(self._holding.get(id(cell), ())))) for cell in beside]
        return tuple((self._called(cell), rules) for cell, rules in held if rules)

    @cached_property
    def _holding(self) -> dict[int, list[str]]:
        """id of a number → rules that hold with it."""
        found: dict[int, list[str]] = {}
        for outcome in self.outcomes:
            for cell in outcome.terms if outcome.outcome == PASSED else ():
                found.setdefault(id(cell), []).append(outcome.rule)
        return found

    def _rank(self, outcome: Outcome) -> tuple:
        filled = sum(1 for cell in outcome.terms if not cell.is_blank)
        sums = outcome.difference is None, not outcome.weights
        return SEVERITIES.index(outcome.severity), *sums, filled, self.order.get(outcome.rule, 10_000)

    def words(self, group: Sequence[Outcome], spoiled: Mapping[int, Sequence[Cause]]) -> Finding:
        """The same mistake in words, with every place where it stands, and what follows from it."""
        first = group[0]
        rest = [o for one in group for cause in spoiled.get(id(one), ()) for o in cause.outcomes]
        made = self._finding(first, self._advice(first), lead=[cell for one in group for cell in one.terms], rest=rest)
        n_places = sum(len(one.terms) for one in group)
        apart = len(group) > 1 and not set.intersection(*({id(cell) for cell in one.terms} for one in group))
        told = f"{_COUNTED.sub('', first.message)}；同类问题共{n_places}处" if apart else first.message
        return replace(made, message=told, cause="missing" if self.family.get(first.rule) == "I.PRESENT" else "words")

    def _advice(self, outcome: Outcome) -> str:
        """What to change: rules over words carry it as the reason, conditions have it declared."""
        if outcome.rule not in self.order:
            return outcome.reason
        return self.suggestions[outcome.rule].format(a=_text(outcome.actual), b=_text(outcome.expected))

    def rounding(self, group: Sequence[Outcome]) -> Finding:
        """One figure with a difference that rounding explains, and everything it was compared with."""
        first = group[0]
        lead = [cell for one in group for cell in one.terms if one is first or not cell.is_blank]
        return replace(self._finding(first, LISTED[first.reason], lead=lead), cause="rounding")

    def _finding(
        self, outcome: Outcome, suggestion: str, *, lead: Sequence[Cell] = (), rest: Sequence[Outcome] = ()
    ) -> Finding:
        return Finding(
            outcome.rule, outcome.severity, outcome.message, _text(outcome.expected), _text(outcome.actual),
            _text(outcome.difference), self._evidence(outcome, lead), suggestion, self._explanation(outcome),
            key=self._key(outcome), consequences=self._consequences(outcome, rest),
        )  # fmt: skip

    def _evidence(self, outcome: Outcome, lead: Sequence[Cell]) -> tuple[Cell, ...]:
        """The figures of a finding; those of notes.yaml carry the name of their slot: they have no place in a text."""
        return tuple(self._called(cell) for cell in _evidence(outcome, lead))

    def _called(self, cell: Cell) -> Cell:
        name = self.names.stated.get(id(cell), "")
        return cell.at(row=name) if name and cell.place.document == "notes.yaml" and not cell.place.row else cell

    def _consequences(self, root: Outcome, rest: Sequence[Outcome]) -> tuple[Finding, ...]:
        """Each place once: a figure stated three times at one place breaks a rule three times in the same words."""
        told = {(other.rule, other.message, _places(other)): other for other in rest}
        told.pop((root.rule, root.message, _places(root)), None)
        return tuple(self._finding(other, "") for other in told.values())

    def _explanation(self, outcome: Outcome) -> str:
        law = None if outcome.rule in self.family else laws().of(outcome.rule)
        words = self.explanations.get(law.family if law else self.family.get(outcome.rule, ""), "")
        return f"{words}两侧区间：{outcome.intervals}。" if outcome.intervals else words

    def _key(self, outcome: Outcome) -> str:
        """Stable for the same rule at the same places of the same account, whatever folder it lies in."""
        places = sorted(_address(cell.place) for cell in outcome.terms)
        told = "" if outcome.terms else outcome.message
        raw = "|".join([self.document, outcome.rule, *places, told])
        return hashlib.sha256(raw.encode()).hexdigest()[:16]


def _address(place: Place) -> str:
    if place.table:
        return f"{place.table}/{place.row}/{place.column}"
    return f"{place.section}/{place.offset}/{place.sheet}/{place.cell}"


def _evidence(outcome: Outcome, lead: Sequence[Cell]) -> tuple[Cell, ...]:
    """The culprit first, then the terms as printed; blanks only where they are what is compared."""
    few = len(outcome.terms) <= _FEW
    cells = [*lead, *(cell for cell in outcome.terms if few or not cell.is_blank)]
    return tuple({id(cell): cell for cell in cells}.values())


def _text(value: object) -> str | None:
    if value is None:
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
