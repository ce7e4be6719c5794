"""Workbooks: values, formats, merged cells, bad files."""

import time
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from fiscal.errors import FileRefused
from fiscal.readers.registry import read_raw
from fiscal.recognise import recognise
from tests.readers.containers import container
from tests.readers.sheets import revenue, rewritten, workbook

OLD = Path(__file__).parents[1] / "samples" / "library.xls"
ROWS = [["合计", "<", (120.5, "#,##0.00"), (100, "0.00")], ["207", "文化旅游体育与传媒支出", (120.5, "#,##0.00"), ""]]


def account(path):
    return recognise([read_raw(path)], str(path))


def revenue_table(tmp_path, rows):
    return account(workbook(tmp_path / "a.xlsx", {"收入决算表": revenue(rows)}))


def test_a_formatted_number_keeps_the_digits_of_its_format(tmp_path):
    cell = revenue_table(tmp_path, ROWS).tables["revenue"].cell("total", "appropriation")
    assert (str(cell), cell.digits, cell.half) == ("100.00", 2, Decimal("0.005"))
    assert (cell.place.sheet, cell.place.cell) == ("收入决算表", "D6")


def test_a_general_cell_takes_the_most_decimals_of_its_column_and_a_bare_zero_stays_exact(tmp_path):
    table = revenue_table(tmp_path, [["合计", "<", 307.8, 0], ["207", "x", 264.87, 1.5]]).tables["revenue"]
    assert str(table.cell("total", "total")) == "307.80"
    zero = table.cell("total", "appropriation")
    assert (zero.is_number, str(zero), zero.half) == (True, "0", 0)


def test_texts_that_are_numbers_stay_as_printed(tmp_path):
    table = revenue_table(tmp_path, [["合计", "<", "1,234.50", "１２．３０"]]).tables["revenue"]
    assert [str(cell) for *_, cell in table.cells()] == ["1234.50", "12.30"]


def test_blank_dash_zero_and_unknown_stay_four_things(tmp_path):
    rows = [["合计", "<", "—", ""], ["207", "甲", "未公开", (0, "0.00")]]
    table = revenue_table(tmp_path, rows).tables["revenue"]
    assert [cell.state for *_, cell in table.cells()] == ["blank", "blank", "unknown", "number"]
    assert str(table.cell("207", "appropriation")) == "0.00"


def test_old_workbooks_carry_their_formats_merged_codes_and_hidden_sheets():
    found = account(OLD)
    assert found.entity == "某县图书馆"
    assert [row.key for row in found.tables["expenditure"].rows] == ["total", "207", "20701", "2070104"]
    assert [str(cell) for *_, cell in found.tables["expenditure"].cells()][:3] == ["120.50", "100.25", "20.25"]
    assert found.tables["expenditure"].note.startswith("注：")
    assert "revenue" not in found.tables and found.problems == ()
    assert [(part.what, part.table) for part in found.unread] == [("sheet", "revenue")]


def test_a_text_in_a_number_cell_is_unread_and_named(tmp_path):
    found = revenue_table(tmp_path, [["合计", "<", 12.5, "约十二万"]])
    assert found.tables["revenue"].cell("total", "appropriation").is_unknown
    assert str(found.tables["revenue"].cell("total", "total")) == "12.5"
    place = found.unread[0].place
    assert (found.unread[0].what, place.document, place.sheet, place.cell) == ("cell", "a.xlsx", "收入决算表", "D6")
    assert "约十二万" in found.unread[0].reason and "未公开" in found.unread[0].reason


def test_a_formula_without_stored_result_is_unread_and_named(tmp_path):
    found = revenue_table(tmp_path, [["合计", "<", "=SUM(C7:C9)", 1.5]])
    assert found.tables["revenue"].cell("total", "total").is_unknown
    assert found.tables["revenue"].cell("total", "total").is_unread
    assert [(part.what, part.table, part.place.cell) for part in found.unread] == [("cell", "revenue", "C6")]
    assert "=SUM(C7:C9)" in found.unread[0].reason and "重新保存" in found.unread[0].reason


def test_an_error_in_a_cell_is_unread_and_named(tmp_path):
    found = revenue_table(tmp_path, [["合计", "<", 12.5, "#REF!"]])
    assert found.tables["revenue"].cell("total", "appropriation").is_unknown
    assert found.unread[0].place.cell == "D6" and "#REF!" in found.unread[0].reason


def test_a_unit_that_changes_within_a_table_is_told_and_kept_per_cell(tmp_path):
    rows = [["合计", "<", 12.5, ""], ["单位：元"], ["207", "甲", 125000.5, ""]]
    found = revenue_table(tmp_path, rows)
    table = found.tables["revenue"]
    assert (table.cell("total", "total").unit, table.cell("207", "total").unit) == ("万元", "元")
    assert "a.xlsx" in found.problems[0] and "A8" in found.problems[0] and "由万元变为元" in found.problems[0]


def test_duplicate_and_unknown_sheets_are_told(tmp_path):
    sheets = {"收入决算表": revenue(ROWS), "收入决算表 (2)": revenue(ROWS), "统计": [["甲", "乙"], ["丙", 1.25]]}
    found = account(workbook(tmp_path / "a.xlsx", sheets))
    assert ["第二次" in problem for problem in found.problems] == [True]
    assert [(part.what, part.table, part.place.sheet) for part in found.unread] == [("table", "", "统计")]
    assert len(found.tables) == 1


def test_an_empty_form_gives_way_to_the_filled_one(tmp_path):
    blank = revenue([["合计", "<", "", ""], ["207", "甲", "", ""]])
    found = account(workbook(tmp_path / "a.xlsx", {"收入": blank, "收入决算表": revenue(ROWS)}))
    assert str(found.tables["revenue"].cell("total", "total")) == "120.50"
    assert "空表" in found.problems[0]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", "收入决算表".encode(), "not an Excel workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
        (
            "a.xlsx",
            container("EncryptedPackage"),
            "encrypted",
        ),
        ("a.xlsx", b"", "empty"),
        ("a.bin", b"\x00\x01\x02", "no reader"),
    ],
)
def test_files_that_are_no_workbooks_are_refused_with_a_sentence(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=words):
        read_raw(path)


def test_truncated_workbooks_are_refused(tmp_path):
    whole = workbook(tmp_path / "a.xlsx", {"收入决算表": revenue(ROWS)}).read_bytes()
    path = tmp_path / "b.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileRefused, match="truncated"):
        read_raw(path)


def test_macros_entities_and_bombs_are_refused(tmp_path):
    source = workbook(tmp_path / "a.xlsx", {"收入决算表": revenue(ROWS)})
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet'
    cases = {
        "macros": rewritten(source, tmp_path / "m.xlsm", lambda n, c: c, [("xl/vbaProject.bin", b"x")]),
        "entities": rewritten(source, tmp_path / "e.xlsx", lambda n, c: c.replace(b"<worksheet", entity, 1)),
        "unreasonable": rewritten(source, tmp_path / "b.xlsx", lambda n, c: c, [("xl/z.bin", bytes(210_000_000))]),
    }
    for words, path in cases.items():
        with pytest.raises(FileRefused, match=words):
            read_raw(path)


def test_a_cell_far_away_costs_nothing(tmp_path):
    source = workbook(tmp_path / "a.xlsx", {"远": [[1]], "收入决算表": revenue(ROWS)})
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = rewritten(
        source, tmp_path / "b.xlsx", lambda n, c: c.replace(b"</sheetData>", far) if n.endswith("sheet1.xml") else c
    )
    started = time.perf_counter()
    raw = read_raw(path)
    assert time.perf_counter() - started < 2
    assert [grid.place.sheet for grid in raw.grids] == ["远", "收入决算表"]
    assert [[cell.text for cell in line] for line in raw.grids[0].cells] == [["1", ""], ["", "1"]]


def test_damaged_compression_is_refused_with_a_sentence(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"收入决算表": revenue(ROWS)})
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        offset = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[offset + 80 : offset + 120] = b"\xff" * 40
    path.write_bytes(content)
    with pytest.raises(FileRefused, match="damaged"):
        read_raw(path)
