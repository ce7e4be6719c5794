"""One paragraph → statements: every figure gets a role from the words before it and a subject from the names around it."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from fiscal.dictionary.classification import functional
from fiscal.dictionary.patterns import Role, Subject, patterns
from fiscal.model.cells import Cell
from fiscal.statements import compare, evaluation, names, sharing
from fiscal.statements.facts import Facts, Target, number_cell
from fiscal.statements.phrases import Phrase, code_of, phrases
from fiscal.statements.scope import Scope, clause_at, sentences
from fiscal.statements.sections import Sectioned
from fiscal.statements.tokens import BARE, COUNT, MONEY, PERCENT, POINTS, TIMES, Token, tokens

PROSE = frozenset({"overview", "responsibilities", "organisation", "glossary", "title", "contents", "tables"})
NO_COUNTS = PROSE | {"annexes"}
_WINDOW = 48
_ENDS = re.compile(r"[，。；、：）)]|$")
_THRESHOLD = re.compile(r"(?:（含）)?(?:及)?(?:以上|以下|以内)")
_EACH = re.compile(r"(?:各|均|同步|分别)$")
_LISTING = re.compile(r"(?:主要包括|具体包括|主要用于|包括)[：:]?")
_FUND = re.compile(r"(?:属|来源于|来自|来源为|为)(一般公共预算|政府性基金)")
_PROJECT = re.compile(r"(?:经费|项目|资金|专项|工程|试点|补助)$")
_GOES_ON = re.compile(r"支出|决算|为|是|计|金额|执行|完成|使用|收入|年")
_LEVEL = "amount"


@dataclass(frozen=True, slots=True)
class Figure:
    """A token in its sentence: the gap is the text since the figure before it."""

    token: Token
    gap: str
    cell: Cell
    sentence: str
    first: bool = False


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
        self.said: tuple[str, set[str]] = ("", set())

    def paragraph(self, part: Sectioned) -> None:
        """Read one paragraph."""
        if part.section != self.scope.section:
            self.scope = Scope(part.section)
        if part.words.paragraph.role in ("cell", "chart", "caption", "contents"):
            if part.words.paragraph.role == "cell" and part.section != "tables":
                evaluation.read(self, part, self.form)
            return
        self.scope.new_paragraph()
        text, marks = part.words.text, tokens(part.words.text)
        found = phrases(text, self.year) if part.section not in PROSE and "annexes" != part.section else []
        if part.body == len(text) and part.heading:
            marks = []
        for number, (start, end) in enumerate(sentences(text, part.body)):
            inside = [token for token in marks if start <= token.start < end]
            if number:
                self.scope.new_sentence()
            self._sentence(part, (start, end), inside, found)
        self.scope.end_paragraph(text)

    def _sentence(self, part: Sectioned, bounds: tuple[int, int], inside: list[Token], found: list[Phrase]) -> None:
        text, sentence = part.words.text, part.words.printed(*bounds)
        at = bounds[0]
        figures: list[Figure] = []
        for token in inside:
            clause = clause_at(text, token.start, token.end, bounds)
            cell = self._cell(part, token, clause)
            named = max((phrase.end for phrase in found if at < phrase.end <= token.start), default=at)
            figures.append(Figure(token, text[named : token.start], cell, sentence, first=not figures))
            at = token.end
        starts = [bounds[0], *(figure.token.end for figure in figures)]
        shared = sharing.runs(figures)
        for number, figure in enumerate(figures):
            after = text[figure.token.end : bounds[1]]
            self._gap(part, starts[number], figure.token.start, found)
            if number in shared:
                sharing.read(self, figures, shared[number])
            elif not any(number in run for run in shared.values()):
                self._figure(figure, after)
        self._gap(part, at, bounds[1], found, last=True)

    def _cell(self, part: Sectioned, token: Token, clause: tuple[int, int]) -> Cell:
        place = part.words.place(token.start, token.end, clause, part.section)
        text = _printed(part.words.printed(token.start, token.end), token)
        approximate = token.approximate or token.ranged
        if token.form == TIMES and token.value is not None:
            digits = -int(token.value.as_tuple().exponent)
            width = Decimal(50).scaleb(-digits)
            return number_cell(token.value * 100, "%", place, text=text, approximate=approximate, width=width)
        value = token.value.scaleb(token.scale) if token.value is not None and token.scale else token.value
        return number_cell(value, token.unit, place, text=text, approximate=approximate)

    # ---- the text between figures

    def _gap(self, part: Sectioned, start: int, end: int, found: list[Phrase], *, last: bool = False) -> None:
        """Take up what stands between two figures: phrases, 其中, reasons, comparisons without a number."""
        text = part.words.text[start:end]
        if not text:
            return
        for phrase in found:
            if start <= phrase.start and phrase.end <= end or start < phrase.end <= end:
                self._phrase(phrase)
        self.scope.pass_over(text)
        if self.scope.reason_first and ("，" in text) and not last:
            self.scope.reason, self.scope.reason_first = "", False
        opened = self.scope.open_reason(text)
        if opened >= 0:
            self._reason(part.words.text[start + opened :])
        place = part.words.place(start, end, (start, end), part.section)
        compare.read(self, text, place)

    def _reason(self, rest: str) -> None:
        target = self.scope.target
        text = rest[: rest.find("。")] if "。" in rest else rest
        if target is None or not text.strip("：:，；"):
            return
        if target.entry is not None:
            target.entry.setdefault("reason", text.strip("：:"))
        else:
            self.facts.word(f"{target.key}_reason", text.strip("：:"))

    def _phrase(self, phrase: Phrase) -> None:
        """A classification phrase names an item or a class, and becomes the subject."""
        if phrase.level == "item" and not phrase.code:
            within = Phrase(0, 0, phrase.class_name or self.context[0], phrase.group_name or self.context[1], phrase.item_name)
            phrase.code = code_of(within, self.year)
        known = functional().subject(phrase.code[:3], None) if phrase.code else None
        self.context = (phrase.class_name or (known.name if known else self.context[0]), phrase.group_name)
        key = phrase.code or phrase.name
        if phrase.level == "group":
            self.scope.speak_of(Target(f"gpb_groups[{key}]"))
            return
        if phrase.level == "class":
            target = self.class_target(phrase.class_name, phrase.code)
        else:
            entry = self.facts.entry(
                "gpb_items", class_name=phrase.class_name, group_name=phrase.group_name, item_name=phrase.item_name,
                code=phrase.code, group_code=phrase.code[:5] if len(phrase.code) == 7 else "",
            )  # fmt: skip
            target = Target("gpb_items", entry=entry, entry_key=key)
            self.scope.item = target
        self.scope.speak_of(target)

    def class_target(self, name: str, code: str) -> Target:
        """The entry of a class; a class named again keeps its first entry."""
        known = next((e for e in self.facts.lists.get("gpb_classes", []) if code and e.get("code") == code), None)
        entry = known if known is not None else self.facts.entry("gpb_classes", name=name, code=code)
        return Target("gpb_classes", entry=entry, entry_key=code or name)

    # ---- one figure

    def _figure(self, figure: Figure, after: str) -> None:
        token, section = figure.token, self.scope.section
        if token.form == COUNT:
            if section not in NO_COUNTS:
                self._count(figure)
        elif token.form == BARE:
            self._bare(figure, after)
        elif token.value is None or section in PROSE or token.ranged or _THRESHOLD.match(after):
            self._loose(figure, after)
        elif self.scope.reason:
            self._state(figure, self._reason_target(), _LEVEL if token.form == MONEY else "share", fill=False)
        else:
            self._measure(figure)

    def _reason_target(self) -> Target:
        target = self.scope.target
        return Target(target.name("reason") if target is not None else "reason", plain=True)

    def _loose(self, figure: Figure, after: str) -> None:
        """A figure that is no fact of a slot: malformed (unread), in prose, a range, a threshold."""
        token = figure.token
        free = names.noun(figure.gap[-_WINDOW:])
        if token.value is None or token.form in (POINTS, TIMES):
            free = free if token.value is not None else ""
        elif token.ranged:
            free = "range"
        elif self.scope.section == "glossary":
            free = "glossary"
        elif token.form == MONEY and _THRESHOLD.match(after):
            free = "threshold"
        role = {MONEY: _LEVEL, PERCENT: "share", POINTS: "points", TIMES: "change_percent"}[
            token.form if token.form in (MONEY, PERCENT, POINTS, TIMES) else MONEY
        ]
        self._state(figure, Target(free, plain=True) if free else None, role, fill=False)

    def _bare(self, figure: Figure, after: str) -> None:
        """A number without unit: an amount or a percent only where the words before it leave no doubt."""
        if self.scope.section in NO_COUNTS or self.scope.reason or not _ENDS.match(after):
            return
        role = self.role(PERCENT, figure.gap)
        if role and role.role in ("share", "completion", "change_percent"):
            self._measure(
                replace(figure, token=replace(figure.token, form=PERCENT), cell=replace(figure.cell, unit="%"))
            )
            return
        subject, rest = self.subject_of(figure.gap, "")
        if self.role(MONEY, figure.gap) or (
            subject and names.only_links(rest) and rest.endswith(("为", "是", "：", "支出"))
        ):
            cell = replace(figure.cell, unit=self.unit, exact=figure.cell.value == 0)
            self.unitless.append(cell)
            self._measure(replace(figure, token=replace(figure.token, form=MONEY), cell=cell))

    def role(self, form: str, gap: str) -> Role | None:
        """The first role whose words end right before the figure."""
        window = re.sub(r"(?:约|近|将近|大约|接近)$", "", gap[-_WINDOW:])
        return next((role for role in patterns().roles[form] if role.before.search(window)), None)

    def subject_of(self, text: str, counter: str) -> tuple[Subject | None, str]:
        """The last declared name in a text that means something here, and what follows it."""
        heads = self.scope.heads()
        for name in reversed(names.names_in(text)):
            subject = names.meaning(name, self.scope.section, heads, counter)
            if subject is not None:
                return subject, text[name.end :]
        return None, text

    def _measure(self, figure: Figure) -> None:
        """An amount, percent, percentage points or a multiple with a role and a subject."""
        gap = re.sub(r"(?:约|近|将近|大约|接近)$", "", figure.gap)
        whole_subject, rest = self.subject_of(gap, "")
        role = self.role(figure.token.form, gap)
        if (
            whole_subject
            and role
            and figure.token.form == MONEY
            and names.only_links(rest)
            and _covers(role, gap, rest)
        ):
            role = None
        if role is None:
            self._level(figure, gap, whole_subject, rest)
            return
        window = gap[-_WINDOW:]
        found = role.before.search(window)
        head = gap[: len(gap) - len(window) + found.start()] if found else gap
        self._with_role(figure, role, head, found)

    def _with_role(self, figure: Figure, role: Role, head: str, found: re.Match[str] | None) -> None:
        subject, _ = self.subject_of(head, "")
        target = self.scope.target
        if subject is not None:
            target = self._speak(subject)
        elif free := self._own_noun(head, role):
            target = self._free_target(free, role)
        if compare.with_budget(head) or role.against:
            self.scope.against = "budget"
        words = found.groupdict() if found else {}
        self._state_role(figure, target, role, {key: text or "" for key, text in words.items()}, head)

    def _own_noun(self, head: str, role: Role) -> str:
        """A noun right before the role that no name knows (印刷费增加…): then the figure is not the subject's."""
        free = names.noun(compare.without_comparison(head))
        return free if len(free) >= 2 and not free.endswith(("了", "时", "数", "额", "后", "中", "各", "均")) else ""

    def _free_target(self, free: str, role: Role) -> Target:
        name, granted = names.granted(free)
        if (
            self.scope.section in ("annexes", "performance")
            and _PROJECT.search(name)
            and role.role in ("budget", "completion")
        ):
            return self.project(name)
        return Target(free)

    def project(self, name: str) -> Target:
        """The entry of a self-evaluated project; it becomes the subject."""
        known = next((e for e in self.facts.lists.get("perf_projects", []) if e["name"] == name), None)
        entry = known if known is not None else self.facts.entry("perf_projects", name=name)
        target = Target("perf_projects", entry=entry, entry_key=name)
        self.scope.speak_of(target)
        return target

    def _speak(self, subject: Subject) -> Target:
        target = Target(subject.key, subject)
        if self.scope.target is None or self.scope.target.key != subject.key or self.scope.target.entry is not None:
            self.scope.speak_of(target)
        return self.scope.target or target

    def _state_role(self, figure: Figure, target: Target | None, role: Role, words: dict[str, str], head: str) -> None:
        """State a figure whose role the words tell."""
        if target is None:
            self._state(figure, None, role.role, fill=False)
        elif role.role == "share":
            sharing.share(self, figure, target, words.get("whole", ""))
        elif role.role in ("change", "change_percent"):
            compare.change(self, figure, target, role, each=bool(_EACH.search(head)))
        elif role.role == "budget":
            self._budget(figure, target, role)
        elif role.role == "completion":
            self._completion(figure, target, words.get("budget_name") or "预算")
        else:
            period = "previous" if role.role == "previous" else "current"
            self._state(figure, target, role.role, period=period)
            if role.role == _LEVEL:
                self.scope.level = target

    def _budget(self, figure: Figure, target: Target, role: Role) -> None:
        """A budget of the subject; for the general budget 年初 and 全年 have slots of their own."""
        if target.key == "gpb" and role.period in ("initial_budget", "full_year_budget"):
            own = Target(f"gpb_{role.period}")
            self._state(figure, own, _LEVEL, period=role.period)
            return
        self._state(figure, target, "budget", period=role.period)

    def _completion(self, figure: Figure, target: Target, base: str) -> None:
        base = "年初预算" if "年初" in base else "全年预算" if ("全年" in base or "调整" in base) else "预算"
        self._state(figure, target, "completion")
        if target.entry is not None:
            target.entry.setdefault("basis", base)
        else:
            self.facts.word(f"{target.key}_completion_basis", base)

    def _level(self, figure: Figure, gap: str, subject: Subject | None, rest: str) -> None:
        """A figure without role words: the level of the name before it, of the current subject, or of a free noun."""
        percent = figure.token.form == PERCENT
        if figure.token.form in (POINTS, TIMES):
            free = names.noun(gap[-_WINDOW:])
            self._state(
                figure,
                Target(free) if free else None,
                "points" if figure.token.form == POINTS else "multiple",
                fill=False,
            )
        elif subject and not percent and names.only_links(rest):
            self._slot_level(figure, subject, rest)
        elif not percent and not names.noun(gap) and self.scope.target is not None and self._continues(figure, gap):
            self._state_level(figure, self.scope.target, self._period_of(figure, gap, named=False))
        else:
            self._noun_level(figure, gap, percent=percent)

    def _continues(self, figure: Figure, gap: str) -> bool:
        """Whether a figure without a name goes on speaking of the subject; at the start of a sentence words must say so."""
        return not figure.first or bool(_GOES_ON.search(gap))

    def _period_of(self, figure: Figure, gap: str, *, named: bool) -> str:
        """previous for last year's level beside this year's (2022年…，2023年…)."""
        years = re.findall(r"(?<![与比较同])((?:19|20)\d\d)年", gap)
        if not years or self.year is None or int(years[-1]) != self.year - 1:
            return "current"
        return "previous" if not named or f"{self.year}年" in figure.sentence else "current"

    def _slot_level(self, figure: Figure, subject: Subject, rest: str) -> None:
        if re.search(r"(?:不含|不包括|扣除|剔除)", rest):
            self._state(figure, Target(f"{subject.key}_excluding"), _LEVEL, fill=False)
            return
        if re.search(r"(?:累计|历年|以来)", rest):
            self._state(figure, Target(f"{subject.key}_cumulative"), _LEVEL, fill=False)
            return
        project = self.scope.target
        if subject.key == "perf_executed" and project is not None and project.key == "perf_projects":
            self._state(figure, project, _LEVEL)
            return
        period = self._period_of(figure, figure.gap, named=True)
        target = self._speak(subject)
        self.scope.listing = subject.items or self.scope.listing
        self._state_level(figure, target, period)

    def _state_level(self, figure: Figure, target: Target, period: str = "current") -> None:
        """A level; inside 其中 of a budget it is a budget."""
        if period == "previous":
            self._state(figure, target, "previous", period=period)
            return
        heads = self.scope.heads()
        if heads and heads[-1] == "perf_tp_budget" and target.key != "perf_tp_budget":
            self._state(figure, target, "budget", period="budget")
            return
        period = "budget" if target.key.endswith("_budget") else "current"
        self._state(figure, target, _LEVEL, period=period)
        self.scope.level = target

    def _noun_level(self, figure: Figure, gap: str, *, percent: bool) -> None:
        """A level of something no slot knows: an item of a list, a class by name, a project, a free noun."""
        free = names.noun(gap)
        if target := self._listed(free, gap):
            self.scope.speak_of(target)
            self._state(figure, target, "share" if percent else _LEVEL)
            self.scope.level = target
            return
        understood = names.is_rate(gap) if percent else names.is_measure(gap)
        if self.scope.section in ("annexes", "performance") and not percent and free:
            name, granted = names.granted(free)
            if granted and _PROJECT.search(name):
                self._state(figure, self.project(name), "budget", period="budget")
                return
        role = "share" if percent else _LEVEL
        target = Target(free, plain=percent) if understood and free else None
        if target is not None and not percent:
            self.scope.target = target
        self._state(figure, target, role, fill=False)

    def _listed(self, free: str, gap: str) -> Target | None:
        """An entry by its bare name: an economic item after 主要包括, a functional class or item."""
        if not free:
            return None
        if self.scope.listing:
            free = free.rpartition("、")[2]
            entry = self.facts.entry(self.scope.listing, name=free)
            return Target(self.scope.listing, entry=entry, entry_key=free)
        return compare.by_classification(self, free)

    # ---- counts

    def _count(self, figure: Figure) -> None:
        counter = figure.token.counter
        amount_subject, _ = self.subject_of(figure.gap, "")
        if amount_subject is not None and not self.scope.reason and "。" not in figure.gap:
            self._speak(amount_subject)
        kinds = self._kinds(counter)
        subject, rest = (None, "") if kinds else self.subject_of(figure.gap, counter)
        subject = subject or (None if kinds else self._following(counter, figure.gap))
        if kinds:
            self._kind(figure, kinds)
        elif subject is not None and not self.scope.reason:
            target = Target(subject.key, subject)
            self.scope.counted, self.scope.level = subject.key, target
            self._state(figure, target, "count")
        else:
            free = names.noun(figure.gap[-_WINDOW:])
            self._state(figure, Target(free or f"count_{counter}"), "count", fill=False)

    def _kinds(self, counter: str) -> str:
        """The list slot of kinds that an open 其中 counts."""
        head = self.scope.stack[-1].subject if self.scope.stack else None
        return head.kinds if head is not None and counter in head.counters else ""

    def _kind(self, figure: Figure, kinds: str) -> None:
        kind = names.noun(figure.gap.rpartition("其中")[2].replace("、", "，"))
        entry = self.facts.entry(kinds, kind=kind)
        target = Target(kinds, entry=entry, entry_key=kind)
        self._state(figure, target, "count")
        self.scope.target = target

    def _following(self, counter: str, gap: str) -> Subject | None:
        """A count without a name that follows a known subject (116人次 after 15批次)."""
        last = (self.scope.counted, self.scope.target.key if self.scope.target else "")
        for key in last:
            for subject in patterns().followers:
                if key in subject.after and counter in subject.counters and self.scope.section in subject.sections:
                    return subject if len(names.noun(gap)) < 5 else None
        return None

    # ---- writing down

    def _state(self, figure: Figure, target: Target | None, role: str, **more) -> None:
        """One statement, and its cell in the slot or entry it fills (unless `fill=False`)."""
        self.state(figure, target, role, **more)

    def state(
        self,
        figure: Figure,
        target: Target | None,
        role: str,
        *,
        fill: bool = True,
        period: str = "current",
        direction: str = "",
    ) -> None:
        """Add a statement for a figure; see Statement for the fields."""
        name = target.name(role) if target is not None else ""
        self.facts.state(name, role, figure.cell, period=period, direction=direction, sentence=figure.sentence)
        if target is not None and fill:
            self.facts.fill(target, role, figure.cell)
        if role in (_LEVEL, "budget") and target is not None:
            found = _FUND.search(figure.sentence)
            if target.key == "perf_projects" and found and target.entry is not None:
                target.entry.setdefault("fund", found[1])


def _covers(role: Role, gap: str, rest: str) -> bool:
    """Whether a name's own words reach into the role's words (“三公”经费预算总额 is a name as a whole)."""
    found = role.before.search(gap[-_WINDOW:])
    return bool(found) and len(gap[-_WINDOW:]) - found.start() > len(rest) and role.role == "budget"


def _printed(text: str, token: Token) -> str:
    """The printed number without its unit and inner spaces; a token of Chinese numerals keeps them."""
    found = re.match(r"[-−－﹣负]?[\d０-９][\d０-９.．,， 　OoIl]*", text)
    return re.sub(r"[\s　]+|[,，]$", "", found.group()) if found else text
