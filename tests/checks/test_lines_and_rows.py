"""Slips over whole lines of coded tables: each is told once, for what it is, at every place where it can happen.

The account: expenditure 130.00 and, all of it, general budget 130.00; the text states three of its items.
"""

from dataclasses import replace

import pytest

from fiscal.checks.findings.compose import findings
from fiscal.checks.identities.runner import run
from tests.checks.builders import disclosure, narrative, table

EXPENDITURE, GENERAL = "expenditure", "general_public_budget_expenditure"
CODED = {
    "total": ("130.00", "92.50", "37.50"), "205": ("100.00", "62.50", "37.50"), "20501": ("70.00", "62.50", "7.50"),
    "2050101": ("62.50", "62.50", ""), "2050102": ("7.50", "", "7.50"), "20502": ("30.00", "", "30.00"),
    "2050201": ("11.80", "", "11.80"), "2050202": ("18.20", "", "18.20"), "208": ("17.40", "17.40", ""),
    "20805": ("17.40", "17.40", ""), "2080505": ("11.60", "11.60", ""), "2080506": ("5.80", "5.80", ""),
    "210": ("12.60", "12.60", ""), "21011": ("12.60", "12.60", ""), "2101101": ("12.60", "12.60", ""),
}  # fmt: skip
ROWS = {code: dict(zip(("total", "basic", "project"), figures)) for code, figures in CODED.items()}
ORDER = list(ROWS)


def told(expenditure=None, general=None, *, says=True):
    """Loud findings of the account with other rows in one of its tables; the text states items, or there is none."""
    items = [{"code": code, "actual": ROWS[code]["total"]} for code in ("2050102", "2080506", "2101101")]
    said = narrative({"basic": "92.50", "gpb": "130.00"}, lists={"gpb_items": items}) if says else narrative()
    account = disclosure(table(EXPENDITURE, expenditure or ROWS), table(GENERAL, general or ROWS))
    everything = findings(run(account, said), account, said)
    return [one for one in everything if one.severity != "info" and not one.rule.startswith("disc.")]


def shifted(start, step):
    """From a row on, every row carries the figures of the one `step` rows below."""
    at = ORDER.index(start)
    moved = {code: ORDER[index + step] if index + step < len(ORDER) else None
             for index, code in enumerate(ORDER) if index >= at}  # fmt: skip
    return {code: ROWS.get(moved.get(code, code)) or {} for code in ORDER}


def without(code):
    return {key: cells for key, cells in ROWS.items() if key != code}


def test_the_sound_account_is_quiet():
    assert told() == [] and told(says=False) == []


@pytest.mark.parametrize("says", [True, False])
@pytest.mark.parametrize("code", ["2050202", "2101101", "20502", "21011", "208"])
def test_a_row_left_out_of_one_table_is_named_from_the_other(code, says):
    (finding,) = told(general=without(code), says=says)
    assert finding.cause == "row_missing" and f"漏列“{code}" in finding.message
    assert "《一般公共预算财政拨款支出决算表》" in finding.message


def test_a_group_left_out_is_not_counted_as_a_last_level():
    (finding,) = told(expenditure=without("20501"))
    assert "最末级" not in finding.message and "漏列“20501" in finding.message


@pytest.mark.parametrize("says", [True, False])
def test_columns_in_each_others_place_are_told_of_their_own_table(says):
    swapped = {key: {**cells, "basic": cells["project"], "project": cells["basic"]} for key, cells in ROWS.items()}
    loud = told(general=swapped, says=says)
    if says:
        (finding,) = loud
        assert "《一般公共预算财政拨款支出决算表》“basic”与“project”两栏的金额对调" in finding.message
    else:
        assert {one.cause for one in loud} == {"columns_swapped"}


@pytest.mark.parametrize(("start", "step"), [("20502", 1), ("20502", 2), ("2050201", 1), ("208", 1)])
def test_a_shift_is_one_finding_that_names_its_first_row_and_step(start, step):
    (finding,) = told(general=shifted(start, step))
    assert (
        finding.cause == "rows_shifted" and f"（上移{step}行）" in finding.message and f"从“{start}" in finding.message
    )


@pytest.mark.parametrize(("column", "start", "step"), [("total", "20502", 1), ("basic", "2080505", 2)])
def test_the_rows_of_one_column_alone_may_slide(column, start, step):
    rows = {key: {**cells, column: shifted(start, step)[key].get(column, "")} for key, cells in ROWS.items()}
    (finding,) = told(expenditure=rows, says=False)
    assert finding.cause == "rows_shifted" and f"“{column}”栏的金额错行（上移{step}行）" in finding.message


@pytest.mark.parametrize(
    ("moved", "way"),
    [({"2050201": {}, "2050202": ROWS["2050201"]}, "下"), ({"2050201": ROWS["2050202"], "2050202": {}}, "上")],
)
def test_two_rows_that_slid_are_told_as_one(moved, way):
    (finding,) = told(general={**ROWS, **moved})
    assert finding.cause == "rows_shifted" and f"{way}移1行" in finding.message and "“2050201" in finding.message


@pytest.mark.parametrize(
    ("one", "other"),
    [(("2050102", "project"), ("2050202", "project")), (("20501", "total"), ("2080505", "total")),
     (("20501", "basic"), ("20501", "project")), (("2050101", "basic"), ("2050101", "project"))],
)  # fmt: skip
def test_two_cells_in_each_others_place_are_one_finding_with_both(one, other):
    rows = {key: dict(cells) for key, cells in ROWS.items()}
    rows[one[0]][one[1]], rows[other[0]][other[1]] = ROWS[other[0]][other[1]], ROWS[one[0]][one[1]]
    (finding,) = told(expenditure=rows, says=False)
    assert finding.cause == "cells_swapped"
    assert all(f"“{key}" in finding.message and f"“{column}”栏" in finding.message for key, column in (one, other))


@pytest.mark.parametrize(("order", "first", "way"), [("-tb", "total", "右"), ("bp-", "project", "左")])
def test_columns_that_hold_the_figures_of_the_column_beside_them_are_one_finding(order, first, way):
    names = {"t": "total", "b": "basic", "p": "project", "-": ""}
    rows = {
        key: {to: cells.get(names[at], "") for to, at in zip(("total", "basic", "project"), order)}
        for key, cells in ROWS.items()
    }
    (finding,) = told(expenditure=rows)
    assert finding.cause == "columns_shifted" and f"从“{first}”栏起，金额整体错栏（{way}移1栏）" in finding.message


def test_several_rows_left_out_below_one_code_are_named_together_and_others_for_themselves():
    left = without("2050201")
    del left["2050202"], left["2101101"]
    both, other = told(general=left, says=False)
    assert both.cause == other.cause == "row_missing"
    assert "“2050201" in both.message and "“2050202" in both.message and "“2101101" in other.message


def test_a_row_that_is_printed_empty_is_not_missing():
    loud = told(general={**ROWS, "2050202": {}}, says=False)
    assert [one.cause for one in loud] == ["row"] and "“2050202" in loud[0].message


def test_a_figure_with_the_same_mistake_at_two_places_is_one_mistake():
    rows = {**ROWS, "2080505": {"total": "16.10", "basic": "16.10"}}
    (finding,) = told(expenditure=rows, general=rows)
    assert "16.10，应为11.60" in finding.suggestion and finding.suggestion.count("《") == 4


def test_two_rows_in_each_others_place_accuse_neither_table_without_a_third_source():
    swapped = {**ROWS, "2050201": ROWS["2050202"], "2050202": ROWS["2050201"]}
    (finding,) = told(general=swapped, says=False)
    assert finding.cause == "rows_swapped" and "》或《" in finding.message and "哪一张表有误" in finding.suggestion


@pytest.mark.parametrize("table_with_it", [EXPENDITURE, GENERAL])
def test_a_wrong_code_is_told_as_a_code_though_every_sum_holds(table_with_it):
    rows = {("2080509" if key == "2080506" else key): cells for key, cells in ROWS.items()}
    account = disclosure(table(EXPENDITURE, ROWS), table(GENERAL, ROWS))
    wrong = table(table_with_it, rows)
    named = account.tables[table_with_it].rows[ORDER.index("2080506")].label
    lines = tuple(
        row if row.code != "2080509" else type(row)(row.key, row.code, named, row.level, row.cells)
        for row in wrong.rows
    )
    account.tables[table_with_it] = type(wrong)(wrong.id, wrong.title, wrong.unit, wrong.columns, lines)
    loud = [f for f in findings(run(account, narrative()), account, narrative()) if f.severity != "info"]
    loud = [finding for finding in loud if not finding.rule.startswith("disc.")]
    assert [finding.cause for finding in loud] == ["wrong_code"]
    assert "2080509" in loud[0].message and "应为2080506" in loud[0].message


def test_names_of_many_classes_and_unknown_names_accuse_no_code():
    """其他支出 stands under many classes; a code that no list knows is no wrong code by itself."""
    rows = {**ROWS, "2100199": ROWS["2101101"], "21001": ROWS["21011"]}
    del rows["2101101"], rows["21011"]
    assert [one for one in told(rows, rows, says=False) if one.rule == "intra.function.name_code"] == []


def test_a_mistake_of_one_table_takes_nothing_from_another():
    """Rules over rows are judged table by table: a row twice in one table explains nothing that fails in another."""
    wrong = {**ROWS, "20502": {"total": "31.00", "basic": "", "project": "31.00"}}
    account = disclosure(table(EXPENDITURE, wrong), table(GENERAL, ROWS))
    general = account.tables[GENERAL]
    twice = next(row for row in general.rows if row.code == "2080506")
    again = replace(twice, cells={key: replace(cell) for key, cell in twice.cells.items()})
    rows = [one for row in general.rows for one in ((row, again) if row is twice else (row,))]
    account.tables[GENERAL] = replace(general, rows=tuple(rows))
    loud = [one for one in findings(run(account, narrative()), account, narrative()) if one.severity == "error"]
    assert sorted(one.cause for one in loud if not one.rule.startswith("disc.")) == ["row", "row_doubled"]


def test_a_table_in_another_unit_and_a_figure_wrong_in_it_are_two_findings():
    wrong = {**ROWS, "2080506": {"total": "5.80", "basic": "5.90"}}
    said = narrative({"expenditure": "130.00", "exp_basic": "92.50", "exp_project": "37.50"})
    account = disclosure(table(EXPENDITURE, wrong, unit="元"))
    loud = [one for one in findings(run(account, said), account, said) if one.severity == "error"]
    assert sorted(one.cause for one in loud if not one.rule.startswith("disc.")) == ["digit", "unit"]
    suspects = next(one.suggestion for one in loud if one.cause == "digit")
    assert "其中一处有误" in suspects and "错栏" not in suspects  # the whole of one part is no copy of it
