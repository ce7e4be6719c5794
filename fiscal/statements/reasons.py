"""Reasons and purposes: where what is said of another thing begins and ends."""

from typing import TYPE_CHECKING

from fiscal.statements import counts, names
from fiscal.statements.facts import Target
from fiscal.statements.marks import COMPARE
from fiscal.statements.segments import Segment
from fiscal.statements.tokens import COUNT, MONEY

if TYPE_CHECKING:
    from fiscal.statements.figure import Figure
    from fiscal.statements.grammar import Reader

REASON, FIRST, PURPOSE = "reason", "first", "purpose"


def take(reader: "Reader", segment: Segment, figure: "Figure | None", rest: str) -> bool:
    """Follow one segment: a reason ends where a declared name with a level begins, or a new comparison.

    Whether one ended: what was said before it then says nothing of the figure. `rest` is the text from the segment
    to the end of its sentence; `figure` the figure right after the segment, if any.
    """
    state = reader.state
    ended = bool(state.reason) and (state.reason == FIRST or _ends(reader, segment, figure))
    if ended:
        state.reason = ""
    opens = next((mark for mark in segment.marks if mark.kind == "reason"), None)
    if opens is None and state.compared:
        opens = next((mark for mark in segment.marks if mark.kind == "reason_after_change"), None)
    if opens is not None:
        _open(reader, segment, rest[opens.end - segment.start :])
    elif not state.reason and segment.marks and segment.marks[0].kind == "reason_first":
        begins = segment.marks[0].start == segment.start
        state.reason = FIRST if begins else state.reason
    return ended


def _ends(reader: "Reader", segment: Segment, figure: "Figure | None") -> bool:
    if figure is None or segment.end != figure.token.start:
        return False
    if figure.token.form == COUNT:
        return _is_count(reader, segment, figure)
    if segment.targets and not segment.noun and segment.direction is None and segment.whole is None:
        named = segment.targets[-1]
        return figure.token.form == MONEY and (named.subject is not None or named.entry is not None)
    compares = bool(segment.base) and segment.direction is not None and segment.marks[0].kind == COMPARE
    return (compares or segment.has("complete", "rate")) and not segment.noun and not segment.targets


def _is_count(reader: "Reader", segment: Segment, figure: "Figure") -> bool:
    """A clause that is nothing but a count's name (用于伙食费，公务接待2批次) tells the count of the section."""
    alone = reader.marked.text[segment.start - 1 : segment.start] in ("，", "。", "；")
    named = [mark for mark in (*segment.marks, *segment.counted) if mark.text == segment.text]
    meant = counts.of(reader, named[0], figure.token.counter) if alone and named else None
    return meant is not None and reader.state.section in meant.sections


def _open(reader: "Reader", segment: Segment, rest: str) -> None:
    """Keep the words of a reason with its subject."""
    state = reader.state
    if state.reason == REASON:
        return
    state.reason, state.beside = REASON, None
    text, target = rest.partition("。")[0].strip("：:"), state.target
    if target is None or not text.strip("，；"):
        return
    if target.entry is not None:
        target.entry.setdefault("reason", text)
    else:
        reader.facts.word(f"{target.key}_reason", text)


def subject(reader: "Reader", segments: list[Segment]) -> Target:
    """Whom a figure in a reason or a purpose speaks of: what is named there, else the reason itself."""
    state = reader.state
    last = next((one for one in reversed(segments) if one.targets or one.noun), None)
    if last is not None and last.noun and not last.noun.endswith(names.NO_NOUN):
        state.beside = Target(last.noun)
    elif last is not None and last.targets:
        state.beside = last.targets[-1]
    if state.beside is None:
        return Target(f"{state.target.label if state.target is not None else ''}_reason".lstrip("_"), plain=True)
    return state.beside
