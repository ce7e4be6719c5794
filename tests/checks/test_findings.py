"""One cause, one finding: the culprit first, what it should be, consequences beneath it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from fiscal.checks.findings.compose import findings
from fiscal.checks.findings.slips import slip
from fiscal.checks.identities.runner import run
from fiscal.model.cells import Place
from fiscal.model.finding import FAILED, Outcome
from fiscal.model.text import Claim
from fiscal.synthetic.invent import Style, make_panel
from fiscal.synthetic.planted import KINDS
from tests.checks.builders import disclosure, narrative, number, table
from tests.checks.families import expenditure, said, summary

GPB = "general_public_budget_expenditure"
ROWS = {
    "total": {"total": "218.96", "basic": "190.00", "project": "28.96"},
    "205": {"total": "200.00", "basic": "180.00", "project": "20.00"},
    "208": {"total": "18.96", "basic": "10.00", "project": "8.96"},
}  # fmt: skip


def found(*tables, said=None, previous=None, **fields):
    """Findings other than absent tables."""
    account, told = disclosure(*tables, **fields), said or narrative()
    everything = findings(run(account, told, previous=previous), account, told)
    return [finding for finding in everything if not finding.rule.startswith("disc.")]


def slipped(row, column, text):
    return table(GPB, {key: cells | ({column: text} if key == row else {}) for key, cells in ROWS.items()})


def test_a_consistent_account_has_no_finding():
    assert found(slipped("", "", "")) == []


def test_swapped_digits_in_one_cell_are_one_finding_that_names_it():
    (finding,) = found(slipped("total", "total", "218.69"))
    assert (finding.severity, str(finding.evidence[0])) == ("error", "218.69")
    assert (finding.actual, finding.expected, finding.difference) == ("218.69", "218.96", "-0.27")
    assert "应为218.96" in finding.suggestion and "数字顺序颠倒" in finding.suggestion
    assert "《一般公共预算财政拨款支出决算表》“合计”行" in finding.suggestion
    family = {finding.rule, *(consequence.rule for consequence in finding.consequences)}
    assert family == {
        "intra.function.items_cover_total",
        "intra.function.total_is_classes",
        "intra.basic_project.row_sum",
    }


def test_terms_verified_elsewhere_are_cleared_and_the_rest_is_named():
    (finding,) = found(slipped("208", "project", "9.96"))
    assert str(finding.evidence[0]) == "9.96" and "应为8.96" in finding.suggestion


def test_two_errors_are_two_findings():
    rows = {key: dict(cells) for key, cells in ROWS.items()}
    rows["205"]["basic"], rows["208"]["project"] = "100.00", "9.96"
    leads = {str(finding.evidence[0]) for finding in found(table(GPB, rows))}
    assert leads == {"100.00", "9.96"}


def test_an_amount_in_the_wrong_unit_is_recognised():
    told = narrative({"gpb": "2189600.00"})
    (finding,) = found(slipped("", "", ""), said=told)
    assert "应为218.96" in finding.suggestion and "元与万元混用" in finding.suggestion


def test_a_figure_taken_from_another_row_is_recognised():
    tables = [table(GPB, {"total": {"total": "9.89"}, "205": {"total": "5.52"}, "208": {"total": "4.37"}})]
    classes = [
        {"name": "教育支出", "code": "205", "amount": "4.37"},
        {"name": "社会保障和就业支出", "code": "208", "amount": "4.37"},
    ]
    (finding,) = found(*tables, said=narrative(lists={"gpb_classes": classes}))
    assert "应为5.52" in finding.suggestion and "“社会保障和就业支出”行一致，疑为错行" in finding.suggestion
    assert finding.cause == "copied"


def test_two_places_that_only_contradict_each_other_are_both_named():
    (finding,) = found(summary(revenue_total="5.00", expenditure_total="5.10"))
    assert "其中一处有误" in finding.suggestion and [str(cell) for cell in finding.evidence] == ["5.00", "5.10"]


def test_a_blank_that_would_have_to_be_negative_is_no_suspect():
    rows = {"revenue_this_year": "287.38", "opening_balance": "3.81", "revenue_total": "288.19"}
    rows |= {"non_appropriation_surplus_used": "", "general_public_budget": "287.38"}
    cells = {row: {"revenue_amount": text} for row, text in rows.items()}
    paid = {"expenditure_total": {"expenditure_amount": "288.19"}}
    (finding,) = found(table("revenue_expenditure_summary", cells | paid))
    assert str(finding.evidence[0]) == "3.81" and "应为0.81" in finding.suggestion


def test_a_lone_wrong_rate_leaves_open_whether_an_amount_is_wrong():
    (finding,) = found(said=said({"sme_share": "15.91%", "sme": "6.55", "procurement": "22.31"}))
    assert "若金额无误，比例应为29.36%" in finding.suggestion


def test_differences_that_rounding_explains_are_info_only():
    told = said({"exp_basic": "0.10", "exp_project": "0.20", "expenditure": "0.30", "exp_basic_share": "35.0%"})
    (finding,) = found(said=told)
    assert (finding.severity, finding.rule) == (
        "info",
        "stmt.share.exp_basic",
    ) and "不是最接近的值" in finding.suggestion


def test_a_figure_stated_at_three_places_keeps_all_of_them():
    told = said({"gpb": ["5.00", "5.00", "5.00"], "expenditure": "4.00"})
    (finding,) = found(said=told)
    assert finding.rule == "stmt.funds.sum" and str(finding.evidence[0]) == "4.00"
    cells = [cell for one in (finding, *finding.consequences) for cell in one.evidence]
    places = {cell.place.offset for cell in cells if str(cell) == "5.00"}
    assert len(places) == 3


def test_findings_are_ordered_by_weight():
    tables = [
        summary(revenue_total="5.00", expenditure_total="5.10"),
        expenditure(total="-3.00", basic="-3.00", project=""),
    ]
    told = said({"operating_expenses": "1.00"}, words={"entity_type": "事业单位"})
    severities = [finding.severity for finding in found(*tables, said=told)]
    assert severities == sorted(severities, key=["error", "warning", "info"].index) and len(severities) > 1


def test_the_key_of_a_finding_does_not_depend_on_the_folder():
    (one,) = found(slipped("total", "total", "218.69"))
    moved = slipped("total", "total", "218.69")
    account = replace(disclosure(moved), path="elsewhere")
    (other,) = [f for f in findings(run(account, narrative()), account, narrative()) if not f.rule.startswith("disc.")]
    assert one.key == other.key
    assert one.key != found(slipped("208", "project", "9.96"))[0].key


@pytest.mark.parametrize(
    ("old", "new", "kind", "words"),
    [
        ("218.69", "218.96", "digits_swapped", "数字顺序颠倒"),
        ("2189.6", "218.96", "decimal_point", "小数点或单位错位，相差10倍"),
        ("2.19", "218.96", "decimal_point", "小数点或单位错位，相差100倍"),
        ("-3.20", "3.20", "sign", "正负号相反"),
        ("218.96", "219.96", "digit", "一位数字有误"),
        ("57.30", "578.30", "digit", "漏写一位数字"),
        ("218.96", "347.15", "", ""),
        ("0", "13.00", "", ""),
    ],
)
def test_how_a_slip_looks(old, new, kind, words):
    assert slip(number(old, place=Place()), number(new, place=Place())) == (kind, words)


@pytest.mark.parametrize("kind", KINDS)
def test_planted_errors_break_their_rules_and_are_named(kind):
    before, now = make_panel(2, (2021, 2022), errors={2022: (kind,)}, style=Style("sichuan13"))
    outcomes = run(now.disclosure, now.narrative, previous=(before.disclosure, before.narrative))
    (planted,) = now.planted
    broken = {outcome.rule for outcome in outcomes if outcome.outcome == "failed"}
    assert set(planted.rules) <= broken
    heavy = [f for f in findings(outcomes, now.disclosure, now.narrative) if f.severity == "error"]
    assert [str(finding.evidence[0]) for finding in heavy] == [planted.now]


@pytest.mark.parametrize("rounded", [False, True])
@pytest.mark.parametrize("profile", ["national9", "sichuan13", "shanghai9"])
def test_invented_accounts_without_errors_raise_nothing(profile, rounded):
    before, now = make_panel(5, (2021, 2022), style=Style(profile, "万元", rounded))
    outcomes = run(now.disclosure, now.narrative, previous=(before.disclosure, before.narrative))
    assert [o.message for o in outcomes if o.outcome == "failed" and o.severity != "info"] == []
    assert sum(outcome.outcome == "passed" for outcome in outcomes) > 400


def test_a_row_that_fails_in_three_columns_is_one_finding():
    """The group lacks the item of 20805 in every column: one row is missing, not three numbers wrong."""
    rows = {
        "total": {"total": "30.00", "basic": "18.00", "project": "12.00"},
        "208": {"total": "30.00", "basic": "18.00", "project": "12.00"},
        "20805": {"total": "30.00", "basic": "18.00", "project": "12.00"},
        "2080505": {"total": "10.00", "basic": "8.00", "project": "2.00"},
    }
    errors = [finding for finding in found(table(GPB, rows)) if finding.severity == "error"]
    assert [finding.rule for finding in errors] == ["intra.function.group_is_items"]
    assert (
        errors[0].cause == "row_missing"
        and "漏列" in errors[0].message
        and "缺20.00、10.00、10.00" in errors[0].message
    )
    assert len(errors[0].consequences) >= 2


def test_a_rule_over_words_that_hits_everywhere_is_told_once_with_all_its_places():
    account, told = disclosure(), narrative()
    place = Place("说明.docx", section="overall")
    hits = [
        Outcome("TL1", "failed", "error", "填写实际内容", "“XX”是范本占位符，没有替换", actual="XX",
                terms=(number("", place=replace(place, offset=i)),))
        for i in range(7)
    ]  # fmt: skip
    (finding,) = findings(hits, account, told)
    assert "同类问题共7处" in finding.message and len(finding.evidence) == 7
    assert len(findings(hits[:5], account, told)) == 5
    assert len({one.key for one in findings(hits[:5], account, told)}) == 5


@pytest.mark.parametrize(("code", "listed"), [("2080505", True), ("2080598", False)])
def test_a_code_that_the_year_does_not_list_is_a_hint(code, listed):
    rows = {"total": {"total": "1.00"}, code: {"total": "1.00"}}
    hints = [f for f in found(table("expenditure", rows)) if f.rule == "intra.function.code_listed"]
    assert [f.severity for f in hints] == ([] if listed else ["info"])


def test_what_is_missing_is_told_once():
    outcomes = [
        Outcome("disc.tables.national", FAILED, message="缺少《收入决算表》"),
        Outcome("disc.tables.listed_exist", FAILED, message="目录列出《收入决算表》但未找到该表"),
        Outcome("disc.sections.required", FAILED, message="缺少“政府采购支出情况”部分"),
        Outcome("disc.procurement.section", FAILED, message="未说明政府采购支出情况"),
    ]
    found = findings(outcomes, disclosure(), narrative())
    assert [finding.rule for finding in found] == ["disc.tables.national", "disc.sections.required"]


def test_a_list_that_names_another_missing_table_is_told():
    outcomes = [
        Outcome("disc.tables.national", FAILED, message="缺少《收入决算表》"),
        Outcome("disc.tables.listed_exist", FAILED, message="目录列出《支出决算表》但未找到该表"),
    ]
    assert len(findings(outcomes, disclosure(), narrative())) == 2


def test_conditions_say_what_to_change():
    outcome = Outcome("stmt.gpb.items_group_name", FAILED, actual="行政事业单位离退休", expected="行政事业单位养老支出")
    (found,) = findings([outcome], disclosure(), narrative())
    assert found.suggestion == "按当年政府收支分类科目改为“行政事业单位养老支出”"


def test_figures_of_notes_are_called_by_their_slot():
    stated = narrative({"exp_basic_share": "26.13%"})
    cell = replace(stated.slots["exp_basic_share"][0], place=Place(document="notes.yaml", section="expenditure"))
    told = replace(stated, claims=(Claim("exp_basic_share", "share", cell, "expenditure"),))
    outcome = Outcome("stmt.share.exp_basic", FAILED, actual=Decimal(26), expected=Decimal(62), terms=(cell,))
    (found,) = findings([outcome], disclosure(), told)
    assert found.evidence[0].place.row == "基本支出占比"
