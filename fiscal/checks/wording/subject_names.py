"""Names of subjects: purposes of another subject, glossary entries without a subject, subjects without an entry."""

import re
from collections.abc import Iterator

from fiscal.checks.wording.hits import hit, place_of
from fiscal.dictionary.classification import functional
from fiscal.dictionary.word_rules import purpose_objects
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Outcome
from fiscal.model.text import Narrative, Paragraph

_FULL = re.compile(r"(?P<class>\d{3})（类）[^。；：]{1,40}?(?P<group>\d{2})（款）[^。；：]{1,40}?(?P<item>\d{2})（项）")
_PURPOSE = re.compile(r"(?:主要(?:是)?)?用于[:：]?(?P<purpose>[^。；]{2,60})")
_EXPLAINED = re.compile(
    r"(?:^|[\d.．、）（])(?P<name>[\u4e00-\u9fff（）]{4,30}?)(?:（\d{7}）|\d{0,2}（项）)?[:：](?P<purpose>[^。]{4,200})"
)
_LONG = 160  # characters between the name of an item and what its money was for


def name_outcomes(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """NC5, NC6 and MD12."""
    paragraphs = narrative.paragraphs or disclosure.paragraphs
    for paragraph in paragraphs:
        if paragraph.role == "body":
            yield from _purposes(paragraph)
    yield from _glossary(disclosure, narrative)


def _purposes(paragraph: Paragraph) -> Iterator[Outcome]:
    """A purpose that names another item's object and not its own."""
    text = paragraph.text
    marks = list(re.finditer("（项）", text))
    for mark, after in zip(marks, [*marks[1:], None]):
        name = re.split(r"（[类款项]）|[，。；：、\d]", text[: mark.start()].rstrip("0123456789"))[-1]
        last = min(mark.end() + _LONG, after.start() if after else len(text))
        found = _PURPOSE.search(text, mark.end(), last)
        if found:
            yield from _foreign(paragraph, name, found)
    if paragraph.place.section == "glossary":
        for found in _EXPLAINED.finditer(text):
            yield from _foreign(paragraph, found["name"], found)


def _foreign(paragraph: Paragraph, name: str, found: re.Match[str]) -> Iterator[Outcome]:
    objects = purpose_objects()
    own = {key for key, words in objects.items() if any(word in name for word in words)}
    said = {key for key, words in objects.items() if any(word in found["purpose"] for word in words)}
    if own and said and not own & said:
        yield hit("NC5", place_of(paragraph, *found.span("purpose")), found["purpose"], name=name)


def _glossary(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """Codes that the glossary explains against codes that the narrative's items and the tables report.

    Silent where the accounts name no items, and where the glossary explains fewer than half of them: it is not
    that kind of glossary.
    """
    paragraphs = [p for p in narrative.paragraphs or disclosure.paragraphs if p.place.section == "glossary"]
    reported = {str(entry["code"]) for entry in narrative.lists.get("gpb_items", []) if entry.get("code")}
    used = reported | {row.code for table in disclosure.tables.values() for row in table.rows if len(row.code) == 7}
    explained: dict[str, Outcome] = {}
    for paragraph in paragraphs:
        for match in _FULL.finditer(paragraph.text):
            code = match["class"] + match["group"] + match["item"]
            place = place_of(paragraph, *match.span())
            explained.setdefault(code, hit("NC6", place, _named(code, disclosure.year)))
    if len(reported & explained.keys()) * 2 < len(reported) or not reported:
        return
    classes = {code[:3] for code in used}
    yield from (found for code, found in explained.items() if code not in used and code[:3] in classes)
    yield from _unexplained(reported - explained.keys(), disclosure, narrative)


def _unexplained(codes: set[str], disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    for entry in narrative.lists.get("gpb_items", []):
        actual = entry.get("actual")
        if (
            entry.get("code") in codes
            and not isinstance(actual, str | None)
            and actual.is_number
            and actual.number != 0
        ):
            yield hit("MD12", actual.place, _named(str(entry["code"]), disclosure.year))


def _named(code: str, year: int | None) -> str:
    subject = functional().subject(code, year)
    return f"{code} {subject.name}" if subject else code
