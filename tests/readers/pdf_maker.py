"""Draws the small invented PDFs of the reader's tests."""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT, A4 = "STSong-Light", (595.0, 842.0)
TABLE = (("科目", "合计", "基本支出"), ("201", "264.87", "62.63"), ("合计", "307.82", "105.58"))
LEFT, TOP, WIDTH, HEIGHT = 100, 700, 90, 30


@cache
def _font() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def canvas(path: Path, **options) -> Canvas:
    """A page to draw on, in PDF coordinates: the origin is the lower left corner."""
    _font()
    drawn = Canvas(str(path), pagesize=A4, **options)
    drawn.setFont(FONT, 10)
    return drawn


def ruled(drawn: Canvas, rows=TABLE, *, left: float = LEFT, top: float = TOP, line=None) -> None:
    """A ruled table; `line(x0, y0, x1, y1)` draws its lines where they are not plain strokes."""
    line = line or drawn.line
    right, bottom = left + WIDTH * len(rows[0]), top - HEIGHT * len(rows)
    for number in range(len(rows) + 1):
        line(left, top - HEIGHT * number, right, top - HEIGHT * number)
    for number in range(len(rows[0]) + 1):
        line(left + WIDTH * number, bottom, left + WIDTH * number, top)
    texts(drawn, rows, left=left, top=top)


def texts(drawn: Canvas, rows=TABLE, *, left: float = LEFT, top: float = TOP, lift: float = 10) -> None:
    """The texts of a table, each `lift` points above the bottom of its cell."""
    drawn.setFont(FONT, 10)
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            drawn.drawString(left + WIDTH * column + 5, top - HEIGHT * (row + 1) + lift, text)


def printed(drawn: Canvas, lines, *, left: float = 70, top: float = 760, step: float = 20, size: float = 12) -> None:
    """Lines of text, one below the other; a line is a text or (indent in points, text)."""
    drawn.setFont(FONT, size)
    for number, line in enumerate(lines):
        indent, text = line if isinstance(line, tuple) else (0, line)
        drawn.drawString(left + indent, top - step * number, text)


def cell_texts(grid) -> tuple:
    """The texts of a grid, None where a merged cell covers the place."""
    return tuple(tuple(cell and cell.text for cell in row) for row in grid.cells)
