"""Numbering, empty and repeated sections, years in titles."""

import pytest

from fiscal.dictionary.numbering import chinese as number

from .test_text_rules import account, rules_of


def heading(text: str) -> tuple[str, str]:
    return ("heading", text)


def test_a_number_left_out_is_found():
    texts = [heading("一、项目概况"), "概况。", heading("二、资金情况"), "情况。", heading("四、绩效情况"), "绩效。"]
    assert rules_of(*texts, section="annexes") == ["ST4"]


def test_numbers_in_order_are_fine():
    texts = [heading("一、概况"), "概况。", heading("二、资金"), "情况。", heading("三、绩效"), "绩效。"]
    assert rules_of(*texts, section="annexes") == []


def test_a_number_above_twenty_left_out_is_found():
    texts = [heading("二十、概况"), "概况。", heading("二十一、资金"), "情况。", heading("二十三、绩效"), "绩效。"]
    assert rules_of(*texts, section="annexes") == ["ST4"]


def test_a_number_used_twice_is_found():
    assert rules_of("5、行政运行。", "6、事业运行。", "6、机关服务。") == ["ST4"]


def test_digits_that_stand_for_lost_chinese_numbers_are_one_run():
    texts = ["1、 收入", "甲。", "2、 支出", "乙。", "三、拨款", "丙。", "四、基金", "丁。", "5、 其他", "戊。"]
    assert rules_of(*[heading(t) if "、" in t else t for t in texts], section="annexes") == []


def test_a_part_without_words_is_no_gap():
    assert rules_of(heading("第一部分 概况"), "概况。", heading("第三部分 情况说明"), "说明。") == []


def test_a_number_inside_a_joined_paragraph_is_no_gap():
    assert rules_of("（一）收入情况。（二）支出情况。", "（三）结余情况。") == []


def test_a_heading_that_lost_its_number_is_no_gap():
    texts = [heading("一、概况"), "概况。", heading("资金情况"), "情况。", heading("三、绩效"), "绩效。"]
    assert rules_of(*texts, section="annexes") == []


@pytest.mark.parametrize(
    ("text", "value"), [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21), ("一二", 0)]
)
def test_chinese_numbers(text, value):
    assert number(text) == value


def test_a_chapter_without_text_is_found():
    texts = [heading("二、收入决算情况说明"), heading("三、支出决算情况说明"), "支出8.00万元。"]
    assert rules_of(*texts, section="revenue") == ["ST3"]


def test_a_chapter_with_chapters_below_it_is_not_empty():
    texts = [heading("五、支出决算情况说明"), heading("（一）总体情况"), "支出8.00万元。"]
    assert rules_of(*texts, section="gpb") == []


def test_a_list_of_tables_is_not_empty():
    texts = [heading("一、收入支出决算总表"), heading("二、收入决算表")]
    assert rules_of(*texts, section="expenditure") == []


def test_a_chapter_that_stands_twice_is_found():
    texts = [heading("二、收入决算情况说明"), "收入8.00万元。", heading("三、收入决算情况说明"), "收入8.10万元。"]
    assert rules_of(*texts, section="revenue") == ["ST6"]


def test_a_table_title_of_another_year_is_found():
    assert rules_of(("caption", "2021年度收入支出决算总表"), section="tables") == ["ST8"]
    assert rules_of(("caption", "2022年度收入支出决算总表"), section="tables") == []
    assert rules_of(("caption", "2021年度收入支出决算总表"), section="tables", of=account(year=None)) == []
