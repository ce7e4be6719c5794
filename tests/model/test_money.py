"""A printed text is a number with its digits, a blank, an unknown, or an error that names the place."""

from decimal import Decimal

import pytest

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
