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
    assert document.grids == ()
    assert len(document.paragraphs) == 2
