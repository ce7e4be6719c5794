"""Intervals from printed digits."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fiscal.model.money import parse_amount
from fiscal.model.rounding import Interval, interval, round_to, sum_of

AMOUNTS = st.decimals(min_value=-(10**6), max_value=10**6, places=4)


def cells(*texts):
    return [parse_amount(text) for text in texts]


def test_half_a_unit_of_the_last_digit():
    assert interval(parse_amount("218.96")) == Interval(Decimal("218.955"), Decimal("218.965"))
    assert interval(parse_amount("30")) == Interval(Decimal("29.5"), Decimal("30.5"))


def test_a_width_in_another_unit():
    assert interval(parse_amount("218.96"), "元") == Interval(Decimal("2189550"), Decimal("2189650"))


def test_sums_meet_by_their_ends():
    parts = sum_of(cells("812.34", "96.07", "4.58"))  # 912.99
    assert interval(parse_amount("913.00")).meets(parts)
    assert interval(parse_amount("913.01")).meets(parts)  # gap 0.02 = 4 half units
    assert not interval(parse_amount("913.02")).meets(parts)


def test_blanks_have_no_width():
    assert sum_of(cells("190.00", "", "28.96", "-")) == Interval(Decimal("218.95"), Decimal("218.97"))


def test_a_negative_weight_swaps_the_ends():
    assert interval(parse_amount("1.00")).scaled(Decimal(-1)) == Interval(Decimal("-1.005"), Decimal("-0.995"))


def test_half_is_rounded_up_as_accounts_do():
    assert round_to(Decimal("9.555"), 2) == Decimal("9.56")
    assert round_to(Decimal("-9.555"), 2) == Decimal("-9.56")


@given(st.lists(AMOUNTS, min_size=1, max_size=12))
def test_a_true_sum_is_never_refuted_by_rounding_its_terms(amounts):
    printed = [parse_amount(f"{round_to(amount, 2):f}") for amount in amounts]
    total = parse_amount(f"{round_to(sum(amounts, Decimal(0)), 2):f}")
    assert interval(total).meets(sum_of(printed))
