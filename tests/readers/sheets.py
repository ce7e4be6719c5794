"""Writing small workbooks for tests."""

import zipfile

import openpyxl


def workbook(path, sheets):
    """Write {sheet name: rows}; a number may be (value, number format); "<" merges to the left."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                put(sheet, r, c, value)
            merge(sheet, r, row)
    book.save(path)
    return path


def put(sheet, r, c, value):
    if value in ("", "<", None):
        return
    value, code = value if isinstance(value, tuple) else (value, "General")
    cell = sheet.cell(r, c, value)
    cell.number_format = code


def merge(sheet, r, row):
    for c, value in enumerate(row):
        if value != "<" and c + 1 < len(row) and row[c + 1] == "<":
            end = c + 1
            while end < len(row) and row[end] == "<":
                end += 1
            sheet.merge_cells(start_row=r, start_column=c + 1, end_row=r, end_column=end)


def rewritten(source, target, change, extra=()):
    """A copy of a workbook with its parts changed by `change(name, content)` and further parts added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info.filename)))
        for name, content in extra:
            new.writestr(name, content)
    return target


def revenue(rows, unit="万元"):
    """A revenue sheet: title lines, header and the given rows of code, name, total and appropriation."""
    return [
        ["收入决算表", "<", "<", "<"],
        ["公开02表"],
        ["部门：青石县图书馆", "", "", f"金额单位：{unit}"],
        ["科目编码", "科目名称", "本年收入合计", "财政拨款收入"],
        ["栏次", "", 1, 2],
        *rows,
    ]
