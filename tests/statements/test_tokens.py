"""What is a number, of which form, and what only looks like one."""

from decimal import Decimal

import pytest

from fiscal.model.numerals import chinese
from fiscal.statements.tokens import tokens


def forms(text: str) -> list[tuple[str, str, str]]:
    return [(token.form, str(token.value), token.unit or token.counter) for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("支出307.82万元，占34.30%", [("money", "307.82", "万元"), ("percent", "34.30", "%")]),
        ("提高2.1个百分点，增长1.5倍", [("points", "2.1", "个百分点"), ("times", "1.5", "%")]),
        ("3亿元和500元和12千元", [("money", "3", "亿元"), ("money", "500", "元"), ("money", "12", "千元")]),
        ("支出307.82万，", [("money", "307.82", "万元")]),
        ("支出-3.20万元、负3.2万元", [("money", "-3.20", "万元"), ("money", "-3.2", "万元")]),
        ("三十万元", [("money", "30", "万元")]),
        ("一亿二千万元", [("money", "120000000", "元")]),
        ("15批次，116人次，0台（套），3万人次", [("count", "15", "批次"), ("count", "116", "人次"),
                                           ("count", "0", "台（套）"), ("count", "3", "人次")]),
        ("决算数为214.18，", [("bare", "214.18", "")]),
    ],
)  # fmt: skip
def test_forms(text: str, found: list[tuple[str, str, str]]):
    assert forms(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "2022年度", "与2021年相比", "12月31日", "2020年—2021年", "单价100万元（含）以上设备", "单位价值100万元以上",
        "12345热线", "〔2022〕15号", "201（类）03（款）05（项）",
    ],
)  # fmt: skip
def test_masked(text: str):  # P03 P04 P20
    assert tokens(text) == []


def test_a_year_before_an_amount_is_no_part_of_it():  # P03
    assert forms("2022年218.96万元") == [("money", "218.96", "万元")]


@pytest.mark.parametrize("text", ["约12万元", "近30万元", "30余万元", "10多万元", "5万余万元", "3万余元", "90%以上"])
def test_approximate(text: str):
    (token,) = tokens(text)
    assert token.approximate


def test_printed_figures_are_not_approximate():
    assert [token.approximate for token in tokens("支出12万元，占30.00%")] == [False, False]


def test_ranges_are_marked():
    assert [(str(token.value), token.ranged) for token in tokens("10%-15%，3—5万元，6万元")] == [
        ("10", True), ("15", True), ("3", True), ("5", True), ("6", False)]  # fmt: skip


@pytest.mark.parametrize("text", ["12..34万元", "12.345.6%", "1O0万元"])
def test_malformed_numbers_have_no_value(text: str):
    (token,) = tokens(text)
    assert token.value is None


@pytest.mark.parametrize(
    ("text", "value"), [("三十", 30), ("一百零五", 105), ("一亿二千万", 120_000_000), ("两千", 2000)]
)
def test_chinese_numerals(text: str, value: int):
    assert Decimal(chinese(text)) == value
