"""Accounts as workbooks: one sheet per table, as the official forms look."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from fiscal.model.cells import Cell
from fiscal.synthetic.forms import Form, FormCell, account_forms
from fiscal.synthetic.forms_sheets import sheet_names
from fiscal.synthetic.invent import SyntheticAccount

CREATED = datetime(2000, 1, 1)  # fixed, so that the same account gives the same bytes
TITLE = "部门决算公开表"
_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 16, "align": "center", "valign": "vcenter"},
    "left": {**_FONT, "align": "left"},
    "center": {**_FONT, "align": "center"},
    "right": {**_FONT, "align": "right"},
    "head": {**_FONT, "border": 1, "align": "center", "text_wrap": True, "bg_color": "#F2F2F2"},
    "label": {**_FONT, "border": 1, "align": "left", "text_wrap": True},
    "code": {**_FONT, "border": 1, "align": "center", "num_format": "@"},
    "amount": {**_FONT, "border": 1, "align": "right"},
}
_WIDTHS = {"label": 34, "code": 12, "amount": 14}


class Styles:
    """The cell formats of one workbook, made when first asked for."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            style, _, digits = name.partition(".")
            number = {"num_format": "0" + ("." + "0" * int(digits) if int(digits) else "")} if digits else {}
            self._made[name] = self._book.add_format({**_STYLES[style], **number})
        return self._made[name]


def write_xlsx(account: SyntheticAccount, path: str | Path) -> None:
    """One invented account as a workbook. Its words stand in notes.yaml, not in the workbook."""
    write_forms(
        account_forms(account),
        path,
        names=sheet_names(account.style.profile),
        title=TITLE if account.kind != "budget" else account.title,
    )


def write_forms(forms: Iterable[Form], path: str | Path, *, names: Iterable[str], title: str = TITLE) -> None:
    """Write a workbook. `names` are the sheet names; amounts are numbers whose format shows their printed digits."""
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        styles = Styles(book)
        book.set_properties({"title": title, "created": CREATED})
        for form, name in zip(forms, names, strict=True):
            _sheet(book.add_worksheet(name[:31]), form, styles)


def _sheet(sheet: Any, form: Form, styles: Styles) -> None:
    width = len(form.styles)
    start = _lines_above(sheet, form, styles, width)
    for row, cells in enumerate(form.grid, start):
        for col, cell in enumerate(cells):
            if cell is not None:
                _write(sheet, row, col, cell=cell, styles=styles)
    if form.note:
        sheet.write_string(start + len(form.grid), 0, form.note, styles["left"])
    for col, style in enumerate(form.styles):
        sheet.set_column(col, col, _WIDTHS[style])
    sheet.freeze_panes(start + form.n_head, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _lines_above(sheet: Any, form: Form, styles: Styles, width: int) -> int:
    """Title, number of the form, entity, year and unit; the row where the grid begins."""
    sheet.merge_range(0, 0, 0, width - 1, form.title, styles["title"])
    sheet.set_row(0, 28)
    sheet.write_string(1, width - 1, form.number, styles["right"])
    sheet.write_string(2, 0, f"部门：{form.entity}", styles["left"])
    sheet.write_string(2, width // 2, f"{form.year}年度", styles["center"])
    sheet.write_string(2, width - 1, f"单位：{form.unit}", styles["right"])
    return 3


def _write(sheet: Any, row: int, col: int, *, cell: FormCell, styles: Styles) -> None:
    if cell.rows > 1 or cell.cols > 1:
        last = (row + cell.rows - 1, col + cell.cols - 1)
        sheet.merge_range(row, col, *last, cell.text, styles[cell.style])
    elif isinstance(cell.content, Cell):
        _amount(sheet, row, col, cell=cell.content, styles=styles)
    elif cell.content:
        sheet.write_string(row, col, cell.content, styles["label" if cell.style == "label" else "code"])
    else:
        sheet.write_blank(row, col, None, styles[cell.style])


def _amount(sheet: Any, row: int, col: int, *, cell: Cell, styles: Styles) -> None:
    if cell.value is not None:
        sheet.write_number(row, col, float(cell.value), styles[f"amount.{cell.digits}"])
    elif cell.is_unknown:
        sheet.write_string(row, col, str(cell), styles["amount"])
    else:
        sheet.write_blank(row, col, None, styles["amount"])
