"""The narrative of PDFs: paragraphs as their author wrote them, whatever the page made of them."""

import numpy as np
import pytest

from fiscal.readers.line_ends import seam
from fiscal.readers.pdf import pdf
from fiscal.readers.pdf.join import continues
from fiscal.readers.pdf.margins import Margins
from fiscal.readers.pdf.text_lines import Line
from tests.readers.pdf_maker import canvas, printed, ruled

FULL = "本年收入合计三百万元其中财政拨款收入二百万元事业收入一百万元其"  # 31 characters of 12 points: 372 points


def document(tmp_path, *pages, step=20.0, furniture=None):
    page = canvas(tmp_path / "a.pdf")
    for number, lines in enumerate(pages, 1):
        printed(page, lines, step=step)
        if furniture:
            furniture(page, number)
        page.showPage()
    page.save()
    return pdf.read(tmp_path / "a.pdf")


def shown(result):
    return [(one.role, one.text) for one in result.paragraphs]


@pytest.mark.parametrize("step", [16.0, 24.0, 40.0])
def test_lines_join_whatever_their_distance(tmp_path, step):
    lines = [(24, FULL[:-2]), FULL, "中上级补助零元。", (24, FULL[:-2]), "止于此。"]
    result = document(tmp_path, lines, step=step)
    assert shown(result) == [("body", FULL[:-2] + FULL + "中上级补助零元。"), ("body", FULL[:-2] + "止于此。")]


def test_a_paragraph_goes_on_over_the_page_and_every_character_has_a_place(tmp_path):
    def number(page, count):
        page.drawCentredString(297, 40, f"- {count} -")
        page.drawString(70, 800, "某某局2024年度部门决算")

    first, second, third = [FULL] * 3 + [(24, FULL[:-2])], [FULL, "，合计完。"], ["结束。"]
    result = document(tmp_path, first, second, third, furniture=number)
    assert [one.text for one in result.paragraphs] == [FULL * 3, FULL[:-2] + FULL + "，合计完。", "结束。"]
    joined = result.paragraphs[1]
    assert joined.breaks == ((29, 2),)
    assert joined.joined == (29, 60)
    assert [(one, two, page) for one, two, page, _ in joined.boxes] == [(0, 29, 1), (29, 60, 2), (60, 65, 2)]
    assert joined.boxes[1][3] == pytest.approx((70, 72, 442, 86), abs=3)
    assert [one.place.offset for one in result.paragraphs] == [0, 94, 160]
    assert [one.place.page for one in result.paragraphs] == [1, 1, 3]


def test_headings_stand_alone(tmp_path):
    lines = [
        "第二部分 决算情况说明",
        (24, "一、收入决算情况"),
        (24, FULL[:-2]),
        "万元。",
        (24, "（一）总体情况"),
        (24, "1.结构。"),
        (24, "占比为三成。"),
    ]
    roles = [role for role, _ in shown(document(tmp_path, lines))]
    assert roles == ["heading", "heading", "body", "heading", "body", "body"]


def test_contents_and_captions_have_their_roles(tmp_path):
    lines = ["目  录", "一、主要职能……………1", "二、收入决算表……………2", (24, "（图1：收入决算结构图）")]
    assert [role for role, _ in shown(document(tmp_path, lines))][1:] == ["contents", "contents", "caption"]


def test_a_title_of_two_centred_lines_is_one(tmp_path):
    page = canvas(tmp_path / "a.pdf")
    printed(page, [FULL, FULL, FULL], top=500)
    page.setFont("STSong-Light", 20)
    page.drawCentredString(70 + 186, 700, "某某市某某区委社会")
    page.drawCentredString(70 + 186, 668, "工作部决算")
    page.save()
    assert pdf.read(tmp_path / "a.pdf").paragraphs[0].text == "某某市某某区委社会工作部决算"


def test_a_floating_mark_returns_to_its_line(tmp_path):
    page = canvas(tmp_path / "a.pdf")
    printed(page, [(24, FULL[:-2]), FULL[:20], (24, FULL[:-2]), FULL])
    page.setFont("STSong-Light", 12)
    page.drawString(70 + 240, 746, "。")  # a little above the second line, behind its last character
    page.save()
    assert pdf.read(tmp_path / "a.pdf").paragraphs[0].text == FULL[:-2] + FULL[:20] + "。"


def test_a_mark_that_wrapped_alone_ends_the_line_above(tmp_path):
    assert [one.text for one in document(tmp_path, [(24, FULL[:-2]), FULL, "。", (24, "完")]).paragraphs] == [
        FULL[:-2] + FULL + "。",
        "完",
    ]


def test_spaces_are_gaps_and_wide_setting_is_not(tmp_path):
    page = canvas(tmp_path / "a.pdf")
    page.setFont("STSong-Light", 12)
    page.drawString(70, 700, "第一部分")
    page.drawString(142, 700, "概况")
    for number, char in enumerate("部门决算"):
        page.drawString(70 + 30 * number, 600, char)
    page.drawString(70, 500, "12.34")
    page.drawString(112, 500, "56.78")
    page.save()
    texts = [one.text for one in pdf.read(tmp_path / "a.pdf").paragraphs]
    assert texts == ["第一部分 概况", "部门决算", "12.34 56.78"]


def test_text_of_tables_is_no_narrative(tmp_path):
    page = canvas(tmp_path / "a.pdf")
    page.drawString(250, 740, "支出决算表")
    ruled(page)
    page.drawString(100, 590, "注：本表反映本年度支出。")
    page.save()
    assert shown(pdf.read(tmp_path / "a.pdf")) == [("caption", "支出决算表"), ("caption", "注：本表反映本年度支出。")]


def test_radicals_of_bad_fonts_become_characters(tmp_path):
    result = document(tmp_path, ["⽀出⼀百"])
    assert [one.text for one in result.paragraphs] == ["支出一百"]


def test_a_contents_page_without_leaders_ends_where_its_first_entry_stands_again(tmp_path):
    contents = ["目  录", "第一部分 概况", "一、主要职能", "第二部分 决算表"]
    result = document(tmp_path, contents, ["第一部分 概况", (24, "一、主要职能"), (24, FULL[:-2]), "。"])
    assert [role for role, _ in shown(result)] == 4 * ["contents"] + ["heading", "heading", "body"]


def line(text, left=70.0, *, width=None, base=100.0, page=1):
    widths = [6.0 if char.isascii() else 12.0 for char in text]
    ends = left + np.cumsum(widths)
    edges = np.column_stack([ends - widths, ends])
    right = left + width if width else float(ends[-1])
    return Line(text, (left, base - 10, right, base + 2), base, 12.0, edges, page)


MARGINS = Margins(70.0, 442.0, 20.0)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (line("支出为", width=372), line("307.82万元", base=120), True),
        (line("支出为", width=330), line("307.82万元", base=120), True),  # 42 points left, the number needs 36 and air
        (line("支出为", width=300), line("307.82万元", base=120), False),  # it would have fitted: ended on purpose
        (line("支出为", width=372), line("307.82万元", 94, base=120), False),  # indented: a new paragraph
        (line("支出为", width=372), line("307.82万元", base=150), False),  # a gap wider than the leading
        (line("支出为", width=372), line("307.82万元", base=60, page=2), True),
        (line("支出见", width=372), line("（一）的说明", base=120), True),  # a reference, not a heading
        (line("支出完成。", width=372), line("（一）总体情况", base=120), False),
        (line("支出完成", width=372), line("二、收入", base=120), False),
    ],
)
def test_where_a_paragraph_goes_on(one, two, expected):
    assert continues(one, two, MARGINS) is expected


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        ("支出1,23", "4.56万元", ""),
        ("占34.", "30%", ""),
        ("307", ".82万元", ""),
        ("支出307.82", "264.87万元", " "),
        ("1,234.56", "789", " "),
        ("支出307.82", "万元", ""),
        ("2024", "年度", ""),
        ("合计12.34，", "56.78", ""),
        ("final", "accounts", " "),
    ],
)
def test_numbers_join_only_to_one_number(left, right, between):
    assert seam(left, right) == between


def test_small_print_beside_large_print_keeps_its_double_digits(tmp_path):
    page = canvas(tmp_path / "a.pdf")
    printed(page, [FULL[:12]] * 5, size=36, step=60)
    page.setFont("STSong-Light", 6)
    page.drawString(70, 300, "1,111.11")
    page.save()
    assert pdf.read(tmp_path / "a.pdf").paragraphs[-1].text == "1,111.11"


def test_headers_close_to_the_text_go_and_sentences_stay(tmp_path):
    def furniture(page, number):
        page.setFont("STSong-Light", 8)
        page.drawString(70, 781, "某某局部门决算")

    pages = [[FULL, FULL, "见下文。"]] * 4
    texts = [one.text for one in document(tmp_path, *pages, furniture=furniture).paragraphs]
    assert texts == [FULL * 2 + "见下文。"] * 4


def printed_line(text: str, *, base: float, left: float = 70, right: float = 442, em: float = 12) -> Line:
    edges = np.linspace(left, right, len(text) + 1)
    return Line(text, (left, base - em, right, base), base, em, np.column_stack([edges[:-1], edges[1:]]), 1)


@pytest.mark.parametrize(
    ("first", "second", "room", "together"),
    [
        ("其中：基本支出51.20万元；项目支出", "33.10万元，占39.27%。", 3, True),  # figures set in a smaller type
        ("人员的基本养老保险支出。年初预算为", "33.10万元，支出决算为33.00万元。", 60, True),  # the number waits
        ("比上年减少2.00万元，主要原因是会议", "改为线上召开。", 30, True),  # ragged, in the middle of a sentence
        ("一般公共预算财政拨款支出情况", "33.10万元为基本支出。", 200, False),  # a heading
        ("项目支出33.10万元，占39.27%。", "51.20万元为基本支出。", 3, False),  # a sentence ended
    ],
)
def test_a_paragraph_is_not_cut_before_an_amount(first, second, room, together):
    line = printed_line(first, base=100, right=442 - room)
    after = printed_line(second, base=120, right=200, em=8 if room == 3 else 12)
    assert continues(line, after, Margins(70, 442, 20)) is together


def test_a_page_with_nothing_but_its_number_is_blank(tmp_path):
    pages = (["一、主要职能", "负责供水。"], [], ["二、机构设置", "设办公室。"])
    read = document(tmp_path, *pages, furniture=lambda page, number: printed(page, [f"- {number} -"], left=290, top=40))
    assert [place.page for place in read.blank] == [2]
