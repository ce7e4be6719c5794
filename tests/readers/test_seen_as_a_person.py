"""What readers leave aside because nobody sees it, and what they must not lose: Excel, Word, HTML, text."""

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from openpyxl.styles import Font, PatternFill

from fiscal.errors import FileRefused
from fiscal.readers.html import html
from fiscal.readers.registry import read_raw
from fiscal.readers.text import plain_text, rich_text
from fiscal.readers.word import word
from fiscal.recognise import recognise
from tests.readers.sheets import revenue, rewritten, workbook

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ROWS = [["合计", "<", (71.5, "0.00"), (71.5, "0.00")], ["207", "甲", (71.5, "0.00"), (71.5, "0.00")]]


def texts(grid):
    return [[None if cell is None else cell.text for cell in line] for line in grid.cells]


def made(tmp_path, change):
    """The raw document of a workbook after `change(sheet)`."""
    book = openpyxl.load_workbook(workbook(tmp_path / "a.xlsx", {"收入决算表": revenue(ROWS)}))
    change(book.active)
    book.save(tmp_path / "b.xlsx")
    return read_raw(tmp_path / "b.xlsx")


def test_hidden_rows_and_columns_are_told_and_not_read(tmp_path):
    def hide(sheet):
        sheet.append(["20799", "旧", 9.99, 9.99])
        sheet.row_dimensions[sheet.max_row].hidden = True
        sheet.cell(4, 5, "旧栏")
        sheet.column_dimensions["E"].hidden = True

    raw = made(tmp_path, hide)
    assert "9.99" not in str(texts(raw.grids[0])) and "旧栏" not in str(texts(raw.grids[0]))
    assert raw.problems == ("b.xlsx，收入决算表：隐藏的行 8，列 E有内容，未读",)


def test_a_label_merged_over_a_hidden_column_stays(tmp_path):
    def hide(sheet):
        sheet.column_dimensions["A"].hidden = True

    raw = made(tmp_path, hide)
    assert ["合计", "71.50", "71.50"] in texts(raw.grids[0])


def test_a_sheet_of_a_picture_is_unread_under_its_name(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"支出决算表": [["支出决算表"]], "收入决算表": revenue(ROWS)})
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="../media/i.png"/>'
        "</Relationships>"
    )
    more = [("xl/worksheets/_rels/sheet1.xml.rels", relation), ("xl/media/i.png", b"x")]
    found = recognise([read_raw(rewritten(path, tmp_path / "b.xlsx", lambda name, content: content, more))], "b.xlsx")
    assert [(part.what, part.table) for part in found.unread] == [("sheet", "expenditure")]


def test_cells_without_addresses_and_attributes_in_any_order(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"收入决算表": revenue(ROWS)})

    def bare(name, content):
        text = content.decode() if name.endswith("sheet1.xml") else ""
        for row in range(1, 10):
            for column in "ABCD":
                text = text.replace(f'<c r="{column}{row}" s=', "<c  s=").replace(f'<c r="{column}{row}"', "<c")
        return text.encode() or content

    plain, changed = read_raw(path), read_raw(rewritten(path, tmp_path / "b.xlsx", bare))
    assert "71.50" in str(texts(changed.grids[0])) and texts(plain.grids[0])[6] == texts(changed.grids[0])[6]


def test_formatted_emptiness_to_the_last_row_costs_nothing(tmp_path):
    far = b'<row r="1048576"><c r="C1048576" s="0"/></row></sheetData>'
    path = workbook(tmp_path / "a.xlsx", {"收入决算表": revenue(ROWS)})
    changed = rewritten(path, tmp_path / "b.xlsx", lambda _, content: content.replace(b"</sheetData>", far))
    assert len(read_raw(changed).grids[0].cells) == 7


def test_tables_side_by_side_are_two(tmp_path):
    left, right = revenue(ROWS), [["支出决算表"], ["公开03表"], ["", "", "单位：万元"],
                                  ["科目编码", "科目名称", "本年支出合计"], ["栏次", "", 1],
                                  ["合计", "", (70, "0.00")], ["207", "甲", (70, "0.00")]]  # fmt: skip
    rows = [[*a, *[""] * (5 - len(a)), *b] for a, b in zip(left, right, strict=True)]
    found = recognise([read_raw(workbook(tmp_path / "a.xlsx", {"表": rows}))], "a.xlsx")
    assert list(found.tables) == ["revenue", "expenditure"] and found.unread == ()
    assert [str(found.tables[key].cell("207", "total")) for key in found.tables] == ["71.50", "70.00"]


def paragraph(inner):
    return parse_xml(f"<w:p {W}>{inner}</w:p>")


def word_lines(tmp_path, *inner):
    document = docx.Document()
    for part in inner:
        document.element.body.insert(-1, paragraph(part))
    document.save(tmp_path / "a.docx")
    return [each.text for each in word.read(tmp_path / "a.docx").paragraphs]


def run(text, marks=""):
    return f"<w:r><w:rPr>{marks}</w:rPr><w:t>{text}</w:t></w:r>"


def test_note_marks_struck_and_hidden_runs_never_join_a_number(tmp_path):
    raised, struck, hidden = '<w:vertAlign w:val="superscript"/>', "<w:strike/>", "<w:vanish/>"
    assert word_lines(
        tmp_path, run("支出71.50") + run("1", raised) + run("万元。"),
        run("收入") + run("70.50", struck) + run("71.50万元。"),
        run("面积3m") + run("2", raised) + run("。"), run("合计") + run("9", hidden) + run("5.00万元。"),
    ) == ["支出71.50万元。", "收入71.50万元。", "面积3m2。", "合计5.00万元。"]  # fmt: skip


def test_ruby_and_alternate_contents_are_read_once(tmp_path):
    ruby = f"<w:r><w:ruby><w:rt>{run('zhi')}</w:rt><w:rubyBase>{run('支')}</w:rubyBase></w:ruby></w:r>"
    ruby += run("出1.50万元。")
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    choice = (
        f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="w14"><w:t>2.50</w:t></mc:Choice><mc:Fallback>'
        "<w:t>2.5</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert word_lines(tmp_path, ruby, run("收入") + choice + run("万元。")) == ["支出1.50万元。", "收入2.50万元。"]


def document_with_part(tmp_path, kind, name, content, body):
    document = docx.Document()
    document.add_paragraph("收入决算表")
    document.add_paragraph("单位：万元")
    document.save(tmp_path / "plain.docx")
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f'<Relationship Id="rX" Type="{base}/{kind}" Target="{name}"/></Relationships>'.encode()

    def change(member, old):
        if member == "word/_rels/document.xml.rels":
            return old.replace(b"</Relationships>", relation)
        space = f'xmlns:r="{base}" xmlns:o="urn:schemas-microsoft-com:office:office"'
        inner = body.replace("NS", space).encode()
        return old.replace(b"<w:sectPr", inner + b"<w:sectPr", 1) if member == "word/document.xml" else old

    return rewritten(tmp_path / "plain.docx", tmp_path / "a.docx", change, [(f"word/{name}", content)])


def test_a_chunk_and_an_embedded_workbook_are_tables_where_they_stand(tmp_path):
    page = (
        "<html><body><table><tr><td>科目编码</td><td>科目名称</td><td>本年收入合计</td></tr><tr><td>207</td><td>甲</td>"
    )
    page += "<td>3.50</td></tr></table></body></html>"
    chunk = document_with_part(tmp_path, "aFChunk", "c.html", page.encode(), '<w:altChunk NS r:id="rX"/>')
    found = recognise([word.read(chunk)], "a.docx")
    assert str(found.tables["revenue"].cell("207", "total")) == "3.50"
    book = workbook(tmp_path / "in.xlsx", {"收入决算表": revenue(ROWS)}).read_bytes()
    inside = '<w:p NS><w:r><w:object><o:OLEObject r:id="rX"/></w:object></w:r></w:p>'
    found = recognise([word.read(document_with_part(tmp_path, "package", "e.xlsx", book, inside))], "a.docx")
    assert str(found.tables["revenue"].cell("207", "total")) == "71.50"


def test_an_object_that_cannot_be_read_is_unread_by_its_title(tmp_path):
    inside = '<w:p NS><w:r><w:object><o:OLEObject r:id="rX"/></w:object></w:r></w:p>'
    found = recognise([word.read(document_with_part(tmp_path, "oleObject", "e.bin", b"?" * 90, inside))], "a.docx")
    assert [(part.what, part.table) for part in found.unread] == [("table", "revenue")]


def test_a_deleted_cell_and_a_hidden_row_are_left_out(tmp_path):
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, line in zip(table.rows, (("科目", "旧", "合计"), ("甲", "9.99", "1.50"), ("乙", "9.99", "2.50"))):
        for cell, text in zip(row.cells, line):
            cell.text = text
        row.cells[1]._tc.get_or_add_tcPr().append(parse_xml(f'<w:cellDel {W} w:id="1" w:author="x"/>'))
    table.rows[2]._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {W}/>"))
    document.save(tmp_path / "a.docx")
    assert texts(word.read(tmp_path / "a.docx").grids[0]) == [["科目", "合计"], ["甲", "1.50"]]


def page_grid(tmp_path, body, style=""):
    path = tmp_path / "a.html"
    path.write_text(f"<html><head><style>{style}</style></head><body>{body}</body></html>", encoding="utf-8")
    return html.read(path)


OLD = "<tr class='old x'><td>旧</td><td>9.99</td></tr>"
TABLE = f"<table id='t'><tr><td>科目</td><td>合计</td></tr>{OLD}<tr><td>甲</td><td>1.50</td></tr></table>"


@pytest.mark.parametrize(
    "style",
    [".old{display:none}", "#t > a, #t tr.old { color:red; visibility : collapse }", "tr.x{DISPLAY:NONE !important}",
     "@media screen{table .old{display:none}}", "/* .a{} */ [class].old{opacity:0}"],
)  # fmt: skip
def test_rows_that_a_style_sheet_hides_are_told_and_not_read(tmp_path, style):
    raw = page_grid(tmp_path, TABLE, style)
    assert texts(raw.grids[0]) == [["科目", "合计"], ["甲", "1.50"]]
    assert "样式表隐藏了" in raw.problems[0]


@pytest.mark.parametrize(
    "style", ["@media print{.old{display:none}}", ".old{display:none} .old{display:table-row}", ".o{display:none}"]
)
def test_rows_that_a_browser_shows_are_read(tmp_path, style):
    assert ["旧", "9.99"] in texts(page_grid(tmp_path, TABLE, style).grids[0])


def test_a_cell_ends_with_its_section(tmp_path):
    body = "<table><thead><tr><td rowspan='9'>科目</td><td>合计</td></tr></thead>"
    body += "<tbody><tr><td>甲</td><td>1.50</td></tr></tbody></table>"
    assert texts(page_grid(tmp_path, body).grids[0]) == [["科目", "合计"], ["甲", "1.50"]]


def test_amounts_in_fields_count_note_marks_and_readings_do_not(tmp_path):
    body = "<table><tr><td>科目</td><td>合计</td></tr><tr><td>甲<sup>1</sup></td><td><input value='1.50'></td></tr>"
    body += "<tr><td><ruby>乙<rt>yi</rt></ruby></td><td><del>9.99</del>2.50<sup>①</sup>"
    body += "<input type=hidden value=7></td></tr></table>"
    assert texts(page_grid(tmp_path, body).grids[0]) == [["科目", "合计"], ["甲", "1.50"], ["乙", "2.50"]]


def test_every_frame_of_a_web_archive_is_read(tmp_path):
    frames = "".join(
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>{text}</p></body></html>\r\n"
        for text in ("", "收入1.50万元。", "支出2.50万元。")
    )
    path = tmp_path / "a.mht"
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
    path.write_text(f"{head}{frames}--b--", encoding="utf-8")
    assert [each.text for each in html.read(path).paragraphs] == ["收入1.50万元。", "支出2.50万元。"]


BARS = [
    "收入决算表",
    "单位：万元",
    "科目编码|科目名称|本年收入合计|财政拨款收入|",
    "合计|3.50|3.50|",
    "207|甲|3.50|3.50|",
]


@pytest.mark.parametrize("frame", ["", "|"])
def test_a_table_pasted_with_bars_is_a_table(tmp_path, frame):
    path = tmp_path / "a.txt"
    lines = [frame + line if "|" in line else line for line in BARS]
    path.write_text("\n".join([*lines[:3], "|---|---|---|---|", *lines[3:]] if frame else lines), encoding="utf-8")
    table = recognise([plain_text.read(path)], "a.txt").tables["revenue"]
    assert [str(table.cell(key, "appropriation")) for key in ("total", "207")] == ["3.50", "3.50"]


def test_a_blank_before_the_last_bar_is_a_cell_where_no_bar_ends_other_rows(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "支出决算表\n单位：万元\n科目编码|科目名称|本年支出合计|基本支出|项目支出\n合计||3.50|3.50|\n207|甲|3.50|3.50|\n208|乙|1.00||1.00\n",
        encoding="utf-8",
    )
    table = recognise([plain_text.read(path)], "a.txt").tables["expenditure"]
    assert [str(table.cell("207", key)) for key in ("total", "basic")] == ["3.50", "3.50"]
    assert table.cell("207", "project").is_blank and str(table.cell("208", "project")) == "1.00"


def test_rich_text_is_read_with_its_table_and_refused_when_empty(tmp_path):
    def word_of(text):
        return "".join(f"\\u{ord(char)}?" for char in text)

    rows = [line.split("|")[:-1] for line in BARS[2:]]
    cells = "".join("\\trowd" + "".join(f"{word_of(cell)}\\cell " for cell in row) + "\\row\n" for row in rows)
    path = tmp_path / "a.rtf"
    path.write_text("{\\rtf1\\ansi " + "".join(f"{word_of(line)}\\par\n" for line in BARS[:2]) + cells + "}")
    assert rich_text.can_read(path) and not word.can_read(path)
    found = recognise([read_raw(path)], "a.rtf")
    assert found.format == "rtf" and str(found.tables["revenue"].cell("207", "total")) == "3.50"
    path.write_text("{\\rtf1\\ansi }")
    with pytest.raises(FileRefused, match="holds no text"):
        read_raw(path)


def test_an_open_document_is_refused_by_what_it_is(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    (tmp_path / "a.xlsx").write_bytes(data.getvalue())
    with pytest.raises(FileRefused, match="OpenDocument"):
        read_raw(tmp_path / "a.xlsx")


def test_a_wrong_byte_in_the_list_of_sheets_loses_no_sheet(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"甲": [["封面"]], "收入决算表": revenue(ROWS)})
    wrong = "收入决算表".encode()[:-1]
    changed = rewritten(
        path, tmp_path / "b.xlsx",
        lambda name, old: old.replace("收入决算表".encode(), wrong) if name == "xl/workbook.xml" else old,
    )  # fmt: skip
    raw = read_raw(changed)
    assert "71.50" in str([texts(grid) for grid in raw.grids]) and "有损坏" in raw.problems[0]


def test_white_type_on_bare_paper_is_left_out_and_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["收入决算表"])
    book.active.append(["合计", 3.5, 9.75])
    book.active["C2"].font = Font(color="FFFFFF")
    book.active["A2"].font, book.active["A2"].fill = Font(color="FFFFFF"), PatternFill("solid", fgColor="1F4E79")
    book.save(tmp_path / "a.xlsx")
    raw = read_raw(tmp_path / "a.xlsx")
    assert [text for row in texts(raw.grids[0]) for text in row if text] == ["收入决算表", "合计", "3.5"]
    assert raw.problems == ("a.xlsx，Sheet：隐藏的白字的格 C2有内容，未读",)


def test_a_style_sheet_hides_rows_through_the_body_that_browsers_add(tmp_path):
    rows = "<tr><td>207</td><td>甲</td><td>3.50</td></tr><tr class=old><td>208</td><td>乙</td><td>9.75</td></tr>"
    page = f"<style>@media screen, print{{tbody > tr.old{{display:none}}}}</style><table border=1>{rows * 2}</table>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert "9.75" not in str(texts(read_raw(tmp_path / "a.html").grids[0]))
