"""What inspectors look for in the words of budgets: each slip is told, and the sound text beside it is left alone."""

from dataclasses import replace

import pytest

from fiscal.checks.wording.run_text import run_text
from fiscal.model.cells import Place
from fiscal.model.text import Narrative, Paragraph

from .builders import narrative, table
from .test_text_rules import account, paragraphs

DISTRICT = "汀州市临溪区水务局"


def budget(*texts, section="overall", level="unit", entity=DISTRICT, lists=None) -> list[str]:
    """Rules that a budget of 2026 breaks. A text is a body paragraph or (role, text)."""
    words = Narrative(paragraphs(*texts, section=section), lists=narrative({}, lists=lists).lists if lists else {})
    of = account(kind="budget", level=level, year=2026, entity=entity)
    return sorted({found.rule for found in run_text(of, words) if found.severity != "info"})


# rule, level, section, role, the slip, the sound text
WORDS = (
    ("NE5", "unit", "procurement", "body", "2026年本部门政府采购预算9.00万元。", "2026年本单位政府采购预算9.00万元。"),
    ("NE5", "unit", "assets", "body", "本部门共有车辆1辆。", "与主管部门共用车辆1辆。"),
    ("NE4", "unit", "glossary", "body", "指市级预算主管部门取得的拨款。", "指区级预算主管部门取得的拨款。"),
    ("NE4", "unit", "glossary", "body", "指使用省级财政拨款安排的费用。", "指市级财政下达的补助资金。"),
    ("YD8", "unit", "projects", "body", "实施周期：2025年1月至2025年12月。", "实施周期：2025年1月至2026年12月。"),
    ("YD8", "unit", "projects", "body", "2026年1月1日至2025年12月31日。", "2026年1月1日至2026年12月31日。"),
    ("YD8", "unit", "projects", "body", "2025年项目预算安排9.00万元。", "2024年立项，2026年项目预算安排9.00万元。"),
    ("YD8", "unit", "assets", "body", "截至2023年8月31日，没有车辆。", "截至2025年8月31日，没有车辆。"),
    ("TI22", "unit", "organisation", "body", "设3个科室，包括：办公室、供水科。", "设2个科室，包括：办公室、供水科。"),
    ("TI22", "unit", "organisation", "body", "设三个科室：办公室、供水科。", "设三个科室：办公室、供水科、排水科。"),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "level", "section", "role", "wrong", "right"), WORDS)
def test_a_slip_is_told_and_the_sound_text_is_not(rule, level, section, role, wrong, right):
    assert budget((role, wrong), section=section, level=level) == [rule]
    assert budget((role, right), section=section, level=level) == []


TITLES = [("caption", f"2026年单位{name}预算总表") for name in ("收入", "支出", "财政拨款收支")]


@pytest.mark.parametrize("slip", ["2026年部门收支预算总表", "编制部门：汀州市临溪区水务局", "2026年部门预算编制说明"])
def test_a_title_of_a_unit_that_says_department_among_others_that_do_not(slip):
    assert budget(*TITLES, ("caption", slip), section="tables") == ["NE5"]


def test_titles_that_all_say_the_same_are_no_slip():
    assert budget(*TITLES, section="tables", level="department") == []
    economic = ("caption", "2026年单位一般公共预算基本支出部门预算经济分类预算表")
    assert budget(*TITLES, economic, ("caption", "编制单位：汀州市临溪区水务局 单位：元"), section="tables") == []


def test_a_department_that_mostly_calls_itself_so():
    own = "本部门收入9.00万元。本部门支出9.00万元。"
    assert budget(own, "本单位没有车辆。", level="department") == ["NE5"]
    assert budget("本单位收入9.00万元。", "本部门支出9.00万元。", level="department") == []


@pytest.mark.parametrize("entity", ["内蒙古自治区水利厅", "汀州市水务局", "汀州市经济技术开发区管理委员会"])
def test_a_level_is_not_judged_where_the_body_has_no_district(entity):
    assert budget("指市级预算主管部门取得的拨款。", section="glossary", entity=entity) == []


def contents(*lines: str) -> list[tuple[str, str]]:
    return [("contents", line) for line in lines]


HEADS = [("heading", "三、名词解释"), ("caption", "2026年单位收入预算总表")]


def test_a_line_of_the_contents_that_differs_from_its_title():
    assert budget(*contents("1. 2025年单位收入预算总表"), *HEADS) == ["ST9"]
    assert budget(*contents("1. 2026年单位收入预算总表……3"), *HEADS) == []
    assert budget(*contents("1. 单位收入预算总表", "2. 其他事项"), *HEADS) == []
    title = ("heading", "2026年单位收入预算公开")  # stands before the contents, no line points to it
    assert budget(title, *contents("1. 2026年单位收入预算表", "2. 其他事项"), ("heading", "其他事项")) == []


def test_a_number_left_out_of_the_contents():
    assert budget(*contents("一、主要职能", "二、机构设置", "四、编制说明")) == ["ST4"]
    assert budget(*contents("一、主要职能", "1. 收入表", "2. 支出表", "二、机构设置")) == []


ITEMS = {"gpb_items": [
    {"item_name": "住房公积金", "group_name": "住房改革支出"}, {"item_name": "购房补贴", "group_name": "住房改革支出"},
]}  # fmt: skip
HOUSING = "住房保障支出（类）住房改革支出（款）购房补贴（项）9.00万元，主要用于{}。主要原因是：{}。"


@pytest.mark.parametrize(
    ("use", "why", "rules"),
    [
        ("住房公积金", "人员增加", ["NC5"]),
        ("购房补贴", "住房公积金经费增加", ["NC5"]),
        ("购房补贴", "购房补贴经费增加", []),
        ("在职人员购房补贴", "住房公积金基数调整，补贴增加", []),
    ],
)
def test_a_purpose_or_reason_that_is_another_item_of_the_budget(use, why, rules):
    assert budget(HOUSING.format(use, why), section="gpb_items", lists=ITEMS) == rules


UNITS = ["1. 水务局（本部）。", "2. 供水管理站。", "3. 排水管理站。"]


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ("本部门中，行政单位1家，事业单位2家，具体包括：", []),
        ("本部门中，行政单位1家，事业单位3家，具体包括：", ["TI22"]),
        ("包括本部以及下属2家预算单位，具体包括：", []),
        ("包括本部以及下属4家预算单位，具体包括：", ["TI22"]),
    ],
)
def test_units_are_counted(said, rules):
    assert budget(said, *UNITS, section="organisation", level="department") == rules


def test_the_place_of_a_period_is_its_words():
    text = Paragraph("实施周期：2024年1月—12月。", Place(section="projects", offset=0))
    of = account(kind="budget", year=2026, entity=DISTRICT)
    (found,) = run_text(of, Narrative((text,)))
    assert found.message == "2026年度预算里的“2024年1月—12月”不含2026年"


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("机关事业单位职业年金缴费支", ["ST11"]),
        ("机关事业单位职业年金缴费", []),
        ("机关事业单位职业年金缴费支出", []),
    ],
)
def test_a_name_that_ends_before_its_official_one(label, told):
    made = table("budget_revenue", {"2080506": {"total": "9.00"}})
    row = replace(made.rows[0], label=label)
    of = account(kind="budget", year=2026, tables={"budget_revenue": replace(made, rows=(row,))})
    assert [one.rule for one in run_text(of, Narrative()) if one.rule == "ST11"] == told


def test_blank_pages_are_one_finding():
    of = account(kind="budget", year=2026, blank=(Place(page=3), Place(page=7)))
    (found,) = run_text(of, Narrative())
    assert (found.rule, found.message) == ("ST10", "第3页是空白页（共2处）")
