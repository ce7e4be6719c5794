"""Cutting grids into pieces: each the lines, the header rows and the body rows of one table or of a part of one."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from fiscal.dictionary.labels import normal, squeeze
from fiscal.model.cells import Place
from fiscal.model.money import UNKNOWN_MARK
from fiscal.readers.grid import RawCell, RawGrid
from fiscal.recognise.head_words import (
    TOTALS,
    head,
    header_words,
    is_heading,
    is_note,
    is_number,
    is_row_label,
    is_value,
    kind_of_head,
    unit_of,
)
from fiscal.recognise.shared_cells import apart, split
from fiscal.recognise.titles import is_extra_title, title_of

Line = tuple[RawCell | None, ...]
CODE = re.compile(r"\d{3}(?:\d{2}){0,2}")
MOST_HEADER_ROWS = 8
_PARTS = ((True, ""), (False, UNKNOWN_MARK))  # of a row that is head and total in one: what stays, and what stands else


@dataclass(frozen=True)
class Row:
    """One line of a grid: its own cells, and for each position the cell that covers it (merged cells repeated).

    texts  the texts that begin in this line, blanks left out
    """

    cells: Line
    owners: Line
    texts: tuple[str, ...]

    @classmethod
    def of(cls, cells: Sequence[RawCell | None], owners: Sequence[RawCell | None]) -> "Row":
        texts = (cell.text.strip() for cell in cells if cell is not None)
        return cls(tuple(cells), tuple(owners), tuple(text for text in texts if text))


@dataclass
class Piece:
    """Part of a grid.

    lines   title, unit and other lines above, nearest last; notes  sentences below
    head    header rows, body  rows under them; both without line numbers (栏次) and repeated headers
    """

    place: Place
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    head: list[Row] = field(default_factory=list)
    body: list[Row] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len((self.head or self.body)[0].cells) if self.head or self.body else 0


def owners(cells: Sequence[Line]) -> list[list[RawCell | None]]:
    """For each position the cell that covers it."""
    width = max((len(line) for line in cells), default=0)
    grid: list[list[RawCell | None]] = [[None] * width for _ in cells]
    for top, line in enumerate(cells):
        for left, cell in enumerate(line):
            if cell is None:
                continue
            if cell.rows == 1 and cell.cols == 1:
                grid[top][left] = cell
                continue
            for covered in grid[top : top + cell.rows]:
                covered[left : left + cell.cols] = [cell] * len(covered[left : left + cell.cols])
    return grid


def cut(grid: RawGrid) -> list[Piece]:
    """The pieces of one grid, top to bottom."""
    cells = [line for whole in grid.cells for line in split(whole)]
    rows = [Row.of(line, above) for line, above in zip(cells, owners(cells))]
    cutter = _Cutter(grid)
    for row in rows:
        if row.texts:
            cutter.take(row)
    return cutter.finish()


class _Cutter:
    """Reads the rows of a grid one by one and begins a new piece where a new table begins."""

    def __init__(self, grid: RawGrid) -> None:
        self.grid = grid
        self.pieces: list[Piece] = []
        self.pending: list[str] = []
        self.piece = self._new(list(grid.before))

    def _new(self, lines: list[str]) -> Piece:
        piece = Piece(self.grid.place, lines)
        self.pieces.append(piece)
        return piece

    def take(self, row: Row) -> None:
        if is_line(row):
            self.pending.append("　".join(row.texts))
            return
        if self.pending:
            self._place_pending()
        if is_numbering(row):
            return
        if self.piece.head and not self.piece.body and holds_total(row):
            words, row = parted(row)
            self._take_header(words)
            self.piece.body.append(row)
            return
        if is_header(row, first=not self.piece.head and not self.piece.body) or self._below_header(row):
            self._take_header(row)
        else:
            cells = apart(row.cells, row.owners, [line.owners for line in self.piece.head])
            self.piece.body.append(replace(row, cells=cells))

    def _below_header(self, row: Row) -> bool:
        """Words directly under a header: its parts, not a row of the table.

        They stand under one that spans several columns, or beside one that reaches down from above, or name the
        columns of codes and names.
        """
        if self.piece.body or not self.piece.head or any(is_value(text) or is_row_label(text) for text in row.texts):
            return False
        above = self.piece.head[-1].owners
        if (
            all(kind_of_head(head(text)) in ("code", "name") for text in row.texts)
            or row.owners[0] is above[0] is not None
        ):
            return True
        if (row.cells[0] is not None and row.cells[0].text.strip()) or any(
            normal(text) in TOTALS for text in row.texts
        ):
            return False
        under = [above[i] for i, cell in enumerate(row.cells) if cell is not None and cell.text.strip()]
        return all(cell is not None and cell.cols > 1 for cell in under)

    def _take_header(self, row: Row) -> None:
        if self.piece.body:
            if any(_same(row, known) for known in self.piece.head):
                return
            if not _opens(row):
                self.piece.body.append(row)
                return
            self.piece = self._new([])
        if len(self.piece.head) < MOST_HEADER_ROWS:
            self.piece.head.append(row)

    def _place_pending(self) -> None:
        """Lines before a body row: above everything they belong to this piece, later they open the next one."""
        lines, self.pending = self.pending, []
        if not self.piece.body and not (self.piece.head and any(map(title_of, lines))):
            self.piece.lines += lines
            return
        opening = next((i for i, line in enumerate(lines) if not is_note(line)), len(lines))
        self.piece.notes += lines[:opening]
        if any(title_of(line) or is_extra_title(line) or unit_of(line) for line in lines[opening:]):
            self.piece = self._new(lines[opening:])

    def finish(self) -> list[Piece]:
        self.piece.notes += self.pending
        self.piece.notes += _notes(self.grid.after)
        return self.pieces


def _notes(after: Sequence[str]) -> list[str]:
    """The sentences directly below a grid that speak about it."""
    notes: list[str] = []
    for line in after:
        if title_of(line) or is_extra_title(line) or not (is_note(line) or notes) or len(notes) == 4:
            break
        if not is_heading(line):
            notes.append(line)
    return notes


def is_line(row: Row) -> bool:
    """Whether a grid row is a title, unit or note line rather than part of the table."""
    texts = row.texts
    if any(
        head(text) in header_words() or (is_row_label(text) and not is_note(text)) for text in texts
    ) and not title_of(texts[0]):
        return False
    if len(texts) == 1:
        text = texts[0]
        wide = len(squeeze(text)) > 30 and not is_number(text)
        return wide or is_note(text) or is_heading(text) or bool(title_of(text)) or is_extra_title(text)
    if any(CODE.fullmatch(text) for text in texts) or len(texts) > 6:
        return False
    return any(is_heading(text) or is_note(text) or bool(title_of(text)) for text in texts)


def holds_total(row: Row) -> bool:
    """Whether a row is head and 合计 in one: 合计 | 0.00 | 45.00 | 小计 | 基本支出 | 项目支出 | 0.00."""
    if not row.texts or normal(row.texts[0]) not in TOTALS:
        return False
    rest = row.texts[1:]
    words = [text for text in rest if head(text) in header_words() and not is_value(text)]
    values = sum(map(is_value, rest))
    return values > 0 and any(normal(text) not in TOTALS for text in words) and len(words) + values == len(rest)


def parted(row: Row) -> tuple[Row, Row]:
    """Such a row as a row of the head and one of the body, whose amounts under its words are printed nowhere."""
    named = {id(cell) for cell in row.cells if cell is not None and head(cell.text) in header_words()}
    first = next(cell for cell in row.cells if cell is not None and cell.text.strip())
    named.discard(id(first))

    def only(line: Line, wanted: bool, text: str) -> Line:
        kept = (cell is None or (id(cell) in named) == wanted for cell in line)
        return tuple(cell if keep or cell is None else replace(cell, text=text) for cell, keep in zip(line, kept))

    both = [(only(row.cells, wanted, text), only(row.owners, wanted, text)) for wanted, text in _PARTS]
    upper, lower = (Row.of(cells, above) for cells, above in both)
    return upper, lower


def is_numbering(row: Row) -> bool:
    """The 栏次 row: 1, 2, 3 … under the headers."""
    texts = [squeeze(text) for text in row.texts]
    texts = [unicodedata.normalize("NFKC", text).strip("().") for text in texts]  # ① ⑴ ⒈ are 1
    words = {text for text in texts if not text.isdecimal()}
    numbers = [int(text[:9]) for text in texts if text.isdecimal()]
    if "栏次" in words:
        return True
    running = len(numbers) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 2
    return running and words <= {"类", "款", "项", "行次", "甲", "乙", "丙", "—", "-"}


def is_header(row: Row, *, first: bool) -> bool:
    """Whether a row belongs to the header; `first` when nothing of the table was read yet."""
    texts = row.texts
    if _economic_codes(row):
        return True
    if any(is_value(text) or is_row_label(text) for text in texts):
        return False
    known = [text for text in texts if head(text) in header_words()]
    spanning = any(cell is not None and cell.cols > 1 and cell.text.strip() for cell in row.cells)
    if not known or {normal(text) for text in texts} <= TOTALS:
        return first and (len(texts) > 1 or spanning) and not any(normal(text) in TOTALS for text in texts)
    return len(texts) > 1 or spanning


def _economic_codes(row: Row) -> bool:
    """A header row of economic codes side by side, as matrices carry it; panels have names between theirs."""
    texts = [squeeze(text) for text in row.texts]
    is_code = [bool(re.fullmatch(r"3\d{2}(?:\d{2})?", text)) for text in texts]
    adjacent = any(left and right for left, right in pairwise(is_code))
    return adjacent and sum(is_code) >= max(3, len(texts) - 3) and not is_row_label(texts[0])


def _opens(row: Row) -> bool:
    """Whether a header row in the middle begins another table: it names the column of codes or of items."""
    words = {head(text) for text in row.texts}
    return bool(
        words & {"项目", "科目名称", "预算数"} or {"收入", "支出"} <= words or any("编码" in word for word in words)
    )


def _same(row: Row, other: Row) -> bool:
    return [head(text) for text in row.texts] == [head(text) for text in other.texts]
