"""Lists without 其中: a bracket that divides the figure before it, and a list that names its head (支出包括：…)."""

import re
from typing import TYPE_CHECKING

from fiscal.statements import names
from fiscal.statements.marks import CLOSED, COMPARE, Mark
from fiscal.statements.segments import Segment
from fiscal.statements.state import Level
from fiscal.statements.tokens import COUNT, MONEY

if TYPE_CHECKING:
    from fiscal.statements.grammar import Reader

_FIRST = re.compile(r"[：:，]?(?:[（(][1一][)）]|1[.、．](?!\d)|①|一是)")
_NO_PART = frozenset({COMPARE, "share", "last", "up", "down", "from", "flat"})  # what is said of no part


def divides(reader: "Reader", opened: Mark) -> bool:
    """Whether a bracket right after a figure names its parts: 编制40名（行政编制22名、事业编制18名）."""
    inside: list[Mark] = []
    for mark in reader.marked.between(opened.end, len(reader.marked.text)):
        if mark.kind == CLOSED:
            break
        inside.append(mark)
    level, text = reader.state.level, reader.marked.text
    found = [mark.token for mark in inside if mark.token is not None]
    if level is None or len(found) < 2 or any(mark.kind in _NO_PART for mark in inside):
        return False
    starts = [opened.end, *(token.end for token in found)]
    named = all(names.noun(text[at : token.start].lstrip("，、；")) for at, token in zip(starts, found))
    return named and {(one.form, one.counter) for one in found} in ({(COUNT, level.counter)}, {(MONEY, "")})


def numbered(reader: "Reader", opened: Mark) -> str:
    """whole where the parts after 其中 are numbered, which leaves none out; else ""."""
    return "whole" if _FIRST.match(reader.marked.text, opened.end) else ""


def level_of(reader: "Reader", segment: Segment) -> Level | None:
    """The level that a list right after a name divides; None where it is not told."""
    now, named, levels = reader.state.level, segment.targets[-1], reader.state.levels
    if now is None or segment.text.endswith("中") or now.target.label == named.label:
        return None if segment.text.endswith("中") else now
    beside = named.subject.beside if named.subject is not None else ()
    sides = (one for one in levels.values() if one.target.subject is not None and one.target.subject.both)
    return levels.get(named.label) or next((one for one in sides if one.target.key in beside), None)
