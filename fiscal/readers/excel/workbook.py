"""Workbooks, .xlsx and old .xls (.et): what is printed in the visible cells of every sheet."""

from pathlib import Path

from fiscal.errors import FileRefused
from fiscal.model.cells import Place
from fiscal.model.unread import SHEET, Unread
from fiscal.readers.archive import OLE, beginning, has_member, is_ole_with, open_safely, refuse_entities
from fiscal.readers.excel.book_xml import has_pictures, read_book
from fiscal.readers.excel.sheet import Sheet
from fiscal.readers.excel.sheet_xml import read_sheet
from fiscal.readers.excel.workbook_old import old_sheets
from fiscal.readers.grid import RawDocument, RawGrid


def can_read(path: Path) -> bool:
    """Whether the content is a workbook, whatever the file is called."""
    return any(has_member(path, f"xl/workbook.{kind}") for kind in ("xml", "bin")) or is_ole_with(
        path, "Workbook", "Book"
    )


def read(path: Path) -> RawDocument:
    """All sheets as grids of texts, in order; what is hidden is told, what cannot be read is unread.

    Errors: FileRefused for damaged, encrypted, dangerous and binary (.xlsb) workbooks.
    """
    old = beginning(path) == OLE
    if has_member(path, "xl/workbook.bin"):
        raise FileRefused(path.name, "a binary workbook (.xlsb)", "save it as .xlsx")
    problems: list[str] = []
    unread: list[Unread] = []
    sheets = old_sheets(path) if old else _sheets(path, problems, unread)
    if old and is_ole_with(path, "_VBA_PROJECT"):
        problems.append(f"{path.name}：工作簿有宏，未运行，只读单元格")
    grids: list[RawGrid] = []
    for sheet in sheets:
        try:
            grids += sheet.grids()
        except ValueError as error:
            unread.append(_unread(path, sheet.name, error))
        problems += sheet.told()
        unread += sheet.unread()
    return RawDocument(
        str(path), "xls" if old else "xlsx", tuple(grids), problems=tuple(problems), unread=tuple(unread)
    )


def _sheets(path: Path, problems: list[str], unread: list[Unread]) -> list[Sheet]:
    with open_safely(path) as archive:
        if "xl/vbaProject.bin" in archive.NameToInfo:
            raise FileRefused(path.name, "the workbook contains macros", "save it as .xlsx without macros")
        refuse_entities(archive)
        book = read_book(archive)
        sheets = []
        for name, hidden, member in book.sheets:
            sheet = Sheet(path.name, name, hidden)
            try:
                read_sheet(archive, member, sheet, book)
            except ValueError as error:
                unread.append(_unread(path, name, error))
                continue
            sheet.pictures = has_pictures(archive, member)
            sheets.append(sheet)
        problems += book.problems
    return sheets


def _unread(path: Path, name: str, error: ValueError) -> Unread:
    reason = f"工作表读不出（{error}）：请用 Excel 或 WPS 打开并重新保存"
    return Unread(SHEET, name, Place(document=path.name, sheet=name), reason)
