"""The narrative of budgets: its sections, item sentences, last year's execution, money in brackets. Invented texts."""

from tests.statements.narrated import flat, narrate

HEADINGS = (
    ("2025年部门预算", "heading"),
    ("目录", "heading"),
    "一、部门主要职能 ……………………1",
    "二、名词解释 ……………………2",
    "青汀镇人民政府（部门）主要职能",
    "青汀镇人民政府负责本镇的公共服务。",
    ("名词解释", "heading"),
    "（一）基本支出预算：指为保障机构正常运转而编制的计划。",
    ("2025年部门预算编制说明", "heading"),
    "2025年，青汀镇人民政府收入预算620.00万元，其中：财政拨款收入620.00万元，比2024年预算增加20.00万元；事业收入0.00万元。",
    "支出预算620.00万元，其中：财政拨款支出预算620.00万元。",
    "1. “公共安全支出（类）司法（款）行政运行（项）”科目62.00万元，主要用于日常办公。",
    ("其他相关情况说明", "heading"),
    ("一、2025年“三公”经费预算情况说明", "heading"),
    "2025年“三公”经费预算数为6.00万元，比2024年预算持平。",
    ("项目经费情况说明", "heading"),
    ("一、项目概况", "heading"),
    "本年实施河道疏浚（40.00万元）和绿化补种（12.50万元）。",
    ("六、年度预算安排", "heading"),
    "第一季度用款计划5.00万元。",
)


def budget(*lines):
    return narrate(*lines, year=2025, kind="budget", entity="青汀镇人民政府")


def test_every_part_of_a_budget_has_its_section():
    sections = [paragraph.place.section for paragraph in budget(*HEADINGS).paragraphs]
    assert sections == [
        *["title"], *["contents"] * 3, *["responsibilities"] * 2, *["glossary"] * 2, *["whole"] * 3, "gpb_items",
        "whole", *["three_public"] * 2, *["projects"] * 5,
    ]  # fmt: skip


def test_figures_of_a_budget_are_planned_and_belong_to_whom_the_sentence_names():
    assert flat(budget(*HEADINGS)) == [
        ("revenue_budget", "amount", "620.00"), ("rev_appropriation_budget", "amount", "620.00"),
        ("rev_appropriation_change", "change", "20.00"), ("rev_operating_budget", "amount", "0.00"),
        ("expenditure_budget", "amount", "620.00"), ("appropriation_expenditure_budget", "amount", "620.00"),
        ("gpb_items[2040601].budget", "amount", "62.00"), ("tp_budget", "amount", "6.00"),
        ("河道疏浚_budget", "amount", "40.00"), ("绿化补种_budget", "amount", "12.50"),
        ("第一季度用款计划_budget", "amount", "5.00"),
    ]  # fmt: skip


def test_what_was_spent_and_what_is_compared_with_is_last_year_s_whatever_year_is_printed():
    told = budget(
        "（三）公共安全支出（204类）司法（06款）行政运行（01项）12.00万元，主要用于日常办公。2021年当年预算执行数为10.00万元，"
        "2025年预算安排12.00万元，比2025年预算执行数增加20.00%。主要原因是：编制增加。"
    )
    assert [(one.subject, one.period, one.base) for one in told.claims] == [
        ("gpb_items[2040601].budget", "this", ""),
        ("gpb_items[2040601].actual", "previous", ""),
        ("gpb_items[2040601].budget", "this", "budget"),
        ("gpb_items[2040601].change_percent", "this", "last_year"),
    ]
