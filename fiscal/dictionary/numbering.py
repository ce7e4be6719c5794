"""The numbers that headings and points begin with: 第三部分, 二、, （二）, 2., （2）, ②, 2.1 — their rank and value."""

import re
from dataclasses import dataclass

from fiscal.model import numerals

_DIGITS = "一二三四五六七八九"
_HAN = r"[一二三四五六七八九十]{1,3}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARK = re.compile(
    rf"^(?:[（(](?=[（(]))?(?:第(?P<part>{_HAN}|\d{{1,2}})(?:部分|章|篇)|第(?P<section>{_HAN}|\d{{1,2}})节"
    rf"|[（(](?P<sub>{_HAN})[）)]、?|(?P<top>{_HAN})(?:[、.．，]|(?=\s))|(?P<deep>\d{{1,2}}[.．][1-9]\d?)(?:[、.．]|(?=[^\d.．%％万亿千百元个人次辆批台套倍]))"
    rf"|[（(](?P<point>\d{{1,2}})[）)]|(?P<half>\d{{1,2}})[）)]|(?P<digit>\d{{1,2}})(?:[、．，]|\.(?!\d))|(?P<ring>[{_CIRCLED}]))"
)
_RANKS = {"part": 0, "top": 1, "section": 1, "sub": 2, "digit": 3, "deep": 4, "point": 4, "half": 4, "ring": 5}
NONE = 9


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the beginning of a line: rank 0 (第一部分) to 5 (①), its value, and where the words begin."""

    kind: str
    rank: int
    value: int
    end: int


def mark(text: str) -> Mark | None:
    """The number that a text begins with.

    >>> mark("（三）具体情况").rank, mark("2.1 收入").rank, mark("12.40万元")
    (2, 4, None)
    """
    found = _MARK.match(text)
    if not found:
        return None
    kind = str(found.lastgroup)
    value = _value(found[kind])
    return Mark(kind, _RANKS[kind], value, found.end()) if value else None


def _value(text: str) -> int:
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    last = re.split(r"[.．]", text)[-1]
    return int(last) if last.isdigit() else chinese(text)


def chinese(text: str) -> int:
    """一 → 1, 十二 → 12, 二十 → 20; 0 for what is no number (十一十)."""
    return numerals.chinese(text) if re.fullmatch(rf"[{_DIGITS}]?十[{_DIGITS}]?|[{_DIGITS}]", text) else 0
