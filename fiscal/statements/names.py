"""Finding declared names of measures in a stretch of text, and free noun phrases where no name stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from fiscal.dictionary.notation import any_of
from fiscal.dictionary.patterns import Subject, patterns

_CLAUSE = re.compile(r"[，；。：:！、（(“\"]")
_YEARS = re.compile(r"(?:19|20)\d\d年?度?|(?<!\d)\d+月\d*[日底]?|截至|全年|本年度?|当年|年末")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")
_ORDINAL = re.compile(
    r"^(?:\d{1,2}[.、．]|[（(]?[一二三四五六七八九十\d]+[）)、.]|[①-⑩]|第?[一二三四五六七八九十]是|其中|以及|和|及|与|或|并|的|等|另外|此外|其余|还|用于|、|，|：|）)+"
)
_GRANT = re.compile(r"(?:批复|下达|安排|拨付|申请)(?:的)?")
_TRAILING = re.compile(r"(?:等|共|约|为|达|在|是|：|:|，|、|及|合计|总计|不少于|不低于|超过|达到|≥|≤|>|<|近)+$")


@dataclass(frozen=True, slots=True)
class Name:
    """A declared name found in a text."""

    start: int
    end: int
    subjects: tuple[Subject, ...]


def names_in(text: str) -> list[Name]:
    """All declared names, the longest at each place, without overlap, in order."""
    book = patterns()
    found, at, last = [], 0, len(text) - 1
    while at < last:
        for name in book.starts.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                found.append(Name(at, at + len(name), book.names[name]))
                at += len(name) - 1
                break
        at += 1
    return found


def meaning(name: Name, section: str, heads: Sequence[str], counter: str = "") -> Subject | None:
    """The subject a name means here; `counter` is the counter word of a count, "" for money and percents."""
    for subject in name.subjects:
        counts = counter in subject.counters if counter else not subject.counters
        if counts and subject.fits(section, heads):
            return subject
    return None


@cache
def _links() -> re.Pattern[str]:
    words = any_of(patterns().lexicons["link"])
    years = any_of(patterns().lexicons["last_year"])
    year = rf"(?:与|比|较|同|对比|和)?(?:(?:19|20)\d\d年度?|{years})(?:决算|预算)?数?(?:相比)?"
    return re.compile(rf"(?:{words}|[（(][^（）()]*[)）]|{year}|同比|相比|[“”\"：:，、。 ])*+")


def only_links(text: str) -> bool:
    """Whether a stretch holds nothing but words that change nothing (支出决算为, 比2021年 …)."""
    return bool(_links().fullmatch(text))


def noun(text: str) -> str:
    """The noun phrase a figure follows where no declared name stands: its clause without years, brackets and links.

    "" when nothing is left.
    """
    clause = clause_of(text)
    bare = _YEARS.sub("", _BRACKETS.sub("", clause))
    bare = _comparison().sub("", bare)
    bare = _TRAILING.sub("", _ORDINAL.sub("", bare))
    return "" if only_links(bare) else bare


def clause_of(text: str) -> str:
    """The last clause of a text; brackets stay together, and a list joined by 、 too."""
    flat = _BRACKETS.sub(lambda found: "一" * len(found.group()), text.rstrip("：:，、"))
    cut = max(flat.rfind(mark) for mark in "，；。：:！")
    return text.rstrip("：:，、")[cut + 1 :]


@cache
def _comparison() -> re.Pattern[str]:
    years = any_of(patterns().lexicons["last_year"])
    return re.compile(rf"(?:与|比|较|同|对比)(?:{years}|年初|全年|预算)(?:决算|预算)?数?(?:相比)?|同比|相比")


def is_measure(text: str) -> bool:
    """Whether a clause ends with a word for money (费, 经费, 支出 …)."""
    tail = _TRAILING.sub("", _BRACKETS.sub("", clause_of(text)))
    return tail.endswith(patterns().lexicons["measure_heads"])


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
