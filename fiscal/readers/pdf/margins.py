"""The measure of a page's text: its margins and the distance of its lines, taken from the lines themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fiscal.readers.pdf.pdf_page import Page
from fiscal.readers.pdf.text_lines import Line

_LONG = 0.6  # of the longest line: lines that show where the margins are
_FULL, _ENOUGH = 0.9, 6  # of the usual measure; so many such lines on a page make its own margins sure

_FARTHEST = 3.5  # of the type's height: lines farther apart are no lines of one paragraph


@dataclass(frozen=True)
class Margins:
    """Left and right edge of the text, and the usual distance of baselines (0 while unknown)."""

    left: float
    right: float
    leading: float = 0.0

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def margins(pages: list[Page]) -> dict[int, Margins]:
    """The margins of each page number: its own where many lines are full (odd and even pages may differ in margins),
    else those of all pages of its size.
    """
    by_size: dict[tuple[int, int], list[Page]] = {}
    for page in pages:
        by_size.setdefault(_size(page), []).append(page)
    shared = {size: _measure([page.lines for page in same], size[0]) for size, same in by_size.items()}
    return {page.number: _own(page, shared[_size(page)]) for page in pages}


def _own(page: Page, shared: Margins) -> Margins:
    full = [line for line in page.lines if line.right - line.left >= _FULL * (shared.right - shared.left)]
    if len(full) < _ENOUGH:
        return shared
    own = _measure([page.lines], page.frame.size[0])
    return own if own.leading else Margins(own.left, own.right, shared.leading)


def _size(page: Page) -> tuple[int, int]:
    return round(page.frame.size[0]), round(page.frame.size[1])


def _long(lines: Iterable[Line]) -> list[Line]:
    widest = max((line.right - line.left for line in lines), default=0.0)
    return [line for line in lines if line.right - line.left >= _LONG * widest]


def _measure(columns: list[tuple[Line, ...]], width: float) -> Margins:
    long = _long([line for lines in columns for line in lines])
    if not long:
        return Margins(0.0, width)
    left = float(np.percentile([line.left for line in long], 15))
    right = float(np.percentile([line.right for line in long], 85))
    return Margins(left, right, _leading(columns, right))


def _leading(columns: list[tuple[Line, ...]], right: float) -> float:
    """Median distance below lines that reach the right margin: such lines go on in the next one."""
    steps = [
        after.base - line.base
        for lines in columns
        for line, after in pairwise(lines)
        if line.right > right - 1.5 * line.em and after.base - line.base < _FARTHEST * line.em
    ]
    return float(np.median(steps)) if steps else 0.0
