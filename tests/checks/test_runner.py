"""One outcome per row, column and part; every family fits, does not fit, and cannot be evaluated."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from fiscal.checks.identities.runner import run
from fiscal.dictionary.identities import catalogue, load_rules
from fiscal.dictionary.laws import laws
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.text import ChartPoint, Narrative, Paragraph
from tests.checks.builders import SAMPLES, disclosure, narrative, number, shanghai, table
from tests.checks.families import CASES, expenditure, said, summary

SUMMARY, GPB, BASIC = "revenue_expenditure_summary", "general_public_budget_expenditure", "general_public_budget_basic"
APPR, DETAIL, PROJECT = (
    "appropriation_summary",
    "general_public_budget_expenditure_detail",
    "general_public_budget_project",
)


def outcomes(rule, *tables, said=None, previous=None, **fields):
    """Outcome and reason of every instance of one rule."""
    found = run(disclosure(*tables, **fields), said or narrative(), previous=previous)
    return [(o.outcome, o.reason) for o in found if o.rule == rule]


def only(rule, *tables, **more):
    found = outcomes(rule, *tables, **more)
    assert len(found) == 1, found
    return found[0]


FITS, BREAKS, MISSING = ("passed", ""), ("failed", ""), ("skipped", "missing")


def test_an_empty_account_gives_only_skips_for_every_identity():
    found = run(Disclosure("x"), Narrative())
    assert {o.outcome for o in found} == {"skipped"}
    assert {o.rule for o in found} == {identity.id for identity in catalogue().identities}
    assert {o.reason for o in found} <= {"missing", "not applicable"}


def appr(**rows):
    columns = (
        "revenue_amount",
        "expenditure_total",
        "expenditure_general",
        "expenditure_fund",
        "expenditure_state_capital",
    )
    return table(APPR, rows, columns=columns)


def found_by(rule, case):
    tables = case.get("tables", [])
    more = {key: value for key, value in case.items() if key != "tables"}
    return {outcome for outcome, _ in outcomes(rule, *tables, **more)}


@pytest.mark.parametrize(("family", "rule", "fits", "breaks", "missing"), CASES, ids=[case[0] for case in CASES])
def test_every_family_fits_breaks_and_cannot_be_evaluated(family, rule, fits, breaks, missing):
    declared = {identity.id: identity.family for identity in catalogue().identities}
    assert (declared.get(rule) or laws().of(rule).family) == family
    assert "passed" in found_by(rule, fits) and "failed" not in found_by(rule, fits)
    assert "failed" in found_by(rule, breaks)
    assert found_by(rule, missing) <= {"skipped"}


def test_all_families_have_a_case():
    assert {case[0] for case in CASES} == set(catalogue().families)


def test_a_document_of_no_table_is_told_once_and_lacks_no_table():
    text = Narrative(paragraphs=(Paragraph("收、支总计218.96万元。"),))
    found = run(disclosure(), text)
    assert [o.rule for o in found if o.outcome == "failed"] == ["disc.tables.none"]


def test_the_nine_tables_are_asked_for_once_there_is_one():
    found = run(disclosure(expenditure(total="1.00")), narrative())
    lacking = [o for o in found if o.rule == "disc.tables.national" and o.outcome == "failed"]
    assert len(lacking) == 7 and "缺少《收入支出决算总表》" in [o.message for o in lacking]
    assert [o.outcome for o in found if o.rule == "disc.tables.sichuan"] == ["skipped"] * 5


def test_thirteen_tables_are_asked_for_in_sichuan():
    found = run(disclosure(expenditure(total="1.00"), profile="sichuan13"), narrative())
    assert sum(o.rule == "disc.tables.sichuan" and o.outcome == "failed" for o in found) == 5


@pytest.mark.parametrize(("guessed", "severity"), [(True, "warning"), (False, "error")])
def test_a_guessed_set_of_tables_accuses_nobody(guessed, severity):
    found = run(disclosure(expenditure(total="1.00"), profile_guessed=guessed), narrative())
    asked = [o for o in found if o.rule in ("disc.tables.national", "disc.tables.state_capital")]
    assert {o.severity for o in asked if o.outcome == "failed"} == {severity}


# ---- zero, blank, unknown, missing


def test_an_instance_of_blanks_only_is_skipped():
    blank_row = table(
        "expenditure", {"total": {"total": "1.00", "basic": "1.00"}, "205": {}}, columns=("total", "basic")
    )
    assert ("skipped", "blank") in outcomes("intra.function.total_is_classes", expenditure(total=""))
    assert ("failed", "") in outcomes("intra.function.total_is_classes", blank_row)  # 1.00 against blanks that are 0


def test_an_unknown_part_leaves_a_sum_open_but_known_parts_may_not_exceed_it():
    rule = "intra.three_public.actual_sum"
    cells = {"actual_total": "5.66", "actual_abroad": "未公开", "actual_vehicle": "4.74", "actual_reception": "0.92"}
    assert only(rule, table("three_public", {"data": cells})) == ("passed", "unknown parts")
    assert only(rule, table("three_public", {"data": cells | {"actual_vehicle": "6.00"}})) == (
        "failed",
        "unknown parts",
    )
    assert only(rule, table("three_public", {"data": cells | {"actual_total": "未公开"}})) == ("skipped", "unknown")


def test_balances_may_be_negative_so_unknown_ones_bound_nothing():
    rows = {"opening_balance": {"revenue_amount": "1.00"}, "opening_general": {"revenue_amount": "未公开"},
            "opening_fund": {"revenue_amount": "2.00"}}  # fmt: skip
    assert only("intra.appr_summary.opening_sum", appr(**rows)) == ("skipped", "unknown")


def test_kinds_that_a_narrative_leaves_out_may_be_left_out_only_where_the_form_does():
    parts = {"expenditure": "9.00", "exp_basic": "5.00", "exp_project": "4.00"}
    assert only("stmt.expenditure.sum", said=said(parts)) == FITS
    assert only("stmt.expenditure.sum", said=said(parts | {"exp_project": "3.00"})) == BREAKS
    assert only("stmt.expenditure.sum", said=said({"expenditure": "9.00", "exp_basic": "8.00"})) == (
        "skipped",
        "incomplete",
    )


def test_a_row_that_another_table_does_not_list_counts_as_zero():
    detail = table("expenditure", {"total": {"total": "3.00"}, "205": {"total": "3.00"}})
    found = outcomes("cross.expenditure.by_class", summary(education="3.00", health="1.00"), detail)
    assert found == [FITS, BREAKS]


def test_economic_columns_of_which_nothing_is_printed_are_missing():
    classes = table(DETAIL, {"total": {"total": "3.00", "e301": "3.00"}}, columns=("total", "e301", "e30101", "e30102"))
    assert outcomes("intra.detail.class_301", classes) == [MISSING]
    assert FITS in outcomes("intra.detail.row_sum", classes)


def test_a_level_that_is_not_filled_in_is_missing_not_zero():
    classes = table("general_public_budget_basic", {"e301": {"amount": "3.00"}, "e30101": {}, "e30102": {}})
    assert MISSING in outcomes("intra.basic.class_sums", classes)
    assert BREAKS not in outcomes("intra.basic.class_sums", classes)
    items = table("general_public_budget_basic", {"e301": {"amount": "3.00"}, "e30101": {"amount": "2.50"}})
    assert BREAKS in outcomes("intra.basic.class_sums", items)


def test_older_forms_print_the_fund_as_part_of_the_appropriation():
    rows = {"general_public_budget": "9.00", "government_fund": "2.00", "revenue_this_year": "9.00"}
    older = table(SUMMARY, {row: {"revenue_amount": text} for row, text in rows.items()})
    assert only("intra.summary.revenue_sum", older) == BREAKS
    lines = tuple(replace(r, label="其中：政府性基金") if r.key == "government_fund" else r for r in older.rows)
    assert only("intra.summary.revenue_sum", replace(older, rows=lines)) == FITS


def test_a_narrated_class_without_narrated_items_is_left_open():
    told = said(
        lists={"gpb_classes": [{"code": "205", "amount": "3.00"}], "gpb_items": [{"code": "2080505", "actual": "3.00"}]}
    )
    assert outcomes("stmt.gpb.items_class_sum", said=told) == []


def test_an_empty_fund_table_counts_as_zero_and_a_missing_one_as_nothing():
    empty = table("government_fund", {}, columns=("opening", "income", "total", "closing"))
    spent = appr(expenditure_this_year={"expenditure_total": "5.00", "expenditure_fund": "1.00"})
    assert only("cross.fund.expenditure", spent, empty) == BREAKS
    assert only("cross.fund.expenditure", spent) == MISSING


def test_one_form_of_the_state_capital_table_stands_for_the_other():
    summary_table = appr(expenditure_this_year={"expenditure_total": "5.00", "expenditure_state_capital": "1.00"})
    flow = table("state_capital", {"total": {"total": "1.00", "opening": "", "income": "1.00", "closing": ""}})
    assert only("cross.state_capital.expenditure_table", summary_table, flow) == FITS
    assert only("disc.tables.state_capital", flow) == FITS


# ---- instances


def test_levels_are_added_from_code_prefixes():
    rows = {
        "total": {"total": "6.00"},
        "205": {"total": "6.00"},
        "20501": {"total": "4.00"},
        "20502": {"total": "2.50"},
    }
    found = [o for o in run(disclosure(table("expenditure", rows)), narrative()) if o.outcome == "failed"]
    assert {o.rule for o in found} >= {"intra.function.class_is_groups", "intra.function.items_cover_total"}
    broken = next(o for o in found if o.rule == "intra.function.class_is_groups")
    assert (broken.actual, broken.expected, broken.difference) == (Decimal("6.00"), Decimal("6.50"), Decimal("-0.50"))
    assert broken.message == "《支出决算表》“205教育支出”“total”6.00万元不等于所属各“款”之和6.50万元"
    assert [str(cell) for cell in broken.terms] == ["6.00", "4.00", "2.50"]


def test_every_statement_of_a_slot_is_tested():
    tables = [table(GPB, {"total": {"total": "214.18", "basic": "190.00", "project": "24.18"}})]
    found = outcomes("stmt.gpb.table", *tables, said=said({"gpb": ["214.18", "214.18", "214.81"]}))
    assert Counter(found) == {FITS: 2, BREAKS: 1}


def test_parts_of_a_conjunction_are_instances_of_their_own():
    tables = [table("three_public", {"data": {"actual_total": "5.66", "actual_vehicle": "4.74"}})]
    found = Counter(outcomes("stmt.three_public.table", *tables, said=said({"tp": "5.66", "tp_vehicle": "4.47"})))
    assert found == {FITS: 1, BREAKS: 1}


def test_cells_filled_from_one_statement_prove_nothing():
    filled = table(
        SUMMARY, {"revenue_total": {"revenue_amount": "218.96"}, "expenditure_total": {"expenditure_amount": "218.96"}}
    )
    rows = tuple(
        replace(row, cells={key: replace(cell, origin="total") for key, cell in row.cells.items()})
        for row in filled.rows
    )
    filled = replace(filled, rows=rows)
    assert only("intra.summary.balance", filled) == ("skipped", "same source")
    assert only("stmt.total.table", filled, said=said({"total": "218.96"})) == ("skipped", "same source")


def test_two_cells_filled_from_one_statement_that_differ_are_told():
    filled = table(
        SUMMARY, {"revenue_total": {"revenue_amount": "218.96"}, "expenditure_total": {"expenditure_amount": "219.96"}}
    )
    rows = tuple(
        replace(row, cells={key: replace(cell, origin="total") for key, cell in row.cells.items()})
        for row in filled.rows
    )
    assert only("intra.summary.balance", replace(filled, rows=rows)) == BREAKS


def test_two_statements_of_one_slot_are_two_sources():
    assert only("stmt.repeated.same", said=said({"gpb": ["1.00", "1.00"]})) == FITS


def test_derived_figures_of_last_year_prove_nothing_about_the_change():
    derived = summary(revenue_total="197.43")
    rows = tuple(
        replace(row, cells={k: replace(c, derived=True) for k, c in row.cells.items()}) for row in derived.rows
    )
    last = (disclosure(replace(derived, rows=rows), year=2021), narrative())
    told = said({"total_change": "21.53"}, words={"total_direction": "增加"})
    assert outcomes("yoy.change.total", summary(revenue_total="218.96"), said=told, previous=last) == []
    sound = (disclosure(summary(revenue_total="197.43"), year=2021), narrative())
    assert only("yoy.change.total", summary(revenue_total="218.96"), said=told, previous=sound) == FITS


def test_numbers_read_by_ocr_give_at_most_a_warning():
    read = Cell("number", Decimal("5.00"), "万元", "5.00", confidence=0.9)
    found = run(disclosure(), said({"appropriation": read, "total": "4.00"}))
    assert [o.severity for o in found if o.outcome == "failed" and o.rule.startswith("stmt.")] == ["warning"]


def test_approximate_values_are_never_used():
    near = number("5.00", approximate=True)
    assert only("stmt.appropriation.within_total", said=said({"appropriation": near, "total": "4.00"})) == (
        "skipped",
        "approximate",
    )


def test_a_completion_rate_of_another_budget_than_named_is_a_finding_of_its_own():
    slots = {
        "gpb": "307.82",
        "gpb_initial_budget": "310.00",
        "gpb_full_year_budget": "321.02",
        "gpb_completion": "95.89%",
    }
    told = said(slots, words={"gpb_completion_basis": "年初预算"})
    assert only("stmt.completion.gpb", said=told) == BREAKS
    assert only("stmt.completion.gpb", said=said(slots, words={"gpb_completion_basis": "全年预算"})) == FITS
    zero = said(slots | {"gpb_initial_budget": "0"}, words={"gpb_completion_basis": "年初预算"})
    assert [outcome for outcome, _ in outcomes("stmt.completion.gpb_basis", said=zero)] == ["failed"]


def test_a_last_share_forced_to_a_hundred_is_info():
    amounts = {
        "201": ("264.87", "86.05%"),
        "208": ("10.82", "3.52%"),
        "210": ("2.71", "0.88%"),
        "221": ("29.42", "9.55%"),
    }
    entries = [{"code": code, "name": code, "amount": a, "share": s} for code, (a, s) in amounts.items()]
    told = said({"gpb": "307.82"}, lists={"gpb_classes": entries})
    assert Counter(outcomes("stmt.share.gpb_classes", said=told)) == {FITS: 3, ("rounding", "forced last share"): 1}
    entries[0] = entries[0] | {"share": "86.15%"}  # now they do not add to 100
    assert BREAKS in outcomes("stmt.share.gpb_classes", said=said({"gpb": "307.82"}, lists={"gpb_classes": entries}))


def test_rules_of_an_analyst_run_beside_the_catalogue(tmp_path):
    path = tmp_path / "county.yaml"
    path.write_text(
        "- {id: county.half, scope: statement, family: I.WITHIN, tables: [expenditure], kind: bound, severity: warning,"
        ' formula: "stmt.tp <= expenditure[total].total / 2", message: "{a}>{b}"}',
        encoding="utf-8",
    )
    found = run(disclosure(expenditure(total="10.00")), said({"tp": "6.00"}), rules=load_rules(path))
    assert [(o.outcome, o.message) for o in found if o.rule == "county.half"] == [("failed", "6.00>5.00")]


@pytest.mark.samples
@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample documents are not at hand")
def test_all_arithmetic_between_the_tables_of_the_shanghai_sample_holds():
    found = run(shanghai(), narrative())
    judged = Counter(o.outcome for o in found if o.rule.startswith(("intra.", "cross.")))
    assert judged["failed"] == 0 and judged["passed"] > 300 and judged["rounding"] == 2
    rounded = [o for o in found if o.rule == "cross.gpb.basic_total"]
    assert [(o.outcome, o.actual, o.expected) for o in rounded] == [("rounding", Decimal("105.58"), Decimal("105.59"))]


def test_chart_points_that_repeat_a_stated_figure():
    point = ChartPoint("图1", "2021年", "收入", "197.43")
    entries = [{"value": point.text, "stated": "197.43"}, {"value": "197.34", "stated": "197.43"}]
    assert outcomes("stmt.chart.equal", said=said(lists={"chart_points": entries})) == [FITS, BREAKS]
