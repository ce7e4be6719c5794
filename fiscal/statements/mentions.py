"""What paragraphs mention besides figures: years and their role, names of the body, leftovers of a form, words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from fiscal.dictionary.notation import any_of
from fiscal.dictionary.patterns import patterns
from fiscal.model.cells import blank, count
from fiscal.model.disclosure import Disclosure
from fiscal.statements import names
from fiscal.statements.facts import Facts
from fiscal.statements.sections import Sectioned

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年度?")
_COMPARED = re.compile(r"(?:[与同]|(?<!经)比|(?<!经比)较|对比|相较于?|高于|低于|超过)(?:上年[（(])?$")
_OUTCOME = re.compile(r"度?(?:当年)?(?:预算)?(?:执行|决算)数")
_BASE_BUDGET = re.compile(r"预算(?!财政拨款)")
_AHEAD = re.compile(r"[，,]?(?:我|本)?[局办委院校单位部门]{0,2}(?:将|拟|计划)")
_LEVEL_BEFORE, _NO_OTHER = re.compile(r"元[^。；]{0,20}$"), re.compile("(?:实际)?(?:支出|收入|决算|为|是)")
_NEAR = 300  # characters around a year that can say what it is
_HEADING = re.compile(r"(?:部门|单位)?(?:决算|预算)|重点工作|工作完成情况")
_DATE = re.compile(r"截至((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})日|底|末)?")
_FINANCIAL_OUT = frozenset({
    "contents", "glossary", "responsibilities", "overview", "organisation", "annexes", "performance", "projects",
    "tables",
})  # fmt: skip
_NAME_LIST = re.compile(
    r"(人员经费|公用经费)(?:支出)?[^，。；、]{0,24}?[，,、]?(?:主要|具体)?包括[：:]?(?P<names>.*?)(?=[。；]|，?(?:日常)?公用经费[\d支]|$)"
)
_LISTED_NAME = re.compile(r"^[和及与以]*([^\d]{2,24}?)(?:支出)?(?:\d.*|等.*)?$")


def read(facts: Facts, parts: Sequence[Sectioned], disclosure: Disclosure, year: int | None) -> None:
    """Fill the word slots and the lists of mentions."""
    headed: frozenset[str] = frozenset()
    for part in parts:
        words = part.words.paragraph
        if part.heading:
            headed = frozenset(_YEAR.findall(part.words.text))
        if part.section != "contents" and words.role not in ("chart", "cell"):
            _years(facts, part, _About(year, disclosure.kind, headed))
        _words(facts, part)
        if part.section == "basic":
            _name_lists(facts, part)
        if part.section == "assets" and disclosure.kind != "budget":
            _asset_date(facts, part)
        if words.role not in ("chart", "cell"):
            _entities(facts, part, disclosure)
    notes = (table.note for table in disclosure.tables.values())
    _placeholders(facts, [*(part.words.text for part in parts), *notes])
    _document(facts, parts, disclosure, year)


def fiscal_year(parts: Iterable[Sectioned]) -> int | None:
    """The year most headings of accounts name."""
    found: Counter[int] = Counter()
    for part in parts:
        text = part.words.text
        if len(text) < 60 and _HEADING.search(text):
            found.update(int(year) for year in _YEAR.findall(text))
    return found.most_common(1)[0][0] if found else None


def _years(facts: Facts, part: Sectioned, about: "_About") -> None:
    """One entry of document_years per printed year, with its role where the wording tells it."""
    text = part.words.text
    for found in _YEAR.finditer(text):
        role = _role(part, found, about)
        place = part.words.place(
            found.start(1), found.end(1), (max(0, found.start() - 12), min(len(text), found.end() + 12)), part.section
        )
        facts.entry(
            "document_years", year=count(found[1], place), role=role, section=part.section, text=place.text or ""
        )


def slipped_years(part: Sectioned, year: int | None, kind: str) -> set[int]:
    """Where sentences of a final account open with last year's number, and nothing says that last year is meant."""
    if kind != "final_account" or year is None or part.heading:
        return set()
    about = _About(year, kind)
    last = (found for found in _YEAR.finditer(part.words.text) if int(found[1]) == year - 1)
    return {found.start() for found in last if _role(part, found, about) == "current"}


def _role(part: Sectioned, found: re.Match[str], about: "_About") -> str:
    """current or previous where the wording says so, "" where a year may be any: a base far back, a date, a plan."""
    text = part.words.text
    before, after = text[max(0, found.start() - _NEAR) : found.start()], text[found.end() : found.end() + _NEAR]
    clause = re.split(r"[，。；：]", after[:40], maxsplit=1)[0]
    named, year = int(found[1]), about.year
    if _COMPARED.search(before):
        sentence = before.rpartition("。")[2] + found.group() + after.partition("。")[0]
        planned = year is not None and named == year and f"{year + 1}年" in before.rpartition("。")[2]
        budget = (about.kind != "budget" and _budgeted(clause)) or clause.startswith("执行数")
        other = planned or budget or _is_far(named, sentence, about) or part.section in _FINANCIAL_OUT
        return "" if other or (not part.heading and _is_reason(before)) else "previous"
    if part.heading:
        own = _HEADING.search(after) and part.section not in ("annexes", "performance")
        return "current" if own and not about.is_other_kind(after, named) else ""
    if part.section in _FINANCIAL_OUT or _is_reason(before) or _AHEAD.match(after):
        return ""
    if before.endswith("截至"):
        return "current" if about.kind != "budget" and re.match(r"12月(?:31日|底|末)|[年度]*底", after) else ""
    if about.kind == "budget" and _OUTCOME.match(after) and re.search(r"(?:^|[。；])$", before):
        return "previous" if year is not None and year - 2 <= named <= year else ""
    other = about.is_other_kind(clause or re.split("[。；：]", after[1:40], maxsplit=1)[0], named)  # 2022年，收入完成…
    if other or not _begins(before, after) or (found[1] in about.headed and named != year):
        return ""
    itself = re.match(rf"[^。；]*?[与比较同]{named}年", after)
    beside = f"{year}年" in text or (_LEVEL_BEFORE.search(before) and _NO_OTHER.match(after))
    if year is not None and named == year - 1 and beside and not itself:  # 支出66.00万元，2021年支出60.00万元
        return "previous"
    return "current"


def _is_reason(before: str) -> bool:
    return "原因" in before.rpartition("。")[2]


def _budgeted(clause: str) -> bool:
    """A comparison with a budget: the budget is of this year or of the last."""
    return bool(_BASE_BUDGET.search(clause.replace("预算执行", "执行"))) and "决算" not in clause


def _is_far(named: int, text: str, about: "_About") -> bool:
    """A base that the text chooses (比2019年): no slip of last year's number. A budget may look at the last account,
    not at the budget before last year's."""
    year = about.year
    if year is None:
        return False
    if named == year - 2 and about.kind == "budget":
        return not re.search(rf"{named}年度?(?:年初|部门|[^，。]{{0,6}}支出)?预算(?!执行)", text)
    beside = named == year - 2 and re.search(rf"[与比较同]{year - 1}年", text) is not None
    return named < year - 2 or beside


@dataclass(frozen=True, slots=True)
class _About:
    """What the account is: its year and its kind; `headed`: the years that the heading above names."""

    year: int | None
    kind: str
    headed: frozenset[str] = frozenset()

    def is_other_kind(self, clause: str, named: int) -> bool:
        """Words about next year's budget in a final account, or about last year's execution in a budget."""
        short = clause.replace("一般公共预算", "").replace("预算财政拨款", "")
        if self.kind == "budget":
            return "决算" in short or "执行" in short or "完成" in short
        return "预算" in short and "决算" not in short and (self.year is None or named == self.year + 1)


def _begins(before: str, after: str) -> bool:
    """Whether a year opens a statement: a declared name follows it at once, or in the sentence that it begins."""
    found = names.names_in(re.split(r"[。；\d]", after[:70], maxsplit=1)[0])
    if not found:
        return False
    opens = bool(re.search(r"(?:^|。|；|\d[.、])$", before))
    return opens or found[0].start <= 1


def _words(facts: Facts, part: Sectioned) -> None:
    for entry in patterns().words:
        if part.section in entry.sections and entry.slot not in facts.words and entry.pattern.search(part.words.text):
            facts.word(entry.slot, entry.value)


def _name_lists(facts: Facts, part: Sectioned) -> None:
    """Names after 主要包括; entries that already hold an amount are not repeated."""
    for found in _NAME_LIST.finditer(part.words.text):
        slot = "personnel_items" if found[1] == "人员经费" else "public_items"
        known = {entry["name"] for entry in facts.lists.get(slot, [])}
        for text in re.split(r"[、，,]", found["names"]):
            name = _LISTED_NAME.match(re.sub(r"等(?:支出)?$", "", text))
            if name and text and name[1] not in known:
                facts.entry(slot, name=re.sub(r"等(?:支出)?$", "", text) if not re.search(r"\d", text) else name[1])


def _asset_date(facts: Facts, part: Sectioned) -> None:
    found = _DATE.search(part.words.text)
    if found and "asset_date" not in facts.words:
        facts.word("asset_date", f"{found[1]}-{int(found[2]):02d}-{int(found[3]) if found[3] else 31:02d}")


@cache
def _entity() -> re.Pattern[str]:
    entity = patterns().entity
    before = "|".join(re.escape(word) for word in entity["before"] if not set(word) & set("^{"))
    starts = rf"(?:^(?:第[一二三四五六七]部分)?|\d{{4}}年度?，?|\d日，|{before}|《\d{{4}}年)(?!第.部分|纳入|从)"
    stated = rf"\d{{4}}年度?，?(?:部门|单位)?(?:{any_of(entity['stated'])}|决算|政府|预算|机关|无)"
    told = rf"(?:（(?:部门|单位)）)?(?:{stated}|{any_of(entity['stated'])})"
    after = rf"(?={told}|概况|决算包括|（以下简称|（下称|部门整体|单位整体|$)"
    return re.compile(
        rf"{starts}(?P<name>[\u4e00-\u9fff（）]{{5,40}}?(?:{any_of(entity['heads'])})(?:（本级）)?){after}"
    )


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile(any_of(patterns().entity["not_in"]))


def _entities(facts: Facts, part: Sectioned, disclosure: Disclosure) -> None:
    """Names in places where only the body itself can stand."""
    if part.section in ("contents", "glossary") or not disclosure.entity:
        return
    text = part.words.text
    for found in _entity().finditer(text):
        name = found["name"]
        if name.startswith(tuple(patterns().entity["own"])) or (found.end() == len(text) and not _sure(found, text)):
            continue
        if _no_name().search(name) or _is_summary(disclosure.entity):
            continue
        around = (max(0, found.start()), min(len(text), found.end() + 10))
        place = part.words.place(found.start("name"), found.end("name"), around, part.section)
        facts.entry(
            "entity_mentions", name=name, section=part.section, text=text[around[0] : around[1]], at=blank("", place)
        )


def _is_summary(entity: str) -> bool:
    """A county, a city, a province: bodies of its own stand in its summary."""
    return entity.removesuffix("本级").endswith(tuple(patterns().entity["places"]))


def _sure(found: re.Match[str], text: str) -> bool:
    """At the end of a line only a labelled name counts (实施单位：…)."""
    return text[found.start() : found.start("name")].endswith("：")


def _placeholders(facts: Facts, texts: Iterable[str]) -> None:
    """The first leftover of every paragraph; a note printed again as a paragraph counts once."""
    seen: set[str] = set()
    for text in texts:
        found = next((match for pattern in patterns().placeholders if (match := pattern.search(text))), None)
        quoted = text[max(0, found.start() - 12) : found.end() + 12] if found else ""
        if quoted and not any(quoted[:20] in known for known in seen):
            facts.word("leftover_placeholder", quoted)
        seen.add(quoted)


def _document(facts: Facts, parts: Sequence[Sectioned], disclosure: Disclosure, year: int | None) -> None:
    """Words and lists about the document as a whole."""
    for slot, text in (
        ("fiscal_year", str(year or "")),
        ("entity_name", disclosure.entity),
        ("unit_text", _unit(facts, disclosure)),
        ("of_budget", "true" if disclosure.kind == "budget" else ""),
    ):
        if text and slot not in facts.words:
            facts.word(slot, text)
    given = set(facts.lists)
    for key in _sections(parts, disclosure):
        if "sections" not in given:
            facts.entry("sections", key=key)
    for table in disclosure.listed:
        if "tables_listed" not in given:
            facts.entry("tables_listed", table=table)


def _unit(facts: Facts, disclosure: Disclosure) -> str:
    """The unit of the tables; without tables, and in a budget (元 there, 万元 in its text), that of most amounts."""
    units = Counter(str(entry["unit"]) for entry in facts.lists.get("amount_mentions", []) if entry.get("unit"))
    own = not disclosure.tables or disclosure.kind == "budget"
    return units.most_common(1)[0][0] if units and own else disclosure.unit


def _sections(parts: Sequence[Sectioned], disclosure: Disclosure) -> Iterator[str]:
    """Keys of the sections that are there, a part's whole included; none where no sentence stands below a title."""
    if not any(part.words.paragraph.role == "body" and "。" in part.words.text for part in parts):
        return
    found = dict.fromkeys(part.section for part in parts if part.section not in ("title", "whole", "contents"))
    if any(key.startswith("gpb_") for key in found):
        found["gpb"] = None
    if found and {"responsibilities", "organisation"} & found.keys():
        found["overview"] = None
    if found and (disclosure.tables or disclosure.listed):
        found["tables"] = None
    yield from found
