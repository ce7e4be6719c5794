"""What every reader returns: grids of texts and paragraphs with their places. Nothing here knows an amount."""

from dataclasses import dataclass, field

from fiscal.model.cells import Place
from fiscal.model.text import ChartPoint, Paragraph
from fiscal.model.unread import Unread


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell of a grid as it stands in the file.

    text        as printed: in a workbook as its number format shows it; "" = blank
    rows, cols  how many grid rows and columns it spans (merged cells)
    decimals    workbooks: decimals its number format fixes, None for General and for text cells
    typed       workbooks: the cell is stored as a number (not as a text)
    confidence  OCR only
    unread      why the cell could not be read, in Chinese (its text is then MARK of `model.unread`)
    """

    text: str
    place: Place
    rows: int = 1
    cols: int = 1
    decimals: int | None = None
    typed: bool = False
    confidence: float | None = None
    unread: str = ""


@dataclass(frozen=True)
class RawGrid:
    """One ruled table, HTML or Word table, or one worksheet.

    cells   rows of equal length; None = covered by a merged cell to the left or above
    before  text lines between the previous grid and this one, nearest last (title, unit, entity, year)
    after   text lines below it, nearest first (notes)
    place   page and box, or sheet
    hidden  a hidden worksheet
    """

    cells: tuple[tuple[RawCell | None, ...], ...]
    place: Place
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class RawDocument:
    """Everything read from one file.

    grids       in reading order
    paragraphs  narrative in reading order, text of tables left out; offsets count from 0 within this file
    charts      embedded chart data
    problems    sentences about what to know of the file (macros, comments, links); everything is still here
    unread      sheets, pages, objects, rows that were seen and not read; the rest is still here
    blank       pages on which nothing stands but a running head, where the format has pages
    """

    path: str
    format: str
    grids: tuple[RawGrid, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    charts: tuple[ChartPoint, ...] = ()
    problems: tuple[str, ...] = field(default=())
    unread: tuple[Unread, ...] = ()
    blank: tuple[Place, ...] = ()
