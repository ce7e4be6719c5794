"""Invented budgets in the forms that provinces print: titles, heads and rows of a form, filled with one small plan."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

ENTITY, YEAR = "澜滨县教育局", 2024
# code: name, basic personnel, basic public, project, last year's total; fund money stands in the fund table
GENERAL = {
    "205": ("教育支出", "260.50", "39.50", "100.00", "380.00"),
    "20501": ("教育管理事务", "260.50", "39.50", "100.00", "380.00"),
    "2050101": ("行政运行", "260.50", "39.50", "", "280.00"),
    "2050102": ("一般行政管理事务", "", "", "100.00", "100.00"),
    "208": ("社会保障和就业支出", "42.10", "", "", "40.10"),
    "20805": ("行政事业单位养老支出", "42.10", "", "", "40.10"),
    "2080505": ("机关事业单位基本养老保险缴费支出", "42.10", "", "", "40.10"),
    "221": ("住房保障支出", "31.40", "", "", "30.00"),
    "22102": ("住房改革支出", "31.40", "", "", "30.00"),
    "2210201": ("住房公积金", "31.40", "", "", "30.00"),
    "total": ("合计", "334.00", "39.50", "100.00", "450.10"),
}
FUND = {
    code: (name, "", "", "60.00", "75.00")
    for code, name in (
        ("212", "城乡社区支出"),
        ("21208", "国有土地使用权出让收入安排的支出"),
        ("2120804", "农村基础设施建设支出"),
        ("total", "合计"),
    )
}
BASIC = {
    "301": ("工资福利支出", "334.00", ""),
    "30101": ("基本工资", "260.50", ""),
    "30108": ("机关事业单位基本养老保险缴费", "42.10", ""),
    "30113": ("住房公积金", "31.40", ""),
    "302": ("商品和服务支出", "", "39.50"),
    "30201": ("办公费", "", "35.30"),
    "30217": ("公务接待费", "", "1.20"),
    "30231": ("公务用车运行维护费", "", "3.00"),
    "total": ("合计", "334.00", "39.50"),
}
THREE = {
    "total": "4.20",
    "abroad": "0.00",
    "vehicle": "3.00",
    "purchase": "0.00",
    "operation": "3.00",
    "reception": "1.20",
}
LAST_THREE = {
    "total": "4.50",
    "abroad": "0.00",
    "vehicle": "3.20",
    "purchase": "0.00",
    "operation": "3.20",
    "reception": "1.30",
}
CLASSES = {"教育支出": "400.00", "社会保障和就业支出": "42.10", "城乡社区支出": "60.00", "住房保障支出": "31.40"}
KEYS = {
    "教育支出": "education",
    "社会保障和就业支出": "social_security_employment",
    "城乡社区支出": "urban_rural_community",
    "住房保障支出": "housing",
}


def added(*texts: str) -> str:
    total = sum(float(text) for text in texts if text)
    return f"{total:.2f}" if any(texts) else ""


@dataclass
class Sheet:
    """One printed table and the cells that must be read of it: (row, column) → text."""

    title: str
    table: str
    heads: list[list[str]]
    merged: list[str]
    rows: list[list[str]]
    cells: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """A printed column: heads from top to bottom, the key it is read as, where its value comes from."""

    heads: tuple[str, ...]
    key: str
    value: object = None  # function of a line


def subjects(
    title: str, table: str, columns: Sequence[Column], lines: dict, *, split: bool = False, first: bool = False
) -> Sheet:
    """A table of coded rows. `split`: 类, 款, 项 in three cells; `first`: the total stands before the rows."""
    depth = max(len(column.heads) for column in columns) + (1 if split else 0)
    lead = (
        [["科目编码", "类"], ["科目编码", "款"], ["科目编码", "项"], ["科目名称"]]
        if split
        else [["科目编码"], ["科目名称"]]
    )
    paths = [*lead, *(list(column.heads) for column in columns)]
    heads = [[path[min(level, len(path) - 1)] for path in paths] for level in range(depth)]
    rows, cells = [], {}
    order = (
        sorted(lines, key=lambda code: (code == "total") != first)
        if not first
        else ["total", *(c for c in lines if c != "total")]
    )
    for code in order:
        line = lines[code]
        parts = [code[:3], code[3:5], code[5:7]] if split else [code]
        named = ["合计"] + [""] * (len(lead) - 1) if code == "total" else [*parts, line[0]]
        values = [column.value(line) if column.value else "" for column in columns]
        rows.append([*named, *values])
        key = code if (len(code) != 3 and len(code) != 5) or code[0] != "3" else f"e{code}"
        cells |= {
            (key, column.key): value for column, value in zip(columns, values, strict=True) if column.key and value
        }
    return Sheet(title, table, heads, _spans(heads, paths), rows, cells)


def _spans(heads: list[list[str]], paths: list[list[str]]) -> list[str]:
    """Merged areas of the head: equal texts beside each other, and a head that reaches down."""
    areas, done = [], set()
    for row, line in enumerate(heads):
        for col, text in enumerate(line):
            if (row, col) in done:
                continue
            right = col
            while (
                right + 1 < len(line)
                and line[right + 1] == text
                and paths[right + 1][: row + 1] == paths[col][: row + 1]
                and len(paths[col]) > row + 1
            ):
                right += 1
            down = row
            while right == col and down + 1 < len(heads) and heads[down + 1][col] == text:
                down += 1
            done |= {(r, c) for r in range(row, down + 1) for c in range(col, right + 1)}
            if (right, down) != (col, row):
                areas.append((row, col, down, right))
    return areas  # type: ignore[return-value]


def two_sided(
    title: str,
    table: str,
    left: list[tuple[str, str, str]],
    right: list[tuple[str, str, dict]],
    columns: Sequence[tuple[str, str]],
    *,
    said: str = "预算数",
) -> Sheet:
    """A summary: (label, row key, amount) on the left; (label, row key, column → amount) on the right."""
    if len(columns) > 1:
        heads = [
            ["收入", "收入", *["支出"] * (1 + len(columns))],
            ["项目", said, "项目", *(head for head, _ in columns)],
        ]
    else:
        heads = [["收入", "收入", "支出", "支出"], ["项目", said, "项目", said]]
    rows, cells = [], {}
    for number in range(max(len(left), len(right))):
        one = left[number] if number < len(left) else ("", "", "")
        other = right[number] if number < len(right) else ("", "", {})
        rows.append([one[0], one[2], other[0], *(other[2].get(key, "") for _, key in columns)])
        cells |= {(one[1], "revenue_amount"): one[2]} if one[2] else {}
        cells |= {(other[1], key): text for key, text in other[2].items() if text}
    merged = [(0, 0, 0, 1), (0, 2, 0, 2 + len(columns))]
    return Sheet(title, table, heads, merged, rows, cells)  # type: ignore[arg-type]


def grid(title: str, groups: Sequence[tuple[str, dict | None, str]], *, vehicle: str, tail: str = "") -> Sheet:
    """The grid of the three public expenses: (head above, amounts, prefix of the keys) per group."""
    names = [
        ("合计", "total"),
        ("因公出国（境）费", "abroad"),
        (vehicle, "vehicle"),
        (vehicle, "purchase"),
        (vehicle, "operation"),
        ("公务接待费", "reception"),
    ]
    below = {"vehicle": "小计", "purchase": f"公务用车购置费{tail}", "operation": f"公务用车运行费{tail}"}
    keys = {"purchase": "vehicle_purchase", "operation": "vehicle_operation"}
    paths, values, cells = [], [], {}
    for head, amounts, prefix in groups:
        for name, key in names:
            above = [head] if head else []
            paths.append([*above, name, below[key]] if key in below else [*above, name])
            values.append(amounts[key] if amounts else "")
            if amounts and prefix:
                cells["data", f"{prefix}{keys.get(key, key)}"] = amounts[key]
    depth = max(map(len, paths))
    heads = [[path[min(level, len(path) - 1)] for path in paths] for level in range(depth)]
    return Sheet(title, "budget_three_public", heads, _spans(heads, paths), [values], cells)


def write(sheets: Sequence[Sheet], path: Path, *, line: str = "部门：") -> Path:
    """A workbook of these tables, each on a sheet of its own: title, whose, unit, grid."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, 1):
        made = book.create_sheet(f"{number}"[:31])
        made.append([sheet.title.format(year=YEAR, last=YEAR - 1)])
        made.append([f"{line}{ENTITY}", *[""] * max(0, len(sheet.heads[0]) - 2), "单位：万元"])
        for head in sheet.heads:
            made.append([text.format(year=YEAR, last=YEAR - 1) for text in head])
        for row in sheet.rows:
            made.append(row)
        for top, left, bottom, right in sheet.merged:  # type: ignore[misc]
            made.merge_cells(start_row=3 + top, start_column=1 + left, end_row=3 + bottom, end_column=1 + right)
    book.save(path)
    return path


BASIC_OF, PUBLIC_OF, PROJECT_OF, LAST_OF = 1, 2, 3, 4


def basic(line: tuple) -> str:
    return added(line[1], line[2])


def total(line: tuple) -> str:
    return added(line[1], line[2], line[3])


def project(line: tuple) -> str:
    return line[3]


def last(line: tuple) -> str:
    return line[4]


def change(line: tuple) -> str:
    return f"{float(total(line)) - float(last(line)):.2f}"


def rate(line: tuple) -> str:
    return f"{(float(total(line)) / float(last(line)) - 1) * 100:.2f}"
