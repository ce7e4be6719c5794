"""Words that contradict their surroundings: another kind of cost, another year, another body, another level."""

import re
from collections.abc import Iterator
from dataclasses import replace

from fiscal.checks.wording.hits import hit, place_of
from fiscal.checks.wording.stated_reasons import reason_outcomes
from fiscal.dictionary.word_rules import reason_words
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Outcome
from fiscal.model.text import Narrative, Paragraph

_SENTENCE = re.compile(r"[^。；]+[。；]?")
_KIND = re.compile(r"因公出国（境）|公务用车|公务接待|国内接待|外事接待")
_WHY = re.compile(r"主要(?:是)?用于|原因(?:是|：|:)?")
_OWN = {
    "出国": re.compile(r"出国|出访|团组|国（境）|境外|国际"),
    "用车": re.compile(r"车|燃[油料]|过路|过桥|油价"),
    "接待": re.compile(r"接待|用餐|就餐|来访|来宾|宾客"),
}
_SURE = {
    "出国": re.compile(r"因公出国|出国（境）|出访"),
    "用车": re.compile(r"公务用车|车辆|燃[油料]费|过路过桥"),
    "接待": re.compile(r"公务接待|接待(?:用餐|批次|人次|费)|来访|用餐费"),
}
_SELF = re.compile(r"我(局|委|办(?!理|公)|厅|院|校|中心|站|所(?!在|有|以|需|属))(?=[\u4e00-\u9fff\d])")
_BODY = re.compile(r"(局|委员会|委|办公室|办|厅|院|学校|中心|站|所)(?:（[^）]*）)?$")
_SELVES = {"委员会": ("委", "办"), "办公室": ("办",), "学校": ("校",), "院": ("院", "校", "所")}  # 管委会办公室, 学院
_EXPECTED_OTHER = frozenset(
    {"overview", "responsibilities", "organisation", "annexes", "contents", "tables", "glossary"}
)
_COUNTY = re.compile(r"(?<![区市各郊周])(?:我县|全县|县委县政府|县委、县政府|县财政局)")
_DISTRICT = re.compile(r"(?<![市各校园景社治发新])(?:区委区政府|区委、区政府|区财政局)")
_SHARE = re.compile(r"占|比重|比例")
_PROVINCE = r"(?:[\u4e00-\u9fff]{2}省|黑龙江省|内蒙古自治区|[\u4e00-\u9fff]{2,4}自治区|(?:北京|上海|天津|重庆)市)"
_PLANNED = re.compile(r"(?P<year>20\d\d)年(?:度|初)?(?=预算编制|部门整体|单位整体|整体|项目|绩效|部门预算|预算绩效)")


def wording_outcomes(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """FR7, FR8, NE2, NE3, NE4, NE5, TI17, TI18, TI19 and YD7."""
    for paragraph in narrative.paragraphs or disclosure.paragraphs:
        if paragraph.role != "body":
            continue
        section = paragraph.place.section
        if section == "three_public":
            yield from _other_kind(paragraph)
        if section in ("revenue", "expenditure"):
            yield from _other_side(paragraph)
        if section == "performance" and disclosure.year:
            yield from _old_performance(paragraph, disclosure.year)
        if section not in _EXPECTED_OTHER:
            yield from _own_name(paragraph, disclosure.entity)
        yield from _level(paragraph, disclosure.entity)
        if section not in _EXPECTED_OTHER and section != "performance":
            yield from reason_outcomes(paragraph)
    yield from _as_department(disclosure, narrative)
    yield from _clipped(disclosure, narrative)
    yield from _impossible(narrative)
    yield from _vehicles(narrative)
    yield from _province(narrative, disclosure.entity)


def _impossible(narrative: Narrative) -> Iterator[Outcome]:
    """TI17: a share above 100 %, a decline of more than 100 %."""
    for statement in narrative.claims:
        cell = statement.cell
        if not cell.is_number or cell.unit != "%" or cell.number <= 100:
            continue
        if statement.kind == "share" and _SHARE.search(cell.place.text or "占"):
            yield replace(hit("TI17", cell.place, f"占{cell}%", other="占比不会超过100%"), terms=(cell,))
        elif statement.kind == "change_percent" and statement.direction == "减少":
            yield replace(hit("TI17", cell.place, f"下降{cell}%", other="下降幅度不会超过100%"), terms=(cell,))


def _vehicles(narrative: Narrative) -> Iterator[Outcome]:
    """TI19: fewer official vehicles in one place than the kinds listed in another leave; more have their identity."""
    stock, owned = (narrative.slots.get(slot, []) for slot in ("vehicle_stock", "vehicles"))
    kinds = [(str(one.get("kind")), one.get("count")) for one in narrative.lists.get("vehicle_kinds", [])]
    known = [(kind, cell.number) for kind, cell in kinds if isinstance(cell, Cell) and cell.is_number]
    if not stock or not owned or len(known) != len(kinds) or sum(n for _, n in known) != owned[0].value:
        return
    apart = sum(n for kind, n in known if any(word in kind for word in reason_words()["vehicles_apart"]))
    if stock[0].value is not None and stock[0].number < owned[0].number - apart:
        found = hit("TI19", stock[0].place, f"{stock[0]}", other=f"{owned[0]}", name=f"{apart:f}")
        yield replace(found, terms=(stock[0], owned[0]))


def _other_kind(paragraph: Paragraph) -> Iterator[Outcome]:
    """A purpose or a reason that speaks of another of the three costs and not of its own."""
    kind = ""
    for sentence in _SENTENCE.finditer(paragraph.text):
        why = _WHY.search(sentence.group())
        lead = sentence.group()[: why.start()] if why else sentence.group()
        named = {_kind(found) for found in _KIND.findall(lead)}
        kind = named.pop() if len(named) == 1 else "" if named or "“三公”" in lead else kind
        if not why or not kind:
            continue
        told = sentence.group()[why.end() :]
        others = [other for other, words in _SURE.items() if other != kind and words.search(told)]
        if others and not _OWN[kind].search(told):
            start = sentence.start() + why.end()
            yield hit("FR7", place_of(paragraph, start, sentence.end()), told.rstrip("。；"), name=_FULL_KIND[kind])


_FULL_KIND = {"出国": "因公出国（境）费", "用车": "公务用车费用", "接待": "公务接待费"}


def _kind(word: str) -> str:
    return "出国" if "出国" in word else "用车" if "用车" in word else "接待"


def _other_side(paragraph: Paragraph) -> Iterator[Outcome]:
    """本年收入合计 in the section on expenditure, or the reverse, as the subject of the first sentence."""
    wrong, right = ("本年支出合计", "本年收入合计")
    if paragraph.place.section == "expenditure":
        wrong, right = right, wrong
    match = re.match(rf"^(?:[^。，；]{{0,40}}?(?:20\d\d年度?)[，]?)?(?P<wrong>{wrong})(?=\d|为)", paragraph.text)
    if match:
        yield hit("FR8", place_of(paragraph, *match.span("wrong")), wrong, other=right)


def _old_performance(paragraph: Paragraph, year: int) -> Iterator[Outcome]:
    """Evaluation of an earlier year in the section on this year's."""
    for sentence in _SENTENCE.finditer(paragraph.text):
        if f"{year}年" in sentence.group():
            continue
        for match in _PLANNED.finditer(sentence.group()):
            compared = re.search(r"(?:与|比|较|同|自|从|结合|对)$", sentence.group()[: match.start()])
            if int(match["year"]) in (year - 1, year - 2) and not compared:
                start = sentence.start() + match.start()
                place = place_of(paragraph, start, sentence.start() + match.end())
                yield hit("YD7", place, match.group(), year=year)


def _own_name(paragraph: Paragraph, entity: str) -> Iterator[Outcome]:
    """我局 in the account of a 办公室."""
    body = _BODY.search(entity)
    if not body:
        return
    own = _SELVES.get(body[1], (body[1],))
    for match in _SELF.finditer(paragraph.text):
        if match[1] not in own:
            yield hit("NE3", place_of(paragraph, *match.span()), match.group(), name=entity, other=f"我{own[0]}")


def _level(paragraph: Paragraph, entity: str) -> Iterator[Outcome]:
    """县 where the body belongs to a 区, or the reverse; autonomous regions and zones are neither."""
    district = "区" in entity and "县" not in entity and "自治" not in entity
    county = re.search(r"县(?!级)", entity) and "区" not in entity
    pattern = _COUNTY if district else _DISTRICT if county else None
    for match in pattern.finditer(paragraph.text) if pattern else ():
        right = match.group().replace("县", "区") if district else match.group().replace("区", "县")
        yield hit("NE4", place_of(paragraph, *match.span()), match.group(), other=right, name=entity)


def _as_department(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """本部门 in the account of a unit: a remark, once."""
    for paragraph in narrative.paragraphs if disclosure.level == "unit" else ():
        if paragraph.role != "body" or paragraph.place.section in ("", "glossary", "responsibilities", "contents"):
            continue
        for match in re.finditer(r"[本我]部门(?!预算|决算|（单位|\(单位)", paragraph.text):
            yield hit("NE5", place_of(paragraph, *match.span()), match.group())


def _clipped(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """The body's name with one character lost, where only the body itself can stand."""
    entity = disclosure.entity
    if len(entity) < 6:
        return
    told = {str(entry.get("name")) for entry in narrative.lists.get("entity_mentions", [])}
    short = {entity[:i] + entity[i + 1 :] for i in range(len(entity))} - {entity}
    pattern = re.compile("(?:" + "|".join(sorted(map(re.escape, short))) + r")(?=20\d\d年|共有车辆|机关运行经费)")
    for paragraph in narrative.paragraphs or disclosure.paragraphs:
        if paragraph.role not in ("body", "heading"):
            continue
        for match in pattern.finditer(paragraph.text):
            whole = paragraph.text[max(0, match.start() - 1) : match.end()].endswith(entity)
            if match.group() not in told and not whole:
                yield hit("NE2", place_of(paragraph, *match.span()), match.group(), other=entity)


def _province(narrative: Narrative, entity: str) -> Iterator[Outcome]:
    """The name now with and now without the province before it: a remark, once."""
    longer = re.compile(rf"{_PROVINCE}{re.escape(entity)}") if entity else None
    for paragraph in narrative.paragraphs:
        match = longer.search(paragraph.text) if longer and paragraph.role == "body" else None
        if match:
            place = place_of(paragraph, *match.span())
            yield hit("NE2", place, match.group(), severity="info", other=entity)
            return
