"""Where the head is lost, nothing is guessed: what a column or a table might be is told as unread."""

from fiscal.model.unread import ROW, TABLE
from tests.readers.grids import grid, numbers, read

THREE = "财政拨款“三公”经费支出决算表"
BASIC = "一般公共预算财政拨款基本支出决算表"
CODES = ["30101", "30102", "30103", "30108", "30110", "30113"]


def told(found):
    return [(part.what, part.table) for part in found.unread]


def test_two_sets_of_columns_without_plan_and_outcome_above_them_are_not_told_apart():
    heads = ["合计", "因公出国（境）费", "公务用车运行维护费", "公务接待费"]
    rows = [["9.00", "", "6.00", "3.00", "7.50", "", "5.00", "2.50"]]
    twice = read(grid([heads * 2, *rows], before=[THREE], sheet="三公"))
    assert twice.tables == {} and told(twice) == [(TABLE, "three_public")]
    once = read(grid([heads, rows[0][:4]], before=[THREE], sheet="三公"))
    assert numbers(once.tables["three_public"])["data", "actual_total"] == "9.00"


def test_codes_of_the_classification_are_no_amounts_whatever_stands_above_them():
    rows = [[code, "某科目", f"{number}.50", str(30201 + number), "某费用", f"{number}.25"]
            for number, code in enumerate(CODES)]  # fmt: skip
    found = read(grid([["人员经费", "<", "<", "公用经费", "<", "<"], *rows], before=[BASIC], sheet="表6"))
    amounts = {text for table in found.tables.values() for text in numbers(table).values()}
    assert not amounts & {"30201", "30202", "30203"}


def test_a_sheet_that_no_title_names_is_told_when_the_lines_above_it_are_as_wide():
    functions = ["一、一般公共服务支出", "二、外交支出", "三、国防支出", "四、公共安全支出"]
    rows = [[str(n), f"{n}.50", name, str(n + 30), f"{n}.50"] for n, name in enumerate(functions, 1)]
    lines = [["", "", "", "", "公开01表"], ["", "", "", "2023年度", "单位：万元"]]
    head = [["行次", "决算数", "项目", "行次", "决算数"]]
    found = read(
        grid([*lines, *head, *rows], sheet="表1"), grid([["科目", "合计"], ["201", "9.00"]], before=["收入决算表"])
    )
    assert "general_public_budget_basic" not in found.tables
    assert (TABLE, "") in told(found)


def test_a_column_without_head_in_a_workbook_does_not_move_under_the_head_beside_it():
    head = ["科目编码", "科目名称", "年初结转和结余", "本年收入", "本年支出", "", "", "年末结转和结余"]
    rows = [
        ["合计", "", "", "8.00", "8.00", "", "8.00", ""],
        ["212", "城乡社区支出", "", "8.00", "8.00", "", "8.00", ""],
    ]
    found = read(grid([head, *rows], before=["政府性基金预算财政拨款收入支出决算表"], sheet="表7"))
    table = found.tables["government_fund"]
    assert ("total", "closing") not in numbers(table) and ("column", "government_fund") in told(found)


def test_a_blank_beside_a_cell_with_two_numbers_is_unread_where_one_row_is_the_table():
    """What stands in one cell of the row of 三公 may be its neighbour's: 2.00 of the plan, 7.50 of the outcome."""
    heads = [["预算数", "<", "<", "决算数", "<", "<"], ["合计", "公务用车运行维护费", "公务接待费"] * 2]
    found = read(grid([*heads, ["8.00", "6.00", "2.00 7.50", "", "5.00", "2.50"]], before=[THREE], sheet="三公"))
    cells = {column.key: cell for _, column, cell in found.tables["three_public"].cells()}
    assert cells["actual_total"].is_unknown and str(cells["actual_reception"]) == "2.50"


def test_lines_of_a_table_that_was_not_read_are_cells_and_no_sentences():
    rows = ["项目, 决算数", "一、外交支出, 12.50", "一、国防支出, 3.00", "合计, 15.50"]
    found = read(lines=["支出决算表", *rows, "二、支出情况", "本年支出合计15.50万元。"])
    assert told(found) == [(TABLE, "expenditure")]
    roles = {paragraph.text: paragraph.role for paragraph in found.paragraphs}
    assert [roles[row] for row in rows] == ["cell"] * 4 and roles["本年支出合计15.50万元。"] == "body"


def test_rows_below_a_table_that_no_line_rules_are_told():
    rows = [["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"], ["合计", "<", "9.00", "9.00", ""]]
    below = ["207 文化旅游体育与传媒支出 4.00 4.00", "208 社会保障和就业支出 5.00 5.00"]
    for after, wanted in ((below, [(ROW, "expenditure")]), (["注：本表反映支出4.00万元"], [])):
        assert told(read(grid(rows, before=["支出决算表", "单位：万元"], after=after))) == wanted
