"""Headings: empty sections, sections written twice, years in titles. Numbering is in text_numbering."""

import re
from collections.abc import Iterator
from itertools import pairwise

from fiscal.checks.wording.heading_numbers import label, numbering_outcomes
from fiscal.checks.wording.hits import hit, place_of
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Outcome
from fiscal.model.text import Narrative, Paragraph

REPORTED = frozenset({
    "overall", "revenue", "expenditure", "appropriation", "gpb", "gpb_overall", "gpb_structure", "gpb_items", "basic",
    "three_public", "fund", "state_capital", "operating_expenses", "procurement", "assets", "performance",
    "responsibilities",
})  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!以来|以前|以后|前|后|至|—|-|～)")
TITLE = re.compile(r"[决预]算总?表|明细表")  # of a table of the account
_WITHHELD = re.compile(r"未公开|不公开|保密|涉密|^\s*=|\*|[＊×xX]{2}|^#")
_RANK = {"part": 0, "top": 1, "digit": 1, "sub": 2}


def structure_outcomes(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """ST3, ST4, ST6 and ST8 over the paragraphs of the narrative, TA12 over the tables, ST10 over the pages."""
    paragraphs = narrative.paragraphs or disclosure.paragraphs
    yield from numbering_outcomes(paragraphs)
    yield from _empty(paragraphs)
    yield from _twice(paragraphs)
    yield from _years(paragraphs, disclosure.year)
    yield from _residue(disclosure)
    yield from (hit("ST10", place, f"第{place.page}页") for place in disclosure.blank)


def _empty(paragraphs: tuple[Paragraph, ...]) -> Iterator[Outcome]:
    """A numbered heading of the report that a heading of its own rank, or of a higher one, follows at once."""
    flow = [p for p in paragraphs if p.role in ("heading", "body", "cell", "caption", "chart")]
    for paragraph, following in pairwise(flow):
        one, two = label(paragraph), label(following)
        if paragraph.role != "heading" or following.role != "heading" or not one or not two or one.kind == "part":
            continue
        if _RANK[two.kind] <= _RANK[one.kind] and not _holds_tables(paragraph) and not _same(paragraph, following):
            yield hit("ST3", place_of(paragraph, 0, len(paragraph.text)), paragraph.text.strip())


def _holds_tables(paragraph: Paragraph) -> bool:
    """Whether a table is all that stands below, or the heading itself says that there is nothing (情况：无)."""
    return bool(re.search(r"表\s*$|表[（(]|[：:]\s*无。?$", paragraph.text)) or paragraph.place.section not in REPORTED


def _same(one: Paragraph, two: Paragraph) -> bool:
    return _bare(one) == _bare(two)


def _bare(paragraph: Paragraph) -> str:
    found = label(paragraph)
    return re.sub(r"\s", "", paragraph.text[found.end :] if found else paragraph.text)


def _twice(paragraphs: tuple[Paragraph, ...]) -> Iterator[Outcome]:
    """The heading of a chapter of the report that stands twice in one part."""
    seen: set[str] = set()
    for paragraph in paragraphs:
        found = label(paragraph)
        if paragraph.role != "heading" or not found:
            continue
        if found.kind == "part":
            seen.clear()
        title = _bare(paragraph)
        if found.kind in ("top", "digit") and re.search(r"(?:情况|说明)$", title) and "决算" in title:
            if title in seen and paragraph.place.section in REPORTED:
                yield hit("ST6", place_of(paragraph, 0, len(paragraph.text)), title)
            seen.add(title)


def _years(paragraphs: tuple[Paragraph, ...], year: int | None) -> Iterator[Outcome]:
    """Titles of tables and of evaluation reports with another year; headings of the account have their identity."""
    for paragraph in paragraphs:
        title = paragraph.role == "caption" and TITLE.search(paragraph.text)
        report = (
            paragraph.role == "heading"
            and paragraph.place.section in ("annexes", "performance")
            and re.search(r"绩效|决算", paragraph.text)
        )
        if not year or not (title or report) or "计划" in paragraph.text or len(paragraph.text) > 60:
            continue
        for match in _YEAR.finditer(paragraph.text):
            if int(match[1]) != year:
                place = place_of(paragraph, match.start(), match.end())
                yield hit("ST8", place, paragraph.text.strip(), other=match[1], year=year)


def _residue(disclosure: Disclosure) -> Iterator[Outcome]:
    """Cells that hold something else than a number; 未公开, masks and formulas without a result are no slips."""
    for table in disclosure.tables.values():
        for row, column, cell in table.cells():
            if cell.is_unknown and cell.text.strip() and not _WITHHELD.search(cell.text):
                yield hit("TA12", cell.place, cell.text.strip(), name=table.title, other=f"{row.label}/{column.label}")
