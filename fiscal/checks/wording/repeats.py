"""The same words twice: sentences, clauses, items of a list."""

import re
from collections.abc import Iterator
from itertools import pairwise

from fiscal.checks.wording.hits import hit, place_of
from fiscal.model.finding import Outcome
from fiscal.model.text import Paragraph

_SENTENCE = re.compile(r"(?:^|(?<=[。！？；]))[^。！？；]{8,}[。！？；]")
_CLAUSE = re.compile(r"[^，。；！？：]+")
_ITEM = re.compile(r"(?:(?<=^)|(?<=[、，。；：]))(?P<one>[\u4e00-\u9fff（）]{2,20})、(?P=one)(?=[、，。；]|等)")
_TWICE = re.compile(r"(?P<one>[\u4e00-\u9fff]{2,8}|其中[：:，]|[比较](?=[比较](?:上年|去年|年初|20\d\d)))(?P=one)")
_LAWFUL = frozenset({"中心", "人人", "处处", "常常", "一一", "个个", "家家", "层层", "天天", "年年"})
_LONG = 18


def repeat_outcomes(paragraphs: tuple[Paragraph, ...]) -> Iterator[Outcome]:
    """FR4 (words, clauses, items) and FR5 (sentences, paragraphs) for the body of the narrative."""
    body = [paragraph for paragraph in paragraphs if paragraph.role == "body"]
    yield from _paragraphs(body)
    yield from _sentences(body)
    for paragraph in body:
        yield from _words(paragraph)
        yield from _clauses(paragraph)


def _paragraphs(body: list[Paragraph]) -> Iterator[Outcome]:
    for one, two in pairwise(body):
        text = two.text.strip()
        if text == one.text.strip() and len(text) >= 10 and one.place.section == two.place.section:
            yield hit("FR5", place_of(two, 0, len(two.text)), text[:40] + ("…" if len(text) > 40 else ""))


def _sentences(body: list[Paragraph]) -> Iterator[Outcome]:
    """The same sentence twice: one after the other, or anywhere in a section if it holds no figure."""
    seen: set[tuple[str, str]] = set()
    before: Paragraph | None = None
    for paragraph in body:
        last = ""
        whole = before is not None and before.text.strip() == paragraph.text.strip()
        for match in _SENTENCE.finditer(paragraph.text):
            sentence = match.group().strip()
            key = (paragraph.place.section, sentence)
            far = key in seen and len(sentence) >= _LONG and not re.search(r"\d", sentence) and _judged(paragraph)
            if not whole and (sentence == last or far):
                yield hit("FR5", place_of(paragraph, match.start(), match.end()), sentence)
            seen.add(key)
            last = sentence
        before = paragraph


def _judged(paragraph: Paragraph) -> bool:
    """Reasons of several items repeat lawfully; so do definitions and annexes with several projects."""
    return paragraph.place.section not in ("", "glossary", "gpb_items", "annexes", "tables", "whole", "three_public")


def _words(paragraph: Paragraph) -> Iterator[Outcome]:
    for match in _ITEM.finditer(paragraph.text):
        yield hit("FR4", place_of(paragraph, match.start(), match.end()), match.group())
    for match in _TWICE.finditer(paragraph.text):
        if match["one"] not in _LAWFUL and (len(match["one"]) == 1 or len(set(match["one"])) > 1):
            yield hit("FR4", place_of(paragraph, match.start(), match.end()), match.group())


def _clauses(paragraph: Paragraph) -> Iterator[Outcome]:
    """A clause that is written twice running, with the same mark between."""
    for one, two in pairwise(_CLAUSE.finditer(paragraph.text)):
        text = two.group().strip()
        if len(text) < 4 or not one.group().strip().endswith(text) or paragraph.text[one.end()] != "，":
            continue
        if not re.search(r"\d|(?:费|支出|收入|经费)$", text):
            start = one.end() - len(one.group().strip()) if one.group().strip() == text else one.end() - len(text)
            yield hit("FR4", place_of(paragraph, start, two.end()), paragraph.text[start : two.end()])
