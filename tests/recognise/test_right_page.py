"""A right page that has only amounts: its rows cannot be told, so its columns are unread, never zeros."""

import fiscal
from fiscal.recognise.package import read_packages

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
