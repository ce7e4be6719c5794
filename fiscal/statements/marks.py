"""Annotations over a sentence: names, classification phrases, figures and the words that give figures their meaning."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from fiscal.dictionary.notation import any_of
from fiscal.dictionary.patterns import patterns
from fiscal.statements.names import Name, names_in
from fiscal.statements.phrases import Phrase
from fiscal.statements.tokens import Token

NAME, PHRASE, FIGURE, BREAK, OPENED, CLOSED, COMPARE, FROM, DATE = (
    "name", "phrase", "figure", "break", "(", ")", "compare", "from", "date",
)  # fmt: skip
BUDGETS = {
    "budget.initial": "initial_budget", "budget.full_year": "full_year_budget", "budget.any": "budget",
}  # fmt: skip
_ORDER = {FIGURE: 0, PHRASE: 1, NAME: 2}
_SHAPES = re.compile(
    r"(?P<date>(?:截[至止])?(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日|底|末)?|截[至止](?:19|20)\d\d年(?:末|底)?)"
    r"|(?P<short>[（(](?![其含不])[^（）()，。；：、\d]{1,5}[）)])"
    r"|(?P<break>[，；。：、！])|(?P<opened>[（(])|(?P<closed>[）)])"
)
_WITH = re.compile(
    r"(?:与|同|和|跟)(?=[^，。；]{0,40}?(?:相比|比较|对比|相较|持平|一致|相同|无增减|无变化|没有变化|不变|比|相等))"
)
_FROM = re.compile(r"[由从](?=[^，。；]{0,30}?(?:增|减|升|降|提高|下降)[^，。；\d]{0,3}[到至为])")
_MADE_OF = re.compile(r"由(?=[^。；由]{1,80}(?:组成|构成))")
_SHARE = re.compile(r"占(?=[^，。；占]{0,40}?[\d%])")
_TO_DIGIT = re.compile(r"(?:[了支出收入额为]){0,3}-?\d")
_SAVED = re.compile("节|超支")
_BEFORE_PART = frozenset("（，")
_AROUND = 14


@dataclass(frozen=True, slots=True)
class Mark:
    """One annotation of a working text; `kind` is a kind of clauses.yaml or one of the constants here."""

    start: int
    end: int
    kind: str
    text: str = ""
    name: Name | None = None
    phrase: Phrase | None = None
    token: Token | None = None


_DENIALS = ("未", "不", "没", "没有")


@dataclass(frozen=True)
class Marked:
    """A text with its marks in order, none overlapping another."""

    text: str
    marks: tuple[Mark, ...] = field(default=())

    def between(self, start: int, end: int) -> Sequence[Mark]:
        """The marks that begin in a stretch."""
        low = bisect_left(self.marks, start, key=lambda mark: mark.start)
        return self.marks[low : bisect_left(self.marks, end, key=lambda mark: mark.start)]


def marked(text: str, tokens: Iterable[Token], phrases: Iterable[Phrase], section: str) -> Marked:
    """All marks of a working text; where two overlap, the one that begins first stays, of two the longer."""
    found = [Mark(token.start, token.end, FIGURE, token=token) for token in tokens]
    found += [Mark(phrase.start, phrase.end, PHRASE, phrase=phrase) for phrase in phrases]
    found += [
        Mark(name.start, name.end, NAME, text[name.start : name.end], name=name) for name in names_in(text, section)
    ]
    found += _words(text)
    found.sort(key=lambda mark: (mark.start, -mark.end, _ORDER.get(mark.kind, 3)))
    kept: list[Mark] = []
    at = 0
    for mark in found:
        rest = mark if mark.start >= at else _rest(mark, text, at, section)
        if rest is not None:
            kept.append(rest)
            at = rest.end
    return Marked(text, tuple(kept))


def _rest(mark: Mark, text: str, at: int, section: str) -> Mark | None:
    """What is left of a budget's words after a name that took the first of them (基本支出 | 预算数), or of a name after
    the words of a fund (政府性基金财政拨款 | “三公”经费)."""
    if mark.kind == NAME and mark.end > at:
        name = next(iter(names_in(text[at : mark.end], section)), None)
        end = at + name.end if name is not None and not name.start else at
        return Mark(at, end, NAME, text[at:end], name=name) if end > at else None
    if mark.kind not in BUDGETS or mark.end <= at:
        return None
    pattern = next(pattern for kind, pattern in patterns().marks if kind == mark.kind)
    found = pattern.match(text, at)
    return Mark(at, found.end(), mark.kind, found.group()) if found else None


def _words(text: str) -> list[Mark]:
    found = []
    for kind, pattern in patterns().marks:
        for match in pattern.finditer(text):
            if _stands(kind, match, text):
                found.append(Mark(match.start(), match.end(), kind, match.group()))
    for match in _SHAPES.finditer(text):
        if match.lastgroup == "short":  # a part of a name: 政府办公厅（室）
            continue
        kind = {"date": DATE, "break": BREAK, "opened": OPENED, "closed": CLOSED}[match.lastgroup or ""]
        found.append(Mark(match.start(), match.end(), kind, match.group()))
    found += [Mark(match.start(), match.end(), COMPARE, match.group()) for match in _compare().finditer(text)]
    found += [Mark(match.start(), match.end(), FROM, match.group()) for match in _FROM.finditer(text)]
    found += [Mark(match.start(), match.end(), "open.whole", match.group()) for match in _MADE_OF.finditer(text)]
    return found


def _stands(kind: str, match: re.Match[str], text: str) -> bool:
    """Whether a word that is short or has other uses stands there as a mark."""
    if kind in BUDGETS and text.startswith("稳定调节", match.end()):  # the name of a fund
        return False
    if kind == "share":
        return bool(_SHARE.match(text, match.start()))
    if kind == "reason_first" and len(match.group()) == 1:  # 受…影响, and not 受理
        alone = match.start() == 0 or text[match.start() - 1] in "，。；：、年度"
        return alone and text[match.end() : match.end() + 1] not in "理"
    if kind in ("more", "less") and text.endswith(_DENIALS, 0, match.start()):  # 未超过预算 may be less or the same
        return False
    if kind in ("up", "down", "more", "less") and (len(match.group()) == 1 or _SAVED.match(match.group())):
        return bool(_TO_DIGIT.match(text, match.end()))
    if match.group() == "含":  # （含…8万元）, and not （含）以上, 不含
        return text[match.start() - 1 : match.start()] in _BEFORE_PART and text[match.end() : match.end() + 1] != "）"
    return True


@cache
def _compare() -> re.Pattern[str]:
    """比, 较 … before a base within a few characters; 与 and 和 only where the comparison closes (相比, 持平)."""
    lexicons = patterns().lexicons
    base = any_of([*lexicons["last_year"], *lexicons["budget_name"]]) + r"|(?:19|20)\d\d年"
    near = rf"(?=[^，。；：、（与同和比较由从]{{0,{_AROUND}}}?(?:{base}))"
    return re.compile(rf"(?:相比于?|相较于?|对比|比照|比|较|低于|高于)于?{near}|(?:{_WITH.pattern}){near}")
