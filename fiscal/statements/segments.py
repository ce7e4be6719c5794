"""The words before a figure, segment by segment: whom they name, with what they compare, what they make of it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from fiscal.dictionary.notation import any_of
from fiscal.dictionary.patterns import patterns
from fiscal.statements import names
from fiscal.statements.facts import Target
from fiscal.statements.marks import (
    BREAK,
    BUDGETS,
    CLOSED,
    COMPARE,
    DATE,
    FIGURE,
    FROM,
    NAME,
    OPENED,
    PHRASE,
    Mark,
    Marked,
)
from fiscal.statements.state import LAST_BUDGET, LAST_YEAR

CUTS = frozenset({BREAK, OPENED, CLOSED, FIGURE, "open", "open.whole", "open.all", "open.some", "item", "purpose"})
DIRECTIONS = frozenset({"up", "down", "more", "less", "change", "reach"})
_LONGEST = 300  # characters before a figure that can say what it is
BASES = frozenset({*BUDGETS, "last", "year"})

Resolve = Callable[[Mark, str], Target | None]


@dataclass(slots=True)
class Segment:
    """A stretch between two cuts.

    counted    names in it that mean no money here: names of counts
    targets    the subjects it names, in order; `noun`: a name that nobody declared, "" where there is none
    year       another year whose figure is compared (2025年预算比…), or ""
    base       the comparison it opens (比上年), or ""; `level`: the base whose own level follows (比上年320万元)
    quantity   direction mark that decides, if any; `sign` of it
    whole      words after 占, None where there is no 占
    """

    start: int
    end: int
    text: str
    marks: list[Mark] = field(default_factory=list)
    counted: list[Mark] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    noun: str = ""
    year: str = ""
    base: str = ""
    level: str = ""
    direction: Mark | None = None
    whole: str | None = None

    def has(self, *kinds: str) -> bool:
        return any(mark.kind in kinds for mark in self.marks)

    @property
    def is_name(self) -> bool:
        """Whether it is nothing but one declared name."""
        return len(self.targets) == 1 and len(self.marks) == 1 and len(self.marks[0].text) == len(self.text)

    @property
    def compares(self) -> bool:
        """Whether it begins with a comparison and names nobody (；比上年增加 …)."""
        opens = bool(self.marks) and self.marks[0].kind == COMPARE and bool(self.base)
        return opens and not self.targets and not self.noun

    @property
    def empty(self) -> bool:
        """Whether it says nothing at all."""
        return not self.noun and not self.targets and all(mark.kind in ("neutral", DATE) for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a segment needs to know: how names are resolved, and the year of the document."""

    resolve: Resolve
    year: int | None


def split(marked: Marked, start: int, end: int) -> list[tuple[Mark | None, Segment]]:
    """The segments of a stretch, each with the mark that cut it off from the one before."""
    found: list[tuple[Mark | None, Segment]] = []
    at, cut, inside = start, None, list[Mark]()
    for mark in [*marked.between(start, end), Mark(end, end, BREAK)]:
        if mark.kind in CUTS:
            found.append((cut, _segment(marked.text, at, mark.start, inside)))
            at, cut, inside = mark.end, mark, []
        else:
            inside.append(mark)
    return found


def _segment(text: str, start: int, end: int, marks: list[Mark]) -> Segment:
    """A segment; of a stretch longer than any sentence without a comma only the end counts."""
    begin = max(start, end - _LONGEST)
    return Segment(begin, end, text[begin:end], [mark for mark in marks if mark.start >= begin])


def understand(segment: Segment, context: Context) -> Segment:
    """Fill in what a segment says."""
    share = next((mark for mark in segment.marks if mark.kind == "share"), None)
    if share is not None:
        segment.whole = segment.text[share.end - segment.start :]
    reach = share.start if share is not None else segment.end
    _bases(segment, context, reach)
    _subjects(segment, context, reach)
    marks = [mark for mark in segment.marks if mark.kind in DIRECTIONS and mark.start < reach]
    last = marks[-1] if marks else None
    if last is not None and names.only_links(_plain(segment, last.end, segment.end)):
        segment.direction = last
    return segment


def _plain(segment: Segment, start: int, end: int) -> str:
    """The text of a stretch without its marks."""
    out, at = [], start
    for mark in segment.marks:
        if start <= mark.start < end:
            out.append(segment.text[at - segment.start : mark.start - segment.start])
            at = mark.end
    out.append(segment.text[at - segment.start : end - segment.start])
    return "".join(out)


# ---- bases


def _bases(segment: Segment, context: Context, reach: int) -> None:
    """What the segment compares with, and whether the level of that base is what follows."""
    opened, words, closed = False, list[Mark](), False
    for mark in segment.marks:
        if mark.start >= reach:
            break
        if mark.kind in (COMPARE, FROM):
            before = base_of(words, context.year)
            segment.year = before if before.isdigit() else segment.year
            opened, words, closed = True, [], False
        elif mark.kind in BASES:
            words.append(mark)
        elif mark.kind == "close":
            closed = bool(words)
        elif mark.kind == "same":
            segment.base = LAST_YEAR
        elif mark.kind in ("more", "less", "equal"):
            opened = True
        elif mark.kind in ("up", "down", "change", "reach", "flat", "nearly") and words:
            closed = True
        elif mark.kind == NAME and closed:
            break
    base = base_of(words, context.year)
    if base and (opened or (closed and not _is_this(words, context.year))):
        segment.base = base
    if base and not closed:
        segment.level = base


def _is_this(words: Sequence[Mark], year: int | None) -> bool:
    return len(words) == 1 and words[0].kind == "year" and words[0].text[:4] == str(year)


def base_of(words: Sequence[Mark], year: int | None) -> str:
    """last_year, last_year_budget, a budget of the year, another year, or "" for the year itself."""
    budget = next((BUDGETS[mark.kind] for mark in reversed(words) if mark.kind in BUDGETS), "")
    last = any(mark.kind == "last" for mark in words)
    printed = next((int(mark.text[:4]) for mark in reversed(words) if mark.kind == "year"), None)
    if last or (printed is not None and year is not None and printed == year - 1):
        return LAST_BUDGET if budget else LAST_YEAR
    if budget and printed in (None, year):
        return budget
    if printed is None or printed == year or year is None:
        return budget
    return str(printed)


# ---- subjects


def _subjects(segment: Segment, context: Context, reach: int) -> None:
    """The declared names and classification phrases of a segment, and the noun after them where it is a measure."""
    at = segment.start
    for mark in segment.marks:
        if mark.start >= reach:
            break
        if mark.kind in (NAME, PHRASE):
            if segment.targets and _is_tail(mark, segment.text[at - segment.start : mark.start - segment.start]):
                at = mark.end
                continue
            target = context.resolve(
                mark, "…" if segment.targets else _plain(segment, _year_end(segment, mark), mark.start)
            )
            if target is None:
                segment.counted.append(mark)
                continue
            qualifier = _qualifier().search(segment.text[: mark.start - segment.start])
            if qualifier and qualifier[1] not in mark.text and target.entry is None:
                target = Target(f"{qualifier.group()}{mark.text}")
            segment.targets.append(target)
            at = mark.end
    unnamed = {id(mark) for mark in segment.counted}
    segment.marks = [mark for mark in segment.marks if id(mark) not in unnamed]
    segment.noun = _noun(segment, at, reach)
    if segment.noun and segment.targets and not names.is_measure(segment.noun):
        segment.noun = ""


def _is_tail(mark: Mark, between: str) -> bool:
    """Whether a name of a total ends the name before it: 机关运行经费 | 支出合计, “三公”经费公共 | 财政拨款支出."""
    total = mark.name is not None and any(subject.root for subject in mark.name.subjects)
    return total and between in patterns().lexicons["joined"]


def _year_end(segment: Segment, mark: Mark) -> int:
    """Where the words after the last year before a name begin: a year follows the name of the body."""
    return max(
        (one.end for one in segment.marks if one.kind == "year" and one.end <= mark.start), default=segment.start
    )


@cache
def _qualifier() -> re.Pattern[str]:
    """Words before a name that make it another measure: 政府性基金…基本支出, 货物采购授予中小企业合同金额."""
    lexicons = patterns().lexicons
    return re.compile(rf"(?<![及和与、])({any_of(lexicons['qualifiers'])})(?:{any_of(lexicons['qualifying'])})*+$")


def _noun(segment: Segment, start: int, end: int) -> str:
    """The last run of words between the marks that is no link; what stands inside an open comparison does not count."""
    if names.is_no_name(segment.text):
        return ""
    runs, at, inside = [], start, False
    for mark in [*segment.marks, Mark(end, end, "end")]:
        if mark.start < start or mark.start > end:
            continue
        run = segment.text[at - segment.start : mark.start - segment.start]
        if not inside or mark.kind not in (*BASES, *DIRECTIONS, "close", "flat", "nearly", "end"):
            runs.append(run)
        inside = mark.kind == COMPARE or (inside and mark.kind in ("neutral", "year", DATE))
        at = max(at, mark.end)
    if segment.text in patterns().lexicons["sources"] and not segment.targets:
        return segment.text
    found = (names.noun(run) for run in reversed(runs))
    noun = next((noun for noun in found if len(noun) > 1), "")
    return noun or next((mark.text for mark in segment.marks if mark.kind == "neutral" and _is_fund(mark, end)), "")


def _is_fund(mark: Mark, end: int) -> bool:
    """Whether a neutral word right before the figure is the name of a fund (其中政府性基金260.00万元)."""
    return mark.end == end and mark.text.startswith(patterns().lexicons["qualifiers"])
