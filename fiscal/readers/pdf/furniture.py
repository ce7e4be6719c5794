"""Running headers, footers and page numbers: told apart from the text by where they stand and that they repeat."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from fiscal.readers.pdf.margins import margins
from fiscal.readers.pdf.pdf_page import Page
from fiscal.readers.pdf.text_lines import Line

_ZONE = 0.1  # of the page's height, at the top and at the bottom
_NUMBER_ZONE = 0.13
_REPEATS, _SHARE = 3, 0.25  # a line is a header when it stands on so many pages and on so large a part of them
_GAP = 1.15  # of the usual distance of lines
_SMALL = 0.85  # of the size of the text beside it
_PLACES = 4.0  # points by which its height on the page may vary
_PAGE_NUMBER = re.compile(
    r"[-—–―·•~\s]*(?:第\s*)?(?:\d{1,4}|[ivxIVX]{1,5})(?:\s*页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–―·•~\s]*"
)
_DIGITS = re.compile(r"\d+")


def without_page_numbers(pages: list[Page]) -> list[Page]:
    """The pages without the lines that only count them."""
    return [replace(page, lines=tuple(line for line in page.lines if not _is_number(line, page))) for page in pages]


def without_running_lines(pages: list[Page]) -> list[Page]:
    """The pages without headers and footers that repeat."""
    usual = margins(pages)
    edges = {page.number: _edges(page, usual[page.number].leading) for page in pages}
    seen = Counter(key for lines in edges.values() for key in {_key(line) for line in lines})
    least = max(_REPEATS, _SHARE * len(pages))
    running = {key for key, count in seen.items() if count >= least}
    out = {number: {id(line) for line in lines if _key(line) in running} for number, lines in edges.items()}
    return [replace(page, lines=tuple(one for one in page.lines if id(one) not in out[page.number])) for page in pages]


def _edges(page: Page, leading: float) -> list[Line]:
    """The lines at the top and bottom apart from the text: beyond a wider gap than usual, or in smaller type."""
    return [*_apart(page.lines, page, leading), *_apart(page.lines[::-1], page, leading)]


def _apart(lines: tuple[Line, ...], page: Page, leading: float) -> list[Line]:
    for count, (line, inner) in enumerate(pairwise(lines), 1):
        if not _near_edge(line, page, _ZONE) or line.text[-1] in "。；":
            return []
        gap = abs(inner.base - line.base) > _GAP * (leading or 1.5 * line.em)
        if gap or line.em < _SMALL * inner.em:
            return list(lines[:count])
    return [line for line in lines if _near_edge(line, page, _ZONE)] if len(lines) == 1 else []


def _is_number(line: Line, page: Page) -> bool:
    if not _PAGE_NUMBER.fullmatch(line.text) or not _near_edge(line, page, _NUMBER_ZONE):
        return False
    return line is page.lines[0] or line is page.lines[-1]


def _near_edge(line: Line, page: Page, zone: float) -> bool:
    height = page.frame.size[1]
    return line.box[3] < zone * height or line.box[1] > (1 - zone) * height


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.base / _PLACES)
