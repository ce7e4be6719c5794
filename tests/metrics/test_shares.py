from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fiscal
from fiscal.metrics.shares import agrees, allowed, largest_remainder, rounded
from fiscal.model.rounding import Interval

RAW = Path(__file__).parents[2] / "data" / "raw"


def decimals(*texts):
    return [Decimal(text) for text in texts]


def test_a_list_adds_to_100_by_the_largest_remainder():
    # 189.78, 8.42, 4.99, 10.99 of 214.18: 88.6077, 3.9313, 2.3298, 5.1312; cut off they add to 99.98
    shares = largest_remainder(decimals("189.78", "8.42", "4.99", "10.99"))
    assert shares == decimals("0.8861", "0.0393", "0.0233", "0.0513")


def test_nearest_rounding_would_miss_100_and_the_method_does_not():
    parts = decimals("1", "1", "1")
    assert sum(rounded(parts, Decimal(3))) == Decimal("0.9999")
    assert largest_remainder(parts) == decimals("0.3334", "0.3333", "0.3333")


@pytest.mark.parametrize("half, digits", [("0", 4), ("0.01", 2), ("0.0101", 1), ("0.5", 0), ("80", -2), ("100", -2)])
def test_a_ratio_shows_no_more_digits_than_it_is_certain_of(half, digits):
    around = Interval(Decimal(200) - Decimal(half), Decimal(200) + Decimal(half))
    assert allowed(around, Interval(Decimal(1), Decimal(1)), 4) == digits
    assert allowed(around, Interval(Decimal(-1), Decimal(1)), 4) == 0  # of a whole that can be 0 nothing is known


def test_shares_of_a_derived_year_are_whole_percentages():
    before = fiscal.read(RAW / "suining-hotline" / "2021")  # 1.62 ± 0.055 of 7.34: 21.4 % to 23.0 %
    shares = fiscal.metrics.structure(before, measure="three_public").set_index("part")["display_share"]
    assert str(shares["公务接待费"]) == "0.22" and str(shares["公务用车购置及运行维护费"]) == "0.78"


def test_a_zero_part_keeps_zero_and_a_negative_part_its_sign():
    shares = largest_remainder(decimals("0", "10", "-3"))
    assert shares[0] == 0
    assert shares[2] < 0
    assert sum(shares) == 1


def test_nothing_has_no_shares():
    with pytest.raises(ValueError, match="add to 0"):
        largest_remainder(decimals("0", "0"))


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=30).filter(lambda parts: sum(parts) > 0))
def test_shares_always_add_to_one_and_stay_within_a_unit(parts):
    shares = largest_remainder(parts)
    whole = sum(parts)
    assert sum(shares) == 1
    assert all(abs(share - part / whole) < Decimal("0.0001") for share, part in zip(shares, parts))


@pytest.mark.parametrize(
    ("printed", "part", "whole", "answer"),
    [
        ("0.8677", "190.00", "218.96", True),  # 0.867738
        ("0.955", "29.42", "307.82", False),
        ("0.0955", "29.42", "307.82", False),  # 0.095575 ± 0.000018: 9.55 % can only be a forced share
        ("0.0956", "29.42", "307.82", True),
        ("0.33", "1", "3.0", True),  # 0.5–1.5 of 2.95–3.05
        ("0.5", "0", "0.00", None),
    ],
)
def test_a_printed_share_is_judged_by_all_printed_digits(printed, part, whole, answer):
    assert agrees(*decimals(printed, part, whole)) is answer


def test_an_unknown_amount_judges_nothing():
    assert agrees(Decimal("0.5"), None, Decimal(2)) is None
