"""Word documents: grids with merged cells, numbered paragraphs, and what is left out."""

import zipfile

import pytest

from fiscal.errors import FileRefused
from fiscal.readers.word import word
from tests.readers.containers import container
from tests.readers.papers import add_xml, new, repacked, save, texts, words


def test_merged_header_cells_become_spans(tmp_path):
    document = new()
    document.add_paragraph("收入决算表")
    document.add_paragraph("单位：万元")
    table = document.add_table(4, 4)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "项目"
    table.cell(0, 2).merge(table.cell(0, 3)).text = "本年收入"
    for column, text in enumerate(("208", "社会保障", "1,031.50", "0.00")):
        table.cell(2, column).text = text
    table.cell(1, 2).text, table.cell(1, 3).text = "合计", "财政拨款"
    table.cell(3, 0).merge(table.cell(3, 1)).text = "合计"
    table.cell(3, 2).text = "1,031.50"
    document.add_paragraph("注：本表反映取得收入的情况。")
    grid = word.read(save(document, tmp_path / "a.docx")).grids[0]
    assert texts(grid) == [
        ["项目", None, "本年收入", None],
        [None, None, "合计", "财政拨款"],
        ["208", "社会保障", "1,031.50", "0.00"],
        ["合计", None, "1,031.50", ""],
    ]
    assert (grid.cells[0][0].rows, grid.cells[0][0].cols, grid.cells[0][2].cols) == (2, 2, 2)
    assert grid.before == ("收入决算表", "单位：万元") and grid.after == ("注：本表反映取得收入的情况。",)


def test_text_of_tables_is_not_narrative_and_offsets_hold(tmp_path):
    document = new()
    document.add_paragraph("本年收入合计10.00万元。")
    document.add_table(2, 2).cell(0, 0).text = "表中"
    document.add_paragraph("本年支出合计9.00万元。")
    raw = word.read(save(document, tmp_path / "a.docx"))
    joined = "\n".join(paragraph.text for paragraph in raw.paragraphs)
    assert joined == "本年收入合计10.00万元。\n本年支出合计9.00万元。"
    assert [joined[p.place.offset :][:4] for p in raw.paragraphs] == ["本年收入", "本年支出"]
    assert raw.paragraphs[0].place.document == "a.docx" and len(raw.grids) == 1


def test_a_table_around_tables_is_layout_and_a_cell_grid_of_one_column_is_text(tmp_path):
    document = new()
    outer = document.add_table(1, 1).cell(0, 0)
    outer.paragraphs[0].text = "框内说明10.00万元。"
    inner = outer.add_table(2, 2)
    inner.cell(1, 1).text = "5.00"
    raw = word.read(save(document, tmp_path / "a.docx"))
    assert words(raw, "body") == ["框内说明10.00万元。"]
    assert [texts(grid) for grid in raw.grids] == [[["", ""], ["", "5.00"]]]


def test_the_last_row_alone_behind_a_section_break_is_a_table(tmp_path):
    document = new()
    for texts_of_row in (
        ["2210203", "购房补贴", "3,457.04", ""],
        ["联系人", "电话", "0755-1"],
        ["总计", "", "总计", "31"],
    ):
        table = document.add_table(1, len(texts_of_row))
        for column, text in enumerate(texts_of_row):
            table.cell(0, column).text = text
        document.add_paragraph("注：本表反映支出情况。")
    raw = word.read(save(document, tmp_path / "a.docx"))
    assert [texts(grid) for grid in raw.grids] == [
        [["2210203", "购房补贴", "3,457.04", ""]],
        [["总计", "", "总计", "31"]],
    ]
    assert raw.grids[0].after[0] == "注：本表反映支出情况。"


def test_tracked_changes_read_as_accepted_and_are_named(tmp_path):
    document = new()
    add_xml(
        document,
        "<w:p><w:r><w:t>支出</w:t></w:r><w:del><w:r><w:delText>12.00</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>13.00</w:t></w:r></w:ins><w:r><w:t>万元。</w:t></w:r></w:p>",
    )
    raw = word.read(save(document, tmp_path / "a.docx"))
    assert words(raw, "body") == ["支出13.00万元。"]
    assert raw.problems == ("文中有2处修订，按全部接受读",)


def test_field_codes_bookmarks_and_hidden_runs_are_dropped(tmp_path):
    document = new()
    add_xml(
        document,
        '<w:p><w:bookmarkStart w:id="1" w:name="_Toc1"/><w:r><w:t>一、部门职责</w:t></w:r><w:bookmarkEnd w:id="1"/>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF _Toc1 \\h</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>3</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>',
    )
    raw = word.read(save(document, tmp_path / "a.docx"))
    assert [paragraph.text for paragraph in raw.paragraphs] == ["一、部门职责3"]


def test_table_of_contents_field_has_its_role(tmp_path):
    document = new()
    add_xml(
        document,
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>一、收入决算表</w:t><w:tab/>'
        "<w:t>3</w:t></w:r></w:p>",
    )
    add_xml(document, '<w:p><w:r><w:t>二、支出</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')
    document.add_paragraph("收入10.00万元。")
    raw = word.read(save(document, tmp_path / "a.docx"))
    assert words(raw, "contents") == ["一、收入决算表\t3", "二、支出"] and words(raw, "body") == ["收入10.00万元。"]


def test_text_box_is_read_once_though_stored_twice(tmp_path):
    document = new()
    box = "<w:txbxContent><w:p><w:r><w:t>框中金额3.00万元。</w:t></w:r></w:p></w:txbxContent>"
    add_xml(
        document,
        f'<w:p><w:r><w:t>正文。</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        f"<wps:txbx>{box}</wps:txbx></mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
    )
    raw = word.read(save(document, tmp_path / "a.docx"))
    assert [paragraph.text for paragraph in raw.paragraphs] == ["正文。", "框中金额3.00万元。"]


def test_headers_and_footers_are_left_out(tmp_path):
    document = new()
    document.sections[0].header.paragraphs[0].text = "页眉999.00万元"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    document.add_paragraph("正文1.00万元。")
    raw = word.read(save(document, tmp_path / "a.docx"))
    assert [paragraph.text for paragraph in raw.paragraphs] == ["正文1.00万元。"]


def test_automatic_numbers_are_counted_from_the_lists(tmp_path):
    document = new()
    abstract = (
        '<w:abstractNum w:abstractNumId="90" xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/>'
        "</w:lvl></w:abstractNum>"
    )
    root = document.part.numbering_part.element
    from docx.oxml import parse_xml

    root.insert(0, parse_xml(abstract))
    root.add_num(90)
    number = root.num_lst[-1].numId
    for depth, text in ((0, "收入情况"), (1, "总体"), (1, "结构"), (0, "支出情况"), (1, "总体")):
        numbered = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        add_xml(document, f"<w:p><w:pPr>{numbered}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    raw = word.read(save(document, tmp_path / "a.docx"))
    expected = ["一、收入情况", "（一）总体", "（二）结构", "二、支出情况", "（一）总体"]
    assert [paragraph.text for paragraph in raw.paragraphs] == expected
    assert {paragraph.role for paragraph in raw.paragraphs} == {"heading"}


def test_macros_comments_and_embedded_workbooks_are_named(tmp_path):
    document = new()
    paragraph = document.add_paragraph("支出1.00万元。")
    document.add_comment(paragraph.runs, "请核对")
    path = repacked(save(document, tmp_path / "a.docm"), {"word/vbaProject.bin": b"x"})
    problems = word.read(path).problems
    assert problems == ("文中有1条批注，未读", "文件有宏，未运行")


def test_refuses_external_entities(tmp_path):
    path = save(new(), tmp_path / "a.docx")
    evil = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="w">&x;</w:document>'
    with pytest.raises(FileRefused, match="entities"):
        word.read(repacked(path, {"word/document.xml": evil}))


def test_refuses_a_bomb_a_truncated_an_encrypted_and_a_foreign_archive(tmp_path):
    bomb = repacked(save(new(), tmp_path / "bomb.docx"), {"word/document.xml": b" " * 100_000_000})
    with pytest.raises(FileRefused, match="size"):
        word.read(bomb)
    cut = tmp_path / "cut.docx"
    cut.write_bytes(save(new(), tmp_path / "whole.docx").read_bytes()[:3000])
    assert word.can_read(cut)
    with pytest.raises(FileRefused, match="truncated or damaged"):
        word.read(cut)
    locked = tmp_path / "locked.docx"
    locked.write_bytes(container("EncryptedPackage"))
    with pytest.raises(FileRefused, match="encrypted"):
        word.read(locked)
    with zipfile.ZipFile(tmp_path / "x.docx", "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(FileRefused, match="without a Word document"):
        word.read(tmp_path / "x.docx")


def test_refuses_a_damaged_part_and_a_document_of_pictures(tmp_path):
    path = save(new(), tmp_path / "a.docx")
    with pytest.raises(FileRefused, match="holds no text"):
        word.read(path)
    with pytest.raises(FileRefused, match="damaged"):
        word.read(repacked(path, {"word/document.xml": b"<w:document"}))


def test_deeply_nested_tables_end_in_bounded_time(tmp_path):
    deep = "<w:tbl><w:tr><w:tc>" * 60 + "<w:p><w:r><w:t>5</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 60
    document = new()
    add_xml(document, deep)
    assert words(word.read(save(document, tmp_path / "a.docx")), "body") == ["5"]
