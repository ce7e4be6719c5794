"""Invented budgets: read back to the last cell, sound in themselves, and what the account calls its budget."""

from decimal import Decimal

import pytest
from click.testing import CliRunner

import fiscal
from fiscal.synthetic import BUDGET_KINDS, FORMATS, Style, make_budgets, make_department, make_panel, write_account
from fiscal.synthetic.__main__ import main

GENERAL = "budget_general_public_expenditure"


def numbers(tables):
    return {
        (key, row.key, column.key): cell.value
        for key, table in tables.items()
        for row, column, cell in table.cells()
        if cell.is_number
    }


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("unit", ["万元", "元"])
def test_a_budget_is_read_back_and_sound_in_every_format(tmp_path, form, unit):
    _, made = make_budgets(3, (2022, 2023), style=Style(unit=unit))
    read = fiscal.read(write_account(made, tmp_path, format=form))
    assert (read.kind, read.entity, read.year, len(read.tables)) == ("budget", made.entity, 2023, 9)
    assert numbers(read.disclosure.tables) == numbers(made.tables)
    assert len(numbers(made.tables)) > 180
    found = read.check()
    assert list(found) == [] and found.checks["passed"] > 400


def test_the_account_calls_its_budget_what_was_published():
    """Of seed 156 in 2023: 148.01 of one item, 5.78 of reception; 129.52 were spent of the 144.71 of another."""
    (plan,), (account,) = make_budgets(156, (2023,)), make_panel(156, (2023,))
    stated = {one["code"]: one["budget"] for one in account.notes["lists"]["gpb_items"]}
    assert stated["2010302"] == str(plan.amount(GENERAL, "2010302", "total")) == "148.01"
    assert stated == {row.code: str(row.cells["total"]) for row in plan.tables[GENERAL].rows if row.level == "item"}
    assert str(plan.amount("budget_three_public", "data", "budget_reception")) == "5.78"
    assert str(account.amount("three_public", "data", "budget_reception")) == "5.78"
    assert str(account.amount("general_public_budget_expenditure", "2010399", "total")) == "129.52"
    assert stated["2010399"] == "144.71"


def test_the_budget_of_a_department_is_the_sum_of_its_units():
    made = make_department(1, (2022,), n_units=3)
    units = [numbers(unit[0].tables) for unit in made.unit_plans]
    own = numbers(made.plans[0].tables)
    assert len(own) > 150
    assert own == {key: sum((unit.get(key, Decimal(0)) for unit in units), Decimal(0)) for key in own}


@pytest.mark.parametrize("kind", BUDGET_KINDS)
def test_a_planted_error_is_noticed_by_the_identities_that_must(tmp_path, kind):
    (made,) = make_budgets(3, (2023,), errors={2023: (kind,)})
    (error,) = made.planted
    read = fiscal.read(write_account(made, tmp_path))
    failed = {one.rule for one in read.check().outcomes if one.outcome == "failed"}
    assert set(error.rules) <= failed


def test_the_command_writes_budgets_beside_accounts(tmp_path):
    done = CliRunner().invoke(main, [str(tmp_path), "--budgets", "--kind", "planned_item", "--years", "2022-2023"])
    assert done.exit_code == 0, done.output
    names = sorted(file.name for file in (tmp_path / "office-00000" / "2023").iterdir())
    assert names == ["accounts.xlsx", "budget.xlsx", "notes.yaml"]
    assert "planned_item" in (tmp_path / "planted.json").read_text(encoding="utf-8")
