"""Pages that are pictures: recognised with the extra `ocr`, named in one sentence without it."""

from pathlib import Path

import pytest
from PIL import Image

from fiscal.errors import FileRefused
from fiscal.readers.pdf import pdf, scan
from fiscal.readers.pdf.limits import opened
from tests.readers.pdf_maker import TABLE, canvas, cell_texts, printed, ruled

SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "shgzb-2024-final.pdf"
with_ocr = pytest.mark.skipif(not scan.available(), reason="the extra ocr is not installed")


def picture(path: Path, page: int, dpi: float = 200.0) -> Image.Image:
    with opened(path) as document:
        return document[page - 1].render(scale=dpi / 72).to_pil().convert("RGB")


@pytest.fixture
def scanned(tmp_path):
    """A PDF of two pictures: a title and a table, and a line of text."""
    page = canvas(tmp_path / "a.pdf")
    page.setFont("STSong-Light", 16)
    page.drawString(180, 740, "支出决算表")
    ruled(page)
    page.showPage()
    printed(page, ["本年收入合计307.82万元。"], size=14)
    page.save()
    pages = [picture(pdf_path(page), number) for number in (1, 2)]
    pages[0].save(tmp_path / "scan.pdf", save_all=True, append_images=pages[1:], resolution=200)
    return tmp_path / "scan.pdf"


def pdf_path(page) -> Path:
    return Path(page._filename)


@with_ocr
def test_a_scan_gives_the_same_table_with_its_confidence(scanned):
    document = pdf.read(scanned)
    assert (document.format, document.problems) == ("scan", ())
    grid = document.grids[0]
    assert cell_texts(grid) == TABLE
    assert grid.before == ("支出决算表",)
    assert all(0.5 <= cell.confidence <= 1 for row in grid.cells for cell in row)
    assert grid.cells[1][2].place.bbox == pytest.approx((280, 172, 370, 202), abs=2)
    assert document.paragraphs[-1].text == "本年收入合计307.82万元。"
    assert document.paragraphs[-1].place.page == 2


def test_without_the_extra_there_is_one_sentence(scanned, monkeypatch):
    monkeypatch.setattr(scan, "available", lambda: False)
    document = pdf.read(scanned)
    assert (document.format, document.grids, document.paragraphs) == ("scan", (), ())
    assert [(part.what, part.place.page) for part in document.unread] == [("page", 1), ("page", 2)]
    assert all("这一页是图片，没有文字；读扫描件要安装附加组件 ocr" in part.reason for part in document.unread)


def test_a_picture_file_without_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(scan, "available", lambda: False)
    Image.new("RGB", (300, 400), "white").save(tmp_path / "a.png")
    assert scan.can_read(tmp_path / "a.png")
    (part,) = scan.read(tmp_path / "a.png").unread
    assert part.reason.startswith("这个文件是图片；读扫描件要安装附加组件 ocr")


def test_a_page_of_text_beside_scans_keeps_its_text(scanned, tmp_path, monkeypatch):
    monkeypatch.setattr(scan, "available", lambda: False)
    page = canvas(tmp_path / "mixed.pdf")
    ruled(page)
    page.showPage()
    page.drawImage(str(saved(picture(scanned, 2), tmp_path)), 0, 0, 595, 842)
    page.drawString(290, 30, "- 2 -")  # a stamped page number does not make a scan a text
    page.save()
    document = pdf.read(tmp_path / "mixed.pdf")
    assert document.format == "pdf"
    assert cell_texts(document.grids[0]) == TABLE
    assert [(part.what, part.place.page) for part in document.unread] == [("page", 2)]


def saved(image: Image.Image, folder: Path) -> Path:
    image.save(folder / "page.png")
    return folder / "page.png"


def test_a_damaged_picture_is_refused(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"no picture")
    with pytest.raises(FileRefused, match="damaged"):
        scan.read(tmp_path / "a.png")


def test_a_gigantic_picture_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(scan, "MAX_PIXELS", 1000)
    Image.new("RGB", (300, 400), "white").save(tmp_path / "a.png")
    with pytest.raises(FileRefused, match="more than 1,000 pixels"):
        scan.read(tmp_path / "a.png")


@with_ocr
def test_an_empty_picture_is_an_empty_page(tmp_path):
    Image.new("RGB", (600, 800), "white").save(tmp_path / "a.png")
    document = scan.read(tmp_path / "a.png")
    assert (document.grids, document.paragraphs, document.problems) == ((), (), ())


@with_ocr
@pytest.mark.samples
@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared samples are not present")
def test_two_pages_of_a_real_document_lose_no_cell(tmp_path):
    known = {grid.place.page: cell_texts(grid) for grid in pdf.read(SAMPLE).grids}
    for number in (5, 6):
        turned = picture(SAMPLE, number, dpi=150).rotate(0.6 * (number - 5), fillcolor="white", resample=Image.BICUBIC)
        grids = scan.read(saved(turned, tmp_path)).grids
        assert [cell_texts(grid) for grid in grids] == [known[number]]


def test_an_invisible_text_layer_over_a_scan_is_not_read_as_print(scanned, tmp_path, monkeypatch):
    monkeypatch.setattr(scan, "available", lambda: False)
    page = canvas(tmp_path / "layer.pdf")
    page.drawImage(str(saved(picture(scanned, 1), tmp_path)), 0, 0, 595, 842)
    text = page.beginText(100, 600)
    text.setTextRenderMode(3)
    text.textOut("收入307.62万元" * 6)
    page.drawText(text)
    page.save()
    document = pdf.read(tmp_path / "layer.pdf")
    assert (document.format, document.paragraphs) == ("scan", ())
