"""Parts of a Word document as offices publish them: A4, official type, page numbers, contents, ruled tables."""

from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from fiscal.report.kit.html_grid import shared

SONG, HEI, KAI, FANG = "宋体", "黑体", "楷体", "仿宋"
BODY_SIZE, LINE = Pt(16), Pt(28)  # 三号, 28 磅: how official documents (GB/T 9704) are set
SMALL, TINY = Pt(9), Pt(7.5)
MOST_COLUMNS = 10  # above it a table page lies across, in the smaller size
_WIDE, _NARROW = 2600, 1000  # twentieths of a point; a fixed layout keeps their proportion in the page's width
_HEADINGS = {1: (HEI, Pt(18)), 2: (HEI, Pt(16)), 3: (KAI, Pt(16))}
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = "<w:tblCellMar><w:left w:w='40' w:type='dxa'/><w:right w:w='40' w:type='dxa'/></w:tblCellMar>"


def new_document() -> Document:
    """An empty A4 document with the styles of an official one."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    _typeface(document.styles["Normal"], FANG, BODY_SIZE)
    layout: Any = document.styles["Normal"].paragraph_format  # type: ignore[attr-defined]
    layout.line_spacing, layout.space_after = LINE, Pt(0)
    for level, (face, size) in _HEADINGS.items():
        style = document.styles[f"Heading {level}"]
        _typeface(style, face, size)
        style.font.color.rgb, style.font.bold = RGBColor(0, 0, 0), False  # type: ignore[attr-defined]
    page_numbers(section)
    compat = document.settings.element.find(qn("w:compat"))  # its place is fixed: Word fills the contents on opening
    compat.addprevious(OxmlElement("w:updateFields"))
    for setting in compat.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word opens it in compatibility mode
    return document


def _typeface(style: Any, face: str, size: Any) -> None:
    style.font.name, style.font.size = "Times New Roman", size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), face)


def page_numbers(section: Any) -> None:
    """— 1 — at the foot of every page."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("— ", "PAGE", " —"):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        if text == "PAGE":
            _field(run, text)
        else:
            run.text = text


def _field(run: Any, code: str) -> None:
    for kind in ("begin", None, "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._r.append(part)


def cover(document: Document, lines: Sequence[str]) -> None:
    """The title page."""
    for number, line in enumerate(lines):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Cm(6) if number == 0 else Pt(6)
        paragraph.paragraph_format.line_spacing = Pt(40)
        run = paragraph.add_run(line)
        run.font.size = Pt(26 if number < len(lines) - 1 else 16)
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), HEI)
    document.add_page_break()


def contents(document: Document, headings: Iterable[tuple[int, str]]) -> None:
    """目录: a table of contents that Word fills with page numbers (F9); until then it lists the headings."""
    paragraph = document.add_paragraph("目  录")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    lines = list(headings)
    for number, (level, text) in enumerate(lines):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.8 * (level - 1))
        if number == 0:
            _open_contents(paragraph)
        paragraph.add_run(text)
        if number == len(lines) - 1:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), "end")
            paragraph.add_run()._r.append(part)
    document.add_page_break()


def _open_contents(paragraph: Any) -> None:
    for kind in ("begin", None, "separate"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.set(qn("xml:space"), "preserve")
            part.text = ' TOC \\o "1-3" \\h \\z \\u '
        paragraph.add_run()._r.append(part)


def paragraph_of(document: Document, runs: Iterable[tuple[str, bool]]) -> Any:
    """A body paragraph, first line indented; marked runs are highlighted."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = 2 * BODY_SIZE
    for text, is_marked in runs:
        run = paragraph.add_run(text)
        if is_marked:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return paragraph


def turned(document: Document, *, across: bool) -> None:
    """A new page, lying or standing."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    is_across = section.page_width > section.page_height  # type: ignore[operator]
    if across != is_across:
        section.page_width, section.page_height = section.page_height, section.page_width
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    for side in ("top", "bottom", "left", "right"):
        setattr(section, f"{side}_margin", Cm(2))


def above_table(document: Document, text: str) -> None:
    """The line over a table: its number, the department, the year and the unit."""
    paragraph = document.add_paragraph()
    paragraph.add_run(text).font.size = Pt(10.5)
    paragraph.paragraph_format.keep_with_next = True


def table(document: Document, head: Sequence[Sequence[str]], lines: Sequence[Sequence[str]], marked: str = "") -> None:
    """A ruled table that repeats its head on every page. `head` holds one path of headings per column.

    Headings that neighbours share stand over them all. Cells equal to `marked` are highlighted.
    """
    depth = max((len(path) for path in head), default=1)
    size = int((TINY if len(head) > MOST_COLUMNS else SMALL).pt * 2)
    body = "".join(_head_row(head, level, depth, size) for level in range(depth))
    body += "".join(f"<w:tr>{''.join(_cell(text, marked, size) for text in line)}</w:tr>" for line in lines)
    widths = [_WIDE if path[-1] == "项目" else _NARROW for path in head]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    document.element.body.sectPr.addprevious(parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w='5000' w:type='pct'/><w:jc w:val='center'/>"
        f"<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type='fixed'/>{_MARGINS}</w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    ))  # fmt: skip


def _head_row(head: Sequence[Sequence[str]], level: int, depth: int, size: int) -> str:
    cells = []
    for column, width in shared(head, level):
        path = head[column]
        text = path[level] if level < len(path) else ""
        merge = ""
        if len(path) < depth and level >= len(path) - 1:
            merge = '<w:vMerge w:val="restart"/>' if level == len(path) - 1 else "<w:vMerge/>"
        span = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
        cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{_words(text, 'center', size)}</w:tc>")
    return f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, marked: str, size: int) -> str:
    is_number = text.replace(".", "").replace("-", "").replace(",", "").isdigit()
    mark = "<w:highlight w:val='yellow'/>" if marked and text == marked else ""
    return f"<w:tc><w:tcPr/>{_words(text, 'right' if is_number else 'left', size, mark)}</w:tc>"


def _words(text: str, align: str, size: int, mark: str = "") -> str:
    return (
        f'<w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>'
        f'<w:rFonts w:eastAsia="{SONG}"/>{mark}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )
