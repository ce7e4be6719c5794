"""The picture of a fact shows the right part of the right page, with the fact marked."""

import os

import numpy as np
import pytest
from PIL import Image

from fiscal.errors import FileRefused
from fiscal.readers.pdf import page_image, pdf
from tests.readers.pdf_maker import canvas, printed, ruled


@pytest.fixture
def document(tmp_path):
    page = canvas(tmp_path / "a.pdf")
    ruled(page)
    page.showPage()
    printed(page, ["本年收入307.82万元，支出264.87万元。"])
    page.save()
    return tmp_path / "a.pdf"


def tinted(picture):
    """The box of the marked part in pixels: where blue is much weaker than red."""
    pixels = np.asarray(picture).astype(int)
    rows, columns = np.nonzero(pixels[..., 0] - pixels[..., 2] > 100)
    return columns.min(), rows.min(), columns.max(), rows.max()


def test_the_region_of_a_cell_is_marked(document):
    cell = pdf.read(document).grids[0].cells[1][2]
    picture = page_image.region(document, 1, cell.place.bbox, margin=10)
    # the cell is 90 × 30 points; 50 points of margin to the sides, 10 above and below, two pixels a point
    assert picture.size == pytest.approx((380, 100), abs=4)
    assert tinted(picture) == pytest.approx((97, 17, 283, 83), abs=5)


def test_a_whole_page_without_marks(document):
    picture = page_image.region(document, 2)
    assert picture.size == (1190, 1684)
    assert np.asarray(picture).min() < 100  # there is ink
    assert np.array_equal(*(np.asarray(picture)[..., one] for one in (0, 2)))


def test_the_number_of_a_statement_is_found_in_its_line(document):
    paragraph = pdf.read(document).paragraphs[0]
    line = paragraph.boxes[0][3]
    spot = page_image.spot(document, 2, line, "264.87")
    assert line[0] < spot[0] < spot[2] < line[2]
    assert spot[0] > page_image.spot(document, 2, line, "307.82")[2]
    assert page_image.spot(document, 2, line, "999.99") is None
    assert page_image.spot(document, 1, line, "307.82") is None


def test_a_region_at_the_edge_stays_on_the_page(document):
    assert page_image.region(document, 1, (580, 830, 595, 842)).size == pytest.approx((510, 120), abs=2)


def test_a_replaced_file_is_opened_again(document):
    page_image.region(document, 2)
    page = canvas(document)
    ruled(page)
    page.save()
    os.utime(document, (1, 1))
    with pytest.raises(FileRefused, match="has no page 2"):
        page_image.region(document, 2)


def test_a_file_that_is_gone_is_named(tmp_path):
    with pytest.raises(FileRefused, match="cannot be opened"):
        page_image.region(tmp_path / "gone.pdf", 1)


def test_a_gigantic_page_is_shown_small(tmp_path):
    page = canvas(tmp_path / "a.pdf")
    page.setPageSize((14_000, 14_000))
    page.rect(100, 100, 5_000, 5_000, fill=1)
    page.save()
    picture = page_image.region(tmp_path / "a.pdf", 1)
    assert picture.width * picture.height <= page_image.MAX_PIXELS * 1.01


def test_a_picture_file_shows_its_region(tmp_path):
    Image.new("RGB", (1190, 1684), "white").save(tmp_path / "a.png")
    picture = page_image.region(tmp_path / "a.png", 1, (100, 100, 200, 150), margin=20)
    assert picture.size == pytest.approx((600, 180), abs=2)
