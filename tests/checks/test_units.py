"""A table printed in the wrong unit is one finding about its unit, not one for each of its rows."""

from dataclasses import replace

import pytest

from fiscal.checks.findings.compose import findings
from fiscal.checks.identities.runner import run
from fiscal.model.cells import Cell
from fiscal.synthetic import make_account

TABLE = "expenditure"


def printed_in(account, unit, *, factor=1):
    """The account with the table of spending headed by another unit, its digits times `factor`."""

    def cell(old: Cell) -> Cell:
        if not old.is_number:
            return replace(old, unit=unit)
        value = old.number * factor
        return replace(old, unit=unit, value=value, text=f"{value:f}")

    table = account.tables[TABLE]
    rows = [replace(row, cells={key: cell(old) for key, old in row.cells.items()}) for row in table.rows]
    account.tables[TABLE] = replace(table, unit=unit, rows=tuple(rows))
    return account


def judged(account):
    found = findings(run(account.disclosure, account.narrative), account.disclosure, account.narrative)
    return [finding for finding in found if finding.severity == "error"]


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_a_wrong_unit_is_one_finding(seed):
    (finding,) = judged(printed_in(make_account(seed, 2022), "元"))
    assert finding.rule == "cross.expenditure.total"
    assert finding.message == "《支出决算表》的单位印为“元”，按“万元”计则与其他表相符"
    assert finding.cause == "unit" and finding.suggestion == "请核对该表的单位"
    assert len(finding.consequences) > 10


def test_another_unit_with_its_digits_is_no_finding():
    assert judged(printed_in(make_account(1, 2022), "元", factor=10_000)) == []


def test_a_slip_elsewhere_stays_a_finding_of_its_own():
    account = printed_in(make_account(1, 2022, errors=["three_public"]), "元")
    first, second = sorted(judged(account), key=lambda finding: finding.rule)
    assert first.rule == "cross.expenditure.total" and "请核对该表的单位" in first.suggestion
    assert "公务接待费" in second.suggestion


def test_one_slip_in_a_table_of_another_unit_is_no_wrong_unit():
    account = printed_in(make_account(1, 2022, errors=["class"]), "元", factor=10_000)
    assert judged(account) and not any("请核对该表的单位" in finding.suggestion for finding in judged(account))
