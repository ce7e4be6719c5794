"""Columns without amounts: known by their heading, else by what stands in them."""

import pytest

from fiscal.recognise.columns import AMOUNT, CODE, NAME, chains
from fiscal.recognise.grid_pieces import cut
from tests.readers.grids import grid


def kinds(rows: list[list[str]]) -> list[str]:
    (piece,) = [piece for piece in cut(grid(rows)) if piece.body]
    return [chain.kind for chain in chains(piece)]


BODY = [
    ["208", "社会保障和就业支出", "12.30"],
    ["20805", "行政事业单位养老支出", "12.30"],
    ["2080505", "养老保险缴费", "12.30"],
]


@pytest.mark.parametrize("heading", ["科目名称", "功能科目", "预算科目名称", "某地自拟的栏名"])
def test_names_under_any_heading_are_names(heading):
    assert kinds([["科目编码", heading, "合计"], *BODY]) == [CODE, NAME, AMOUNT]


def test_codes_under_any_heading_are_codes():
    assert kinds([["某地自拟", "科目名称", "合计"], *BODY]) == [CODE, NAME, AMOUNT]


def test_a_column_of_amounts_stays_one_where_some_are_blank_or_not_published():
    body = [["208", "支出一", "—"], ["210", "支出二", "未公开"], ["221", "支出三", ""]]
    assert kinds([["科目编码", "科目名称", "经营支出"], *body]) == [CODE, NAME, AMOUNT]


def test_one_word_among_numbers_makes_no_column_of_names():
    body = [["208", "支出一", "1.00"], ["210", "支出二", "略"], ["221", "支出三", "略"]]
    assert kinds([["科目编码", "科目名称", "经营支出"], *body])[2] == AMOUNT


def test_codes_under_the_heading_of_amounts_are_codes_where_the_classification_has_them():
    for texts, kind in ((("201", "20805"), CODE), (("299", "398"), AMOUNT)):
        body = [["208", "支出一", texts[0]], ["210", "支出二", texts[1]]]
        assert kinds([["科目编码", "科目名称", "经营支出"], *body])[2] == kind


def test_a_single_text_is_a_name_only_where_no_amount_is_declared():
    assert kinds([["科目编码", "科目名称", "自拟的说明", "合计"], ["208", "支出一", "见附件", "1.00"]])[2] == NAME
    assert kinds([["科目编码", "科目名称", "经营支出", "合计"], ["208", "支出一", "见附件", "1.00"]])[2] == AMOUNT


def test_totals_neither_make_nor_unmake_a_column_of_codes():
    assert kinds([["某地自拟", "科目名称", "合计"], ["合计", "", "24.60"], *BODY]) == [CODE, NAME, AMOUNT]


def test_signs_that_are_no_words_are_no_names():
    body = [["208", "支出一", "***"], ["210", "支出二", "1.2.3"]]
    assert kinds([["科目编码", "科目名称", "经营支出"], *body])[2] == AMOUNT
