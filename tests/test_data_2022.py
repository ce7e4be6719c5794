"""The 2022 account of the founding document: every figure in data/raw is one it states, or follows from one.

Expected values were copied by hand from the publication; the text itself is not part of this repository.
"""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import fiscal
from fiscal.dictionary.load import read_yaml
from fiscal.model.finding import FAILED
from fiscal.synthetic.forms import draw
from fiscal.synthetic.published import PROFILE, published

RAW = Path(__file__).parents[1] / "data" / "raw"
HOTLINE, DEMO = RAW / "suining-hotline", RAW / "demo-office"

STATED = [  # table, row, column, printed
    ("revenue_expenditure_summary", "general_public_budget", "revenue_amount", "214.18"),
    ("revenue_expenditure_summary", "government_fund", "revenue_amount", "4.78"),
    ("revenue_expenditure_summary", "state_capital", "revenue_amount", "0"),
    ("revenue_expenditure_summary", "other_income", "revenue_amount", "0"),
    ("revenue_expenditure_summary", "revenue_this_year", "revenue_amount", "218.96"),
    ("revenue_expenditure_summary", "revenue_total", "revenue_amount", "218.96"),
    ("revenue_expenditure_summary", "expenditure_this_year", "expenditure_amount", "218.96"),
    ("revenue", "total", "appropriation", "218.96"),
    ("expenditure", "total", "basic", "190.00"),
    ("expenditure", "total", "project", "28.96"),
    ("appropriation_summary", "general_public_services", "expenditure_general", "189.78"),
    ("appropriation_summary", "education", "expenditure_general", "0"),
    ("appropriation_summary", "expenditure_this_year", "expenditure_general", "214.18"),
    ("appropriation_summary", "expenditure_this_year", "expenditure_fund", "4.78"),
    ("general_public_budget_expenditure", "total", "total", "214.18"),
    ("general_public_budget_expenditure", "total", "basic", "190.00"),
    ("general_public_budget_expenditure", "2010305", "total", "7.83"),
    ("general_public_budget_expenditure", "2010350", "total", "157.77"),
    ("general_public_budget_expenditure", "2010399", "total", "24.18"),
    ("general_public_budget_expenditure", "2080505", "total", "8.03"),
    ("general_public_budget_expenditure", "20899", "total", "0.39"),
    ("general_public_budget_expenditure", "2089999", "total", "0.39"),
    ("appropriation_summary", "foreign_affairs", "expenditure_state_capital", "0"),
    ("appropriation_expenditure_detail", "e30212", "general_basic", "0"),
    ("revenue", "2010350", "other_income", "0"),
    ("general_public_budget_expenditure", "2101102", "total", "4.99"),
    ("general_public_budget_expenditure", "2210201", "total", "10.99"),
    ("general_public_budget_basic", "personnel_total", "personnel_amount", "167.10"),
    ("general_public_budget_basic", "public_total", "public_amount", "22.90"),
    ("government_fund", "total", "total", "4.78"),
    ("state_capital", "total", "total", "0"),
    ("state_capital_expenditure", "total", "total", "0"),
    ("three_public", "data", "budget_total", "6.10"),
    ("three_public", "data", "budget_vehicle", "5"),
    ("three_public", "data", "budget_reception", "1.1"),
    ("three_public", "data", "actual_total", "5.84"),
    ("three_public", "data", "actual_abroad", "0"),
    ("three_public", "data", "actual_vehicle", "4.74"),
    ("three_public", "data", "actual_vehicle_purchase", "0"),
    ("three_public", "data", "actual_reception", "1.1"),
]
DERIVED = [  # …, printed, half width
    ("appropriation_summary", "expenditure_this_year", "expenditure_total", "218.96", "0.010"),
    ("general_public_budget_expenditure", "total", "project", "24.18", "0.010"),
    ("general_public_budget_expenditure", "20103", "total", "189.78", "0.015"),
    ("general_public_budget_project", "total", "total", "24.18", "0.010"),
    ("government_fund", "total", "project", "4.78", "0.015"),
]
UNKNOWN = [  # the document gives no way to know these
    ("revenue_expenditure_summary", "general_public_services", "expenditure_amount"),
    ("revenue_expenditure_summary", "opening_balance", "revenue_amount"),
    ("revenue_expenditure_summary", "closing_balance", "expenditure_amount"),
    ("revenue", "2010350", "total"),
    ("expenditure", "2010399", "project"),
    ("appropriation_summary", "foreign_affairs", "expenditure_general"),
    ("appropriation_summary", "opening_general", "revenue_amount"),
    ("general_public_budget_expenditure", "2010399", "project"),
    ("general_public_budget_basic", "e30101", "personnel_amount"),
    ("government_fund", "total", "basic"),
    ("three_public", "data", "budget_abroad"),
    ("three_public", "data", "budget_vehicle_purchase"),
]


@pytest.fixture(scope="module")
def account():
    return fiscal.read(str(HOTLINE / "2022"))


@pytest.fixture(scope="module")
def earlier():
    return fiscal.read(str(HOTLINE / "2021"))


@pytest.mark.parametrize(("table", "row", "column", "printed"), STATED)
def test_a_stated_figure_stands_in_its_cell_with_its_digits(account, table, row, column, printed):
    cell = account.amount(table, row, column)
    assert str(cell) == printed
    assert cell.origin and not cell.derived


@pytest.mark.parametrize(("table", "row", "column", "printed", "width"), DERIVED)
def test_a_derived_figure_carries_the_width_of_its_terms(account, table, row, column, printed, width):
    cell = account.amount(table, row, column)
    assert (str(cell), cell.derived, cell.half) == (printed, True, Decimal(width))


@pytest.mark.parametrize(("table", "row", "column"), UNKNOWN)
def test_what_the_document_does_not_say_is_neither_blank_nor_zero(account, table, row, column):
    assert account.amount(table, row, column).is_unknown


def test_the_year_before_holds_chart_levels_and_derived_differences_only(earlier):
    known = {
        (row.key, column.key): (str(cell), cell.derived)
        for table in earlier.disclosure.tables.values()
        for row, column, cell in table.cells()
        if cell.is_number
    }
    assert known == {
        ("revenue_total", "revenue_amount"): ("197.43", False),
        ("expenditure_total", "expenditure_amount"): ("197.43", False),
        ("expenditure_this_year", "expenditure_general"): ("197.43", False),
        ("expenditure_grand_total", "expenditure_total"): ("197.43", False),
        ("total", "general_total"): ("197.43", False),
        ("total", "total"): ("197.43", False),
        ("data", "actual_total"): ("7.34", True),
        ("data", "actual_vehicle"): ("5.72", True),
        ("data", "actual_reception"): ("1.62", True),
    }


def test_nothing_is_required_of_a_year_known_from_comparatives_only(earlier):
    found = earlier.check()
    assert [finding.rule for finding in found if finding.rule.startswith(("disc.", "MD"))] == []
    assert found.checks["skipped"] > found.checks["passed"]


@pytest.mark.parametrize("year", [2021, 2022])
def test_the_workbook_is_what_the_notes_describe_and_has_no_blank_amount(year):
    notes = read_yaml(HOTLINE / str(year) / "notes.yaml")
    book = openpyxl.load_workbook(HOTLINE / str(year) / "accounts.xlsx")
    forms = [
        draw(table, PROFILE, number=number, entity=notes["entity"]["name"], year=year)
        for number, table in enumerate(published(notes), 1)
    ]
    assert [sheet.title[:2] for sheet in book] == ["附表"] * 13
    for form, sheet in zip(forms, book, strict=True):
        for line, cells in enumerate(form.grid, 4):
            for column, drawn in enumerate(cells, 1):
                if drawn is not None and drawn.text:
                    found = sheet.cell(line, column).value
                    assert str(found) == drawn.text or Decimal(str(found)) == Decimal(drawn.text)


def test_every_blank_cell_is_one_that_the_form_does_not_have(account):
    blanks = Counter(
        table.id for table in account.disclosure.tables.values() for _, _, cell in table.cells() if cell.is_blank
    )
    assert blanks == {}


def test_notes_hold_the_counts_of_the_document(account):
    counts = {entry["key"]: entry["count"] for entry in account.notes["workload"]}
    assert counts["hotline_orders"] == 35271
    messages = next(entry for entry in account.notes["workload"] if entry["key"] == "online_messages")
    assert messages["count"] == 586 == sum(part["count"] for part in messages["parts"])
    organisation = account.notes["organisation"]
    assert organisation["staff"] == 16 == sum(part["count"] for part in organisation["staff_parts"])
    inspections = account.notes["count_conflicts"][0]["stated"]
    assert [entry["count"] for entry in inspections] == [60, 150, 300, 300, 50, 200]
    assert len(account.notes["performance"]["overall"]["indicators"]) == 11


def test_the_2022_account_has_its_real_conflicts_and_no_false_alarm(account, earlier):
    found = account.check(earlier)
    failed = {outcome.rule for outcome in found.outcomes if outcome.outcome == FAILED}
    assert {"stmt.performance.projects_within", "stmt.performance.general_project_within"} <= failed
    assert not [finding for finding in found if finding.severity == "error"]
    assert not [rule for rule in failed if rule.startswith("yoy.")]


@pytest.mark.parametrize("year", [2021, 2022])
def test_the_invented_office_is_complete_and_consistent(year):
    before = fiscal.read(str(DEMO / "2021")) if year == 2022 else None
    found = fiscal.read(str(DEMO / str(year))).check(before)
    assert [finding.rule for finding in found if finding.severity in ("error", "warning")] == []
    assert found.checks["passed"] > 1000


def test_the_invented_office_closes_one_year_and_opens_the_next_with_the_same_balance():
    years = [fiscal.read(str(DEMO / str(year))) for year in (2021, 2022)]
    closing = years[0].amount("revenue_expenditure_summary", "closing_balance", "expenditure_amount")
    opening = years[1].amount("revenue_expenditure_summary", "opening_balance", "revenue_amount")
    assert (str(closing), str(opening)) == ("5.16", "5.16")


def test_the_planted_errors_of_2023_are_found():
    before, account = fiscal.read(str(DEMO / "2022")), fiscal.read(str(DEMO / "2023"))
    failed = {outcome.rule for outcome in account.check(before).outcomes if outcome.outcome == FAILED}
    assert failed >= {
        "intra.function.group_is_items", "intra.basic_project.row_sum", "intra.three_public.actual_sum",
        "intra.summary.revenue_total", "yoy.summary.opening", "stmt.share.exp_basic",
    }  # fmt: skip
