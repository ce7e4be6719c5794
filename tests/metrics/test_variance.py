from decimal import Decimal

import pytest

from fiscal.errors import ReadError
from fiscal.metrics import variance
from fiscal.model.cells import Cell, Place
from tests.metrics.builders import Fake, founding, office, slots
from tests.metrics.builders import table as make


def line(frame, measure):
    return frame.set_index("measure").loc[measure]


def test_the_stated_change_stands_in_for_last_years_account():
    total = line(variance(founding()), "total")
    assert (total["change"], total["previous_amount"], total["basis"]) == (
        Decimal("21.53"),
        Decimal("197.43"),
        "stated",
    )
    assert total["change_rate"] == pytest.approx(0.109051, abs=1e-6)
    assert total["printed_change_rate"] == Decimal("0.1091")


def test_a_stated_decrease_is_negative():
    tp = line(variance(founding()), "tp")
    assert (tp["change"], tp["printed_change_rate"]) == (Decimal("-1.5"), Decimal("-0.2044"))
    assert tp["previous_amount"] == Decimal("7.34")


def test_two_accounts_are_subtracted_and_the_printed_change_stays_visible():
    before = office(2021, {}, total="314.25")
    now = office(2022, {}, total="326.40")
    now.narrative.slots.update(slots(total_change="12.16"))
    now.narrative.words["total_direction"] = ["增加"]
    total = line(variance(now, before), "total")
    assert (total["change"], total["basis"], total["printed_change"]) == (
        Decimal("12.15"),
        "accounts",
        Decimal("12.16"),
    )


def test_an_account_two_years_back_is_not_last_year():
    with pytest.raises(ReadError, match="is the account of 示例办公室 2020, not the 2021 account of 示例办公室"):
        variance(office(2022, {}, total="326.40"), office(2020, {}, total="300.00"))


@pytest.mark.parametrize(("base", "why"), [("0.00", "zero_base"), ("-5.00", "negative_base"), ("未公开", "unknown")])
def test_a_base_that_allows_no_rate_says_why(base, why):
    total = line(variance(office(2022, {}, total="10.00"), office(2021, {}, total=base)), "total")
    assert str(total["change_rate"]) == "<NA>"
    assert total["why_blank"] == why


def test_a_derived_level_gives_way_to_the_stated_change():
    before = office(2021, {}, total="1.00")
    derived = Cell("number", Decimal("197.43"), "万元", "197.43", Place(), derived=True)
    row = before.tables["revenue_expenditure_summary"].rows[0]
    row.cells["revenue_amount"] = derived
    now = founding()
    assert line(variance(now, before), "total")["basis"] == "stated"
    now.narrative.slots.pop("total_change")
    assert line(variance(now, before), "total")["basis"] == "derived"


def test_a_change_without_a_word_of_direction_has_no_sign_and_is_not_used():
    account = founding()
    account.narrative.words.pop("total_direction")
    total = line(variance(account), "total")
    assert total["change"] is None
    assert total["why_blank"] == "no_previous"


def test_measures_the_account_does_not_have_are_left_out():
    assert len(variance(Fake())) == 0


def test_units_of_both_years_may_differ():
    before = office(2021, {}, total="0")
    rows = [("revenue_total", "总计", "", "2000000.00")]
    before.tables["revenue_expenditure_summary"] = make("revenue_expenditure_summary", "revenue_amount", rows, "元")
    total = line(variance(office(2022, {}, total="210.00"), before), "total")
    assert (total["previous_amount"], total["change"]) == (Decimal("200.00"), Decimal("10.00"))
