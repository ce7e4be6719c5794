"""Saved web pages: encodings, layout tables, pieces of tables, hidden parts, links."""

import time

import pytest

from fiscal.errors import FileRefused
from fiscal.readers.html import html
from tests.readers.papers import texts, words

SUMMARY = """<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<title>某市农业农村局2023年度部门决算公开_某市政府网</title><script>var x = "9.99万元";</script></head><body>
<div class="nav"><a href="/">首页</a> <a href="/zw">政务公开</a></div>
<table width=1000><tr><td width=200>栏目</td><td><table><tr><td><h1>2023年度决算</h1></td></tr><tr><td>
<p>一、收入决算情况说明</p><p>2023年本年收入合计<span>100.00</span>万元，其中：财政拨款收入<b>90.00</b>万元。</p>
<p style="DISPLAY: none">隐藏7.00万元。</p><p>收入支出决算总表</p><p>单位：万元</p>
<table border=1><tr><td colspan=2>收入</td><td colspan=2>支出</td></tr>
<tr><td>项目</td><td>决算数</td><td>项目</td><td>决算数</td></tr>
<tr><td>一、财政拨款</td><td>90.00</td><td rowspan=2>一、一般公共<br>服务支出</td><td>1,100.00</td></tr>
<tr><td>二、其他收入</td><td>10.00</td><td>&nbsp;</td></tr></table>
<div>第1页 共2页</div><div><a>上一页</a> <a>下一页</a></div>
<table border=1><tr><td colspan=2>收入</td><td colspan=2>支出</td></tr>
<tr><td>项目</td><td>决算数</td><td>项目</td><td>决算数</td></tr>
<tr><td>合计</td><td>100.00</td><td>合计</td><td>100.00</td></tr></table><p>注：本表反映收支情况。</p>
<a href="./P020230901.xlsx?x=1">附件：公开表</a></td></tr></table></td></tr></table>
<div id="footer">版权所有</div></body></html>"""


@pytest.fixture(params=["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def summary(request, tmp_path):
    path = tmp_path / "page.html"
    path.write_bytes(SUMMARY.encode(request.param))
    return html.read(path)


def test_a_table_cut_by_paging_is_one_grid_in_every_encoding(summary):
    assert [texts(grid) for grid in summary.grids] == [[
        ["收入", None, "支出", None],
        ["项目", "决算数", "项目", "决算数"],
        ["一、财政拨款", "90.00", "一、一般公共\n服务支出", "1,100.00"],
        ["二、其他收入", "10.00", None, ""],
        ["合计", "100.00", "合计", "100.00"],
    ]]  # fmt: skip
    assert summary.grids[0].cells[2][2].rows == 2
    assert summary.grids[0].before[-2:] == ("收入支出决算总表", "单位：万元")


def test_narrative_is_the_visible_text_outside_the_data(summary):
    assert words(summary, "body")[-1] == "2023年本年收入合计100.00万元，其中：财政拨款收入90.00万元。"
    assert words(summary, "caption") == ["收入支出决算总表", "单位：万元", "注：本表反映收支情况。"]
    everything = "".join(paragraph.text for paragraph in summary.paragraphs)
    assert not any(text in everything for text in ("隐藏", "9.99", "版权", "政务公开", "下一页", "第1页"))


def test_linked_workbooks_are_named(summary):
    assert summary.problems == ("页面链接到附件：附件：公开表（P020230901.xlsx）：请下载后放在同一文件夹",)


def test_source_line_ends_beside_chinese_are_no_spaces_and_embedded_files_are_named(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<p>支出<span>1,218.96</span>万\n元，<br>其中A\nB。</p><table><tr><td>科目\n编码</td><td>2</td></tr>"
        "<tr><td>1</td><td>3\n4</td></tr></table><iframe src='/f/%E9%99%84.pdf'></iframe>",
        "utf-8",
    )
    raw = html.read(path)
    assert [(p.text, p.joined) for p in raw.paragraphs] == [("支出1,218.96万元，其中A B。", (13,))]
    assert texts(raw.grids[0]) == [["科目编码", "2"], ["1", "3 4"]]
    assert raw.problems == ("页面链接到附件：附件（附.pdf）：请下载后放在同一文件夹",)


def test_two_tables_of_equal_width_without_a_line_between_stay_two(tmp_path):
    head = "<tr><td>项目</td><td>{}</td></tr>"
    rows = "<tr><td>甲</td><td>1.00</td></tr>"
    path = tmp_path / "a.html"
    path.write_text(f"<table>{head.format('收入')}{rows}</table><table>{head.format('支出')}{rows}</table>", "utf-8")
    assert [texts(grid)[0] for grid in html.read(path).grids] == [["项目", "收入"], ["项目", "支出"]]


def test_spans_that_lie_are_bounded(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<table><tr><td rowspan=99999999 colspan=99999>甲</td><td>乙</td></tr>"
        "<tr><td rowspan=x>1</td><td>2</td></tr></table>",
        "utf-8",
    )
    grid = html.read(path).grids[0]
    assert len(grid.cells) == 2 and len(grid.cells[0]) <= 210 and grid.cells[0][0].rows == 1


def test_deeply_nested_tables_end_in_bounded_time(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<html><table><tr><td>甲<td>" * 20_000 + "</html>", "utf-8")
    start = time.perf_counter()
    assert html.read(path).paragraphs[0].text == "甲"
    assert time.perf_counter() - start < 5


def test_refuses_entities_and_pages_without_text(tmp_path):
    path = tmp_path / "a.html"
    path.write_text('<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body>&x;</body></html>', "utf-8")
    with pytest.raises(FileRefused, match="entities"):
        html.read(path)
    path.write_text("<html><script>1</script></html>", "utf-8")
    with pytest.raises(FileRefused, match="holds no text"):
        html.read(path)
    path.write_bytes(b"\x00\x01\x02\xff\x00" * 50)
    with pytest.raises(FileRefused, match="is not a text"):
        html.read(path)


def test_a_web_archive_is_read_as_its_page(tmp_path):
    body = "<html><body><p>收入10.00万元。</p></body></html>".encode("gb18030").hex("=").upper()
    path = tmp_path / "a.mht"
    path.write_bytes(
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n='
        + body.encode()
        + b"\r\n--b--\r\n"
    )
    assert html.can_read(path)
    assert [paragraph.text for paragraph in html.read(path).paragraphs] == ["收入10.00万元。"]


def test_a_page_is_known_by_its_content(tmp_path):
    book = tmp_path / "tables.xls"
    book.write_text("<html><body><table><tr><td>1</td></tr></table></body></html>", "utf-8")
    assert html.can_read(book)
    pdf = tmp_path / "a.html"
    pdf.write_bytes(b"%PDF-1.7")
    assert not html.can_read(pdf)


def test_a_giant_table_is_refused(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<table>" + "<tr><td>a</td><td>b</td><td colspan=200>1</td></tr>" * 3000 + "</table>", "utf-8")
    with pytest.raises(FileRefused, match="500,000 cells"):
        html.read(path)


def test_a_row_alone_behind_a_page_is_a_table_but_a_menu_is_not(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(
        "<html><body><table><tr><td>首页</td><td>公开</td><td>服务</td></tr></table><p>2023年度支出决算表</p>"
        "<table><tr><td>2210203</td><td>购房补贴</td><td>3,457.04</td></tr></table></body></html>",
        encoding="utf-8",
    )
    assert [texts(grid) for grid in html.read(path).grids] == [[["2210203", "购房补贴", "3,457.04"]]]
