"""Tables printed without any line or pasted as text: what stands below their titles is not read, and this is told."""

import re
from collections.abc import Container
from dataclasses import replace
from pathlib import Path

from fiscal.model.text import Paragraph
from fiscal.model.unread import TABLE, Unread
from fiscal.readers.grid import RawDocument
from fiscal.recognise.titles import title_of

_AMOUNT = re.compile(r"(?<![\d.])\d[\d,]*\.\d\d(?![\d%])")
_SENTENCE = re.compile(r"[。；，]")
FEWEST = 3


def unruled(raw: RawDocument, tables: Container[str]) -> list[Unread]:
    """One part per title of a table that was not found in the file though lines of amounts stand below it."""
    found: dict[str, tuple[Paragraph, int]] = {}
    title = None
    for paragraph in raw.paragraphs:
        table = title_of(paragraph.text) if paragraph.role != "contents" else ""
        if table:
            title = table if table not in tables else None
            if title and not found.get(title, (paragraph, 0))[1]:
                found[title] = paragraph, 0
        elif title and _is_row(paragraph.text):
            found[title] = found[title][0], found[title][1] + 1
    return [_part(raw, table, paragraph) for table, (paragraph, rows) in found.items() if rows >= FEWEST]


def _is_row(text: str) -> bool:
    return bool(_AMOUNT.search(text)) and not _SENTENCE.search(text)


def _part(raw: RawDocument, table: str, title: Paragraph) -> Unread:
    reason = f"标题“{title.text.strip()}”下有数字而没有表格线，未作为表读出：请提供该表的 Excel 或 Word 文件"
    return Unread(TABLE, table, replace(title.place, document=Path(raw.path).name, text=None), reason)
