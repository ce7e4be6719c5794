"""The narrative of a PDF: lines of all pages become paragraphs."""

from fiscal.model.cells import Place
from fiscal.model.text import Paragraph
from fiscal.readers.pdf_page import Page


def paragraphs(pages: list[Page], document: str) -> list[Paragraph]:
    return [
        Paragraph(line.text, Place(document=document, page=line.page, bbox=page.frame.shown_box(line.box)))
        for page in pages
        for line in page.lines
    ]
