"""Headings: numbering, empty sections, sections written twice, years in titles."""

import re
from collections.abc import Iterator
from itertools import pairwise

from fiscal.checks.text_hits import hit, place_of
from fiscal.model.account import Disclosure
from fiscal.model.finding import Outcome
from fiscal.model.text import Paragraph

_CHINESE = "一二三四五六七八九十"
_NUMBERED = re.compile(
    r"^\s*(?:(?P<part>第)(?P<p>[一二三四五六七八九十]{1,3})部分"
    r"|(?P<top>[一二三四五六七八九十]{1,3})、|（(?P<sub>[一二三四五六七八九十]{1,3})）)"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!以来|以前|以后|前|后|至|—|-|～)")
_DIGIT_NUMBER = re.compile(r"^\s*(?:第?\d{1,2}(?:部分|[、.．]))")


def structure_outcomes(disclosure: Disclosure) -> Iterator[Outcome]:
    """ST3, ST4, ST6 and ST8 over the headings of the narrative."""
    headings = [p for p in disclosure.paragraphs if p.role == "heading"]
    yield from _numbering(headings)
    yield from _empty(disclosure)
    yield from _years(headings, disclosure.year)


def number(text: str) -> int:
    """一 → 1, 十二 → 12, 二十 → 20."""
    tens, _, ones = text.rpartition("十") if "十" in text else ("", "", text)
    if "十" not in text:
        return _CHINESE.index(text) + 1
    return (_CHINESE.index(tens) + 1 if tens else 1) * 10 + (_CHINESE.index(ones) + 1 if ones else 0)


def _numbering(headings: list[Paragraph]) -> Iterator[Outcome]:
    """Gaps and repeats in one run of one kind; a run that mixes 1、 with 一、 lost its automatic numbers: silence."""
    last: dict[str, tuple[int, str]] = {}
    mixed = False
    for paragraph in headings:
        match = _NUMBERED.match(paragraph.text)
        if not match:
            mixed = mixed or bool(_DIGIT_NUMBER.match(paragraph.text))
            continue
        kind = "part" if match["part"] else "top" if match["top"] else "sub"
        now, label = number(match["p"] or match["top"] or match["sub"]), match.group().strip()
        before, before_label = last.get(kind, (0, ""))
        if kind == "part":
            mixed = False
        if before and now != before + 1 and now != 1 and not mixed:
            yield hit("ST4", place_of(paragraph, match.start(), match.end()), label, other=before_label)
        last[kind] = (now, label)
        _restart(last, kind)
        mixed = mixed if kind != "part" else False


def _restart(last: dict[str, tuple[int, str]], kind: str) -> None:
    """Below a new heading the lower kinds begin again."""
    for lower in {"part": ("top", "sub"), "top": ("sub",), "sub": ()}[kind]:
        last.pop(lower, None)


def _empty(disclosure: Disclosure) -> Iterator[Outcome]:
    """A numbered heading that another of its own kind follows at once."""
    flow = [p for p in disclosure.paragraphs if p.role in ("heading", "body", "cell", "caption", "chart")]
    for paragraph, following in pairwise(flow):
        if paragraph.role != "heading" or following.role != "heading":
            continue
        one, two = _NUMBERED.match(paragraph.text), _NUMBERED.match(following.text)
        if one and two and _kind(one) == _kind(two) != "part" and not _holds_tables(paragraph, disclosure):
            yield hit("ST3", place_of(paragraph, 0, len(paragraph.text)), paragraph.text.strip())


def _kind(match: re.Match[str]) -> str:
    return "part" if match["part"] else "top" if match["top"] else "sub"


def _holds_tables(paragraph: Paragraph, disclosure: Disclosure) -> bool:
    return bool(re.search(r"表\s*$|表[（(]", paragraph.text)) or paragraph.place.section in ("tables", "contents")


def _years(headings: list[Paragraph], year: int | None) -> Iterator[Outcome]:
    """A heading of the report that carries another year than the account."""
    for paragraph in headings:
        for match in _YEAR.finditer(paragraph.text):
            titled = re.search(r"决算|情况说明|绩效", paragraph.text)
            if year and titled and int(match[1]) != year and "计划" not in paragraph.text:
                place = place_of(paragraph, match.start(), match.end())
                yield hit("ST8", place, paragraph.text.strip(), other=match[1], year=year)
