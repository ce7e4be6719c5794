"""Workbooks, .xlsx and old .xls: values and merged cells with calamine, number formats from the XML."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from fiscal.errors import FileRefused
from fiscal.model.cells import Place
from fiscal.model.unread import MARK
from fiscal.readers.archive import OLE, beginning, has_member, is_ole_with, open_safely, refuse_entities
from fiscal.readers.excel.number_format import general, shown
from fiscal.readers.excel.styles import SheetStyles, sheet_styles
from fiscal.readers.excel.workbook_old import old_styles
from fiscal.readers.grid import RawCell, RawDocument, RawGrid

MOST_CELLS = 2_000_000


def can_read(path: Path) -> bool:
    """Whether the content is a workbook, whatever the file is called."""
    return any(has_member(path, f"xl/workbook.{kind}") for kind in ("xml", "bin")) or is_ole_with(
        path, "Workbook", "Book"
    )


def read(path: Path) -> RawDocument:
    """All sheets as grids of texts, in order. Errors: FileRefused."""
    old = beginning(path) == OLE
    styles, problems = old_styles(path) if old else (_styles(path), [])
    if old and is_ole_with(path, "_VBA_PROJECT"):
        problems.append(f"{path.name}: the workbook contains macros; they were not run, only cells were read")
    book = _open(path)
    grids = []
    for meta in book.sheets_metadata:
        known = styles.get(meta.name, SheetStyles())
        try:
            if known.rows * known.columns > MOST_CELLS:
                raise ValueError(f"its cells reach over {known.rows} rows × {known.columns} columns")
            sheet = book.get_sheet_by_name(meta.name)
            grid = _grid(sheet, known, path, hidden=meta.visible != SheetVisibleEnum.Visible)
        except (CalamineError, ValueError) as error:
            problems.append(
                f"{path.name}, {meta.name}: the sheet cannot be read ({error}) — save it again in Excel or WPS"
            )
            continue
        if grid is not None:
            grids.append(grid)
    return RawDocument(str(path), "xls" if old else "xlsx", tuple(grids), problems=tuple(problems))


def _styles(path: Path) -> dict[str, SheetStyles]:
    with open_safely(path) as archive:
        if "xl/vbaProject.bin" in archive.NameToInfo:
            raise FileRefused(path.name, "the workbook contains macros", "save it as .xlsx without macros")
        refuse_entities(archive)
        return sheet_styles(archive)


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise FileRefused(path.name, "the workbook is encrypted", "save it without a password") from error
    except (CalamineError, ValueError, OSError) as error:
        what = f"the workbook is truncated or damaged ({error})"
        raise FileRefused(path.name, what, "open and save it again in Excel or WPS") from error


def _grid(sheet: CalamineSheet, styles: SheetStyles, path: Path, *, hidden: bool) -> RawGrid | None:
    """One sheet as a grid; None for a sheet without any content."""
    values = sheet.to_python(skip_empty_area=False)
    if not values:
        return None
    width = len(values[0])
    if len(values) * width > MOST_CELLS:
        raise ValueError(f"{len(values)} rows × {width} columns")
    spans, covered = _merged(sheet, (len(values), width))
    letters = [_letters(column) for column in range(width)]
    maker = _Maker(path.name, sheet.name, styles)
    rows = tuple(
        tuple(
            None if (top, left) in covered else maker.cell(value, f"{letters[left]}{top + 1}", spans.get((top, left)))
            for left, value in enumerate(line)
        )
        for top, line in enumerate(values)
    )
    return RawGrid(rows, Place(document=path.name, sheet=sheet.name), hidden=hidden)


def _merged(sheet: CalamineSheet, size: tuple[int, int]) -> tuple[dict, set]:
    """(top, left) → (rows, columns) of merged cells, and the positions they cover, within the filled part."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for (top, left), last in sheet.merged_cell_ranges or []:
        bottom, right = min(last[0], size[0] - 1), min(last[1], size[1] - 1)
        spans[top, left] = (bottom - top + 1, right - left + 1)
        covered.update((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
        covered.discard((top, left))
    return spans, covered


@dataclass(frozen=True)
class _Maker:
    """Makes the cells of one sheet."""

    document: str
    sheet: str
    styles: SheetStyles

    def cell(self, value: Any, reference: str, span: tuple[int, int] | None) -> RawCell:
        """One value as its number format shows it; a formula without a stored result and an error are told as texts."""
        place = Place(document=self.document, sheet=self.sheet, cell=reference)
        rows, cols = span or (1, 1)
        if value == "" and reference in self.styles.unread:
            return RawCell(MARK, place, rows, cols, unread=_why(self.styles.unread[reference]))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            text, decimals = shown(value, self.styles.formats.get(reference, ""))
            hidden = self.styles.zeros_hidden and value == 0
            return RawCell("" if hidden else text, place, rows, cols, decimals, True)
        return RawCell(_text(value), place, rows, cols)


def _why(text: str) -> str:
    """Why a cell of a workbook has no value: a formula whose result was never stored, or an error."""
    if text.startswith("="):
        return f"公式 {text} 没有存下结果：请用 Excel 或 WPS 打开、计算并重新保存"
    return f"单元格是错误值 {text}：请改正公式并重新保存"


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (datetime, date)):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, (time, timedelta, bool)):
        return str(value)
    return "" if value is None else general(value)


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
