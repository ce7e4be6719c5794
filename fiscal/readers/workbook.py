"""Workbooks, .xlsx and old .xls: values and merged cells with calamine, number formats from the XML."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from fiscal.errors import FileRefused
from fiscal.model.cells import Place
from fiscal.readers.archive import OLE, beginning, has_member, is_ole_with, open_safely
from fiscal.readers.grid import RawCell, RawDocument, RawGrid
from fiscal.readers.number_format import general, shown
from fiscal.readers.workbook_styles import SheetStyles, sheet_styles

MOST_CELLS = 2_000_000


def can_read(path: Path) -> bool:
    """Whether the content is a workbook, whatever the file is called."""
    return has_member(path, "xl/workbook.xml") or has_member(path, "xl/workbook.bin") or is_ole_with(path, "Workbook", "Book")  # fmt: skip


def read(path: Path) -> RawDocument:
    """All sheets as grids of texts, in order. Errors: FileRefused."""
    old = beginning(path) == OLE
    styles, problems = ({}, []) if old else _styles(path)
    if old and is_ole_with(path, "_VBA_PROJECT"):
        problems.append(f"{path.name}: the workbook contains macros; they were not run, only the cells were read")
    book = _open(path)
    grids = []
    for meta in book.sheets_metadata:
        try:
            sheet = book.get_sheet_by_name(meta.name)
            grid = _grid(
                sheet, styles.get(meta.name, SheetStyles()), path, hidden=meta.visible != SheetVisibleEnum.Visible
            )
        except (CalamineError, ValueError) as error:
            problems.append(
                f"{path.name}, {meta.name}: the sheet cannot be read ({error}) — save the workbook again in Excel or WPS"
            )
            continue
        if grid is not None:
            grids.append(grid)
    return RawDocument(str(path), "xls" if old else "xlsx", tuple(grids), problems=tuple(problems))


def _styles(path: Path) -> tuple[dict[str, SheetStyles], list[str]]:
    with open_safely(path) as archive:
        if "xl/vbaProject.bin" in archive.NameToInfo:
            raise FileRefused(path.name, "the workbook contains macros", "save it as .xlsx without macros")
        return sheet_styles(archive), []


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise FileRefused(path.name, "the workbook is encrypted", "save it without a password") from error
    except (CalamineError, ValueError, OSError) as error:
        raise FileRefused(path.name, f"the workbook is truncated or damaged ({error})", "open and save it again in Excel or WPS") from error  # fmt: skip


def _grid(sheet: CalamineSheet, styles: SheetStyles, path: Path, *, hidden: bool) -> RawGrid | None:
    """One sheet as a grid; None for a sheet without any content."""
    values = sheet.to_python(skip_empty_area=False)
    if not values:
        return None
    width = len(values[0])
    if len(values) * width > MOST_CELLS:
        raise ValueError(f"{len(values)} rows × {width} columns")
    spans, covered = _merged(sheet)
    letters = [_letters(column) for column in range(width)]
    rows = []
    for top, line in enumerate(values):
        number = str(top + 1)
        rows.append(
            tuple(
                None if (top, left) in covered else _cell(value, letters[left] + number, (sheet.name, path.name), styles, spans.get((top, left), (1, 1)))
                for left, value in enumerate(line)
            )
        )  # fmt: skip
    return RawGrid(tuple(rows), Place(document=path.name, sheet=sheet.name), hidden=hidden)


def _merged(sheet: CalamineSheet) -> tuple[dict, set]:
    """(top, left) → (rows, columns) of merged cells, and the positions they cover."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
            continue
        spans[top, left] = (bottom - top + 1, right - left + 1)
        covered.update((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
        covered.discard((top, left))
    return spans, covered


def _cell(value: Any, reference: str, where: tuple[str, str], styles: SheetStyles, span: tuple[int, int]) -> RawCell:
    place = Place(document=where[1], sheet=where[0], cell=reference)
    if value == "" and reference in styles.formulas:
        return RawCell(f"={styles.formulas[reference]}", place, *span)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        text, decimals = shown(value, styles.formats.get(reference, ""))
        if styles.zeros_hidden and value == 0:
            text = ""
        return RawCell(text, place, *span, decimals, True)
    return RawCell(_text(value), place, *span)


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
