"""One pass over the clauses of a paragraph: what holds is in `state`, what a figure is in `quantity`."""

import re
from functools import partial

from fiscal.dictionary.classification import functional
from fiscal.dictionary.numbering import mark as numbered
from fiscal.dictionary.patterns import Subject, patterns
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.statements import (
    amounts,
    compare,
    counts,
    evaluation,
    lists,
    loose,
    mentions,
    names,
    nothing,
    reasons,
    sharing,
    unmarked,
)
from fiscal.statements.facts import Facts, Target
from fiscal.statements.figure import WINDOW, Figure, cell_of
from fiscal.statements.marks import BREAK, CLOSED, FIGURE, NAME, OPENED, Mark, Marked, marked
from fiscal.statements.phrases import Phrase, code_of, phrases
from fiscal.statements.sections import Sectioned
from fiscal.statements.segments import Context, Segment, split, understand
from fiscal.statements.state import State, clause_at, sentences
from fiscal.statements.tokens import BARE, COUNT, Token, tokens

PROSE = frozenset({"overview", "responsibilities", "organisation", "glossary", "contents", "tables"})
NO_BARE = PROSE | {"annexes"}
UNCOUNTED = frozenset({"glossary", "contents", "tables"})
SOURCED = frozenset({"procurement", "assets", "performance", "projects", "operating_expenses"})
_PROJECT = re.compile(
    r"^[（(]?[\d一二三四五六七八九十]*[）)、.]?(?:“(?P<quoted>[^“”]{2,40})”项目|(?P<plain>[^，。；：“”（）\d]{2,24}?(?:项目|经费|资金|专项)))"
)
_ITEM = re.compile(r"^(?:[一二三四五六七八九]是|其[一二三四五])")
_LAST_RANK = 6  # of 一是, below all numbers
_DIVIDED = frozenset({"gpb_items", "gpb_classes", "basic", "personnel", "public", "operating_expenses"})
_TOTALS = frozenset({"total_revenue", "total_expenditure", "revenue", "expenditure"})
_JOINED = re.compile("[和及与、]")
_WORD, _SIDES = 2, ("收入", "支出")
_TITLE = 80  # characters of a sentence that may be a heading
_OPENS = re.compile(r"(?:其中|如下|包括|方面|情况是)[：:。]?$")


class Reader:
    """Reads the paragraphs of one account in order; what it finds is in `facts`."""

    def __init__(self, disclosure: Disclosure, year: int | None) -> None:
        self.year, self.unit, self.entity = year, disclosure.unit, disclosure.entity or "\n"
        self.kind, self.budget = disclosure.kind, disclosure.kind == "budget"
        self.facts = Facts()
        self.state = State("title")
        self.form = evaluation.Form()
        self.unitless: list[Cell] = []
        self.context = ("", "")
        self.marked = Marked("")
        self.now: tuple[Sectioned, tuple[int, int]] | None = None

    # ---- paragraphs and sentences

    def paragraph(self, part: Sectioned) -> None:
        """Read one paragraph."""
        if part.section != self.state.section:
            self.state = State(part.section, used=self.state.used)
        if part.words.paragraph.role in ("cell", "chart", "caption", "contents"):
            if part.words.paragraph.role == "cell" and part.section != "tables":
                evaluation.read(self, part, self.form)
            return
        text = part.words.text
        self.state.new_paragraph(_rank(text))
        self.state.project = self._project(text)
        self._mark(part)
        self._heading(part)
        for number, bounds in enumerate(sentences(text, part.body)):
            if number:
                self.state.new_sentence(text[bounds[0] : bounds[0] + 4])
            self._sentence(part, bounds)
        self.state.end_paragraph(text, opens=bool(_OPENS.search(text)))
        if part.heading:
            self.state.target = self.state.lead = self.state.item = None  # a heading keeps its subject in its own way

    def _project(self, text: str) -> str:
        """The project that a paragraph of an evaluation opens with; in the part on projects it holds below."""
        found = _PROJECT.match(text) if self.in_evaluation() else None
        below = self.state.section == "projects"
        named = "" if found is None else found["quoted"] or ("" if below else found["plain"])
        return named or (self.state.project if below else "")

    def _mark(self, part: Sectioned) -> None:
        text = part.words.text
        whole_heading = part.heading and part.body == len(text)
        found = phrases(text, self.year) if part.section not in NO_BARE else []
        spans = [(phrase.start, phrase.end) for phrase in found]
        taken = [token for token in ([] if whole_heading else tokens(text)) if not _inside(token, spans)]
        kept = [token for token in taken if token.form != BARE or loose.may_be_bare(text, token)]
        self.marked = marked(text, kept, found, part.section)
        slips = mentions.slipped_years(part, self.year, self.kind)
        if slips:  # told as such; what is said is this year's all the same
            self.marked = Marked(text, tuple(mark for mark in self.marked.marks if mark.start not in slips))

    def _heading(self, part: Sectioned) -> None:
        """A heading names the subject of what follows it."""
        stop = len(part.words.text) if part.heading else part.body
        if not stop:
            return
        self.state.heading = None
        for mark in self.marked.between(0, stop):
            if mark.kind == NAME and (target := self.resolve(mark, "")) is not None:
                self.state.heading = target

    def _sentence(self, part: Sectioned, bounds: tuple[int, int]) -> None:
        self.now = (part, bounds)
        inside = [mark for mark in self.marked.between(*bounds) if mark.kind == FIGURE and mark.token is not None]
        gaps = self._gaps([mark.token for mark in inside if mark.token is not None], bounds)
        sentence = part.words.printed(*bounds)
        figures = [self._figure_of(part, bounds, gap, sentence) for gap in gaps]
        shared = sharing.runs(self, figures)
        taken = {number for run in shared.values() for number in run}
        at = bounds[0]
        for number, figure in enumerate(figures):
            segments = self._gap(part, at, figure.token.start, figure)
            at = figure.token.end
            if number in shared:
                sharing.read(self, figures, shared[number], segments)
            elif number not in taken:
                self._figure(figure, segments)
        rest = self._gap(part, at, bounds[1], None)
        if not figures and bounds[1] - bounds[0] <= _TITLE:
            self.take(rest)
            self.state.heading = self.state.target if _says_nothing(rest) else self.state.heading

    def _gaps(self, inside: list[Token], bounds: tuple[int, int]) -> list[tuple[Token, int]]:
        """Each figure with the place where the words before it begin."""
        starts = [bounds[0], *(token.end for token in inside)]
        return list(zip(inside, starts))

    def _figure_of(self, part: Sectioned, bounds: tuple[int, int], gap: tuple[Token, int], sentence: str) -> Figure:
        token, start = gap
        text = part.words.text
        cell = cell_of(part, token, clause_at(text, token.start, token.end, bounds))
        return Figure(
            token, text[start : token.start], text[token.end : min(bounds[1], token.end + WINDOW)], cell, sentence,
            first=start == bounds[0], start=start, span=part.words.offsets(*bounds),
        )  # fmt: skip

    def _figure(self, figure: Figure, segments: list[Segment]) -> None:
        form, section = figure.token.form, self.state.section
        if section in (UNCOUNTED if form == COUNT else NO_BARE if form == BARE else ()):
            return
        if form == COUNT:
            counts.read(self, figure, segments)
        elif section in PROSE or loose.is_loose(figure):
            loose.read(self, figure)
        elif form == BARE:
            loose.bare(self, figure, segments)
        else:
            amounts.read(self, figure, segments)

    # ---- the text between figures

    def _gap(self, part: Sectioned, start: int, end: int, figure: Figure | None) -> list[Segment]:
        """Take up what stands between two figures, segment by segment; those that still say what the next figure is."""
        context, words = Context(self.resolve, self.year), patterns().lexicons
        kept: list[Segment] = []
        before: Mark | None = None
        stop = self.now[1][1] if self.now is not None else end
        for cut, segment in split(self.marked, start, end):
            if cut is not None:
                self._ends_at_once(cut, kept, before)
                kept = self._cut(cut, kept)
            before = cut
            understand(segment, context)
            if cut is not None and cut.text == "；" and segment.compares:
                self.state.back_to_head()
            self.state.base = segment.base or self.state.base
            self.state.year = segment.year or self.state.year
            place = partial(part.words.place, segment.start, segment.end, (segment.start, segment.end), part.section)
            if part.section not in PROSE:
                compare.read(self, segment, place)
            self._incomplete(segment)
            if self.state.lists and segment.text.startswith((*words["list_ends"], *words["besides"])):
                self.state.lists.pop()
            if reasons.take(self, segment, figure, part.words.text[segment.start : stop]):
                kept = []
            if part.section not in PROSE:
                nothing.read(self, segment.text, place)
            kept.append(segment)
        return kept

    def _ends_at_once(self, cut: Mark, kept: list[Segment], before: Mark | None) -> None:
        """全部为行政单位，…: where no figure follows, one part that is all is no list."""
        if before is not None and before.kind == "open.all" and cut.kind == BREAK and self.state.lists and kept:
            self.state.lists.pop()

    def _incomplete(self, segment: Segment) -> None:
        """××, 等 and 另有 say that parts of the open list may not be told."""
        besides = segment.text.startswith(tuple(patterns().lexicons["besides"]))
        if self.state.lists and (segment.has("unknown") or segment.text.endswith("等") or besides):
            self.facts.complete[self.state.lists[-1].id] = "some"

    def _cut(self, cut: Mark, kept: list[Segment]) -> list[Segment]:
        """Follow 其中, ；, brackets; after them the words before mean nothing for the next figure."""
        state = self.state
        if cut.kind == OPENED:
            self.take(kept)
            state.bracket(named=bool(kept) and bool(kept[-1].targets))
            if kept and kept[-1].noun and not kept[-1].targets and self.marked.text[cut.end : cut.end + 1].isdigit():
                state.target = self.free(kept[-1].noun)
            if not any(one.text for one in kept) and lists.divides(self, cut):
                state.open("whole", cut.start)
        elif cut.kind == CLOSED:
            listed = bool(state.brackets) and len(state.lists) > state.brackets[-1].depth
            state.unbracket(excluding=bool(kept) and kept[-1].has("excluding"))
            if len(kept) == 1 and kept[0].is_name and not (listed or state.lists):
                self.take(kept)
        elif cut.kind.startswith("open"):
            self.take(kept)
            below = cut.text.endswith("如下") or cut.text.startswith("按")
            if kept and kept[-1].targets and not below:
                state.level = lists.level_of(self, kept[-1])
            elif state.lists and not (kept and kept[-1].targets):
                state.to_head(side=bool(kept) and kept[-1].text in _SIDES, below=below)
            joined = bool(state.brackets and state.level) and _JOINED.search(state.level.target.label)  # type: ignore[union-attr]
            mainly = bool(kept) and "主要" in kept[-1].text  # 主要支出项目如下: not all of them
            state.open(
                "" if joined else "some" if mainly else cut.kind.partition(".")[2] or lists.numbered(self, cut),
                cut.start,
                below=below,
            )
        elif cut.text == "；":
            state.separate()
        elif cut.kind == "purpose":
            self.take(kept)
            if state.target is None and state.heading is not None:  # what it is for is said instead of its name
                state.speak_of(state.heading)
                state.described = True
            else:
                state.reason = state.reason or reasons.PURPOSE
        elif kept and kept[-1].targets and kept[-1].text.endswith("中"):
            self.take(kept)
            state.first = None
            state.open("", cut.start, below=True)
            state.lists[-1].is_of(kept[-1].level)
        else:  # 主要是捐赠收入，占…: what it mainly is is not what has the share
            mainly = bool(kept) and kept[-1].marks[:1] != [] and kept[-1].marks[0].kind == "reason_after_change"
            return kept[:-1] if mainly else kept
        return []

    def take(self, segments: list[Segment]) -> None:
        """Make the last subject named in these segments the current one."""
        for segment in reversed(segments):
            if segment.targets:
                self.speak(segment.targets[-1])
                return

    # ---- subjects

    def resolve(self, mark: Mark, before: str) -> Target | None:
        """Whom a name or a classification phrase means here; None for a name of counts or one that means nothing."""
        if mark.phrase is not None:
            return self._phrase(mark.phrase)
        if mark.name is None:
            return None
        spoken = [one.key for one in (self.state.target, self.state.lead) if one is not None]
        subject = names.meaning(mark.name, self.state.section, self.state.heads(), beside=spoken)
        other = subject is not None and self.state.section not in subject.sections and self._is_source(mark)
        if other or before.endswith("涉及"):
            return Target(mark.text)
        if subject is not None and self._of_another(subject):
            return None
        if subject is None or (subject.bare and not self._alone(subject, mark, before)):
            return None
        head = self.state.lists[-1].target if self.state.lists else None
        if head is not None and head.key not in subject.under and _part_of(head, subject):
            return Target(mark.text if head.subject is not None else f"{head.label}{mark.text}")
        return Target(subject.key, subject)

    def _alone(self, subject: Subject, mark: Mark, before: str) -> bool:
        """Whether 收入 or 支出 stands for the measure itself, not for the figure of what the sentence speaks of."""
        if before.endswith("本级"):  # 收入增加…，其中：本级收入增加…
            return False
        now = self.state.target or self.state.heading
        own = (
            now is None or now.key in subject.beside | {subject.key} or not subject.beside.isdisjoint(self.state.levels)
        )
        return (own or len(mark.text) > _WORD) and names.only_links(names.without_body(before, self.entity))

    def _of_another(self, subject: Subject) -> bool:
        """Whether 本年支出, 上年支出总额 is the figure of what the sentence speaks of, outside the account's totals."""
        now = self.state.target
        other = now is not None and now.key not in _TOTALS and now.key not in subject.beside
        return other and subject.key in _TOTALS and self.state.section not in subject.sections

    def _is_source(self, mark: Mark) -> bool:
        """Whether a name of a budget only says where the money of something else comes from."""
        return self.state.section in SOURCED and mark.text in patterns().lexicons["sources"]

    def _phrase(self, phrase: Phrase) -> Target:
        """A classification phrase names an item, a group or a class."""
        class_name, group_name = self.context
        if phrase.level == "item" and not phrase.code:
            within = Phrase(0, 0, phrase.class_name or class_name, phrase.group_name or group_name, phrase.item_name)
            phrase.code = code_of(within, self.year)
        known = functional().subject(phrase.code[:3], None) if phrase.code else None
        goes_on = phrase.level == "item" and not phrase.class_name
        group_name = phrase.group_name or (group_name if goes_on else "")
        self.context = (phrase.class_name or (known.name if known else class_name), group_name)
        if phrase.level == "group":
            return Target(f"gpb_groups[{phrase.code or phrase.name}]")
        if phrase.level == "class":
            return self.class_target(phrase.class_name, phrase.code)
        return self.item_target(phrase)

    def item_target(self, phrase: Phrase) -> Target:
        """A new entry of gpb_items; what follows speaks of it until the next one."""
        names_of = {"class_name": phrase.class_name, "group_name": phrase.group_name, "item_name": phrase.item_name}
        whole = phrase.code if len(phrase.code) == 7 else ""
        codes = {"code": phrase.code, "class_code": whole[:3], "group_code": whole[:5]}
        entry = self.facts.entry("gpb_items", **names_of, **codes)
        self.state.item = Target("gpb_items", entry=entry, entry_key=phrase.code or phrase.name)
        return self.state.item

    def class_target(self, name: str, code: str) -> Target:
        """The entry of a class; a class named again keeps its first entry."""
        known = next((e for e in self.facts.lists.get("gpb_classes", []) if code and e.get("code") == code), None)
        entry = known if known is not None else self.facts.entry("gpb_classes", name=name, code=code)
        return Target("gpb_classes", entry=entry, entry_key=code or name)

    def project(self, name: str) -> Target:
        """The entry of a self-evaluated project; it becomes the subject."""
        known = next((e for e in self.facts.lists.get("perf_projects", []) if e["name"] == name), None)
        entry = known if known is not None else self.facts.entry("perf_projects", name=name)
        target = Target("perf_projects", entry=entry, entry_key=name)
        self.state.speak_of(target)
        return target

    def free(self, noun: str) -> Target:
        """A subject nobody declared: a class or an item by its bare name, else the noun itself."""
        return unmarked.target_of(self, noun) or Target(noun)

    def in_evaluation(self) -> bool:
        """Where budgets belong to projects, not to measures of the account."""
        return self.state.section in ("annexes", "performance", "projects")

    def speak(self, target: Target) -> Target:
        """Make a subject the current one; a root measure ends the lists it is no part of."""
        state = self.state
        subject = target.subject
        if (
            subject is not None
            and subject.root
            and state.lists
            and not state.brackets
            and not subject.under & set(state.heads())
        ):
            state.lists.clear()
        state.speak_of(target)
        return target

    def fallback(self) -> Target | None:
        """The subject of a figure that nobody names: the current one, the heading's, the section's."""
        default = patterns().defaults.get(self.state.section)
        subject = patterns().subjects.get(default) if default else None
        if self.state.target is None and self.state.project:
            return self.project(self.state.project)
        return self.state.target or self.state.heading or (Target(subject.key, subject) if subject else None)


def _rank(text: str) -> int | None:
    """The rank of the number that a paragraph begins with."""
    number = numbered(text.lstrip("“"))
    return number.rank if number is not None else _LAST_RANK if _ITEM.match(text) else None


def _says_nothing(segments: list[Segment]) -> bool:
    """Whether a sentence is nothing but a name, like a heading: 1.公务接待费。"""
    named = any(one.targets for one in segments)
    return named and all(one.targets or (not one.noun and not one.marks) for one in segments)


def _inside(token: Token, spans: list[tuple[int, int]]) -> bool:
    return any(start <= token.start < end for start, end in spans)


def _part_of(head: Target, subject: Subject) -> bool:
    """Whether a name inside 其中 of an item, or of a free name, means a part of that, not the account's own."""
    if not subject.sections:
        return False
    return head.key in _DIVIDED or (head.subject is None and not subject.is_slot)
