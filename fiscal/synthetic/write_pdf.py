"""Accounts as PDFs with ruled tables: the words on upright pages, each statutory table on its own landscape page."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import zhplot
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

from fiscal.synthetic.forms import Form, FormCell, account_forms
from fiscal.synthetic.invent import SyntheticAccount
from fiscal.synthetic.phrasing import Line, blocks, grid_rows

MOST_COLUMNS = 14  # amount columns that fit on one landscape page
MARGIN = 36
_WEIGHTS = {"label": 3.4, "code": 1.5, "amount": 1.6}
_SIZES = {"title": 20, "part": 15, "heading": 12, "body": 10.5, "cell": 6.5}


@cache
def _style(role: str, align: int = 0) -> ParagraphStyle:
    """Paragraph style of a role; the first call loads the Chinese font that comes with zhplot."""
    if "zh" not in pdfmetrics.getRegisteredFontNames():
        font = next(Path(zhplot.__file__).parent.glob("fonts/*.ttf"))
        pdfmetrics.registerFont(TTFont("zh", str(font)))
    size = _SIZES[role]
    after = 0 if role == "cell" else size / 2
    return ParagraphStyle(
        role, fontName="zh", fontSize=size, leading=size * 1.35, spaceAfter=after, wordWrap="CJK", alignment=align,
        firstLineIndent=2 * size if role == "body" else 0,
    )  # fmt: skip


def write_pdf(account: SyntheticAccount, path: str | Path) -> None:
    """One PDF with real text and drawn lines. Wide tables are cut into parts that repeat code and name."""
    document = BaseDocTemplate(str(path), pagesize=A4, title=account.title, invariant=1)
    document.addPageTemplates([_page("words", A4), _page("tables", landscape(A4))])
    document.build([*_words(account), NextPageTemplate("tables"), *_tables(account)])


def _page(name: str, size: tuple[float, float]) -> PageTemplate:
    frame = Frame(MARGIN, MARGIN, size[0] - 2 * MARGIN, size[1] - 2 * MARGIN, id=name)
    return PageTemplate(id=name, frames=[frame], pagesize=size)


def _words(account: SyntheticAccount) -> Iterator[Flowable]:
    for block in blocks(account):
        if isinstance(block, Line):
            yield Paragraph(escape(block.text), _style(block.role, 1 if block.role in ("title", "part") else 0))
        else:
            yield Paragraph(escape(block.title), _style("heading"))
            rows = [[Paragraph(escape(text), _style("cell")) for text in row] for row in grid_rows(block)]
            yield Table(rows, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]), repeatRows=1)


def _tables(account: SyntheticAccount) -> Iterator[Flowable]:
    for form in account_forms(account, MOST_COLUMNS):
        yield PageBreak()
        yield Paragraph(escape(form.title), _style("part", 1))
        yield Paragraph(form.number, _style("body", 2))
        yield Paragraph(escape(f"部门：{form.entity}　　{form.year}年度　　单位：{form.unit}"), _style("body"))
        yield _table(form)
        if form.note:
            yield Paragraph(escape(form.note), _style("body"))


def _table(form: Form) -> Table:
    weights = [_WEIGHTS[style] for style in form.styles]
    width = landscape(A4)[0] - 2 * MARGIN - 12
    widths = [width * weight / sum(weights) for weight in weights]
    lines = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    pads = [(f"{side}PADDING", (0, 0), (-1, -1), 2) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    style = TableStyle([*lines, *pads, *_spans(form)])
    cells = [[_cell(cell) for cell in row] for row in form.grid]
    return Table(cells, colWidths=widths, style=style, repeatRows=form.n_head)


def _spans(form: Form) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    for row, cells in enumerate(form.grid):
        for col, cell in enumerate(cells):
            if cell is not None and (cell.rows > 1 or cell.cols > 1):
                yield "SPAN", (col, row), (col + cell.cols - 1, row + cell.rows - 1)


def _cell(cell: FormCell | None) -> Paragraph | str:
    if cell is None or not cell.text:
        return ""
    return Paragraph(escape(cell.text), _style("cell", {"amount": 2, "label": 0}.get(cell.style, 1)))
