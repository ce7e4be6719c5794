"""Columns and codes beside the usual ones: other years, budgets, units, codes in parts (all invented)."""

import pytest

from tests.readers.grids import grid, numbers, read

HEADS = ["部门：青石市农业农村局", "金额单位：万元"]
CODES = ("total", "208", "20805", "2080505")
NAMES = ("合计", "社会保障和就业支出", "行政事业单位养老支出", "机关事业单位基本养老保险缴费支出")


def found(table, title, rows):
    disclosure = read(grid(rows, before=[*HEADS, title]))
    return numbers(disclosure.tables[table]), disclosure.problems


def test_amounts_of_an_earlier_year_are_never_those_of_the_account():
    rows = [
        ["科目编码", "科目名称", "2022年决算数", "2023年决算数", "<"],
        ["^", "^", "^", "小计", "基本支出"],
        ["合计", "<", "5.00", "3.00", "2.00"],
        ["208", "社会保障和就业支出", "5.00", "3.00", "2.00"],
    ]
    cells, problems = found("general_public_budget_expenditure", "一般公共预算财政拨款支出决算表", rows)
    assert cells == {(r, c): v for r in ("total", "208") for c, v in (("total", "3.00"), ("basic", "2.00"))}
    assert "2022年决算数" in problems[0]


def test_the_final_figure_goes_before_the_budget_beside_it():
    rows = [
        ["收入", "<", "<", "支出", "<", "<"],
        ["项目", "预算数", "决算数", "项目", "预算数", "决算数"],
        ["本年收入合计", "110.00", "105.00", "本年支出合计", "95.00", "92.00"],
    ]
    cells, _ = found("revenue_expenditure_summary", "收入支出决算总表", rows)
    assert cells == {
        ("revenue_this_year", "revenue_amount"): "105.00",
        ("expenditure_this_year", "expenditure_amount"): "92.00",
    }


def test_three_public_items_take_the_full_year_budget_and_the_account_of_the_year():
    rows = [
        ["项目", "上年决算数", "年初预算数", "全年预算数", "本年决算数", "增减%"],
        ["合计", "9.00", "5.00", "4.50", "4.40", "-51.11"],
        ["公务接待费", "8.00", "1.00", "1.50", "0.95", "-88.12"],
        ["（1）国内接待费", "8.00", "1.00", "1.50", "0.95", "-88.12"],
    ]
    cells, problems = found("three_public", "财政拨款“三公”经费支出决算表", rows)
    assert {column: value for (_, column), value in cells.items()} == {
        "budget_total": "4.50", "actual_total": "4.40", "budget_reception": "1.50", "actual_reception": "0.95",
    }  # fmt: skip
    assert "国内接待费" in problems[0] and "公务接待费" not in problems[0]
    assert problems[1].endswith("上年决算数、年初预算数、增减%")


@pytest.mark.parametrize(
    "heads",
    [
        (["科目", "合计"], [[f"[{code}]{name}"] for code, name in zip(CODES[1:], NAMES[1:])]),
        (["科目", "合计"], [[f"{code}-{name}"] for code, name in zip(CODES[1:], NAMES[1:])]),
        (["单位名称", "科目编码", "科目名称", "合计"], [["", c, n] for c, n in zip(CODES[1:], NAMES[1:])]),
    ],
)
def test_codes_in_names_and_columns_of_units(heads):
    header, rows = heads
    total = ["合计"] if len(header) == 2 else ["青石市农业农村局", "", "合计"]
    cells, problems = found("expenditure", "支出决算表", [header, [*total, "3.00"], *([*row, "3.00"] for row in rows)])
    assert cells == {(code, "total"): "3.00" for code in CODES} and problems == ()


def test_economic_codes_in_two_columns_are_joined_over_blanks():
    rows = [
        ["经济分类科目编码", "<", "科目名称", "合计", "人员经费", "公用经费"],
        ["类", "款", "^", "^", "^", "^"],
        ["301", "", "工资福利支出", "80.00", "80.00", ""],
        ["301", "01", "基本工资", "80.00", "80.00", ""],
        ["302", "", "商品和服务支出", "20.00", "", "20.00"],
        ["", "01", "办公费", "20.00", "", "20.00"],
    ]
    cells, _ = found("general_public_budget_basic", "一般公共预算财政拨款基本支出决算表", rows)
    assert {row for row, _ in cells} == {"e301", "e30101", "e302", "e30201"}
    assert cells["e30201", "public_amount"] == "20.00"


def test_numbers_beside_their_header_are_read_and_never_taken_for_codes():
    rows = [
        ["科目编码", "科目名称", "本年支出合计", "", "基本支出", ""],
        ["208", "社会保障和就业支出", "", "686.05", "", "125.00"],
        ["20805", "行政事业单位养老支出", "", "686.05", "", "-"],
    ]
    cells, problems = found("expenditure", "支出决算表", rows)
    assert cells == {("208", "total"): "686.05", ("20805", "total"): "686.05", ("208", "basic"): "125.00"}
    assert problems == ()


def test_names_beside_their_header_are_the_labels_of_the_rows():
    rows = [
        ["", "收入", "<", "", "支出", "<"],
        ["", "项目", "决算数", "", "项目", "决算数"],
        ["本年收入合计", "", "10.00", "本年支出合计", "", "9.00"],
    ]
    cells, _ = found("revenue_expenditure_summary", "收入支出决算总表", rows)
    assert list(cells.values()) == ["10.00", "9.00"]
