"""What a user holds, on the accounts that come with the project."""

import doctest
from decimal import Decimal
from pathlib import Path

import pytest

import fiscal
from fiscal.errors import ReadError

RAW = Path(__file__).parents[1] / "data" / "raw"


@pytest.fixture(scope="module")
def office():
    return fiscal.read(RAW / "suining-hotline" / "2022")


def test_a_cell_says_number_blank_or_unknown(office):
    table = office.printed["expenditure"]
    total = table.set_index("row_key").loc["total"]
    assert (total["total"].value, total["basic"].value, total["project"].value) == (
        Decimal("218.96"), Decimal("190.00"), Decimal("28.96"))  # fmt: skip
    assert total["total"].place.sheet and total["total"].place.cell
    assert table.attrs["unit"] == "万元"
    assert office.amount("revenue_expenditure_summary", "opening_balance", "revenue_amount").is_unknown


def test_facts_hold_printed_numbers_only(office):
    facts = office.facts
    assert not facts["value"].str.contains("未公开").any() and (facts["value"] != "").all()
    row = facts[(facts.table == "expenditure") & (facts.row_label == "合计") & (facts.column == "basic")]
    assert row["value"].tolist() == ["190.00"]


def test_statements_have_a_status_each(office):
    statements = office.statements
    assert set(statements["status"]) <= {"verified", "rounding", "conflicting", "unconstrained", "unread"}
    total = statements[statements.subject == "total"].iloc[0]
    assert (total["value"], total["unit"], total["status"]) == ("218.96", "万元", "verified")


def test_the_real_contradiction_is_found_and_no_error(office):
    findings = office.check(fiscal.read(RAW / "suining-hotline" / "2021"))
    assert [f for f in findings if f.severity == "error"] == []
    rules = set(findings.to_frame()["rule"])
    assert "stmt.performance.projects_within" in rules


def test_groups_of_figures_add_up(office):
    figures = dict(office.check().figures)
    assert figures.pop("total") == sum(figures.values())


def test_one_changed_cell_fails_its_identities_and_no_others(tmp_path):
    import openpyxl

    book = openpyxl.load_workbook(RAW / "demo-office" / "2021" / "accounts.xlsx")
    sheet = next(s for s in book if "支出决算表" in s.title and s.title.startswith("附表3"))
    target = next(c for row in sheet for c in row if c.value == "合计" and c.row > 6)
    cell = next(c for c in sheet[target.row] if isinstance(c.value, int | float))
    before = {o.rule for o in fiscal.read(RAW / "demo-office" / "2021").check().outcomes if o.outcome == "failed"}
    cell.value = cell.value + 10
    book.save(tmp_path / "accounts.xlsx")
    findings = fiscal.read(tmp_path).check()
    failed = {outcome.rule for outcome in findings.outcomes if outcome.outcome == "failed"}
    assert before == set()
    assert failed == {
        "cross.expenditure.total", "intra.expenditure.row_sum", "intra.function.total_is_classes",
        "intra.function.items_cover_total",
    }  # fmt: skip
    assert len([f for f in findings if f.severity == "error"]) == 1
    assert any(evidence.place.cell == cell.coordinate for evidence in findings[0].evidence)


def test_own_rules_are_judged_too(tmp_path, office):
    rules = tmp_path / "county.yaml"
    rules.write_text(
        """
identities:
  - id: county.three_public.share
    scope: intra_table
    family: I.WITHIN
    tables: [three_public, expenditure]
    formula: "three_public[data].actual_total * 100 <= expenditure[total].total"
    kind: bound
    severity: warning
    message: "“三公”经费{a}{unit}超过本年支出的百分之一{b}{unit}"
    basis: a county rule
""",
        encoding="utf-8",
    )
    findings = office.check(rules=fiscal.load_rules(rules))
    assert "county.three_public.share" in {finding.rule for finding in findings}


def test_a_folder_of_two_accounts_is_refused_with_the_next_step():
    with pytest.raises(ReadError, match=r"holds 6 accounts.*name the folder or file of one"):
        fiscal.read(RAW)


def test_nothing_there_is_one_sentence(tmp_path):
    with pytest.raises(ReadError):
        fiscal.read(tmp_path / "nosuch.pdf")


@pytest.mark.parametrize("name", ["tables", "printed", "cells", "facts", "claims"])
def test_the_example_of_each_frame_is_true(name):
    known = {"account": fiscal.read(RAW / "demo-office" / "2022")}
    found = doctest.DocTestFinder().find(vars(fiscal.Account)[name].func, name, globs=known)
    assert sum(len(test.examples) for test in found) >= 1
    for test in found:
        assert doctest.DocTestRunner().run(test).failed == 0


def test_what_was_compared_with_the_published_budget_is_told():
    account = fiscal.read(RAW / "demo-office" / "2022")
    told = account.comparison(account.check())
    assert told == "与公布的部门预算（budget.xlsx）对照：所述预算 12 项，一致 12"


def test_without_a_budget_nothing_was_compared(office):
    assert office.comparison(office.check()) == ""
