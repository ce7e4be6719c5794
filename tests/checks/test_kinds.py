"""How each kind is judged: values worked out by hand."""

from decimal import Decimal

import pytest

from fiscal.checks.identities.exact import Scaled, Skip, constant
from fiscal.checks.identities.kinds import judge_bound, judge_copies, judge_copy, judge_known, judge_percent, judge_sum
from fiscal.checks.identities.ratios import Ratio
from tests.checks.builders import number


def terms(*texts, unit="万元"):
    return [(1, number(text, unit)) for text in texts]


def summed(left, right):
    verdict = judge_sum(terms(*left), terms(*right), Scaled())
    return verdict.outcome, verdict.reason, verdict.severity


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (["218.96"], ["190.00", "28.96"], ("passed", "", "")),
        (["105.58"], ["95.36", "10.23"], ("rounding", "interval", "")),  # gap 0.01, widths 3 x 0.005
        (["105.57"], ["95.36", "10.23"], ("failed", "", "")),  # gap 0.02 > 0.015
        (["912.99"], ["812.34", "96.07", "4.58"], ("passed", "", "")),
        (["913.00"], ["812.34", "96.07", "4.58"], ("rounding", "interval", "")),
        (["913.02"], ["812.34", "96.07", "4.58"], ("failed", "", "")),  # gap 0.03 > 0.02
        (["5.00"], ["5.00", "", "—"], ("passed", "", "")),  # blanks are exactly 0
        (["5.01"], ["5.00", "", ""], ("failed", "", "")),  # one term on each side: two prints of one number
        (["5.01"], ["5.00", "0.00", "0.00"], ("failed", "", "")),  # single term again: printed zeros do not count
        (["5.02"], ["3.00", "2.00", "0.00"], ("failed", "printed zero", "warning")),  # 0.02 = 3 and one 0.00
        (["5.02"], ["3.00", "2.00", "0"], ("failed", "", "")),  # a bare 0 is exact
        (["-3.20"], ["-3.00", "-0.20"], ("passed", "", "")),
    ],
)
def test_sums_are_intervals_that_meet(left, right, expected):
    assert summed(left, right) == expected


def test_printed_zeros_give_their_width_only_to_a_warning():
    # 0.01 beside three cells printed 0.00: only hidden amounts could make it up
    assert summed(["0.01"], ["0.00", "0.00", "0.00"]) == ("failed", "printed zero", "warning")


def test_a_failed_sum_says_what_stands_there_what_should_and_both_intervals():
    verdict = judge_sum(terms("105.50"), terms("95.36", "10.23"), Scaled())
    assert (verdict.actual, verdict.expected, verdict.difference) == tuple(map(Decimal, ("105.50", "105.59", "-0.09")))
    assert verdict.intervals == "[105.495, 105.505] 与 [105.58, 105.60]"


def test_a_number_that_stands_twice_is_one_variable():
    now = number("10.0")
    verdict = judge_sum([(1, now)], [(1, now), (1, number("0.04"))], Scaled())
    assert verdict.outcome == "failed"  # the width of 10.0 cancels: 0 against 0.04 ± 0.005


def test_units_are_converted_without_loss():
    assert judge_copies(terms("2189600.00", unit="元"), terms("218.96"), Scaled()).outcome == "passed"
    assert judge_copies(terms("2189649.99", unit="元"), terms("218.96"), Scaled()).outcome == "passed"
    assert judge_copies(terms("2189650.00", unit="元"), terms("218.96"), Scaled()).reason == "cut off"
    assert judge_copies(terms("2189700.00", unit="元"), terms("218.96"), Scaled()).outcome == "failed"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("12.35", "12.35", ("passed", "")),
        ("12.35", "12.36", ("failed", "")),
        ("12.345", "12.35", ("passed", "")),  # half up
        ("12.349", "12.34", ("rounding", "cut off")),
        ("0", "0.00", ("passed", "")),
        ("0", "0.01", ("failed", "")),
        ("", "0.01", ("failed", "")),
    ],
)
def test_copies_are_equal_to_the_digits_of_the_coarser_print(left, right, expected):
    verdict = judge_copy(number(left), number(right), Scaled())
    assert (verdict.outcome, verdict.reason) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("10.82", "10.82", ("passed", "", "")),
        ("10.82", "10.83", ("rounding", "last digit", "info")),
        ("10.82", "10.84", ("failed", "", "")),
        ("", "0.01", ("failed", "", "")),
        ("", "0.00", ("passed", "", "")),
    ],
)
def test_rows_of_two_tables_may_differ_by_one_last_digit(left, right, expected):
    verdict = judge_copies(terms(left), terms(right), Scaled(), rows=True)
    assert (verdict.outcome, verdict.reason, verdict.severity) == expected


def percent(printed, form, top, bottom, *, absolute=False):
    ratio = Ratio(form, terms(*top), terms(*bottom), absolute)
    verdict = judge_percent([(1, number(f"{printed}%"))], ratio, Scaled())
    return verdict.outcome, verdict.reason


@pytest.mark.parametrize(
    ("printed", "form", "top", "bottom", "expected"),
    [
        ("86.77", "share", ["190.00"], ["218.96"], ("passed", "")),  # 86.7739
        ("13.23", "share", ["28.96"], ["218.96"], ("passed", "")),
        ("9.56", "share", ["29.42"], ["307.82"], ("passed", "")),  # 9.5575
        ("9.55", "share", ["29.42"], ["307.82"], ("failed", "")),  # 9.555 < 29.415 / 307.825
        ("8.48", "pct_change", ["214.18"], ["197.43"], ("passed", "")),  # 16.75 / 197.43
        ("7.82", "pct_change", ["214.18"], ["197.43"], ("failed", "")),  # divided by the year itself
        ("33", "share", ["0.10"], ["0.30"], ("passed", "")),
        ("37", "share", ["0.10"], ["0.30"], ("failed", "")),  # 0.105 / 0.295 = 35.6, 36.5 at least
        ("35.0", "share", ["0.10"], ["0.30"], ("rounding", "nearest")),
        ("0", "share", ["0"], ["0"], ("passed", "")),
        ("100", "completion", ["0"], ["0"], ("rounding", "style")),
        ("100", "completion", ["5.00"], ["0"], ("failed", "base 0")),
        ("100", "pct_change", ["5.00"], ["0"], ("passed", "")),
        ("50", "pct_change", ["5.00"], ["0"], ("failed", "base 0")),
        ("0", "pct_change", ["0"], ["0"], ("passed", "")),
    ],
)
def test_percents_lie_in_all_quotients_the_printed_digits_allow(printed, form, top, bottom, expected):
    assert percent(printed, form, top, bottom) == expected


def test_a_rate_from_change_and_level_moves_both_together():
    now, change = number("218.96"), number("21.53")
    ratio = Ratio("pct_change", [(1, now)], [(1, now), (-1, change)], True)  # 21.53 / 197.43 = 10.905
    assert judge_percent([(1, number("10.91%"))], ratio, Scaled()).outcome == "passed"
    assert judge_percent([(1, number("10.90%"))], ratio, Scaled()).reason == "nearest"
    assert judge_percent([(1, number("9.83%"))], ratio, Scaled()).outcome == "failed"


def test_a_base_around_zero_is_undefined():
    with pytest.raises(Skip, match="undefined"):
        percent("100", "pct_change", ["307.82"], ["0.00"])
    with pytest.raises(Skip, match="undefined"):
        percent("10", "pct_change", ["3.00"], ["-2.00"])


def test_of_several_budgets_the_rate_must_fit_one():
    actual, initial, full = terms("307.82"), terms("0"), terms("321.02")
    both = [Ratio("completion", actual, initial), Ratio("completion", actual, full)]
    assert judge_percent([(1, number("95.89%"))], both, Scaled()).outcome == "passed"
    assert judge_percent([(1, number("95.98%"))], both, Scaled()).outcome == "failed"


@pytest.mark.parametrize(
    ("left", "op", "right", "outcome"),
    [
        ("5.00", "<=", "5.00", "passed"),
        ("5.01", "<=", "5.00", "passed"),  # 5.005 is possible for both
        ("5.02", "<=", "5.00", "failed"),
        ("-0.01", ">=", "0", "failed"),
        ("", ">=", "0", "passed"),
    ],
)
def test_bounds_fail_only_when_nothing_can_make_them_true(left, op, right, outcome):
    assert judge_bound(terms(left), terms(right), Scaled(), op).outcome == outcome


def test_known_parts_of_a_sum_must_not_exceed_the_whole():
    assert judge_known(terms("10.00"), terms("4.00", "未公开"), Scaled()).outcome == "passed"
    assert judge_known(terms("10.00"), terms("11.00", "未公开"), Scaled()).outcome == "failed"
    with pytest.raises(Skip, match="unknown"):
        judge_known(terms("未公开"), terms("4.00", "5.00"), Scaled())
    with pytest.raises(Skip, match="unknown"):
        judge_known(terms("10.00"), terms("未公开"), Scaled())


def test_constants_are_exact():
    shares = [(1, number(text)) for text in ("33.33%", "33.33%", "33.33%")]
    assert judge_sum(shares, [(1, constant(100))], Scaled()).outcome == "rounding"
    assert judge_sum(shares[:2], [(1, constant(100))], Scaled()).outcome == "failed"
