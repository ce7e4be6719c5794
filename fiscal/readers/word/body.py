"""The body of a Word document walked in reading order: lines, tables, text boxes, places of charts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from fiscal.model.printed import is_note_mark, visible
from fiscal.readers.body_flow import Block, Line, Ruled, closed
from fiscal.readers.headings import LONGEST
from fiscal.readers.word.numbering_marks import Numbering, W, value
from fiscal.readers.word.word_tables import cells_in, cells_of, data_tables, rows_of

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_INSIDE = frozenset(
    f"{W}{name}"
    for name in "hyperlink ins moveTo smartTag sdt sdtContent fldSimple customXml dir bdo r ruby rubyBase".split()  # noqa: SIM905
) | {f"{M}oMath", f"{M}oMathPara", f"{M}r"}
_STRUCK = (f"{W}del", f"{W}moveFrom")
_UNSEEN = ("vanish", "strike", "dstrike", "webHidden")  # hidden runs, and what a correction struck out
_WHITE = "FFFFFF"
_RAISED, _RAISED_END = "\ue000", "\ue001"  # around raised text until what stands before it is known
_MARK = re.compile(rf"(.?){_RAISED}([^{_RAISED_END}]*){_RAISED_END}", re.S)
_PICTURES = (
    "{urn:schemas-microsoft-com:vml}imagedata",
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
)
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_MARKS = {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_HEADING = re.compile(r"^(?:heading \d|title|标题)", re.I)
_CONTENTS = re.compile(r"^(?:toc|目录)", re.I)


@dataclass
class Body:
    """One walk over a document.

    styles  style id → its name;  where  name of the file
    charts  relation ids of charts with the number of blocks before them
    fields  open field codes, innermost last: [instruction, its result has begun]
    unseen  ids of styles whose text is hidden;  coloured  of those that shade what they are for
    pictures  numbers of blocks before each picture
    inside  relation id of an embedded object or a chunk → its blocks, None where it cannot be read
    unread  (number of blocks before it, why) of what could not be read
    """

    numbering: Numbering
    styles: dict[str, str]
    where: str
    blocks: list[Block] = field(default_factory=list)
    charts: list[tuple[str, int]] = field(default_factory=list)
    fields: list[list] = field(default_factory=list)
    data: set[etree._Element] = field(default_factory=set)
    unseen: frozenset[str] = frozenset()
    coloured: frozenset[str] = frozenset()
    inside: Callable[[str], list[Block] | None] = lambda number: None
    pictures: list[int] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)

    def walk(self, body: etree._Element) -> None:
        """Read a whole body into `blocks` and `charts`."""
        self.data = data_tables(body)
        self._blocks(body)

    def _blocks(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag == f"{MC}AlternateContent":
                self._blocks(_branch(child))
            elif child.tag == f"{W}altChunk":
                self._embedded(child.get(f"{R}id") or "", "嵌入的文档片段（altChunk）")
            elif child.tag in _INSIDE:
                self._blocks(child)

    def _embedded(self, number: str, what: str) -> None:
        """Put the blocks of an embedded part where it stands."""
        blocks = self.inside(number)
        if blocks is None:
            self.unread.append((len(self.blocks), f"{what}未能读出：请把其中的表直接放在文档里，或另存为 Excel 文件"))
        else:
            self.blocks += blocks

    def _table(self, table: etree._Element) -> None:
        """A table of data is a grid; one that only arranges text is the text in it."""
        if table in self.data:
            self.blocks.append(Ruled(cells_of(table, self._cell_text, where=self.where)))
            return
        for row in rows_of(table):
            for cell in cells_in(row):
                self._blocks(cell)

    def _cell_text(self, cell: etree._Element) -> str:
        lines = (self._text(paragraph).strip() for paragraph in cell.iter(f"{W}p"))
        return "\n".join(line for line in lines if line)

    def _paragraph(self, paragraph: etree._Element) -> None:
        """Its lines (a soft break ends a line), then the text boxes that hang on it."""
        listed = self._in_contents()
        text = self._text(paragraph)
        role = self._role(paragraph, text, listed=listed or self._in_contents())
        self.blocks += closed(Line(part.strip(), role) for part in text.split("\n") if part.strip())
        for box in _boxes(paragraph):
            self._blocks(box)
        for each in paragraph.iter(f"{W}object", *_PICTURES):
            if next(each.iterancestors(f"{W}p"), None) is not paragraph:
                continue
            if each.tag == f"{W}object":
                number = next((ole.get(f"{R}id") or "" for ole in each.iter(_OBJECT)), "")
                self._embedded(number, "嵌入的对象")
            elif next(each.iterancestors(f"{W}object"), None) is None:
                self.pictures.append(len(self.blocks))

    def _in_contents(self) -> bool:
        return any(code.lstrip().startswith("TOC") for code, begun in self.fields if begun)

    def _role(self, paragraph: etree._Element, text: str, *, listed: bool) -> str:
        style = self.styles.get(value(paragraph.find(f"{W}pPr/{W}pStyle")), "")
        short = len(text) <= LONGEST and "。" not in text
        if short and (listed or _CONTENTS.match(style)):
            return "contents"
        return "heading" if short and _HEADING.match(style) else ""

    def _text(self, paragraph: etree._Element) -> str:
        if value(paragraph.find(f"{W}pPr/{W}pStyle")) in self.unseen:
            return ""
        struck = paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None
        number = "" if struck else self.numbering.label(paragraph)
        text = visible(_MARK.sub(_without_mark, "".join(self._pieces(paragraph))))
        return number + text.lstrip() if text.strip() else text

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        """The visible text of a paragraph or run: insertions kept, deletions, hidden runs and field codes dropped."""
        if element.tag == f"{W}r":
            yield from self._run(element)
        else:
            yield from self._children(element)

    def _run(self, run: etree._Element) -> Iterator[str]:
        marks = run.find(f"{W}rPr")
        if marks is not None:
            style = value(marks.find(f"{W}rStyle"))
            if style in self.unseen or any(_is_on(marks.find(f"{W}{name}")) for name in _UNSEEN):
                return
            if value(marks.find(f"{W}color")).upper() == _WHITE and not self._on_colour(run):
                return
        raised = marks is not None and value(marks.find(f"{W}vertAlign")) == "superscript"
        yield _RAISED if raised else ""
        yield from self._children(run)
        yield _RAISED_END if raised else ""

    def _on_colour(self, run: etree._Element) -> bool:
        """Whether the run, or what it stands in, is shaded, so that white can be read on it."""
        for around in (run, *run.iterancestors(f"{W}p", f"{W}tc", f"{W}tbl")):
            for marks in around.iterchildren(*(f"{W}{name}Pr" for name in ("r", "p", "tc", "tbl"))):
                named = {value(marks.find(f"{W}{name}Style")) for name in ("r", "p", "tbl")}
                if named & self.coloured or marks.find(f"{W}highlight") is not None or is_shaded(marks):
                    return True
        return False

    def _children(self, element: etree._Element) -> Iterator[str]:
        for child in element:
            if child.tag in (f"{W}t", f"{M}t"):
                yield (child.text or "") if not self.fields or self.fields[-1][1] else ""
            elif child.tag == f"{W}br":
                yield "" if child.get(f"{W}type") in ("page", "column") else "\n"
            elif child.tag in _MARKS:
                yield _MARKS[child.tag]
            elif child.tag in _INSIDE:
                yield from self._pieces(child)
            elif child.tag == f"{MC}AlternateContent":
                yield from self._children(_branch(child))
            else:
                self._aside(child)

    def _aside(self, child: etree._Element) -> None:
        """What is in a run but not text: field codes and drawings with charts."""
        if child.tag == f"{W}fldChar":
            self._field(child.get(f"{W}fldCharType") or "")
        elif child.tag == f"{W}instrText" and self.fields:
            self.fields[-1][0] += child.text or ""
        elif child.tag not in _STRUCK:
            for chart in child.iter(f"{C}chart"):
                self.charts.append((chart.get(f"{R}id") or "", len(self.blocks)))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(["", False])
        elif kind == "separate" and self.fields:
            self.fields[-1][1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()


def _without_mark(found: re.Match[str]) -> str:
    return found[1] if is_note_mark(found[2], found[1]) else found[1] + found[2]


def is_shaded(marks: etree._Element) -> bool:
    """Whether properties, or a style, give a ground of their own."""
    return any((shade.get(f"{W}fill") or "auto").upper() not in ("AUTO", _WHITE) for shade in marks.iter(f"{W}shd"))


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and value(element) not in ("0", "false", "off")


def _branch(choice: etree._Element) -> etree._Element:
    """One branch of alternative contents: what newer programs show."""
    for name in ("Choice", "Fallback"):
        branch = choice.find(f"{MC}{name}")
        if branch is not None:
            return branch
    return choice


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes anchored in a paragraph, each once although it is stored for old and new programs."""
    for box in paragraph.iter(f"{W}txbxContent"):
        fallback = next(box.iterancestors(f"{MC}Fallback"), None)
        if fallback is None or _branch(fallback.getparent()) is fallback:  # type: ignore[arg-type]
            owner = next(box.iterancestors(f"{W}p"), None)
            if owner is paragraph:
                yield box
