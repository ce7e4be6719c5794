"""Tables printed without any line or pasted as text: what stands below their titles is not read, and this is told."""

import re
from collections.abc import Container
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from fiscal.model.text import Paragraph
from fiscal.model.unread import TABLE, Unread
from fiscal.readers.grid import RawDocument
from fiscal.recognise.head_words import is_heading
from fiscal.recognise.titles import title_of

_AMOUNT = re.compile(r"(?<![\d.])\d[\d,]*\.\d\d(?![\d%])")
_LEADERS = re.compile(r"[.．…·]{3,}")
_SENTENCE = re.compile(r"[。；，]")
FEWEST, _NOTHING = 3, -1


def unruled(raw: RawDocument, tables: Container[str]) -> list[Unread]:
    """One part per title of a table that was not found in the file, with lines of amounts or with nothing below it."""
    found: dict[str, tuple[Paragraph, int]] = {}
    title, texts = None, [*raw.paragraphs, None]
    for paragraph, after in pairwise(texts):
        if paragraph is None:
            break
        table = _title(paragraph)
        if table:
            title = table if table not in tables else None
            if title and not found.get(title, (paragraph, 0))[1]:
                found[title] = paragraph, 0 if after is not None and not _opens(after) else _NOTHING
        elif title and _is_row(paragraph.text):
            found[title] = found[title][0], max(found[title][1], 0) + 1
    return [
        _part(raw, table, paragraph, rows) for table, (paragraph, rows) in found.items() if rows >= FEWEST or rows < 0
    ]


def _title(paragraph: Paragraph) -> str:
    is_listed = paragraph.role == "contents" or _LEADERS.search(paragraph.text)
    return "" if is_listed else title_of(paragraph.text)


def _opens(paragraph: Paragraph) -> bool:
    """Whether a line below a title is another title, a heading or the unit, so that no sentence follows."""
    return bool(_title(paragraph)) or paragraph.role == "heading" or is_heading(paragraph.text)


def _is_row(text: str) -> bool:
    return bool(_AMOUNT.search(text)) and not _SENTENCE.search(text)


def _part(raw: RawDocument, table: str, title: Paragraph, rows: int) -> Unread:
    what = "有数字而没有表格线，未作为表读出" if rows > 0 else "没有读到表"
    reason = f"标题“{title.text.strip()}”下{what}：请提供该表的 Excel 或 Word 文件"
    return Unread(TABLE, table, replace(title.place, document=Path(raw.path).name, text=None), reason)
