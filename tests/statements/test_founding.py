"""The founding document, figure by figure, listed by hand from the text."""
# ruff: noqa: E501 - sentences and lists of figures stay on one line

import re

import pytest

from fiscal.checks.laws.run_laws import run_laws
from fiscal.dictionary.identities import catalogue
from tests.statements.narrated import values
from tests.statements.samples import FOUNDING, needs, read

pytestmark = [pytest.mark.samples, needs(FOUNDING)]

# section → printed numbers in order; a number that speaks for two subjects stands once, chart data apart
FIGURES = {
    "overview": "12 2 45 65 229 2 4 1 235 12 3 3 20 2 1 35271 12 7 7 9 72 100 90 586 281 229 76 60 150 110 1",
    "organisation": "9 1 2 3 3",
    "overall": "218.96 21.53 10.91",
    "revenue": "218.96 214.18 97.82 4.78 2.18 0 0 0 0 0 0 0 0 0 0 0 0",
    "expenditure": "218.96 190.00 86.77 28.96 13.23 0 0 0 0 0 0",
    "appropriation": "218.96 21.53 10.91",
    "gpb_overall": "214.18 97.82 16.75 8.48",
    "gpb_structure": "214.18 189.78 88.61 0 0 0 0 0 0 8.42 3.93 4.99 2.33 10.99 5.13",
    "gpb_items": "214.18 100 7.83 100 157.77 100 24.18 100 8.03 100 0.39 100 4.99 100 10.99 100",
    "basic": "190.00 167.10 22.90",
    "three_public": "5.84 95.74 1.5 20.44 0 0 4.74 81.16 1.1 18.84 0 0 0 4.74 94.80 0.98 17.13 0 0 0 0 0 0 0 0 1 1 0 0 4.74"
    " 1.1 100 0.52 32.10 1.1 15 116 1.1 0 0 0 0",
    "fund": "4.78",
    "state_capital": "0",
    "operating_expenses": "22.90 20.44 47.16",
    "procurement": "0 0 0 0 0 0 0 0",
    "assets": "1 0 0 1 0 0",
    "annexes": "1 2 3 9 3 16 9 7 218.96 214.18 97.82 4.78 2.18 218.96 190.00 86.77 28.96 13.23 0 0 0 0 0 0 6.10 5 1.1 5.84"
    " 4.74 1.1 35271 12 7 7 218.96 218.96 218.96 218.96 0 0 30000 100 300 100 100 100 3 100 25 100 6 98 98"
    " 30 100 30 30 30000 300 50 5 10 5 3 5 3 200 5 30",
}
CHARTS = "197.43 214.18 0.8861 0.0393 0.0233 0.0513 0 0.8116 0.1884 218.96 218.96 197.43 197.43 0.9782 0.0218 0.8677 0.1323 197.43 197.43 218.96 218.96"  # fmt: skip


def text_statements():
    account, narrative = read(FOUNDING, 2022)
    start = min(point.place.offset for point in account.charts)
    return [s for s in narrative.claims if s.cell.place.offset < start]


def test_every_amount_percent_and_count_is_found_with_its_section():
    found: dict[str, list[str]] = {}
    seen = set()
    for statement in text_statements():
        if statement.cell.place.offset not in seen:
            found.setdefault(statement.section, []).append(statement.cell.text)
        seen.add(statement.cell.place.offset)
    assert {section: " ".join(texts) for section, texts in found.items()} == FIGURES


def test_no_amount_or_percent_of_the_text_is_missing():
    account, narrative = read(FOUNDING, 2022)
    offsets = {s.cell.place.offset for s in narrative.claims}
    printed = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?=余?万余?元|余?万余万元|[%％])")
    missing = []
    for paragraph in account.paragraphs:
        for found in printed.finditer(paragraph.text):
            threshold = paragraph.text[: found.start()].endswith("单价")
            if paragraph.place.offset + found.start() not in offsets and not threshold and paragraph.role != "cell":
                missing.append(paragraph.text[found.start() - 8 : found.end() + 4])
    assert missing == []


def test_everything_is_understood():
    _, narrative = read(FOUNDING, 2022)
    assert [s.cell.text for s in narrative.claims if not s.subject or not s.kind] == []


def test_only_figures_of_annexes_and_prose_are_without_slot():
    free = {s.subject for s in text_statements() if s.section not in ("annexes", "overview", "organisation")}
    known = {re.sub(r"\[.*", "", subject) for subject in free}
    assert known - set(catalogue().slots) == {"total_expenditure_change", "appropriation_expenditure_total_change"}


def test_work_and_staff_are_counts_by_their_names_and_add_up():
    account, narrative = read(FOUNDING, 2022)
    named = {s.subject: (s.cell.text, s.counter, s.cell.approximate) for s in narrative.claims if s.kind == "count"}
    assert named["办理群众网上留言"] == ("586", "件", False)
    assert named["服务群众的窗口"] == ("65", "个", False)
    assert named["单位实有人员"] == ("16", "人", False)
    assert named["办理群众来电、来信"] == ("30000", "件", True)
    sums = [one for one in run_laws(account, narrative) if one.rule == "stmt.parts.other" and one.outcome == "passed"]
    assert {" ".join(cell.text for cell in one.terms) for one in sums} >= {"586 281 229 76", "16 9 7"}


def test_all_chart_series_are_found_and_equal_the_narrative():
    _, narrative = read(FOUNDING, 2022)
    points = narrative.lists["chart_points"]
    assert " ".join(point["value"].text for point in points) == CHARTS
    assert [point["label"] for point in points if point["value"].value != point["stated"].value] == []


def test_lists_words_and_budgets():
    _, narrative = read(FOUNDING, 2022)
    assert [item["code"] for item in narrative.lists["gpb_items"]] == [
        "2010305", "2010350", "2010399", "2080505", "2089999", "2101102", "2210201"]  # fmt: skip
    assert {item["word"] for item in narrative.lists["gpb_items"]} == {"等于"}
    assert [entry["code"] for entry in narrative.lists["gpb_classes"]] == [
        "201",
        "205",
        "206",
        "207",
        "208",
        "210",
        "221",
    ]
    assert (len(narrative.lists["personnel_items"]), len(narrative.lists["public_items"])) == (17, 28)
    assert narrative.words["entity_type"] == ["事业单位"] and narrative.words["tp_word"] == ["小于"]
    assert [values(narrative, slot) for slot in ("tp_budget", "tp_vehicle_budget", "tp_reception_budget")] == [
        ["6.10"],
        ["5"],
        ["1.1"],
    ]
    (project,) = narrative.lists["perf_projects"]
    assert (project["name"], str(project["budget"]), str(project["executed"]), project["fund"]) == (
        "效能热线工作经费", "30", "30", "一般公共预算")  # fmt: skip
