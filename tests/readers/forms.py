"""Three statutory tables of an invented bureau in short notation, and writers that print them in each format.

"<" is covered by the cell to the left, "^" by the cell above.
"""

from collections.abc import Sequence

Rows = Sequence[Sequence[str]]

SUMMARY: Rows = [
    ["收入", "<", "<", "支出", "<", "<"],
    ["项目", "行次", "金额", "项目", "行次", "金额"],
    ["栏次", "", "1", "栏次", "", "2"],
    ["一、一般公共预算财政拨款收入", "1", "1,214.18", "一、一般公共服务支出", "32", "1,189.78"],
    ["二、政府性基金预算财政拨款收入", "2", "4.78", "八、社会保障和就业支出", "39", "29.18"],
    ["八、其他收入", "8", "0.00", "九、卫生健康支出", "40", ""],
    ["本年收入合计", "27", "1,218.96", "本年支出合计", "58", "1,218.96"],
    ["年初结转和结余", "29", "", "年末结转和结余", "60", ""],
    ["总计", "31", "1,218.96", "总计", "62", "1,218.96"],
]
REVENUE: Rows = [
    ["项目", "<", "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "<", "经营收入", "附属单位上缴收入",
     "其他收入"],
    ["功能分类科目编码", "科目名称", "^", "^", "^", "小计", "其中：教育收费", "^", "^", "^"],
    ["合计", "<", "1,218.96", "1,218.96", "", "", "", "", "", "0.00"],
    ["201", "一般公共服务支出", "1,189.78", "1,189.78", "", "", "", "", "", ""],
    ["20103", "政府办公厅（室）及相关机构事务", "1,189.78", "1,189.78", "", "", "", "", "", ""],
    ["2010350", "事业运行", "1,189.78", "1,189.78", "", "", "", "", "", ""],
    ["208", "社会保障和就业支出", "29.18", "29.18", "", "", "", "", "", ""],
    ["20805", "行政事业单位养老支出", "29.18", "29.18", "", "", "", "", "", ""],
    ["2080505", "机关事业单位基本养老保险缴费支出", "29.18", "29.18", "", "", "", "", "", ""],
]  # fmt: skip
EXPENDITURE: Rows = [
    ["项目", "<", "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"],
    ["功能分类科目编码", "科目名称", "^", "^", "^", "^", "^", "^"],
    ["合计", "<", "1,218.96", "1,190.00", "28.96", "", "", ""],
    ["201", "一般公共服务支出", "1,189.78", "1,160.82", "28.96", "", "", ""],
    ["2010350", "事业运行", "1,189.78", "1,160.82", "28.96", "", "", ""],
    ["208", "社会保障和就业支出", "29.18", "29.18", "", "", "", ""],
    ["2080505", "机关事业单位基本养老保险缴费支出", "29.18", "29.18", "", "", "", ""],
]
TABLES = {"收入支出决算总表": SUMMARY, "收入决算表": REVENUE, "支出决算表": EXPENDITURE}
IDS = ("revenue_expenditure_summary", "revenue", "expenditure")


def span(rows: Rows, y: int, x: int) -> tuple[int, int]:
    """How many rows and columns the cell at (y, x) covers."""
    wide = next((n for n in range(1, len(rows[y]) - x) if rows[y][x + n] != "<"), len(rows[y]) - x)
    tall = next((n for n in range(1, len(rows) - y) if rows[y + n][x] != "^"), len(rows) - y)
    return tall, wide


def html_table(rows: Rows) -> str:
    """A table as a page prints it."""
    lines = (
        "".join(_html_cell(text, *span(rows, y, x)) for x, text in enumerate(row) if text not in "<^" or not text)
        for y, row in enumerate(rows)
    )
    return "<table border=1 cellspacing=0>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _html_cell(text: str, tall: int, wide: int) -> str:
    spans = (f" rowspan={tall}" if tall > 1 else "") + (f" colspan={wide}" if wide > 1 else "")
    return f"<td{spans}><p><span>{text or '&nbsp;'}</span></p></td>"


def word_table(document, rows: Rows) -> None:
    """A table at the end of a Word document."""
    table = document.add_table(len(rows), len(rows[0]))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            if text in ("<", "^"):
                continue
            tall, wide = span(rows, y, x)
            cell = table.cell(y, x)
            if tall * wide > 1:
                cell = cell.merge(table.cell(y + tall - 1, x + wide - 1))
            cell.text = text


def tabbed(rows: Rows) -> str:
    """A table as spreadsheet programs copy it to a text: merged cells leave blanks."""
    return "\n".join("\t".join("" if text in ("<", "^") else text for text in row) for row in rows) + "\n"


def indented(rows: Rows) -> str:
    """A table as converters of Word files flatten it: each cell after a tab in its own line, rows apart.

    Cells covered from the left are lost, those covered from above stay blank.
    """
    lines = ("\n".join("\t" + text.replace("^", "") for text in row if text != "<") for row in rows)
    return "\n\n".join(lines) + "\n\n"


def expected(rows: Rows) -> list[str]:
    """The printed amounts of a table in order, separators removed."""
    found = [text.replace(",", "") for row in rows for text in row]
    return [text for text in found if "." in text and text.replace(".", "").isdigit()]
