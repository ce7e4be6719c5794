"""What the document itself says under a heading, for sections that notes do not tell."""

import re
from collections.abc import Sequence
from typing import Any

from fiscal.model.text import Paragraph

LONGEST_HEADING = 40
MOST_PARAGRAPHS = 20
_TABLE = re.compile(r"^(?:单位：|注：)|决算(?:总|明细)?表\s*$")
_NUMBERED = re.compile(r"^(?:第[一二三四五六七八九十]部分|[一二三四五六七八九十]{1,3}[、.．])")


def quoted(account: Any, headings: Sequence[str]) -> list[str]:
    """The paragraphs from the first heading that contains one of `headings` to the next heading or table."""
    found: list[str] = []
    inside = False
    for paragraph in account.disclosure.paragraphs:
        if paragraph.role in ("contents", "chart", "cell"):
            continue
        is_heading = _is_heading(paragraph)
        if inside and (is_heading or _TABLE.search(paragraph.text)):
            break
        if inside:
            found.append(paragraph.text.strip())
        inside = inside or (is_heading and any(words in paragraph.text for words in headings))
    return [text for text in found if text][:MOST_PARAGRAPHS]


def _is_heading(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return len(text) <= LONGEST_HEADING and bool(_NUMBERED.match(text)) and text[-1:] not in "。；："
