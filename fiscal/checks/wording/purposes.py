"""What subjects are for: purposes and reasons of another one, glossary entries without one, and the reverse."""

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
_REASON = re.compile(
    r"原因(?:是|为)?[：:]?(?P<purpose>[^。；，]{3,40}?)(?:经费|支出|预算)?(?:有所)?(?:增加|减少|增长|下降|保持不变)(?=[。；]|$)"
)
_ITEM = re.compile(r"（\d{0,2}项）")
_LONG = 160  # characters between the name of an item and what its money was for


def purpose_outcomes(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """NC5, NC6 and MD12."""
    paragraphs = narrative.paragraphs or disclosure.paragraphs
    for paragraph in paragraphs:
        if paragraph.role == "body":
            yield from _purposes(paragraph, _others(narrative))
    yield from _glossary(disclosure, narrative)


def _others(narrative: Narrative) -> dict[str, str]:
    """What the paper's items are called, alone or after their group → the item."""
    items = [entry for entry in narrative.lists.get("gpb_items", []) if entry.get("item_name")]
    called = {f"{entry.get('group_name') or ''}{entry['item_name']}": str(entry["item_name"]) for entry in items}
    return {name: name for name in called.values()} | called


def _purposes(paragraph: Paragraph, others: dict[str, str]) -> Iterator[Outcome]:
    """A purpose that names another item's object and not its own; a purpose or reason that is another item's name."""
    text = paragraph.text
    marks = list(_ITEM.finditer(text))
    for mark, after in zip(marks, [*marks[1:], None]):
        name = re.split(r"（\d{0,3}[类款项]）|[，。；：、\d]", text[: mark.start()].rstrip("0123456789"))[-1]
        last = min(mark.end() + _LONG, after.start() if after else len(text))
        found = _PURPOSE.search(text, mark.end(), last)
        named = _named_other(
            name, [found, _REASON.search(text, mark.end(), after.start() if after else len(text))], others
        )
        if named:
            yield hit("NC5", place_of(paragraph, *named.span("purpose")), named["purpose"], name=name)
        elif found:
            yield from _foreign(paragraph, name, found)
    if paragraph.place.section == "glossary":
        for found in _EXPLAINED.finditer(text):
            yield from _foreign(paragraph, found["name"], found)


def _named_other(name: str, told: list[re.Match[str] | None], others: dict[str, str]) -> re.Match[str] | None:
    """The first of purpose and reason that is nothing but the name of another item of the paper."""
    for found in told:
        other = (
            others.get(re.sub(r"(?:等|支出|经费){0,2}$", "", found["purpose"])) or others.get(found["purpose"])
            if found
            else None
        )
        if other and found and not (other in name or name in found["purpose"]):
            return found
    return None


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
