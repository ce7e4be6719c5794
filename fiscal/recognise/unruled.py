"""Tables printed without any line or pasted as text: what stands below their titles is not read, and this is told."""

import re
from collections.abc import Container, Iterable
from dataclasses import replace
from itertools import pairwise, takewhile
from pathlib import Path

from fiscal.model.text import Paragraph
from fiscal.model.unread import TABLE, Unread
from fiscal.readers.grid import RawDocument
from fiscal.recognise.grid_pieces import CODE
from fiscal.recognise.head_words import is_heading, is_row_label
from fiscal.recognise.titles import title_of

_AMOUNT = re.compile(r"(?<![\d.])\d[\d,]*\.\d\d(?![\d%])")
_LEADERS = re.compile(r"[.．…·]{3,}")
_SENTENCE = re.compile(r"[。；，]")
FEWEST, _NOTHING = 3, -1


def unruled(raw: RawDocument, tables: Container[str]) -> tuple[list[Unread], RawDocument]:
    """One part per title of a table that was not found in the file, with amounts or with nothing below it; and the file
    with the lines of such tables as cells, for they are no sentences.
    """
    paragraphs = list(raw.paragraphs)
    found: dict[str, tuple[Paragraph, int]] = {}
    for start, end in pairwise([*(i for i, p in enumerate(paragraphs) if _title(p)), len(paragraphs)]):
        title, table = paragraphs[start], _title(paragraphs[start])
        rows = _rows(paragraphs[start + 1 : end])
        amounts = sum(len(_AMOUNT.findall(row.text)) for row in rows)
        known = found.get(table, (title, 0))
        if table in tables or known[1] > 0:
            continue
        bare = start + 1 == len(paragraphs) or _opens(paragraphs[start + 1])
        found[table] = (title, amounts) if amounts else (known[0], _NOTHING if bare else known[1])
        if amounts >= FEWEST:
            paragraphs[start + 1 : start + 1 + len(rows)] = [replace(row, role="cell") for row in rows]
    parts = [
        _part(raw, table, title, amounts)
        for table, (title, amounts) in found.items()
        if amounts >= FEWEST or amounts < 0
    ]
    return parts, replace(raw, paragraphs=tuple(paragraphs))


def has_rows(after: Iterable[str]) -> bool:
    """Whether the lines below a table are rows of it that no line rules: labels or codes with amounts."""
    lines = [line.split() for line in takewhile(lambda line: not (title_of(line) or _SENTENCE.search(line)), after)]
    rows = [line for line in lines if any(map(_AMOUNT.fullmatch, line))]
    return sum(any(is_row_label(word) or CODE.fullmatch(word) for word in row) for row in rows) > 1


def _rows(below: list[Paragraph]) -> list[Paragraph]:
    """The lines below a title up to the first sentence, without the headings right before that."""
    rows = list(takewhile(lambda one: one.role != "contents" and not _SENTENCE.search(one.text), below))
    while rows and len(rows) < len(below) and rows[-1].role == "heading" and not _AMOUNT.search(rows[-1].text):
        rows.pop()
    return rows


def _title(paragraph: Paragraph) -> str:
    is_listed = paragraph.role == "contents" or _LEADERS.search(paragraph.text)
    return "" if is_listed else title_of(paragraph.text)


def _opens(paragraph: Paragraph) -> bool:
    """Whether a line below a title is another title, a heading or the unit, so that no sentence follows."""
    return bool(_title(paragraph)) or paragraph.role == "heading" or is_heading(paragraph.text)


def _part(raw: RawDocument, table: str, title: Paragraph, amounts: int) -> Unread:
    what = "有数字而没有表格线，未作为表读出" if amounts > 0 else "没有读到表"
    reason = f"标题“{title.text.strip()}”下{what}：请提供该表的 Excel 或 Word 文件"
    return Unread(TABLE, table, replace(title.place, document=Path(raw.path).name, text=None), reason)
