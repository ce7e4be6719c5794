"""Which statutory table a title line names. Never decided by the number of the form alone."""

import re
from functools import cache, lru_cache

from fiscal.dictionary.labels import normal, squeeze
from fiscal.dictionary.tables import catalogue
from fiscal.recognise.head_words import is_note

_QUOTES = str.maketrans("", "", '"《》')
_TAIL = re.compile(
    r"(?:[（(]?(?:续表?|接上表|附表)[）)]?\d{0,9}|[（(][^（(）)]{0,60}[)）]?|(?:财决)?(?:公开|财决)\d{1,9}(?:-\d)?表"
    r"|(?:附|(?<=表))表[\d一二三四五六七八九十]{1,9}|(?:金额)?单位：?[（(]?(?:亿元|万元|千元|元)[)）]?|(?:编制)?(?:部门|单位)(?:名称)?：.{0,80}|20\d\d年度?|[.．…·\-—\d]{1,60})$"
)
_MENTION = re.compile(r"[，。；！？]|见|根据|按照|详|反映|情况说明|说明$")
_QUALIFIER = re.compile(
    r"一般公共预算|公共预算|政府性基金|国有资本|财政拨款|财政专户|基本支出|项目支出|三公|政府采购|经济分类|明细|绩效|资产"
    r"|社会保险|收入|支出|收支"
)
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．]|附?表[\d一二三四五六七八九十]+[：:、]?|附件\d*[：:、]?|公开\d+表)"
)
_OF_ACCOUNT = re.compile(r"(?<!上年)(?<!上年度)(?<!\d年)(?<!\d年度)决算|20\d\d年度?决算.{0,4}表")
LONGEST = 70


@cache
def _variants() -> list[tuple[str, str]]:
    """(title, table id), longest first."""
    known = {title.translate(_QUOTES): entry.id for entry in catalogue().entries.values() for title in entry.titles}
    return sorted(known.items(), key=lambda item: -len(item[0]))


def _core(line: str) -> str:
    """A line without what may follow a title: number of the form, unit, (续表), page number."""
    text, shorter = "", squeeze(line).translate(_QUOTES)
    while text != shorter:
        text, shorter = shorter, _TAIL.sub("", shorter)
    return text


@lru_cache(maxsize=4096)
def title_of(line: str) -> str:
    """The id of the table whose title this line is, "" for any other line.

    The longest declared title at the end of the line decides; what stands before it may be an entity, a year or
    numbering, but no word that would make it another table.
    """
    if len(line) > LONGEST or is_note(line):
        return ""
    core = _core(line)
    if not core or _MENTION.search(core):
        return ""
    for title, table in _variants():
        if core.endswith(title):
            return "" if _QUALIFIER.search(normal(core[: -len(title)])) else table
    return _by_words(core)


def _by_words(core: str) -> str:
    """The table whose declared `title_words` a title of unknown spelling carries."""
    if not core.endswith("表") or not re.search(r"决算|预算|收支|收入|支出|三公", core):
        return ""
    fitting = [
        entry.id
        for entry in catalogue().entries.values()
        if entry.title_words
        and all(re.search(word, core) for word in entry.title_words)
        and not any(word in core for word in entry.title_without)
    ]
    return fitting[0] if len(fitting) == 1 else ""


@lru_cache(maxsize=4096)
def is_extra_title(line: str) -> bool:
    """Whether the line names a table that a document may add to the statutory set."""
    core = normal(_core(line))
    return len(line) <= LONGEST and any(core.endswith(title.translate(_QUOTES)) for title in catalogue().extra_titles)


def printed_title(line: str) -> str:
    """A title as printed, without numbering, number of the form and unit."""
    text, shorter = "", _NUMBERING.sub("", re.sub(r"\s+", "", line))
    while text != shorter:
        text, shorter = shorter, _TAIL.sub("", shorter)
    return text


def of_kind(table: str, kind: str, line: str = "") -> str:
    """The table that stands in a document of this kind where `table` was named: many titles say neither 预算 nor 决算.

    A title or head (`line`) that says 决算, not that of another year, is that of an account wherever it stands.
    """
    wanted = "final_account" if _OF_ACCOUNT.search(line) else kind
    entry = catalogue().entries.get(table)
    if entry is None or entry.kind == wanted or wanted not in ("budget", "final_account"):
        return table
    if wanted == "final_account":
        return entry.stands_for[0]
    return next((one.id for one in catalogue().entries.values() if table in one.stands_for), table)
