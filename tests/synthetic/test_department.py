"""Invented departments: what the units print adds up to what their department prints."""

import csv
import json
from decimal import Decimal

import pytest
from click.testing import CliRunner

from fiscal.checks.identities.runner import run
from fiscal.model.finding import FAILED
from fiscal.statements.reader import read_statements
from fiscal.synthetic import Style, make_department
from fiscal.synthetic.__main__ import main

YEARS = (2021, 2022)


@pytest.fixture(scope="module")
def department():
    return make_department(1, YEARS, n_units=4)


def amounts(account):
    return {
        (table.id, row.key, column.key): cell.number
        for table in account.tables.values()
        for row, column, cell in table.cells()
        if cell.is_number
    }


@pytest.mark.parametrize("index", range(len(YEARS)))
def test_every_number_of_a_department_is_the_sum_of_its_units(department, index):
    units = [amounts(unit[index]) for unit in department.units]
    own = amounts(department.own[index])
    assert len(units) == 4 and len(own) > 200
    assert own == {key: sum((unit.get(key, Decimal(0)) for unit in units), Decimal(0)) for key in own}


def test_the_account_of_a_department_holds_in_itself_and_over_years(department):
    before, now = department.own
    told = [(account.disclosure, read_statements(account.disclosure)) for account in (before, now)]
    outcomes = run(*told[1], previous=told[0])
    assert len(outcomes) > 900
    assert [outcome.rule for outcome in outcomes if outcome.outcome == FAILED] == []


def test_only_its_own_offices_have_operating_expenses(department):
    stated = [str(unit[1].stated("operating_expenses")) for unit in department.units]
    assert stated[1:] == ["0", "0", "0"]
    assert stated[0] == str(department.own[1].stated("operating_expenses")) != "0"


def test_a_rounded_department_differs_by_rounding_only():
    made = make_department(0, (2022,), n_units=5, style=Style(rounded=True))
    total = made.own[0].stated("total").number
    parts = sum(unit[0].stated("total").number for unit in made.units)
    assert abs(total - parts) <= Decimal("0.03")  # six printed numbers, each half of 0.01 off at most


def test_a_department_has_two_units_at_least():
    with pytest.raises(ValueError, match="2 to 80 units, not 1"):
        make_department(0, (2022,), n_units=1)


def test_the_command_writes_units_department_and_who_is_expected(tmp_path):
    done = CliRunner().invoke(main, [str(tmp_path), "--units", "3", "--kind", "total", "--kind", "balance"])
    assert done.exit_code == 0, done.output
    with (tmp_path / "expected.csv").open(encoding="utf-8", newline="") as file:
        own, *units = csv.DictReader(file)
    assert (own["parent"], own["year"], own["by"]) == ("", "2022", "2023-09-30")
    assert [unit["parent"] for unit in units] == [own["entity"]] * 3
    planted = json.loads((tmp_path / "planted.json").read_text(encoding="utf-8"))
    assert len(planted) == 8 and {error["kind"] for error in planted} == {"total", "balance"}
