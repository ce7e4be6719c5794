"""The body of an account from its titles, sentences and signature."""

import pytest

from fiscal.recognise.bodies import entity_of, in_sentence, in_title


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("清河县水务局2021年度部门决算", "清河县水务局"),
        ("2021年度清河县水务局部门决算", "清河县水务局"),
        ("2021年清河县水务局一般公共预算“三公”经费决算情况说明", "清河县水务局"),
        ("临江市清河区教育局2022年“三公”经费预算公开", "临江市清河区教育局"),
        ("清河区政府办公室财政拨款“三公”经费2022年预算情况的说明", "清河区政府办公室"),
        ("清河县2022年“三公”经费决算情况说明", "清河县"),
        ("关于清河县档案馆2020年度部门决算公开的说明", "清河县档案馆"),
        ("清河县水务局（本级）2021年度部门决算", "清河县水务局（本级）"),
        ("清河县水务局“三公”经费决算公开", "清河县水务局"),
        ("第二部分 2021年度部门决算情况说明", ""),
        ("一般公共预算财政拨款支出决算表", ""),
        ("本部门2021年度部门决算公开", ""),
        ("清河县水务局2021年度收入总计3.00万元，支出总计3.00万元。", ""),
    ],
)
def test_names_in_titles(title, name):
    assert in_title(title) == name


def test_a_title_over_three_lines_and_a_name_above_the_title():
    assert entity_of([], ["2021年度", "清河县水务局", "部门决算"]) == "清河县水务局"
    assert entity_of([], ["清河县桃溪镇人民政府", "2021年度“三公”经费决算公开"]) == "清河县桃溪镇人民政府"


def test_first_sentence_and_signature_where_no_title_says_it():
    said = "2021年清河县水务局“三公”经费决算总额3.00万元，其中公务接待费3.00万元。"
    assert entity_of([], ["“三公”经费决算情况"], [said]) == "清河县水务局"
    assert entity_of([], ["“三公”经费决算情况"], ["本单位没有支出。", "清河县水务局", "2022年9月1日"]) == "清河县水务局"
    assert entity_of([], ["“三公”经费决算情况"], ["本单位没有支出。"]) == ""


def test_a_form_left_in_place_is_taken_only_where_nothing_else_stands():
    assert entity_of(["部门：某局"], ["清河县水务局2021年度部门决算"]) == "清河县水务局"


def test_no_name_is_made_of_a_sentence_about_money():
    assert in_sentence("2021年度用于所属事业单位的支出3.00万元。") == ""
