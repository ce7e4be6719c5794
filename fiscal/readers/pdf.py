"""PDF files: ruled tables as grids, narrative as paragraphs, page by page."""

from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium

from fiscal.errors import FileRefused
from fiscal.model.cells import Place
from fiscal.readers.grid import RawDocument, RawGrid
from fiscal.readers.pdf_furniture import without_page_numbers
from fiscal.readers.pdf_lines import Line
from fiscal.readers.pdf_page import Page, read_page
from fiscal.readers.pdf_text import in_order, paragraphs

_HEAD = 1024  # bytes within which %PDF- has to stand
_BEFORE, _AFTER = 40, 15  # lines kept around a grid


def can_read(path: str | Path) -> bool:
    """Whether the file calls itself a PDF, whatever its name ends in."""
    with Path(path).open("rb") as file:
        return b"%PDF-" in file.read(_HEAD)


def read(path: str | Path) -> RawDocument:
    """All grids and paragraphs of a PDF.

    Errors: FileRefused when it is encrypted, damaged or oversized. A page that fails becomes one of `problems`.
    """
    path = Path(path)
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise FileRefused(path.name, f"the PDF cannot be opened ({error})", "open it once and save it again") from error
    with document:
        pages, problems = _pages(document, path.name)
    pages = without_page_numbers(pages)
    return RawDocument(str(path), "pdf", tuple(with_context(pages)), tuple(paragraphs(pages, path.name)), (), problems)


def _pages(document: pdfium.PdfDocument, name: str) -> tuple[list[Page], tuple[str, ...]]:
    pages = []
    for number in range(len(document)):
        page = document[number]
        pages.append(read_page(page, Place(document=name, page=number + 1)))
        page.close()
    return pages, ()


def with_context(pages: list[Page]) -> list[RawGrid]:
    """The grids of all pages, each with the lines of text before and after it, across pages."""
    found: list[RawGrid] = []
    gap: list[str] = []
    for thing in (thing for page in pages for thing in in_order(page)):
        if isinstance(thing, Line):
            gap.append(thing.text)
        else:
            found = _ended(found, gap)
            found.append(replace(thing, before=tuple(gap[-_BEFORE:])))
            gap = []
    return _ended(found, gap)


def _ended(found: list[RawGrid], gap: list[str]) -> list[RawGrid]:
    return [*found[:-1], replace(found[-1], after=tuple(gap[:_AFTER]))] if found else []
