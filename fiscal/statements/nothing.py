"""Nothing to report: 无…支出 and 未发生…费用 are stated zeros."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from fiscal.dictionary.patterns import patterns
from fiscal.model.cells import Place
from fiscal.statements import names
from fiscal.statements.facts import zero

if TYPE_CHECKING:
    from fiscal.statements.grammar import Reader

_BETWEEN = re.compile(r"^(?:\d{4}年度?|使用|列支|安排|发生|一般公共预算财政拨款(?=[^支收基])|财政拨款(?=[安开列]))+")
_LONGEST_NAME = 40


def read(reader: "Reader", text: str, place: Callable[[], Place]) -> None:
    """Fill with zero what a stretch of text says there is none of; a slot that has a figure keeps it."""
    book = patterns()
    for found in book.none_words.finditer(text):
        rest = _BETWEEN.sub("", text[found.end() :])
        pair = next((slots for pattern, slots in book.none_pairs if pattern.match(rest)), None)
        for slot in pair if pair is not None else _slots(reader, rest):
            if slot not in reader.facts.slots:
                kind = "count" if book.slots[slot].type == "count" else "amount"
                cell = zero("" if kind == "count" else reader.unit, place(), found.group())
                reader.facts.slots[slot] = [cell]
                reader.facts.say(slot, kind, cell, sentence=text)


def _slots(reader: "Reader", rest: str) -> tuple[str, ...]:
    """The slot whose name follows the word at once, and what is zero with it."""
    first = next(iter(names.names_in(rest[:_LONGEST_NAME])), None)
    subject = names.meaning(first, reader.state.section, reader.state.heads()) if first and first.start == 0 else None
    if subject is None or not subject.is_slot:
        return ()
    return (subject.key, *patterns().none_also.get(subject.key, ()))
