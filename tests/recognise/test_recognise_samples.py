"""Real documents: every number cell of the Shanghai sample, and none in its blank form."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from fiscal.readers.registry import read_raw
from fiscal.recognise import recognise

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is not present"),
]


def account(name):
    return recognise([read_raw(SAMPLES / name)], name)


def test_all_205_numbers_with_their_row_column_and_page_and_nothing_extra():
    found = account("shgzb-2024-final.pdf")
    got = Counter(
        (table.id, row.code, row.label, column.label, str(cell), str(cell.place.page))
        for table in found.tables.values()
        for row, column, cell in table.cells()
        if cell.is_number
    )
    with (SAMPLES / "shgzb-2024-final.cells.csv").open(encoding="utf-8", newline="") as file:
        keys = ("table", "row_code", "row_name", "column", "value", "page")
        wanted = Counter(tuple(line[key] for key in keys) for line in csv.DictReader(file))
    assert (sum(wanted.values()), wanted - got, got - wanted) == (205, Counter(), Counter())
    assert [table.id for table in found.tables.values() if table.empty] == [
        "three_public",
        "government_fund",
        "state_capital",
    ]
    assert (found.year, found.kind, found.level, found.profile) == (2024, "final_account", "department", "shanghai9")
    assert found.problems == ()


def test_the_blank_form_has_nine_tables_and_no_number():
    found = account("blank-template-final.pdf")
    assert len(found.tables) == 9 and all(table.empty for table in found.tables.values())


@pytest.mark.parametrize("year", [2024, 2025])
def test_all_875_numbers_of_a_budget_stand_under_the_ids_of_budgets(year):
    found = account(f"wanli-{year}-budget.pdf")
    got = Counter(
        (table.id, row.code, row.label, column.label, f"{cell.value:f}")
        for table in found.tables.values()
        for row, column, cell in table.cells()
        if cell.is_number
    )
    with (SAMPLES / f"wanli-{year}-budget.cells.csv").open(encoding="utf-8-sig", newline="") as file:
        keys = ("table", "row_code", "row_name", "column", "value")
        wanted = Counter(tuple(line[key] for key in keys) for line in csv.DictReader(file))
    assert (sum(wanted.values()), wanted - got, got - wanted) == (875, Counter(), Counter())
    assert (found.kind, found.year, found.profile, found.unread) == ("budget", year, "budget9", ())
