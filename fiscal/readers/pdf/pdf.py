"""PDF files: ruled tables as grids, narrative as paragraphs, page by page."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium

from fiscal.errors import FileRefused
from fiscal.model.cells import Place
from fiscal.model.unread import PAGE, Unread
from fiscal.readers.grid import RawDocument
from fiscal.readers.pdf import scan
from fiscal.readers.pdf.limits import MAX_SCANNED, MAX_SECONDS, opened
from fiscal.readers.pdf.pdf_document import put_together
from fiscal.readers.pdf.pdf_page import Page, read_page
from fiscal.readers.pdf.strokes import PageRefused

_PICTURE, _GAPS = "这一页是图片，没有文字；", "这一页的图片上有文字层没有的字；"
_HEAD = 1024  # bytes within which %PDF- has to stand


def can_read(path: str | Path) -> bool:
    """Whether the file calls itself a PDF, whatever its name ends in."""
    with Path(path).open("rb") as file:
        return b"%PDF-" in file.read(_HEAD)


def read(path: str | Path) -> RawDocument:
    """All grids and paragraphs of a PDF; pages that are pictures by OCR where the extra `ocr` is installed.

    The format is "scan" where pictures hold what the document says. A page that fails alone is unread.
    Errors: FileRefused when it is encrypted, damaged, oversized, or no page of it can be read.
    """
    path = Path(path)
    with opened(path) as document:
        read_ones, unread = _pages(document, path.name)
        if not read_ones:
            raise FileRefused(path.name, unread[0].reason, "open it in a PDF reader and save it again")
        pages, pictures = _recognised(document, read_ones, path.name)
    images = sum(page.image for page in read_ones)
    is_scan = images > len(read_ones) / 2 or (images > 0 and not any(page.grids for page in read_ones))
    return put_together(pages, path, [*unread, *pictures], "scan" if is_scan else "pdf")


def _pages(document: pdfium.PdfDocument, name: str) -> tuple[list[Page], list[Unread]]:
    pages, unread = [], []
    until = time.monotonic() + MAX_SECONDS
    for number in range(1, len(document) + 1):
        if time.monotonic() > until:
            unread.append(_unread(name, number, f"读到这里已满{MAX_SECONDS:.0f}秒，从这一页起未读：请拆分文件"))
            break
        try:
            with _page(document, number) as page:
                pages.append(read_page(page, Place(document=name, page=number)))
        except (PageRefused, pdfium.PdfiumError) as error:
            unread.append(_unread(name, number, f"这一页不能读（{error}）：请在 PDF 阅读器中打开后另存"))
    return pages, unread


def _unread(name: str, page: int, reason: str) -> Unread:
    return Unread(PAGE, "", Place(document=name, page=page), reason)


@contextmanager
def _page(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    page = document[number - 1]
    try:
        yield page
    finally:
        page.close()


def _recognised(document: pdfium.PdfDocument, pages: list[Page], name: str) -> tuple[list[Page], list[Unread]]:
    """The pages with those that are pictures recognised, and what of them is not."""
    wanted = [page for page in pages if page.image or page.layer is not None][:MAX_SCANNED] if scan.available() else []
    done = {page.number: _by_ocr(document, page, name) for page in wanted}
    why = f"扫描页只读前{MAX_SCANNED}页：请拆分文件" if done else scan.NEEDS_EXTRA
    left = [page for page in pages if page.number not in done and (page.image or page.layer is not None)]
    unread = [_unread(name, page.number, (_PICTURE if page.image else _GAPS) + why) for page in left]
    return [done.get(page.number, page) for page in pages], unread


def _by_ocr(document: pdfium.PdfDocument, page: Page, name: str) -> Page:
    with _page(document, page.number) as sheet:
        width, height = sheet.get_size()
        scale = min(scan.DPI / 72, (scan.MAX_PIXELS / (width * height)) ** 0.5)
        picture = sheet.render(scale=scale).to_pil().convert("RGB")
    layer = page.layer if page.frame.shown == page.frame.read else None
    return scan.read_picture(np.asarray(picture), 1 / scale, Place(document=name, page=page.number), layer=layer)
