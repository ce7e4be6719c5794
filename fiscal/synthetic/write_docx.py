"""Accounts as Word documents: the words, then the statutory tables on landscape pages."""

from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from fiscal.synthetic.forms import Form, FormCell, account_forms
from fiscal.synthetic.invent import SyntheticAccount
from fiscal.synthetic.phrasing import Line, blocks, grid_rows

MOST_COLUMNS = 18  # amount columns that fit on one page; Word itself stops at 63 columns
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write_docx(account: SyntheticAccount, path: str | Path) -> None:
    """One document. Wide tables are cut into parts that repeat their code and name columns."""
    document = docx.Document()
    for block in blocks(account):
        if isinstance(block, Line):
            _line(document, block)
        else:
            document.add_paragraph(block.title)
            rows = grid_rows(block)
            _table(document, [[FormCell(text, "label") for text in row] for row in rows], n_head=1)
    _landscape(document)
    for form in account_forms(account, MOST_COLUMNS):
        _form(document, form)
    document.save(str(path))


def _line(document: Document, line: Line) -> None:
    if line.role == "body":
        document.add_paragraph(line.text)
    else:
        document.add_heading(line.text, {"title": 0, "part": 1}.get(line.role, line.level))


def _landscape(document: Document) -> None:
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def _form(document: Document, form: Form) -> None:
    document.add_heading(form.title, 2)
    document.add_paragraph(form.number)
    document.add_paragraph(f"部门：{form.entity}　　{form.year}年度　　单位：{form.unit}")
    _table(document, form.grid, form.n_head)
    document.add_paragraph(form.note)


def _table(document: Document, grid: list[list[FormCell | None]], n_head: int) -> None:
    """The table as XML: python-docx would need a minute for what takes a moment this way."""
    body = "".join(_row(grid, number, number < n_head) for number in range(len(grid)))
    columns = "<w:gridCol/>" * len(grid[0])
    xml = (
        f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w='5000' w:type='pct'/><w:tblBorders>{_BORDERS}</w:tblBorders>"
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"
    )
    last = document.element.body.sectPr
    last.addprevious(parse_xml(xml))


def _row(grid: list[list[FormCell | None]], number: int, is_head: bool) -> str:
    """One row; a cell that reaches down is continued by empty cells of the same width."""
    cells, col = [], 0
    while col < len(grid[number]):
        cell, merge = grid[number][col], "restart"
        if cell is None:
            cell, merge = _above(grid, number, col), "continue"
        cells.append(_cell(cell, merge))
        col += cell.cols
    head = "<w:trPr><w:tblHeader/></w:trPr>" if is_head else ""
    return f"<w:tr>{head}{''.join(cells)}</w:tr>"


def _above(grid: list[list[FormCell | None]], number: int, col: int) -> FormCell:
    """The cell that reaches down to this place."""
    found = next(cell for row in reversed(grid[:number]) if (cell := row[col]) is not None)
    return FormCell("", found.style, found.rows, found.cols)


def _cell(cell: FormCell, merge: str) -> str:
    span = f'<w:gridSpan w:val="{cell.cols}"/>' if cell.cols > 1 else ""
    down = f'<w:vMerge w:val="{merge}"/>' if cell.rows > 1 else ""
    align = '<w:pPr><w:jc w:val="right"/></w:pPr>' if cell.style == "amount" else ""
    run = f'<w:r><w:rPr><w:sz w:val="14"/></w:rPr><w:t xml:space="preserve">{escape(cell.text)}</w:t></w:r>'
    return f"<w:tc><w:tcPr>{span}{down}</w:tcPr><w:p>{align}{run}</w:p></w:tc>"
