"""Whose account it is: the name in 部门：X, in titles of any shape, in first sentences and above a date."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from fiscal.dictionary.labels import squeeze
from fiscal.dictionary.notation import any_of
from fiscal.dictionary.patterns import patterns

_ENTITY_LINE = re.compile(
    r"(?:公开|编制|填报|预算|决算)?(?:部门|单位)(?:名称|（(?:公章|盖章)）)?：([^：]+?)(?:　|20\d\d|金额|单位：|公开|$)"
)
_LEAD = re.compile(
    r"^(?:附件\d*[：:]?|第[一二三四五六七八九]部分|（[^）]*）|关于|[-—.、：]|(?:部门|单位)(?:决算|预算)(?:公开)?[：:])+"
)
_YEAR = re.compile(r"(?:20\d\d|二[〇○Ｏ零O0][〇○Ｏ零O0一二三四五六七八九]{2})年?度?")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.．]|（[一二三四五六七八九十]{1,3}）|\d{1,2}[、.．])")
_NO_NAME = re.compile(
    r"^(?:纳入|关于|公开|本|我|及|各|其他|所属|全)|年度|第.部分|目录|决算|预算|单位：|^[亿万千]?元|元[）)]?$|情况|说明|概况|收入|支出|附件|名称|公式"
    r"|经费|报表|指标"
)
_CLOSE = re.compile(r"(?:（(?:本级|汇总|机关|部门|单位)）|本级|汇总|整体|部门|单位){0,9}(?:的|—|-|·|：){0,9}$")
_TEMPLATE = re.compile(r"[XＸ×x*]{2}|某|○○")
_SENTENCE_END = re.compile(r"[，。；！？]")
_DATE = re.compile(r"^(?:20\d\d|二[〇○零O0]..)年.{1,3}月(?:.{1,3}日)?$")
_ORGAN = r"([\u4e00-\u9fff]{3,40}?(?:局|办公室|委员会|厅|院|中心|站|所|队|校|馆|部|会|政府|处|社|园|办事处|镇|乡))"
_SUBJECT = re.compile(
    rf"(?:^|[。）])(?:[^。]{{2,6}}。)?{_ORGAN}(?:（(?:以下|下)?简?称|[为是属系].{{0,30}}(?:单位|部门|机构)|主要(?:负责|职责|职能)|贯彻)"
    rf"|20\d\d年度?，?{_ORGAN}机关运行经费|12月31日，{_ORGAN}共有车辆|(?:实施|主管|填报|预算)单位：{_ORGAN}"
)
TITLE, REACH = 70, 30  # characters of the longest title; lines at the beginning where a title stands over several


def entity_of(lines: Iterable[str], headings: Iterable[str], body: Iterable[str] = ()) -> str:
    """The name that most lines give: 部门：X first, then titles, titles over two or three lines, then sentences.

    A template name (某市XX局) is taken only where nothing else stands.
    """
    headings = list(headings)
    sources: tuple[tuple[Callable[[str], str], Iterable[str]], ...] = (
        (_from_line, lines), (in_title, headings), (in_title, _stacked(headings)), (_from_sentence, body),
        (in_sentence, body), (_signed, _pairs(body)),
    )  # fmt: skip
    named = [Counter(name for text in texts if (name := read(text))) for read, texts in sources]
    for templates in (False, True):
        for counted in named:
            fitting = [name for name, _ in counted.most_common() if bool(_TEMPLATE.search(name)) == templates]
            if fitting:
                return fitting[0]
    return ""


def owners(lines: Iterable[str]) -> list[str]:
    """The names that 部门：X lines give, as printed."""
    return [name for line in lines if (name := _from_line(line))]


def _from_line(line: str) -> str:
    found = _ENTITY_LINE.search(re.sub(r"[ \t\u3000\u00a0]{2,}|\u3000", "　", line.strip()).replace(":", "："))
    name = squeeze(found[1]) if found else ""
    return name if len(name) >= 3 and not _NO_NAME.search(name) else ""


def in_title(line: str) -> str:
    """The body that a title names: before the year, or after it up to the words for the paper (部门决算, “三公” …)."""
    # Some producers lose single characters of bold headings: 2023�度.
    short = squeeze(line).replace("\ufffd", "").strip('《》"“”')
    short = _LEAD.sub("", short.replace('"', ""))
    if not short or len(short) > TITLE or _SENTENCE_END.search(short) or _NUMBERED.match(short):
        return ""
    year = _YEAR.search(short)
    if year and year.start():
        before, after = short[: year.start()], short[year.end() :]
        if name := _name(before, sure=bool(_paper().match(_CLOSE.sub("", after) or after))):
            return name
        return _name(_cut(before), sure=False)
    rest = short[year.end() :] if year else short
    paper = _paper().search(rest)
    if not paper:
        return ""
    return _name(rest[: paper.start()], sure=bool(year) and bool(re.match("部门|单位", rest[paper.start() :])))


@cache
def _paper() -> re.Pattern[str]:
    """Words that begin what a title calls the paper."""
    return re.compile(any_of(patterns().entity["paper"]))


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of((*patterns().entity['heads'], *patterns().entity['places']))})(?:（[^）]*）)?$")


def _cut(text: str) -> str:
    found = _paper().search(text)
    return text[: found.start()] if found else text


def _name(text: str, *, sure: bool) -> str:
    """The text as a name, or "": it ends as bodies do, or the paper's name follows at once (`sure`)."""
    name = re.sub(r"(?:的|—+|-+|·|：)+$", "", text)
    bare = _CLOSE.sub("", name)
    if not sure:
        name = bare + "（本级）" if name.endswith("（本级）") else bare
    if not 3 <= len(bare) <= 40 or _NO_NAME.search(name) or re.search(r"[\d、：]", bare):
        return ""
    return name if (sure and len(bare) > 3) or _heads().search(bare) else ""


def _stacked(headings: Sequence[str]) -> Iterator[str]:
    """Titles over two and three lines: 2022年度 / 某局 / 部门决算; a body alone above the words for its paper."""
    short = [squeeze(line) for line in headings[:REACH]]
    for size in (2, 3):
        for start in range(len(short) - size + 1):
            lines = short[start : start + size]
            if all(len(line) <= 40 and not _NUMBERED.match(line) and not _SENTENCE_END.search(line) for line in lines):
                yield "".join(lines)


def _from_sentence(text: str) -> str:
    found = _SUBJECT.search(squeeze(text))
    name = next((part for part in found.groups() if part), "") if found else ""
    return "" if _NO_NAME.search(name) else name


@cache
def _opening() -> re.Pattern[str]:
    entity = patterns().entity
    return re.compile(
        rf"(?:^|。)(?:20\d\d年度?，?)?(?P<name>[\u4e00-\u9fff（）]{{2,36}}?(?:{any_of(entity['heads'])})(?:（本级）)?)"
        rf"(?:20\d\d年度?)?(?:{any_of(entity['stated'])})"
    )


def in_sentence(text: str) -> str:
    """The body that a sentence speaks of: 2023年X“三公”经费决算…, X2023年度收入总计…."""
    found = _opening().search(squeeze(text[:120]).replace('"', ""))
    name = found["name"] if found else ""
    return (
        "" if len(name) < 4 or _NO_NAME.search(name) or re.search(any_of(patterns().entity["not_in"]), name) else name
    )


def _pairs(body: Iterable[str]) -> Iterator[str]:
    """The last lines two by two: the name stands above the date."""
    yield from ("\n".join(pair) for pair in pairwise(list(body)[-REACH:]))


def _signed(pair: str) -> str:
    """The name above the date of publication."""
    name, _, date = pair.partition("\n")
    short = squeeze(name)
    return _name(short, sure=False) if _DATE.match(squeeze(date)) and len(short) <= 40 else ""
