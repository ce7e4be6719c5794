"""From a found piece of text to an outcome: place, quotation, message."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from fiscal.dictionary.word_rules import TextRule, text_rules
from fiscal.model.cells import BLANK, Cell, Place
from fiscal.model.finding import FAILED, Outcome
from fiscal.model.text import Paragraph

QUOTE, NEAR = 24, 14


def place_of(paragraph: Paragraph, start: int, end: int) -> Place:
    """The place of a piece of a paragraph: page, box of its line, offset, and the words around it."""
    page, box = paragraph.place.page, paragraph.place.bbox
    if paragraph.breaks:
        at = bisect_right([index for index, _ in paragraph.breaks], start)
        page = paragraph.breaks[at - 1][1] if at else page
    for first, last, line_page, line_box in paragraph.boxes:
        if first <= start < last:
            page, box = line_page, line_box
            break
    offset = None if paragraph.place.offset is None else paragraph.place.offset + start
    quote = paragraph.text[max(0, start - QUOTE) : end + QUOTE]
    return replace(paragraph.place, page=page, bbox=box, offset=offset, text=quote)


def around(paragraph: Paragraph, start: int, end: int) -> str:
    """A piece of a paragraph with a few words on either side, not beyond its clause; … where words are cut."""
    text = paragraph.text
    lead = re.split(r"[，。；：\s]", text[max(0, start - NEAR) : start])
    tail = re.split(r"(?<=[，。；])", text[end : end + NEAR])
    before = "…" if len(lead) == 1 and start > NEAR else ""
    after = "…" if len(tail) == 1 and end + NEAR < len(text) else ""
    return f"{before}{lead[-1]}{text[start:end].strip()}{tail[0].rstrip()}{after}"


def hit(rule_id: str, place: Place, found: str, *, severity: str = "", **slots: object) -> Outcome:
    """A failed outcome of a rule over words; `slots` fill the message besides {found}."""
    rule = text_rules()[rule_id]
    words = {"found": found, "around": found, "other": "", "name": "", "year": ""} | {
        key: str(value) for key, value in slots.items()
    }
    cell = Cell(BLANK, None, "", found, place)
    return Outcome(
        rule.id, FAILED, severity or rule.severity, rule.suggestion.format(**words), rule.message.format(**words),
        actual=found, expected=words["other"] or None, terms=(cell,),
    )  # fmt: skip


def told_once(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """One cause, one outcome: hits of a rule marked `once`, or in the same words where it is marked `group`.

    The merged outcome names the number of places and has all of them as evidence.
    """
    merged: dict[tuple, list[Outcome]] = {}
    for outcome in outcomes:
        rule = text_rules()[outcome.rule]
        alike = outcome.severity if rule.once else outcome.actual if rule.group else id(outcome)
        key = (rule.id, alike, outcome.expected if rule.group else None)
        merged.setdefault(key, []).append(outcome)
    return [_merged(same) for same in merged.values()]


def _merged(same: list[Outcome]) -> Outcome:
    if len(same) == 1:
        return same[0]
    terms = tuple(term for outcome in same for term in outcome.terms)
    return replace(same[0], message=f"{same[0].message}（共{len(same)}处）", terms=terms)


def applies(rule: TextRule, paragraph: Paragraph) -> bool:
    """Whether a rule looks at this paragraph."""
    return paragraph.role in rule.parts and (not rule.sections or paragraph.place.section in rule.sections)
