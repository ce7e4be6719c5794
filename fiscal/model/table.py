"""A statutory table as read: rows of cells, with the labels as printed."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from fiscal.model.cells import Cell, Place
from fiscal.model.display import Displayed


@dataclass(frozen=True, slots=True)
class Column:
    """A printed amount column: key of the dictionary, header with parents joined by “/”, as printed."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row.

    key    fixed-row key of the dictionary (total, opening_balance, e30101 …), else the code, else the label
    code   classification code without spaces, or ""
    label  as printed, without surrounding spaces
    level  class, group, item, economic_class, economic_item, total, or "" for other fixed rows
    cells  column key → Cell; a column that the table has but the row leaves empty holds a blank cell
    side   revenue or expenditure for the halves of a two-sided table, personnel or public for panels, else ""
    """

    key: str
    code: str
    label: str
    level: str
    cells: dict[str, Cell]
    side: str = ""


@dataclass(frozen=True, slots=True)
class Table(Displayed):
    """One table of an account.

    note is the sentence printed under it, form the layout variant (a, b, flow …), heads the lines printed above it.
    """

    id: str
    title: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    form: str = ""
    place: Place = field(default_factory=Place)
    heads: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """No amount cell holds a number or an unknown."""
        return all(cell.is_blank for row in self.rows for cell in row.cells.values())

    def row(self, key: str) -> Row | None:
        """The first row with this key or code."""
        return next((row for row in self.rows if key in (row.key, row.code)), None)

    def cell(self, row_key: str, column_key: str) -> Cell | None:
        """One cell, or None where the table has no such row or column."""
        row = self.row(row_key)
        return row.cells.get(column_key) if row else None

    def cells(self) -> Iterator[tuple[Row, Column, Cell]]:
        """Every amount cell with its row and column, in printed order."""
        for row in self.rows:
            for column in self.columns:
                if column.key in row.cells:
                    yield row, column, row.cells[column.key]
