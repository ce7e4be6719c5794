"""A page says what a person sees on it: hidden text, watermarks, seals and overprinting are no text of its tables."""

import pytest

from fiscal.errors import FileRefused
from fiscal.readers.pdf import pdf
from fiscal.readers.pdf.form_calls import draws_itself
from tests.readers.pdf_maker import FONT, HEIGHT, LEFT, TABLE, TOP, WIDTH, canvas, cell_texts, ruled, texts


def read(tmp_path, *draws):
    page = canvas(tmp_path / "a.pdf")
    for draw in draws:
        page.saveState()
        draw(page)
        page.restoreState()
    page.save()
    grids = pdf.read(tmp_path / "a.pdf").grids
    assert len(grids) == 1
    return cell_texts(grids[0])


def older_amounts_in_white(page):
    page.setFillGray(1)
    texts(page, [[text.replace("7", "3") for text in row] for row in TABLE])


def pale_dates_everywhere(page):
    page.setFillGray(0.85)
    page.setFont(FONT, 9)
    for row in range(12):
        for column in range(4):
            page.drawString(60 + 130 * column, TOP + 40 - 23 * row, "内部 2019-03-07")


def pale_line_across(page):
    page.setFillColorRGB(0.2, 0.2, 0.2, alpha=0.15)
    page.setFont(FONT, 44)
    page.drawString(LEFT - 10, TOP - 62, "某区财政 2019")


def red_seal(page):
    page.setStrokeColorRGB(0.9, 0, 0)
    page.setFillColorRGB(0.9, 0, 0)
    page.circle(LEFT + 2 * WIDTH, TOP - 45, 50)
    page.setFont(FONT, 9)
    page.drawString(LEFT + 2 * WIDTH - 32, TOP - 48, "4401128800316")
    page.drawString(LEFT + 2 * WIDTH - 20, TOP - 62, "专用章")


def number_in_a_ring(page):
    page.setStrokeColorRGB(0.8, 0.1, 0.1)
    page.setFillColorRGB(0.8, 0.1, 0.1)
    page.circle(LEFT + 2.5 * WIDTH, TOP - 45, 40)
    page.setFont(FONT, 9)
    page.drawString(LEFT + 2 * WIDTH + 40, TOP - 27, "77312")


def outside_a_clip(page):
    path = page.beginPath()
    path.rect(0, 0, 50, 50)
    page.clipPath(path, stroke=0)
    page.setFont(FONT, 10)
    page.drawString(LEFT + WIDTH + 5, TOP - HEIGHT - 20, "999.99")


@pytest.mark.parametrize(
    "laid",
    [older_amounts_in_white, pale_dates_everywhere, pale_line_across, red_seal, number_in_a_ring, outside_a_clip],
)
@pytest.mark.parametrize("first", [True, False])
def test_what_is_laid_over_or_under_a_table_is_not_in_it(tmp_path, laid, first):
    assert read(tmp_path, *([laid, ruled] if first else [ruled, laid])) == TABLE


def test_red_and_grey_amounts_of_a_table_stay(tmp_path):
    def coloured(page):
        ruled(page, [("科目", "合计", "基本支出"), ("", "264.87", ""), ("合计", "307.82", "105.58")])
        page.setFillColorRGB(0.9, 0, 0)
        page.drawString(LEFT + 2 * WIDTH + 5, TOP - 50, "-62.63")
        page.setFillGray(0.6)
        page.drawString(LEFT + 5, TOP - 50, "201")

    assert read(tmp_path, coloured)[1] == ("201", "264.87", "-62.63")


def test_two_numbers_printed_over_each_other_are_none(tmp_path):
    def corrected(page):
        page.setFont(FONT, 10)
        page.drawString(LEFT + WIDTH + 5, TOP - 2 * HEIGHT + 10, "291.87")

    found = read(tmp_path, ruled, corrected)
    assert found[1][1] == "2\ufffd\ufffd.87" and found[2] == TABLE[2]


def test_a_number_cut_by_a_clip_is_unknown(tmp_path):
    def cut(page):
        ruled(page, [("科目", "合计", "基本支出"), ("201", "", "62.63"), ("合计", "307.82", "105.58")])
        path = page.beginPath()
        path.rect(LEFT + WIDTH + 22, 0, 200, 842)
        page.clipPath(path, stroke=0)
        page.drawString(LEFT + WIDTH + 5, TOP - 50, "1264.87")

    assert "\ufffd" in read(tmp_path, cut)[1][1]


def cells_of_colour(page):
    page.setFillGray(0.9)
    for row in range(3):
        for column in range(3):
            page.rect(LEFT + WIDTH * column, TOP - HEIGHT * (row + 1), WIDTH - 1.5, HEIGHT - 1.5, stroke=0, fill=1)
    page.setFillGray(0)
    texts(page)


def white_cells_on_grey(page):
    page.setFillGray(0.6)
    page.rect(LEFT - 2, TOP - 3 * HEIGHT - 2, 3 * WIDTH + 3, 3 * HEIGHT + 3, stroke=0, fill=1)
    page.setFillGray(1)
    for row in range(3):
        for column in range(3):
            page.rect(LEFT + WIDTH * column, TOP - HEIGHT * (row + 1), WIDTH - 1, HEIGHT - 1, stroke=0, fill=1)
    page.setFillGray(0)
    texts(page)


def borders_of_dots(page):
    def dots(x0, y0, x1, y1):
        long = max(abs(x1 - x0), abs(y1 - y0))
        for at in range(0, int(long) + 1, 5):
            page.rect(x0 + (x1 - x0) * at / long, y0 + (y1 - y0) * at / long, 0.6, 0.6, stroke=0, fill=1)

    ruled(page, line=dots)


@pytest.mark.parametrize("draw", [cells_of_colour, white_cells_on_grey, borders_of_dots])
def test_cells_without_lines_are_cells(tmp_path, draw):
    assert read(tmp_path, draw) == TABLE


def test_a_form_that_draws_itself_is_refused_before_it_is_drawn(tmp_path):
    one = b"5 0 obj<</Subtype/Form/Resources<</XObject<</B 6 0 R>>>>>>stream\nendstream endobj "
    two = b"6 0 obj<</Subtype/Form/Resources 7 0 R>>stream\nendstream endobj 7 0 obj<</XObject 8 0 R>>endobj "
    assert draws_itself(one + two + b"8 0 obj<</A 5 0 R>>endobj")
    assert not draws_itself(one + two + b"8 0 obj<</A 9 0 R>>endobj")
    path = tmp_path / "self.pdf"
    path.write_bytes(b"%PDF-1.7\n" + one + two + b"8 0 obj<</A 5 0 R>>endobj\nstartxref\n0\n%%EOF")
    with pytest.raises(FileRefused, match="draws itself"):
        pdf.read(path)


def test_a_number_painted_over_an_older_one_counts_alone(tmp_path):
    def corrected(page):
        left, bottom = LEFT + WIDTH, TOP - 2 * HEIGHT
        page.setFont(FONT, 10)
        page.drawString(left + 7, bottom + 10, "198.53")
        page.setFillGray(1)
        page.rect(left + 1, bottom + 1, WIDTH - 2, HEIGHT - 2, stroke=0, fill=1)
        page.setFillGray(0)
        page.drawString(left + 5, bottom + 10, "264.87")

    blank = [[text if text != "264.87" else "" for text in row] for row in TABLE]
    assert read(tmp_path, lambda page: ruled(page, blank), corrected) == TABLE
