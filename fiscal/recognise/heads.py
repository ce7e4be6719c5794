"""Who, when and what: entity, year, kind, level, unit and profile of an account, from its lines and headings."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from fiscal.dictionary.labels import squeeze
from fiscal.dictionary.tables import catalogue
from fiscal.recognise.head_words import unit_of

_ENTITY_LINE = re.compile(
    r"(?:公开|编制|填报|预算|决算)?(?:部门|单位)(?:名称|（(?:公章|盖章)）)?：([^：]+?)(?:　|20\d\d|金额|单位：|公开|$)"
)
_AFTER_ENTITY = r"(?:部门|单位|机关|本级|（本级）|汇总|整体)*(?:决算|预算|收支|收入|支出|一般公共|财政拨款)"
_YEAR_LAST = re.compile(rf"^(?:附件\d*：?)?([^，。；、]{{4,40}}?)(20\d\d)年?度?{_AFTER_ENTITY}")
_YEAR_FIRST = re.compile(
    r"^(?:附件\d*：?)?(20\d\d)年?度?([^，。；、]{4,40}?)(?:部门|单位)(?:决算|预算)(?:公开|说明|报告|编制|情况|表|$)"
)
_YEAR = re.compile(r"(20\d\d)年(?:度|部门|决算)?")
_CHINESE_YEAR = re.compile(r"二[〇○Ｏ零O0]([〇○Ｏ零O0一二三四五六七八九])([〇○Ｏ零O0一二三四五六七八九])年")
_NUMERALS = {**dict.fromkeys("〇○Ｏ零O0", "0"), **{c: str(i) for i, c in enumerate("一二三四五六七八九", 1)}}
_PART = re.compile(r"^第[一二三四五六七]部分")
_NO_NAME = re.compile(
    r"^(?:纳入|关于|公开|本|我|及|各|其他|所属)|年度|第.部分|目录|决算|预算|单位：|^[亿万千]?元|元[）)]?$|情况|说明|概况|收入|支出|附件|名称|公式"
)
_TEMPLATE = re.compile(r"[XＸ×x*]{2}|某|○○")
_ORGAN = r"([\u4e00-\u9fff]{3,40}?(?:局|办公室|委员会|厅|院|中心|站|所|队|校|馆|部|会|政府|处|社|园|办事处|镇|乡))"
_SUBJECT = re.compile(
    rf"(?:^|[。）])(?:[^。]{{2,6}}。)?{_ORGAN}(?:（(?:以下|下)?简?称|[为是属系].{{0,30}}(?:单位|部门|机构)|主要(?:负责|职责|职能)|贯彻)"
    rf"|20\d\d年度?，?{_ORGAN}机关运行经费|12月31日，{_ORGAN}共有车辆|(?:实施|主管|填报|预算)单位：{_ORGAN}"
)
_FINAL = re.compile(r"(?:部门|单位|年度?|收入|支出|收支|总)决算(?!数)|决算(?:表|总表|明细表|公开)")
_BUDGET = re.compile(
    r"(?:部门|单位|年度?|收入|支出|收支)预算(?!数|执行|绩效|调整)|预算(?:公开|编制|草案)|(?<!财政拨款)(?:收支|收入|支出|经费)(?:总体)?情况表"
)
_SHANGHAI = re.compile(r"上海")
_SICHUAN = re.compile(
    r"四川|成都|绵阳|德阳|遂宁|南充|宜宾|泸州|自贡|内江|乐山|眉山|广安|达州|雅安|巴中|资阳|攀枝花|广元|阿坝|甘孜|凉山"
)


def entity_of(lines: Iterable[str], headings: Iterable[str], body: Iterable[str] = ()) -> str:
    """The name that most lines give: 部门：X first, then headings such as X2022年度部门决算, then the sentences.

    A template name (某市XX局) is taken only where nothing else stands.
    """
    sources = ((_from_line, lines), (_from_heading, headings), (_from_sentence, body))
    named = [Counter(name for text in texts if (name := read(text))) for read, texts in sources]
    for templates in (False, True):
        for counted in named:
            fitting = [name for name, _ in counted.most_common() if bool(_TEMPLATE.search(name)) == templates]
            if fitting:
                return fitting[0]
    return ""


def _from_sentence(text: str) -> str:
    found = _SUBJECT.search(squeeze(text))
    name = next((part for part in found.groups() if part), "") if found else ""
    return "" if _NO_NAME.search(name) else name


def _from_line(line: str) -> str:
    found = _ENTITY_LINE.search(re.sub(r"[ \t\u3000\u00a0]{2,}|\u3000", "　", line.strip()).replace(":", "："))
    name = squeeze(found[1]) if found else ""
    return name if len(name) >= 3 and not _NO_NAME.search(name) else ""


def _from_heading(line: str) -> str:
    # Some producers lose single characters of bold headings: 2023�度.
    short = re.sub(r"^(?:第[一二三四五六七]部分|附件\d*[:：]?)", "", squeeze(line).removeprefix("《")).replace(
        "\ufffd", ""
    )
    if len(short) > 70:
        return ""
    if found := _YEAR_LAST.search(short):
        return "" if _NO_NAME.search(found[1]) else found[1]
    found = _YEAR_FIRST.search(short)
    return found[2] if found and not _NO_NAME.search(found[2]) else ""


def years_in(line: str) -> list[int]:
    """The years that a line names, Chinese numerals included."""
    short = squeeze(line)
    years = [int(year) for year in _YEAR.findall(short)]
    return years + [int(f"20{_NUMERALS[a]}{_NUMERALS[b]}") for a, b in _CHINESE_YEAR.findall(short)]


def year_of(lines: Iterable[str], headings: Iterable[str]) -> int | None:
    """The year most table lines name, else the headings."""
    for source in (lines, headings):
        counted = Counter(year for line in source for year in years_in(line))
        if counted:
            return counted.most_common(1)[0][0]
    return None


def kind_of(titles: Iterable[str], headings: Iterable[str]) -> str:
    """final_account or budget, whichever titles and headings call the document; each names the other in passing.

    一般公共预算 is the name of a fund and 预算数 that of a column: they make no budget unless nothing says 决算.
    """
    text = "".join(squeeze(line) + "\n" for line in [*titles, *headings])
    final, budget = len(_FINAL.findall(text)), len(_BUDGET.findall(text))
    if final or budget:
        return "final_account" if final >= budget else "budget"
    if "决算" in text:
        return "final_account"
    return "budget" if "预算" in text else "unknown"


def level_of_account(headings: Iterable[str]) -> str:
    """department or unit, whichever the headings name more often."""
    text = "".join(squeeze(line) for line in headings)
    department, unit = text.count("部门决算") + text.count("部门预算"), text.count("单位决算") + text.count("单位预算")
    if not department and not unit:
        return ""
    return "unit" if unit > department else "department"


def unit_of_lines(lines: Sequence[str]) -> str:
    """The unit that the nearest line states, "" where none does."""
    return next((unit for line in reversed(lines) if (unit := unit_of(line))), "")


def profile_of(present: Sequence[str], *, entity: str, province: str, year: int | None) -> str:
    """The set of tables that applies: by its own tables first, then by the place, then by the order."""
    profiles = catalogue().profiles
    own = {"appropriation_expenditure_detail", "general_public_budget_expenditure_detail"} & set(present)
    if own or _SICHUAN.search(province) or _SICHUAN.match(entity):
        return "sichuan13"
    if _SHANGHAI.search(province) or _SHANGHAI.search(entity):
        return "shanghai9"
    best = max(profiles, key=lambda name: (_agreement(present, profiles[name]), name == "national9"))
    if not present or _agreement(present, profiles[best]) <= _agreement(present, profiles["national9"]):
        return "national9"
    if best == "national8_before_2020" and (year is None or year >= 2020):
        return "national9"
    return best if best != "sichuan13" else "national9"


def _agreement(present: Sequence[str], order: Sequence[str]) -> float:
    """Tables in common, a little more for neighbours in the same order, less for foreign ones."""
    common = [table for table in present if table in order]
    ordered = sum(order.index(a) < order.index(b) for a, b in pairwise(common))
    return len(common) + 0.1 * ordered - 0.5 * (len(present) - len(common)) - 0.2 * len(set(order) - set(common))
