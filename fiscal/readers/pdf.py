"""PDF files: ruled tables as grids, narrative as paragraphs, page by page."""

import time
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium

from fiscal.errors import FileRefused
from fiscal.model.cells import Place
from fiscal.readers.grid import RawDocument, RawGrid
from fiscal.readers.pdf_furniture import without_page_numbers
from fiscal.readers.pdf_limits import MAX_SECONDS, opened
from fiscal.readers.pdf_lines import Line
from fiscal.readers.pdf_page import Page, read_page
from fiscal.readers.pdf_strokes import PageRefused
from fiscal.readers.pdf_text import in_order, paragraphs

_HEAD = 1024  # bytes within which %PDF- has to stand
_BEFORE, _AFTER = 40, 15  # lines kept around a grid


def can_read(path: str | Path) -> bool:
    """Whether the file calls itself a PDF, whatever its name ends in."""
    with Path(path).open("rb") as file:
        return b"%PDF-" in file.read(_HEAD)


def read(path: str | Path) -> RawDocument:
    """All grids and paragraphs of a PDF.

    Errors: FileRefused when it is encrypted, damaged, oversized, or no page of it can be read. A page that fails
    alone becomes one of `problems`.
    """
    path = Path(path)
    with opened(path) as document:
        pages, problems = _pages(document, path.name)
    if not pages:
        raise FileRefused(path.name, problems[0], "open it in a PDF reader and save it again")
    return put_together(pages, path, problems)


def put_together(pages: list[Page], path: Path, problems: list[str], format_name: str = "pdf") -> RawDocument:
    """The pages of a document as one."""
    pages = without_page_numbers(pages)
    grids, texts = tuple(with_context(pages)), tuple(paragraphs(pages, path.name))
    return RawDocument(str(path), format_name, grids, texts, problems=tuple(problems))


def _pages(document: pdfium.PdfDocument, name: str) -> tuple[list[Page], list[str]]:
    pages, problems = [], []
    until = time.monotonic() + MAX_SECONDS
    for number in range(1, len(document) + 1):
        if time.monotonic() > until:
            problems.append(f"第{number}页以后未读取：读取时间超过{MAX_SECONDS:.0f}秒")
            break
        try:
            pages.append(_page(document, Place(document=name, page=number)))
        except (PageRefused, pdfium.PdfiumError) as error:
            problems.append(f"第{number}页无法读取：{error}")
    return pages, problems


def _page(document: pdfium.PdfDocument, place: Place) -> Page:
    page = document[(place.page or 1) - 1]
    try:
        return read_page(page, place)
    finally:
        page.close()


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
