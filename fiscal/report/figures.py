"""The figures of the text that were not simply verified, each with its sentence and the rule that decided."""

from typing import Any

from fiscal.dictionary.identities import catalogue
from fiscal.model.text import Statement
from fiscal.report.grid import simple
from fiscal.report.html import Raw, join, tag

GROUPS = {"conflicting": "不符", "unread": "未读懂", "unconstrained": "无可比对", "rounding": "取整可解释"}
AROUND = 24


def listed(account: Any, findings: Any) -> Raw:
    """One folded table per group; a figure that speaks for two subjects is listed once."""
    judged = list(zip(account.narrative.statements, findings.statuses, strict=False))
    made = [_group(status, word, judged) for status, word in GROUPS.items()]
    return tag("div", *made, class_="coverage")


def _group(status: str, word: str, judged: list[tuple[Statement, tuple[str, str]]]) -> Raw:
    found = {
        (statement.cell.place, statement.cell.text): (statement, rule)
        for statement, (own, rule) in judged
        if own == status
    }
    if not found:
        return tag("p", f"{word}的数字：没有。", class_="note")
    lines = [[_quote(statement), _about(statement), rule] for statement, rule in found.values()]
    table = simple(f"{word}的数字", ("原文", "所指", "规则"), lines, numbered=False)
    return tag("details", tag("summary", f"{word}的数字：{len(lines)} 个"), table)


def _quote(statement: Statement) -> Raw:
    """The figure with the words around it."""
    cell = statement.cell
    text, figure = statement.sentence or cell.place.text or "", cell.text or str(cell)
    at = text.find(figure)
    if at < 0:
        return tag("mark", figure)
    before, after = text[max(0, at - AROUND) : at], text[at + len(figure) : at + len(figure) + AROUND]
    return join([before, tag("mark", figure), after])


def _about(statement: Statement) -> str:
    slot = catalogue().slots.get(statement.subject)
    return slot.zh if slot else ""
