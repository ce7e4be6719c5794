"""Beside the narrative: counts in one table, and growth outside the general public budget that no reason covers."""

import re
from decimal import Decimal

import fiscal
from fiscal.paths import from_notebook
from fiscal.report import show
from tests.metrics.builders import founding


def plain(shown) -> str:
    return re.sub(r"<[^>]+>", "|", shown._repr_html_())


def account(year: int):
    return fiscal.read(from_notebook(f"data/raw/suining-hotline/{year}"))


def test_the_fund_is_named_where_the_reason_speaks_of_the_general_budget_only():
    """Of +21.53 the general budget has +16.75; the fund spent 4.78, and the reason given is pay."""
    said = plain(show.unexplained(account(2022), account(2021)))
    assert "一般公共预算财政拨款支出比上年增加16.75万元，其余增加4.78万元在一般公共预算之外，本年政府性基金" in said
    assert "4.78万元；所述原因（人员经费增加" in said


def test_nothing_is_said_where_the_reason_is_one_of_its_own_or_there_is_none():
    now = account(2022)
    for reasons in ({"total": "政府性基金项目增加", "gpb": "人员经费增加"}, {}):
        now.notes["reasons"] = reasons
        assert plain(show.unexplained(now, account(2021))) == ""


def test_counts_stand_in_one_table():
    said = re.sub(r"\|+", "|", plain(show.counts(account(2022))))
    assert "|接待批次|15|" in said and "|接待人次|116|" in said and "|购置车辆|0|" in said


def test_a_fund_of_which_last_year_is_not_known_is_listed_without_a_change():
    parts = fiscal.metrics.decomposition(founding()).set_index("part_key")
    assert parts.loc["fund", "amount"] == Decimal("4.78") and parts.loc["fund", "change"] is None
    assert parts.loc["rest", "change"] == Decimal("4.78")
