"""Rules that a pattern finds: leftovers of the form, missing figures, repeated words and marks."""

from collections.abc import Iterator

from fiscal.checks.wording.hits import applies, around, hit, place_of
from fiscal.dictionary.word_rules import TextRule, text_rules
from fiscal.model.finding import Outcome
from fiscal.model.text import Paragraph

_ENDS = "。；！？"


def pattern_outcomes(paragraphs: tuple[Paragraph, ...]) -> Iterator[Outcome]:
    """Every hit of every declared pattern."""
    for rule in text_rules().values():
        yield from _hits(rule, paragraphs)


def _hits(rule: TextRule, paragraphs: tuple[Paragraph, ...]) -> Iterator[Outcome]:
    for paragraph in paragraphs:
        if not rule.patterns or not applies(rule, paragraph):
            continue
        told: list[tuple[int, int]] = []
        for pattern in rule.patterns:
            for match in pattern.finditer(paragraph.text):
                again = any(first < match.end() and match.start() < last for first, last in told)
                if not again and not _excused(rule, paragraph.text, match.start(), match.end()):
                    told.append(match.span())
                    place = place_of(paragraph, match.start(), match.end())
                    yield hit(rule.id, place, match.group().strip(), around=around(paragraph, *match.span()))


def _excused(rule: TextRule, text: str, start: int, end: int) -> bool:
    if not rule.unless:
        return False
    first = max((text.rfind(mark, 0, start) for mark in _ENDS), default=-1) + 1
    last = min((at for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
    return any(pattern.search(text, first, last) for pattern in rule.unless)
