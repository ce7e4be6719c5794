"""The same quantity said twice has one value."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import replace
from functools import cache

from fiscal.checks.identities.kinds import judge_copy
from fiscal.checks.laws.book import Book
from fiscal.checks.laws.quantities import LEVEL, SHARE, Figure, known
from fiscal.checks.laws.verdicts import Told, Verdicts
from fiscal.dictionary.laws import laws
from fiscal.dictionary.notation import any_of
from fiscal.dictionary.patterns import patterns
from fiscal.model.finding import FAILED

_TELLING, _SURE = 4, 8  # characters of a name that says what is counted; of one that says it beyond doubt
_SENTENCE = 3  # names that a sentence shares with one that it tells again


def repeats(book: Book, verdicts: Verdicts) -> None:
    """Every later statement of a quantity against the first."""
    groups: dict[Hashable, list[Figure]] = defaultdict(list)
    for one in book.figures:
        if one.printed and one.usable and not one.aside and _one_thing(one):
            for key in _keys(one):
                groups[key].append(one)
    names = _names(book)
    for first, *others in groups.values():
        for one in others:
            if (
                one.claim.cell is first.claim.cell
                or _of_others(book, one, first)
                or not verdicts.new("same", one, first)
            ):
                continue
            again = len(names[one.sentence] & names[first.sentence]) >= _SENTENCE
            verdicts.judge(_twice if again else _alike, one, first)


def _names(book: Book) -> dict[Hashable, set[str]]:
    """What each sentence speaks of: one told again names several things that the first named."""
    found: dict[Hashable, set[str]] = defaultdict(set)
    for one in book.figures:
        found[one.sentence].add(one.stem)
    return found


def _alike(verdicts: Verdicts, one: Figure, first: Figure) -> None:
    """A count by a short name: twice 组织培训 may be two things, and only where they agree it is one."""
    short = one.free and one.claim.kind == "count" and len(one.stem) < _SURE
    if not short or judge_copy(one.claim.cell, first.claim.cell, verdicts.scaled).outcome != FAILED:
        _twice(verdicts, one, first)


def _twice(verdicts: Verdicts, one: Figure, first: Figure) -> None:
    cells = (one.claim.cell, first.claim.cell)
    verdict = judge_copy(one.claim.cell, first.claim.cell, verdicts.scaled)
    if verdict.outcome == FAILED and one.free and one.claim.kind == "count":
        verdict = replace(verdict, severity="warning")
    verdicts.told("same", Told(one, verdict, cells, weights=(1, -1)))


def _of_others(book: Book, one: Figure, first: Figure) -> bool:
    """Whether the two are of different bodies, as their sentences call them: 甲局的“三公”经费, 乙局2023年度…."""
    called = [_body(one), _body(first)]
    if not all(called):
        called = [*filter(None, called), book.entity]
    return len(called) > 1 and all(called) and not _within(*sorted(called, key=len))


def _body(one: Figure) -> str:
    """The last body that the sentence names before the figure."""
    text = one.claim.sentence
    found = _named().findall(
        text[: text.find(one.claim.cell.place.text or text) + len(one.claim.cell.place.text or "")]
    )
    return found[-1] if found else ""


@cache
def _named() -> re.Pattern[str]:
    return re.compile(
        rf"([\u4e00-\u9fff]{{2,14}}?(?:{any_of(patterns().entity['heads'])})(?=的|为例|\d{{4}}年|今年|本年|“三公)"
        r"|(?:中央|地方|全[国省市县区州镇]|[省市县区镇]级)(?=[^，。；]{0,6}预算))"
    )


def _within(short: str, long: str) -> bool:
    """Whether one is the other, in full or abbreviated: 县教体局 of 临溪县教育体育局."""
    left = iter(long)
    return all(sign in left for sign in short)


def _one_thing(one: Figure) -> bool:
    """Whether its name says what it is: 组织培训28个 and 组织培训960人次 are two things of one name; so may be 余额."""
    if known(one.stem) or not one.free:
        return known(one.stem)
    vague = re.sub("^(?:预计|年[初末]|其他)*", "", one.stem) in laws().vague
    return not vague and not one.with_more and (one.claim.kind != "count" or len(one.stem) >= _TELLING)


def _keys(one: Figure) -> Iterator[Hashable]:
    """What must be alike for two figures to be one. A free name means one thing only inside its paragraph and list."""
    what = (one.kind, one.stem, one.planned, one.period, one.claim.cell.unit == "%")
    plan = one.plan if one.planned and one.kind == LEVEL else ""
    base = one.base if one.kind not in (LEVEL, SHARE) else ""
    near: tuple = (one.paragraph, one.claim.list_head, one.claim.list) if one.free else ()
    near = (one.claim.counter,) if one.free and one.claim.kind == "count" else near
    yield (*what, plan, base, one.claim.whole if one.kind == SHARE else "", *near)
