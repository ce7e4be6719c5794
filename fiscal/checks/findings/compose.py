"""Failed outcomes → findings people can act on: one cause, one finding, the number to correct first."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from fiscal.checks.findings.causes import Cause, base, causes
from fiscal.checks.findings.slips import Names, other_row, should_be, slip, stated_names, whereabouts
from fiscal.checks.findings.wrong_units import WrongUnit, wrong_units
from fiscal.dictionary.identities import catalogue
from fiscal.model.cells import Cell, Place
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import FAILED, ROUNDING, SEVERITIES, Finding, Outcome
from fiscal.model.text import Narrative

LISTED = {
    "nearest": "在四舍五入范围内，但不是最接近的值",
    "forced last share": "为使各项占比之和为100%而调整的尾差（倒挤）",
    "last digit": "末位差，各表分别取整所致",
    "cut off": "按截断而非四舍五入取位",
    "style": "预算和决算均为0，完成率的写法",
}
TOLD_BY_WORDS = {"disc.tables.leftover_instruction": "TL"}  # rules over words tell the same, place by place
_ANSWERED = frozenset({"TI17"})  # rules over words that only repeat what failed arithmetic says of the same figure
_MISSING_TABLES = ("disc.tables.national", "disc.tables.sichuan", "disc.tables.state_capital")
_FORM_LEFT = {  # said by disc.sections.required, or by TL1 where the section holds the form's placeholders
    "disc.procurement.section": "procurement", "disc.assets.section": "assets",
    "disc.operating.section": "operating_expenses",
}  # fmt: skip
_FEW = 3
_MANY = 5


def findings(outcomes: Sequence[Outcome], disclosure: Disclosure, narrative: Narrative) -> list[Finding]:
    """Failed outcomes grouped by cause, and differences that rounding explains as `info`; heaviest first.

    A finding's consequences are further outcomes with the same cause. Skipped and passed outcomes give none.
    """
    maker = _Maker(disclosure, narrative)
    misread = list(wrong_units(outcomes, maker.where))
    told = {id(outcome) for one in misread for outcome in one.outcomes}
    rest = [outcome for outcome in outcomes if id(outcome) not in told]
    found = [*map(maker.unit, misread), *map(maker.arithmetic, causes(rest))]
    wrong = {id(cell) for o in outcomes if o.outcome == FAILED and o.difference is not None for cell in o.terms}
    words = [o for o in outcomes if o.outcome == FAILED and o.difference is None]
    found += maker.words([o for o in words if o.rule not in _ANSWERED or id(o.terms[0]) not in wrong])
    listed = {(o.rule, o.message): o for o in outcomes if o.outcome == ROUNDING and o.reason in LISTED}
    found += [maker.single(outcome) for outcome in listed.values()]
    return sorted(found, key=_weight)


def _weight(finding: Finding) -> tuple:
    size = max((base(cell) for cell in finding.evidence if cell.is_number and cell.unit in ("万元", "元")), default=0)
    gap = abs(Decimal(finding.difference)) if finding.difference else Decimal(0)
    return SEVERITIES.index(finding.severity), -len(finding.consequences), -gap, -size


class _Maker:
    """Makes findings about one account."""

    def __init__(self, disclosure: Disclosure, narrative: Narrative) -> None:
        self.where = whereabouts(disclosure)
        self.names = Names(self.where, stated_names(narrative))
        self.document = f"{disclosure.entity}|{disclosure.year}"
        rules = catalogue()
        self.order = {identity.id: index for index, identity in enumerate(rules.identities)}
        self.family = {identity.id: identity.family for identity in rules.identities}
        self.suggestions = {identity.id: identity.suggestion for identity in rules.identities}
        self.explanations = rules.explanations

    def arithmetic(self, cause: Cause) -> Finding:
        ranked = sorted(cause.outcomes, key=self._rank)
        root, rest = ranked[0], ranked[1:]
        lead = [cause.culprit] if cause.culprit is not None else list(cause.suspects)
        return self._finding(root, self._suggestion(cause, root), lead=lead, rest=rest)

    def unit(self, wrong: WrongUnit) -> Finding:
        root, *rest = wrong.outcomes
        advice = (f"《{wrong.table.title}》的单位印为“{wrong.table.unit}”，按“{wrong.unit}”计则与其他表相符，"
                  "请核对该表的单位")  # fmt: skip
        return self._finding(root, advice, rest=rest)

    def _rank(self, outcome: Outcome) -> tuple:
        filled = sum(1 for cell in outcome.terms if not cell.is_blank)
        return SEVERITIES.index(outcome.severity), not outcome.weights, filled, self.order.get(outcome.rule, 10_000)

    def _suggestion(self, cause: Cause, root: Outcome) -> str:
        if cause.culprit is None or cause.repair is None:
            return self._choice(cause, root)
        unprinted = cause.culprit.is_blank or (cause.culprit.exact and not cause.culprit.value)
        digits = max(cell.digits for cell in root.terms) if unprinted else None
        new = should_be(cause.culprit, cause.repair, digits)
        why = slip(cause.culprit, new) or self._taken_from(cause.culprit, root)
        printed = str(cause.culprit) or "空白"
        words = f"{self.names.of(cause.culprit)}印为{printed}，应为{new}"
        return f"{words}（{why}）" if why else words

    def _taken_from(self, culprit: Cell, root: Outcome) -> str:
        if id(culprit) in self.where:
            return ""
        rows = (other_row(culprit, cell, self.where) for cell in root.terms if cell is not culprit)
        row = next((row for row in rows if row), "")
        return f"该数与表中“{row}”行一致，疑为错行" if row else ""

    def _choice(self, cause: Cause, root: Outcome) -> str:
        if cause.columns > 1:
            return f"本行共{cause.columns}栏不符，请核对是否漏列、错列了下级科目，或科目编码有误"
        if not cause.suspects and not root.weights:
            return "请核对所涉各数及其口径"
        if not cause.suspects:
            return "所涉各数在别处均能核对一致，请核对取数口径和原始报表"
        if len(cause.suspects) > _FEW:
            return "请逐项核对参与计算的各数"
        names = "与".join(self.names.of(cell) for cell in cause.suspects)
        first = cause.suspects[0]
        if cause.repair and first.unit == "%":
            return f"请核对{names}；若金额无误，比例应为{should_be(first, cause.repair)}%"
        taken = next((why for why in (self._taken_from(cell, root) for cell in cause.suspects) if why), "")
        return f"请核对{names}，其中一处有误" + (f"（{taken}）" if taken else "")

    def words(self, outcomes: Iterable[Outcome]) -> list[Finding]:
        """Conditions and rules over words; the same defect met again is a consequence of its first place."""
        groups: dict[tuple, list[Outcome]] = {}
        outcomes = list(outcomes)
        for outcome in outcomes:
            twin = TOLD_BY_WORDS.get(outcome.rule)
            if (twin and any(other.rule.startswith(twin) for other in outcomes)) or _told(outcome, outcomes):
                continue
            same = outcome.actual is not None and outcome.expected is not None and outcome.rule in self.order
            alike = outcome.message if outcome.rule in self.order else id(outcome)
            key = (outcome.rule, outcome.actual, outcome.expected) if same else (outcome.rule, alike)
            groups.setdefault(key, []).append(outcome)
        found = [self._finding(group[0], self._advice(group[0]), rest=group[1:]) for group in groups.values()]
        return list(self._told_once(found))

    def _told_once(self, found: list[Finding]) -> Iterator[Finding]:
        """A rule over words that hits all over the document is one finding with all its places."""
        by_rule: dict[str, list[Finding]] = {}
        for finding in found:
            by_rule.setdefault(finding.rule, []).append(finding)
        for rule, group in by_rule.items():
            if rule in self.order or len(group) <= _MANY:
                yield from group
            else:
                places = tuple(cell for finding in group for cell in finding.evidence)
                yield replace(group[0], message=f"{group[0].message}；同类问题共{len(group)}处", evidence=places)

    def _advice(self, outcome: Outcome) -> str:
        """What to change: rules over words carry it as the reason, conditions have it declared."""
        if outcome.rule not in self.order:
            return outcome.reason
        return self.suggestions[outcome.rule].format(a=_text(outcome.actual), b=_text(outcome.expected))

    def single(self, outcome: Outcome) -> Finding:
        return self._finding(outcome, LISTED[outcome.reason])

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
        """Each said once: a figure stated three times breaks a rule three times in the same words."""
        told = {(other.rule, other.message): other for other in rest}
        told.pop((root.rule, root.message), None)
        return tuple(self._finding(other, "") for other in told.values())

    def _explanation(self, outcome: Outcome) -> str:
        words = self.explanations.get(self.family.get(outcome.rule, ""), "")
        return f"{words}两侧区间：{outcome.intervals}。" if outcome.intervals else words

    def _key(self, outcome: Outcome) -> str:
        """Stable for the same rule at the same places of the same account, whatever folder it lies in."""
        places = sorted(_address(cell.place) for cell in outcome.terms)
        told = "" if outcome.terms else outcome.message
        raw = "|".join([self.document, outcome.rule, *places, told])
        return hashlib.sha256(raw.encode()).hexdigest()[:16]


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
        return any(o.rule == "disc.unit.stated" and _within(o.terms, outcome) for o in outcomes)
    if outcome.rule == "stmt.assets.date":
        return any(o.rule in ("disc.year.consistent", "YD6") and "截至" in o.message for o in outcomes)
    return False


def _within(cells: Sequence[Cell], outcome: Outcome) -> bool:
    """Whether one of the figures stands inside the words an outcome found."""
    start = outcome.terms[0].place.offset
    ends = (start or 0) + len(str(outcome.actual))
    return any(start is not None and start <= (cell.place.offset or -1) < ends for cell in cells)


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
