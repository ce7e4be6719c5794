"""Comparisons said without a number: 持平, 大于预算数, 小于, 等于."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from fiscal.dictionary.patterns import patterns
from fiscal.model.cells import BLANK, Cell, Place
from fiscal.statements import record
from fiscal.statements.facts import Target, zero
from fiscal.statements.marks import NAME, PHRASE, Mark
from fiscal.statements.quantity import BUDGET_BASES, WORDS
from fiscal.statements.segments import Segment
from fiscal.statements.state import LAST_BUDGET, LAST_YEAR

if TYPE_CHECKING:
    from fiscal.statements.grammar import Reader

_BUDGET = re.compile(r"预算")


def read(reader: "Reader", segment: Segment, place: Callable[[], Place]) -> None:
    """What a segment says of a level and its budget, or of no change against last year."""
    flat = next((mark for mark in segment.marks if mark.kind in ("flat", "nearly")), None)
    word = next((WORDS[mark.kind] for mark in segment.marks if mark.kind in WORDS and len(mark.text) > 1), "")
    target = _target(reader, segment, flat)
    if target is None or reader.state.reason:
        return
    if flat is not None and _against_budget(reader, segment):
        word = word or ("等于" if flat.kind == "flat" else "")
    elif not _BUDGET.search(segment.text):
        word = ""
    if word:
        reader.state.compared = True
        blank = Cell(BLANK, None, "", word, place())
        reader.facts.say(target.name("completion"), "completion", blank, word=word, sentence=segment.text)
        record.compared(reader, target, word)
    if flat is not None:
        _flat(reader, segment, target, place)
        if segment.targets:  # 甲比预算无变化，比上年无变化: the second is of 甲 too
            reader.state.target = target


def _target(reader: "Reader", segment: Segment, flat: Mark | None) -> Target | None:
    named = segment.targets[-1] if segment.targets else None
    names_at = [mark.start for mark in segment.marks if mark.kind in (NAME, PHRASE)]
    if flat is not None and names_at and names_at[0] > flat.start:  # 与上年持平 | 运行维护费…: no full stop between
        named = None
    if flat is not None and named is None and reader.state.last == "count":  # 接待0人次，与上年持平: they are
        return None
    if named is not None and not reader.state.reason:
        return named
    return reader.state.target or reader.state.heading


def _against_budget(reader: "Reader", segment: Segment) -> bool:
    base = segment.base or segment.level or reader.state.base
    return base in BUDGET_BASES or (not base and reader.state.said in BUDGET_BASES)


def _flat(reader: "Reader", segment: Segment, target: Target, place: Callable[[], Place]) -> None:
    """与上年持平 → a change of exactly 0; 基本持平 claims no equality and is only mentioned."""
    base = segment.base or segment.level or reader.state.base
    if not base and not (reader.state.lists or reader.state.compared):
        return
    base = base or (reader.state.said if _against_budget(reader, segment) else LAST_YEAR)
    base = LAST_YEAR if reader.budget and base == LAST_BUDGET else base
    mark = next(mark for mark in segment.marks if mark.kind in ("flat", "nearly"))
    word = "基本持平" if mark.kind == "nearly" else "持平"
    cell = zero(reader.unit, place(), mark.text)
    reader.facts.say(target.name("change"), "change", cell, direction=word, base=base, sentence=segment.text)
    if base != LAST_YEAR or target.entry is not None or f"{target.key}_change" not in patterns().slots:
        return
    entry = record.mentioned(reader, target.key, segment.text) | {"direction": word}
    reader.facts.lists.setdefault("change_mentions", []).append(entry)
    if word == "持平":
        reader.facts.word(f"{target.key}_direction", word)
        reader.facts.slots.setdefault(f"{target.key}_change", []).append(cell)
