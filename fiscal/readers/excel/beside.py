"""Tables side by side on one sheet: each becomes a grid of its own."""

from collections.abc import Sequence
from itertools import pairwise

from fiscal.readers.grid import RawCell
from fiscal.readers.headings import is_table_title

Lines = Sequence[Sequence[RawCell | None]]
Grid = tuple[tuple[RawCell | None, ...], ...]
FEWEST_ROWS = 4  # title, head and two rows: less is a list of titles


def parts(lines: Lines) -> list[Grid]:
    """The lines as one grid, or cut where one row carries the titles of several tables."""
    rows = [row for row, line in enumerate(lines) if len(_titles(line)) > 1]
    bands = [(row, _end(lines, row)) for row in rows]
    bands = [band for band in bands if band[1] - band[0] >= FEWEST_ROWS and _all_filled(lines, band)]
    if not bands:
        return [tuple(map(tuple, lines))]
    found: list[Grid] = []
    done = 0
    for start, end in bands:
        above = _above(lines, start, done)
        found += _whole(lines[done:above])
        found += _cut(lines[above:end], _starts(lines, (start, end)))
        done = end
    return found + _whole(lines[done:])


def _titles(line: Sequence[RawCell | None]) -> list[int]:
    return [index for index, cell in enumerate(line) if cell is not None and is_table_title(cell.text)]


def _end(lines: Lines, start: int) -> int:
    """Where the next table begins below."""
    return next((row for row in range(start + 1, len(lines)) if _titles(lines[row])), len(lines))


def _above(lines: Lines, start: int, done: int) -> int:
    """Lines right above the titles (公开02表) belong to them."""
    while start > done and 0 < sum(bool(cell and cell.text.strip()) for cell in lines[start - 1]) <= 4:
        if any(cell is not None and cell.typed for cell in lines[start - 1]):
            break
        start -= 1
    return start


def _all_filled(lines: Lines, band: tuple[int, int]) -> bool:
    """Whether numbers or labels stand below each of the titles."""
    starts = _starts(lines, band)
    return all(len(part) >= FEWEST_ROWS for part in _cut(lines[band[0] : band[1]], starts))


def _starts(lines: Lines, band: tuple[int, int]) -> list[int]:
    """The first column of each table: after the blank column before its title, else where its title begins."""
    titles = _titles(lines[band[0]])
    width = len(lines[band[0]])
    body = lines[band[0] + 1 : band[1]]
    blank = {i for i in range(width) if not any(cell is None or cell.text.strip() for cell in (row[i] for row in body))}
    starts = [0]
    for before, title in pairwise(titles):
        gaps = [column for column in range(before + 1, title + 1) if column in blank]
        starts.append(gaps[-1] + 1 if gaps else title)
    return starts


def _cut(lines: Lines, starts: Sequence[int]) -> list[Grid]:
    ends = [*starts[1:], max(map(len, lines), default=0)]
    found = []
    for start, end in zip(starts, ends):
        part = [tuple(line[start:end]) for line in lines]
        found.append(tuple(line for line in part if any(cell is None or cell.text.strip() for cell in line)))
    return [grid for grid in found if grid]


def _whole(lines: Lines) -> list[Grid]:
    return [tuple(map(tuple, lines))] if any(cell and cell.text.strip() for line in lines for cell in line) else []
