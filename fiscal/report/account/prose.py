"""Sections of the narrative as HTML: every number links to its cell, or says where it comes from."""

from collections.abc import Iterable

from fiscal.narrative import Figure, Grid, Section, Sentence
from fiscal.report.kit.html_grid import simple
from fiscal.report.kit.markup import Raw, join, tag, text


def section_html(section: Section) -> Raw:
    """Heading, paragraphs and small tables of one section."""
    heading = tag("h4" if section.level > 2 else "h3", section.heading)
    paragraphs = [paragraph(item) for item in section.paragraphs]
    return tag("section", heading, *paragraphs, *(grid(item) for item in section.grids), class_="prose")


def sections_html(sections: Iterable[Section]) -> Raw:
    return tag("div", *(section_html(section) for section in sections))


def paragraph(item: str | Sentence) -> Raw:
    if isinstance(item, str):
        return tag("p", item)
    return tag("p", *(_piece(piece) for piece in item.pieces))


def grid(content: Grid) -> Raw:
    lines = [[_piece(piece) for piece in line] for line in content.lines]
    return simple(content.title, content.head, lines, notes=[content.note], amounts=content.amounts)


def _piece(piece: str | Figure) -> Raw:
    if isinstance(piece, str):
        return text(piece)
    return join([_number(piece), contradiction(piece.conflict)])


def _number(piece: Figure) -> Raw:
    title = f"来源：{piece.source}" if piece.source else None
    if piece.cell is None or piece.cell.is_unknown:
        return tag("span", piece.text, class_="unknown", title=title)
    kind = "src derived" if piece.cell.derived else "src"
    if piece.anchor:
        return tag("a", piece.text, href=f"#{piece.anchor}", class_=kind, title=title)
    return tag("span", piece.text, class_=kind, title=title)


def contradiction(words: str) -> Raw | str:
    """The mark beside a number that other places print differently."""
    return tag("span", f"（不符：{words}）", class_="disagrees") if words else ""
