"""Characters fall into the cells of a lattice: the grid of a table, with texts and places."""

import numpy as np

from fiscal.model.cells import Place
from fiscal.readers.grid import RawCell
from fiscal.readers.pdf_chars import Chars
from fiscal.readers.pdf_frame import Frame
from fiscal.readers.pdf_lattice import Lattice
from fiscal.readers.pdf_lines import Line, lines

Rows = tuple[tuple[RawCell | None, ...], ...]


def inside(lattice: Lattice, chars: Chars) -> np.ndarray:
    """Mask of the characters whose middle lies within the table."""
    x, y = _middles(chars)
    left, top, right, bottom = lattice.box
    return (x >= left) & (x <= right) & (y >= top) & (y <= bottom)


def rows_of(lattice: Lattice, chars: Chars, *, frame: Frame, place: Place) -> Rows:
    """The cells of a lattice with the characters inside it; `place` names the document and page."""
    printed: dict[int, list[Line]] = {}
    owner = _owners(lattice, chars)
    for line in lines(chars, owner=owner):
        printed.setdefault(line.owner, []).append(line)
    grid: list[list[RawCell | None]] = [[None] * (len(lattice.xs) - 1) for _ in range(len(lattice.ys) - 1)]
    for number, cell in enumerate(lattice.cells):
        row, column, n_rows, n_columns = cell
        text = joined(printed.get(number, []), lattice.xs[column + n_columns] - lattice.xs[column])
        where = Place(document=place.document, page=place.page, bbox=frame.shown_box(_box(lattice, cell)))
        grid[row][column] = RawCell(text, where, n_rows, n_columns, confidence=_confidence(chars, owner == number))
    return tuple(tuple(row) for row in grid)


def _confidence(chars: Chars, mine: np.ndarray) -> float | None:
    """The lowest confidence in a cell; None for an empty one and for text that is no OCR."""
    return round(float(chars.score[mine].min()), 3) if chars.score is not None and mine.any() else None


def joined(printed: list[Line], width: float) -> str:
    """The lines of a cell as one text.

    A line that fills the cell was wrapped and continues; between two numbers on lines that had room a line end stays.
    """
    text = ""
    for line, after in zip(printed, [*printed[1:], None]):
        text += line.text
        if after is not None:
            text += _seam(line, after, width)
    return text


def _seam(line: Line, after: Line, width: float) -> str:
    one, two = line.text[-1], after.text[0]
    if not (one.isascii() and two.isascii()):
        return ""
    if one.isalpha() and two.isalpha():
        return " "
    full = line.right - line.left + (after.right - after.left) / max(len(after.text), 1) > width - line.em
    return "\n" if one.isdigit() and two.isdigit() and not full else ""


def _box(lattice: Lattice, cell: tuple[int, int, int, int]) -> tuple[float, float, float, float]:
    row, column, n_rows, n_columns = cell
    xs, ys = lattice.xs, lattice.ys
    return float(xs[column]), float(ys[row]), float(xs[column + n_columns]), float(ys[row + n_rows])


def _middles(chars: Chars) -> tuple[np.ndarray, np.ndarray]:
    return (chars.ink[:, 0] + chars.ink[:, 2]) / 2, (chars.ink[:, 1] + chars.ink[:, 3]) / 2


def _owners(lattice: Lattice, chars: Chars) -> np.ndarray:
    """The number of the cell each character stands in."""
    of = np.zeros((len(lattice.ys) - 1, len(lattice.xs) - 1), int)
    for number, (row, column, n_rows, n_columns) in enumerate(lattice.cells):
        of[row : row + n_rows, column : column + n_columns] = number
    x, y = _middles(chars)
    at_column = np.clip(np.searchsorted(lattice.xs, x) - 1, 0, of.shape[1] - 1)
    at_row = np.clip(np.searchsorted(lattice.ys, y) - 1, 0, of.shape[0] - 1)
    return of[at_row, at_column]
