"""Paragraphs → statements: sentence by sentence, figure by figure, with what holds between them in the scope."""

import re
from functools import partial

from fiscal.dictionary.classification import functional
from fiscal.dictionary.patterns import Role, Subject, patterns
from fiscal.model.cells import Cell
from fiscal.statements import compare, counts, evaluation, loose, measures, names, nothing, sharing
from fiscal.statements.facts import Facts, Target
from fiscal.statements.figure import WINDOW, Figure, cell_of
from fiscal.statements.phrases import Phrase, code_of, phrases
from fiscal.statements.scope import Scope, clause_at, sentences
from fiscal.statements.sections import Sectioned
from fiscal.statements.tokens import BARE, COUNT, Token, tokens

PROSE = frozenset({"overview", "responsibilities", "organisation", "glossary", "title", "contents", "tables"})
NO_COUNTS = PROSE | {"annexes"}
_FUND = re.compile(r"(?:属|来源于|来自|来源为|为)(一般公共预算|政府性基金)")
_PROJECT = re.compile(r"^[（(]?[\d一二三四五六七八九十]*[）)、.]?([^，。；：“”（）\d]{2,24}?(?:项目|经费|资金|专项))")


class Reader:
    """Reads the paragraphs of one account in order; what it finds is in `facts`."""

    def __init__(self, year: int | None, unit: str) -> None:
        self.year, self.unit = year, unit
        self.facts = Facts()
        self.scope = Scope("title")
        self.form = evaluation.Form()
        self.unitless: list[Cell] = []
        self.shared: list[Subject] = []
        self.context = ("", "")

    def paragraph(self, part: Sectioned) -> None:
        """Read one paragraph."""
        if part.section != self.scope.section:
            self.scope = Scope(part.section)
        if part.words.paragraph.role in ("cell", "chart", "caption", "contents"):
            if part.words.paragraph.role == "cell" and part.section != "tables":
                evaluation.read(self, part, self.form)
            return
        self.scope.new_paragraph()
        text = part.words.text
        opening = _PROJECT.match(text) if self.in_evaluation() else None
        self.scope.project = opening[1] if opening else ""
        marks = [] if part.heading and part.body == len(text) else tokens(text)
        found = phrases(text, self.year) if part.section not in NO_COUNTS else []
        spans = [(phrase.start, phrase.end) for phrase in found]
        marks = [
            token
            for token in marks
            if not any(a <= token.start < b for a, b in spans)
            and (token.form != BARE or loose.may_be_bare(text, token))
        ]
        for number, bounds in enumerate(sentences(text, part.body)):
            inside = [token for token in marks if bounds[0] <= token.start < bounds[1]]
            if number:
                self.scope.new_sentence()
            self._sentence(part, bounds, inside, found)
        self.scope.end_paragraph(text)

    def _sentence(self, part: Sectioned, bounds: tuple[int, int], inside: list[Token], found: list[Phrase]) -> None:
        figures = _figures(part, bounds, inside, found)
        shared = sharing.runs(figures)
        taken = {number for run in shared.values() for number in run}
        at = bounds[0]
        for number, figure in enumerate(figures):
            self._gap(part, at, figure.token.start, found)
            at = figure.token.end
            if number in shared:
                sharing.read(self, figures, shared[number])
            elif number not in taken:
                self._figure(figure)
        self._gap(part, at, bounds[1], found, last=True)

    def _figure(self, figure: Figure) -> None:
        form, section = figure.token.form, self.scope.section
        if form in (COUNT, BARE) and section in NO_COUNTS:
            return
        if form == COUNT:
            counts.read(self, figure)
        elif form == BARE:
            loose.bare(self, figure)
        elif section in PROSE or loose.is_loose(figure):
            loose.read(self, figure)
        elif self.scope.reason:
            loose.reason(self, figure)
        else:
            measures.read(self, figure)

    # ---- the text between figures

    def _gap(self, part: Sectioned, start: int, end: int, found: list[Phrase], *, last: bool = False) -> None:
        """Take up what stands between two figures: phrases, 其中, reasons, comparisons without a number."""
        text = part.words.text[start:end]
        if not text:
            return
        for phrase in found:
            if start < phrase.end <= end:
                self._phrase(phrase)
        self.scope.pass_over(text)
        if self.scope.reason_first and "，" in text and not last:
            self.scope.reason, self.scope.reason_first = "", False
        opened = self.scope.open_reason(text)
        if opened >= 0:
            self._reason(part.words.text[start + opened :])
        if part.section not in compare.PROSE:
            place = partial(part.words.place, start, end, (start, end), part.section)
            compare.read(self, text, place)
            nothing.read(self, text, place)

    def _reason(self, rest: str) -> None:
        """Keep the words of a reason with its subject."""
        text, target = rest.partition("。")[0].strip("：:"), self.scope.target
        if target is None or not text.strip("，；"):
            return
        if target.entry is not None:
            target.entry.setdefault("reason", text)
        else:
            self.facts.word(f"{target.key}_reason", text)

    def _phrase(self, phrase: Phrase) -> None:
        """A classification phrase names an item, a group or a class, and becomes the subject."""
        class_name, group_name = self.context
        if phrase.level == "item" and not phrase.code:
            within = Phrase(0, 0, phrase.class_name or class_name, phrase.group_name or group_name, phrase.item_name)
            phrase.code = code_of(within, self.year)
        known = functional().subject(phrase.code[:3], None) if phrase.code else None
        goes_on = phrase.level == "item" and not phrase.class_name
        group_name = phrase.group_name or (group_name if goes_on else "")
        self.context = (phrase.class_name or (known.name if known else class_name), group_name)
        if phrase.level == "group":
            self.scope.speak_of(Target(f"gpb_groups[{phrase.code or phrase.name}]"))
        elif phrase.level == "class":
            self.scope.speak_of(self.class_target(phrase.class_name, phrase.code))
        else:
            self.item_target(phrase)

    def item_target(self, phrase: Phrase) -> Target:
        """A new entry of gpb_items; what follows speaks of it until the next one."""
        names_of = {"class_name": phrase.class_name, "group_name": phrase.group_name, "item_name": phrase.item_name}
        group_code = phrase.code[:5] if len(phrase.code) == 7 else ""
        entry = self.facts.entry("gpb_items", **names_of, code=phrase.code, group_code=group_code)
        self.scope.item = Target("gpb_items", entry=entry, entry_key=phrase.code or phrase.name)
        self.scope.speak_of(self.scope.item)
        return self.scope.item

    # ---- subjects

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
        self.scope.speak_of(target)
        return target

    def in_evaluation(self) -> bool:
        """Where budgets belong to projects, not to measures of the account."""
        return self.scope.section in ("annexes", "performance")

    def speak(self, subject: Subject) -> Target:
        """Make a declared subject the current one."""
        now = self.scope.target
        if now is None or now.key != subject.key or now.entry is not None:
            self.scope.speak_of(Target(subject.key, subject))
        return self.scope.target or Target(subject.key, subject)

    def role(self, form: str, gap: str) -> Role | None:
        """The first role whose words end right before the figure."""
        window = gap[-WINDOW:]
        return next((role for role in patterns().roles[form] if role.before.search(window)), None)

    def subject_of(self, text: str, counter: str) -> tuple[Subject | None, str]:
        """The last declared name in a text that means something here, and what follows it."""
        heads = self.scope.heads()
        for name in reversed(names.names_in(text)):
            subject = names.meaning(name, self.scope.section, heads, counter)
            if subject is not None:
                return subject, text[name.end :]
        return None, text

    # ---- writing down

    def state(self, figure: Figure, target: Target | None, role: str, *, fill: bool = True, **more: str) -> None:
        """Add a statement (`more`: period, direction), and its cell to what the subject fills unless `fill=False`."""
        name = target.name(role) if target is not None else ""
        self.facts.state(name, role, figure.cell, sentence=figure.sentence, **more)
        if target is not None and fill:
            self.facts.fill(target, role, figure.cell)
        if target is not None and target.key == "perf_projects" and target.entry is not None:
            found = _FUND.search(figure.sentence)
            if found:
                target.entry.setdefault("fund", found[1])


def _figures(part: Sectioned, bounds: tuple[int, int], inside: list[Token], found: list[Phrase]) -> list[Figure]:
    """The tokens of a sentence with the words around them."""
    text, sentence, at = part.words.text, part.words.printed(*bounds), bounds[0]
    figures: list[Figure] = []
    for token in inside:
        named = max((phrase.end for phrase in found if at < phrase.end <= token.start), default=at)
        cell = cell_of(part, token, clause_at(text, token.start, token.end, bounds))
        after = text[token.end : bounds[1]]
        figures.append(
            Figure(token, text[named : token.start], after, cell, sentence, first=not figures and named == at)
        )
        at = token.end
    return figures
