"""Old workbooks (.xls, .et): the same sheets as of an .xlsx, read with xlrd."""

import struct
from collections.abc import Iterator
from pathlib import Path

import xlrd
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.sheet import Sheet as OldSheet

from fiscal.errors import FileRefused
from fiscal.model.cells import Place
from fiscal.model.printed import is_note_mark, visible
from fiscal.readers.excel.number_format import general, shown
from fiscal.readers.excel.sheet import Sheet, reference
from fiscal.readers.excel.sheet_xml import number_cell, plain_day, unread
from fiscal.readers.grid import RawCell

# What xlrd raises on files that are cut off or written by other programs.
_DAMAGE = (
    xlrd.XLRDError, CompDocError, struct.error, AssertionError, IndexError, KeyError, ValueError, TypeError,
    AttributeError, MemoryError, OverflowError, RecursionError, NotImplementedError, UnboundLocalError,
)  # fmt: skip
_SUPERSCRIPT = 1


def old_sheets(path: Path) -> list[Sheet]:
    """Every worksheet. Errors: FileRefused for encrypted and damaged files."""
    try:
        book = xlrd.open_workbook(str(path), formatting_info=True, ragged_rows=True, logfile=_Silent())
        return [_sheet(book, sheet, path.name) for sheet in book.sheets()]
    except _DAMAGE as error:
        if "encrypt" in str(error).lower():
            raise FileRefused(path.name, "the workbook is encrypted", "save it without a password") from error
        what = f"the workbook is truncated or damaged ({type(error).__name__}: {error})"
        raise FileRefused(path.name, what, "open and save it again in Excel or WPS") from error


def _sheet(book: Book, old: OldSheet, document: str) -> Sheet:
    sheet = Sheet(document, old.name, hidden=bool(old.visibility))
    sheet.hidden_rows = {row for row, info in old.rowinfo_map.items() if info.hidden or info.height == 0}
    sheet.hidden_columns = [
        (column, column) for column, info in old.colinfo_map.items() if info.hidden or info.width == 0
    ]
    sheet.merged = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in old.merged_cells]
    for row in range(old.nrows):
        for column in range(old.row_len(row)):
            made = _cell(book, old, (row, column), document)
            if made is not None:
                sheet.put(row, column, made)
    return sheet


def _cell(book: Book, old: OldSheet, at: tuple[int, int], document: str) -> RawCell | None:
    kind, value = old.cell_type(*at), old.cell_value(*at)
    place = Place(document=document, sheet=old.name, cell=reference(*at))
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        code = book.format_map[book.xf_list[old.cell_xf_index(*at)].format_key].format_str
        seen = plain_day(shown(value, code, from_1904=bool(book.datemode)), general(value))
        return number_cell(seen, place, zero_hidden=value == 0 and not old.show_zero_values)
    if kind == xlrd.XL_CELL_ERROR:
        word = xlrd.error_text_from_code.get(value, "#ERROR")
        return unread(place, f"单元格是错误值 {word}：请改正公式并重新保存")
    if kind == xlrd.XL_CELL_BOOLEAN:
        return RawCell("TRUE" if value else "FALSE", place)
    if kind != xlrd.XL_CELL_TEXT:
        return None
    text = visible("".join(_runs(book, old, at)))
    return RawCell(text, place) if text.strip() else None


def _runs(book: Book, old: OldSheet, at: tuple[int, int]) -> Iterator[str]:
    """The text of a cell without raised note marks."""
    text = old.cell_value(*at)
    runs = old.rich_text_runlist_map.get(at) or []
    starts = [(0, None), *runs]
    printed = ""
    for (start, font), (end, _) in zip(starts, [*starts[1:], (len(text), None)]):
        piece = text[start:end]
        raised = font is not None and book.font_list[font].escapement == _SUPERSCRIPT
        if not (raised and is_note_mark(piece, printed)):
            printed += piece
            yield piece


class _Silent:
    """xlrd reports oddities of a file on its log; what matters to us it raises."""

    def write(self, text: str) -> int:
        return len(text)
