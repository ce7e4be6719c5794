"""This year's account against last year's own."""

from decimal import Decimal

import pytest

from fiscal.errors import ReadError
from fiscal.metrics import carried, renamed, restated
from fiscal.model.text import Narrative
from tests.metrics.builders import Fake, office, slots, table

SUMMARY = "revenue_expenditure_summary"


def summary(year: int, opening: str, closing: str, **stated: str) -> Fake:
    rows = [("opening_balance", "年初结转和结余", "", opening, ""),
            ("closing_balance", "年末结转和结余", "", "", closing),
            ("revenue_total", "总计", "", "110.00" if year == 2022 else "100.00", "")]  # fmt: skip
    made = table(SUMMARY, "revenue_amount expenditure_amount", rows)
    return Fake(year, tables={SUMMARY: made}, narrative=Narrative(slots=slots(**stated)))


def compared(frame) -> list[tuple]:
    names = ["label", "amount_now", "amount_then", "difference", "outcome", "why_blank"]
    return [tuple(line) for line in frame[names].values]


def test_opening_against_closing():
    before, equal, off = (summary(y, o, "5.00") for y, o in ((2021, "1.00"), (2022, "5.00"), (2022, "4.00")))
    assert compared(carried(equal, before)) == [("结转和结余", Decimal("5.00"), Decimal("5.00"), 0, "equal", "")]
    assert compared(carried(off, before)) == [
        ("结转和结余", Decimal("4.00"), Decimal("5.00"), Decimal("-1.00"), "different", "")
    ]


def test_an_unknown_balance_is_not_compared():
    line = compared(carried(summary(2022, "未公开", "1.00"), summary(2021, "", "5.00")))[0]
    assert line[3:] == (None, "", "unknown")


def test_without_the_year_before_there_is_nothing():
    now = summary(2022, "5.00", "1.00")
    assert carried(now).empty and restated(now).empty
    with pytest.raises(ReadError, match="not the 2021 account"):
        carried(now, summary(2020, "", "5.00"))


def test_a_stated_change_that_last_years_account_does_not_bear_out():
    change = {"total": "110.00", "total_change": "12.00"}
    now = summary(2022, "", "", **change)
    now.narrative.words["total_direction"] = ["增加"]
    (line,) = compared(restated(now, summary(2021, "", "")))
    assert line == ("收、支总计", Decimal("98.00"), Decimal("100.00"), Decimal("-2.00"), "different", "")


def test_a_code_with_another_name_stays_one_series():
    before = office(2021, {"201": ("一般公共服务", "1.00")}, total="1.00")
    now = office(2022, {"201": ("一般公共服务支出", "2.00")}, total="2.00")
    assert renamed([before, now]).values.tolist() == [
        ["201", "一般公共服务支出", 2021, "一般公共服务"], ["201", "一般公共服务支出", 2022, "一般公共服务支出"],
    ]  # fmt: skip
    assert renamed([None, now]).empty
