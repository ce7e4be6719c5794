"""Characters fall into the cells of a lattice: the grid of a table, with texts and places."""

import numpy as np

from fiscal.model.cells import Place
from fiscal.readers.grid import RawCell
from fiscal.readers.pdf.chars import SURE, Chars
from fiscal.readers.pdf.frame import Frame
from fiscal.readers.pdf.lattice import Lattice
from fiscal.readers.pdf.text_lines import Line, lines, wraps

Rows = tuple[tuple[RawCell | None, ...], ...]


def inside(lattice: Lattice, chars: Chars) -> np.ndarray:
    """Mask of the characters whose middle lies within the table."""
    x, y = _middles(chars)
    left, top, right, bottom = lattice.box
    return (x >= left) & (x <= right) & (y >= top) & (y <= bottom)


def rows_of(lattice: Lattice, chars: Chars, *, frame: Frame, place: Place) -> Rows:
    """The cells of a lattice with the characters inside it; `place` names the document and page."""
    owner, boxes = owners(lattice, chars), frame.shown_boxes(_boxes(lattice))
    printed: dict[int, list[Line]] = {}
    for line in lines(chars, owner=owner):
        printed.setdefault(line.owner, []).append(line)
    scores = _scores(chars, owner)
    grid: list[list[RawCell | None]] = [[None] * (len(lattice.xs) - 1) for _ in range(len(lattice.ys) - 1)]
    for number, (row, column, n_rows, n_columns) in enumerate(lattice.cells):
        text = _text(printed[number], lattice, column, column + n_columns) if number in printed else ""
        where = Place(document=place.document, page=place.page, bbox=boxes[number])
        grid[row][column] = RawCell(text, where, n_rows, n_columns, confidence=scores.get(number))
    return tuple(tuple(row) for row in grid)


def _text(printed: list[Line], lattice: Lattice, first: int, end: int) -> str:
    return printed[0].text if len(printed) == 1 else joined(printed, lattice.xs[end] - lattice.xs[first])


def _scores(chars: Chars, owner: np.ndarray) -> dict[int, float]:
    """The lowest confidence in each cell; nothing for text that is no OCR."""
    if chars.score is None:
        return {}
    lowest = {number: round(float(chars.score[owner == number].min()), 3) for number in np.unique(owner).tolist()}
    return {number: score for number, score in lowest.items() if score < SURE}


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
    return "\n" if one.isdigit() and two.isdigit() and not wraps(line, after, width) else ""


def _boxes(lattice: Lattice) -> np.ndarray:
    row, column, n_rows, n_columns = np.array(lattice.cells).T
    xs, ys = lattice.xs, lattice.ys
    return np.column_stack([xs[column], ys[row], xs[column + n_columns], ys[row + n_rows]])


def _middles(chars: Chars) -> tuple[np.ndarray, np.ndarray]:
    return (chars.ink[:, 0] + chars.ink[:, 2]) / 2, (chars.ink[:, 1] + chars.ink[:, 3]) / 2


def owners(lattice: Lattice, chars: Chars) -> np.ndarray:
    """The number of the cell each character stands in."""
    of = np.zeros((len(lattice.ys) - 1, len(lattice.xs) - 1), int)
    for number, (row, column, n_rows, n_columns) in enumerate(lattice.cells):
        of[row : row + n_rows, column : column + n_columns] = number
    x, y = _middles(chars)
    at_column = np.clip(np.searchsorted(lattice.xs, x) - 1, 0, of.shape[1] - 1)
    at_row = np.clip(np.searchsorted(lattice.ys, y) - 1, 0, of.shape[0] - 1)
    return of[at_row, at_column]
