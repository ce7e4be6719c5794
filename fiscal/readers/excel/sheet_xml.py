"""One worksheet of an .xlsx as a stream: its cells with values, what is hidden, what is merged."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO

from lxml import etree

from fiscal.model.cells import Place
from fiscal.model.printed import visible
from fiscal.model.unread import MARK
from fiscal.readers.archive import part
from fiscal.readers.excel.book_xml import Book, local, text_of
from fiscal.readers.excel.number_format import Shown, general, shown
from fiscal.readers.excel.sheet import LAST_COLUMN, LAST_ROW, Sheet, reference
from fiscal.readers.grid import RawCell

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ON = ("1", "true")
_PLAUSIBLE = range(36526, 54789)  # days that are dates of our time, 2000 to 2049
_TAGS = ("row", "mergeCell", "col", "sheetView", "sheetFormatPr")


def read_sheet(archive: zipfile.ZipFile, member: str, sheet: Sheet, book: Book) -> None:
    """Fill `sheet`. Errors: ValueError where the XML cannot be read."""
    reader = _Reader(sheet, book)
    taken: dict[str, Callable[[etree._Element], None]] = {
        "row": reader.row, "mergeCell": reader.merged, "col": reader.column, "sheetView": reader.view,
        "sheetFormatPr": reader.rows,
    }  # fmt: skip
    stream = BytesIO(part(archive, member))
    tags = [f"{{*}}{tag}" for tag in _TAGS]
    try:
        for _, element in etree.iterparse(
            stream, events=("end",), tag=tags, resolve_entities=False, no_network=True, huge_tree=True
        ):
            taken[local(element.tag)](element)
            element.clear()
            while element.getprevious() is not None and local(element.tag) == "row":
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise ValueError(f"XML 损坏：{error.msg}") from error


@dataclass
class _Reader:
    """Takes the elements of one worksheet as they end."""

    sheet: Sheet
    book: Book
    at: int = -1
    zeros_hidden: bool = False
    rows_hidden: bool = False
    known: dict[tuple[str, str], Shown] = field(default_factory=dict)

    def view(self, element: etree._Element) -> None:
        self.zeros_hidden = self.zeros_hidden or element.get("showZeros") in ("0", "false")

    def rows(self, element: etree._Element) -> None:
        """Rows may be hidden unless they say otherwise."""
        self.rows_hidden = element.get("zeroHeight") in _ON

    def column(self, element: etree._Element) -> None:
        if element.get("hidden") in _ON or _is_zero(element.get("width")):
            first, last = (_whole(element.get(name), 1) - 1 for name in ("min", "max"))
            self.sheet.hidden_columns.append((first, last))

    def merged(self, element: etree._Element) -> None:
        begin, _, end = (element.get("ref") or "").partition(":")
        first, last = _position(begin), _position(end or begin)
        if first and last:
            self.sheet.merged.append((*first, *last))

    def row(self, element: etree._Element) -> None:
        self.at = _whole(element.get("r"), self.at + 2) - 1
        if element.get("hidden", "1" if self.rows_hidden else "0") in _ON or _is_zero(element.get("ht")):
            self.sheet.hidden_rows.add(self.at)
        column = -1
        for cell in element.iterchildren("{*}c"):
            column = (_position(cell.get("r") or "") or (0, column + 1))[1]
            made = self._cell(cell, column) if len(cell) else None
            if made is not None and self.at < LAST_ROW and column < LAST_COLUMN:
                self.sheet.put(self.at, column, made, seen=cell.get("s", "0") not in self.book.white)

    def _cell(self, cell: etree._Element, column: int) -> RawCell | None:
        """The cell as it is printed; None where nothing is."""
        place = Place(document=self.sheet.document, sheet=self.sheet.name, cell=reference(self.at, column))
        kind, value, formula = cell.get("t") or "n", None, None
        for child in cell:
            name = local(child.tag)
            if name == "v":
                value = child.text or ""
            elif name == "f":
                formula = child.text or "…"
            elif name == "is":
                value, kind = text_of(child), "text"
        if formula is not None and (value is None or (not value and kind != "str")):
            return unread(place, f"公式 ={formula} 没有存下结果：请用 Excel 或 WPS 打开、计算并重新保存")
        if not value:
            return None
        if kind in ("n", "d"):
            return self._number(value, place, cell.get("s") or "0")
        return self._word(kind, value, place)

    def _word(self, kind: str, value: str, place: Place) -> RawCell | None:
        if kind == "e":
            return unread(place, f"单元格是错误值 {value}：请改正公式并重新保存")
        if kind == "s":
            index = int(value) if value.isdecimal() else len(self.book.texts)
            if index >= len(self.book.texts):
                return unread(place, "单元格指向的文字不在文件里：请重新保存")
            value = self.book.texts[index]
        elif kind == "b":
            value = "TRUE" if value in _ON else "FALSE"
        elif kind != "text":
            value = visible(value)
        return RawCell(value, place) if value.strip() else None

    def _number(self, value: str, place: Place, style: str) -> RawCell | None:
        index = int(style) if style.isdecimal() else 0
        code = self.book.codes[index] if index < len(self.book.codes) else ""
        seen = self.known.get((value, code))
        if seen is None:
            seen = self.known[value, code] = _shown(value, code, self.book)
        return number_cell(seen, place, zero_hidden=self.zeros_hidden and general_or_none(value) == "0")


def number_cell(seen: Shown, place: Place, *, zero_hidden: bool) -> RawCell | None:
    """The cell of a stored number; what is not known is a mark, a day of our time stays readable as a date."""
    if seen.unread:
        text = seen.text or MARK
        return RawCell(text, place, typed=True, unread=seen.unread)
    return None if zero_hidden or not seen.text else RawCell(seen.text, place, decimals=seen.decimals, typed=True)


def unread(place: Place, reason: str) -> RawCell:
    """A cell that was seen and not read."""
    return RawCell(MARK, place, unread=reason)


def _shown(value: str, code: str, book: Book) -> Shown:
    number = general_or_none(value)
    if number is None:
        return Shown("", unread=f"存储的“{value[:20]}”不是数")
    seen = shown(value, code, from_1904=book.from_1904)
    return plain_day(seen, number)


def plain_day(seen: Shown, number: str) -> Shown:
    """A number shown as a date is a date only where the day is one of our time; else it is an amount in disguise."""
    whole = number.partition(".")[0]
    is_day = whole.isdecimal() and int(whole) in _PLAUSIBLE
    return seen if not seen.unread or is_day else Shown("", seen.decimals, seen.unread)


def general_or_none(value: str) -> str | None:
    """A stored number in the General format, None for what is no number."""
    try:
        text = general(value)
    except ArithmeticError:
        return None
    return None if text.lower().lstrip("+-") in ("nan", "inf", "infinity") else text


def _is_zero(size: str | None) -> bool:
    return bool(size) and not set(size or "") - set("0.")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else otherwise


@lru_cache(maxsize=65536)
def _position(address: str) -> tuple[int, int] | None:
    """C7 → (6, 2)."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = 26 * column + ord(letter) - 64
    return int(found[2]) - 1, column - 1
