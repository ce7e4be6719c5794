"""Heads as they come: cut by a page end, with the total in them, with other names for the column of names."""

from tests.readers.grids import grid, numbers, read

TITLE = ["支出决算表", "部门：北溪县档案馆", "2022年度", "单位：万元"]
HEAD = ["项目", "<", "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]
BODY = [
    ["合计", "<", "30.10", "20.10", "10.00", "", "", ""],
    ["201", "一般公共服务支出", "30.10", "20.10", "10.00", "", "", ""],
]
WANTED = {("201", "basic"): "20.10", ("201", "project"): "10.00", ("201", "total"): "30.10"}


def of_class(table):
    return {key: number for key, number in numbers(table).items() if key[0] == "201"}


def test_a_head_cut_by_a_page_end_is_one_head():
    first = grid([HEAD], before=TITLE, page=1)
    second = grid([["科目编码", "科目名称", *[""] * 6], *BODY], page=2)
    found = read(first, second)
    assert of_class(found.tables["expenditure"]) == WANTED and found.unread == ()


def test_a_column_of_names_with_any_heading_is_one_of_names():
    for name in ("功能科目", "用款去向"):
        found = read(grid([HEAD, ["科目编码", name, *[""] * 6], *BODY], before=TITLE))
        table = found.tables["expenditure"]
        assert of_class(table) == WANTED and table.row("201").label == "一般公共服务支出" and found.unread == ()


def test_a_head_that_holds_the_total_row_leaves_what_it_does_not_print_unknown():
    rows = [
        ["项目", "<", "年初结转和结余", "本年收入", "本年支出", "<", "<", "年末结转和结余"],
        ["科目编码", "科目名称", "^", "^", "^", "^", "^", "^"],
        ["合计", "<", "0", "7.50", "小计", "基本支出", "项目支出", "0"],
        ["212", "城乡社区支出", "0", "7.50", "7.50", "", "7.50", "0"],
    ]
    table = read(grid(rows, before=["政府性基金预算财政拨款收入支出决算表", *TITLE[1:]])).tables["government_fund"]
    assert numbers(table)["total", "income"] == "7.50" and numbers(table)["212", "project"] == "7.50"
    assert table.cell("total", "total").is_unknown and table.cell("total", "project").is_unknown


def test_titles_of_budgets_without_the_word_name_tables_of_budgets():
    rows = [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["201", "一般公共服务支出", "30.10", "20.10", "10.00"],
    ]
    lines = ["北溪县档案馆2023年部门预算"]
    found = read(grid(rows, before=["部门支出总表", "单位：万元"]), lines=lines)
    assert (found.kind, list(found.tables)) == ("budget", ["budget_expenditure"])
    assert of_class(found.tables["budget_expenditure"]) == WANTED
    ours = read(grid(rows, before=["部门支出决算总表", "单位：万元"]), lines=["北溪县档案馆2023年部门决算"])
    assert list(ours.tables) == ["expenditure"]


def test_a_head_cut_through_the_lines_of_its_words_is_whole_again():
    upper = [["项目", "<", "本年支", "基本支", "项目支出"], ["功能分类科目", "科目名称", "^", "^", "^"]]
    lower = [
        ["编码", "", "出合计", "出", ""],
        ["合计", "", "9.00", "4.00", "5.00"],
        ["207", "文化旅游体育与传媒支出", "9.00", "4.00", "5.00"],
    ]
    for rows in (upper, [upper[0]]):
        head = [["功能分类科目编码", "科目名称", *lower[0][2:]]] if rows is not upper else [lower[0]]
        table = read(grid(rows, before=["支出决算表", "单位：万元"], page=1), grid([*head, *lower[1:]], page=2)).tables[
            "expenditure"
        ]
        assert numbers(table)["207", "basic"] == "4.00" and numbers(table)["total", "total"] == "9.00"
