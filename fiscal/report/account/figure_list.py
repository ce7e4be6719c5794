"""The figures of the text that were not simply verified, each with its sentence and the rule that decided."""

from collections.abc import Sequence
from typing import Any

from fiscal.model.finding import WORST_FIRST
from fiscal.model.text import Claim, figure_key
from fiscal.report.account.subject_words import subject_words
from fiscal.report.kit.html_grid import simple
from fiscal.report.kit.markup import Raw, join, tag

GROUPS = {"conflicting": "不符", "unread": "未读懂", "unconstrained": "无可比对", "rounding": "取整可解释"}
Judged = tuple[Claim, tuple[str, str]]
AROUND = 24


def listed(account: Any, findings: Any) -> Raw:
    """One folded table per group; a figure that speaks for two subjects is listed once, with its worst status."""
    worst = _worst(account.narrative.claims, findings.statuses)
    return tag("div", *(_group(status, word, worst, account) for status, word in GROUPS.items()), class_="coverage")


def _worst(statements: Sequence[Claim], statuses: Sequence[tuple[str, str]]) -> list[Judged]:
    """Each printed figure once, in order, as it is counted."""
    found: dict[tuple, Judged] = {}
    for index, judged in enumerate(zip(statements, statuses, strict=False)):
        key = figure_key(judged[0], index)
        if key is not None and _rank(judged) < (_rank(found[key]) if key in found else len(WORST_FIRST)):
            found[key] = judged
    return list(found.values())


def _rank(judged: Judged) -> int:
    return WORST_FIRST.index(judged[1][0])


def _group(status: str, word: str, judged: Sequence[Judged], account: Any) -> Raw:
    found = [(statement, rule) for statement, (own, rule) in judged if own == status]
    if not found:
        return tag("p", f"{word}的数字：没有。", class_="note")
    lines = [[_quote(statement), subject_words(statement.subject, account), rule] for statement, rule in found]
    table = simple(f"{word}的数字", ("原文", "所指", "规则"), lines, numbered=False)
    return tag("details", tag("summary", f"{word}的数字：{len(lines)} 个"), table)


def _quote(statement: Claim) -> Raw:
    """The figure with the words around it."""
    cell = statement.cell
    text, figure = statement.sentence or cell.place.text or "", cell.text or str(cell)
    at = text.find(figure)
    if at < 0:
        return tag("mark", figure)
    before, after = text[max(0, at - AROUND) : at], text[at + len(figure) : at + len(figure) + AROUND]
    return join([before, tag("mark", figure), after])
