"""The price index: the project's own, one of an analyst, and what is refused."""

from decimal import Decimal

import pytest

from fiscal.dictionary.prices import read_prices
from fiscal.errors import DeclarationError, ReadError


def given(tmp_path, text: str):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8-sig")
    return read_prices(path)


def test_the_national_index_with_its_sources():
    prices = read_prices().set_index("year")
    assert list(prices.index) == list(range(2013, 2026))
    assert prices.loc[2022, "index"] == Decimal("102.0") and prices.loc[2023, "index"] == Decimal("100.2")
    assert prices["source"].str.contains("国家统计局").all()


def test_an_index_of_ones_own_needs_no_source_and_no_order(tmp_path):
    prices = given(tmp_path, "year,index\n2023,99.5\n2022,101\n")
    assert prices[["year", "index"]].values.tolist() == [[2022, Decimal("101")], [2023, Decimal("99.5")]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("year,value\n2023,1\n", "line 2: lacks index"),
        ("year,index\n23,100\n", "'23' is no year"),
        ("year,index\n2023,高\n", "'高' is no index"),
        ("year,index\n2023,-1\n", "'-1' is no index"),
        ("year,index\n2023,\n", "'' is no index"),
        ("year,index\n2023,100\n2023,101\n", "year 2023: stands twice"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, text, said):
    with pytest.raises(DeclarationError) as error:
        given(tmp_path, text)
    assert said in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ReadError, match=r"none\.csv"):
        read_prices(tmp_path / "none.csv")
