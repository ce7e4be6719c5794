"""Bad PDFs: refused with a sentence, in bounded time; a page that fails does not lose the others."""

import re
import time
import zlib

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from fiscal.errors import FileRefused
from fiscal.readers.pdf import limits as pdf_limits
from fiscal.readers.pdf import pdf
from fiscal.readers.pdf import strokes as pdf_strokes
from tests.readers.pdf_maker import TABLE, canvas, cell_texts, printed, ruled

HEAD, FOOT = b"%PDF-1.7\n", b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def raw_pdf(tmp_path, *objects: bytes, box: bytes = b"0 0 595 842"):
    """A PDF with one page whose content is object 4; further objects follow from number 5."""
    first = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
    )
    body = b"".join(b"%d 0 obj%s\nendobj\n" % (number, one) for number, one in enumerate((*first, *objects), 1))
    path = tmp_path / "a.pdf"
    path.write_bytes(HEAD + body + FOOT)
    return path


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), entries, packed)


def refused(path) -> str:
    start = time.monotonic()
    with pytest.raises(FileRefused) as caught:
        pdf.read(path)
    assert time.monotonic() - start < 10
    return str(caught.value)


def test_a_password_is_named(tmp_path):
    page = canvas(tmp_path / "a.pdf", encrypt=StandardEncryption("secret", canPrint=0))
    ruled(page)
    page.save()
    assert "encrypted" in refused(tmp_path / "a.pdf")


def test_a_pdf_protected_against_changes_only_is_read(tmp_path):
    page = canvas(tmp_path / "a.pdf", encrypt=StandardEncryption("", ownerPassword="owner", canModify=0))
    ruled(page)
    page.save()
    assert cell_texts(pdf.read(tmp_path / "a.pdf").grids[0]) == TABLE


def test_a_truncated_file_is_refused(tmp_path):
    page = canvas(tmp_path / "a.pdf")
    ruled(page)
    page.save()
    data = (tmp_path / "a.pdf").read_bytes()
    (tmp_path / "a.pdf").write_bytes(data[: len(data) // 2])
    assert "truncated" in refused(tmp_path / "a.pdf")


def test_garbage_between_head_and_end_is_refused(tmp_path):
    (tmp_path / "a.pdf").write_bytes(HEAD + b"\x00garbage" * 500 + b"%%EOF")
    assert "damaged" in refused(tmp_path / "a.pdf")


def test_what_is_no_pdf_is_not_claimed(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"PK\x03\x04 a workbook")
    assert not pdf.can_read(tmp_path / "a.pdf")
    assert "not a PDF" in refused(tmp_path / "a.pdf")


def test_a_stream_that_unpacks_without_end_is_refused(tmp_path):
    bomb = stream(b"0 0 m 9 9 l S\n" * (pdf_limits.MAX_STREAM // 13))
    assert "unpacks" in refused(raw_pdf(tmp_path, bomb))


def test_data_packed_twice_is_refused(tmp_path):
    twice = zlib.compress(zlib.compress(b" " * 10_000_000))
    content = b"<</Length %d/Filter[/FlateDecode /FlateDecode]>>\nstream\n%s\nendstream" % (len(twice), twice)
    assert "packed twice" in refused(raw_pdf(tmp_path, content))


def test_forms_inside_forms_without_bound_are_refused(tmp_path):
    def form(number):
        calls = b"/G Do " * 10 if number < 16 else b"0 0 9 9 re f "
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</G %d 0 R>>>>" % (number + 1)
        return stream(calls, entries)

    forms = [form(number) for number in range(5, 17)]
    assert "forms inside forms" in refused(raw_pdf(tmp_path, stream(b"/F Do " * 10), *forms))


def test_a_gigantic_page_is_refused(tmp_path):
    assert "90000 × 90000 点" in refused(raw_pdf(tmp_path, stream(b"0 0 9 9 re f"), box=b"0 0 90000 90000"))


def test_a_page_that_draws_too_much_is_named_and_the_others_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_strokes, "MAX_OBJECTS", 40)
    page = canvas(tmp_path / "a.pdf")
    printed(page, ["第一页"])
    page.showPage()
    for number in range(60):
        page.rect(number, number, 50, 50)
    page.showPage()
    ruled(page)
    page.save()
    document = pdf.read(tmp_path / "a.pdf")
    assert [grid.place.page for grid in document.grids] == [3]
    assert [one.text for one in document.paragraphs] == ["第一页"]
    (part,) = document.unread
    assert (part.what, part.place.page) == ("page", 2) and re.match(r"这一页不能读（画了 \d+ 个对象", part.reason)


def test_reading_stops_at_its_time_limit(tmp_path, monkeypatch):
    page = canvas(tmp_path / "a.pdf")
    printed(page, ["第一页"])
    page.showPage()
    printed(page, ["第二页"])
    page.save()
    ticks = iter([0.0, 1.0, pdf_limits.MAX_SECONDS + 1])
    monkeypatch.setattr(pdf.time, "monotonic", lambda: next(ticks))
    document = pdf.read(tmp_path / "a.pdf")
    assert [one.text for one in document.paragraphs] == ["第一页"]
    (part,) = document.unread
    assert part.place.page == 2 and part.reason.startswith("读到这里已满60秒，从这一页起未读")


def test_a_file_beyond_the_size_limit_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_limits, "MAX_BYTES", 100)
    (tmp_path / "a.pdf").write_bytes(HEAD + b" " * 200)
    assert "larger than" in refused(tmp_path / "a.pdf")
