"""PDF files: ruled tables as grids, narrative as paragraphs, page by page."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium

from fiscal.errors import FileRefused
from fiscal.model.cells import Place
from fiscal.readers.grid import RawDocument
from fiscal.readers.pdf import scan
from fiscal.readers.pdf.limits import MAX_SCANNED, MAX_SECONDS, opened
from fiscal.readers.pdf.pdf_document import put_together
from fiscal.readers.pdf.pdf_page import Page, read_page
from fiscal.readers.pdf.strokes import PageRefused

_HEAD = 1024  # bytes within which %PDF- has to stand


def can_read(path: str | Path) -> bool:
    """Whether the file calls itself a PDF, whatever its name ends in."""
    with Path(path).open("rb") as file:
        return b"%PDF-" in file.read(_HEAD)


def read(path: str | Path) -> RawDocument:
    """All grids and paragraphs of a PDF; pages that are pictures by OCR where the extra `ocr` is installed.

    The format is "scan" where pictures hold what the document says. A page that fails alone becomes one of `problems`.
    Errors: FileRefused when it is encrypted, damaged, oversized, or no page of it can be read.
    """
    path = Path(path)
    with opened(path) as document:
        read_ones, problems = _pages(document, path.name)
        if not read_ones:
            raise FileRefused(path.name, problems[0], "open it in a PDF reader and save it again")
        pages, unread = _recognised(document, read_ones, path.name)
    pictures = sum(page.image for page in read_ones)
    is_scan = pictures > len(read_ones) / 2 or (pictures > 0 and not any(page.grids for page in read_ones))
    return put_together(pages, path, problems + unread, "scan" if is_scan else "pdf")


def _pages(document: pdfium.PdfDocument, name: str) -> tuple[list[Page], list[str]]:
    pages, problems = [], []
    until = time.monotonic() + MAX_SECONDS
    for number in range(1, len(document) + 1):
        if time.monotonic() > until:
            problems.append(f"{name}: from page {number} on nothing was read, the limit is {MAX_SECONDS:.0f} seconds")
            break
        try:
            with _page(document, number) as page:
                pages.append(read_page(page, Place(document=name, page=number)))
        except (PageRefused, pdfium.PdfiumError) as error:
            problems.append(f"{name}: page {number} could not be read: {error}")
    return pages, problems


@contextmanager
def _page(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    page = document[number - 1]
    try:
        yield page
    finally:
        page.close()


def _recognised(document: pdfium.PdfDocument, pages: list[Page], name: str) -> tuple[list[Page], list[str]]:
    """The pages with those that are pictures recognised, and a sentence about those that are not."""
    pictures = [page.number for page in pages if page.image]
    wanted = [page for page in pages if page.image or page.layer is not None][:MAX_SCANNED] if scan.available() else []
    done = {page.number: _by_ocr(document, page, name) for page in wanted}
    gaps = [str(page.number) for page in pages if page.layer is not None and page.number not in done]
    left = [str(number) for number in pictures if number not in done]
    reason = f"more than {MAX_SCANNED} scanned pages are not read" if done else scan.NEEDS_EXTRA
    unread = [f"{name}: {_listed(left)} of pictures without text — {reason}"] if left else []
    if gaps:
        unread.append(f"{name}: p. {', '.join(gaps)}: the picture shows writing that its text layer lacks — {reason}")
    return [done.get(page.number, page) for page in pages], unread


def _by_ocr(document: pdfium.PdfDocument, page: Page, name: str) -> Page:
    with _page(document, page.number) as sheet:
        width, height = sheet.get_size()
        scale = min(scan.DPI / 72, (scan.MAX_PIXELS / (width * height)) ** 0.5)
        picture = sheet.render(scale=scale).to_pil().convert("RGB")
    layer = page.layer if page.frame.shown == page.frame.read else None
    return scan.read_picture(np.asarray(picture), 1 / scale, Place(document=name, page=page.number), layer=layer)


def _listed(numbers: list[str]) -> str:
    return f"page {numbers[0]} consists" if len(numbers) == 1 else f"pages {', '.join(numbers)} consist"
