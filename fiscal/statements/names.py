"""Finding declared names of measures in a stretch of text, and free noun phrases where no name stands."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from fiscal.dictionary.classification import economic, functional
from fiscal.dictionary.labels import stem
from fiscal.dictionary.notation import any_of
from fiscal.dictionary.patterns import Subject, patterns

_CLAUSE = re.compile(r"[，；。：:！、（(“\"]")
_YEARS = re.compile(r"(?:19|20)\d\d年?度?|(?<!\d)\d+月\d*[日底]?|截至|全年|本年度?|当年|年末")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_ORDINAL = re.compile(
    r"^(?:\d{1,2}(?:、|[.．](?!\d))|[（(]?[一二三四五六七八九十\d]+[）)、.]|[①-⑩]|第?[一二三四五六七八九十]是|其中|以及|和|及|与|或|并|的|等|另外|此外|其余|还|用于|、|，|：|）)+"
)
NO_NOUN = ("了", "时", "数", "额", "后", "中", "各", "均")
_GRANT = re.compile(r"(?:批复|下达|安排|拨付|申请)(?:的)?")
_TRAILING = re.compile(
    r"(?:等|共计|共|约|为|达|在|是|：|:|，|、|及|合计|总计|不少于|不低于|超过|达到|≥|≤|>|<|近){1,20}$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A declared name found in a text."""

    start: int
    end: int
    subjects: tuple[Subject, ...]


def names_in(text: str, section: str | None = None) -> list[Name]:
    """All declared names, the longest at each place, without overlap, in order.

    With a `section`, only names that can mean something there; a shorter one where the longest cannot.
    """
    book = patterns()
    found, at, last = [], 0, len(text) - 1
    while at < last:
        for name in book.starts.get(text[at : at + 2], ()):
            if text.startswith(name, at) and (section is None or _possible(book.names[name], section)):
                found.append(Name(at, at + len(name), book.names[name]))
                at += len(name) - 1
                break
        at += 1
    return found


def _possible(subjects: Sequence[Subject], section: str) -> bool:
    return any(
        subject.under or subject.beside or subject.fits(section, ()) or not subject.local for subject in subjects
    )


def meaning(
    name: Name, section: str, heads: Sequence[str], counter: str = "", *, beside: Collection[str] = ()
) -> Subject | None:
    """The subject a name means here; `counter` is the counter word of a count, "" for money and percents."""
    fitting = [s for s in name.subjects if (counter in s.counters if counter else not s.counters)]
    for subject in fitting:
        if any(head in subject.under for head in heads[-1:]) or any(key in subject.beside for key in beside):
            return subject
    for subject in fitting:
        if subject.fits(section, heads):
            return subject
    return next((subject for subject in fitting if not subject.local), None)


@cache
def _links() -> re.Pattern[str]:
    words = any_of(patterns().lexicons["link"])
    years = any_of(patterns().lexicons["last_year"])
    year = rf"(?:与|比|较|同|对比|和)?(?:(?:19|20)\d\d年度?|{years})(?:决算|预算)?(?:数字|数)?(?:相比)?"
    return re.compile(rf"(?:{words}|[（(][^（）()]*[)）]|{year}|同比|相比|[“”\"：:，、。 ])*+")


def only_links(text: str) -> bool:
    """Whether a stretch holds nothing but words that change nothing (支出决算为, 比2021年 …)."""
    return bool(_links().fullmatch(text))


def noun(text: str) -> str:
    """The noun phrase a figure follows where no declared name stands: its clause without years, brackets and links.

    Short and clean: 会议费 for 会议费支出决算为. "" when nothing is left, or words that are no name (按同口径, 未发生).
    """
    clause = clause_of(text)
    bare = _YEARS.sub("", _BRACKETS.sub("", clause))
    bare = _comparison().sub("", bare)
    bare = _TRAILING.sub("", _ORDINAL.sub("", bare))
    if only_links(bare) or is_no_name(bare):
        return ""
    led = _lead().sub("", bare).strip('“”"‘’')
    return led if _official(led) else _short().sub("", led)


def without_body(text: str, entity: str) -> str:
    """A stretch without what an account calls its own body (本部门, 我局, its name)."""
    return _own().sub("", text.replace(entity, ""))


@cache
def _own() -> re.Pattern[str]:
    return re.compile(any_of(patterns().entity["own"]))


def without(text: str, known: Sequence[str]) -> str:
    """A noun phrase without names that stand in it, printed with brackets or not."""
    for name in known:
        text = text.replace(_BRACKETS.sub("", name), "")
    return text


def is_no_name(text: str) -> bool:
    """Whether a clause begins with words that name no measure (根据…规定, 未发生…)."""
    return bool(_no_name().match(text))


@cache
def _no_name() -> re.Pattern[str]:
    lexicons = patterns().lexicons
    return re.compile(f"(?:{any_of(lexicons['no_name'])})|(?:{any_of(lexicons['no_name_alone'])})$")


@cache
def _lead() -> re.Pattern[str]:
    """Links before a name: 全年共支出, 当年安排."""
    return re.compile(f"^(?:{any_of(patterns().lexicons['lead'])})+(?!央)(?=[^支数额]{{2}})")


@cache
def _short() -> re.Pattern[str]:
    """What a name of costs does not need: 支出, 决算数, 总额."""
    return re.compile(
        r"(?<=[\u4e00-\u9fff])(?:(?<=[费金款助贴资险])支出)?(?:决算|(?<!公共)(?<!基金)(?<!经营)预算)?(?:总额|金额|(?<!职)数|(?<![余限])额)?$"
    )


def clause_of(text: str) -> str:
    """The last clause of a text; brackets stay together, and a list joined by 、 too."""
    flat = _BRACKETS.sub(lambda found: "一" * len(found.group()), text.rstrip("：:，、"))
    cut = max(flat.rfind(mark) for mark in "，；。：:！")
    return text.rstrip("：:，、")[cut + 1 :]


@cache
def _comparison() -> re.Pattern[str]:
    years = any_of(patterns().lexicons["last_year"])
    return re.compile(rf"(?:与|比|较|同|对比)(?:{years}|年初|全年|预算)(?:决算|预算)?(?:数字|数)?(?:相比)?|同比|相比")


def is_measure(text: str) -> bool:
    """Whether a clause ends with a word for money (费, 经费, 支出 …)."""
    tail = _TRAILING.sub("", _BRACKETS.sub("", clause_of(text)))
    return tail.endswith(patterns().lexicons["measure_heads"]) or is_classified(tail)


def is_classified(name: str) -> bool:
    """Whether a bare name is one of the functional or economic classification."""
    name = stem(re.sub(r"类?科目$|类$", "", name))
    return len(name) > 1 and bool(functional().by_name.get(name) or economic().by_name.get(name))


def _official(name: str) -> bool:
    """Whether a name is printed exactly so in a classification (缴费支出 keeps its 支出)."""
    found = (*functional().by_name.get(stem(name), ()), *economic().by_name.get(stem(name), ()))
    return any(subject.name == name for subject in found)


def is_rate(text: str) -> bool:
    """Whether a clause ends with a word for a ratio (到位率 …)."""
    tail = _TRAILING.sub("", _BRACKETS.sub("", clause_of(text)))
    return tail.endswith(patterns().lexicons["rate_heads"])


def granted(text: str) -> tuple[str, bool]:
    """A project's name out of “区财政批复效能热线工作经费”, and whether the wording grants a budget."""
    found = None
    for found in _GRANT.finditer(text):  # noqa: B007 - the last one counts
        pass
    name = text[found.end() :] if found else text
    return name.removesuffix("财政").removesuffix("年初"), bool(found)
