"""Which year an account is of: what most titles and dated sentences agree on, never a date nor a comparison."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from fiscal.dictionary.labels import squeeze

_NUMERALS = {**dict.fromkeys("〇○Ｏ零O0", "0"), **{c: str(i) for i, c in enumerate("一二三四五六七八九", 1)}}
_CHINESE_YEAR = re.compile(r"二[〇○Ｏ零O0]([〇○Ｏ零O0一二三四五六七八九])([〇○Ｏ零O0一二三四五六七八九])年")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年(?!\d{1,2}月|来|以)|(?=度))")
_BARE = re.compile(r"(?<!\d)(20\d\d)(?=(?:部门|单位)(?:决算|预算))")
COMPARED = re.compile(r"(?:[与比较同]|对比|相较于?|比较|高于|低于|超过)(?:上年[（(]?)?$")
_CLAUSE = re.compile(r"[^，。；：]{0,40}")
_SUBJECT = re.compile(r"收入|支出|收、支|收支|经费|决算|预算|财政拨款|采购|拨款|“?三公")
_FUND = re.compile(r"一般公共预算|(?:基金|经营)预算|预算(?=财政拨款)|(?:年初|全年|调整)预算|预算数")
_OWN = {"final_account": "决算", "budget": "预算"}
_TITLE_WEIGHT = 2  # a title counts as two sentences: one sentence or two of another year do not outweigh it


def years_in(line: str) -> list[int]:
    """The years that a line names, Chinese numerals included; dates and years of comparison are none."""
    short = squeeze(line)
    years = [int(found[1]) for found in _YEAR.finditer(short) if not COMPARED.search(short[: found.start()])]
    years += [int(year) for year in _BARE.findall(short)]
    return years + [int(f"20{_NUMERALS[a]}{_NUMERALS[b]}") for a, b in _CHINESE_YEAR.findall(short)]


def year_of(lines: Iterable[str], headings: Iterable[str], body: Iterable[str] = (), *, kind: str = "") -> int | None:
    """The year with most votes: lines above tables, titles, and the sentences of the account."""
    votes: Counter[int] = Counter()
    for line in lines:
        votes.update(set(years_in(line)))
    for title in headings:
        votes.update(dict.fromkeys(_of_title(title, kind), _TITLE_WEIGHT))
    for text in body:
        votes.update(stated_years(text, kind))
    if not votes:
        return None
    most = max(votes.values())
    return next(year for year in votes if votes[year] == most)


def _of_title(title: str, kind: str) -> set[int]:
    """The years of a title; of 2023年决算及2024年预算 only the one of the account's own kind."""
    if "。" in title:  # a sentence that stands where titles do votes as a sentence
        return set()
    years = set(years_in(title))
    own, short = _OWN.get(kind, ""), squeeze(title)
    if len(years) < 2:
        return set() if _foreign(short, kind) else years
    tied = {year for year in years if own and re.search(rf"{year}年[^年]*{own}(?!执行)", short)}
    return tied or years


def stated_years(text: str, kind: str) -> Iterator[int]:
    """A vote for every year that a sentence states something of, and one for the year after a year compared with."""
    short = squeeze(text)
    for found in _YEAR.finditer(short):
        before, clause = short[: found.start()], _CLAUSE.match(short, found.end())
        after = clause.group() if clause else ""
        sentence = before.rpartition("。")[2]
        if _foreign(after, kind) or before.endswith(("截至", "截止", "〔")):
            continue
        if COMPARED.search(before):
            if "预算" not in after and not _foreign(sentence, kind):
                yield int(found[1]) + 1
        elif _SUBJECT.search(after):
            yield int(found[1])


def _foreign(after: str, kind: str) -> bool:
    """Whether the clause speaks of the other kind of account: next year's budget in a final account."""
    if kind not in _OWN:
        return False
    own, other = ("决算", "预算") if kind != "budget" else ("预算", "决算")
    after = _FUND.sub("", after)
    return other in after and own not in after
