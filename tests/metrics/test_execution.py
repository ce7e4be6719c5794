from decimal import Decimal

import pytest

from fiscal.metrics import execution, per_unit, three_public
from tests.metrics.builders import Fake, cell, founding, slots, table


def line(frame, measure):
    return frame.set_index("measure").loc[measure]


def test_completion_of_the_three_public_expenses_against_the_budget_of_the_table():
    tp = line(execution(founding()), "tp")
    assert (tp["budget"], tp["actual"], tp["difference"], tp["basis"]) == (
        Decimal("6.10"), Decimal("5.84"), Decimal("-0.26"), "table",
    )  # fmt: skip
    assert tp["completion_rate"] == pytest.approx(0.957377, abs=1e-6)  # printed 95.74 %
    assert tp["printed_rate"] == Decimal("0.9574")


def test_a_printed_rate_without_a_budget_has_no_computed_rate():
    gpb = line(execution(founding()), "gpb")
    assert gpb["why_blank"] == "no_budget"
    assert gpb["printed_rate"] == Decimal("1.00")


def test_initial_and_adjusted_budget_are_two_rows():
    account = founding()
    account.narrative.slots.update(slots(gpb_initial_budget="200.00", gpb_full_year_budget="214.18"))
    rates = execution(account).query("measure == 'gpb'").set_index("basis")["completion_rate"]
    assert rates["initial"] == pytest.approx(1.0709)
    assert rates["adjusted"] == 1


def test_items_of_the_narrative_keep_their_code():
    account = founding()
    item = {"item_name": "事业运行", "code": "2010350", "budget": cell("150.00"), "actual": cell("157.77"),
            "completion": cell("105.18%")}  # fmt: skip
    account.narrative.lists["gpb_items"] = [item]
    found = line(execution(account), "gpb_item")
    assert (found["code"], found["label"]) == ("2010350", "事业运行")
    assert found["completion_rate"] == pytest.approx(1.0518)


@pytest.mark.parametrize(("budget", "why"), [("0.00", "zero_base"), ("未公开", "unknown"), ("", "blank")])
def test_a_budget_that_allows_no_rate_says_why(budget, why):
    grid = table("three_public", "budget_total actual_total", [("data", "", "", budget, "5.84")])
    tp = line(execution(Fake(tables={"three_public": grid})), "tp")
    assert (tp["why_blank"], str(tp["completion_rate"])) == (why, "<NA>")


def test_nothing_stated_gives_no_rows():
    assert len(execution(Fake())) == 0


def test_three_public_puts_everything_side_by_side():
    lines = three_public(founding()).set_index("measure")
    vehicle = lines.loc["tp_vehicle"]
    assert (vehicle["budget"], vehicle["actual"], vehicle["change"]) == (
        Decimal("5.00"),
        Decimal("4.74"),
        Decimal("-0.98"),
    )
    assert vehicle["display_share"] == Decimal("0.8116")
    assert lines.loc["tp_vehicle_purchase", "why_blank"] == "missing"
    assert lines.loc["tp_vehicle_purchase", "actual"] is None


def test_per_head_and_per_vehicle_where_counts_are_published():
    lines = per_unit(founding()).set_index("measure")
    assert lines.loc["expenditure_per_head", "per_unit_yuan"] == Decimal("136850.00")  # 2,189,600 / 16
    assert lines.loc["operation_per_vehicle", "per_unit_yuan"] == Decimal("47400.00")
    assert lines.loc["reception_per_person", "per_unit_yuan"] == Decimal("94.83")  # 11,000 / 116
    assert lines.loc["reception_per_batch", "per_unit_yuan"] == Decimal("733.33")


def test_a_count_that_is_zero_or_absent_gives_no_measure_and_says_which():
    lines = per_unit(founding()).set_index("measure")
    assert lines.loc["abroad_per_group", "why_blank"] == "zero_count"
    assert lines.loc["abroad_per_person", "why_blank"] == "no_count"
    assert set(per_unit(Fake())["why_blank"]) == {"missing"}


def test_staff_can_be_given():
    lines = per_unit(founding(), staff=9).set_index("measure")
    assert lines.loc["personnel_per_head", "per_unit_yuan"] == Decimal("185666.67")  # 1,671,000 / 9
