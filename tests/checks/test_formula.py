"""The formula language, construct by construct: rules are written here and run on a few cells."""

import pytest

from fiscal.checks.identities.functions import same_name
from fiscal.checks.identities.runner import run
from fiscal.dictionary.identities import Identity
from fiscal.model.cells import Cell
from tests.checks.builders import disclosure, narrative, table
from tests.checks.families import said

GPB, DETAIL = "general_public_budget_expenditure", "appropriation_expenditure_detail"
ROWS = {"total": {"total": "9.00"}, "205": {"total": "5.00"}, "20501": {"total": "5.00"}, "208": {"total": "4.00"}}


def judged(formula, *tables, kind="exact", told=None, previous=None, **more):
    """Outcomes of one rule as a list of outcome or, where skipped, the reason."""
    rule = Identity("t", "cross_table", "I.SUM", (GPB,), formula, kind, "error", "{a}|{b}|{row}", **more)
    found = run(disclosure(*tables), told or narrative(), rules=(rule,), previous=previous)
    return [o.outcome if o.outcome != "skipped" else o.reason for o in found if o.rule == "t"]


GPB_TABLE = table(GPB, ROWS)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (f"{GPB}[total].total == sum({GPB}[classes].total)", "passed"),
        (f"{GPB}[total].total == sum({GPB}[leaves].total)", "passed"),
        (f"{GPB}[total].total == sum({GPB}[groups].total)", "failed"),
        (f"{GPB}['20501'].total == {GPB}['205'].total", "passed"),
        (f"{GPB}['20502'].total == {GPB}['205'].total", "missing"),
        (f"sum({GPB}['20501', '20502'].total) == 5", "passed"),  # one of the list is enough
        (f"{GPB}[total].total / 2 == 4.5", "passed"),
        (f"2 * {GPB}[total].total - 18 == 0", "passed"),
        (f"-{GPB}[total].total == -9", "passed"),
    ],
)
def test_sums_over_rows(formula, expected):
    assert judged(formula, GPB_TABLE, kind="sum") == [expected]


def test_children_are_the_next_code_level():
    found = judged("r.total == sum(children(r).total)", GPB_TABLE, kind="sum", for_each=f"{GPB}[classes]",
                   when="present(children(r))")  # fmt: skip
    assert found == ["passed", "not applicable"]  # 205 has a child, 208 none


def test_one_instance_per_column():
    cells = {
        "total": {"total": "3.00", "basic": "1.00", "project": "2.50"},
        "205": {"total": "3.00", "basic": "1.00", "project": "2.00"},
    }
    found = judged(f"{GPB}[total][c] == sum({GPB}[classes][c])", table(GPB, cells), kind="sum", columns=("amount",))
    assert found == ["passed", "passed", "failed"]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("stmt.gpb > 1 and stmt.tp > 1", "failed"),  # one part is false, the other unknown: false
        ("stmt.gpb < 1 and stmt.tp > 1", "missing"),
        ("stmt.gpb < 1 or stmt.tp > 1", "passed"),
        ("not (stmt.gpb > 1 and stmt.tp > 1)", "passed"),
        ("present(stmt.tp) or stmt.gpb == 5", "failed"),  # 0.0005万元 are 5元, but 5 beside 万元 are 5万元
        ("blank(stmt.tp)", "passed"),
        ("stmt.tp_word in ['大于', '等于']", "passed"),
        ("stmt.fiscal_year - 1 == 2021", "passed"),
        ("stmt.asset_date == stmt.fiscal_year + '-12-31'", "passed"),
        ("zero(stmt.fund_expenditure)", "passed"),
        ("is_true(stmt.has_institution)", "failed"),
        ("is_false(stmt.has_admin_unit)", "failed"),  # not stated is neither true nor false
        ("profile == 'national9'", "passed"),
        ("count(stmt.vehicle_kinds) == 2", "passed"),
        ("stmt.vehicles == sum(stmt.vehicle_kinds.count)", "passed"),
        ("abs(stmt.rev_other) > 0", "passed"),
    ],
)  # fmt: skip
def test_conditions_are_three_valued(formula, expected):
    told = said(
        {"gpb": "0.0005", "fund_expenditure": "0", "vehicles": 3, "rev_other": "-2.00"},
        words={"tp_word": "大于", "asset_date": "2022-12-31", "has_institution": "false"},
        lists={"vehicle_kinds": [{"count": 1}, {"count": 2}]},
    )
    assert judged(formula, told=told) == [expected]


def test_least_and_greatest_of_a_list():
    told = said({"gpb_completion": "97.00%"}, lists={"gpb_items": [{"completion": "95.00%"}, {"completion": "98.00%"}]})
    rate, rates = "stmt.gpb_completion", "stmt.gpb_items.completion"
    formula = f"least({rates}) <= {rate} and {rate} <= greatest({rates})"
    assert judged(formula, told=told, kind="bound") == ["passed", "passed"]
    told = said({"gpb_completion": "99.00%"}, lists={"gpb_items": [{"completion": "95.00%"}, {"completion": "98.00%"}]})
    assert judged(formula, told=told, kind="bound") == ["passed", "failed"]


@pytest.mark.parametrize(
    ("columns", "form"),
    [(("total", "general_total", "fund_total"), "a"), (("total", "e301", "e302"), "b")],
)
def test_the_form_of_a_table_is_told_by_its_columns(columns, form):
    detail = table(DETAIL, {"total": {"total": "1.00"}}, columns=columns)
    assert judged(f"form({DETAIL}) == '{form}'", detail) == ["passed"]


def test_prints_tells_rows_and_columns_that_are_there():
    assert judged(f"prints({GPB}, total) and not prints({GPB}, opening)", GPB_TABLE) == ["passed"]


def test_unknown_values_leave_conditions_open():
    assert judged(f"zero({GPB}[total].total)", table(GPB, {"total": {"total": "未公开"}})) == ["unknown"]
    assert judged(f"{GPB}[total].total >= 0", table(GPB, {"total": {"total": "未公开"}}), kind="bound") == ["unknown"]


def test_last_year_is_asked_with_prev():
    last = (disclosure(GPB_TABLE, year=2021), narrative({"vehicles": 2}))
    formula = f"{GPB}[total].total == prev.{GPB}[total].total"
    assert judged(formula, GPB_TABLE, kind="copy", previous=last) == ["passed"]
    assert judged(formula, GPB_TABLE, kind="copy") == ["missing"]
    assert judged("stmt.vehicles <= prev.stmt.vehicles + 1", told=narrative({"vehicles": 4}), previous=last) == [
        "failed"
    ]


def test_a_number_without_unit_contradicts_no_amount():
    bare = Cell("number", GPB_TABLE.rows[0].cells["total"].value, "", "9.00")
    assert judged(f"stmt.gpb == {GPB}[total].total", GPB_TABLE, kind="copy", told=narrative({"gpb": bare})) == [
        "not applicable"
    ]


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("社会保障和就业", "社会保障和就业支出", True),
        ("某某局（本级）", "某某局", True),
        ("四川省某市某某局", "某某局", True),
        ("机关事业单位基本养老保险缴费支", "机关事业单位基本养老保险缴费支出", True),  # cut by the layout
        ("行政运行", "事业运行", False),
    ],
)
def test_names_are_compared_without_ornament(one, other, equal):
    assert same_name(one, other) is equal
