"""What an account is: kind, level, unit and profile, from its titles, lines and headings."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from fiscal.dictionary.labels import squeeze
from fiscal.dictionary.tables import catalogue
from fiscal.recognise.head_words import unit_of

_FINAL = re.compile(
    r"(?:部门|单位|年度?|收入|支出|收支|总|经费|三公”?|财政|经营|基金)决算(?!数)|决算(?:表|总表|明细表|公开|草案|报告)"
)
_BUDGET = re.compile(
    r"(?:部门|单位|年度?|收入|支出|收支|经费|三公”?)预算(?!数|执行|绩效|调整)|预算(?:公开|编制|草案)|(?<!财政拨款)(?:收支|收入|支出|经费)(?:总体)?情况表"
)
_COMPARED = re.compile(
    r"一般公共预算|公共财政预算|(?:基金|经营)预算|预算(?:财政拨款|数|执行|对比|绩效)|(?:年初|全年|调整)预算|[与较比]预算"
)
_SPENT = re.compile(
    r"决算|实际支出|为(?:年度|年初|调整)?预算的|完成(?:年度|年初)?预算|支出总额|年初预算|支出\d[\d.]*[万亿]?元，[较比](?:上年|去年)"
)
_PLANNED = re.compile(r"预算安排|(?<!初)(?:年|年度)[^，。]{0,12}预算(?!数|执行)")
_AMOUNT = re.compile(r"\d((?:亿|万|千)?元)")
_DRAFT = re.compile(r"[一二]上(?!海)|草案|征求意见|送审|讨论稿")
_LEVEL = re.compile(r"(部门|单位)(?=决算|预算(?!经济分类)|财务收支)")
_PROVINCE = re.compile(r"[\u4e00-\u9fff]{2,3}省")


def kind_of(titles: Iterable[str], headings: Iterable[str], body: Iterable[str] = ()) -> str:
    """final_account or budget, whichever titles and headings call the document; each names the other in passing.

    一般公共预算 is the name of a fund and 预算数 that of a column: they make no budget unless nothing says 决算.
    A notice whose title says neither is what its sentences speak of.
    """
    text = "".join(squeeze(line) + "\n" for line in [*titles, *headings])
    final, budget = len(_FINAL.findall(text)), len(_BUDGET.findall(text))
    if final or budget:
        return "final_account" if final >= budget else "budget"
    if "决算" in text:
        return "final_account"
    if "预算" in _COMPARED.sub("", text):
        return "budget"
    return _by_sentences("\n".join(map(squeeze, body)))


def doubts(kind: str, year: int | None, names: Iterable[str], headings: Iterable[str]) -> Iterator[str]:
    """Sentences where a document is not what the name of its file says, is a draft, or names no year."""
    called, other = ("部门预算", "决算") if kind == "budget" else ("部门决算", "预算")
    for name in names if kind in ("budget", "final_account") else ():
        if other in name and called[2:] not in name:
            yield f"{name}：文件名称为部门{other}，内容是{called}：请更正文件名"
    draft = next((found[0] for line in headings if (found := _DRAFT.search(squeeze(line)))), "")
    if draft and kind == "budget":
        yield f"文中自称{draft}，不是公开的{called}：请提供公开稿"
    if year is None and kind == "budget":
        yield "预算没有写明年度，无法与决算比较：请在标题中写明年度"


def _by_sentences(text: str) -> str:
    """What the sentences state where no title says it: what was spent, or what is planned."""
    final, planned = len(_SPENT.findall(text)), len(_PLANNED.findall(_COMPARED.sub("", text)))
    if not final and not planned:
        return "unknown"
    return "final_account" if final >= planned else "budget"


def level_of_account(headings: Iterable[str]) -> str:
    """department or unit, whichever the headings name more often."""
    named = Counter(_LEVEL.findall("".join(squeeze(line) for line in headings)))
    department, unit = named["部门"], named["单位"]
    if not department and not unit:
        return ""
    return "unit" if unit > department else "department"


def unit_of_lines(lines: Sequence[str]) -> str:
    """The unit that the nearest line states, "" where none does."""
    return next((unit for line in reversed(lines) if (unit := unit_of(line))), "")


def unit_of_text(texts: Iterable[str]) -> str:
    """The unit that most amounts of the sentences carry, "" where there are none."""
    units = Counter(unit for text in texts for unit in _AMOUNT.findall(squeeze(text)))
    return units.most_common(1)[0][0] if units else ""


def profile_of(
    present: Sequence[str], *, entity: str, province: str, year: int | None, kind: str = "final_account"
) -> str:
    """The set of tables that applies: by its own tables first, then by the place, then by the order."""
    if kind == "budget":
        return "budget9"
    profiles, places = catalogue().profiles, catalogue().places
    own = {"appropriation_expenditure_detail", "general_public_budget_expenditure_detail"} & set(present)
    if own or _names(province, places["sichuan13"]) or entity.startswith(places["sichuan13"]):
        return "sichuan13"
    if _names(province, places["shanghai9"]) or _names(entity, places["shanghai9"]):
        return "shanghai9"
    best = max(profiles, key=lambda name: (_agreement(present, profiles[name]), name == "national9"))
    if not present or _agreement(present, profiles[best]) <= _agreement(present, profiles["national9"]):
        return "national9"
    if best == "national8_before_2020" and (year is None or year >= 2020):
        return "national9"
    return best if best != "sichuan13" else "national9"


def _names(text: str, places: Iterable[str]) -> bool:
    return any(place in text for place in places)


def is_guessed(profile: str, present: Sequence[str], *, entity: str, province: str) -> bool:
    """Whether neither the place nor the titles of most of its tables say that this set is the one that applies."""
    order, places = catalogue().profiles[profile], catalogue().places
    known = entity.startswith(places["national9"]) or _PROVINCE.match(entity)
    if profile in ("sichuan13", "shanghai9") or province or known:
        return False
    return 2 * len(set(order) & set(present)) <= len(order)


def _agreement(present: Sequence[str], order: Sequence[str]) -> float:
    """Tables in common, a little more for neighbours in the same order, less for foreign ones."""
    common = [table for table in present if table in order]
    ordered = sum(order.index(a) < order.index(b) for a, b in pairwise(common))
    return len(common) + 0.1 * ordered - 0.5 * (len(present) - len(common)) - 0.2 * len(set(order) - set(common))
