"""Functional classes and items that are named without brackets and codes."""

import re
from typing import TYPE_CHECKING

from fiscal.dictionary.classification import functional
from fiscal.dictionary.labels import stem
from fiscal.dictionary.patterns import patterns
from fiscal.statements.facts import Target
from fiscal.statements.phrases import Phrase

if TYPE_CHECKING:
    from fiscal.statements.grammar import Reader

_SECTIONS = frozenset({"gpb_structure", "gpb_items", "gpb", "gpb_overall", "whole"})


def _is_added(reader: "Reader") -> bool:
    """Whether the sentence adds up what comes on top of the expenditure (加上转移性支出…): no class of it."""
    part, (start, stop) = reader.now or (None, (0, 0))
    words = patterns().lexicons["on_top"]
    return part is not None and any(word in part.words.text[start:stop] for word in words)


def target_of(reader: "Reader", noun: str) -> Target | None:
    """The entry of a class, or in the item section of an item, that a noun names; None when it is neither."""
    name = re.sub(r"^\d{3,7}|类?科目$|类$", "", noun.strip("“”"))
    if reader.state.section not in _SECTIONS or _is_added(reader) or not functional().by_name.get(stem(name)):
        return None
    for year in (reader.year, None):
        classes = {subject.code for subject in functional().named(name, year, "class")}
        if len(classes) == 1:
            return reader.class_target(name, classes.pop())
    if reader.state.section != "gpb_items":
        return None
    items = {subject.code for subject in functional().named(name, reader.year, "item")}
    return reader.item_target(Phrase(0, 0, item_name=name, code=items.pop() if len(items) == 1 else ""))
