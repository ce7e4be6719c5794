from decimal import Decimal

import pandas as pd
import pytest

from fiscal.metrics import decomposition, deflate, money_flow, panel
from tests.metrics.builders import Fake, founding, office, table

BEFORE = {
    "201": ("一般公共服务支出", "270.00"),
    "208": ("社会保障和就业支出", "20.00"),
    "206": ("科学技术支出", "8.00"),
}
NOW = {"201": ("一般公共服务支出", "262.00"), "208": ("社会保障和就业支出", "28.36"), "221": ("住房保障支出", "21.53")}


def test_contributions_of_classes_add_to_the_change_of_the_whole():
    lines = decomposition(office(2022, NOW, total="311.89"), office(2021, BEFORE, total="298.00"),
                          measure="expenditure_function")  # fmt: skip
    parts, whole = lines[lines["kind"] != "whole"], lines[lines["kind"] == "whole"].iloc[0]
    assert list(parts["part"]) == ["一般公共服务支出", "社会保障和就业支出", "住房保障支出", "科学技术支出"]
    assert list(parts["change"]) == [Decimal("-8.00"), Decimal("8.36"), Decimal("21.53"), Decimal("-8.00")]
    assert parts["change"].sum() == whole["change"] == Decimal("13.89")
    assert parts["contribution_pp"].sum() == pytest.approx(whole["contribution_pp"])
    assert whole["contribution_pp"] == pytest.approx(4.661074)


def test_an_unknown_class_goes_into_the_rest():
    now = {**NOW, "221": ("住房保障支出", "未公开")}
    lines = decomposition(office(2022, now, total="311.89"), office(2021, BEFORE, total="298.00"),
                          measure="expenditure_function").set_index("part_key")  # fmt: skip
    assert lines.loc["221", "why_blank"] == "unknown"
    assert lines.loc["rest", "change"] == Decimal("21.53")


def test_without_last_year_the_funds_come_from_stated_changes():
    lines = decomposition(founding()).set_index("part_key")
    assert lines.loc["gpb", "change"] == Decimal("16.75")
    assert lines.loc["rest", "change"] == Decimal("4.78")
    assert lines.loc["total", "kind"] == "whole"


def test_nothing_comparable_gives_no_rows():
    assert len(decomposition(founding(), measure="expenditure_function")) == 0
    assert len(decomposition(Fake())) == 0


def test_both_sides_of_the_flow_add_to_the_total():
    lines = money_flow(founding())
    sums = lines.groupby("side")["amount"].sum()
    assert (sums["source"], sums["use"]) == (Decimal("218.96"), Decimal("218.96"))
    assert list(lines.loc[lines["side"] == "use", "key"])[:2] == ["personnel", "public"]


def test_what_the_flow_does_not_know_is_the_rest():
    account = founding()
    account.narrative.slots.pop("rev_fund")
    rest = money_flow(account).query("key == 'rest'").iloc[0]
    assert (rest["side"], rest["amount"]) == ("source", Decimal("4.78"))


def series(*years: tuple[int, str, str]) -> pd.DataFrame:
    accounts = [office(year, {"210": (name, amount)}, total=amount) for year, name, amount in years]
    cells = pd.concat([account.cells for account in accounts], ignore_index=True)
    return panel(cells, table="expenditure").query("row == '210'").set_index("year")


def test_a_renamed_class_stays_one_series():
    lines = series((2018, "医疗卫生与计划生育支出", "10.00"), (2019, "卫生健康支出", "12.50"))
    assert list(lines["label_now"]) == ["卫生健康支出"] * 2
    assert lines["is_renamed"].all()
    assert lines.loc[2019, "change_rate"] == pytest.approx(0.25)


def test_a_gap_in_the_years_is_not_bridged():
    lines = series((2020, "卫生健康支出", "10.00"), (2022, "卫生健康支出", "12.50"))
    assert list(lines["why_blank"]) == ["no_previous", "no_previous"]


def test_unknown_and_zero_bases_say_why():
    lines = series((2020, "卫生健康支出", "未公开"), (2021, "卫生健康支出", "0.00"), (2022, "卫生健康支出", "1.00"))
    assert list(lines["why_blank"]) == ["unknown", "unknown", "zero_base"]
    assert lines.loc[2022, "change_yuan"] == Decimal("10000.00")


def test_two_accounts_of_one_year_are_refused():
    with pytest.raises(ValueError, match="2020: row"):
        series((2020, "卫生健康支出", "1.00"), (2020, "卫生健康支出", "2.00"))


def test_amounts_in_prices_of_one_year():
    lines = series((2021, "卫生健康支出", "10.00"), (2022, "卫生健康支出", "10.00"), (2023, "卫生健康支出", "10.00"))
    real = deflate(lines.reset_index(), {2021: 100.0, 2022: 102.0}, base=2022).set_index("year")
    assert real.loc[2021, "real_yuan"] == pytest.approx(102_000)
    assert real.loc[2023, "why_real_blank"] == "no_index"
    assert pd.isna(real.loc[2023, "real_yuan"])


def test_an_unknown_row_of_the_tree_stays():
    from fiscal.metrics import expenditure_tree

    rows = [
        ("201", "一般公共服务支出", "class", "未公开"),
        ("20103", "政府办公厅", "group", ""),
        ("205", "教育支出", "class", "1.00"),
    ]
    tree = expenditure_tree(Fake(tables={"expenditure": table("expenditure", "total", rows)}))
    assert list(tree["code"]) == ["201", "205"]
    assert tree["amount"].iloc[0] is None
