"""Counts: numbers with a counter word, by name, by what they follow, or as kinds of an open 其中."""

import re
from typing import TYPE_CHECKING, Any

from fiscal.dictionary.patterns import Subject, patterns
from fiscal.statements import names, record
from fiscal.statements.facts import Target
from fiscal.statements.figure import WINDOW, Figure
from fiscal.statements.marks import NAME, Mark
from fiscal.statements.quantity import SIGNS, Quantity
from fiscal.statements.segments import Segment
from fiscal.statements.state import LAST_YEAR

if TYPE_CHECKING:
    from fiscal.statements.grammar import Reader

_LONGEST_LINK = 4
_BEFORE = ("在", "对", "将", "把", "按", "为", "向")
_VERB = re.compile(r"[\u4e00-\u9fff]{3,8}$")
_AFTER = re.compile(r"[\u4e00-\u9fff]{2,12}(?=[，。；、（]|$)")


def read(reader: "Reader", figure: Figure, segments: list[Segment]) -> None:
    """State one count; without a slot it has a free subject."""
    state, counter = reader.state, figure.token.counter
    if not state.reason:
        lead = state.lead
        reader.take(segments)
        state.lead = lead
    quantity = _quantity(segments)
    kinds, named = _kinds(reader, counter), _named(reader, segments, counter)
    if named is not None and named.kinds != kinds:
        kinds = ""
    if kinds and quantity.role == "count":
        _kind(reader, figure, kinds, quantity)
        return
    following = _following(reader, segments, counter)
    subject = following if following is not None and (named is None or named.follows) else named
    level, compared = state.level, quantity.role != "count" or any(one.has("from", "reach") for one in segments)
    carried = state.counted if compared and not segments[-1].noun else None
    if subject is None and carried is not None:
        subject = carried.subject
    target = Target(subject.key, subject) if subject is not None else carried or _free(figure, segments, counter)
    fill = subject is not None and not state.reason and quantity.role == "count"
    if quantity.role == "change":
        target, quantity = (
            Target(f"{target.key}_change", plain=True),
            Quantity("count", quantity.base, quantity.direction),
        )
    period = "previous" if quantity.role == "previous" else "this"
    quantity = Quantity("count", quantity.base if quantity.direction else "", quantity.direction)
    state.counted, state.compared_count = (Target(subject.key, subject) if subject is not None else target), compared
    alone: dict[str, Any] = {"list": "", "list_head": None} if _apart(reader, counter) else {}
    record.claim(reader, figure, target, quantity, fill=fill, aside=_aside(state.reason), period=period, **alone)
    state.level = level if compared else state.level
    named_so = any(one.targets for one in segments)
    if subject is None and not named_so and not compared and target.key.endswith("项目"):
        state.target = target  # 评价项目3个，全年预算数…: theirs


def respectively(reader: "Reader", figures: "list[Figure]", segments: list[Segment]) -> None:
    """购置数及保有量分别为5辆和118辆: names and counts in pairs; when their numbers differ, nothing is understood."""
    marks = sorted({mark.start: mark for one in segments for mark in (*one.marks, *one.counted)}.items())
    found = [
        subject for _, mark in marks
        if mark.name is not None and (subject := of(reader, mark, figures[0].token.counter)) is not None
    ]  # fmt: skip
    paired = len(found) == len(figures)
    for number, figure in enumerate(figures):
        target = Target(found[number].key, found[number]) if paired else None
        record.claim(reader, figure, target, Quantity("count"), fill=paired and not reader.state.reason)


def of(reader: "Reader", mark: Mark, counter: str) -> Subject | None:
    """The subject that a name counts in this counter."""
    if mark.name is None:
        return None
    subject = names.meaning(mark.name, reader.state.section, reader.state.heads(), counter)
    return subject if subject is not None and (subject.sections or not subject.local) else None


def _aside(reason: str) -> str:
    return "purpose" if reason == "purpose" else "reason" if reason else ""


def _quantity(segments: list[Segment]) -> Quantity:
    """This year's count, last year's (由4人 …), or a change (增加2批次)."""
    last = next((one for one in reversed(segments) if not one.empty), segments[-1])
    if last.direction is not None and last.direction.kind in ("up", "down"):
        return Quantity("change", last.base or LAST_YEAR, SIGNS[last.direction.kind])
    if last.has("from") or last.level == LAST_YEAR:
        return Quantity("previous", LAST_YEAR)
    return Quantity("count")


def _named(reader: "Reader", segments: list[Segment], counter: str) -> Subject | None:
    """The last declared name that counts in this counter."""
    for segment in reversed(segments):
        for mark in sorted([*segment.marks, *segment.counted], key=lambda one: -one.start):
            if mark.kind == NAME and (subject := of(reader, mark, counter)) is not None:
                return subject
    return None


def _kinds(reader: "Reader", counter: str) -> str:
    """The list slot of kinds that an open 其中 counts."""
    head = reader.state.lists[-1].target if reader.state.lists else None
    return (
        head.subject.kinds if head is not None and head.subject is not None and counter in head.subject.counters else ""
    )


def _kind(reader: "Reader", figure: Figure, kinds: str, quantity: Quantity) -> None:
    """One kind of a list; an amount after it (金额0万元) belongs to the same entry."""
    kind = names.noun(figure.gap.rpartition("其中")[2].replace("、", "，"))
    target = Target(kinds, entry=reader.facts.entry(kinds, kind=kind), entry_key=kind)
    level = reader.state.level
    record.claim(reader, figure, target, quantity)
    reader.state.level, reader.state.target = level, target


def _following(reader: "Reader", segments: list[Segment], counter: str) -> Subject | None:
    """A count without a name that follows a known subject (116人次 after 15批次)."""
    state = reader.state
    nouns = [names.without(segment.noun, [mark.text for mark in segment.counted]) for segment in segments]
    if any(len(noun) > _LONGEST_LINK for noun in nouns):
        return None
    noun = nouns[-1]
    for key in (state.counted.key if state.counted else "", state.target.key if state.target else ""):
        for subject in patterns().followers:
            if key in subject.after and counter in subject.counters and _speaks_of(noun, subject):
                return subject
    return None


def _speaks_of(noun: str, subject: Subject) -> bool:
    """Whether the word before a count shares a word with the names of a subject: 接待116人次, and not 陪同9人次."""
    pairs = [noun[at : at + 2] for at in range(len(noun) - 1)]
    return not pairs or any(pair in name for pair in pairs for name in subject.names)


def _free(figure: Figure, segments: list[Segment], counter: str) -> Target:
    """A count without a declared name: the words before it, or after it where they are none (有36个教学班)."""
    last = segments[-1]
    noun = last.noun or (names.noun(figure.gap[-WINDOW:]) if last.text or figure.first else "")
    after = _AFTER.match(figure.after)
    if after and (not noun or noun in patterns().lexicons["holds"] or noun.startswith(_BEFORE)):
        noun = after.group().removesuffix("中")
    verb = _VERB.search(figure.words)  # 计划培训12人次，实际完成15人次
    return Target(noun or names.noun(figure.gap[-WINDOW:]) or (verb.group() if verb else f"count_{counter}"))


def _apart(reader: "Reader", counter: str) -> bool:
    """Whether an open list counts other things: 编制9名，其中…，内设机构3个."""
    head = reader.state.lists[-1].counter if reader.state.lists else ""
    persons = patterns().lexicons["persons"]
    return bool(head) and head != counter and not (head in persons and counter in persons)
