"""Punctuation that needs more than a pattern: pairs, ends of paragraphs, spaces in numbers."""

import re
from collections.abc import Iterator

from fiscal.checks.wording.headings_check import REPORTED
from fiscal.checks.wording.hits import hit, place_of
from fiscal.dictionary.word_rules import text_rules
from fiscal.model.finding import Outcome
from fiscal.model.text import Paragraph

PAIRS = {"“": "”", "《": "》", "（": "）", "【": "】", "〔": "〕"}
_CLOSERS = {close: open_ for open_, close in PAIRS.items()}
_HALF = str.maketrans("()", "（）")
_LIST_MARK = re.compile(r"^\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[①-⑳])[)）]")
_UNFINISHED = re.compile(r"[\u4e00-\u9fff”》）]$")
_FIGURE_END = re.compile(
    r"[为出入计额费金元占长降加少的]\s*[\d,.]+(?:万元|元|亿元|[%％])$|\d(?:辆|台|台（套）|人次|批次)$"
)
_HANGING = re.compile(r"[，、]$")
_SPACED = re.compile(
    r"\d\s{0,4}\.\s{1,4}\d{1,2}(?=\s{0,4}(?:万元|元|[%％]))|\d\s{1,4}\.\d{1,2}(?=\s{0,4}(?:万元|元|[%％]))"
    r"|(?<![\d,，])\d[\d,，]{0,30}[,，](?:\d\s{1,4}\d\d|\d\d\s{1,4}\d)(?!\d)[\d,.]*"
)
LONG = 40


def mark_outcomes(paragraphs: tuple[Paragraph, ...], file_format: str) -> Iterator[Outcome]:
    """PU2, PU3 (mixed brackets), PU4 and PU6 for the body of the narrative. PDF has spaces of its own: no PU6."""
    roles = ("body",) if file_format == "pdf" else ("body", "caption")  # PDF cuts captions into lines
    body = [p for p in paragraphs if p.role in roles and (p.place.section not in ("tables", "contents"))]
    for paragraph in body:
        yield from _unpaired(paragraph)
    yield from _unfinished(paragraphs)
    if file_format != "pdf":
        for paragraph in body:
            for match in _SPACED.finditer(paragraph.text):
                yield hit("PU6", place_of(paragraph, match.start(), match.end()), match.group())


def _unpaired(paragraph: Paragraph) -> Iterator[Outcome]:
    """A mark without its other half, in the whole paragraph; list numbers such as 1） are no halves."""
    numbering = _LIST_MARK.match(paragraph.text)
    start = numbering.end() if numbering else 0
    text = paragraph.text.translate(_HALF)
    open_marks: list[tuple[str, int]] = []
    for index, char in enumerate(text[start:], start):
        if char in PAIRS:
            open_marks.append((char, index))
        elif char in _CLOSERS:
            wanted = _CLOSERS[char]
            if not any(mark == wanted for mark, _ in open_marks):
                yield from _pair(paragraph, index)
                return
            mark, opened = open_marks.pop()
            if mark != wanted:
                yield from _pair(paragraph, opened)
                return
            if {paragraph.text[opened], paragraph.text[index]} in ({"（", ")"}, {"(", "）"}):
                yield hit("PU3", place_of(paragraph, opened, index + 1), paragraph.text[opened : index + 1])
    if open_marks:
        yield from _pair(paragraph, open_marks[-1][1])


def _pair(paragraph: Paragraph, index: int) -> Iterator[Outcome]:
    """The mark without its half; what stands at 三公 is told as that."""
    around = paragraph.text[max(0, index - 8) : index + 9].strip()
    named = (found.span() for pattern in text_rules()["PU7"].patterns for found in pattern.finditer(paragraph.text))
    if any(start - 1 <= index <= end + 1 for start, end in named):
        return
    yield hit("PU2", place_of(paragraph, index, index + 1), paragraph.text[index], other=around)


def _unfinished(paragraphs: tuple[Paragraph, ...]) -> Iterator[Outcome]:
    """A paragraph of prose that ends without a mark, or with a comma before a heading."""
    flow = [p for p in paragraphs if p.role in ("heading", "body")]
    for number, paragraph in enumerate(flow):
        text = paragraph.text.rstrip()
        if paragraph.role != "body" or paragraph.place.section in ("contents", "title", "tables"):
            continue
        following = flow[number + 1] if number + 1 < len(flow) else None
        if _open(text, paragraph) or (_HANGING.search(text) and (following is None or following.role == "heading")):
            end = len(text)
            yield hit("PU4", place_of(paragraph, max(0, end - 1), end), "…" + text[-12:])


def _open(text: str, paragraph: Paragraph) -> bool:
    if re.search(r"[。！？](?:（[^（）]*）|[”’」』]+)$", text):
        return False  # a remark in brackets after the full stop, or the end of what is quoted
    prose = len(text) >= LONG and ("。" in text or "，" in text)
    if prose and _UNFINISHED.search(text):
        return True
    return paragraph.place.section in REPORTED and len(text) >= 15 and bool(_FIGURE_END.search(text))
