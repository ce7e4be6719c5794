"""The Shanghai sample: a PDF with wide line spacing, numbers broken over lines, another order of sections."""
# ruff: noqa: E501 - sentences and lists of figures stay on one line

import pytest

from tests.statements.narrated import values
from tests.statements.samples import SHANGHAI, needs, read

pytestmark = [pytest.mark.samples, needs(SHANGHAI)]


def test_at_least_98_percent_of_the_figures_are_read():
    _, narrative = read(SHANGHAI, 2024)
    figures = [s for s in narrative.claims if s.kind != "count"]
    assert len(figures) == 70  # of 71 printed, 单价100万元以上 is a threshold
    assert sum(bool(s.subject and s.kind) for s in figures) >= 0.98 * len(figures)


def test_slots_checked_by_hand():
    _, narrative = read(SHANGHAI, 2024)
    for slot, printed in {
        "total": ["307.82"], "total_change_percent": ["100.00"], "rev_appropriation_share": ["100.00"], "exp_basic": ["105.58"],
        "exp_basic_share": ["34.30"], "gpb": ["307.82"] * 3, "gpb_initial_budget": ["0"], "gpb_full_year_budget": ["321.02"],
        "gpb_budget": ["321.02"], "gpb_completion": ["95.89"], "personnel": ["95.36"], "public": ["10.23"],
        "tp": ["0"], "fund_income": ["0"], "fund_expenditure": ["0"], "state_capital_expenditure": ["0"],
        "operating_expenses_change": ["10.23"], "procurement": ["21.07"], "procurement_works": ["0"],
        "sme_reserved_award": ["21.07"], "small_micro_reserved_award": ["21.07"], "sme_other_award": ["21.07"],
        "vehicles": ["0"], "equipment": ["0"],
    }.items():  # fmt: skip
        assert values(narrative, slot) == printed, slot


def test_items_by_name():
    _, narrative = read(SHANGHAI, 2024)
    items = [
        (e["code"], str(e["budget"]), str(e["actual"]), str(e.get("completion", "")), e["word"])
        for e in narrative.lists["gpb_items"]
    ]
    assert items == [
        ("2013901", "52.00", "51.32", "98.69", "小于"), ("2013950", "17.68", "11.31", "", "小于"),
        ("2013999", "202.24", "202.24", "", "等于"), ("2080505", "9.00", "6.18", "", "小于"),
        ("2080506", "5.74", "4.64", "", "小于"), ("2101101", "2.23", "2.22", "99.55", "小于"),
        ("2101102", "2.29", "0.49", "", "小于"), ("2210201", "18.12", "17.70", "97.68", "小于"),
        ("2210203", "11.72", "11.72", "", "等于"),
    ]  # fmt: skip


def test_every_figure_knows_its_page_and_line():
    _, narrative = read(SHANGHAI, 2024)
    assert {s.cell.place.page for s in narrative.claims} == {17, 18, 20, 21, 22, 19}
    assert all(s.cell.place.bbox for s in narrative.claims)


def test_words_and_leftovers():
    _, narrative = read(SHANGHAI, 2024)
    assert narrative.words["gpb_completion_basis"] == ["年初预算"] and narrative.words["asset_date"] == ["2024-12-31"]
    assert narrative.words["has_admin_unit"] == narrative.words["has_institution"] == ["true"]
    assert len(narrative.words["leftover_placeholder"]) == 1
