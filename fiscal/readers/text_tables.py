"""Tables that an export flattened to lines, restored to grids: cells after tabs, rows apart by blank lines."""

import re
from collections.abc import Sequence
from statistics import mean

from fiscal.model.cells import Place
from fiscal.readers.flow import Line, Rows, Ruled
from fiscal.readers.grid import RawCell
from fiscal.readers.text_charts import Found

_BARE = re.compile(r"^[-−+（(]?\d[\d,，.]*[)）]?$")


def flattened(lines: Sequence[str], start: int) -> Found | None:
    """The table that begins at this line: every cell begins with a tab, a row ends at a blank line."""
    if not lines[start].startswith("\t"):
        return None
    end = _end(lines, start)
    texts = "\n".join(lines[start:end]).split("\n\n")
    rows = [_row_cells(text) for text in texts if text.strip()]
    sizes = [len(cell) for row in rows for cell in row]
    if len(rows) < 2 or max(map(len, rows)) < 2 or mean(sizes) > 30:
        return None
    return Found(_parts(rows), end - start)


def _end(lines: Sequence[str], start: int) -> int:
    """Index after the last line of the block: a line after a blank one must begin with a tab."""
    end = start
    for index in range(start, len(lines)):
        blank_before = index > start and not lines[index - 1].strip(" ")
        if lines[index].strip(" ") == "":
            continue
        if blank_before and not lines[index].startswith("\t"):
            break
        end = index + 1
    return end


def _row_cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.lstrip("\n")[1:].split("\t")]


def tabbed(lines: Sequence[str], start: int) -> Found | None:
    """The table that begins at this line: one row a line, at least two lines with two tabs and the same width."""
    end = start
    while end < len(lines) and (lines[end].count("\t") >= 2 or "\t" in lines[end].rstrip()):
        end += 1
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines[start:end]]
    full = [row for row in rows if sum(map(bool, row)) >= 2]
    if len(full) < 2 or max(map(len, rows)) < 3 or mean(len(cell) for row in rows for cell in row) > 30:
        return None
    return Found(_parts(rows), end - start)


def _parts(rows: Sequence[list[str]]) -> tuple[Line | Ruled, ...]:
    """The grid, and its rows as paragraphs unless it is a table of bare numbers, which only the grid holds."""
    grid = Ruled(_rectangle(rows))
    cells = [cell for row in rows for cell in row if cell]
    numbers = sum(bool(_BARE.match(cell)) for cell in cells)
    if numbers * 5 >= len(cells):
        return (grid,)
    words = ("\t".join(cell.replace("\n", "") for cell in row).strip() for row in rows)
    return (*(Line(text, "cell") for text in words if text), grid)


def _rectangle(rows: Sequence[list[str]]) -> Rows:
    """Rows of equal length; the last cell of a short row spans the rest, as merged cells are lost in the export."""
    width = max(map(len, rows))
    return tuple(_stretched(row, width) for row in rows)


def _stretched(row: list[str], width: int) -> tuple[RawCell | None, ...]:
    missing = width - len(row)
    cells: list[RawCell | None] = [RawCell(text, Place()) for text in row[:-1]]
    last = RawCell(row[-1], Place(), cols=missing + 1)
    return (*cells, last, *([None] * missing))
