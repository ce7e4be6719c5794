"""YD8: the period of a project and the day of the assets, where they are of a year before the paper's own."""

import re
from collections.abc import Iterator, Sequence

from fiscal.checks.wording.hits import hit, place_of
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Outcome
from fiscal.model.text import Narrative, Paragraph

_LABEL = re.compile(
    r"(?:实施|项目|建设|执行|服务|起止)(?:周期|期限?|时间|年限)|起止(?:年月|日期)|实施进度|(?:年度|资金)预算安排"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(?:年|[./-](?=\d))")
_PERIOD = re.compile(r"(20\d\d)年(?:(\d{1,2})月)?(?:\d{1,2}日)?\s*(?:至|到|[-—–－~～])+\s*(20\d\d)年(?:(\d{1,2})月)?")
_PLANNED = re.compile(r"(20\d\d)年度?(?:[本该]?项目)?(?:年初|年度)?(?:部门|单位)?预算(?:安排|资金|金额|总额|为|共)")
_QUOTED = 30
_DAY = re.compile(r"截至(20\d\d)年")


def period_outcomes(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """In a budget: a period that is over before its year or ends before it begins, last year's plan, old assets."""
    year = disclosure.year
    if disclosure.kind != "budget" or year is None:
        return
    paragraphs = narrative.paragraphs or disclosure.paragraphs
    for before, paragraph in zip((None, *paragraphs), paragraphs):
        if paragraph.place.section == "projects":
            yield from _project(before, paragraph, year)
        elif paragraph.place.section == "assets":
            old = (found for found in _DAY.finditer(paragraph.text) if int(found[1]) < year - 1)
            yield from (_told(paragraph, found, f"不是{year - 1}年或{year}年", year) for found in old)


def _project(before: Paragraph | None, paragraph: Paragraph, year: int) -> Iterator[Outcome]:
    text = paragraph.text
    backwards = next((found for found in _PERIOD.finditer(text) if _ends_first(found)), None)
    if backwards:
        yield _told(paragraph, backwards, "结束早于开始", year)
        return
    label = _LABEL.search(text) or (before is not None and len(before.text) < 20 and _LABEL.search(before.text))
    years = list(_YEAR.finditer(text))
    if years and label and all(int(found[1]) < year for found in years):
        yield _told(paragraph, years[0], f"不含{year}年", year)
    elif years and not any(int(found[1]) == year for found in years):
        yield from (_told(paragraph, found, f"不是{year}年", year) for found in _last(_PLANNED, text, year))


def _last(pattern: re.Pattern[str], text: str, year: int) -> Sequence[re.Match[str]]:
    """Last year's number where this year's plan is stated; years further back are history."""
    return [found for found in pattern.finditer(text) if int(found[1]) == year - 1]


def _ends_first(found: re.Match[str]) -> bool:
    begin, end = (int(found[1]), int(found[2] or 1)), (int(found[3]), int(found[4] or 12))
    return end < begin


def _told(paragraph: Paragraph, found: re.Match[str], why: str, year: int) -> Outcome:
    quoted = re.split(r"[。；，]", paragraph.text[found.start() :], maxsplit=1)[0][:_QUOTED].strip()
    return hit("YD8", place_of(paragraph, *found.span()), quoted, other=why, year=year)
