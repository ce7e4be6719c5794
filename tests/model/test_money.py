"""A printed text is a number with its digits, a blank, an unknown, or an error that names the place."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscal.errors import NumberUnreadable
from fiscal.model.cells import Place
from fiscal.model.money import convert, parse_amount


@pytest.mark.parametrize(
    ("text", "value", "digits"),
    [("218.96", "218.96", 2), ("1,234.50", "1234.50", 2), ("１２３．４５", "123.45", 2), ("-3.2", "-3.2", 1),
     ("(3.20)", "-3.20", 2), ("（3.20）", "-3.20", 2), (" 30 ", "30", 0), ("1 234.56", "1234.56", 2),
     ("1，234，567.8", "1234567.8", 1), ("0.00", "0.00", 2)],
)  # fmt: skip
def test_numbers_keep_their_digits(text, value, digits):
    cell = parse_amount(text)
    assert (str(cell), cell.digits, cell.is_number) == (value, digits, True)


@pytest.mark.parametrize("text", ["", None, " ", "-", "—", "－", "／"])
def test_dashes_and_nothing_are_blank_and_print_nothing(text):
    cell = parse_amount(text)
    assert cell.is_blank and str(cell) == "" and cell.number == 0 and cell.half == 0


def test_unknown_is_neither_zero_nor_blank():
    cell = parse_amount("未公开")
    assert cell.is_unknown and str(cell) == "未公开"
    with pytest.raises(ValueError, match="unknown"):
        _ = cell.number


def test_a_printed_zero_has_a_width_and_a_bare_one_has_none():
    assert parse_amount("0.00").half == Decimal("0.005")
    assert parse_amount("0").half == 0 and parse_amount("0").exact


def test_percent_is_a_unit():
    cell = parse_amount("97.82%")
    assert (cell.value, cell.unit) == (Decimal("97.82"), "%")


@pytest.mark.parametrize("text", ["1.2.3", "abc", "12a", "1,23,4"])
def test_what_is_no_number_names_its_place(text):
    with pytest.raises(NumberUnreadable, match=r"a\.xlsx.*表1.*B3"):
        parse_amount(text, place=Place("a.xlsx", sheet="表1", cell="B3"))


def test_units_convert_without_loss():
    assert convert(Decimal("218.96"), "万元", "元") == Decimal("2189600")
    assert convert(Decimal("0.01"), "元", "亿元") == Decimal("1E-10")
    assert convert(convert(Decimal("1234.5678"), "亿元", "元"), "元", "亿元") == Decimal("1234.5678")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("￥3,049.92", "3049.92", "万元"), ("3049.92元", "3049.92", "元"), ("12.5亿", "12.5", "亿元"),
        ("３，０４９．９２", "3049.92", "万元"), ("–12.50", "-12.50", "万元"), ("12.50－", "-12.50", "万元"),
        ("\ufeff12\u200b.50\u00a0", "12.50", "万元"), ("12.50①", "12.50", "万元"), ("12.50（注1）", "12.50", "万元"),
        ("1,234,\n567.00", "1234567.00", "万元"), ("-¥1.20", "-1.20", "万元"), ("（1.20）", "-1.20", "万元"),
    ],
)  # fmt: skip
def test_one_printed_number_whatever_its_dress(text, value, unit):
    cell = parse_amount(text)
    assert (str(cell), cell.unit) == (value, unit)


@pytest.mark.parametrize("text", ["12.50\n3.40", "12 34", "255309 356950", "△12.50", "1.2.3", "12.50万元3.40", "①"])
def test_two_numbers_and_undeclared_signs_are_no_number(text):
    with pytest.raises(NumberUnreadable):
        parse_amount(text)


def test_a_triangle_is_a_minus_where_the_form_says_so():
    assert str(parse_amount("△12.50", triangle=True)) == "-12.50"
    assert parse_amount("**").is_unknown and not parse_amount("××").is_unread


@given(st.decimals(0, 10**12, places=2), st.sampled_from(["", "￥", "¥ "]), st.sampled_from(["", "元", "万元", " "]))
def test_a_number_keeps_its_digits_in_every_dress(value, before, after):
    assert parse_amount(f"{before}{value:,}{after}").value == value


@given(st.text(alphabet="0123456789.,，．－-–△￥元万% \n　（）()①*\u200b", max_size=14))
def test_blanks_and_line_ends_never_make_a_longer_number(text):
    try:
        cell = parse_amount(text)
    except NumberUnreadable:
        return
    parts = [part for part in text.split() if any(char.isdigit() for char in part)]
    assert not cell.is_number or len(parts) < 2 or all(any(mark in text for mark in ".,，．") for _ in parts)
