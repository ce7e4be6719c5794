"""The narrative of an account → statements, slots, lists and words."""

from fiscal.model.account import Disclosure
from fiscal.model.text import Narrative
from fiscal.statements.grammar import Reader
from fiscal.statements.sections import sectioned
from fiscal.statements.working import working


def read_statements(disclosure: Disclosure) -> Narrative:
    """All that the words of an account say.

    Every amount and percent of the paragraphs and charts is a statement; what notes.yaml states is merged in.
    Blanks: a figure that is not understood has subject "" and kind "". Errors: none; text is never refused.
    """
    parts = sectioned([working(paragraph) for paragraph in disclosure.paragraphs])
    reader = Reader(disclosure.year, disclosure.unit)
    for part in parts:
        reader.paragraph(part)
    facts = reader.facts
    return Narrative(
        disclosure.paragraphs, tuple(facts.statements), facts.slots, facts.words, facts.lists
    )
