"""A right page that has only amounts: its rows cannot be told, so its columns are unread, never zeros."""

from dataclasses import replace

import fiscal
from fiscal.recognise.package import read_packages
from tests.readers.grids import grid, numbers
from tests.readers.grids import read as read_grids

LEFT = """<p>云泽市档案馆2023年度部门决算</p><p>财政拨款收入支出决算总表</p><p>单位：万元</p><table border=1>
<tr><td>收入</td><td></td><td></td><td>支出</td><td></td><td></td></tr>
<tr><td>项目</td><td>行次</td><td>决算数</td><td>项目</td><td>行次</td><td>合计</td></tr>
<tr><td>一、一般公共预算财政拨款</td><td>1</td><td>30.00</td><td>一、一般公共服务支出</td><td>33</td><td>30.00</td></tr>
<tr><td>本年收入合计</td><td>27</td><td>30.00</td><td>本年支出合计</td><td>59</td><td>30.00</td></tr>
<tr><td>总计</td><td>32</td><td>30.00</td><td>总计</td><td>64</td><td>30.00</td></tr></table>"""
RIGHT = """<table border=1>
<tr><td>一般公共预算财政拨款</td><td>政府性基金预算财政拨款</td><td>国有资本经营预算财政拨款</td></tr>
<tr><td>30.00</td><td></td><td></td></tr><tr><td>30.00</td><td></td><td></td></tr><tr><td>30.00</td><td></td><td></td></tr>
</table>"""


def read(tmp_path, html):
    (tmp_path / "a.html").write_text(f"<html><meta charset=utf-8><body>{html}</body></html>", encoding="utf-8")
    (found,) = read_packages([str(tmp_path)])
    return found


def test_the_columns_of_a_right_page_without_names_are_unread(tmp_path):
    found = read(tmp_path, LEFT + RIGHT)
    (part,) = [one for one in found.unread if one.table == "appropriation_summary"]
    assert part.what == "column" and "没有科目名称" in part.reason
    assert [c.key for c in found.tables["appropriation_summary"].columns] == ["revenue_amount", "expenditure_total"]
    loud = [f.rule for f in fiscal.Account(found).check() if f.severity == "error" and "cross.gpb" in f.rule]
    assert loud == []


def test_a_left_page_alone_has_nothing_unread_of_it(tmp_path):
    assert [one for one in read(tmp_path, LEFT).unread if one.table == "appropriation_summary"] == []


HEAD = ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]
ROWS = [
    ["合计", "", "9.00", "5.50", "3.50"],
    ["207", "文化旅游体育与传媒支出", "4.00", "4.00", ""],
    ["208", "社会保障和就业支出", "5.00", "1.50", "3.50"],
]


def printed(rows, page, *, top=100, title=()):
    """A page whose rows are 20 points high, its columns 50 wide."""
    plain = grid(rows, before=title, page=page)

    def at(cell, x, y):
        return replace(cell, place=replace(cell.place, bbox=(50 * x, top + 20 * y, 50 * x + 50, top + 20 * y + 20)))

    cells = [tuple(at(cell, x, y) for x, cell in enumerate(line)) for y, line in enumerate(plain.cells)]
    box = (0, top, 50 * len(rows[0]), top + 20 * len(rows))
    return replace(plain, cells=tuple(cells), place=replace(plain.place, bbox=box))


def halves(rows, wide=3):
    return [row[:wide] for row in rows], [row[wide:] for row in rows]


def pages(*parts, top=100):
    """The parts on pages of their own, the first under the title of the table."""
    return [
        printed(rows, number + 1, top=top if number else 100, title=() if number else ["支出决算表", "单位：万元"])
        for number, rows in enumerate(parts)
    ]


def test_a_right_page_is_joined_to_the_rows_at_its_heights():
    for top in (100, 40):
        table = read_grids(*pages(*halves([HEAD, *ROWS]), top=top)).tables["expenditure"]
        assert numbers(table) == {
            (key, column): text
            for key, *texts in [("total", *ROWS[0][2:]), ("207", *ROWS[1][2:]), ("208", *ROWS[2][2:])]
            for column, text in zip(("total", "basic", "project"), texts)
            if text
        }
        assert table.cell("207", "project").is_blank


def test_a_right_page_with_another_number_of_rows_is_unread():
    left, right = halves([HEAD, *ROWS])
    found = read_grids(*pages(left, [right[0], *right[2:]]))
    assert {column for _, column in numbers(found.tables["expenditure"])} == {"total"}
    assert [(part.what, part.table) for part in found.unread] == [("column", "expenditure")]


def test_pages_down_and_then_over_and_the_other_way_are_the_same_table():
    more = [["210", "卫生健康支出", "0.80", "0.80", ""], ["221", "住房保障支出", "0.70", "0.30", "0.40"]]
    (left, right), (left_two, right_two) = halves([HEAD, *ROWS]), halves(more)
    orders = (left, left_two, right, right_two), (left, right, left_two, right_two)
    both = [read_grids(*pages(*order)).tables["expenditure"] for order in orders]
    assert numbers(both[0]) == numbers(both[1])
    assert str(both[0].cell("221", "project")) == "0.40" and str(both[0].cell("208", "basic")) == "1.50"
