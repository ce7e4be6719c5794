"""Sections of the narrative as HTML: every number links to its cell, or says where it comes from."""

from collections.abc import Iterable, Mapping

from fiscal.model.finding import Doubt
from fiscal.narrative import Figure, Grid, Section
from fiscal.report.kit.html_grid import simple
from fiscal.report.kit.markup import Raw, join, tag, text
from fiscal.report.kit.see import see

Doubts = Mapping[int, Doubt]


def section_html(section: Section, doubts: Doubts) -> Raw:
    """Heading, paragraphs and small tables of one section; `doubts` are those of the account."""
    heading = tag("h4" if section.level > 2 else "h3", section.heading)
    paragraphs = [
        tag("p", item if isinstance(item, str) else pieces(item.pieces, doubts)) for item in section.paragraphs
    ]
    return tag("section", heading, *paragraphs, *(grid(item, doubts) for item in section.grids), class_="prose")


def sections_html(sections: Iterable[Section], doubts: Doubts) -> Raw:
    return tag("div", *(section_html(section, doubts) for section in sections))


def grid(content: Grid, doubts: Doubts) -> Raw:
    lines = [[pieces([piece], doubts) for piece in line] for line in content.lines]
    return simple(content.title, content.head, lines, notes=[content.note], amounts=content.amounts)


def pieces(found: Iterable[str | Figure], doubts: Doubts) -> Raw:
    """Words and figures of a sentence."""
    return join(text(piece) if isinstance(piece, str) else figure(piece, doubts) for piece in found)


def figure(piece: Figure, doubts: Doubts) -> Raw:
    """A number with its link, and what stands against it."""
    return join([_number(piece, "wrong" if id(piece.cell) in doubts else ""), against(piece, doubts)])


def against(piece: Figure, doubts: Doubts) -> Raw | str:
    """That a number is held for wrong, or that other places print another; only what is doubted is called 不符."""
    if id(piece.cell) in doubts:
        return tag("span", "（", see(doubts[id(piece.cell)]), "）", class_="disagrees")
    if not piece.conflict:
        return ""
    other = next((see(doubts[id(cell)]) for cell in piece.others if id(cell) in doubts), "两处不一致")
    return tag("span", "（", piece.conflict, "，", other, "）", class_="disagrees")


def _number(piece: Figure, mark: str = "") -> Raw:
    title = f"来源：{piece.source}" if piece.source else None
    if piece.cell is None or piece.cell.is_unknown:
        return tag("span", piece.text, class_="unknown", title=title)
    kind = " ".join(word for word in ("src", "derived" if piece.cell.derived else "", mark) if word)
    if piece.anchor:
        return tag("a", piece.text, href=f"#{piece.anchor}", class_=kind, title=title)
    return tag("span", piece.text, class_=kind, title=title)
