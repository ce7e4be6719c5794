"""Plan against outcome of an invented pair whose numbers were compared by hand."""

from decimal import Decimal
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

import fiscal
from fiscal import charts, metrics
from fiscal.synthetic import make_budgets, write_account
from tests.charts.helpers import outside, overlaps, texts

DEMO = Path(__file__).parents[2] / "data/raw/demo-office/2022"


@pytest.fixture(scope="module")
def account():
    return fiscal.read(DEMO)


@pytest.fixture(scope="module")
def budgets(tmp_path_factory):
    made = make_budgets(5, (2022, 2023))
    return [fiscal.read(write_account(one, tmp_path_factory.mktemp("budget"))) for one in made]


def row(frame, **wanted):
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    (found,) = frame.to_dict("records")
    return found


def test_an_account_beside_its_budget_is_read_as_one_that_holds_it(account):
    assert (account.kind, account.year, account.budget.kind, account.budget.year) == (
        "final_account", 2022, "budget", 2022
    )  # fmt: skip
    assert account.notes and not account.budget.notes


def test_each_item_has_plan_statement_and_outcome(account):
    lines = metrics.plan_outcome(account, account.budget)
    found = row(lines, group="function", code="2010302")
    assert [str(found[name]) for name in ("planned", "initial", "actual", "difference")] == [
        "41.16", "41.16", "35.43", "-5.73"
    ]  # fmt: skip
    assert found["agrees"] is True and round(found["completion_rate"], 4) == 0.8608
    fund = row(lines, group="fund", code="2120804")
    assert (str(fund["planned"]), str(fund["actual"]), fund["initial"]) == ("36.72", "40.80", None)
    tp = row(lines, measure="tp")
    assert (str(tp["planned"]), str(tp["initial"]), str(tp["actual"])) == ("9.19", "9.19", "8.22")
    basic = row(lines, group="economic", code="30101")
    assert (str(basic["planned"]), str(basic["actual"])) == ("28.85", "29.05")


def test_without_a_budget_there_is_nothing_to_compare(account):
    assert len(metrics.plan_outcome(account)) == 0
    assert len(metrics.budget_changes(account.budget)) == 0


def test_a_budget_beside_last_years(budgets):
    before, now = budgets
    moved = metrics.budget_changes(now, before)
    found = row(moved, group="function", code="2130101")
    assert (str(found["previous_amount"]), str(found["amount"]), str(found["change"])) == ("454.37", "386.38", "-67.99")
    assert found["change_rate"] == pytest.approx(-67.99 / 454.37)
    only = moved[moved["previous_amount"].isna()]
    assert all(change == amount for change, amount in zip(only["change"], only["amount"], strict=True))


def test_a_plan_in_yuan_is_compared_in_the_unit_of_the_account(account, tmp_path):
    from dataclasses import replace

    other = fiscal.Account(account.budget.disclosure)
    table = other.disclosure.tables["budget_three_public"]
    (line,) = table.rows
    cells = {
        key: replace(cell, value=cell.value * 10_000, unit="元") if cell.is_number else cell
        for key, cell in line.cells.items()
    }
    tables = {**other.disclosure.tables, table.id: replace(table, rows=(replace(line, cells=cells),))}
    other.disclosure = replace(other.disclosure, tables=tables)
    assert row(metrics.plan_outcome(account, other), measure="tp")["planned"] == Decimal("9.19")


def test_slopes_show_both_ends_and_say_what_they_show(account, budgets):
    for figure in (charts.plan_slopes(account, account.budget), charts.budget_slopes(budgets[1], budgets[0])):
        FigureCanvasAgg(figure).draw()
        assert outside(figure) == overlaps(figure) == []
    figure = charts.plan_slopes(account, account.budget)
    assert {"公布的预算", "决算", "41.16", "35.43"} <= set(texts(figure))
    assert "一般行政管理事务公布的预算41.16，决算35.43" in charts.alt_text(figure)
    assert charts.plan_slopes(account).is_empty


def test_bars_carry_the_published_plan_as_their_mark(account):
    figure = charts.plan_three_public(account, account.budget)
    assert "“三公”经费决算8.22万元，预算9.19，完成预算89.45%" in charts.alt_text(figure)
    assert "政府性基金预算支出决算40.80万元，预算36.72，完成预算111.11%" in charts.alt_text(
        charts.plan_bars(account, account.budget)
    )
