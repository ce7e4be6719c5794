"""Counts: numbers with a counter word, by name, by what they follow, or as kinds of an open 其中."""

from typing import TYPE_CHECKING

from fiscal.dictionary.patterns import Subject, patterns
from fiscal.statements import names
from fiscal.statements.facts import Target
from fiscal.statements.figure import WINDOW, Figure

if TYPE_CHECKING:
    from fiscal.statements.grammar import Reader

_LONGEST_LINK, _SHORT = 4, 2


def read(reader: "Reader", figure: Figure) -> None:
    """State one count; without a slot it has a free subject."""
    scope, counter = reader.scope, figure.token.counter
    amount, _ = reader.subject_of(figure.gap, "")
    if amount is not None and not scope.reason:
        reader.speak(amount)
    kinds, named = _kinds(reader, counter), _named(reader, figure)
    if named is not None and named.kinds != kinds:
        kinds = ""
    subject = None if kinds else named or _following(reader, figure) or reader.subject_of(figure.gap, counter)[0]
    if kinds:
        _kind(reader, figure, kinds)
    elif subject is not None and not scope.reason:
        target = Target(subject.key, subject)
        scope.counted, scope.level = subject.key, target
        reader.state(figure, target, "count")
    else:
        free = names.noun(figure.gap[-WINDOW:]) or f"count_{counter}"
        reader.state(figure, Target(free), "count", fill=False)


def _named(reader: "Reader", figure: Figure) -> Subject | None:
    """The subject by name; a name as short as 接待 gives way to what the sentence speaks of."""
    named, _ = reader.subject_of(figure.gap, figure.token.counter)
    sure = named is not None and any(len(name) > _SHORT and name in figure.gap for name in named.names)
    return named if sure else None


def _kinds(reader: "Reader", counter: str) -> str:
    """The list slot of kinds that an open 其中 counts."""
    head = reader.scope.stack[-1].subject if reader.scope.stack else None
    return head.kinds if head is not None and counter in head.counters else ""


def _kind(reader: "Reader", figure: Figure, kinds: str) -> None:
    """One kind of a list; an amount after it (金额0万元) belongs to the same entry."""
    kind = names.noun(figure.gap.rpartition("其中")[2].replace("、", "，"))
    target = Target(kinds, entry=reader.facts.entry(kinds, kind=kind), entry_key=kind)
    reader.state(figure, target, "count")
    reader.scope.target = target


def _following(reader: "Reader", figure: Figure) -> Subject | None:
    """A count without a name that follows a known subject (116人次 after 15批次)."""
    scope = reader.scope
    if len(names.noun(figure.gap)) > _LONGEST_LINK:
        return None
    for key in (scope.counted, scope.target.key if scope.target else ""):
        for subject in patterns().followers:
            if key in subject.after and figure.token.counter in subject.counters and scope.section in subject.sections:
                return subject
    return None
