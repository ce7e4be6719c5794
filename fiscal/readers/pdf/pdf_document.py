"""Pages become one document: grids with the lines around them, and the narrative."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from fiscal.model.cells import Place
from fiscal.model.unread import ROW, TABLE, Unread
from fiscal.readers.grid import RawDocument, RawGrid
from fiscal.readers.headings import is_table_title
from fiscal.readers.pdf.furniture import without_page_numbers, without_running_lines
from fiscal.readers.pdf.pdf_page import Page
from fiscal.readers.pdf.pdf_text import in_order, paragraphs
from fiscal.readers.pdf.text_lines import Line

_BEFORE, _AFTER = 40, 15  # lines kept around a grid
_WHY = "该表没有画全格线，各栏位置无法确定，未作为表读出：请提供该表的 Excel 或 Word 文件"
_GOES_ON = "接续前一页的表没有画全格线，各栏位置无法确定，这一页的行未读出：请提供该表的 Excel 或 Word 文件"


def put_together(pages: list[Page], path: Path, unread: Sequence[Unread] = (), format_name: str = "pdf") -> RawDocument:
    """The pages of a document as one."""
    pages = without_page_numbers(pages)
    grids, texts = tuple(with_context(pages)), tuple(paragraphs(pages, path.name))
    unsure = tuple(part for page in pages for part in _unsure(page, path.name))
    lost = {part.place.page for part in unread}
    bare = (page.number for page in without_running_lines(pages) if page.blank and page.number not in lost)
    blank = tuple(Place(document=path.name, page=number) for number in bare)
    return RawDocument(str(path), format_name, grids, texts, unread=(*unread, *unsure), blank=blank)


def _unsure(page: Page, name: str) -> list[Unread]:
    """Tables of a page whose columns cannot be told, each with the line above it that names a table; rows of the table
    before where nothing stands above them."""
    found = []
    for box in page.unsure:
        above = [line.text for line in page.lines if line.base < box[1]]
        title = next((text for text in reversed(above) if is_table_title(text)), "")
        place = Place(document=name, page=page.number, bbox=page.frame.shown_box(box))
        found.append(Unread(TABLE, title, place, _WHY) if above else Unread(ROW, "", place, _GOES_ON))
    return found


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
