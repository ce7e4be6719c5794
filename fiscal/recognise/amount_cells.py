"""From the texts of a table to cells: numbers, blanks and unknowns with their digits and places."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from fiscal.errors import NumberUnreadable
from fiscal.model.cells import BLANK, UNREAD, Cell, Place
from fiscal.model.money import number_in, parse_amount
from fiscal.model.unread import CELL, Unread
from fiscal.readers.grid import RawCell
from fiscal.recognise.told import Told

_LOST = "\ufffd"  # a character that its font does not tell, a digit printed over another or cut off
_UNCLEAR = "有的字认不出（两个数印在一处、被裁去，或字体没有说明是什么字）：请提供该表的 Excel 或 Word 文件"
# Nothing, spaces, and the dots of a form that was not filled in.
_EMPTY = frozenset(" \n\t\u3000\u00a0….。")


@dataclass
class Amounts:
    """Reads the cells of one table; what cannot be read is unread, never a number, and told.

    triangle  whether the form says that △ means negative
    decimals  column index → most decimals the column shows, for General cells of a workbook
    """

    table: str
    document: str
    unit: str
    told: Told
    decimals: dict[int, int] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    triangle: bool = False

    def learn(self, index: int, cells: Iterable[RawCell | None]) -> None:
        """Note how many decimals a column shows. Only columns with General cells need it."""
        known = [cell for cell in cells if cell is not None and cell.text]
        if any(cell.typed and cell.decimals is None for cell in known):
            self.decimals[index] = max((_shown(cell.text) for cell in known), default=0)

    def read(self, raw: RawCell | None, index: int, *, row: str, column: str) -> Cell:
        """The cell in column `index` of the row labelled `row`."""
        unit = self.units.get(index, self.unit)
        if raw is None or set(raw.text) <= _EMPTY:
            return Cell(BLANK, None, unit, "", self._place(raw, row, column))
        place = self._place(raw, row, column)
        if raw.unread or _LOST in raw.text:
            return self._unread(replace(raw, text=""), unit, place, raw.unread or _UNCLEAR)
        try:
            cell = parse_amount(raw.text, unit=unit, place=place, triangle=self.triangle, confidence=raw.confidence)
        except NumberUnreadable:
            printed = " ".join(raw.text.split())
            if len(printed.split()) > 1 and all(map(number_in, printed.split())):
                return self._unread(replace(raw, text=""), unit, place, f"一格里有几个数（{printed}）：请分到各自的格")
            return self._unread(raw, unit, place, f"“{printed}”不是数字：请改正，或留空，或写“未公开”")
        return self._padded(cell, raw, index)

    def _unread(self, raw: RawCell, unit: str, place: Place, reason: str) -> Cell:
        """A cell that was seen and not read; only what is printed in it is its text."""
        self.told.unread.append(Unread(CELL, self.table, place, reason))
        return Cell(UNREAD, None, unit, raw.text, place)

    def _place(self, raw: RawCell | None, row: str, column: str) -> Place:
        at = raw.place if raw is not None else Place()
        return Place(
            document=self.document, page=at.page, bbox=at.bbox, sheet=at.sheet, cell=at.cell,
            table=self.table, row=row, column=column, text=raw.text if raw is not None else None,
        )  # fmt: skip

    def _padded(self, cell: Cell, raw: RawCell, index: int) -> Cell:
        """A General cell takes the most decimals its column shows; a bare 0 stays exact."""
        wanted = self.decimals.get(index, 0)
        if raw.decimals is not None or not raw.typed or cell.value is None or cell.exact or cell.digits >= wanted:
            return cell
        value = cell.value.quantize(Decimal(1).scaleb(-wanted))
        return Cell(cell.state, value, cell.unit, cell.text, cell.place, exact=cell.exact, confidence=cell.confidence)


def _shown(text: str) -> int:
    found = number_in(text)
    return len(found[1].partition(".")[2]) if found else 0
