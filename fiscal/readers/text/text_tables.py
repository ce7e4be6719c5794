"""Tables that an export flattened to lines, restored to grids: cells after tabs, rows apart by blank lines."""

import re
from collections.abc import Sequence
from itertools import groupby
from statistics import mean

from fiscal.model.cells import Place
from fiscal.readers.body_flow import Line, Rows, Ruled
from fiscal.readers.grid import RawCell
from fiscal.readers.text.chart_series import Found

_TOTAL = re.compile(r"^\s*(?:合\s*计|总\s*计|小\s*计)")
_BAR = re.compile(r"[|｜│┃║]")
_RULE = re.compile(r"^(?=.*[-─━═]{3})[|｜│┃║+┼├┤┌┐└┘┬┴╔╗╚╝═─━:\s-]+")
_DECIMAL, _HAN = re.compile(r"^[-−+（(]?\d[\d,，]*\.\d+[)）]?$"), re.compile("[\u4e00-\u9fff]")
_BARE = re.compile(r"^[-−+（(]?\d[\d,，.]*[)）]?$")
_AMOUNT = re.compile(r"^(?:[-−+（(]?\d[\d,，.]*[)）]?[%％]?|[-—－]{1,2})$")
_NAME = re.compile(r"^(?![一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十])[^。；，：！？\t|]{1,24}$")
_WIDEST, _FEWEST = 12, 3  # columns of a table with one cell a line, and its rows with the head


def flattened(lines: Sequence[str], start: int) -> Found | None:
    """The table that begins at this line: every cell begins with a tab, a row ends at a blank line."""
    if not lines[start].startswith("\t") or _inside_flattened(lines, start):
        return None
    end = _end(lines, start)
    texts = "\n".join(lines[start:end]).split("\n\n")
    rows = [_row_cells(text) for text in texts if text.strip()]
    sizes = [len(cell) for row in rows for cell in row]
    if len(rows) < 2 or max(map(len, rows)) < 2 or mean(sizes) > 30:
        return None
    return Found(_parts(rows), end - start)


def _inside_flattened(lines: Sequence[str], start: int) -> bool:
    """Whether the block of this line began earlier and was judged there."""
    above = start - 1
    while above >= 0 and not lines[above].strip(" "):
        above -= 1
    return above >= 0 and lines[above].startswith("\t")


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
    if start and _has_tabs(lines[start - 1]):
        return None  # judged where the run began
    while end < len(lines) and _has_tabs(lines[end]):
        end += 1
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines[start:end]]
    full = [row for row in rows if sum(map(bool, row)) >= 2]
    if len(full) < 2 or max(map(len, rows)) < 3 or mean(len(cell) for row in rows for cell in row) > 30:
        return None
    return Found(_parts(rows), end - start)


def barred(lines: Sequence[str], start: int) -> Found | None:
    """The table that begins at this line: one row a line, cells apart by bars; lines of dashes only rule it."""
    if start and _has_bars(lines[start - 1]):
        return None  # judged where the run began
    end = start
    while end < len(lines) and _has_bars(lines[end]):
        end += 1
    printed = [line for line in lines[start:end] if not _RULE.fullmatch(line)]
    rows = _bar_rows(printed)
    if len(rows) < 2 or max(map(len, rows)) < 2 or mean(len(cell) for row in rows for cell in row) > 30:
        return None
    return Found(_parts(rows), end - start)


def _has_bars(line: str) -> bool:
    return bool(_BAR.search(line)) or bool(_RULE.fullmatch(line))


def _bar_rows(printed: Sequence[str]) -> list[list[str]]:
    """The cells between the bars; bars that begin every row, or end every row, only frame the table.

    Where only some rows end with a bar, one behind as many cells as the others have is no cell.
    """
    rows = [[cell.strip() for cell in _BAR.split(line)] for line in printed]
    if rows and not any(row[0] for row in rows):
        rows = [row[1:] for row in rows]
    if not any(row[-1:] != [""] for row in rows):
        return [row[:-1] for row in rows]
    width = max(len(row) for row in rows if row[-1:] != [""])
    return [row[:-1] if len(row) > width and not row[-1] else row for row in rows]


def stacked(lines: Sequence[str], start: int) -> Found | None:
    """The table that begins at this line: one cell a line, a head of names, then rows of a name and as many amounts."""
    head, at = _run(lines, start, amounts=False)
    amounts, _ = _run(lines, at, amounts=True)
    width = len(amounts) + 1
    if not amounts or len(head) != width + 1:
        return None
    rows, taken, at = [head[:-1]], 0, start
    _, at = _run(lines, start, amounts=False, most=width)
    while True:
        name, at = _run(lines, at, amounts=False, most=1)
        amounts, at = _run(lines, at, amounts=True)
        if not name or len(amounts) != width - 1:
            break
        rows.append([*name, *amounts])
        taken = at - start
    return Found(_parts(rows), taken) if len(rows) > _FEWEST else None


def _run(lines: Sequence[str], start: int, *, amounts: bool, most: int = _WIDEST) -> tuple[list[str], int]:
    """The cells from a line on that are amounts, or names, one a line, and where the lines go on."""
    found, at, index = list[str](), start, start
    while index < len(lines) and len(found) < most:
        text = lines[index].strip()
        index += 1
        if text:
            if bool(_AMOUNT.match(text)) != amounts or not (amounts or _NAME.match(text)):
                break
            found.append(text)
            at = index
    return found, at


def _has_tabs(line: str) -> bool:
    return line.count("\t") >= 2 or "\t" in line.rstrip()


def _parts(rows: Sequence[list[str]]) -> tuple[Line | Ruled, ...]:
    """The grid, and its rows as paragraphs unless it is a table of bare numbers, which only the grid holds."""
    grid = Ruled(rectangle(rows))
    cells = [cell for row in rows for cell in row if cell]
    numbers = sum(bool(_BARE.match(cell)) for cell in cells)
    if numbers * 5 >= len(cells):
        return (grid,)
    words = ("\t".join(cell.replace("\n", "") for cell in row).strip() for row in rows)
    return (*(Line(text, "cell") for text in words if text), grid)


def rectangle(rows: Sequence[list[str]]) -> Rows:
    """Rows of equal length, the spans of merged cells restored as far as their neighbours tell them."""
    width = max(map(len, rows))
    labels, below = _labels(rows, width), [*rows[1:], []]
    body = [row for row in rows if len(row) == width and any(map(_DECIMAL.match, row))]
    numeric = frozenset(
        index for index in range(width)
        if any(_DECIMAL.match(row[index]) for row in body) and not any(_HAN.search(row[index]) for row in body)
    )  # fmt: skip
    laid: list[tuple[RawCell | None, ...]] = []
    for row, under in zip(rows, below, strict=True):
        if laid and 1 < len(row) == labels < width and not any(map(_BARE.match, row)) and not _TOTAL.match(row[0]):
            row = [*row, *[""] * (width - labels)]  # the heads of the labels, below heads that reach down beside them
        laid.append(_laid(row, _fitted(row, width, numeric) or _spans(row, width, under, labels)))
    return tuple(laid)


def _labels(rows: Sequence[list[str]], width: int) -> int:
    """How many columns of codes and names stand left of the amounts, as whole rows show; 1 where none tells."""
    counts = [next((i for i, cell in enumerate(row) if "." in cell and _BARE.match(cell)), 0) for row in rows]
    whole = [count for row, count in zip(rows, counts) if len(row) == width and count]
    return max(whole, key=whole.count) if whole else 1


def _fitted(row: Sequence[str], width: int, numeric: frozenset[int]) -> list[int]:
    """Spans by which every amount of a short row stands in a column of amounts; [] where there are none."""
    if len(row) == width or not any(map(_DECIMAL.match, row)):
        return []
    ends: dict[tuple[int, int], list[int]] = {(len(row), width): []}
    for index in range(len(row) - 1, -1, -1):
        amount = bool(_DECIMAL.match(row[index]))
        for start in range(width):
            for wide in range(1, 2 if amount else width - start + 1):
                rest = ends.get((index + 1, start + wide))
                if rest is not None and (not amount or start in numeric):
                    ends[index, start] = [wide, *rest]
                    break
    return ends.get((0, 0), [])


def _laid(row: Sequence[str], spans: Sequence[int]) -> tuple[RawCell | None, ...]:
    cells: list[RawCell | None] = []
    for text, wide in zip(row, spans, strict=True):
        cells += [RawCell(text, Place(), cols=wide), *[None] * (wide - 1)]
    return tuple(cells)


def _spans(row: Sequence[str], width: int, below: Sequence[str], labels: int) -> list[int]:
    """How many columns each cell of a row covers: an export drops the cells that a merged one covers.

    A row short by as many cells as labels stand side by side begins with one over all labels. A header
    spreads over the names below it (a blank below is a cell merged downwards); 合计 covers the codes beside
    it; other short rows are divided evenly where that is possible, else the last cell takes the rest.
    """
    missing, ones = width - len(row), [1] * (len(row) - 1)
    if not missing or len(row) == 1:
        return [*ones, missing + 1]
    groups = _groups(below)
    if len(groups) == len(row) and len(below) == width:
        return groups
    if _TOTAL.match(row[0]) or missing == labels - 1:
        return [missing + 1, *ones]
    if len(row) == 2 and labels > 1 and len(below) == width:
        return [labels, width - labels]
    if width % len(row) == 0 and not any(_BARE.match(cell) for cell in row):
        return [width // len(row)] * len(row)
    return [*ones, missing + 1]


def _groups(below: Sequence[str]) -> list[int]:
    """Lengths of the parts of a row: names that stand side by side are one part, every blank is one."""
    groups = []
    for named, run in groupby(below, key=bool):
        number = len(list(run))
        groups += [number] if named else [1] * number
    return groups
