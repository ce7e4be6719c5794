"""What must be stated beside an amount: batches and persons, delegations, vehicles, reasons, comparisons."""

import re
from collections.abc import Iterator

from fiscal.checks.wording.hits import hit, place_of
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Outcome
from fiscal.model.text import Claim, Narrative, Paragraph

# rule, column of the table, slot of the narrative, and the counts: each a slot, or words that state it all the same
_BATCHES = (("reception_batches",), r"\d+\s*个?批|批次\s*\d")
_PERSONS = (("reception_persons",), r"\d+\s*余?人")
_GROUPS = (("abroad_groups",), r"团组?(?:数)?\s*\d|\d+\s*个?(?:批次|团)")
_TRAVELLERS = (("abroad_persons",), r"\d+\s*人")
_BOUGHT = (
    ("vehicles_bought",),
    r"(?:购置|更新|购买|购入|购车)[^。]{0,20}\d+\s*[辆台]|\d+\s*[辆台][^，。；]{0,12}(?:购置|更新)|(?:未|没有|无)[^。，；]{0,10}(?:购置|更新|购买)",
)
_STOCK = (("vehicle_stock",), r"保有|共有|现有|拥有|实有|截至")
RULES = (
    ("MD1", "actual_reception", "tp_reception", (_BATCHES, _PERSONS)),
    ("MD2", "actual_abroad", "tp_abroad", (_GROUPS, _TRAVELLERS)),
    ("MD3", "actual_vehicle_purchase", "tp_vehicle_purchase", (_BOUGHT,)),
    ("MD3", "actual_vehicle_operation", "tp_vehicle_operation", (_STOCK,)),
)
_REASON = re.compile(r"原因|由于|因为|系因|主要是|主要为|主要系|主要情况|所致")
_CHANGES = {
    "appropriation_change": ("appropriation", "财政拨款收支总计"),
    "gpb_change": ("gpb_overall", "一般公共预算财政拨款支出"),
    "operating_expenses_change": ("operating_expenses", "机关运行经费"),
}
_UNREAD = frozenset({"file", "page", "section"})
_SUMMARY = re.compile(
    r"(?:经|由)[^，。]{0,12}汇总|(?:省|市|县|区|州|旗)(?:本)?级(?:各)?(?:部门|单位|行政)|全(?:省|市|县|区|州|旗)"
)
_FIRMS_SINCE = 2021  # 政府采购促进中小企业发展管理办法 asks each body to publish the share from that year on
_CHAPTERS = 3  # sections that make a text an account and no notice
_ELSEWHERE = frozenset({"contents", "glossary", "responsibilities", "organisation", "title"})
_PURCHASE = re.compile(
    r"(?:公务用?车辆?|公车|车辆)购置(?!及|和|、|与|/|或)|(?:全部|均|都)[为是系](?:公务用?车辆?|公车|车辆)运行|购置(?:公务用车|公车|车辆|新车)|更新(?:公务用车|公车|车辆)"
    r"|(?:未|没有|无|不)[^。，；]{0,10}(?:购置|购买|更新)|购[买置][^。，；]{0,8}\d+[辆台]|购置费(?:支出)?(?:决算数?)?[为是]?\d"
)
_GUESTS = re.compile("外事|外宾")
_ABROAD = re.compile(r"(?:外宾|外事|国（境）外|境外|国外)")


def disclosure_outcomes(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """MD1–MD3, MD14–MD16 money without its parts and counts, MD5 and MD6 without a reason, MD11 and MD13.

    Final accounts only; what the law asks for is searched in the whole text. Silent where nothing of the kind is
    narrated, and where a part of the text could not be read.
    """
    if disclosure.kind == "budget" or any(part.what in _UNREAD for part in disclosure.unread):
        return
    sections = _sections(narrative.paragraphs or disclosure.paragraphs)
    yield from _reasons(narrative, sections)
    yield from _procurement(narrative, sections, disclosure.year or 0)
    own = sections.get("three_public", [])
    if not any(statement.section == "three_public" for statement in narrative.claims):
        return
    text = _whole(sections)
    for rule, column, slot, counts in RULES:
        spent = _spent(disclosure, narrative, column, slot)
        missing = [words for slots, words in counts if not _stated(narrative, slots, words, _part(text, rule))]
        if spent is not None and own and missing and not _is_summary(disclosure, text):
            yield hit(rule, spent.place, f"{spent}{spent.unit}", severity=_severity(disclosure, sections))
    if own:  # what notes.yaml leaves out is not left out of a text
        yield from _purchase(disclosure, narrative, text)
    yield from _compared(disclosure, narrative, own)


def _severity(disclosure: Disclosure, sections: dict[str, list[Paragraph]]) -> str:
    """The law asks it of an account; a notice of the costs alone may have it in another paper: a warning."""
    account = bool(disclosure.tables) or len(sections.keys() - {"", "title", "whole", "contents"}) >= _CHAPTERS
    return "" if account or disclosure.kind == "unknown" else "warning"


def _is_summary(disclosure: Disclosure, text: str) -> bool:
    """The summary of a county or a province: its bodies state their counts themselves."""
    return bool(_SUMMARY.search(text)) or disclosure.entity.removesuffix("本级").endswith(
        ("省", "市", "县", "区", "旗")
    )


def _whole(sections: dict[str, list[Paragraph]]) -> str:
    """The text of all sections but those that only explain words or duties."""
    return "\n".join(
        paragraph.text for key, paragraphs in sections.items() if key not in _ELSEWHERE for paragraph in paragraphs
    )


def _purchase(disclosure: Disclosure, narrative: Narrative, text: str) -> Iterator[Outcome]:
    """MD14: vehicles cost money, and neither words nor table say what was spent on buying them."""
    spent = _spent(disclosure, narrative, "actual_vehicle", "tp_vehicle")
    table = disclosure.tables.get("three_public")
    bought = table.cell("data", "actual_vehicle_purchase") if table else None
    if spent is None or (bought is not None and not bought.is_blank) or _PURCHASE.search(text):
        return
    yield hit("MD14", spent.place, f"{spent}{spent.unit}")


def _procurement(narrative: Narrative, sections: dict[str, list[Paragraph]], year: int) -> Iterator[Outcome]:
    """MD15: procurement without one of goods, works and services. MD16: without what small and medium firms won."""
    text = "".join(paragraph.text for paragraph in sections.get("procurement", []))
    spent = next((c for c in narrative.slots.get("procurement", []) if c.is_number and c.number > 0), None)
    missing = [word for word in ("货物", "工程", "服务") if word not in text]
    if text and spent is not None and missing:
        yield hit("MD15", spent.place, f"{spent}{spent.unit}", other="、".join(missing) + "采购各多少")
    if text and spent is not None and year >= _FIRMS_SINCE and not re.search("中小企业|小微企业", text):
        yield hit("MD16", spent.place, f"{spent}{spent.unit}")


def _sections(paragraphs: tuple[Paragraph, ...]) -> dict[str, list[Paragraph]]:
    found: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        if paragraph.role in ("body", "cell"):
            found.setdefault(paragraph.place.section, []).append(paragraph)
    return found


def _part(text: str, rule: str) -> str:
    """The sentences on one kind of cost; what is told of foreign guests is no count of the domestic reception."""
    words = {"MD1": "接待", "MD2": "出国|团组", "MD3": "车"}[rule]
    sentences = [sentence for sentence in re.split("[。\n]", text) if re.search(words, sentence)]
    if rule == "MD1":
        sentences = [one if "国内" in one else _GUESTS.split(one)[0] for one in sentences]
    return "。".join(sentences)


def _stated(narrative: Narrative, slots: tuple[str, ...], words: str, text: str) -> bool:
    return any(narrative.slots.get(slot) for slot in slots) or bool(re.search(words, text))


def _spent(disclosure: Disclosure, narrative: Narrative, column: str, slot: str) -> Cell | None:
    table = disclosure.tables.get("three_public")
    cells = [*narrative.slots.get(slot, []), table.cell("data", column) if table else None]
    return next((cell for cell in cells if cell is not None and cell.is_number and cell.number > 0), None)


def _reasons(narrative: Narrative, sections: dict[str, list[Paragraph]]) -> Iterator[Outcome]:
    """MD5 and MD6: a change, or a gap to the budget, in a section without a word of why."""
    for slot, (section, name) in _CHANGES.items():
        change = _first(narrative, slot, section)
        if change and change.cell.number != 0 and not _explained(sections.get(section, [])):
            yield hit("MD5", change.cell.place, f"{change.cell}{change.cell.unit}", name=name)
    rate = _first(narrative, "tp_completion", "three_public")
    if rate and rate.cell.number != 100 and not _explained(_around(sections.get("three_public", []), rate)):
        yield hit("MD6", rate.cell.place, f"{rate.cell}%", name="“三公”经费支出")


def _first(narrative: Narrative, slot: str, section: str) -> Claim | None:
    found = (s for s in narrative.claims if s.subject == slot and s.section == section and s.cell.is_number)
    return next(found, None)


def _explained(paragraphs: list[Paragraph]) -> bool:
    return not paragraphs or any(_REASON.search(paragraph.text) for paragraph in paragraphs)


def _around(paragraphs: list[Paragraph], statement: Claim) -> list[Paragraph]:
    """The paragraph of a statement and the one after it."""
    offset = statement.cell.place.offset
    at = [i for i, p in enumerate(paragraphs) if p.place.offset is not None and p.place.offset <= (offset or 0)]
    return paragraphs[at[-1] : at[-1] + 2] if at else paragraphs


def _compared(disclosure: Disclosure, narrative: Narrative, own: list[Paragraph]) -> Iterator[Outcome]:
    """MD11: three public costs without the budget or last year; MD13: reception without a word on foreign guests."""
    spent = next((c for c in narrative.slots.get("tp", []) if c.is_number and c.number > 0), None)
    text = "".join(paragraph.text for paragraph in own)
    year = disclosure.year
    if spent is None or not text or year is None:
        return
    place = place_of(own[0], 0, len(own[0].text))
    if "预算" not in text:
        yield hit("MD11", place, f"{spent}{spent.unit}", other="与预算数的比较")
    if not re.search(rf"上年|去年|同比|{year - 1}年|持平", text):
        yield hit("MD11", place, f"{spent}{spent.unit}", other="与上年决算数的比较")
    reception = next((c for c in narrative.slots.get("tp_reception", []) if c.is_number and c.number > 0), None)
    if reception is not None and disclosure.profile == "shanghai9" and not _ABROAD.search(text):
        yield hit("MD13", reception.place, f"{reception}{reception.unit}")
