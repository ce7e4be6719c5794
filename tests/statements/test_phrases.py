"""Classification phrases in the styles of several provinces, resolved by digits and by name."""
# ruff: noqa: E501 - sentences and lists of figures stay on one line

import pytest

from fiscal.statements.phrases import phrases


def found(text: str, year: int = 2023) -> list[tuple[str, str, str, str]]:
    return [(p.class_name, p.group_name, p.item_name, p.code) for p in phrases(text, year)]


def test_digits_glued_to_names_make_the_code():
    text = "1.教育支出205（类）普通教育02（款）小学教育02（项）：支出决算为7.83万元。"
    assert found(text) == [("教育支出", "普通教育", "小学教育", "2050202")]


def test_names_alone_resolve_item_in_group_in_class():
    text = "1、一般公共服务支出（类）社会工作事务（款）行政运行（项）。主要用于：人员。"
    assert found(text, 2024) == [("一般公共服务支出", "社会工作事务", "行政运行", "2013901")]


def test_digits_win_over_a_name_of_another_year():
    text = "社会保障和就业208（类）行政事业单位离退休05（款）机关事业单位基本养老保险缴费支出05（项）：支出"
    assert [p.code for p in phrases(text, 2022)] == ["2080505"]


def test_digits_after_the_marker():
    assert found("教育支出（类）205普通教育（款）02小学教育（项）02：支出") == [
        ("教育支出", "普通教育", "小学教育", "2050202")
    ]


def test_an_amount_after_a_class_marker_is_no_code():
    assert [p.code for p in phrases("教育支出（类）264万元，住房保障支出（类）10.82万元", 2023)] == ["205", "221"]


@pytest.mark.parametrize(
    "text",
    ["2.2080505机关事业单位基本养老保险缴费支出年初预算80万元", "机关事业单位基本养老保险缴费支出（2080505）80万元"],
)
def test_full_codes(text: str):
    assert found(text) == [("", "", "机关事业单位基本养老保险缴费支出", "2080505")]


def test_half_width_brackets_and_several_phrases_back_to_back():
    text = "卫生健康支出(类)行政事业单位医疗(款)行政单位医疗(项)：1万元。卫生健康支出(类)行政事业单位医疗(款)事业单位医疗(项)：2万元。"
    assert [code for *_, code in found(text)] == ["2101101", "2101102"]


def test_a_name_known_nowhere_has_no_code():
    assert found("某某支出（类）某某（款）某某（项）") == [("某某支出", "某某", "某某", "")]


def test_an_item_name_of_many_groups_without_a_group_has_no_code():
    assert found("行政运行（项）") == [("", "", "行政运行", "")]
