"""The review sheet (审核表): findings as an inspector's checklist in Excel, and reading the reviewed sheet back."""

import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from fiscal.commands.baseline import DECISIONS, NOT_TRUE, Baseline, Earlier, gathered
from fiscal.commands.place_words import followed, place, some
from fiscal.errors import ReadError
from fiscal.model.finding import SEVERITY_WORDS
from fiscal.paths import workbook

SHEET, LEGEND, CHECKLIST = "审核表", "填写说明", "检查清单"
ASKED = (
    ("单位", 16), ("年度", 6), ("序号", 5), ("类别", 10), ("检查内容", 44), ("结果", 8), ("位置", 32), ("说明", 60),
)  # fmt: skip
COLUMNS = (
    ("序号", 5), ("单位", 14), ("年度", 6), ("性质", 8), ("位置", 26), ("原文", 24), ("问题", 44), ("建议", 32),
    ("审核意见", 15), ("处理说明", 16), ("审核人", 9), ("规则", 26), ("编号", 20), ("资料", 20),
)  # fmt: skip
NAMES = tuple(name for name, _ in COLUMNS)
PRINTED = NAMES.index("审核人")  # the last column that is printed; the others serve the program
MEANING = {
    "属实": "问题成立，尚未决定如何处理；下次核对仍会列出",
    "属实，已改": "问题成立，已在资料中更正；下次核对应显示为已解决",
    "属实，待改": "问题成立，尚待更正；下次核对仍会列出",
    NOT_TRUE: "核实后不是问题；下次用本表对照时不再列出，只计数",
    "待定": "尚未核实；空白和其他写法都按待定处理",
}
_A4 = 9
_LINE, _TALLEST = 15, 405  # points of a line; Excel has no row higher than 409
_BROKEN = (KeyError, OSError, ValueError, EOFError, SyntaxError, ET.ParseError, zipfile.BadZipFile, zlib.error,
           InvalidFileException)  # fmt: skip


def write_sheet(result: dict, out: Path) -> None:
    """One line per finding: place, quotation, problem, suggestion, and columns for the reviewer's decision.

    What was decided in the sheet that the check was compared with stands there again.
    """
    with workbook(out, in_memory=True) as book:
        _findings(book, [line for entry in result["documents"] for line in _lines(entry)])
        if answers := [line for entry in result["documents"] for line in _answers(entry)]:
            ruled(book, CHECKLIST, ASKED, answers)
        _legend(book, [f"{entry['entity'] or entry['path']}：{sentence}" for entry in result["documents"]
                       for sentence in entry.get("told", ())])  # fmt: skip


def ruled(book: Workbook, name: str, columns: Sequence[tuple[str, int]], lines: Iterable[Sequence]
          ) -> Worksheet:  # fmt: skip
    """A sheet of lines under heads of these widths, printed on A4 across, the head on every page."""
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#d8e8e8", "valign": "vcenter"})
    body = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
    for index, (title, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        sheet.write(0, index, title, head)
    for number, line in enumerate(lines, start=1):
        sheet.write_row(number, 0, line, body)
        sheet.set_row(number, _height(line, columns))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _on_paper(sheet)
    return sheet


def _height(line: Sequence, columns: Sequence[tuple[str, int]]) -> int:
    """Points that show every text whole: LibreOffice lets lines of wrapped text run into the next row else."""
    wide = [sum(1 + (sign > "\u2000") for sign in str(value)) for value in line]
    n_lines = max(-(-signs // (width - 1)) for signs, (_, width) in zip(wide, columns))
    return min(_TALLEST, _LINE * max(1, n_lines))


def _on_paper(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _findings(book: Workbook, lines: list[list]) -> None:
    sheet = ruled(book, SHEET, COLUMNS, ([number, *line] for number, line in enumerate(lines, start=1)))
    last = max(1, len(lines))
    decision = NAMES.index("审核意见")
    sheet.data_validation(1, decision, last, decision, {
        "validate": "list", "source": list(DECISIONS), "input_title": "审核意见", "input_message": f"见“{LEGEND}”",
        "error_title": "审核意见", "error_message": "请从列表中选择；其他写法按待定处理",
    })  # fmt: skip
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第&P页，共&N页")
    sheet.print_area(0, 0, last, PRINTED)


def _answers(entry: dict) -> list[list]:
    """The inspector's checklist of an account, one line per question."""
    keys = ("id", "group", "question", "answer", "place", "note")
    return [[entry["entity"], entry["year"], *(one[key] for key in keys)] for one in entry.get("checklist", ())]


def _legend(book: Workbook, told: list[str]) -> None:
    sheet = book.add_worksheet(LEGEND)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 80)
    sheet.write_row(0, 0, ["审核意见", "含义"], bold)
    for number, (word, meaning) in enumerate(MEANING.items(), start=1):
        sheet.write_row(number, 0, [word, meaning], wrap)
    below = len(MEANING) + 2
    sheet.write(below, 0, "请勿移动、删除或改名各列；可在“审核意见”“处理说明”“审核人”三列填写。")
    for number, sentence in enumerate(told, start=below + 2):
        sheet.write(number, 0, sentence)
    _on_paper(sheet)


def _lines(entry: dict) -> list[list]:
    if entry["error"]:
        return [[entry["path"], "", "", "", "", entry["error"], "", "", "", "", "", "", entry["path"]]]
    return [_line(entry, finding) for finding in (*entry["findings"], *entry.get("left_out", ()))]


def _line(entry: dict, finding: dict) -> list[Any]:
    before = finding.get("review") or {}
    more = followed(finding)
    problem = f"{finding['message']}（{more}）" if more else finding["message"]
    return [
        entry["entity"], entry["year"], SEVERITY_WORDS[finding["severity"]],
        "；".join(some(map(place, finding["evidence"]))),
        "；".join(some(item["text"] or item["value"] or "" for item in finding["evidence"])),
        problem, finding["suggestion"], before.get("decision", ""), before.get("note", ""),
        before.get("reviewer", ""), finding["rule"], finding["key"], entry["path"],
    ]  # fmt: skip


def read_sheet(path: Path) -> Baseline:
    """What a reviewer decided, line by line; words that are no decision are told with their cell and count as 待定.

    Errors: ReadError for what is no review sheet, and where a column was moved, renamed or removed.
    """
    try:
        book = openpyxl.load_workbook(path, data_only=True)
        rows = [list(row) for row in book[SHEET].iter_rows(values_only=True)]
    except _BROKEN as error:
        raise ReadError(
            str(path), f"is no review sheet ({SHEET})", "use a file written by --format xlsx, saved as .xlsx"
        ) from error
    _refuse_other_columns(path, rows[0] if rows else [])
    lines, remarks = [], []
    for number, row in enumerate(rows[1:], start=2):
        line = {name: "" if value is None else str(value).strip() for name, value in zip(NAMES, row)}
        if not line["编号"]:
            continue
        decision = line["审核意见"]
        if decision and decision not in DECISIONS:
            where = f"{get_column_letter(NAMES.index('审核意见') + 1)}{number}"
            remarks.append(f"{path.name}的{where}：“{decision}”不是可选的审核意见，按待定处理")
            decision = "待定"
        one = Earlier(line["编号"], line["规则"], line["问题"], decision, line["处理说明"], line["审核人"])
        lines.append((line["单位"], line["年度"], line["资料"], one))
    return gathered(path.name, lines, [], reviewed=True, remarks=tuple(remarks))


def _refuse_other_columns(path: Path, head: list) -> None:
    printed = [str(value or "").strip() for value in head[: len(NAMES)]]
    if printed == list(NAMES):
        return
    missing = [name for name in NAMES if name not in printed]
    what = f"缺少列：{'、'.join(missing)}" if missing else "各列的顺序已改变"
    raise ReadError(
        str(path), f"is a review sheet with other columns ({what})", f"restore the columns {'、'.join(NAMES)}"
    )
