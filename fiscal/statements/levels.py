"""Levels: figures without role words belong to the name before them, the current subject, or a free noun."""

import re
from typing import TYPE_CHECKING

from fiscal.dictionary.patterns import Subject, patterns
from fiscal.statements import names, unmarked
from fiscal.statements.facts import Target
from fiscal.statements.figure import FREE_ROLES, WINDOW, Figure
from fiscal.statements.tokens import MONEY, PERCENT

if TYPE_CHECKING:
    from fiscal.statements.grammar import Reader

PROJECT = re.compile(r"(?:经费|项目|资金|专项|工程|试点|补助)$")
_GOES_ON = re.compile(r"支出|决算|为|是|计|金额|执行|完成|使用|收入|年")
_YEAR = re.compile(r"(?<![与比较同])((?:19|20)\d\d)年")


def read(reader: "Reader", figure: Figure) -> None:
    """State a figure that no role words precede."""
    subject, rest = reader.subject_of(figure.words, "")
    if figure.token.form not in (MONEY, PERCENT):
        free = names.noun(figure.words[-WINDOW:])
        reader.state(figure, Target(free) if free else None, FREE_ROLES[figure.token.form], fill=False)
    elif figure.token.form == PERCENT:
        _of_noun(reader, figure)
    elif subject is not None and names.only_links(rest):
        _of_slot(reader, figure, subject, rest)
    elif not names.noun(figure.words) and reader.scope.target is not None and _goes_on(figure):
        _state(reader, figure, reader.scope.target, _period(reader, figure, named=False))
    else:
        _of_noun(reader, figure)


def _goes_on(figure: Figure) -> bool:
    """Whether a figure without a name speaks of the subject before it; at the start of a sentence words must say so."""
    return not figure.first or bool(_GOES_ON.search(figure.words))


def _period(reader: "Reader", figure: Figure, *, named: bool) -> str:
    """previous for last year's level beside this year's (2022年…，2023年…)."""
    years = _YEAR.findall(figure.gap)
    if not years or reader.year is None or int(years[-1]) != reader.year - 1:
        return "this"
    return "previous" if not named or f"{reader.year}年" in figure.sentence else "this"


def _of_slot(reader: "Reader", figure: Figure, subject: Subject, rest: str) -> None:
    """A level right after a declared name; 不含 and 累计 make it another measure."""
    for words, suffix in (("excluding", "excluding"), ("multi_year", "cumulative")):
        if any(word in rest for word in patterns().lexicons[words]):
            reader.state(figure, Target(f"{subject.key}_{suffix}"), "amount", fill=False)
            return
    project = reader.scope.target
    if subject.key == "perf_executed" and project is not None and project.key == "perf_projects":
        reader.state(figure, project, "amount")
        return
    period = _period(reader, figure, named=True)
    target = reader.speak(subject)
    reader.scope.listing = subject.items or reader.scope.listing
    _state(reader, figure, target, period)


def _state(reader: "Reader", figure: Figure, target: Target, period: str) -> None:
    """A level of the subject; inside 其中 of a budget it is a budget."""
    heads = reader.scope.heads()
    if period == "previous":
        reader.state(figure, target, "previous", period=period)
    elif heads and heads[-1] == "perf_tp_budget" and target.key != "perf_tp_budget":
        reader.state(figure, target, "budget", period="budget")
    else:
        reader.state(figure, target, "amount", period="budget" if target.key.endswith("_budget") else "this")
        reader.scope.level = target


def _of_noun(reader: "Reader", figure: Figure) -> None:
    """A level of what no slot knows: an item of a list, a class by its name, a project, a free noun; else unread."""
    gap, percent = figure.words, figure.token.form == PERCENT
    free, role = names.noun(gap), "share" if percent else "amount"
    target = _listed(reader, free) if free else None
    if target is not None:
        reader.scope.speak_of(target)
        reader.state(figure, target, role)
        reader.scope.level = target
        return
    name, granted = names.granted(free)
    if reader.in_evaluation() and not percent and granted and PROJECT.search(name):
        reader.state(figure, reader.project(name), "budget", period="budget")
        return
    understood = bool(free) and (names.is_rate(gap) if percent else names.is_measure(gap))
    target = Target(free, plain=percent) if understood else None
    reader.scope.target = target if understood and not percent else reader.scope.target
    reader.state(figure, target, role, fill=False)


def _listed(reader: "Reader", free: str) -> Target | None:
    """An entry by its bare name: an economic item after 主要包括, a functional class or item."""
    listing = reader.scope.listing
    if listing:
        name = free.rpartition("、")[2]
        return Target(listing, entry=reader.facts.entry(listing, name=name), entry_key=name)
    return unmarked.target_of(reader, free)
