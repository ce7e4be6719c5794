"""Names of subjects: purposes of another subject, glossary entries without a subject, subjects without an entry."""

import re
from collections.abc import Iterator

from fiscal.checks.wording.hits import hit, place_of
from fiscal.dictionary.classification import functional
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Outcome
from fiscal.model.text import Narrative, Paragraph

_FULL = re.compile(r"(?P<class>\d{3})（类）[^。；：]{1,40}?(?P<group>\d{2})（款）[^。；：]{1,40}?(?P<item>\d{2})（项）")
_PURPOSE = re.compile(r"（项）[^。]{0,6}?[。：，]?\s*主要(?:是)?用于[:：]?(?P<purpose>[^。；]{2,60})")

# What an item is for, and words that belong to another item.
_BELONGS = {
    "住房公积金": ("医疗", "养老", "年金", "办公"),
    "购房补贴": ("医疗", "养老", "年金"),
    "行政单位医疗": ("住房", "公积金", "养老", "年金"),
    "事业单位医疗": ("住房", "公积金", "养老", "年金"),
    "公务员医疗补助": ("住房", "公积金", "养老", "年金"),
    "机关事业单位基本养老保险缴费支出": ("医疗", "住房", "公积金", "年金"),
    "机关事业单位职业年金缴费支出": ("医疗", "住房", "公积金", "基本养老"),
}


def name_outcomes(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """NC5, NC6 and MD12."""
    paragraphs = narrative.paragraphs or disclosure.paragraphs
    for paragraph in paragraphs:
        if paragraph.role == "body":
            yield from _purposes(paragraph)
    yield from _glossary(disclosure, narrative)


def _purposes(paragraph: Paragraph) -> Iterator[Outcome]:
    """A purpose that names another item's object and not its own."""
    for match in _PURPOSE.finditer(paragraph.text):
        before = paragraph.text[: match.start()].rstrip("0123456789")
        purpose = match["purpose"]
        for name in [name for name in _BELONGS if before.endswith(name)]:
            own = re.findall("住房|公积金|购房|医疗|养老|年金", name)
            foreign = [word for word in _BELONGS[name] if word in purpose]
            if foreign and not any(word in purpose for word in own):
                yield hit("NC5", place_of(paragraph, *match.span("purpose")), purpose, name=name)


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
