"""Automatic numbering of Word: 一、 （一） 1. are not in the text, but counted from numbering.xml."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from fiscal.model.numerals import in_chinese

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    return _CIRCLED[number - 1] if 0 < number <= len(_CIRCLED) else f"({number})"


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": lambda number: str(number).translate({48 + i: 0xFF10 + i for i in range(10)}),
}
_CHINESE = re.compile(r"chinese|Counting$|CountingThousand$|^ideographDigital$")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its number format, its text such as （%2）, its first number."""

    form: str
    text: str
    start: int = 1


@dataclass
class Numbering:
    """The lists of a document and how far each has counted.

    lists   numId → (abstract list, levels by depth)
    styles  style → (numId, depth) for styles that number their paragraphs
    """

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, paragraph: etree._Element) -> str:
        """The number printed before this paragraph, or "". Counts on: ask once for each paragraph, in order."""
        number, depth = self._numbered(paragraph.find(f"{W}pPr"))
        if number not in self.lists:
            return ""
        abstract, levels = self.lists[number]
        if depth not in levels or levels[depth].form in ("bullet", "none"):
            return ""
        counts = self.counts.setdefault(abstract, {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return self._printed(levels, counts, depth)

    def _printed(self, levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
        text = levels[depth].text
        for level, entry in levels.items():
            if f"%{level + 1}" in text:
                form = in_chinese if _CHINESE.search(entry.form) else _FORMS.get(entry.form, str)
                text = text.replace(f"%{level + 1}", form(counts.get(level, entry.start)))
        return text

    def _numbered(self, properties: etree._Element | None) -> tuple[str, int]:
        """numId and depth of a paragraph: its own, else those of its style."""
        if properties is None:
            return "", 0
        style = value(properties.find(f"{W}pStyle"))
        named, depth = self.styles.get(style, ("", 0))
        own = properties.find(f"{W}numPr")
        if own is None:
            return named, depth
        level = value(own.find(f"{W}ilvl"))
        return value(own.find(f"{W}numId")) or named, _whole(level, depth)


def value(element: etree._Element | None) -> str:
    """The w:val of an element, or ""."""
    return "" if element is None else element.get(f"{W}val") or ""


def numbering(part: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The lists of numbering.xml and the numbered styles of styles.xml; both may be missing."""
    found = Numbering()
    if part is None:
        return found
    abstract = {each.get(f"{W}abstractNumId") or "": _levels(each) for each in part.iterchildren(f"{W}abstractNum")}
    for each in part.iterchildren(f"{W}num"):
        name = value(each.find(f"{W}abstractNumId"))
        own = each.get(f"{W}numId") or ""
        restarts = each.find(f"{W}lvlOverride/{W}startOverride") is not None
        found.lists[own] = (f"{name}#{own}" if restarts else name, abstract.get(name, {}) | _overridden(each))
    found.styles = _numbered_styles(styles)
    return found


def _levels(parent: etree._Element) -> dict[int, Level]:
    levels = {}
    for each in parent.iterchildren(f"{W}lvl"):
        start = value(each.find(f"{W}start"))
        level = Level(value(each.find(f"{W}numFmt")) or "decimal", value(each.find(f"{W}lvlText")), _whole(start))
        levels[_whole(each.get(f"{W}ilvl") or "", 0)] = level
    return levels


def _overridden(number: etree._Element) -> dict[int, Level]:
    """Levels that a list sets anew for itself."""
    levels: dict[int, Level] = {}
    for override in number.iterchildren(f"{W}lvlOverride"):
        levels |= _levels(override)
    return levels


def _whole(text: str, otherwise: int = 1) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise


def _numbered_styles(styles: etree._Element | None) -> dict[str, tuple[str, int]]:
    """Styles that number their paragraphs, inherited numbering included."""
    own: dict[str, tuple[str, int]] = {}
    parents: dict[str, str] = {}
    for style in () if styles is None else styles.iterchildren(f"{W}style"):
        name = style.get(f"{W}styleId") or ""
        parents[name] = value(style.find(f"{W}basedOn"))
        numbered = style.find(f"{W}pPr/{W}numPr")
        if numbered is not None:
            own[name] = (value(numbered.find(f"{W}numId")), _whole(value(numbered.find(f"{W}ilvl")), 0))
    return {name: found for name in parents if (found := _inherited(name, own, parents)) is not None}


def _inherited(name: str, own: dict[str, tuple[str, int]], parents: dict[str, str]) -> tuple[str, int] | None:
    for _ in range(12):  # styles nest a few deep; a cycle ends here
        if name in own:
            return own[name]
        name = parents.get(name, "")
    return None
