"""What holds while a paragraph is read: the subject, open lists, the comparison, reasons and brackets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from fiscal.statements.facts import Target

LAST_YEAR, LAST_BUDGET = "last_year", "last_year_budget"


@dataclass(slots=True)
class Listing:
    """An open enumeration: the subject whose parts it gives, the offset of that claim, and whether all parts are there.

    id        what the claims of its parts carry; `complete`: whole, all (one part is all), some or ""
    budget    whether the head is a budget, so that its parts are too; `year`: another year that it is of, "" for this;
              `counter`: the counter word of a head that is a count
    """

    id: str
    target: Target | None
    offset: int | None
    complete: str = ""
    budget: bool = False
    year: str = ""
    counter: str = ""

    def is_of(self, base: str) -> None:
        """Its own words say what it is of: a budget (…经费预算中，), another year."""
        if base == LAST_YEAR or base.isdigit():
            self.year = "previous" if base == LAST_YEAR else base
        else:
            self.budget = self.budget or bool(base)


@dataclass(slots=True)
class Level:
    """The last level that was read: of what, where, whether it was a budget, and of another year."""

    target: Target
    offset: int
    budget: bool = False
    year: str = ""
    counter: str = ""


@dataclass(frozen=True, slots=True)
class Bracket:
    """What held where a bracket opened; `depth`: how many lists were open."""

    target: Target | None
    counted: Target | None
    level: Level | None
    depth: int
    reason: str
    named: bool


@dataclass(slots=True)
class Carried:
    """Lists that the last words of a paragraph opened (具体情况如下：) for the paragraphs below it.

    rank      of that paragraph: a paragraph numbered alike or higher ends them
    numbered  whether their parts are numbered paragraphs, once the first was seen: what is not alike is no part
    """

    rank: float
    lists: list[Listing]
    level: Level | None
    numbered: bool | None = None


@dataclass(slots=True)
class State:
    """The state of the pass over the clauses of one section.

    target     whom a figure without a name speaks of; `lead`: the sentence's first subject; `item`: the paragraph's
    level      the last level read: 其中 lists its parts; `first`: of the paragraph, before any list; `levels`: all of
               the paragraph, by subject
    base       the comparison named in this sentence; `kept`: in the sentence before a 其中 …, for all of its parts;
               `said`: the base that a level or completion before implies;
               `year`: another year whose change the sentence tells
    counted    the subject of the last count; `compared_count`: whether that count was compared (由 4 人增加到 5 人)
    last       the role of the last figure
    pending    what the next percent is, where the money before it named it (完成预算48.00万元的75%)
    beside     whom the last figure of a reason spoke of
    described  whether a purpose stands for the name of the subject (用于…的日常支出)
    suffix     what a bracket said of the name before it (（不含人员经费）), until its figure
    carried    lists that paragraphs opened at their end, the innermost last; `rank`: of the paragraph, `below`: of the
               last numbered one
    shared     the subjects of 分别, and of the rates that follow
    """

    section: str
    target: Target | None = None
    lead: Target | None = None
    item: Target | None = None
    heading: Target | None = None
    level: Level | None = None
    first: Level | None = None
    levels: dict[str, Level] = field(default_factory=dict)
    base: str = ""
    kept: str = ""
    said: str = ""
    year: str = ""
    reason: str = ""
    counted: Target | None = None
    compared_count: bool = False
    last: str = ""
    compared: bool = False
    pending: tuple[str, str] | None = None
    shared: list[Target] = field(default_factory=list)
    lists: list[Listing] = field(default_factory=list)
    brackets: list[Bracket] = field(default_factory=list)
    beside: Target | None = None
    suffix: str = ""
    described: bool = False
    project: str = ""
    carried: list[Carried] = field(default_factory=list)
    used: dict[str, int] = field(default_factory=dict)
    rank: float = -1
    below: float = -1
    unfinished: bool = False

    def heads(self) -> list[str]:
        """Keys of the subjects whose parts are being listed, the innermost last."""
        return [one.target.key for one in self.lists if one.target is not None]

    def new_paragraph(self, rank: int | None) -> None:
        """What is carried over: a list that a paragraph above opened at its end, and the subject that one named without
        any figure, to a paragraph without a number. `rank`: of its number."""
        named, item = (self.lead or self.target, self.item) if rank is None and not self.levels else (None, None)
        self.rank = self.below + 0.5 if rank is None else rank
        if rank is not None:
            self.below = rank
            self._close(rank)
        top = self.carried[-1] if self.carried else None
        if top is not None and top.numbered is None:
            top.numbered = rank is not None
        goes_on = top is not None and top.numbered == (rank is not None)
        lists, level = (list(top.lists), top.level) if top is not None and goes_on else ([], None)
        if self.unfinished and rank is None:
            lists, level = self.lists, self.level
        self.target = self.lead = self.item = self.counted = self.first = None
        self.levels = {}
        self.new_sentence("")
        self.target = self.lead = named
        self.item = item
        self.lists, self.level = lists, level

    def end_paragraph(self, text: str, *, opens: bool) -> None:
        """Keep the list that the last words of a paragraph open, and any list where it breaks off in a sentence."""
        self.unfinished = text.endswith(("；", "，"))
        if opens:
            self._close(self.rank)
            self.carried.append(Carried(self.rank, self.lists, self.level))

    def _close(self, rank: float) -> None:
        while self.carried and self.carried[-1].rank >= rank:
            self.carried.pop()

    def new_sentence(self, text: str) -> None:
        """Lists, reasons and comparisons end with the sentence; one that begins with 其中 goes on with what holds."""
        goes_on = text.startswith(("其中", "（其中", "(其中"))
        self.target = self.item or self.lead or self.target
        self.lists, self.brackets, self.shared = [], [], self.shared
        self.reason, self.pending, self.compared, self.compared_count = "", None, False, False
        self.year, self.described, self.last = "", False, ""
        if not goes_on:
            self.base = self.said = ""
        self.kept = self.base

    def speak_of(self, target: Target) -> None:
        """A new subject."""
        self.target = target
        self.lead = self.lead if self.lists and self.lead is not None else target

    def open(self, complete: str, at: int, *, below: bool = False) -> None:
        """其中, 包括: the parts of the last level follow. `below` (具体情况如下): those of the first subject.

        A list that opens at the same place is the same list.
        """
        named = self.levels.get(self.target.label) if self.target is not None and below else None
        level = (named or self.first) if below else self.level
        target = level.target if level is not None else self.lead if below else None
        offset = level.offset if level is not None else None
        now = self.lists[-1] if self.lists else None
        unread = (
            self.level is None or self.level.offset == offset
        )  # no part yet: 按经济分类 after 按功能分类 is another
        if now is not None and now.offset == offset and now.target is target and unread:
            now.complete = now.complete if now.complete == "some" else complete or now.complete
            return
        name = str(offset) if offset is not None else f"-{at}"
        self.used[name] = self.used.get(name, -1) + 1
        name = f"{name}.{self.used[name]}" if self.used[name] else name
        of = (level.year, level.counter) if level is not None else ("", "")
        self.lists.append(Listing(name, target, offset, complete, _is_budget(level), *of))

    def to_head(self, *, side: bool, below: bool) -> None:
        """A list that opens beside an open one divides the same head: its other `side`, or what is told `below`."""
        if side:
            self.level = self.first
        elif below and self.lists[0].target is not None:
            self.target = self.lists[0].target

    def read_level(self, level: Level) -> None:
        """Note the last level, and the first of the paragraph while it is of the paragraph's own subject."""
        known = self.levels.get(level.target.label)
        if level.year and known is not None and not known.year:
            return  # 2023年50万元，2022年60万元，其中：… lists the parts of this year's
        self.level = self.levels[level.target.label] = level
        if self.first is None and not self.lists:
            self.first = level

    def separate(self) -> None:
        """； ends a reason and what a clause implied, and closes an inner list; the base before 其中 holds on."""
        self.reason, self.said, self.base, self.pending = "", "", self.kept, None
        if not self.lists and self.lead is not None and self.lead.subject is not None and not self.brackets:
            self.target = (
                self.lead if self.target is None or not (self.target.subject or self.target.entry) else self.target
            )
        if len(self.lists) > 1 + (self.brackets[-1].depth if self.brackets else 0):
            self.lists.pop()

    def back_to_head(self) -> None:
        """A comparison after the parts that names nobody is of their head."""
        if self.lists and not self.brackets and not self.compared and self.lists[-1].target is not None:
            self.target = self.lists.pop().target

    def bracket(self, *, named: bool) -> None:
        """A bracket opens; `named`: right after a name whose figure is still to come."""
        self.brackets.append(Bracket(self.target, self.counted, self.level, len(self.lists), self.reason, named))

    def unbracket(self, *, excluding: bool) -> None:
        """After a bracket what held before it goes on; one that excludes a part makes the name another measure."""
        if self.brackets:
            before = self.brackets.pop()
            self.target, self.counted, self.level, self.reason = (
                before.target, before.counted, before.level, before.reason,
            )  # fmt: skip
            self.suffix = "excluding" if excluding and before.named else ""
            del self.lists[before.depth :]

    def compared_with(self) -> str:
        """The base of a change whose clause names none."""
        return self.base or self.said or LAST_YEAR


def _is_budget(level: Level | None) -> bool:
    return level is not None and (level.budget or level.target.key.endswith("_budget"))


def sentences(text: str, start: int) -> list[tuple[int, int]]:
    """Stretches that end with a full stop, from `start` on; one right before a closing bracket ends what is inside it
    only, where the sentence goes on behind: 购置及运行费8.00万元（运行费8.00万元。）比上年减少…"""
    cuts = [found.end() for found in _STOP.finditer(text)]
    bounds = [start, *(cut for cut in cuts if cut > start)]
    if bounds[-1] < len(text):
        bounds.append(len(text))
    return list(pairwise(bounds))


_QUOTED = 200  # characters to either side of a figure that are looked at for the ends of its clause
_STOP = re.compile(r"[。！？]+(?!）[^（。]{0,20}\d)[”’）]?")


def clause_at(text: str, start: int, end: int, bounds: Sequence[int]) -> tuple[int, int]:
    """The clause around a figure, to quote: between the nearest commas, colons and stops."""
    first, last = max(bounds[0], start - _QUOTED), min(bounds[1], end + _QUOTED)
    left = max((text.rfind(mark, first, start) for mark in "，；。："), default=-1)
    stops = [at for mark in "，；。" if (at := text.find(mark, end, last)) >= 0]
    return max(left + 1, first), min(stops, default=last)
