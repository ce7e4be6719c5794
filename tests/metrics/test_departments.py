"""Departments of one year, from rows of the comparison view."""

import pandas as pd
import pytest

from fiscal.metrics import departments, standing_out

BASE = {
    "entity": "甲局", "year": 2023, "document_id": "a", "n_staff": 10, "total_yuan": 110.0, "expenditure_yuan": 100.0,
    "three_public_yuan": 20.0, "three_public_per_head_yuan": 2.0, "three_public_execution_rate": 0.9,
    "execution_rate": 0.95, "opening_text": "1.00", "closing_text": "2.00", "balance_unit": "万元", "n_errors": 0,
    "n_warnings": 0, "is_total_doubted": False, "is_expenditure_doubted": False, "is_tp_doubted": False,
}  # fmt: skip


def accounts(*changes: dict) -> pd.DataFrame:
    return pd.DataFrame([{**BASE, **change} for change in changes], columns=list(BASE))


def test_growth_is_against_the_year_before():
    made = departments(accounts({}, {"year": 2022, "total_yuan": 100.0, "three_public_yuan": 25.0})).iloc[0]
    assert (made["year"], made["total_change_yuan"]) == (2023, 10)
    assert made["total_change_rate"] == pytest.approx(0.1)
    assert made["three_public_change_rate"] == pytest.approx(-0.2)


def test_a_gap_in_the_years_gives_no_growth():
    made = departments(accounts({}, {"year": 2021, "total_yuan": 100.0})).iloc[0]
    assert pd.isna(made["total_change_rate"]) and made["carry"] == ""


def test_a_base_of_zero_gives_a_change_but_no_rate():
    made = departments(accounts({}, {"year": 2022, "total_yuan": 0.0})).iloc[0]
    assert made["total_change_yuan"] == 110 and pd.isna(made["total_change_rate"])


@pytest.mark.parametrize(("opening", "closing", "unit", "carry"), [
    ("1.00", "1.00", "万元", "equal"), ("1.0", "1.04", "万元", "rounding"), ("1.00", "1.02", "万元", "different"),
    ("1.00", "10000.00", "元", "equal"), (None, "1.00", "万元", ""), ("1.00", None, "万元", ""),
])  # fmt: skip
def test_the_opening_balance_is_held_against_last_years_closing(opening, closing, unit, carry):
    lines = accounts({"opening_text": opening}, {"year": 2022, "closing_text": closing, "balance_unit": unit})
    assert departments(lines)["carry"].iloc[0] == carry


def test_a_year_can_be_chosen_and_may_be_empty():
    lines = accounts({}, {"year": 2022})
    assert list(departments(lines, year=2022)["year"]) == [2022]
    assert departments(lines, year=2019).empty
    assert departments(lines.iloc[:0]).empty


def test_who_stands_out_and_why():
    crowd = [{"entity": f"局{i}", "three_public_per_head_yuan": 2.0 + i / 10} for i in range(8)]
    odd = {"entity": "奇局", "three_public_per_head_yuan": 50.0, "execution_rate": 1.2}
    untied = [{"entity": "奇局", "year": 2022, "closing_text": "9.00", "total_yuan": 110.0}]
    found = standing_out(departments(accounts(*crowd, odd, *untied)))
    assert [tuple(line) for line in found[["entity", "question"]].values] == [
        ("奇局", "overspent"), ("奇局", "three_public_per_head"), ("奇局", "carry"),
    ]  # fmt: skip
    assert found["value"].iloc[0] == pytest.approx(1.2) and pd.isna(found["value"].iloc[2])


def test_one_department_alone_stands_out_in_nothing():
    assert standing_out(departments(accounts({}))).empty
