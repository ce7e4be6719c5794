"""What was seen and not read is concluded nothing from; what was read is judged as ever."""

from dataclasses import replace

from fiscal.account import Account
from fiscal.checks.identities.runner import run
from fiscal.model.cells import UNREAD, Place
from fiscal.model.unread import COLUMN, PAGE, ROW, TABLE, Unread, gathered
from tests.checks.builders import disclosure, narrative, table

GENERAL = "general_public_budget_expenditure"
ROWS = {"total": {"total": "12.00", "basic": "7.00", "project": "4.00"}, "208": {"total": "12.00", "basic": "7.00"}}


def outcomes(account, rule):
    return {(o.outcome, o.reason) for o in run(account, narrative()) if o.rule == rule}


def test_a_row_sum_that_an_unread_column_may_explain_is_skipped():
    account = disclosure(table(GENERAL, {"total": ROWS["total"]}))
    assert ("failed", "") in outcomes(account, "intra.basic_project.row_sum")  # 7 + 4 is not 12
    told = replace(account, unread=(Unread(COLUMN, GENERAL, Place(column="其他"), "栏名不识"),))
    assert ("failed", "") not in outcomes(told, "intra.basic_project.row_sum")
    assert ("skipped", "unread") in outcomes(told, "intra.basic_project.row_sum")
    of_other = replace(account, unread=(Unread(COLUMN, "revenue", Place(column="其他"), "栏名不识"),))
    assert ("failed", "") in outcomes(of_other, "intra.basic_project.row_sum")


def test_an_unread_row_explains_a_column_but_no_row():
    rows = {"total": {"total": "12.00", "basic": "7.00", "project": "4.00"}, "208": {"total": "9.00"}}
    account = disclosure(table(GENERAL, rows), unread=(Unread(ROW, GENERAL, Place(), "行未读出"),))
    assert ("failed", "") in outcomes(account, "intra.basic_project.row_sum")
    assert outcomes(account, "intra.function.total_is_classes") <= {("skipped", "unread"), ("skipped", "blank")} | {
        ("skipped", "missing"), ("skipped", "not applicable")
    }  # fmt: skip
    assert ("skipped", "unread") in outcomes(account, "intra.function.total_is_classes")


def test_an_unread_cell_skips_what_touches_it_and_is_no_zero():
    account = disclosure(table(GENERAL, ROWS))
    row = account.tables[GENERAL].rows[0]
    gone = replace(row.cells["project"], state=UNREAD, value=None)
    unread = replace(row, cells={**row.cells, "project": gone})
    changed = replace(account.tables[GENERAL], rows=(unread,))
    account = replace(account, tables={GENERAL: changed})
    assert outcomes(account, "intra.basic_project.row_sum") == {("skipped", "unread"), ("skipped", "missing")}
    assert str(gone) == "未读出" and gone.is_unknown and not changed.empty


def test_a_table_of_which_a_trace_was_seen_is_not_missing():
    account = disclosure(table("expenditure", ROWS))
    missing = {o.message for o in run(account, narrative()) if o.rule == "disc.tables.national"} - {""}
    assert any("《收入决算表》" in message for message in missing)
    part = Unread(TABLE, "revenue", Place(document="a.docx"), "图片中的表")
    told = replace(account, unread=(part,))
    messages = {o.message for o in run(told, narrative()) if o.rule == "disc.tables.national"}
    assert not any("《收入决算表》" in message for message in messages)
    assert any("三公" in message for message in messages)  # of this no trace was seen
    assert "revenue" not in Account(told).missing_tables and "three_public" in Account(told).missing_tables
    page = replace(account, unread=(Unread(PAGE, "", Place(page=3), "图片"),))
    assert {o.message for o in run(page, narrative()) if o.rule == "disc.tables.national"} == {""}


def test_a_title_or_contents_line_makes_a_table_listed_not_missing():
    account = disclosure(table("expenditure", ROWS), listed=("expenditure", "revenue"))
    told = [o.message for o in run(account, narrative()) if o.outcome == "failed" and "《收入决算表》" in o.message]
    assert told == ["目录列出《收入决算表》，但未能读出该表"]


def test_cells_of_one_reason_are_told_once():
    cells = [Unread("cell", "revenue", Place("a.xlsx", sheet="表2", cell=f"C{n}"), "公式没有结果") for n in (6, 7, 8)]
    told = gathered([*cells, Unread(COLUMN, "revenue", Place("a.xlsx", column="其他"), "栏名不识")])
    assert [(part.what, part.place.cell, part.reason) for part in told] == [
        ("cell", "C6", "公式没有结果（同类共3格）"), ("column", None, "栏名不识"),
    ]  # fmt: skip
