"""Ordinary lines and small files that once took minutes, or refused a whole document."""

import time
from decimal import Decimal

import pytest

import fiscal
from fiscal.readers.body_flow import is_furniture
from fiscal.readers.html.html_tables import collapsed
from fiscal.readers.text.chart_series import _NUMBER
from fiscal.readers.word.chart_parts import stored_number

PAGE = (
    "<html><meta charset=utf-8><title>甲县乙局2023年度部门决算</title><p>甲县乙局2023年度部门决算</p>"
    "<p>支出决算表</p><p>单位：万元</p><table><tr><td>科目编码</td><td>科目名称</td><td>本年支出合计</td>"
    "<td>基本支出</td><td>项目支出</td></tr><tr><td>{}</td><td></td><td>{}</td><td>{}</td><td>{}</td></tr>"
    "<tr><td></td><td>合计</td><td>7.00</td><td>5.00</td><td>2.00</td></tr>"
    "<tr><td>205</td><td>教育支出</td><td>7.00</td><td>5.00</td><td>2.00</td></tr></table></html>"
)


def seconds(function, *items):
    start = time.process_time()
    function(*items)
    return time.process_time() - start


@pytest.mark.parametrize("line", ["1 " * 40 + "行次", "12" * 40 + "x", "<" * 2000 + "x", "首页" * 500 + "。"])
def test_a_line_of_many_numbers_is_judged_at_once(line):
    assert seconds(is_furniture, line) < 0.2 and not is_furniture(line)


def test_paging_lines_are_still_furniture():
    assert all(map(is_furniture, ("1 2 3 下一页", "首页 12 尾页", "第3页共9页", "— 4 —", ">>")))


def test_runs_of_blanks_are_collapsed_at_once():
    assert seconds(collapsed, " " * 100_000 + "x") < 0.5
    assert collapsed("决算\n  说明 a\n b") == "决算说明 a b"
    assert collapsed("a \n 决") == "a决" and collapsed("甲  乙") == "甲 乙"


@pytest.mark.parametrize("marks", [("栏次", "①", "②", "③"), ("", "⑴", "⑵", "⑶"), ("栏次", "①", "2", "⒊")])
def test_circled_numbers_under_the_heads_are_read(tmp_path, marks):
    file = tmp_path / "page.html"
    file.write_text(PAGE.format(*marks), encoding="utf-8")
    table = fiscal.read(file).disclosure.tables["expenditure"]
    assert [str(cell) for _, _, cell in table.cells()] == ["7.00", "5.00", "2.00"] * 2


def test_numbers_of_charts_have_a_size():
    assert stored_number("1E900000000") == stored_number("1E-900000000") == ""
    assert stored_number("1.5E3") == "1500" and Decimal(stored_number("2E-5")) == Decimal("0.00002")
    assert _NUMBER.match("1.5e3") and not _NUMBER.match("1e900000000")
