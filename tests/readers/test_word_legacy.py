"""Old Word files: converted where LibreOffice is installed, else refused with what to do."""

import shutil

import pytest

from fiscal.errors import FileRefused
from fiscal.readers.html import html
from fiscal.readers.registry import claiming
from fiscal.readers.word import legacy as word_legacy
from fiscal.readers.word import word
from tests.readers.containers import container


def test_old_word_is_refused_without_libreoffice(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    path = tmp_path / "old.doc"
    path.write_bytes(container("WordDocument"))
    assert word.can_read(path)
    with pytest.raises(FileRefused) as refused:
        word.read(path)
    assert "LibreOffice is not installed" in str(refused.value) and "save it as .docx" in str(refused.value)


def test_a_conversion_is_read_under_the_name_of_the_original(tmp_path, monkeypatch):
    from tests.readers.papers import new, save

    document = new()
    document.add_paragraph("支出1.00万元。")
    ready = save(document, tmp_path / "ready.docx")
    office = tmp_path / "soffice"
    office.write_text(
        "#!/bin/sh\nwhile [ $# -gt 0 ]; do case $1 in --outdir) shift; out=$1;; esac; shift; done\n"
        f'cp "{ready}" "$out/source.docx"\n'
    )
    office.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(office))
    path = tmp_path / "old.doc"
    path.write_bytes(container("WordDocument"))
    raw = word.read(path)
    assert (raw.path, raw.format, raw.paragraphs[0].place.document) == (str(path), "doc", "old.doc")


def test_a_conversion_that_hangs_or_writes_nothing_is_refused(tmp_path, monkeypatch):
    office = tmp_path / "soffice"
    office.write_text("#!/bin/sh\nexec sleep 60\n")
    office.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(office))
    monkeypatch.setattr(word_legacy, "SECONDS", 0.2)
    path = tmp_path / "old.doc"
    path.write_bytes(container("WordDocument"))
    with pytest.raises(FileRefused, match="longer than"):
        word.read(path)
    office.write_text("#!/bin/sh\nexit 1\n")
    monkeypatch.setattr(word_legacy, "SECONDS", 20)
    with pytest.raises(FileRefused, match="could not be converted"):
        word.read(path)


def test_a_page_and_a_workbook_under_the_name_of_a_doc_are_left_to_their_readers(tmp_path):
    page = tmp_path / "page.doc"
    page.write_text("<html><body><p>支出1.00万元。</p></body></html>", encoding="utf-8")
    assert not word.can_read(page) and html.can_read(page)
    book = tmp_path / "book.doc"
    book.write_bytes(container("Workbook"))
    assert not word.can_read(book)


def test_a_style_that_is_called_book_makes_no_workbook(tmp_path):
    """Word keeps a style “Book Title” in its files: the words of a container are no streams."""
    path = tmp_path / "a.doc"
    path.write_bytes(container("WordDocument", text="Book Title\0Workbook\0"))
    assert [reader.__name__ for reader in claiming(path)] == ["fiscal.readers.word.word"]
