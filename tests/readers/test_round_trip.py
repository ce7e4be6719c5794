"""Accounts written by the suite itself are read back with identical facts, whatever the format."""

import pytest

from fiscal.readers.registry import read_raw
from fiscal.recognise import recognise
from fiscal.synthetic import make_account, write_account


def facts(tables):
    """One entry per printed number: table, row, labels, number, unit. 支出/ is what readers put before bare headers."""
    return {
        (table.id, row.key, row.label, column.key, column.label.removeprefix("支出/"), str(cell), cell.unit)
        for table in tables.values()
        for row, column, cell in table.cells()
        if cell.is_number
    }


@pytest.mark.parametrize("format", ["xlsx", "docx", "html", "pdf"])
@pytest.mark.parametrize(("profile", "unit"), [("national9", "万元"), ("sichuan13", "元"), ("shanghai9", "万元")])
def test_identical_facts(tmp_path, profile, unit, format):
    account = make_account(7, 2023, profile=profile, unit=unit)
    path = write_account(account, tmp_path, format=format)
    found = recognise([read_raw(path)], str(path))
    assert facts(found.tables) == facts(account.tables) and len(facts(found.tables)) > 100
    assert (found.entity, found.year, found.kind, found.unit) == (account.entity, 2023, "final_account", unit)
    assert (found.profile, found.problems) == (profile, ())
