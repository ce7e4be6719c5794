"""One entity over its years: growth by year, prices of one year, per head; gaps and unknowns stay what they are."""

from decimal import Decimal

import pandas as pd
import pytest

from fiscal.metrics import headlines_over_years, per_head_over_years, price_levels, spans
from tests.metrics.stored import accounts, year

PRICES = pd.DataFrame({"year": [2021, 2022, 2023], "index": [Decimal("100.9"), Decimal("102.0"), Decimal("100.2")]})


def total(series, name="total"):
    return series[series["measure"] == name].set_index("year")


def test_levels_chain_the_yearly_changes_to_the_base():
    levels = price_levels(PRICES, 2023)
    assert levels[2023] == 100
    assert float(levels[2022]) == pytest.approx(99.8003992)  # 100 / 1.002
    assert float(levels[2021]) == pytest.approx(97.8435286)  # … / 1.02
    assert float(levels[2020]) == pytest.approx(96.9707915)  # … / 1.009; the index of 2020 itself is not needed
    assert sorted(levels) == [2020, 2021, 2022, 2023]


def test_behind_a_gap_of_the_index_there_is_no_level():
    assert sorted(price_levels(PRICES.drop(index=1), 2023)) == [2022, 2023]
    assert price_levels(PRICES, 2026) == {2026: 100}


def test_growth_as_printed_and_without_inflation():
    series = total(headlines_over_years(accounts(year(2022, total="100.00"), year(2023, total="110.22")), PRICES))
    assert series.loc[2023, "change_rate"] == pytest.approx(0.1022)
    assert series.loc[2022, "real_yuan"] == pytest.approx(1_002_000)  # 100万元 × 1.002
    assert series.loc[2023, "real_change_rate"] == pytest.approx(0.1)  # 110.22 / 100.20
    assert set(series["base_year"]) == {2023} and pd.isna(series.loc[2022, "change_rate"])


def test_a_year_in_between_is_missing_and_no_growth_leads_across_it():
    series = total(headlines_over_years(accounts(year(2021, total="100.00"), year(2023, total="110.00")), PRICES))
    assert list(series["why_blank"]) == ["", "no_account", ""]
    assert series["amount_yuan"].isna().tolist() == [False, True, False]
    assert series["change_rate"].isna().all() and series["real_change_rate"].isna().all()
    span = spans(series.reset_index()).iloc[0]
    assert (span["from_year"], span["to_year"]) == (2021, 2023)
    assert span["change_rate"] == pytest.approx(0.1)
    assert span["yearly_rate"] == pytest.approx(0.0488088)  # √1.1 − 1


def test_a_year_that_the_index_lacks_is_empty_and_says_so():
    series = total(headlines_over_years(accounts(*(year(y, total="1.00") for y in (2022, 2023, 2024))), PRICES))
    assert series.loc[2024, "why_real_blank"] == "no_index" and pd.isna(series.loc[2024, "real_yuan"])
    assert series.loc[2022, "base_year"] == 2023  # the newest that is known, so that the other years still compare
    assert pd.isna(series.loc[2024, "real_change_rate"]) and series.loc[2024, "change_rate"] == 0


def test_unknown_blank_and_printed_zero_are_three():
    series = headlines_over_years(
        accounts(year(2021, total="1.00", tp="未公开"), year(2022, total="1.00", tp="0.00"),
                 year(2023, total="1.00")), PRICES)  # fmt: skip
    lines = total(series, "tp")
    assert list(lines["why_blank"]) == ["unknown", "", "missing"]
    assert lines.loc[2022, "amount_yuan"] == 0 and lines["change_rate"].isna().all()


def test_a_base_of_zero_has_no_rate():
    lines = total(headlines_over_years(accounts(year(2022, tp="0.00"), year(2023, tp="5.00")), PRICES), "tp")
    assert pd.isna(lines.loc[2023, "change_rate"])


def test_per_head_only_where_people_are_counted():
    known = accounts(year(2022, expenditure="265.13", staff=76), year(2023, expenditure="286.40"))
    lines = total(per_head_over_years(known, PRICES), "expenditure_per_head")
    assert lines.loc[2022, "amount_yuan"] == Decimal("34885.53")  # 2651300 / 76
    assert lines.loc[2022, "real_yuan"] == pytest.approx(34955.30, abs=0.01)
    assert lines.loc[2023, "why_blank"] == "no_count"


def test_no_account_gives_no_rows():
    assert len(headlines_over_years([], PRICES)) == len(per_head_over_years([], PRICES)) == 0
    assert len(spans(headlines_over_years(accounts(year(2022, total="1.00")), PRICES))) == 0
