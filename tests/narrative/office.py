"""An invented office for tests: four tables, some stated figures, some unknown."""

from fiscal.account import Account
from fiscal.model.cells import Cell, Place
from fiscal.model.disclosure import Disclosure
from fiscal.model.money import parse_amount
from fiscal.model.table import Column, Row, Table
from fiscal.model.text import Narrative

PATH = "data/raw/office/2023"


def cell(text: str, **place) -> Cell:
    return parse_amount(text, place=Place(document="表.xlsx", **place))


def table(table_id: str, title: str, columns: dict[str, str], rows: list[tuple]) -> Table:
    """Rows are (key, code, label, level, *texts)."""
    built = []
    for number, (key, code, label, level, *texts) in enumerate(rows, start=5):
        cells = {
            name: cell(
                text, sheet=title, cell=f"{chr(67 + i)}{number}", table=table_id, row=label, column=columns[name]
            )
            for i, (name, text) in enumerate(zip(columns, texts, strict=True))
        }
        built.append(Row(key, code, label, level, cells))
    return Table(table_id, title, "万元", tuple(Column(k, v) for k, v in columns.items()), tuple(built))


def tables() -> dict[str, Table]:
    summary = table(
        "revenue_expenditure_summary", "收入支出决算总表",
        {"revenue_amount": "收入/决算数", "expenditure_amount": "支出/决算数"},
        [
            ("general_public_budget", "", "一、一般公共预算财政拨款收入", "", "326.40", ""),
            ("other_income", "", "八、其他收入", "", "0.00", ""),
            ("revenue_this_year", "", "本年收入合计", "total", "326.40", ""),
            ("revenue_total", "", "总计", "total", "326.40", ""),
            ("expenditure_this_year", "", "本年支出合计", "total", "", "326.40"),
            ("expenditure_total", "", "总计", "total", "", "326.40"),
        ],
    )  # fmt: skip
    heads = {"total": "合计", "basic": "基本支出", "project": "项目支出"}
    lines = [
        ("total", "", "合计", "total", "326.40", "241.08", "85.32"),
        ("201", "201", "一般公共服务支出", "class", "262.11", "176.79", "85.32"),
        ("20103", "20103", "政府办公厅（室）及相关机构事务", "group", "262.11", "176.79", "85.32"),
        ("2010350", "2010350", "事业运行", "item", "176.79", "176.79", ""),
        ("2010399", "2010399", "其他政府办公厅（室）及相关机构事务支出", "item", "85.32", "", "85.32"),
        ("221", "221", "住房保障支出", "class", "64.29", "64.29", ""),
        ("22102", "22102", "住房改革支出", "group", "64.29", "64.29", ""),
        ("2210201", "2210201", "住房公积金", "item", "64.29", "未公开", ""),
    ]
    three = table(
        "three_public", "财政拨款“三公”经费支出决算表",
        {"budget_total": "预算数/合计", "actual_total": "决算数/合计", "actual_abroad": "决算数/因公出国（境）费",
         "actual_reception": "决算数/公务接待费"},
        [("data", "", "", "", "6.40", "6.02", "", "6.02")],
    )  # fmt: skip
    fund = table("government_fund", "政府性基金预算财政拨款收入支出决算表", {"total": "本年支出/小计"}, [])
    general = table("general_public_budget_expenditure", "一般公共预算财政拨款支出决算表", heads, lines)
    expenditure = table("expenditure", "支出决算表", heads, lines)
    return {item.id: item for item in (summary, expenditure, general, three, fund)}


def office(
    *, notes: dict | None = None, slots: dict | None = None, words: dict | None = None, year: int = 2023
) -> Account:
    """An account of the office; `slots` and `words` are what its narrative states."""
    disclosure = Disclosure(
        PATH, ("表.xlsx",), "xlsx", "示例办公室", year, "final_account", tables=tables(), notes=notes or {}
    )
    account = Account(disclosure)
    account.__dict__["narrative"] = Narrative(slots=slots or {}, words=words or {})
    return account
