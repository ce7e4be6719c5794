"""Number formats of an old .xls workbook, which calamine does not give."""

import struct
from pathlib import Path

import xlrd
from xlrd.book import Book
from xlrd.compdoc import CompDocError
from xlrd.sheet import Sheet

from fiscal.errors import FileRefused
from fiscal.readers.excel.number_format import GENERAL
from fiscal.readers.excel.styles import SheetStyles

# What xlrd raises on files that are cut off or written by other programs.
_DAMAGE = (xlrd.XLRDError, CompDocError, struct.error, AssertionError, IndexError, KeyError, ValueError)


def old_styles(path: Path) -> tuple[dict[str, SheetStyles], list[str]]:
    """Sheet name → format codes of its number cells, and a sentence where they cannot be read.

    Errors: FileRefused for encrypted files.
    """
    try:
        book = xlrd.open_workbook(str(path), formatting_info=True, logfile=_Silent())
    except _DAMAGE as error:
        if "encrypt" in str(error).lower():
            raise FileRefused(path.name, "the workbook is encrypted", "save it without a password") from error
        return {}, [
            f"{path.name}: number formats cannot be read ({error}); numbers are taken as stored — save it as .xlsx"
        ]
    return {sheet.name: _styles(book, sheet) for sheet in book.sheets()}, []


def _styles(book: Book, sheet: Sheet) -> SheetStyles:
    found = SheetStyles()
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind == xlrd.XL_CELL_NUMBER:
                style = book.xf_list[sheet.cell_xf_index(row, column)]
                code = book.format_map[style.format_key].format_str
                if code != GENERAL:
                    found.formats[xlrd.cellname(row, column)] = code
            elif kind == xlrd.XL_CELL_ERROR:
                code = sheet.cell_value(row, column)
                found.unread[xlrd.cellname(row, column)] = xlrd.error_text_from_code.get(code, "#ERROR")
    return found


class _Silent:
    """xlrd reports oddities of a file on its log; what matters to us it raises."""

    def write(self, text: str) -> int:
        return len(text)
