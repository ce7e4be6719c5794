"""Tables as provinces print them (all invented), and what happens where they are odd."""

from dataclasses import replace

import pytest

from fiscal.model.cells import Place
from fiscal.model.unread import ROW, Unread
from fiscal.recognise.titles import title_of
from tests.readers.grids import boxed, document, grid, numbers, read

HEADS = ["公开01表", "部门：青石市农业农村局", "金额单位：万元"]
CODED = [["项目", "<", "合计", "基本支出", "项目支出"], ["功能分类科目编码", "科目名称", "^", "^", "^"]]
GENERAL = "一般公共预算财政拨款支出决算表"


@pytest.mark.parametrize(
    ("line", "table"),
    [
        ("收 入 决 算 表", "revenue"),
        ("二、收入决算表", "revenue"),
        ("附表2 收入决算表（续）", "revenue"),
        ("青石市农业农村局2022年度收入支出决算总表", "revenue_expenditure_summary"),
        ("支出决算表 公开03表", "expenditure"),
        ("财政拨款收入支出决算总表", "appropriation_summary"),
        ("财政拨款支出决算明细表", "appropriation_expenditure_detail"),
        ("一般公共预算财政拨款支出决算表", "general_public_budget_expenditure"),
        ("一般公共预算财政拨款支出决算明细表", "general_public_budget_expenditure_detail"),
        ("一般公共预算财政拨款基本支出决算明细表", "general_public_budget_basic"),
        ("一般公共预算财政拨款项目支出决算表", "general_public_budget_project"),
        ("一般公共预算财政拨款收入支出决算表", "general_public_budget_expenditure"),
        ("政府性基金预算财政拨款支出决算表", "government_fund"),
        ("政府性基金预算收支决算表", "government_fund"),
        ("国有资本经营预算财政拨款收入支出决算表", "state_capital"),
        ("国有资本经营预算财政拨款支出决算表", "state_capital_expenditure"),
        ("2022年度财政拨款“三公”经费支出决算表 单位：万元", "three_public"),
        ("部门收支总表", "revenue_expenditure_summary"),
        ("公开05表", ""),
        ("部门决算表", ""),
        ("财政专户管理资金收入支出决算表", ""),
        ("支出决算明细表", ""),
        ("注：本表反映部门本年度的支出决算表情况", ""),
        ("数据见《收入决算表》", ""),
        ("一、收入支出决算总体情况说明", ""),
    ],
)
def test_titles_are_told_apart(line, table):
    assert title_of(line) == table


def test_national_summary_with_line_numbers_and_signed_notes():
    form = grid(
        [
            ["收入", "<", "<", "支出", "<", "<"],
            ["项目", "行次", "金额", "项目", "行次", "金额"],
            ["栏次", "", "1", "栏次", "", "2"],
            ["一、一般公共预算财政拨款收入", "1", "1,234.56", "一、一般公共服务支出", "32", "5.00"],
            ["八、其他收入", "8", "3.20", "八、社会保障和就业支出", "39", "100.10"],
            ["", "9", "", "二十三、其他支出", "54", "2.10"],
            ["本年收入合计", "27", "1,237.76", "本年支出合计", "58", "107.20"],
            ["使用非财政拨款结余（含专用结余）", "28", "", "结余分配", "59", "0.00"],
            ["年初结转和结余", "29", "12.00", "年末结转和结余", "60", "1,142.56"],
            ["总计", "31", "1,249.76", "总计", "62", "1,249.76"],
        ],
        before=["收入支出决算总表", *HEADS],
        after=["注：1.本表反映部门本年度的总收支情况。", "2.尾数因取舍可能不同。"],
    )
    found = read(form, lines=["2022年度青石市农业农村局部门决算"])
    table = found.tables["revenue_expenditure_summary"]
    assert (found.entity, found.year, found.kind, found.level) == (
        "青石市农业农村局",
        2022,
        "final_account",
        "department",
    )
    assert numbers(table) == {
        ("general_public_budget", "revenue_amount"): "1234.56",
        ("other_income", "revenue_amount"): "3.20",
        ("revenue_this_year", "revenue_amount"): "1237.76",
        ("opening_balance", "revenue_amount"): "12.00",
        ("revenue_total", "revenue_amount"): "1249.76",
        ("general_public_services", "expenditure_amount"): "5.00",
        ("social_security_employment", "expenditure_amount"): "100.10",
        ("other_expenditure", "expenditure_amount"): "2.10",
        ("expenditure_this_year", "expenditure_amount"): "107.20",
        ("surplus_distribution", "expenditure_amount"): "0.00",
        ("closing_balance", "expenditure_amount"): "1142.56",
        ("expenditure_total", "expenditure_amount"): "1249.76",
    }
    assert [column.label for column in table.columns] == ["收入/金额", "支出/金额"]
    assert table.row("surplus_distribution").side == "expenditure"
    assert table.note.startswith("注：1.") and table.note.endswith("不同。")


def test_equal_labels_on_one_side_go_by_their_block():
    rows = [["收入", "<", "支出", "<"], ["项目", "决算数", "项目", "合计"]]
    rows += [["一、一般公共预算财政拨款", "8.00", "一、一般公共服务支出", "9.00"]]
    rows += [
        ["本年收入合计", "8.00", "本年支出合计", "9.00"],
        ["年初财政拨款结转和结余", "2.00", "年末财政拨款结转和结余", "1.00"],
    ]
    rows += [["一、一般公共预算财政拨款", "2.00", "", ""], ["总计", "10.00", "总计", "10.00"]]
    table = read(grid(rows, before=["财政拨款收入支出决算总表"])).tables["appropriation_summary"]
    assert str(table.cell("general_public_budget", "revenue_amount")) == "8.00"
    assert str(table.cell("opening_general", "revenue_amount")) == "2.00"


def test_national_basic_table_total_reaches_over_two_panels():
    rows = [["人员经费", "<", "<", "公用经费", "<", "<", "<", "<", "<"], ["科目代码", "科目名称", "决算数"] * 3]
    rows += [["301", "工资福利支出", "50.00", "302", "商品和服务支出", "9.00", "310", "资本性支出", "0.50"]]
    rows += [["30101", "基本工资", "50.00", "30201", "办公费", "9.00", "31002", "办公设备购置", "0.50"]]
    rows += [["人员经费合计", "<", "50.00", "公用经费合计", "<", "<", "<", "<", "9.50"]]
    table = read(grid(rows, before=["一般公共预算财政拨款基本支出决算明细表"])).tables["general_public_budget_basic"]
    assert str(table.cell("public_total", "public_amount")) == "9.50"
    assert str(table.cell("e31002", "public_amount")) == "0.50"
    assert [column.label for column in table.columns] == ["人员经费/决算数", "公用经费/决算数"]


def test_codes_of_economic_items_of_before_2018_go_by_their_names():
    rows = [["科目编码", "科目名称", "决算数"], ["303", "对个人和家庭的补助", "9.00"], ["30311", "住房公积金", "9.00"]]
    table = read(grid(rows, before=["一般公共预算财政拨款基本支出决算表"])).tables["general_public_budget_basic"]
    assert [(row.key, row.code, row.side) for row in table.rows] == [
        ("e303", "303", "personnel"),
        ("e30113", "30311", "personnel"),
    ]


def test_shanghai_fund_form_whose_header_swallows_the_total():
    rows = [
        ["项目", "<", "年初结转和结余", "本年收入", "本年支出", "<", "<", "年末结转和结余"],
        ["功能分类科目编码", "科目名称", "^", "^", "^", "^", "^", "^"],
        ["合计", "<", "", "", "合计", "基本支出", "项目支出", ""],
        ["", "", "", "", "", "", "", ""],
    ]
    rows[1][5], rows[1][6] = None, None
    note = "说明：本部门本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。"
    table = read(grid(rows, before=["政府性基金预算财政拨款收入支出决算表"], after=[note])).tables["government_fund"]
    assert table.empty and table.note == note
    assert [column.key for column in table.columns] == ["opening", "income", "total", "basic", "project", "closing"]


def test_yunnan_flow_form():
    rows = [
        ["项目", "<", "年初结转和结余", "<", "<", "本年收入", "本年支出", "<", "<", "<", "<", "年末结转和结余"],
        [
            "科目编码",
            "科目名称",
            "合计",
            "基本支出结转",
            "项目支出结转和结余",
            "^",
            "合计",
            "基本支出",
            "<",
            "<",
            "项目支出",
            "^",
        ],
        ["^", "^", "^", "^", "^", "^", "^", "小计", "人员经费", "公用经费", "^", "^"],
        ["合计", "<", "1.00", "", "1.00", "99.00", "98.00", "90.00", "80.00", "10.00", "8.00", "2.00"],
    ]
    found = read(grid(rows, before=["五、一般公共预算财政拨款收入支出决算表", "单位：万元"]))
    table = found.tables["general_public_budget_expenditure"]
    assert {key: value for (_, key), value in numbers(table).items()} == {
        "opening": "1.00", "opening_project": "1.00", "income": "99.00", "total": "98.00", "basic": "90.00",
        "basic_personnel": "80.00", "basic_public": "10.00", "project": "8.00", "closing": "2.00",
    }  # fmt: skip
    assert (table.form, table.title, found.problems) == ("flow", "一般公共预算财政拨款收入支出决算表", ())


@pytest.mark.parametrize("title", ["“三公”经费、行政参公单位机关运行经费情况表", "机构运行信息表"])
def test_three_public_amounts_among_other_items(title):
    rows = [
        ["项目", "行次", "预算数", "决算统计数"],
        ["一、“三公”经费支出", "1", "—", "—"],
        ["（一）支出合计", "2", "12.50", "9.15"],
        ["1．因公出国（境）费", "3", "", ""],
        ["2．公务用车购置及运行维护费", "4", "10.00", "8.00"],
        ["（1）公务用车购置费", "5", "", ""],
        ["（2）公务用车运行维护费", "6", "10.00", "8.00"],
        ["3．公务接待费", "7", "2.50", "1.15"],
        ["二、机关运行经费", "26", "—", "35.20"],
    ]
    found = read(grid(rows, before=[title, "编制单位：青石县司法局"]))
    assert {key: value for (_, key), value in numbers(found.tables["three_public"]).items()} == {
        "budget_total": "12.50", "actual_total": "9.15", "budget_vehicle": "10.00", "actual_vehicle": "8.00",
        "budget_vehicle_operation": "10.00", "actual_vehicle_operation": "8.00", "budget_reception": "2.50",
        "actual_reception": "1.15",
    }  # fmt: skip
    assert "机关运行经费" in found.problems[0] and found.entity == "青石县司法局"


def test_sichuan_detail_with_economic_items_as_rows_and_functional_rows():
    rows = [
        ["项目", "<", "合计", "一般公共预算财政拨款", "<", "<"],
        ["科目编码", "科目名称", "^", "小计", "基本支出", "项目支出"],
        ["合计", "<", "9.00", "9.00", "8.00", "1.00"],
        ["302", "商品和服务支出", "9.00", "9.00", "8.00", "1.00"],
        ["30239", "其他交通费用", "9.00", "9.00", "8.00", "1.00"],
    ]
    table = read(grid(rows, before=["财政拨款支出决算明细表"])).tables["appropriation_expenditure_detail"]
    assert (table.form, [row.key for row in table.rows]) == ("a", ["total", "e302", "e30239"])
    assert str(table.cell("e30239", "general_project")) == "1.00"
    rows = [["科目编码", "科目名称", "合计", "工资福利支出", "<"], ["^", "^", "^", "小计", "基本工资"]]
    rows += [["合计", "<", "9.00", "9.00", "9.00"], ["201", "一般公共服务支出", "9.00", "9.00", "9.00"]]
    found = read(grid(rows, before=["财政拨款支出决算明细表"]))
    table = found.tables["appropriation_expenditure_detail"]
    assert (table.form, str(table.cell("201", "e30101")), found.profile) == ("b", "9.00", "sichuan13")


def test_a_row_split_by_a_page_break_is_one_row():
    first = grid([*CODED, ["2080505", "机关事业单位基本养老保险", "6.18", "6.18", ""]], before=[GENERAL])
    second = grid([["", "缴费支出", "", "", ""], ["合计", "<", "6.18", "6.18", ""]], page=2)
    table = read(first, second).tables["general_public_budget_expenditure"]
    assert [(row.key, row.label) for row in table.rows] == [
        ("2080505", "机关事业单位基本养老保险缴费支出"),
        ("total", "合计"),
    ]
    assert numbers(table)["2080505", "basic"] == "6.18"


def test_a_row_split_by_a_page_break_goes_on_in_every_column():
    """A code, a name and an amount that a page end cut: 201010|1, 行政|运行, 1234.5|6."""
    body = [["201", "一般公共服务支出", "1234.56", "1234.56", ""], ["201010", "行政", "1234.5", "1234.56", ""]]
    first = grid([*CODED, *body], before=[GENERAL])
    second = grid([["1", "运行", "6", "", ""], ["合计", "<", "1234.56", "1234.56", ""]], page=2)
    table = read(first, second).tables["general_public_budget_expenditure"]
    assert [(row.code, row.label) for row in table.rows[1:2]] == [("2010101", "行政运行")]
    assert str(table.cell("2010101", "total")) == "1234.56" and len(table.rows) == 3


def test_a_line_of_a_form_split_by_a_page_break_is_one_line():
    head = [["收入", "<", "支出", "<"], ["项目", "决算数", "项目", "决算数"]]
    first = grid([*head, ["一、财政拨款收入", "5.00", "十二、农林", "5.00"]], before=["收入支出决算总表"])
    second = grid([["", "", "水支出", ""], ["本年收入合计", "5.00", "本年支出合计", "5.00"]], page=2)
    table = read(first, second).tables["revenue_expenditure_summary"]
    found = {row.key: str(row.cells["expenditure_amount"]) for row in table.rows if "expenditure_amount" in row.cells}
    assert found["agriculture_forestry_water"] == "5.00" and not [row for row in table.rows if row.label == "水支出"]


def test_a_row_of_its_own_at_the_top_of_a_page_stays_one():
    first = grid([*CODED, ["201", "一般公共服务支出", "6.18", "6.18", ""]], before=[GENERAL])
    second = grid([["205", "教育支出", "1.00", "1.00", ""], ["合计", "<", "7.18", "7.18", ""]], page=2)
    table = read(first, second).tables["general_public_budget_expenditure"]
    assert [row.code for row in table.rows] == ["201", "205", ""]


def test_a_page_with_only_the_total_row_belongs_to_the_table_before():
    first = grid([*CODED, ["201", "一般公共服务支出", "6.18", "6.18", ""]], before=[GENERAL])
    second = grid([["合计", "<", "6.18", "6.18", ""]], page=2)
    table = read(first, second).tables["general_public_budget_expenditure"]
    assert table.cell("total", "total").place.page == 2 and table.cell("201", "total").place.page == 1


def test_titles_inside_the_grid_and_two_tables_in_one_grid():
    rows = [
        [GENERAL, "<", "<", "<", "<"],
        ["公开05表", "", "", "", "单位：万元"],
        *CODED,
        ["201", "甲", "1.00", "1.00", ""],
    ]
    rows += [
        ["注：本表反映支出情况。", "<", "<", "<", "<"],
        ["国有资本经营预算财政拨款支出决算表", "<", "<", "<", "<"],
        ["单位：元", "", "", "", ""],
    ]
    rows += [*CODED, ["223", "乙", "20,000.00", "", "20,000.00"]]
    found = read(grid(rows))
    assert {table.id: (table.unit, len(table.rows)) for table in found.tables.values()} == {
        "general_public_budget_expenditure": ("万元", 1),
        "state_capital_expenditure": ("元", 1),
    }
    assert found.tables["general_public_budget_expenditure"].note == "注：本表反映支出情况。"


def test_a_title_and_columns_that_contradict_each_other_leave_the_table_unread():
    spent = ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]
    head, total = ["科目编码", "科目名称", *spent], ["合计", "<", "5.00", "5.00", "", "", "", ""]
    further = [head, ["201", "一般公共服务支出", "5.00", "5.00", "", "", "", ""]]
    titled = grid([head, total], before=["收入决算表", "单位：万元"], page=1)
    found = read(titled, grid(further, page=2))
    assert not found.tables and [part.table for part in found.unread] == ["revenue", "expenditure"]
    assert all("栏目却是《支出决算表》的" in part.reason for part in found.unread)
    assert found.was_seen("expenditure") and not found.was_seen("three_public")
    own = read(grid([head, total], before=["支出决算表"]), titled)  # the same columns under their own title are read
    assert list(own.tables) == ["expenditure"] and [part.table for part in own.unread] == ["revenue"]


def test_columns_unknown_to_any_table_leave_the_title_alone():
    rows = [["科目编码", "科目名称", "本年支出合计", "甲类", "乙类", "丙类"], ["合计", "<", "5.00", "3.00", "2.00", ""]]
    found = read(grid(rows, before=["支出决算表"]))
    assert numbers(found.tables["expenditure"]) == {("total", "total"): "5.00"}
    assert [part.what for part in found.unread] == ["column", "column"]


def test_the_name_of_a_sheet_is_no_clear_title():
    spent = ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]
    rows = [["科目编码", "科目名称", *spent], ["合计", "<", "5.00", "5.00", "", "", "", ""]]
    found = read(grid(rows, sheet="收入决算表"))
    assert list(found.tables) == ["expenditure"] and "栏目是《支出决算表》的" in found.problems[0]


def test_a_table_without_a_title_is_known_by_its_headers_or_told():
    rows = [
        [
            "科目编码",
            "科目名称",
            "本年收入合计",
            "财政拨款收入",
            "上级补助收入",
            "事业收入",
            "经营收入",
            "附属单位上缴收入",
            "其他收入",
        ]
    ]
    rows += [["合计", "<", "5.00", "5.00", "", "", "", "", ""]]
    assert list(read(grid(rows)).tables) == ["revenue"]
    found = read(grid([["指标", "目标", "完成"], ["产出", "1.50", "1.50"]]))
    assert found.tables == {} and [(part.what, part.table, part.place.page) for part in found.unread] == [
        ("table", "", 1)
    ]
    assert "指标、目标、完成" in found.unread[0].reason


def test_a_table_of_contents_is_no_table_but_is_listed():
    rows = [["序号", "表名"], ["1", "收入支出决算总表"], ["2", "收入决算表"], ["3", "支出决算表"]]
    found = read(grid(rows, before=["目录"]))
    assert found.tables == {} and found.problems == ()
    assert found.listed == ("revenue_expenditure_summary", "revenue", "expenditure")


def test_a_table_that_only_a_hidden_sheet_has_is_unread_and_not_missing():
    rows = [*CODED, ["201", "甲", "1.00", "1.00", ""]]
    other = [*CODED, ["201", "甲", "2.00", "2.00", ""]]
    hidden = grid(rows, before=[GENERAL], sheet="旧", hidden=True)
    draft = grid(rows, before=["支出决算表"], sheet="稿", hidden=True)
    codes = grid([["代码", "名称"], ["01", "是"]], sheet="码表", hidden=True)
    found = read(hidden, draft, codes, grid(other, before=[GENERAL], sheet="新"), format="xlsx")
    assert numbers(found.tables["general_public_budget_expenditure"])["201", "total"] == "2.00"
    assert list(found.tables) == ["general_public_budget_expenditure"]
    assert [(part.what, part.table, part.place.sheet) for part in found.unread] == [("sheet", "expenditure", "稿")]
    assert len(found.problems) == 1 and "隐藏的工作表旧、码表未读" in found.problems[0]
    assert found.was_seen("expenditure") and not found.was_seen("revenue")


def test_a_hidden_sheet_never_says_what_the_account_is():
    rows = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"], ["201", "甲", "1.00", "1.00", ""]]
    lines = ["部门：北溪县档案馆", "2021年度"]
    found = read(grid(rows, before=["支出决算表", *lines], sheet="旧", hidden=True), format="xlsx")
    assert (found.tables, found.entity, found.year, found.kind) == ({}, "", None, "unknown")


def test_a_column_nobody_declared_is_told_with_its_numbers():
    rows = [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "其他资金"],
        ["201", "甲", "3.00", "1.00", "1.00", "1.00"],
    ]
    found = read(grid(rows, before=[GENERAL]))
    assert [(part.what, part.place.column) for part in found.unread] == [("column", "其他资金")]
    assert "其1个数未读出" in found.unread[0].reason


def test_an_empty_document_has_no_tables_and_says_nothing():
    found = read(lines=["没有表格的说明。"])
    assert (found.tables, found.problems, found.entity, found.year) == ({}, (), "", None)
    assert document().grids == ()


def test_a_page_that_merges_its_codes_is_laid_under_the_columns_of_the_page_before():
    header = [["项目", "<", "<", "<", "合计", "基本支出", "项目支出"], ["类", "款", "项", "科目名称", "^", "^", "^"]]
    first = boxed(
        [*header, ["201", "", "", "一般公共服务支出", "3.00", "1.00", "2.00"]], [0, 10, 20, 30, 60, 80, 100, 120]
    )
    second = boxed([["20126", "档案事务", "3.00", "1.00", "2.00"]], [0, 30, 60, 80, 100, 120])
    found = read(replace(first, before=(GENERAL,)), second)
    table = found.tables["general_public_budget_expenditure"]
    assert [(row.key, [str(cell) for cell in row.cells.values()]) for row in table.rows] == [
        ("201", ["3.00", "1.00", "2.00"]),
        ("20126", ["3.00", "1.00", "2.00"]),
    ]


def test_rows_on_the_next_page_that_were_not_read_are_unread_rows_of_their_table():
    """A reader cannot say whose they are; a table of which nothing else was read is unread as a whole."""
    body = ["201", "一般公共服务支出", "6.18", "6.18", ""]
    gone = Unread(ROW, "", Place(document="invented.pdf", page=2), "这一页的行未读出")
    whole = read(grid([*CODED, body], before=[GENERAL]), unread=(gone,))
    told = [(part.what, part.table, part.place.page) for part in whole.unread]
    assert told == [("row", "general_public_budget_expenditure", 2)] and len(whole.tables) == 1
    head_only = read(grid(CODED, before=[GENERAL]), unread=(gone,))
    assert head_only.tables == {} and [part.what for part in head_only.unread] == ["table"]
