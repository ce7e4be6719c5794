"""Number formats of a workbook as a language: a code is cut into sections, a section into tokens."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

# Kinds of tokens. TEXT is shown as it stands (quoted, escaped, a currency, or a sign that needs no quotes).
TEXT, DIGIT, POINT, COMMA, PERCENT, GENERAL, DATE, OTHER = (
    "text", "digit", "point", "comma", "percent", "general", "date", "other",
)  # fmt: skip
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)(?:"|$) | [\\!](?P<escaped>.) | _(?P<width>.) | \*(?P<fill>.) | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式|@) | (?P<time>AM/PM|A/P|上午/下午) | (?P<power>E[+-])
    | (?P<digit>[0\#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%)
    | (?P<date>[ymdhsebga]) | (?P<letter>[A-Za-z]) | (?P<plain>.)
    """,
    re.X | re.I | re.S,
)
_CONDITION = re.compile(r"\s{0,9}(<=|>=|<>|<|>|=)\s{0,9}(-?\d+(?:\.\d+)?)\s{0,9}")
_COLOUR = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|white|yellow|黑色?|蓝色?|青色?|蓝绿色?|绿色?|洋红色?|红色?|白色?|黄色?|(?:color|颜色)\s*\d+)",
    re.I,
)
_CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9A-Fa-f,]*)?")
_ELAPSED = re.compile(r"h+|m+|s+", re.I)
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b, "<>": lambda a, b: a != b,
}  # fmt: skip
Token = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Condition:
    """[>=10000]: for which numbers a section is used."""

    sign: str
    limit: Decimal

    def holds(self, value: Decimal) -> bool:
        return _COMPARED[self.sign](value, self.limit)

    @property
    def below_zero(self) -> bool:
        """Only negative numbers fulfil it: the section then says the sign itself."""
        return self.sign in ("<", "<=") and self.limit <= 0


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a code. `strange` names what of it is outside the language, "" where all is known."""

    tokens: tuple[Token, ...]
    condition: Condition | None
    strange: str = ""

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, _ in self.tokens)


@lru_cache(maxsize=1024)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a format code, the one for texts left out; () for an empty code."""
    return tuple(_section(part) for part in _cut(code)[:4])


def _cut(code: str) -> list[str]:
    """The code cut at each ; that is neither quoted nor escaped."""
    parts = [""]
    for found in _TOKEN.finditer(code):
        if found["plain"] == ";":
            parts.append("")
        else:
            parts[-1] += found[0]
    return parts


def _section(part: str) -> Section:
    tokens: list[Token] = []
    condition, strange = None, ""
    for found in _TOKEN.finditer(part):
        kind, text = found.lastgroup or "plain", found[found.lastgroup or "plain"]
        if kind == "bracket":
            known = _bracket(text)
            if isinstance(known, Condition):
                condition = known
            elif known is None:
                strange = strange or found[0]
            else:
                tokens.append(known)
        elif kind == "letter":
            strange = strange or text
        else:
            tokens.append(_token(kind, text))
    return Section(tuple(tokens), condition, strange or _odd(tokens))


def _token(kind: str, text: str) -> Token:
    if kind in ("digit", "point", "comma", "percent", "general"):
        return kind, text
    if kind in ("date", "time"):
        return DATE, text
    if kind == "power":
        return OTHER, text
    return TEXT, {"width": " ", "fill": ""}.get(kind, text)


def _bracket(text: str) -> Condition | Token | None:
    """What stands in brackets: a colour shows nothing, a currency its sign; None for what is not known."""
    if found := _CONDITION.fullmatch(text):
        try:
            return Condition(found[1], Decimal(found[2]))
        except InvalidOperation:
            return None
    if _COLOUR.fullmatch(text):
        return TEXT, ""
    if found := _CURRENCY.fullmatch(text):
        return TEXT, found[1]
    return (DATE, text) if _ELAPSED.fullmatch(text) else None


def _odd(tokens: list[Token]) -> str:
    """Powers of ten and fractions are printed forms that no amount has."""
    kinds = [kind for kind, _ in tokens]
    if OTHER in kinds:
        return "E+"
    digits = [index for index, kind in enumerate(kinds) if kind == DIGIT]
    if not digits or DATE in kinds:
        return ""
    inside = tokens[digits[0] : digits[-1]]
    if (TEXT, "/") in inside:
        return "/"
    return "." if kinds.count(POINT) > 1 else ""
