"""How a paper names its body: another organ, another level, 部门 where a unit speaks, one character lost."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from fiscal.checks.wording.hits import hit, place_of
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Outcome
from fiscal.model.text import Narrative, Paragraph

_SELF = re.compile(r"我(局|委|办(?!理|公)|厅|院|校|中心|站|所(?!在|有|以|需|属))(?=[\u4e00-\u9fff\d])")
_BODY = re.compile(r"(局|委员会|委|办公室|办|厅|院|学校|中心|站|所)(?:（[^）]*）)?$")
_SELVES = {"委员会": ("委", "办"), "办公室": ("办",), "学校": ("校",), "院": ("院", "校", "所")}  # 管委会办公室, 学院
NO_SELF = frozenset({"overview", "responsibilities", "organisation", "annexes", "contents", "tables", "glossary"})
_NO_LEVEL = frozenset({"", "glossary", "responsibilities", "contents", "projects"})
_COUNTY = re.compile(r"(?<![区市各郊周])(?:我县|全县|县委县政府|县委、县政府|县财政局)")
_DISTRICT = re.compile(r"(?<![市各校园景社治发新])(?:区委区政府|区委、区政府|区财政局)")
_PROVINCE = r"(?:[\u4e00-\u9fff]{2}省|黑龙江省|内蒙古自治区|[\u4e00-\u9fff]{2,4}自治区|(?:北京|上海|天津|重庆)市)"
_RANKS = "省市区县"
_OWN_LEVEL = re.compile(rf"([{_RANKS}])级(?=预算主管部门|财政有经费领拨|财政拨款安排|(?:部门|单位)(?:预算|决算))")
_PART_OF_CITY = re.compile(r"(?:^|市)[\u4e00-\u9fff]{1,4}?(?<!自治)(?<!开发)(?<!园)(?<!景)(?<!管理)([区县])")
_LEVELS = ("部门", "单位")
_CALLED = re.compile(
    r"(?:编制|预算|本)?(?P<level>部门|单位)(?=(?<=编制..)：|（|(?:财务)?收[支入]|支出|财政拨款|一般公共|政府性基金|国有资本|“三公|主要职[能责]|机构设置|预算(?!经济分类|单位)|20\d\d年)"
)
_SELF_LEVEL = re.compile(r"[本我](?P<level>部门|单位)(?!预算|决算|[（(](?:单位|部门))")
_MOST = 2  # times as often as the other word, the word is what the paper calls itself


def own_name_outcomes(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """NE2, NE3, NE4 and NE5: one character of the name lost, another organ, another level, department for unit."""
    paragraphs = narrative.paragraphs or disclosure.paragraphs
    for paragraph in (p for p in paragraphs if p.role == "body"):
        if paragraph.place.section not in NO_SELF:
            yield from _other_organ(paragraph, disclosure.entity)
        yield from _county(paragraph, disclosure.entity)
    yield from _rank(paragraphs, disclosure)
    if disclosure.level:
        yield from _level(paragraphs, disclosure)
    yield from _shortened(paragraphs, disclosure, narrative)
    yield from _province(narrative, disclosure.entity)


def _other_organ(paragraph: Paragraph, entity: str) -> Iterator[Outcome]:
    """我局 in the account of a 办公室."""
    body = _BODY.search(entity)
    if not body:
        return
    own = _SELVES.get(body[1], (body[1],))
    for match in _SELF.finditer(paragraph.text):
        if match[1] not in own:
            yield hit("NE3", place_of(paragraph, *match.span()), match.group(), name=entity, other=f"我{own[0]}")


def _county(paragraph: Paragraph, entity: str) -> Iterator[Outcome]:
    """县 where the body belongs to a 区, or the reverse; autonomous regions and zones are neither."""
    district = "区" in entity and "县" not in entity and "自治" not in entity
    county = re.search(r"县(?!级)", entity) and "区" not in entity
    pattern = _COUNTY if district else _DISTRICT if county else None
    for match in pattern.finditer(paragraph.text) if pattern else ():
        right = match.group().replace("县", "区") if district else match.group().replace("区", "县")
        yield hit("NE4", place_of(paragraph, *match.span()), match.group(), other=right, name=entity)


def _rank(paragraphs: Sequence[Paragraph], disclosure: Disclosure) -> Iterator[Outcome]:
    """市级 in the title or the glossary of a paper of a 区 or 县, as its title or the name of its body says."""
    named = _PART_OF_CITY.search(disclosure.entity)
    titles = [p for p in paragraphs if p.place.section == "title"]
    title = next((found for p in titles if (found := _OWN_LEVEL.search(p.text))), None)
    own = named[1] if named else title[1] if title else ""
    for paragraph in paragraphs if own else ():
        if paragraph.place.section in ("title", "glossary") or paragraph.role == "heading":
            for match in _OWN_LEVEL.finditer(paragraph.text):
                if match[1] != own and not {match[1], own} <= set("区县"):
                    place = place_of(paragraph, *match.span())
                    yield hit("NE4", place, match.group(), other=f"{own}级", name=disclosure.entity)


def _level(paragraphs: Sequence[Paragraph], disclosure: Disclosure) -> Iterator[Outcome]:
    """部门 in titles and sentences of a unit, 单位 in those of a department that mostly says 部门."""
    own, other = _LEVELS if disclosure.level == "department" else _LEVELS[::-1]
    plan = disclosure.kind == "budget"
    said = [(p, m) for p in paragraphs if p.role == "body" for m in _SELF_LEVEL.finditer(p.text)]
    said = [(p, m) for p, m in said if p.place.section not in _NO_LEVEL]
    titles = [(p, m) for p in paragraphs if p.role not in ("body", "cell") for m in _CALLED.finditer(p.text)]
    for found, sure in ((said, own == "单位"), (titles if plan else [], False)):
        wrong = [(p, m) for p, m in found if m["level"] == other]
        if not sure and _MOST * len(wrong) > len(found) - len(wrong):
            continue
        for paragraph, match in wrong:
            place = place_of(paragraph, *match.span())
            words = paragraph.text[match.start() : match.end() + 6].strip() if found is titles else match.group()
            severity = "" if plan else "info"
            slots = {"name": own, "other": match.group().replace(other, own), "paper": "预算" if plan else "决算"}
            yield hit("NE5", place, words, severity=severity, **slots)


def _shortened(paragraphs: Sequence[Paragraph], disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """The body's name with one character lost, where only the body itself can stand."""
    entity = disclosure.entity
    if len(entity) < 6:
        return
    told = {str(entry.get("name")) for entry in narrative.lists.get("entity_mentions", [])}
    for paragraph in paragraphs:
        if paragraph.role not in ("body", "heading"):
            continue
        for match in _one_lost(entity).finditer(paragraph.text):
            whole = paragraph.text[max(0, match.start() - 1) : match.end()].endswith(entity)
            if match.group() not in told and not whole:
                yield hit("NE2", place_of(paragraph, *match.span()), match.group(), other=entity)


@cache
def _one_lost(entity: str) -> re.Pattern[str]:
    short = {entity[:i] + entity[i + 1 :] for i in range(len(entity))} - {entity}
    return re.compile("(?:" + "|".join(sorted(map(re.escape, short))) + r")(?=20\d\d年|共有车辆|机关运行经费)")


def _province(narrative: Narrative, entity: str) -> Iterator[Outcome]:
    """The name now with and now without the province before it: a remark, once."""
    longer = re.compile(rf"{_PROVINCE}{re.escape(entity)}") if entity else None
    for paragraph in narrative.paragraphs:
        match = longer.search(paragraph.text) if longer and paragraph.role == "body" else None
        if match:
            place = place_of(paragraph, *match.span())
            yield hit("NE2", place, match.group(), severity="info", other=entity)
            return
