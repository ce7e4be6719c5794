"""A worksheet as a person sees it, whatever file it came from: visible rows and columns, bounded by its content."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from fiscal.model.cells import Place
from fiscal.model.unread import SHEET, Unread
from fiscal.readers.excel.beside import parts
from fiscal.readers.grid import RawCell, RawGrid
from fiscal.readers.headings import is_table_title

MOST_CELLS = 2_000_000
MOST_MERGED = 500_000  # cells that merged ranges cover
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
Range = tuple[int, int, int, int]


@dataclass
class Sheet:
    """Cells by (row, column) from 0; cells that nobody sees are in `left_out`.

    merged  (top, left, bottom, right) of merged cells;  pictures  whether pictures or objects lie on the sheet
    """

    document: str
    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    left_out: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    pictures: bool = False

    def put(self, row: int, column: int, cell: RawCell, *, seen: bool = True) -> None:
        """Keep a cell that holds something where it can be seen."""
        unseen = not seen or row in self.hidden_rows or self.is_hidden(column)
        (self.left_out if unseen else self.cells)[row, column] = cell

    def is_hidden(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self.hidden_columns)

    def grids(self) -> list[RawGrid]:
        """The sheet as grids: one, or one for each of several tables side by side. Errors: ValueError for giants."""
        if not self.cells:
            return []
        rows, columns = _axis(row for row, _ in self.cells), _axis(column for _, column in self.cells)
        if _area(rows, columns) > MOST_CELLS:
            rows, columns = sorted({row for row, _ in self.cells}), sorted({column for _, column in self.cells})
        if _area(rows, columns) > MOST_CELLS:
            raise ValueError(f"{len(rows)} 行 × {len(columns)} 列")
        rows = [row for row in rows if row not in self.hidden_rows]
        columns = [column for column in columns if not self.is_hidden(column)]
        lines = self._lines(rows, columns)
        place = Place(document=self.document, sheet=self.name)
        return [RawGrid(part, place, hidden=self.hidden) for part in parts(lines)]

    def _lines(self, rows: Sequence[int], columns: Sequence[int]) -> list[list[RawCell | None]]:
        """The visible cells as lines; None where a merged cell covers."""
        lines: list[list[RawCell | None]] = [
            [self.cells.get((row, column)) or self._blank(row, column) for column in columns] for row in rows
        ]
        budget = MOST_MERGED
        for top, left, bottom, right in self.merged:
            up, down = bisect_left(rows, top), bisect_left(rows, bottom + 1)
            first, last = bisect_left(columns, left), bisect_left(columns, right + 1)
            budget -= max(0, down - up) * max(0, last - first)
            if budget < 0:
                raise ValueError("合并单元格过多")
            if up < down and first < last:
                self._cover(lines, (up, first, down, last), anchor=(top, left))
        return lines

    def _cover(self, lines: list[list[RawCell | None]], at: Range, *, anchor: tuple[int, int]) -> None:
        up, first, down, last = at
        own = self.cells.get(anchor) or self.left_out.get(anchor) or lines[up][first]
        for line in lines[up:down]:
            line[first:last] = [None] * (last - first)
        if own is not None:
            lines[up][first] = RawCell(
                own.text, own.place, down - up, last - first, own.decimals, own.typed, unread=own.unread
            )

    def _blank(self, row: int, column: int) -> RawCell:
        return RawCell("", Place(document=self.document, sheet=self.name, cell=reference(row, column)))

    def told(self) -> Iterator[str]:
        """One line about what is hidden."""
        rows = sorted({str(row + 1) for row, _ in self.left_out if row in self.hidden_rows}, key=int)
        others = sorted({(row, column) for row, column in self.left_out if row not in self.hidden_rows})
        columns = list(dict.fromkeys(letters(column) for _, column in others if self.is_hidden(column)))
        white = [reference(row, column) for row, column in others if not self.is_hidden(column)]
        kinds = (("行", rows), ("列", columns), ("白字的格", white))
        said = [f"{kind} {'、'.join(names[:8])}" for kind, names in kinds if names]
        if said and not self.hidden:
            yield f"{self.document}，{self.name}：隐藏的{'，'.join(said)}有内容，未读"

    def unread(self) -> Iterator[Unread]:
        """A sheet whose table is a picture or an object: it holds those and no number."""
        if self.pictures and not self.hidden and not any(cell.typed for cell in self.cells.values()):
            texts = [cell.text for _, cell in sorted(self.cells.items())[:60]]
            title = next((text for text in texts if is_table_title(text)), self.name)
            place = Place(document=self.document, sheet=self.name)
            reason = "工作表里只有图片或嵌入的对象，没有数：请提供可读的表格"
            yield Unread(SHEET, title, place, reason)


def _axis(indices: Iterator[int]) -> Sequence[int]:
    found = set(indices)
    return range(min(found), max(found) + 1)


def _area(rows: Sequence[int], columns: Sequence[int]) -> int:
    return len(rows) * len(columns)


@cache
def letters(column: int) -> str:
    """The name of a column counted from 0: 26 → AA."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def reference(row: int, column: int) -> str:
    """The address of a cell: (6, 2) → C7."""
    return f"{letters(column)}{row + 1}"
