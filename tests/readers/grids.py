"""Building raw grids from short notation: "<" is covered by the cell to the left, "^" by the cell above."""

from dataclasses import replace

from fiscal.model.cells import Place
from fiscal.model.text import Paragraph
from fiscal.readers.grid import RawCell, RawDocument, RawGrid
from fiscal.recognise import recognise


def grid(rows, *, before=(), after=(), page=1, sheet=None, hidden=False):
    """A grid from rows of texts; None is a position without any cell."""
    width = max(map(len, rows))
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    cells = [[_cell(rows, r, c, page, sheet) for c in range(width)] for r in range(len(rows))]
    place = Place(document="invented", page=None if sheet else page, sheet=sheet)
    return RawGrid(tuple(map(tuple, cells)), place, tuple(before), tuple(after), hidden)


def _cell(rows, r, c, page, sheet):
    text = rows[r][c]
    if text is None or text in ("<", "^"):
        return None
    cols = 1
    while c + cols < len(rows[r]) and rows[r][c + cols] == "<":
        cols += 1
    down = 1
    while r + down < len(rows) and rows[r + down][c] == "^":
        down += 1
    place = Place(
        document="invented", page=None if sheet else page, sheet=sheet, cell=f"{chr(65 + c)}{r + 1}" if sheet else None
    )
    typed = isinstance(text, (int, float))
    return RawCell(str(text), place, down, cols, None, typed)


def document(*grids, lines=(), format="pdf", path="invented.pdf", problems=(), unread=()):
    paragraphs = tuple(Paragraph(text, Place(document=path, offset=i * 100)) for i, text in enumerate(lines))
    return RawDocument(path, format, tuple(grids), paragraphs, (), tuple(problems), unread=tuple(unread))


def read(*grids, **more):
    """The disclosure of a document made of these grids."""
    return recognise([document(*grids, **more)], "invented.pdf")


def numbers(table):
    """(row key, column key) → printed number of every number cell."""
    return {(row.key, column.key): str(cell) for row, column, cell in table.cells() if cell.is_number}


def boxed(rows, edges):
    """A grid whose cells have boxes between the given vertical edges."""
    plain = grid(rows)
    cells = [
        tuple(
            c and replace(c, place=replace(c.place, bbox=(edges[i], 0, edges[i + c.cols], 9)))
            for i, c in enumerate(line)
        )
        for line in plain.cells
    ]
    return replace(plain, cells=tuple(cells))
