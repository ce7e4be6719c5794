"""What stands above each table: its year, its body and what the form left there, against the account."""

import re
from collections.abc import Iterator

from fiscal.checks.wording.headings_check import TITLE
from fiscal.checks.wording.hits import hit
from fiscal.dictionary.labels import squeeze
from fiscal.model.cells import Place
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Outcome
from fiscal.model.table import Table

_OWN_LINE = re.compile(r"^20\d\d年度?$|表(?:（[^）]*）)?$|(?:部门|单位)(?:名称)?(?:（[^）]*）)?：|^单位：|^公开\d")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!\d{1,2}月)")
_BODY = re.compile(
    r"(?:部门|单位)(?:名称)?(?:（(?:公章|盖章)）)?：(?P<name>[^：]*?)(?=20\d\d|金额|单位：|公开|　|\s|$)"
)
_BLANK = re.compile(r"[XxＸ×*]{2}|某某?(?:单位|部门|局)|○○|_{2}")
_BRACKETS = re.compile(r"（[^）]*）|本级|部门$|汇总")


def head_outcomes(disclosure: Disclosure) -> Iterator[Outcome]:
    """ST8, NE2 and TL1 over the lines above the tables; titles that are paragraphs as well are judged there."""
    captions = (paragraph.text for paragraph in disclosure.paragraphs if paragraph.role == "caption")
    printed = {squeeze(text) for text in captions if TITLE.search(text)}
    for table in disclosure.tables.values():
        own = [line for line in table.heads if _OWN_LINE.search(squeeze(line)) and squeeze(line) not in printed]
        yield from _years(table, own, disclosure)
        for line in own:
            yield from _body(table, line, disclosure.entity)


def _years(table: Table, lines: list[str], disclosure: Disclosure) -> Iterator[Outcome]:
    """The first line above a table that names years, and the account's not among them."""
    year = disclosure.year
    for line in map(squeeze, lines):
        years = [int(found) for found in _YEAR.findall(line)]
        if year is not None and years and year not in years:
            yield hit("ST8", _place(table, line), line, other=str(years[0]), year=year, name=f"《{table.title}》的")
            return


def _body(table: Table, line: str, entity: str) -> Iterator[Outcome]:
    found = _BODY.search(re.sub(r"[ \t\u00a0]{2,}", "　", line.strip()).replace(":", "："))
    name = squeeze(found["name"]) if found else ""
    if _BLANK.search(name):
        yield hit("TL1", _place(table, line), name, around=line.strip())
    elif len(name) >= 4 and entity and not _same(name, entity):
        yield hit("NE2", _place(table, line), name, other=entity, name=f"《{table.title}》的")


def _same(one: str, other: str) -> bool:
    first, second = (_BRACKETS.sub("", name.replace("(", "（").replace(")", "）")) for name in (one, other))
    return first.endswith(second) or second.endswith(first) or first in second or second in first


def _place(table: Table, line: str) -> Place:
    place = table.place
    return Place(document=place.document, page=place.page, sheet=place.sheet, table=table.id, text=line)
