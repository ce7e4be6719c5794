"""What a workbook prints of a stored number, by hand and against LibreOffice."""

import csv
import shutil
import subprocess
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiscal.readers.excel.number_format import shown


@pytest.mark.parametrize(
    ("value", "code", "text", "decimals"),
    [
        (8123.456, "General", "8123.456", None),
        (8123.456, "", "8123.456", None),
        (0.1 + 0.2, "General", "0.3", None),
        (8123.456, "#,##0.00", "8123.46", 2),
        (2.5, "0", "3", 0),
        (-2.5, "0", "-3", 0),
        (81234560, "0!.0000", "8123.4560", 4),  # WPS and Chinese Excel: 万元 from 元
        (81234560, r"0\.0000", "8123.4560", 4),
        (81234560, '0!.0,"万元"', "8123.5万元", 1),
        (5, "0!.00", "0.05", 2),
        (8123.4, 'General"万元"', "8123.4万元", None),
        (8123.4, '"约"G/通用格式', "约8123.4", None),
        (8123.4, "￥#,##0.00", "￥8123.40", 2),
        (8123.4, "[$¥-804]#,##0.00", "¥8123.40", 2),
        (81234560, '0.00,"千"', "81234.56千", 2),
        (81234560, "0.0,,", "81.2", 1),
        (0.0456, "0.00%", "4.56%", 2),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-", 0),
        (0, "0.00;-0.00;", "", 0),
        (0, "0.00;-0.00;;@", "", 0),
        (-7.5, "0.0;(0.0)", "(7.5)", 1),
        (-7.5, "0.0;[Red]0.0", "7.5", 1),
        (-7.5, "[红色]0.0", "-7.5", 1),
        (-0.004, "0.00", "0.00", 2),
        (120000, '[>=10000]0!.0000"万";0.00', "12.0000万", 4),
        (120, '[>=10000]0!.0000"万";0.00', "120.00", 2),
        (7, "#.##", "7", 0),
        (1234, "000000", "001234", 0),
        (1.5, "0.0?", "1.5", 1),
        ("1E3", "0.00", "1000.00", 2),
    ],
)
def test_the_printed_text_is_what_is_read(value, code, text, decimals):
    assert (shown(value, code).text, shown(value, code).decimals, shown(value, code).unread) == (text, decimals, "")


@pytest.mark.parametrize(
    ("value", "code", "word"),
    [
        (40000, 'yyyy"年"m"月"', "2009年7月6日"),
        (40000, "d-mmm-yy", "日期"),
        (0.25, "[h]:mm", "日期"),
        (812.5, "0.00E+00", "E+"),
        (812.5, "# ?/?", "/"),
        (812.5, "[DBNum1]General", "[DBNum1]"),
        (812.5, "0.00 k", "k"),
        (812.5, ";;;", "不显示"),
        (812.5, "[<100]0.00", "没有适用"),
        (-5, '[>=10000]0!.0000"万";0.00', "负数"),
        ("1E900000000", "0.00", "过大"),
    ],
)
def test_a_code_outside_the_language_makes_no_number(value, code, word):
    assert word in shown(value, code).unread


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 4), st.booleans())
def test_decimals_and_separators_never_change_the_number(value, places, grouped):
    code = ("#,##0" if grouped else "0") + ("." + "0" * places if places else "")
    seen = shown(value, code)
    assert seen.decimals == places and abs(Decimal(seen.text) - value) <= Decimal(5).scaleb(-places - 1)


@given(st.integers(-(10**12), 10**12), st.integers(1, 6))
def test_an_escaped_point_only_moves_the_point(value, places):
    assert Decimal(shown(value, "0!." + "0" * places).text) == Decimal(value).scaleb(-places)


@given(st.text(max_size=20), st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_any_code_gives_a_text_or_a_reason(code, value):
    seen = shown(value, code)
    assert isinstance(seen.text, str) and isinstance(seen.unread, str)


BODIES = (
    "0", "0.0", "0.00", "#,##0", "#,##0.00", "#.##", "0.0#", "0.0000", "#,##0.0?", "00000", "0.00%", "0%", "#,##0.00,",
    "0,", "0.0,,", "0!.0", "0!.00", "0!.0000", r"0\.00", "0!.0,", "General", "0!.00,", "#,##0!.00", "#,###", "#",
    "0.00E+00", "# ?/?", "yyyy-mm-dd",
)  # fmt: skip
AROUND = (
    "{}", '{}"元"', '{}"万元"', '"￥"{}', "￥{}", "{}_ ", "_ * {}_ ", "[Red]{}", r"{}\ ", "{};-{}", "{};({})",
    "{};[Red]-{}", '{};-{};"-"', '{};-{};"-"??', '_ * {}_ ;_ * -{}_ ;_ * "-"??_ ;_ @_ ', "{};-{};;@", "{};;",
    '[>=10000]{}"大";0.0', "[<0]{};0.00", "[>100]0.0;[<-100]0.00;{}", "({})", "{}!元", "{}万", "{}-", "+{};-{};0",
    "{};{}", '[<=0]"小";{}', "$#,##0.00;{}",
)  # fmt: skip
VALUES = (0, 5, -3.5, 2990.79, 29907900, -299079.456, 0.1234, 1234567.891)


def grid() -> list[str]:
    """A third of all pairs, so that every body meets many surroundings: more than 200 codes."""
    pairs = ((i, j) for i in range(len(BODIES)) for j in range(len(AROUND)) if (i + 2 * j) % 3 == 0)
    return list(dict.fromkeys(AROUND[j].replace("{}", BODIES[i]) for i, j in pairs))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_two_hundred_codes_print_as_libreoffice_prints_them(tmp_path):
    """Chinese programs escape with ! as well, LibreOffice in English with a backslash only."""
    book = openpyxl.Workbook()
    for row, code in enumerate(grid(), 1):
        for column, value in enumerate(VALUES, 1):
            book.active.cell(row, column, value).number_format = code.replace("!", "\\")
    book.save(tmp_path / "grid.xlsx")
    profile, as_shown = (
        (tmp_path / "profile").as_uri(),
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,true",
    )
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", as_shown]
    subprocess.run(
        [*command, "--outdir", tmp_path, tmp_path / "grid.xlsx"], check=True, capture_output=True, timeout=180
    )
    with (tmp_path / "grid.csv").open(encoding="utf-8-sig", newline="") as file:
        printed = list(csv.reader(file))
    seen = [
        (code, value, shown(value, code), text)
        for code, row in zip(grid(), printed)
        for value, text in zip(VALUES, row)
    ]
    read = [(code, value, ours.text, text) for code, value, ours, text in seen if not ours.unread]
    assert [line for line in read if _bare(line[2]) != _bare(line[3])] == []
    assert len(grid()) > 200 and len(read) > 0.85 * len(seen)


def _bare(text: str) -> str:
    return text.replace(",", "").replace(" ", "").replace("￥", "¥")
