"""The budget an account speaks of against the published one: equal, differing, not listed, of another body."""

import json
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from click.testing import CliRunner

import fiscal
from fiscal.account import Account
from fiscal.cli import main
from fiscal.errors import ReadError
from fiscal.model.cells import NUMBER, Cell, Place
from fiscal.model.disclosure import Disclosure
from fiscal.model.table import Column, Row, Table
from fiscal.synthetic import make_budgets, make_panel, write_account

ENTITY = "澄江县水务局"
FINAL = """澄江县水务局2024年度部门决算
三、一般公共预算财政拨款支出决算情况说明
2024年度一般公共预算财政拨款支出年初预算为812.50万元，支出决算为845.00万元，完成年初预算的104.00%。其中：
1.农林水支出（类）水利（款）行政运行（项）2130301。年初预算为300.25万元，支出决算为300.25万元，完成年初预算的100%。
2.农林水支出（类）水利（款）水利工程运行与维护（项）2130306。年初预算为512.25万元，支出决算为544.75万元，完成年初预算的106.34%。
八、财政拨款“三公”经费支出决算情况说明
2024年度“三公”经费财政拨款支出预算为6.30万元，支出决算为5.10万元，完成预算的80.95%。
公务接待费预算为1.50万元，支出决算为1.10万元，完成预算的73.33%。
"""


@pytest.fixture
def final(tmp_path):
    path = tmp_path / "final" / "2024年决算.txt"
    path.parent.mkdir()
    path.write_text(FINAL, encoding="utf-8")
    return path


@pytest.fixture
def budget(tmp_path):
    def make(*, entity=ENTITY, year=2024, item=5122500, vehicles=4.8, listed=True):
        book = openpyxl.Workbook()
        sheet, costs = book.active, book.create_sheet("三公经费")
        total = 3002500 + item
        rows = [
            [f"{year}年一般公共预算支出功能分类预算表"], [f"编制部门：{entity}"], ["单位：元"],
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["213", "农林水支出", total, 3002500, item], ["21303", "水利", total, 3002500, item],
            ["2130301", "行政运行", 3002500, 3002500, 0],
            *([["2130306", "水利工程运行与维护", item, 0, item]] if listed else []),
            ["合计", "", total, 3002500, item],
        ]  # fmt: skip
        for row in rows:
            sheet.append(row)
        heads = [
            [f"{year}年“三公”经费和机关运行经费预算表"], [f"编制部门：{entity}"], ["单位：万元"],
            ["“三公”经费预算数", *[""] * 5, "机关运行经费预算数"],
            ["合计", "因公出国（境）费", "公务接待费", "公务用车购置及运行费", "", "", ""],
            ["", "", "", "小计", "购置费", "运行费", ""],
        ]  # fmt: skip
        for row in [*heads, [vehicles + 1.5, 0, 1.5, vehicles, 0, vehicles, 55.2]]:
            costs.append(row)
        for cell in costs[7]:
            cell.number_format = "0.00"
        for area in ("A4:F4", "G4:G6", "D5:F5", "A5:A6", "B5:B6", "C5:C6"):
            costs.merge_cells(area)
        path = tmp_path / f"budget-{year}.xlsx"
        book.save(path)
        return path

    return make


def planned(final, budget):
    outcomes = fiscal.read(final).check(budget=fiscal.read(budget)).outcomes
    return [(o.rule, o.outcome, o.severity) for o in outcomes if o.rule.startswith("plan.")]


def test_equal_budgets_pass_in_whatever_unit(final, budget):
    rules = ["plan.gpb", "plan.gpb_items", "plan.gpb_items", "plan.tp", "plan.tp_reception"]
    assert sorted(planned(final, budget())) == [(rule, "passed", "error") for rule in rules]


def test_a_difference_names_both_places(final, budget):
    """512.25 against 5,122,600元 is 0.01万元 off, 812.50 likewise; 三公 6.30 against 5.00 + 1.50 only says 预算."""
    where = str(budget(item=5122600, vehicles=5.0))
    result = CliRunner().invoke(main, ["check", str(final), "--budget", where, "--format", "json"])
    found = {f["rule"]: f for f in json.loads(result.stdout)["documents"][0]["findings"]}
    assert result.exit_code == 1
    item, costs = found["plan.gpb_items"], found["plan.tp"]
    assert (item["severity"], item["actual"], item["expected"]) == ("error", "512.25", "512.26")
    assert (costs["severity"], costs["actual"], costs["expected"]) == ("warning", "6.30", "6.50")
    assert "2024年决算.txt" in item["message"] and "budget-2024.xlsx" in item["message"]
    assert [e["value"] for e in item["evidence"]] == ["512.25", "5122600"]
    assert found["plan.gpb"]["expected"] == "812.51" and "plan.tp_reception" not in found


def test_an_item_that_the_budget_does_not_list_is_told(final, budget):
    failed = [o for o in planned(final, budget(listed=False)) if o[1] == "failed"]
    assert failed == [("plan.gpb_items", "failed", "error")]


def test_what_the_budget_does_not_print_is_not_compared(final, budget):
    account, plan = fiscal.read(final), fiscal.read(budget())
    tables = {key: table for key, table in plan.disclosure.tables.items() if key != "budget_three_public"}
    found = account.check(budget=Account(replace(plan.disclosure, tables=tables))).outcomes
    told = [(o.rule, o.outcome, o.reason) for o in found if o.rule.startswith("plan.tp")]
    assert told == [("plan.tp", "skipped", "missing"), ("plan.tp_reception", "skipped", "missing")]


@pytest.mark.parametrize(
    ("note", "outcome"),
    [("预算数为年初预算数。", [("failed", "error")]), ("", [("failed", "warning")]), ("预算数为全年预算数。", [])],
)
def test_the_note_of_a_table_says_which_budget_it_prints(budget, note, outcome):
    cell = Cell(NUMBER, Decimal("6.00"), "万元", "6.00", Place("a.xlsx", table="three_public", column="预算数/合计"))
    row = Row("data", "", "", "total", {"budget_total": cell})
    table = Table("three_public", "“三公”经费表", "万元", (Column("budget_total", "预算数/合计"),), (row,), note=note)
    account = Account(Disclosure("a.xlsx", entity=ENTITY, year=2024, kind="final_account", tables={table.id: table}))
    found = account.check(budget=fiscal.read(budget())).outcomes
    assert [(o.outcome, o.severity) for o in found if o.rule == "plan.tp"] == outcome


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"entity": "澄江县林业局"}, "not of 澄江县水务局"), ({"year": 2023}, "give the 2024 budget")],
)
def test_a_budget_of_another_body_or_year_is_refused(final, budget, changes, words):
    path = budget(**changes)
    result = CliRunner().invoke(main, ["check", str(final), "--budget", str(path)])
    assert result.exit_code == 2 and words in result.stderr and path.name in result.stderr
    with pytest.raises(ReadError, match=words):
        fiscal.read(final).check(budget=fiscal.read(path))


def test_account_and_budget_changed_about_are_refused(final, budget):
    result = CliRunner().invoke(main, ["check", str(budget()), "--budget", str(final)])
    assert result.exit_code == 2 and "no budget (部门预算)" in result.stderr
    result = CliRunner().invoke(main, ["check", str(budget()), "--budget", str(budget())])
    assert result.exit_code == 2 and "which is a budget (部门预算) itself" in result.stderr


def test_a_budget_is_asked_for_no_table_of_final_accounts(budget):
    plan = fiscal.read(budget())
    assert plan.kind == "budget" and all(name.startswith("budget_") for name in plan.missing_tables)
    assert list(plan.check()) == []


@pytest.fixture
def pair(tmp_path):
    """An invented office with account and budget of 2023 in one folder, and what of them was made."""

    def make(*, errors=()):
        (account,) = make_panel(156, (2023,))
        (plan,) = make_budgets(156, (2023,), errors={2023: errors})
        for made in (account, plan):
            write_account(made, tmp_path / "pair", format="docx")
        return tmp_path / "pair"

    return make


def documents(folder):
    result = CliRunner().invoke(main, ["check", str(folder), "--format", "json"])
    return result.exit_code, {one["kind"]: one for one in json.loads(result.stdout)["documents"]}


def test_an_account_and_its_budget_in_one_folder_are_compared_by_themselves(pair):
    """Eight items and five 三公 budgets are told; less was spent of most, which is no mistake."""
    code, found = documents(pair())
    assert code == 0 and [one["findings"] for one in found.values()] == [[], []]
    outcomes = fiscal.read(pair()).check().outcomes
    assert sum(one.rule.startswith("plan.") and one.outcome == "passed" for one in outcomes) >= 12


def test_a_published_budget_of_another_amount_is_told_with_both_places(pair):
    """5.78 of reception in the account, 8.78 in the budget: the account only says 预算, so it is a question."""
    _, found = documents(pair(errors=("planned_three_public",)))
    (told,) = [one for one in found["final_account"]["findings"] if one["rule"] == "plan.tp_reception"]
    assert (told["severity"], told["actual"], told["expected"]) == ("warning", "5.78", "8.78")
    assert "accounts.docx" in told["message"] and "budget.docx" in told["message"]


def test_a_budget_of_the_next_year_is_compared_with_the_account(tmp_path):
    """Spring told 90.00 of the item, autumn settled 95.00: a question, and only where the form prints 执行数."""
    told = tmp_path / "all"
    told.mkdir()
    book = openpyxl.Workbook()
    rows = [
        ["2024年一般公共预算支出表"], [f"部门：{ENTITY}", "", "", "", "", "", "单位：万元"],
        ["科目编码", "科目名称", "2023年执行数", "2024年预算数", "", "", "2024年预算数比2023年执行数"],
        ["", "", "", "小计", "基本支出", "项目支出", "增减额", "增减%"],
        ["213", "农林水支出", 90.00, 99.00, 0, 99.00, 9.00, "10.00"],
        ["21303", "水利", 90.00, 99.00, 0, 99.00, 9.00, "10.00"],
        ["2130306", "水利工程运行与维护", 90.00, 99.00, 0, 99.00, 9.00, "10.00"],
        ["合计", "", 90.00, 99.00, 0, 99.00, 9.00, "10.00"],
    ]  # fmt: skip
    for row in rows:
        book.active.append(row)
    for area in ("A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:H3"):
        book.active.merge_cells(area)
    book.save(told / "2024年部门预算.xlsx")
    (told / "2023年部门决算.txt").write_text(
        f"{ENTITY}2023年度部门决算\n一般公共预算财政拨款支出决算表\n部门：{ENTITY}　单位：万元\n"
        "功能分类科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t\t95.00\t\t95.00\n213\t农林水支出\t95.00\t\t95.00\n"
        "21303\t水利\t95.00\t\t95.00\n2130306\t水利工程运行与维护\t95.00\t\t95.00\n",
        encoding="utf-8",
    )
    _, found = documents(told)
    plan = found["budget"]
    assert (plan["entity"], plan["year"]) == (ENTITY, 2024)
    said = [one for one in plan["findings"] if one["rule"] == "yoy.budget.executed"]
    assert said and {one["severity"] for one in said} == {"warning"}
    assert {(one["actual"], one["expected"]) for one in said} == {("90.00", "95.00")}
    assert not [one for one in plan["findings"] if one["rule"].startswith("intra.budget.change")]
