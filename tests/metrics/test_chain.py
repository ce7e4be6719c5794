"""The years linked: opening balances against closing ones, last year's figures as this year tells them."""

from decimal import Decimal

from fiscal.metrics import carried_over_years, restated_over_years
from tests.metrics.stored import accounts, year


def test_each_opening_balance_against_the_closing_balance_before():
    years = year(2021, closing="5.16"), year(2022, opening="5.16", closing="0.81"), year(2023, opening="3.81")
    chain = carried_over_years(accounts(*years))
    assert list(chain["year"]) == [2022, 2023]
    assert list(chain["outcome"]) == ["equal", "different"]
    assert chain.loc[1, "difference"] == Decimal("3.00")


def test_printed_digits_decide():
    (outcome,) = carried_over_years(accounts(year(2021, closing="5.2"), year(2022, opening="5.16")))["outcome"]
    assert outcome == "rounding"


def test_a_year_without_the_year_before_says_so():
    chain = carried_over_years(accounts(year(2020, closing="1.00"), year(2022, opening="9.00")))
    assert list(chain["why_blank"]) == ["no_previous"] and list(chain["outcome"]) == [""]


def test_a_balance_that_one_side_does_not_print_is_missing_and_an_unknown_one_unknown():
    chain = carried_over_years(accounts(year(2021, total="1.00"), year(2022, opening="1.00", closing="未公开"),
                                        year(2023, opening="2.00")))  # fmt: skip
    assert list(chain["why_blank"]) == ["missing", "unknown"]


def test_a_stated_change_that_leads_to_another_figure_is_told():
    told = restated_over_years(accounts(
        year(2021, total="249.25", tp="8.00"),
        year(2022, total="266.61", tp="5.00", stated={"total_change": "17.36", "tp_change": "-2.50"})))  # fmt: skip
    lines = told.set_index("label")
    assert lines.loc["收、支总计", "outcome"] == "equal"
    assert lines.loc["“三公”经费", "amount_now"] == Decimal("7.50")  # 5.00 + 2.50: it fell
    assert lines.loc["“三公”经费", "outcome"] == "different"


def test_a_change_said_in_the_wrong_direction_is_told():
    years = accounts(year(2021, total="249.25"), year(2022, total="266.61", stated={"total_change": "-17.36"}))
    (line,) = restated_over_years(years).to_dict("records")
    assert (line["amount_now"], line["outcome"]) == (Decimal("283.97"), "different")  # 266.61 + 17.36


def test_without_a_stated_change_or_a_year_before_nothing_is_compared():
    assert len(restated_over_years(accounts(year(2021, total="1.00"), year(2022, total="2.00")))) == 0
    apart = accounts(year(2020, total="1.00"), year(2022, total="2.00", stated={"total_change": "1.00"}))
    assert len(restated_over_years(apart)) == 0
    assert len(carried_over_years([])) == 0
