"""Whole invented documents, from the file to the recognised account, in the shapes departments publish."""

import pytest

from fiscal.errors import FileRefused
from fiscal.readers.registry import read_raw
from fiscal.recognise import recognise
from tests.readers import forms
from tests.readers.containers import container
from tests.readers.papers import add_chart, chart_xml, new, save

NAME = "江城市农业农村局"
TITLE = f"{NAME}2023年度部门决算"
TOTALS = "2023年度收、支总计均为1,218.96万元。与2022年相比，收、支总计各增加12.00万元，增长0.99%。"


def account(path):
    return recognise([read_raw(path)], str(path))


def assert_read(path, *, format: str):
    """The account of `forms.TABLES`, whole and with nothing else."""
    found = account(path)
    assert (found.entity, found.year, found.kind, found.format) == (NAME, 2023, "final_account", format)
    assert tuple(found.tables) == forms.IDS
    for table, rows in zip(found.tables.values(), forms.TABLES.values(), strict=True):
        numbers = [str(cell) for _, _, cell in table.cells() if cell.is_number]
        assert sorted(numbers) == sorted(forms.expected(rows))
        assert table.unit == "万元"
    assert str(found.tables["revenue"].cell("2080505", "total")) == "29.18"
    assert found.tables["revenue_expenditure_summary"].cell("total", "total") is None
    return found


def page(body: str, charset: str = "utf-8") -> bytes:
    encoding = "gb18030" if charset == "gb2312" else charset
    return f"<html><head><meta charset={charset}><title>{TITLE}</title></head><body>{body}</body></html>".encode(
        encoding
    )


def above(title: str) -> str:
    return f"<p align=center>{title}</p><p align=right>公开表</p><p>部门：{NAME}　　单位：万元</p>"


def test_a_gbk_page_with_nested_layout_tables(tmp_path):
    rows = "".join(
        f"<tr><td>{above(title)}{forms.html_table(table)}<p>注：本表反映收支情况。</p></td></tr>"
        for title, table in forms.TABLES.items()
    )
    body = (
        "<table><tr><td><a href=/>首页</a></td></tr><tr><td><table width=980><tr><td>当前位置：首页</td></tr><tr><td>"
        f"<h2>{TITLE}</h2><p>一、收入支出决算总体情况说明</p><p>{TOTALS}</p><table>{rows}</table></td></tr></table></td></tr></table>"
    )
    path = tmp_path / "a.html"
    path.write_bytes(page(body, "gb2312"))
    found = assert_read(path, format="html")
    assert TOTALS in [paragraph.text for paragraph in found.paragraphs if paragraph.role == "body"]
    assert found.tables["revenue"].note == "注：本表反映收支情况。" and found.problems == ()


def test_a_page_whose_tables_are_cut_by_page_numbers_and_titled_by_layout_tables(tmp_path):
    def cut(rows):
        head = 3 if rows is forms.SUMMARY else 2
        return forms.html_table(rows[: head + 3]) + "<p>- 3 -</p>" + forms.html_table([*rows[:head], *rows[head + 3 :]])

    body = "".join(
        f"<table><tr><td></td><td>{title}</td></tr><tr><td>部门：{NAME}</td><td>2023年度<br>单位：万元</td></tr></table>{cut(rows)}"
        for title, rows in forms.TABLES.items()
    )
    path = tmp_path / "a.html"
    path.write_bytes(page(body))
    assert_read(path, format="html")


def test_a_page_saved_by_word_with_titles_inside_the_tables(tmp_path):
    def inside(title, rows):
        width = len(rows[0])
        lines = forms.html_table(rows).removeprefix("<table border=1 cellspacing=0>").removesuffix("</table>")
        return (
            f"<table><tr><td colspan={width}><b>{title}</b></td></tr><tr><td colspan={width - 2}>部门：{NAME}</td>"
            f"<td colspan=2>单位：万元</td></tr>{lines}<tr><td colspan={width}>注：本表反映\n情况。</td></tr></table>"
        )

    body = f"<p class=MsoNormal>{TITLE}<o:p></o:p></p><!--[if gte mso 9]><xml>7.77</xml><![endif]-->"
    body += "".join(inside(title, rows) for title, rows in forms.TABLES.items())
    path = tmp_path / "决算.doc"
    path.write_bytes(page(body))
    assert assert_read(path, format="html").tables["expenditure"].note == "注：本表反映情况。"


def word_document(tables_into=None):
    document = new()
    document.add_heading(TITLE, 0)
    for line in (
        "目录",
        "第一部分 部门概况\t1",
        "一、收入支出决算总表\t5",
        "二、收入决算表\t6",
        "三、支出决算表\t7",
        TOTALS,
    ):
        document.add_paragraph(line)
    target = tables_into(document) if tables_into else document
    for title, rows in forms.TABLES.items():
        target.add_paragraph(title)
        target.add_paragraph(f"部门：{NAME}\t单位：万元")
        forms.word_table(target, rows)
        target.add_paragraph("注：本表反映收支情况。")
    return document


def test_a_word_file_with_contents_merged_headers_and_a_chart(tmp_path):
    document = word_document()
    add_chart(document, chart_xml("", {"2023年": {"收入": "1218.96", "支出": "1218.96"}}), 1)
    document.add_paragraph("图1：收、支决算总计变动情况图")
    found = assert_read(save(document, tmp_path / "a.docx"), format="docx")
    assert [(p.chart, p.category, p.text) for p in found.charts] == [
        ("图1：收、支决算总计变动情况图", "收入", "1218.96"), ("图1：收、支决算总计变动情况图", "支出", "1218.96"),
    ]  # fmt: skip


def test_a_word_file_framed_by_a_table_of_one_cell(tmp_path):
    document = word_document(_frame)
    assert_read(save(document, tmp_path / "a.docx"), format="docx")


def _frame(document):
    """One cell around everything; its tables are added as those of a document."""
    cell = document.add_table(1, 1).cell(0, 0)
    return type("Frame", (), {"add_paragraph": cell.add_paragraph, "add_table": cell.add_table})


@pytest.mark.parametrize("flat", [forms.tabbed, forms.indented])
def test_a_text_with_flattened_tables(tmp_path, flat):
    parts = (
        f"{title}\n部门：{NAME}    单位：万元\n{flat(rows)}注：本表反映情况。\n" for title, rows in forms.TABLES.items()
    )
    path = tmp_path / "a.txt"
    path.write_bytes(f"{TITLE}\n{TOTALS}\n{''.join(parts)}".encode("gb18030"))
    found = assert_read(path, format="txt")
    assert [p.text for p in found.paragraphs if p.role == "body"] == [TOTALS]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.doc", container("EncryptedPackage")),
        ("a.docx", container("EncryptedPackage")),
        ("a.docx", b"just words"),
        ("a.html", b"\0\1\2\3\0\0\0\xff" * 20),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0"),
        ("a.txt", bytes(range(256)) * 2),
        ("a.txt", b""),
    ],
)
def test_bad_files_are_refused_with_a_sentence(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        read_raw(path)
    assert refused.value.where == name and refused.value.what and refused.value.next_step
