"""Words that contradict their surroundings: another kind of cost, another side, another year, another direction."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fiscal.checks.wording.hits import hit, place_of
from fiscal.checks.wording.own_names import NO_SELF
from fiscal.checks.wording.stated_reasons import reason_outcomes
from fiscal.dictionary.word_rules import reason_words
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Outcome
from fiscal.model.money import FACTORS
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
_INVOLVED = re.compile(r"(?:共|总共|合计|累计)?(?:涉及|覆盖)[^，。；、\d]{0,14}(?:资金|金额|支出|经费)")
_NOT_SPENT = re.compile(r"整体|预算[数总安]|全年预算|年初|下达|转移支付|债券|分配|代管|专户")  # other money, or planned
_SHARE = re.compile(r"占|比重|比例")
_PLANNED = re.compile(r"(?P<year>20\d\d)年(?:度|初)?(?=预算编制|部门整体|单位整体|整体|项目|绩效|部门预算|预算绩效)")


def wording_outcomes(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """FR7, FR8, TI17, TI18, TI19, TI23 and YD7."""
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
        if section not in NO_SELF and section != "performance":
            yield from reason_outcomes(paragraph)
    yield from _impossible(narrative)
    yield from _vehicles(narrative)
    yield from _evaluated(disclosure, narrative)


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


def _evaluated(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """TI23: evaluated projects that take more money than all projects spent and the year left over.

    A budget may be larger than what was spent, by what is left at the end of the year.
    """
    summary = "revenue_expenditure_summary"
    places = (("expenditure", "total", "project"), (summary, "closing_balance", "expenditure_amount"))
    tables = disclosure.tables
    spent, left = (tables[key].cell(row, column) if key in tables else None for key, row, column in places)
    if spent is None or not spent.value or (left is not None and left.is_unknown):
        return
    most = sum(_yuan(cell) for cell in (spent, left) if cell is not None and cell.is_number)
    for claim in narrative.claims:
        cell, clause = claim.cell, claim.cell.place.text or ""
        if claim.section != "performance" or claim.kind != "amount" or not cell.is_number or _yuan(cell, -1) <= most:
            continue
        if _INVOLVED.match(clause) and "项目" in claim.sentence and not _NOT_SPENT.search(claim.sentence):
            found = hit("TI23", cell.place, f"{cell}{cell.unit}", other=f"{spent}{spent.unit}")
            yield replace(found, terms=(cell, spent))


def _yuan(cell: Cell, side: int = 0) -> Decimal:
    """An amount in 元, or the end of its interval below (-1)."""
    return (cell.number + side * cell.half) * FACTORS.get(cell.unit, Decimal(1))


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
