"""Punctuation that needs more than a pattern: pairs, ends of paragraphs, sentences written twice."""

import re
from collections.abc import Iterator

from fiscal.checks.text_hits import hit, place_of
from fiscal.model.finding import Outcome
from fiscal.model.text import Paragraph

PAIRS = {"“": "”", "《": "》", "（": "）", "【": "】", "〔": "〕"}
_CLOSERS = {close: open_ for open_, close in PAIRS.items()}
_LIST_MARK = re.compile(r"^\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[①-⑳])[)）]")
_UNFINISHED = re.compile(r"[\u4e00-\u9fff”》）]$")
_SENTENCE = re.compile(r"[^。！？；]{18,}[。！？；]")
LONG = 40


def mark_outcomes(paragraphs: tuple[Paragraph, ...]) -> Iterator[Outcome]:
    """PU2, PU4 and FR5 for the body of the narrative."""
    body = [paragraph for paragraph in paragraphs if paragraph.role == "body"]
    for paragraph in body:
        yield from _unpaired(paragraph)
    yield from _unfinished(paragraphs)
    yield from _repeated(body)


def _unpaired(paragraph: Paragraph) -> Iterator[Outcome]:
    """A mark without its other half, in the whole paragraph; list numbers such as 1） are no halves."""
    numbering = _LIST_MARK.match(paragraph.text)
    start = numbering.end() if numbering else 0
    open_marks: list[tuple[str, int]] = []
    for index, char in enumerate(paragraph.text[start:], start):
        if char in PAIRS:
            open_marks.append((char, index))
        elif char in _CLOSERS:
            if open_marks and open_marks[-1][0] == _CLOSERS[char]:
                open_marks.pop()
            elif any(mark == _CLOSERS[char] for mark, _ in open_marks):
                yield _pair(paragraph, open_marks.pop())
                return
            else:
                yield _pair(paragraph, (char, index))
                return
    if open_marks:
        yield _pair(paragraph, open_marks[-1])


def _pair(paragraph: Paragraph, mark: tuple[str, int]) -> Outcome:
    char, index = mark
    return hit("PU2", place_of(paragraph, index, index + 1), char)


def _unfinished(paragraphs: tuple[Paragraph, ...]) -> Iterator[Outcome]:
    """A long paragraph of prose that ends without a mark, unless the next one plainly continues it."""
    for paragraph in paragraphs:
        text = paragraph.text.rstrip()
        prose = paragraph.role == "body" and len(text) >= LONG and ("。" in text or "，" in text)
        if prose and _UNFINISHED.search(text) and not paragraph.place.section.startswith("contents"):
            end = len(text)
            yield hit("PU4", place_of(paragraph, max(0, end - 1), end), "…" + text[-10:])


def _repeated(body: list[Paragraph]) -> Iterator[Outcome]:
    """The same sentence twice in one section; sentences with figures repeat lawfully and are left to the identities."""
    seen: set[tuple[str, str]] = set()
    for paragraph in body:
        for match in _SENTENCE.finditer(paragraph.text):
            sentence = match.group().strip()
            key = (paragraph.place.section, sentence)
            if key in seen and not re.search(r"\d", sentence) and paragraph.place.section not in ("", "glossary"):
                yield hit("FR5", place_of(paragraph, match.start(), match.end()), sentence)
            seen.add(key)
