"""The review sheet (审核表): findings as an inspector's checklist in Excel, and reading the reviewed sheet back."""

import zipfile
import zlib
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.utils.exceptions import InvalidFileException

from fiscal.errors import ReadError
from fiscal.model.finding import SEVERITY_WORDS

SHEET = "审核表"
COLUMNS = (
    ("序号", 6), ("单位", 24), ("年度", 7), ("性质", 8), ("位置", 30), ("原文", 36), ("问题", 60), ("建议", 40),
    ("审核意见（接受/修改/不采纳）", 16), ("处理说明", 24), ("审核人", 10), ("规则", 28), ("编号", 34),
)  # fmt: skip
DECISION, KEY = 8, 12
ACCEPTED = frozenset({"接受", "不采纳", "无需修改", "已核实", "accepted"})
DECISIONS = ("接受", "修改", "不采纳")


def write_sheet(result: dict, out: Path) -> None:
    """One line per finding: place, quotation, problem, suggestion, and blank columns for the reviewer's decision."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(out), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(SHEET)
        head = book.add_format(
            {"bold": True, "text_wrap": True, "border": 1, "bg_color": "#d8e8e8", "valign": "vcenter"}
        )
        body = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        for index, (name, width) in enumerate(COLUMNS):
            sheet.set_column(index, index, width)
            sheet.write(0, index, name, head)
        lines = [line for entry in result["documents"] for line in _lines(entry)]
        for number, line in enumerate(lines, start=1):
            sheet.write_row(number, 0, [number, *line], body)
        sheet.freeze_panes(1, 0)
        sheet.data_validation(
            1, DECISION, max(1, len(lines)), DECISION, {"validate": "list", "source": list(DECISIONS)}
        )
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)


def _lines(entry: dict) -> list[list]:
    if entry["error"]:
        return [[entry["path"], "", "", "", "", entry["error"], "", "", "", "", "", ""]]
    return [
        [
            entry["entity"], entry["year"], SEVERITY_WORDS[finding["severity"]],
            "；".join(dict.fromkeys(_place(item) for item in finding["evidence"])), _quotation(finding),
            finding["message"], finding["suggestion"], "", "", "", finding["rule"], finding["key"],
        ]
        for finding in entry["findings"]
    ]  # fmt: skip


def _place(item: dict) -> str:
    page = f"第{item['page']}页" if item["page"] else ""
    parts = (item["document"], page, item["sheet"], item["cell"], item["row"], item["column"])
    return " ".join(str(part) for part in parts if part)


def _quotation(finding: dict) -> str:
    return "；".join(dict.fromkeys(item["text"] or item["value"] or "" for item in finding["evidence"]))


def read_accepted(path: Path) -> frozenset[str]:
    """Keys of the findings that a reviewer decided need no change (接受 or 不采纳)."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = list(book[SHEET].iter_rows(min_row=2, values_only=True))
    except (KeyError, OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error, InvalidFileException) as error:
        raise ReadError(str(path), f"is no review sheet ({SHEET})", "use a file written by --format xlsx") from error
    return frozenset(str(row[KEY]) for row in rows if len(row) > KEY and str(row[DECISION] or "").strip() in ACCEPTED)
