"""Sections by the words of headings: order, numbering and missing headings do not matter."""

import pytest

from fiscal.statements.sections import sectioned
from fiscal.statements.working import working
from tests.statements.narrated import disclosure


def keys(*lines, **more) -> list[str]:
    return [part.section for part in sectioned([working(p) for p in disclosure(*lines, **more).paragraphs])]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("一、收入支出决算总体情况说明", "overall"),
        ("1、 收入支出决算总体情况说明", "overall"),
        ("一 收支决算总体情况", "overall"),
        ("二、收入决算情况说明", "revenue"),
        ("三、支出决算情况说明", "expenditure"),
        ("四、财政拨款收入支出决算总体情况说明", "appropriation"),
        ("五、一般公共预算财政拨款支出决算情况说明", "gpb"),
        ("（一）一般公共预算财政拨款支出决算总体情况", "gpb_overall"),
        ("(二)一般公共预算财政拨款支出决算结构情况", "gpb_structure"),
        ("（三）一般公共预算财政拨款支出决算具体情况", "gpb_items"),
        ("六、一般公共预算财政拨款基本支出决算情况说明", "basic"),
        ("七、财政拨款“三公”经费支出决算情况说明", "three_public"),
        ("八、政府性基金预算财政拨款收入支出决算情况说明", "fund"),
        ("九、国有资本经营预算财政拨款收入支出决算情况说明", "state_capital"),
        ("（一）机关运行经费支出情况", "operating_expenses"),
        ("（二）政府采购支出情况", "procurement"),
        ("（三）国有资产占有使用情况", "assets"),
        ("十、预算绩效管理情况", "performance"),
        ("第四部分 名词解释", "glossary"),
        ("附件1", "annexes"),
        ("收入决算情况说明", "revenue"),
        ("一、部门职责", "responsibilities"),
        ("二、机构设置", "organisation"),
    ],
)
def test_headings(heading: str, key: str):
    assert keys(heading, "正文没有数字。") == [key, key]


def test_a_run_in_heading_opens_its_section():
    assert keys("（二）政府采购支出情况。2023年政府采购支出总额1.00万元。") == ["procurement"]


def test_annexes_and_glossary_hold_until_the_next_part():
    lines = (
        "第三部分 名词解释",
        "一、财政拨款收入：指资金。",
        "第四部分 附件",
        "二、收入决算情况说明",
        "第五部分 附表",
        "一、收入决算表",
    )
    assert keys(*lines) == ["glossary", "glossary", "annexes", "annexes", "tables", "tables"]


def test_other_matters_end_a_section():
    assert keys("九、国有资本经营预算支出决算情况说明", "十、其他重要事项的情况说明")[1] == "whole"


def test_contents_are_set_apart():
    lines = (
        "目录",
        "第一部分 概况......1",
        "一、收入决算情况说明....3",
        "第一部分 概况",
        "一、收入决算情况说明",
        "本年收入合计1.00万元。",
    )
    assert keys(*lines) == ["contents"] * 3 + ["overview", "revenue", "revenue"]


def test_without_headings_the_measure_tells_the_section():
    lines = (
        "2023年度收、支总计5.00万元。",
        "本年支出合计5.00万元，其中：基本支出5.00万元。",
        "机关运行经费支出1.00万元。",
    )
    assert keys(*lines) == ["overall", "expenditure", "operating_expenses"]


def test_a_sentence_is_no_heading():
    assert keys("二、收入决算情况说明", "本单位支出决算情况良好，政府采购规范。") == ["revenue", "revenue"]


@pytest.mark.parametrize("tables", ["二、清河县水务局2021年度部门决算公开表", "二、部门决算公开表"])
def test_a_chapter_with_the_tables_ends_where_the_next_chapter_begins(tables):
    lines = (
        "一、部门概况",
        "本局内设科室三个。",
        tables,
        "详见附表。",
        "三、2021年度部门决算情况说明",
        "（一）收入支出决算总体情况说明",
        "清河县水务局2021年度收入总计3.00万元。",
        "（二）收入决算情况说明",
        "本年收入合计3.00万元。",
        "四、名词解释",
        "（一）财政拨款收入：指资金。",
        "1.其他收入：指其他资金。",
    )
    assert keys(*lines)[2:] == [
        "tables", "tables", "whole", "overall", "overall", "revenue", "revenue", "glossary", "glossary", "glossary",
    ]  # fmt: skip


def test_titles_of_tables_do_not_end_the_part_that_holds_them():
    assert keys("二、部门决算公开表", "三、支出决算表", "四、财政拨款收入支出决算总表") == ["tables"] * 3


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("一、主要职能：负责水库安全。", "responsibilities"),
        ("（三）机关运行经费：2021年度支出3.00万元。", "operating_expenses"),
        ("1.政府采购支出情况。2021年度政府采购支出总额1.00万元。", "procurement"),
        ("（一）“三公”经费财政拨款支出决算总体情况说明。", "three_public"),
        ("（1）国有资产占有使用情况", "assets"),
        ("第二章 机关运行经费支出情况", "operating_expenses"),
        ("1.2 政府采购支出情况", "procurement"),
        ("第一部分：主要职能", "responsibilities"),  # a colon after the number
        ("2.公务接待费：支出3.00万元。", "three_public"),  # the measure says where it stands
    ],
)
def test_run_in_headings_and_numbering_of_any_kind(line, key):
    assert keys(line) == [key]


def test_a_heading_inside_a_paragraph_cuts_it():
    text = "本年收入合计3.00万元，主要原因是人员增加。三、支出决算情况说明2021年度支出合计3.00万元。"
    parts = sectioned([working(p) for p in disclosure("二、收入决算情况说明", text).paragraphs])
    assert [part.section for part in parts] == ["revenue", "revenue", "expenditure"]
    one, two = parts[1].words.paragraph, parts[2].words.paragraph
    assert one.text + two.text == text
    assert two.place.offset == one.place.offset + len(one.text)


def test_a_chapter_named_inside_a_sentence_cuts_nothing():
    text = "有关数字说明见下文。三、支出决算情况说明的数字为万元，本年收入合计3.00万元。"
    assert keys("二、收入决算情况说明", text) == ["revenue", "revenue"]
