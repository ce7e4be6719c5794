"""Tables of a Word document as grids: gridSpan, vMerge, skipped grid columns, rows struck out by tracked changes."""

from collections.abc import Callable, Iterator

from lxml import etree

from fiscal.model.cells import Place
from fiscal.readers.body_flow import WIDEST, Rows, check_size, is_cut_off
from fiscal.readers.grid import RawCell
from fiscal.readers.word.numbering_marks import W, value

LONGEST_CELL = 1500
_WRAPPERS = (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag")


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, hidden ones and those deleted by a tracked change left out."""
    for row in _own(table, f"{W}tr"):
        if all(row.find(f"{W}trPr/{W}{mark}") is None for mark in ("del", "hidden")):
            yield row


def cells_in(row: etree._Element) -> Iterator[etree._Element]:
    """The cells of a row, those deleted by a tracked change left out."""
    for cell in _own(row, f"{W}tc"):
        if cell.find(f"{W}tcPr/{W}cellDel") is None:
            yield cell


def _own(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children of this tag, also inside content controls and tracked insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _own(child, tag)


def data_tables(body: etree._Element) -> set[etree._Element]:
    """The tables that hold data: two rows and columns at least or the cut-off last row, no table of data inside."""
    data: set[etree._Element] = set()
    around: set[etree._Element] = set()
    for table in reversed(list(body.iter(f"{W}tbl"))):
        if table not in around and _is_grid(table):
            data.add(table)
            around.update(table.iterancestors(f"{W}tbl"))
    return data


def _is_grid(table: etree._Element) -> bool:
    rows = [
        ["".join(text.text or "" for text in cell.iter(f"{W}t")) for cell in cells_in(row)] for row in rows_of(table)
    ]
    if len(rows) == 1:
        return is_cut_off(rows[0])
    if not rows or max(map(len, rows)) < 2:
        return False
    return all(len(text) <= LONGEST_CELL for row in rows for text in row)


def cells_of(table: etree._Element, text_of: Callable[[etree._Element], str], *, where: str) -> Rows:
    """The grid of a table: every cell where it begins, None where a merged one covers. `text_of` reads one cell.

    Errors: FileRefused for a table of more cells than any account has.
    """
    grid: dict[tuple[int, int], RawCell | None] = {}
    open_cells: dict[int, tuple[int, int]] = {}  # grid column → where the cell that is merged downwards began
    height = 0
    for y, row in enumerate(rows_of(table)):
        height = y + 1
        x = min(_whole(row.find(f"{W}trPr/{W}gridBefore"), 0), WIDEST)
        for cell in cells_in(row):
            x = _put(grid, open_cells, cell, at=(y, x), text=text_of(cell))
        check_size(where, len(grid))
    width = 1 + max((x for _, x in grid), default=0)
    check_size(where, width * height)
    return tuple(tuple(grid.get((y, x), RawCell("", Place())) for x in range(width)) for y in range(height))


def _put(
    grid: dict[tuple[int, int], RawCell | None],
    open_cells: dict[int, tuple[int, int]],
    cell: etree._Element,
    *,
    at: tuple[int, int],
    text: str,
) -> int:
    """Put one cell, or the continuation of the one above; the grid column after it."""
    y, x = at
    wide = min(_whole(cell.find(f"{W}tcPr/{W}gridSpan"), 1), WIDEST)
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    continues = merge is not None and value(merge) != "restart" and x in open_cells
    grid.update(dict.fromkeys(((y, x + right) for right in range(wide)), None))
    if continues:
        begun = open_cells[x]
        above = grid[begun]
        assert above is not None
        grid[begun] = RawCell(above.text, above.place, y - begun[0] + 1, above.cols)
        return x + wide
    grid[y, x] = RawCell(text, Place(), 1, wide)
    open_cells.pop(x, None)
    if merge is not None:
        open_cells[x] = (y, x)
    return x + wide


def _whole(element: etree._Element | None, otherwise: int) -> int:
    text = value(element)
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise
