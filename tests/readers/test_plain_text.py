"""Plain text exported from Word: bookmarks, roles, flattened tables, encodings, refusals."""

import pytest

from fiscal.errors import FileRefused
from fiscal.readers.text import plain_text
from tests.readers.papers import texts, words

NARRATIVE = """ [bookmark: _Toc1][bookmark: _Toc2]第二部分 2023年度部门决算情况说明
1、 [bookmark: _Toc3]收入决算情况说明
2023年本年收入合计100.00万元，其中：财政拨款收入90.00万元，占90.00%。


（（图2：收入决算结构图）
第3部分 [bookmark: _Toc4]名词解释
1.财政拨款收入：指财政预算资金。
附表：
一、收入支出决算总表
二、收入决算表
三、支出决算表
"""


def read(tmp_path, text: str, encoding: str = "utf-8"):
    path = tmp_path / "决算.txt"
    path.write_bytes(text.encode(encoding))
    return plain_text.read(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_roles_without_bookmarks_in_every_encoding(tmp_path, encoding):
    raw = read(tmp_path, NARRATIVE.replace("\n", "\r\n"), encoding)
    assert words(raw, "heading") == ["第二部分 2023年度部门决算情况说明", "1、 收入决算情况说明", "第3部分 名词解释"]
    assert words(raw, "caption") == ["（（图2：收入决算结构图）"]
    assert words(raw, "contents") == ["一、收入支出决算总表", "二、收入决算表", "三、支出决算表"]
    assert "1.财政拨款收入：指财政预算资金。" in words(raw, "body")


def test_offsets_count_in_the_joined_narrative(tmp_path):
    raw = read(tmp_path, NARRATIVE)
    joined = "\n".join(paragraph.text for paragraph in raw.paragraphs)
    assert all(joined[p.place.offset :].startswith(p.text) for p in raw.paragraphs)
    assert raw.paragraphs[0].place.document == "决算.txt"


def test_a_line_broken_at_a_comma_is_closed_and_the_place_remembered(tmp_path):
    raw = read(tmp_path, "支出合理、合法、\n规范，用于1.00万元\n（一）其他，\n二、收入\n")
    first = raw.paragraphs[0]
    assert (first.text, first.joined) == ("支出合理、合法、规范，用于1.00万元", (8,))
    assert [paragraph.text for paragraph in raw.paragraphs[1:]] == ["（一）其他，", "二、收入"]


def test_a_flattened_form_is_a_grid_and_paragraphs(tmp_path):
    raw = read(
        tmp_path,
        "附表\n\n\t整体支出自评表\n\n\t\n实施单位：某局\n\n\t预算数\n（万元）\n\t30.00万元\n\t执行数\n\t28.00万元\n\n"
        "\t总体目标\n\t已完成\n\n二、结论\n",
    )
    assert texts(raw.grids[0]) == [
        ["整体支出自评表", None, None, None],
        ["实施单位：某局", None, None, None],
        ["预算数\n（万元）", "30.00万元", "执行数", "28.00万元"],
        ["总体目标", None, "已完成", None],
    ]
    assert raw.grids[0].cells[0][0].cols == 4
    assert words(raw, "cell")[2] == "预算数（万元）\t30.00万元\t执行数\t28.00万元"
    assert words(raw, "heading") == ["附表", "二、结论"]


def test_a_statutory_table_between_tabs_is_only_a_grid(tmp_path):
    rows = "科目编码\t科目名称\t合计\t基本支出\n\t合计\t10.00\t8.00\n208\t社会保障\t10.00\t8.00\n20805\t养老\t10.00\t\n"
    raw = read(tmp_path, f"支出决算表\n单位：万元\n{rows}注：本表。\n")
    assert texts(raw.grids[0])[1:3] == [["", "合计", "10.00", "8.00"], ["208", "社会保障", "10.00", "8.00"]]
    assert raw.grids[0].before == ("支出决算表", "单位：万元") and words(raw, "cell") == []
    assert words(raw, "caption") == ["支出决算表", "单位：万元", "注：本表。"]


def test_indented_paragraphs_are_no_table(tmp_path):
    text = (
        "\t2023年本年收入合计100.00万元，其中财政拨款收入90.00万元，占百分之九十。\n\n"
        "\t2023年本年支出合计99.00万元，其中基本支出90.00万元，占大部分。\n"
    )
    raw = read(tmp_path, text)
    assert raw.grids == () and len(words(raw, "body")) == 2


def test_cells_one_in_a_line_have_their_role(tmp_path):
    raw = read(tmp_path, "收入说明如下。\n项目\n金额\n财政拨款\n90.00\n其他\n10.00\n12.00\n合计\n100.00\n以上。\n")
    assert words(raw, "cell") == ["项目", "金额", "财政拨款", "90.00", "其他", "10.00", "12.00", "合计", "100.00"]
    assert words(raw, "body") == ["收入说明如下。", "以上。"]


def test_cells_one_in_a_line_that_make_rows_are_a_table(tmp_path):
    raw = read(tmp_path, "收入说明如下。\n项目\n金额\n财政拨款\n90.00\n\n其他\n0\n合计\n90.00\n以上。\n")
    assert texts(raw.grids[0]) == [["项目", "金额"], ["财政拨款", "90.00"], ["其他", "0"], ["合计", "90.00"]]
    assert words(raw, "body") == ["收入说明如下。", "以上。"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 x", "a PDF"),
        (b"PK\x03\x04abc", "a Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word file"),
        (b"{\\rtf1 x}", "a rich text file"),
        (b"<html><body>1</body></html>", "a web page"),
        (b"\x89PNG\r\n", "a picture"),
    ],
)
def test_other_formats_under_the_name_of_a_text_are_refused(tmp_path, content, name):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert not plain_text.can_read(path)
    with pytest.raises(FileRefused, match=name):
        plain_text.read(path)


def test_binary_and_empty_texts_are_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(range(256)) * 3)
    with pytest.raises(FileRefused, match="is not a text"):
        plain_text.read(path)
    path.write_text(" \n\n", "utf-8")
    with pytest.raises(FileRefused, match="holds no text"):
        plain_text.read(path)
