"""Recognition at the edges: merged codes, parts of columns, names, kinds, tables that are told and not read."""

import pytest

from fiscal.recognise import heads
from fiscal.recognise.bodies import entity_of
from tests.readers.grids import grid, numbers, read

CODED = [["项目", "<", "合计", "基本支出", "项目支出"], ["功能分类科目编码", "科目名称", "^", "^", "^"]]
GENERAL = "一般公共预算财政拨款支出决算表"


def values(table, row="total"):
    return {key: str(cell) for key, cell in table.row(row).cells.items() if cell.is_number}


def test_columns_under_appropriation_income_are_parts_of_it():
    rows = [
        ["项目", "<", "本年收入合计", "财政拨款收入", "<", "<", "事业收入", "<"],
        [
            "科目编码",
            "科目名称",
            "^",
            "小计",
            "一般公共预算财政拨款",
            "政府性基金预算财政拨款",
            "小计",
            "其中：教育收费",
        ],
        ["合计", "<", "8.50", "8.00", "7.00", "1.00", "0.50", "0.20"],
    ]
    found = read(grid(rows, before=["收入决算表"]))
    assert found.problems == () and values(found.tables["revenue"]) == {
        "total": "8.50", "appropriation": "8.00", "appropriation_general": "7.00", "appropriation_fund": "1.00",
        "operating_income": "0.50", "education_fees": "0.20",
    }  # fmt: skip


def test_parts_of_a_column_are_never_read_as_the_column():
    rows = [["科目编码", "科目名称", "合计", "基本支出", "<", "项目支出"], ["^", "^", "^", "离退休", "在职", "^"]]
    rows += [["合计", "<", "3.00", "1.00", "1.00", "1.00"]]
    found = read(grid(rows, before=["支出决算表"]))
    assert values(found.tables["expenditure"]) == {"total": "3.00", "project": "1.00"}
    assert [(part.what, part.table, part.place.column) for part in found.unread] == [
        ("column", "expenditure", "基本支出/离退休"), ("column", "expenditure", "基本支出/在职"),
    ]  # fmt: skip


def test_three_public_with_actual_amounts_only_and_meetings_beside():
    rows = [
        ["“三公”经费", "<", "<", "<", "<", "<", "会议费", "培训费"],
        ["合计", "因公出国（境）费", "公务用车购置及运行费", "<", "<", "公务接待费", "^", "^"],
        ["^", "^", "小计", "公务用车购置费", "公务用车运行费", "^", "^", "^"],
        ["3.00", "", "2.00", "", "2.00", "1.00", "0.10", "0.20"],
    ]
    found = read(grid(rows, before=["财政拨款“三公”经费支出决算表"]))
    assert found.problems == () and values(found.tables["three_public"], "data") == {
        "actual_total": "3.00", "actual_vehicle": "2.00", "actual_vehicle_operation": "2.00",
        "actual_reception": "1.00", "actual_meeting": "0.10", "actual_training": "0.20",
    }  # fmt: skip


def test_subjects_printed_by_name_alone_get_their_codes_as_keys():
    rows = [["项目", "合计", "基本支出", "项目支出"], ["社会保障和就业支出", "3.00", "3.00", ""]]
    rows += [["行政事业单位养老支出", "3.00", "3.00", ""], ["机关事业单位基本养老保险缴费支出", "3.00", "3.00", ""]]
    table = read(grid(rows, before=[GENERAL])).tables["general_public_budget_expenditure"]
    assert [(row.key, row.code, row.level) for row in table.rows] == [
        ("208", "", "class"),
        ("20805", "", "group"),
        ("2080505", "", "item"),
    ]


def test_a_header_that_is_not_merged_and_an_entity_in_the_next_cell():
    rows = [
        [GENERAL, "", "", "", ""],
        ["部门：", "青石市档案馆", "", "", "金额单位：元"],
        ["项   目", "", "本年支出", "", ""],
        ["功能分类科目编码", "科目名称", "小  计", "基本支出", "项目支出"],
        ["栏次", "", "1", "2", "3"],
        ["合   计", "", "3.00", "1.00", "2.00"],
    ]
    found = read(grid(rows, sheet="GK05"), format="xlsx")
    table = found.tables["general_public_budget_expenditure"]
    assert (found.entity, table.unit, values(table)) == (
        "青石市档案馆",
        "元",
        {"total": "3.00", "basic": "1.00", "project": "2.00"},
    )
    assert [column.label for column in table.columns] == ["本年支出/小计", "本年支出/基本支出", "本年支出/项目支出"]


def test_further_pages_of_a_table_that_is_not_ours_are_not_told_again():
    first = grid([["指标", "目标", "完成"], ["产出", "1.50", "1.50"]], before=["项目支出绩效自评表"])
    second = grid([["效果", "2.50", "2.50"]], page=2)
    assert read(first, second).problems == ()


def test_entity_is_no_unit_and_survives_a_lost_character():
    assert entity_of(["收入支出决算总表（单位：万元）", "支出决算表 单位：万元（公开03表）"], []) == ""
    assert entity_of([], ["2023\ufffd度云溪市交通运输局部门决算"]) == "云溪市交通运输局"


@pytest.mark.parametrize(
    ("titles", "headings", "kind"),
    [
        (["支出决算表"], ["2023年度云溪市财政局部门决算", "2024年部门预算绩效目标"], "final_account"),
        (["部门收支总体情况表", "一般公共预算支出情况表"], ["2024年部门预算编制说明", "与2023年决算数相比"], "budget"),
        (["支出预算表"], [], "budget"),
        ([], ["关于政府采购的通知"], "unknown"),
    ],
)
def test_kind_is_what_the_document_calls_itself(titles, headings, kind):
    assert heads.kind_of(titles, headings) == kind


@pytest.mark.parametrize(
    ("heading", "sentence", "kind"),
    [
        ("二、“三公”经费支出与年初预算对比情况", "“三公”经费支出2.00万元，较上年减少1.00万元。", "final_account"),
        ("清河县水务局2021年“三公”经费决算及2022年“三公”经费预算公开", "", "final_account"),
        ("“三公”经费情况", "2022年“三公”经费预算安排3.00万元。", "budget"),
        ("“三公”经费情况", "本单位无相关事项。", "unknown"),
    ],
)
def test_a_notice_is_what_its_sentences_speak_of(heading, sentence, kind):
    assert heads.kind_of([], [heading], [sentence]) == kind


def test_a_fund_table_of_expenditure_alone_has_no_opening_balance():
    rows = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"], ["212", "城乡社区支出", "2.50", "", "2.50"]]
    found = read(grid(rows, before=["政府性基金预算财政拨款支出决算表"])).tables["government_fund"]
    assert numbers(found) == {("212", "total"): "2.50", ("212", "project"): "2.50"}


def test_a_second_entity_in_one_document_is_named():
    rows = [*CODED, ["208", "社会保障和就业支出", "1.00", "1.00", "0.00"]]
    one = grid(rows, before=[GENERAL, "部门：青石市农业农村局"])
    other = grid(rows, before=[GENERAL, "部门：青石市种子站"], page=9)
    assert "青石市种子站的《一般公共预算财政拨款支出决算表》未读" in read(one, other).problems[0]


def test_a_blank_table_below_the_contents_of_the_cover_is_a_table():
    lines = ["目录", "收入决算表……3", "支出决算表……4", "财政拨款收入支出决算总表……5", "收入决算表", "金额单位：万元"]
    rows = [["科目编码", "科目名称", "本年收入合计", "财政拨款收入"], ["合计", "<", "", ""]]
    found = read(grid(rows, before=lines))
    assert list(found.tables) == ["revenue"] and found.tables["revenue"].empty
    assert set(found.listed) == {"revenue", "expenditure", "appropriation_summary"}
    named = read(grid([["收入决算表", "3"], ["支出决算表", "4"], ["财政拨款收入支出决算总表", "5"]]))
    assert named.tables == {} and len(named.listed) == 3


def test_a_table_without_lines_is_told_but_a_sentence_is_none():
    rows = ["合计 12.50 10.00", "208 社会保障和就业支出 12.50 10.00", "20805 行政事业单位养老支出 12.50 10.00"]
    found = read(lines=["支出决算表", *rows])
    assert [(part.what, part.table) for part in found.unread] == [("table", "expenditure")]
    assert "标题“支出决算表”下有数字而没有表格线" in found.unread[0].reason
    assert read(lines=["支出决算表", "合计12.50万元，其中：基本支出10.00万元。"] * 3).unread == ()
