"""Several subjects with as many values (分别为, 各是), and one value for several subjects (均为)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fiscal.dictionary.patterns import patterns
from fiscal.statements.facts import Target
from fiscal.statements.quantity import SIGNS, Quantity, decide
from fiscal.statements.tokens import COUNT

if TYPE_CHECKING:
    from fiscal.statements.figure import Figure
    from fiscal.statements.grammar import Reader
    from fiscal.statements.segments import Segment

_BETWEEN = re.compile(r"(?:[、，,]|和|及|与|以及)(?:[增减升降上下提][加少长降低升高])?")
_DISTRIBUTES = re.compile(r"分别|各(?:自|是|为|占|增|减|下|上|降)")


def runs(reader: "Reader", figures: Sequence["Figure"]) -> dict[int, range]:
    """Stretches of figures that 分别 governs, or that follow such a stretch as its rates: first index → indices."""
    found: dict[int, range] = {}
    after = 0
    sizes: set[int] = {len(reader.state.shared)} if reader.state.shared else set()
    for number, figure in enumerate(figures):
        if number < after or (figure.token.form == COUNT and "分别" not in figure.gap):
            continue
        stop = number + 1
        while (
            stop < len(figures)
            and figures[stop].token.form == figure.token.form
            and _BETWEEN.fullmatch(figures[stop].gap)
        ):
            stop += 1
        size = stop - number
        if size > 1 and (_DISTRIBUTES.search(figure.gap) or (size in sizes and not figure.first)):
            found[number], after = range(number, stop), stop
            sizes.add(size)
    return found


def read(reader: "Reader", figures: Sequence["Figure"], run: range, segments: "list[Segment]") -> None:
    """Pair subjects and values by position; when their numbers differ, nothing is understood."""
    from fiscal.statements import amounts, counts

    form = figures[run.start].token.form
    if form == COUNT:
        counts.respectively(reader, [figures[number] for number in run], segments)
        return
    named = _subjects(reader, segments)
    subjects = named or reader.state.shared or _listed(reader, len(run))
    if len(subjects) == 1 and len(run) == 2 and (pair := _both(subjects[0])):
        subjects = pair
    reader.state.shared = subjects
    quantity = decide(form, segments, reader.state)
    for index, number in enumerate(run):
        target = subjects[index] if len(subjects) == len(run) else None
        amounts.write(reader, figures[number], target, _towards(reader, figures[number], quantity))


def _towards(reader: "Reader", figure: "Figure", quantity: Quantity) -> Quantity:
    """分别增加20.00万元、减少6.00万元: each with its own word."""
    marks = reader.marked.between(figure.start, figure.token.start)
    said = [SIGNS[mark.kind] for mark in marks if mark.kind in ("up", "down")]
    return replace(quantity, direction=said[-1]) if said and quantity.direction else quantity


def _listed(reader: "Reader", size: int) -> list[Target]:
    """甲2.00万元，乙3.00万元。…分别增长…: the parts that the sentence before listed, when they are as many."""
    found = [level.target for level in reader.state.levels.values()]
    return found[-size:] if size <= len(found) <= size + 1 else []


def _subjects(reader: "Reader", segments: "list[Segment]") -> list[Target]:
    """The subjects named one after the other, from the last stop of the sense on."""
    found: list[Target] = []
    for segment in segments:
        if segment.targets:
            found += segment.targets
        elif segment.noun:
            found.append(reader.free(segment.noun))
    return found


def _both(target: Target) -> list[Target]:
    """收、支总计 with two values: income and expenditure."""
    pair = target.subject.both if target.subject is not None else ()
    subjects = patterns().subjects
    return [Target(key, subjects.get(key)) for key in pair]


def others(target: Target, segments: "list[Segment]", quantity: Quantity) -> list[Target]:
    """Further subjects of one value: those named before 均, and the second of 各增加."""
    if not any(segment.has("each") for segment in segments[-1:]):
        return []
    each = target.subject.each if target.subject is not None else ""
    if each and quantity.role == "change":
        return [Target(each)]
    named = [one for segment in segments for one in segment.targets]
    return [one for one in named if one is not target and one.label != target.label]
