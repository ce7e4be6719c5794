"""The narrative of a PDF: the lines of all pages become paragraphs with their places."""

from dataclasses import dataclass, field, replace

from fiscal.model.text import Paragraph
from fiscal.readers import body_flow as flow
from fiscal.readers.grid import RawGrid
from fiscal.readers.line_ends import seam
from fiscal.readers.pdf.furniture import without_running_lines
from fiscal.readers.pdf.join import continues
from fiscal.readers.pdf.margins import Margins, margins
from fiscal.readers.pdf.pdf_page import Page
from fiscal.readers.pdf.stroke_marks import reseated
from fiscal.readers.pdf.text_lines import Line

Box = tuple[float, float, float, float]


@dataclass
class Draft:
    """A paragraph while lines are added to it; fields as in Paragraph."""

    text: str = ""
    joined: list[int] = field(default_factory=list)
    breaks: list[tuple[int, int]] = field(default_factory=list)
    boxes: list[tuple[int, int, int, Box]] = field(default_factory=list)
    last: Line | None = None

    def add(self, line: Line, box: Box) -> None:
        """Append a printed line; `box` is its place on the page as shown."""
        if self.last is not None:
            self.text += seam(self.text, line.text)
            self.joined.append(len(self.text))
            if self.last.page != line.page:
                self.breaks.append((len(self.text), line.page))
        self.boxes.append((len(self.text), len(self.text) + len(line.text), line.page, box))
        self.text += line.text
        self.last = line


def paragraphs(pages: list[Page], document: str) -> list[Paragraph]:
    """Paragraphs in reading order, without tables, running headers and page numbers. Offsets as in flow.paragraphs."""
    things = drafts(without_running_lines(pages))
    blocks = [flow.Line(one.text) if isinstance(one, Draft) else flow.Ruled(one.cells) for one in things]
    texts = [one for one in things if isinstance(one, Draft)]
    return [_placed(found, draft) for found, draft in zip(flow.paragraphs(blocks, document), texts)]


def _placed(found: Paragraph, draft: Draft) -> Paragraph:
    _, _, page, box = draft.boxes[0]
    place = replace(found.place, page=page, bbox=box)
    marks = tuple(draft.joined), tuple(draft.breaks), tuple(draft.boxes)
    return replace(found, place=place, joined=marks[0], breaks=marks[1], boxes=marks[2])


def drafts(pages: list[Page]) -> list[Draft | RawGrid]:
    """Paragraphs and grids of all pages in reading order."""
    measures = margins(pages)
    found: list[Draft | RawGrid] = []
    for page in pages:
        for thing in in_order(replace(page, lines=reseated(page.lines))):
            if isinstance(thing, Line):
                _draft_for(thing, found, measures[page.number]).add(thing, page.frame.shown_box(thing.box))
            else:
                found.append(thing)
    return found


def _draft_for(line: Line, found: list[Draft | RawGrid], measure: Margins) -> Draft:
    """The paragraph this line goes on with, or a new one."""
    last = found[-1] if found else None
    if isinstance(last, Draft) and last.last is not None and continues(last.last, line, measure):
        return last
    fresh = Draft()
    found.append(fresh)
    return fresh


def in_order(page: Page) -> list[Line | RawGrid]:
    """Lines and grids of a page from top to bottom."""
    keyed: list[tuple[float, Line | RawGrid]] = [(span[0], grid) for span, grid in zip(page.spans, page.grids)]
    keyed += [(line.box[1], line) for line in page.lines]
    return [thing for _, thing in sorted(keyed, key=lambda pair: pair[0])]
