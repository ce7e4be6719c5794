"""Builds accounts out of invented text lines."""

from fiscal.model.cells import Place
from fiscal.model.disclosure import Disclosure
from fiscal.model.text import Claim, Narrative, Paragraph
from fiscal.statements.reader import read_statements


def disclosure(*lines: str | tuple[str, str], year: int | None = 2023, **more) -> Disclosure:
    """Each line is a paragraph; a pair is (text, role)."""
    paragraphs, offset = [], 0
    for line in lines:
        text, role = line if isinstance(line, tuple) else (line, "body")
        paragraphs.append(Paragraph(text, Place(document="a.txt", offset=offset), role))
        offset += len(text) + 1
    return Disclosure("a.txt", year=year, paragraphs=tuple(paragraphs), **more)


def narrate(*lines: str | tuple[str, str], year: int | None = 2023, **more) -> Narrative:
    """The narrative of the lines."""
    return read_statements(disclosure(*lines, year=year, **more))


def flat(narrative: Narrative) -> list[tuple[str, str, str]]:
    """(subject, kind, printed number) of every statement, in order."""
    return [(s.subject, s.kind, s.cell.text) for s in narrative.claims]


def values(narrative: Narrative, slot: str) -> list[str]:
    """The numbers stated for a slot."""
    return [str(cell) for cell in narrative.slots.get(slot, [])]


def only(narrative: Narrative, subject: str) -> Claim:
    """The one statement with this subject."""
    (found,) = [statement for statement in narrative.claims if statement.subject == subject]
    return found
