"""What holds while a paragraph is read: the subject, the heads of open 其中, the reason, the basis of comparison."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from fiscal.dictionary.notation import any_of
from fiscal.dictionary.patterns import patterns
from fiscal.statements.facts import Target

_MARKS = re.compile(r"[；;（）()]|其中")
_LISTED = re.compile(r"^[；;](?:[一二三四五六七八九十]是|其[一二三四]|[（(]?\d)")


@dataclass(slots=True)
class Scope:
    """The state of the grammar. `first` is the subject of the paragraph's first figure, `level` the last level read."""

    section: str
    target: Target | None = None
    first: Target | None = None
    level: Target | None = None
    item: Target | None = None
    counted: str = ""
    stack: list[Target] = field(default_factory=list)
    reason: str = ""
    reason_first: bool = False
    against: str = ""
    listing: str = ""
    opened: bool = False
    compared: bool = False
    brackets: list[Target | None] = field(default_factory=list)
    project: str = ""

    def heads(self) -> list[str]:
        return [target.key for target in self.stack]

    def new_paragraph(self) -> None:
        """Nothing is carried over, except the item being described and a 其中： at the very end."""
        head = self.level if self.opened else None
        self.first = self.target = None
        self.counted = ""
        self.new_sentence()
        self.level = head
        if head is not None:
            self.stack.append(head)

    def end_paragraph(self, text: str) -> None:
        self.opened = text.endswith(("其中：", "其中:", "其中"))

    def new_sentence(self) -> None:
        """其中, reasons and comparisons end with the sentence; the subject goes back to that of the paragraph."""
        self.target = self.item or self.first or self.target
        self.stack.clear()
        self.brackets.clear()
        self.reason, self.reason_first, self.against, self.listing = "", False, "", ""
        self.compared = False

    def speak_of(self, target: Target) -> None:
        """A new subject; the budget comparison of the former one ends."""
        self.target = target
        self.against = ""
        self.first = self.first or target

    def pass_over(self, text: str) -> None:
        """Follow 其中, ； and brackets through a stretch of text; after a bracket the subject before it goes on."""
        for mark in _MARKS.finditer(text):
            if mark.group() == "其中":
                if self.level is not None:
                    self.stack.append(self.level)
            elif mark.group() in "（(":
                self.brackets.append(self.target)
            elif mark.group() in "）)":
                self.target = self.brackets.pop() if self.brackets else self.target
            else:
                self._separate(text[mark.start() :])

    def _separate(self, rest: str) -> None:
        """； closes an inner 其中, and a reason unless its enumeration goes on."""
        if len(self.stack) > 1:
            self.stack.pop()
        if not _LISTED.match(rest):
            self.reason, self.reason_first = "", False
        self.against = self.listing = ""

    def open_reason(self, text: str) -> int:
        """Note a reason that begins in `text`; where its words start, or -1."""
        found = _reason().search(text) or (_reason_after_change().search(text) if self.compared else None)
        if found:
            self.reason = text[found.end() :] or "…"
            return found.end()
        if self.reason:
            return -1
        first = _reason_first().search(text)
        if first:
            self.reason, self.reason_first = "…", True
        return -1


@cache
def _reason() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(patterns().lexicons['reason'])})")


@cache
def _reason_after_change() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(patterns().lexicons['reason_after_change'])})(?!用于)")


@cache
def _reason_first() -> re.Pattern[str]:
    return re.compile(f"(?:^|[，；])(?:{any_of(patterns().lexicons['reason_first'])})")


def sentences(text: str, start: int) -> list[tuple[int, int]]:
    """Stretches that end with a full stop, from `start` on."""
    cuts = [found.end() for found in re.finditer(r"[。！？]+[”’）]?", text)]
    bounds = [start, *(cut for cut in cuts if cut > start)]
    if bounds[-1] < len(text):
        bounds.append(len(text))
    return list(pairwise(bounds))


def clause_at(text: str, start: int, end: int, bounds: Sequence[int]) -> tuple[int, int]:
    """The clause around a figure, to quote: between the nearest commas, colons and stops."""
    left = max((text.rfind(mark, bounds[0], start) for mark in "，；。："), default=-1)
    stops = [at for mark in "，；。" if (at := text.find(mark, end, bounds[1])) >= 0]
    return max(left + 1, bounds[0]), min(stops, default=bounds[1])
