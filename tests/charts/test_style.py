from decimal import Decimal

import matplotlib

from fiscal.charts.style import balanced, font, font_path, measured, number, percent, signed, text_width, wrap


def test_the_font_draws_every_character_we_write():
    from matplotlib.ft2font import FT2Font

    known = FT2Font(str(font_path())).get_charmap()
    assert all(ord(character) in known for character in "预算财政拨款结构“三公”（出）《》、。▲▼−+%…·万元未公开")


def test_seaborn_and_rcparams_cannot_replace_the_font():
    with matplotlib.rc_context({"font.family": "serif", "font.sans-serif": ["DejaVu Sans"]}):
        assert font(12).get_file() == str(font_path())


def test_amounts_keep_their_printed_digits():
    assert [number(Decimal(text)) for text in ("190.00", "0", "-3.20", "12345.6")] == [
        "190.00",
        "0",
        "−3.20",
        "12,345.6",
    ]
    assert number(Decimal("214.180000")) == "214.18"
    assert signed(Decimal("21.53")) == "+21.53"
    assert measured(60000.0) == "60,000"
    assert measured(9101.114) == "9,101.11"


def test_percent_has_the_printed_digits_and_floats_two():
    assert percent(Decimal("1.00")) == "100%"
    assert percent(Decimal("0.8677")) == "86.77%"
    assert percent(0.109051) == "10.91%"
    assert percent(Decimal("-0.0098")) == "−0.98%"


def test_lines_fit_and_closing_marks_do_not_begin_them():
    text = "示例办公室2022年度部门决算，《收入支出决算总表》《支出决算表》、决算情况说明"
    lines = wrap(text, 120, 11.5)
    assert "".join(lines) == text
    assert all(text_width(line, 11.5) <= 120 for line in lines)
    assert not any(line[0] in "，、》）。" for line in lines)
    assert not any(line[-1] in "《（“" for line in lines)


def test_two_lines_are_about_equal():
    assert balanced("公务用车购置及运行维护费", 140, 13) == ["公务用车购置", "及运行维护费"]
