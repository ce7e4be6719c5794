"""Ruled tables of PDFs: whatever draws the lines and in whatever order the text comes, the cells are the same."""

import pytest
from reportlab.lib.colors import Color, black, white

from fiscal.readers.pdf import pdf, scan
from tests.readers.pdf_maker import HEIGHT, LEFT, TABLE, TOP, WIDTH, canvas, cell_texts, ruled, texts


def drawn(tmp_path, draw):
    page = canvas(tmp_path / "a.pdf")
    draw(page)
    page.save()
    return pdf.read(tmp_path / "a.pdf")


def only_grid(document):
    assert len(document.grids) == 1
    return document.grids[0]


def test_a_table_has_its_texts_and_places(tmp_path):
    grid = only_grid(drawn(tmp_path, ruled))
    assert cell_texts(grid) == TABLE
    cell = grid.cells[1][2]
    assert (cell.text, cell.place.page, cell.place.document) == ("62.63", 1, "a.pdf")
    # column 2 begins at 100 + 2 × 90 = 280; row 1 at 842 − 700 + 30 = 172 from the top
    assert cell.place.bbox == pytest.approx((280, 172, 370, 202), abs=0.6)
    assert grid.place.bbox == pytest.approx((100, 142, 370, 232), abs=0.6)


def filled_bars(page):
    ruled(page, line=lambda a, b, c, d: page.rect(a, b, max(c - a, 0.6), max(d - b, 0.6), stroke=0, fill=1))


def doubled(page):
    def twice(a, b, c, d):
        page.line(a, b, c, d)
        page.line(a + 0.7, b + 0.7, c + 0.7, d + 0.7)

    ruled(page, line=twice)


def missed_corners(page):
    ruled(
        page,
        line=lambda a, b, c, d: page.line(a + 1.5 * (c > a), b + 1.5 * (d > b), c - 1.5 * (c > a), d - 2 * (d > b)),
    )


def cell_by_cell(page):
    for row in range(3):
        for column in range(3):
            page.rect(LEFT + WIDTH * column, TOP - HEIGHT * (row + 1), WIDTH, HEIGHT)
    texts(page)


def one_path(page):
    path = page.beginPath()
    ruled(page, line=lambda a, b, c, d: (path.moveTo(a, b), path.lineTo(c, d)))
    page.drawPath(path)


def in_a_form(page):
    page.beginForm("table")
    ruled(page, left=0, top=3 * HEIGHT)  # a form shows nothing below its corner
    page.endForm()
    page.translate(LEFT, TOP - 3 * HEIGHT)
    page.doForm("table")


def open_sides(page):
    ruled(page, line=lambda a, b, c, d: None if a == c and a in (LEFT, LEFT + 3 * WIDTH) else page.line(a, b, c, d))


def dashed(page):
    page.setDash(3, 2)
    ruled(page)


def shuffled(page):
    ruled(page, (("",) * 3,) * 3)
    for row in (2, 0, 1):
        for column in (1, 2, 0):
            page.drawString(LEFT + WIDTH * column + 5, TOP - HEIGHT * (row + 1) + 10, TABLE[row][column])


def high_and_low(page):
    ruled(page, (("",) * 3,) * 3)
    for row, lift in enumerate((1, 22, 2)):
        texts(page, TABLE[row : row + 1], top=TOP - HEIGHT * row, lift=lift)


def bold_by_repetition(page):
    ruled(page)
    page.translate(0.4, 0)
    texts(page)


def with_invisible_text(page):
    ruled(page)
    text = page.beginText(LEFT + 50, TOP - 50)
    text.setTextRenderMode(3)
    text.textOut("999.99")
    page.drawText(text)


def with_white_text(page):
    ruled(page)
    page.setFillColor(white)
    page.drawString(LEFT + WIDTH + 50, TOP - 50, "999")


def with_text_painted_over(page):
    page.setFont("STSong-Light", 10)
    page.drawString(LEFT + 50, TOP - 50, "888.88")
    page.setFillColor(white)
    page.rect(LEFT + 40, TOP - 58, 45, 20, stroke=0, fill=1)
    page.setFillColor(black)
    ruled(page)


def white_on_dark(page):
    page.setFillColor(Color(0.1, 0.2, 0.5))
    page.rect(LEFT, TOP - HEIGHT, 3 * WIDTH, HEIGHT, stroke=0, fill=1)
    page.setFillColor(black)
    ruled(page, (("",) * 3, *TABLE[1:]))
    page.setFillColor(white)
    texts(page, TABLE[:1])


def under_white_lines(page):
    page.setStrokeColor(white)
    page.line(LEFT, TOP + 20, LEFT + 3 * WIDTH, TOP + 20)
    page.line(LEFT, TOP, LEFT, TOP + 20)
    page.setStrokeColor(black)
    ruled(page)


def watermarked(page):
    ruled(page)
    page.translate(LEFT, TOP - 90)
    page.rotate(30)
    page.drawString(20, 20, "仅供参考12.34")


@pytest.mark.parametrize(
    "draw",
    [
        filled_bars,
        doubled,
        missed_corners,
        cell_by_cell,
        one_path,
        in_a_form,
        open_sides,
        dashed,
        shuffled,
        high_and_low,
        bold_by_repetition,
        with_invisible_text,
        with_white_text,
        with_text_painted_over,
        white_on_dark,
        under_white_lines,
        watermarked,
    ],
)
def test_the_same_table_drawn_otherwise(tmp_path, draw):
    assert cell_texts(only_grid(drawn(tmp_path, draw))) == TABLE


def test_dots_of_level_lines_at_other_steps_make_no_upright_lines(tmp_path):
    """Square dots lie in both directions. Where every second line begins half a step later, as browsers draw them, the
    dots of all level lines together leave no gap in which an upright line could be told apart by its place."""

    def dotted(x0, y0, x1, y1):
        late = 0.75 * (round((760 - y0) / 30) % 2) if y0 == y1 else 0
        for step in range(round(max(x1 - x0, y1 - y0) / 1.5)):
            across, up = (1.5 * step + late, 0) if y0 == y1 else (0, 1.5 * step)
            page.rect(x0 + across, y0 + up, 0.75, 0.75, stroke=0, fill=1)

    page = canvas(tmp_path / "dots.pdf")
    ruled(page, line=dotted)
    page.save()
    assert cell_texts(only_grid(pdf.read(tmp_path / "dots.pdf"))) == TABLE


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_upright_with_places_as_shown(tmp_path, turn):
    def draw(page):
        page._pageRotation = turn  # reportlab swaps the sides of the page, so that it is shown upright
        page.translate(*{90: (842, 0), 180: (595, 842), 270: (0, 595)}[turn])
        page.rotate(turn)
        ruled(page, top=400)

    grid = only_grid(drawn(tmp_path, draw))
    assert cell_texts(grid) == TABLE
    assert grid.place.bbox == pytest.approx((100, 442, 370, 532), abs=0.6)


def test_numbers_that_narrow_cells_wrap_are_one_number(tmp_path):
    """A word processor leaves 5.4 points at each side: of a cell of 38, 25 are filled by five digits."""
    wrapped = ((106, 653, "20805"), (106, 640, "05"), (144, 653, "1234.5"), (144, 640, "6"), (182, 653, "养老"))

    def draw(page):
        for y in (700, 665, 630):
            page.line(100, y, 266, y)
        for x in (100, 138, 176, 266):
            page.line(x, 630, x, 700)
        for x, y, text in ((106, 688, "科目"), (144, 688, "合计"), (182, 688, "名称"), *wrapped):
            page.drawString(x, y, text)

    assert cell_texts(only_grid(drawn(tmp_path, draw)))[1] == ("2080505", "1234.56", "养老")


def test_merged_cells_span_and_wrapped_texts_join(tmp_path):
    def draw(page):
        for y in (700, 640, 610):
            page.line(100, y, 370, y)
        page.line(190, 670, 370, 670)
        for x, top in ((100, 700), (190, 700), (280, 670), (370, 700)):
            page.line(x, 610, x, top)
        page.drawString(110, 680, "机关事业单位基本")
        page.drawString(110, 665, "养老保险缴费")
        page.drawString(200, 680, "决算数")
        page.drawString(200, 650, "合计")
        page.drawString(290, 620, "1,234.56")

    grid = only_grid(drawn(tmp_path, draw))
    assert cell_texts(grid) == (
        ("机关事业单位基本养老保险缴费", "决算数", None),
        (None, "合计", ""),
        ("", "", "1,234.56"),
    )
    assert [(cell.rows, cell.cols) for cell in grid.cells[0] if cell] == [(2, 1), (1, 2)]


def test_two_numbers_of_one_cell_are_not_glued(tmp_path):
    def draw(page):
        ruled(page, (("项目", "金额"), ("", "")))
        page.drawString(LEFT + WIDTH + 5, TOP - 43, "12.34")
        page.drawString(LEFT + WIDTH + 5, TOP - 56, "56.78")

    text = only_grid(drawn(tmp_path, draw)).cells[1][1].text
    assert text == "12.34\n56.78"


def test_a_number_wrapped_by_a_narrow_cell_is_whole(tmp_path):
    def draw(page):
        ruled(page, (("项目", "金额"), ("", "")))
        page.setFont("STSong-Light", 15)
        page.drawString(LEFT + WIDTH + 2, TOP - 43, "1,234,567,89")
        page.drawString(LEFT + WIDTH + 2, TOP - 58, "0.12")

    assert only_grid(drawn(tmp_path, draw)).cells[1][1].text == "1,234,567,890.12"


def test_lines_around_a_table_are_its_context(tmp_path):
    def draw(page):
        page.drawString(250, 760, "支出决算表")
        page.drawString(300, 720, "单位：万元")
        ruled(page)
        page.drawString(100, 590, "注：本表反映本年度支出。")
        ruled(page, top=500)

    document = drawn(tmp_path, draw)
    assert [grid.before for grid in document.grids] == [("支出决算表", "单位：万元"), ("注：本表反映本年度支出。",)]
    assert document.grids[0].after == ("注：本表反映本年度支出。",)
    assert "264.87" not in "".join(one.text for one in document.paragraphs)


def test_frames_charts_and_underlines_are_no_tables(tmp_path):
    def draw(page):
        page.rect(50, 50, 495, 742)  # a frame around the page
        page.rect(100, 600, 200, 60)
        page.drawString(110, 630, "说明文字")
        page.line(100, 500, 200, 500)
        for x in range(100, 400, 20):  # the mesh of a chart holds no text
            page.line(x, 100, x, 300)
        for y in range(100, 320, 20):
            page.line(100, y, 380, y)

    document = drawn(tmp_path, draw)
    assert document.grids == ()
    assert [one.text for one in document.paragraphs] == ["说明文字"]


def test_a_table_whose_page_has_lost_its_text_is_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(scan, "available", lambda: False)

    def draw(page):
        ruled(page)
        page.showPage()
        ruled(page, (("",) * 3,) * 3)  # blank rows that end a table are nothing that was lost
        page.showPage()
        ruled(page, (("",) * 3,) * 15)

    document = drawn(tmp_path, draw)
    assert [(part.what, part.place.page) for part in document.unread] == [("page", 3)]
    assert len(document.grids) == 1


def test_a_page_without_anything_is_empty(tmp_path):
    document = drawn(tmp_path, lambda page: page.showPage())
    assert (document.grids, document.paragraphs, document.problems, document.format) == ((), (), (), "pdf")


def test_a_shape_clipped_to_another_place_hides_nothing(tmp_path):
    def draw(page):
        ruled(page)
        page.saveState()
        clip = page.beginPath()
        clip.rect(50, 50, 20, 20)
        page.clipPath(clip, stroke=0)
        page.setFillColor(white)
        page.rect(0, 0, 595, 842, stroke=0, fill=1)
        page.restoreState()

    assert cell_texts(only_grid(drawn(tmp_path, draw))) == TABLE
