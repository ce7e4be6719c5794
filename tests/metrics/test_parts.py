"""Codes over the years: renamed ones stay one series, contributions add up, what is not printed is not zero."""

from decimal import Decimal

import pandas as pd
import pytest

from fiscal.metrics import parts_over_years
from tests.metrics.stored import accounts, year

OLD = {
    "201": ("一般公共服务支出", "60.00"),
    "210": ("医疗卫生与计划生育支出", "30.00"),
    "206": ("科学技术支出", "10.00"),
}
NEW = {"201": ("一般公共服务支出", "66.00"), "210": ("卫生健康支出", "42.00"), "221": ("住房保障支出", "2.00")}


def series(*years, division="function"):
    return parts_over_years(accounts(*years), division).set_index(["row", "year"])


@pytest.fixture(scope="module")
def pair():
    return series(year(2022, parts=OLD, whole="100.00"), year(2023, parts=NEW, whole="110.00"))


def test_contributions_add_to_the_growth_of_the_whole(pair):
    points = pair.xs(2023, level="year")["contribution_pp"]
    assert points.drop("whole").to_dict() == pytest.approx({"201": 6.0, "206": -10.0, "210": 12.0, "221": 2.0})
    assert points["whole"] == pytest.approx(10.0) == points.drop("whole").sum()


def test_shares_are_of_the_whole_of_the_same_year(pair):
    shares = pair["share"]
    assert shares[("210", 2022)] == pytest.approx(0.3) and shares[("210", 2023)] == pytest.approx(42 / 110)
    assert pd.isna(shares[("206", 2023)])  # a blank has none


def test_a_renamed_code_is_one_series(pair):
    lines = pair.loc["210"]
    assert list(lines["label"]) == ["医疗卫生与计划生育支出", "卫生健康支出"]
    assert set(lines["label_now"]) == {"卫生健康支出"} and lines["is_renamed"].all()
    assert lines.loc[2023, "change_yuan"] == Decimal("120000.00")
    assert not pair.loc["201", "is_renamed"].any()


def test_a_code_that_one_year_lacks_is_blank_and_never_a_printed_zero(pair):
    gone = pair.loc[("206", 2023)]
    assert gone["state"] == "blank" and gone["amount_yuan"] is None and gone["label"] is None
    assert gone["change_yuan"] == Decimal("-100000.00")


def test_where_parts_do_not_make_up_the_whole_a_lacking_code_is_missing():
    lines = series(year(2022, parts=OLD, whole="100.00"), year(2023, parts={"201": OLD["201"]}, whole="110.00"))
    assert lines.loc[("210", 2023), "state"] == "missing"
    assert lines.loc[("210", 2023), "why_blank"] == "missing" and pd.isna(lines.loc[("210", 2023), "contribution_pp"])
    assert lines.loc[("201", 2023), "contribution_pp"] == 0


def test_an_unknown_part_has_no_change():
    now = {**NEW, "201": ("一般公共服务支出", "未公开")}
    lines = series(year(2022, parts=OLD, whole="100.00"), year(2023, parts=now, whole="110.00"))
    assert lines.loc[("201", 2023), "why_blank"] == "unknown"
    assert lines.loc[("206", 2023), "state"] == "missing"  # it may be in what is unknown


def test_no_change_leads_across_a_gap():
    lines = series(year(2020, parts=OLD, whole="100.00"), year(2022, parts=NEW, whole="110.00"))
    assert set(lines["why_blank"]) == {"no_previous"} and lines["contribution_pp"].isna().all()


def test_the_whole_of_a_table_with_two_columns_is_the_sum_of_its_totals():
    def basic(number, personnel, public):
        rows = [("personnel_total", "", "total", personnel), ("public_total", "", "total", public),
                ("e301", "301", "economic_class", personnel), ("e302", "302", "economic_class", public)]  # fmt: skip
        columns = ("personnel_amount", "public_amount") * 2
        cells = [("general_public_budget_basic", key, column, code, key, level, text)
                 for (key, code, level, text), column in zip(rows, columns)]  # fmt: skip
        return year(number) | {"cells": cells}

    lines = series(basic(2022, "80.00", "20.00"), basic(2023, "90.00", "15.00"), division="basic_economic")
    assert lines.loc[("301", 2023), "contribution_pp"] == pytest.approx(10)
    assert lines.loc[("302", 2023), "contribution_pp"] == pytest.approx(-5)
    assert lines.loc[("whole", 2023), "amount_yuan"] == Decimal("1050000.00")


def test_two_rows_of_one_code_are_refused():
    twice = year(2022, parts=OLD, whole="100.00")
    twice["cells"].append(twice["cells"][0])
    with pytest.raises(ValueError, match="201"):
        series(twice)


def test_no_such_table_gives_no_rows():
    assert len(parts_over_years(accounts(year(2022, total="1.00")), "economic")) == 0
    assert len(parts_over_years([], "function")) == 0
