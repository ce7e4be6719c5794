"""Tables that are not ruled throughout are read like the others."""

import pytest

from fiscal.readers.pdf import pdf
from tests.readers.pdf_maker import HEIGHT, LEFT, TOP, WIDTH, canvas, cell_texts, texts

ROWS = (
    ("科目", "合计", "基本支出"),
    ("一般公共服务支出", "264.87", "62.63"),
    ("其中：行政运行", "1,307.82", ""),
    ("合计", "572.69", "62.63"),
)
RIGHT, BOTTOM = LEFT + 3 * WIDTH, TOP - 4 * HEIGHT


def drawn(tmp_path, draw):
    page = canvas(tmp_path / "a.pdf")
    draw(page)
    page.save()
    return pdf.read(tmp_path / "a.pdf")


def columns_only(page):
    page.rect(LEFT, BOTTOM, RIGHT - LEFT, TOP - BOTTOM)
    page.line(LEFT, TOP - HEIGHT, RIGHT, TOP - HEIGHT)
    for x in (LEFT + WIDTH, LEFT + 2 * WIDTH):
        page.line(x, BOTTOM, x, TOP)
    texts(page, ROWS)


def rows_only(page):
    for row in range(5):
        page.line(LEFT, TOP - HEIGHT * row, RIGHT, TOP - HEIGHT * row)
    texts(page, ROWS)


def three_lines(page):
    for y in (TOP, TOP - HEIGHT, BOTTOM):
        page.line(LEFT, y, RIGHT, y)
    texts(page, ROWS)


@pytest.mark.parametrize("draw", [columns_only, rows_only, three_lines])
def test_missing_lines_are_seen_from_the_print(tmp_path, draw):
    document = drawn(tmp_path, draw)
    assert [cell_texts(grid) for grid in document.grids] == [ROWS]
    assert document.paragraphs == ()


def test_two_tables_of_three_lines_are_parted_by_the_title_between(tmp_path):
    def draw(page):
        three_lines(page)
        page.drawString(LEFT + 80, BOTTOM - 30, "收入决算表")
        page.translate(0, BOTTOM - TOP - 60)
        three_lines(page)

    document = drawn(tmp_path, draw)
    assert [cell_texts(grid) for grid in document.grids] == [ROWS, ROWS]
    assert document.grids[1].before == ("收入决算表",)


def test_a_title_over_two_columns_is_one_cell(tmp_path):
    def draw(page):
        for y in (TOP, TOP - HEIGHT, BOTTOM):
            page.line(LEFT, y, RIGHT, y)
        texts(page, (("", "", ""), *ROWS[1:]))
        page.drawString(LEFT + 5, TOP - 20, "科目")
        page.drawString(LEFT + WIDTH + 20, TOP - 20, "一般公共预算财政拨款支出")

    head = drawn(tmp_path, draw).grids[0].cells[0]
    assert [cell and (cell.text, cell.cols) for cell in head] == [("科目", 1), ("一般公共预算财政拨款支出", 2), None]


def test_wrapped_labels_beside_one_number_stay_one_row(tmp_path):
    def draw(page):
        page.rect(LEFT, TOP - 60, 2 * WIDTH, 60)
        page.line(LEFT + WIDTH, TOP - 60, LEFT + WIDTH, TOP)
        page.drawString(LEFT + 5, TOP - 20, "机关事业单位")
        page.drawString(LEFT + 5, TOP - 34, "养老保险缴费")
        page.drawString(LEFT + WIDTH + 5, TOP - 27, "6.18")

    assert cell_texts(drawn(tmp_path, draw).grids[0]) == (("机关事业单位养老保险缴费", "6.18"),)


def test_text_between_rules_is_no_table(tmp_path):
    def draw(page):
        for y in (700, 640, 580):
            page.line(LEFT, y, RIGHT, y)
        page.drawString(LEFT, 670, "本年收入合计三百零七万元，比上年增加。")
        page.drawString(LEFT, 610, "本年支出合计三百零七万元，比上年增加。")

    document = drawn(tmp_path, draw)
    assert document.grids == () and document.unread == ()
    assert len(document.paragraphs) == 2


def centred(page, y, texts_at):
    for left, right, text in texts_at:
        page.drawCentredString((left + right) / 2, y, text)


def level_lines(page, *heights, left=100, right=500):
    for y in heights:
        page.line(left, y, right, y)


def test_totals_over_two_halves_do_not_swap_though_amounts_touch_no_head(tmp_path):
    sides = [(100, 150), (150, 230), (230, 300), (300, 350), (350, 430), (430, 500)]

    def draw(page):
        level_lines(page, 700, 680, 660, 640)
        centred(page, 686, [(100, 300, "预算数"), (300, 500, "决算数")])
        centred(page, 666, [(*side, text) for side, text in zip(sides, ("合计", "因公出国费", "接待费") * 2)])
        for at, text in ((0, "8.25"), (2, "8.25"), (3, "7.10"), (5, "7.10")):
            page.drawRightString(sides[at][1] - 2, 646, text)

    rows = cell_texts(drawn(tmp_path, draw).grids[0])
    assert rows[0] == ("预算数", None, None, "决算数", None, None)
    assert rows[2] == ("8.25", "", "8.25", "7.10", "", "7.10")


def test_two_panels_of_three_lines_keep_an_amount_and_the_next_code_apart(tmp_path):
    sides = [(100, 150), (150, 240), (240, 280), (280, 330), (330, 450), (450, 500)]
    heads = ("编码", "名称", "金额") * 2

    def draw(page):
        level_lines(page, 700, 680, 610)
        centred(page, 686, [(*side, text) for side, text in zip(sides, heads)])
        for y, row in (
            (665, ("301", "工资", "1,120.50", "30204", "手续费", "")),
            (648, ("", "", "", "310", "设备", "3.07")),
        ):
            centred(page, y, [(*sides[at], row[at]) for at in (0, 1, 3, 4)])
            page.drawRightString(279, y, row[2])
            page.drawRightString(499, y, row[5])
        centred(page, 620, [(100, 240, "人员合计"), (280, 450, "公用经费支出合计数")])
        page.drawRightString(279, 620, "1,120.50")
        page.drawRightString(499, 620, "3.07")

    rows = cell_texts(drawn(tmp_path, draw).grids[0])
    assert rows[1] == ("301", "工资", "1,120.50", "30204", "手续费", "")
    assert rows[-1] == ("", "人员合计", "1,120.50", "公用经费支出合计数", None, "3.07")


def test_a_head_over_three_columns_without_a_line_of_its_own(tmp_path):
    sides = [(100, 160), (160, 260), (260, 340), (340, 420), (420, 500)]

    def draw(page):
        level_lines(page, 700, 660, 620)
        centred(page, 685, [(100, 260, "项目"), (260, 500, "本年支出")])
        centred(page, 666, [(*side, text) for side, text in zip(sides, ("编码", "名称", "小计", "基本", "项目支出"))])
        for y, row in ((648, ("201", "公共服务", "9.30", "9.30", "")), (630, ("210", "卫生", "2.20", "", "2.20"))):
            centred(page, y, [(*side, text) for side, text in zip(sides[:2], row[:2])])
            for side, text in zip(sides[2:], row[2:]):
                page.drawRightString(side[1] - 2, y, text)

    rows = cell_texts(drawn(tmp_path, draw).grids[0])
    assert rows[:2] == (("项目", None, "本年支出", None, None), ("编码", "名称", "小计", "基本", "项目支出"))
    assert rows[2:] == (("201", "公共服务", "9.30", "9.30", ""), ("210", "卫生", "2.20", "", "2.20"))


def test_amounts_between_two_heads_are_not_guessed(tmp_path):
    def draw(page):
        level_lines(page, 700, 680, 660)
        for x, text in ((105, "合计"), (200, "出国费"), (330, "接待费")):
            page.drawString(x, 686, text)
        page.drawString(150, 666, "82.46")
        page.drawString(280, 666, "75.41")

        page.drawString(200, 740, "收入决算表")
        page.drawString(400, 720, "公开02表")

    document = drawn(tmp_path, draw)
    assert document.grids == ()
    assert [(part.what, part.table, part.place.page) for part in document.unread] == [("table", "收入决算表", 1)]


def test_level_lines_that_open_a_page_over_amounts_are_rows_of_the_page_before(tmp_path):
    """Without a head nothing tells their columns: three amounts of different length in no common column."""

    def draw(page):
        for row in range(4):
            page.line(LEFT, TOP - HEIGHT * row, RIGHT, TOP - HEIGHT * row)
        for row, (x, text) in enumerate(((LEFT + 90, "12.00 3.50"), (LEFT + 120, "7.25"), (LEFT + 150, "88.00"))):
            page.drawString(LEFT + 5, TOP - HEIGHT * (row + 1) + 10, "科目")
            page.drawString(x, TOP - HEIGHT * (row + 1) + 10, text)

    document = drawn(tmp_path, draw)
    assert document.grids == ()
    assert [(part.what, part.table, part.place.page) for part in document.unread] == [("row", "", 1)]


@pytest.mark.parametrize("shaded", [(0, 1), (0, 2), (1, 3)])
def test_a_table_of_which_only_some_rows_are_shaded_is_unread(tmp_path, shaded):
    def draw(page):
        page.setFont("STSong-Light", 10)
        page.drawString(LEFT + 80, TOP + 30, "支出决算表")
        page.setFillGray(0.85)
        for row in shaded:
            for column in range(3):
                page.rect(LEFT + WIDTH * column, TOP - HEIGHT * (row + 1), WIDTH, HEIGHT, stroke=0, fill=1)
        page.setFillGray(0)
        texts(page, ROWS)

    document = drawn(tmp_path, draw)
    assert document.grids == () and [part.table for part in document.unread] == ["支出决算表"]
    assert "264.87" in "".join(paragraph.text for paragraph in document.paragraphs)
