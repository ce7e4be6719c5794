"""expected.csv: read, and refused by line."""

from datetime import date

import pytest

from fiscal.errors import ReadError
from fiscal.recognise.expected import read_expected


def written(tmp_path, text: str):
    path = tmp_path / "expected.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_who_when_and_under_whom(tmp_path):
    lines = read_expected(written(tmp_path, "entity,year,by,parent\n甲局,2023,2024-09-30,甲部\n乙局,2023,,\n"))
    assert lines.values.tolist() == [["甲局", 2023, date(2024, 9, 30), "甲部"], ["乙局", 2023, None, ""]]


def test_dates_and_parents_may_be_left_out(tmp_path):
    assert read_expected(written(tmp_path, "entity,year\n甲局,2023\n")).values.tolist() == [["甲局", 2023, None, ""]]


def test_no_list_is_an_empty_list():
    assert list(read_expected("").columns) == ["entity", "year", "by", "parent"]
    assert len(read_expected("")) == 0


@pytest.mark.parametrize(("text", "said"), [
    ("name,year\n甲局,2023\n", "has no column entity"),
    ("entity,year\n,2023\n", "line 2: names no entity"),
    ("entity,year\n甲局,二〇\n", "line 2: '二〇' is no year"),
    ("entity,year,by\n甲局,2023,9月底\n", "line 2: '9月底' is no date"),
    ("entity,year\n甲局,2023\n甲局,2023\n", "line 3: 甲局 2023 stands twice"),
])  # fmt: skip
def test_a_wrong_line_is_named(tmp_path, text, said):
    with pytest.raises(ReadError, match=said):
        read_expected(written(tmp_path, text))


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(ReadError, match="cannot be read"):
        read_expected(tmp_path / "none.csv")
