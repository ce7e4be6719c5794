"""The normalised copy: what is translated, what stays, and the way back to the print."""

import pytest

from fiscal.model.cells import Place
from fiscal.model.text import Paragraph
from fiscal.statements.working import working


def text_of(text: str) -> str:
    return working(Paragraph(text)).text


def test_digits_percent_and_point_become_half_width_punctuation_stays():
    assert text_of("占３４．３０％，增加１２３．４５万元（类）：") == "占34.30%，增加123.45万元（类）："


def test_a_full_width_comma_is_a_separator_only_before_exactly_three_digits():  # P37
    assert text_of("支出1，234.56万元") == "支出1234.56万元"
    assert text_of("支出1,234,567元") == "支出1234567元"
    assert text_of("为10，12个") == "为10，12个"
    assert text_of("2022，218.96万元") == "2022，218.96万元"


def test_spaces_around_numbers_go_those_between_two_numbers_stay():
    assert text_of("占 34. 30 %，307.82 万元") == "占34.30%，307.82万元"
    assert text_of("1 234.56万元") == "1234.56万元"
    assert text_of("197.43 218.96") == "197.43 218.96"


def test_hidden_bookmarks_are_dropped():  # P34
    assert text_of("支出[bookmark: _Toc12345]30万元") == "支出30万元"


def test_every_character_leads_back_to_its_place_and_box():
    boxes = ((0, 5, 3, (1.0, 2.0, 3.0, 4.0)), (5, 20, 4, (5.0, 6.0, 7.0, 8.0)))
    words = working(Paragraph("支出 1,\n234.56 万元", Place(page=3, offset=100), boxes=boxes))
    start = words.text.index("1234.56")
    assert words.printed(start, start + 7) == "1,\n234.56"  # P01: broken over two lines
    place = words.place(start + 3, start + 7, (0, len(words.text)), "expenditure")
    assert (place.offset, place.page, place.bbox) == (108, 4, (5.0, 6.0, 7.0, 8.0))


def test_the_page_follows_breaks_inside_the_paragraph():
    words = working(Paragraph("支出一百万元，占百分之五", Place(page=3, offset=0), breaks=((6, 4),)))
    assert [words.place(at, at + 1, (0, 5), "x").page for at in (0, 7)] == [3, 4]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("支出1,234.50万元,占5.00%;其中:其他(类)1.00万元", "支出1234.50万元，占5.00%；其中：其他（类）1.00万元"),
        ("8:30开始", "8:30开始"),
        ("(3.20)", "(3.20)"),
    ],
)
def test_half_width_marks_of_chinese_text_are_read_as_full_ones(printed, read):
    assert working(Paragraph(printed)).text == read
