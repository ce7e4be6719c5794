"""Figures that are no fact of a slot: in prose and reasons, ranges, thresholds, malformed ones, and bare numbers."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from fiscal.statements import measures, names
from fiscal.statements.facts import Target
from fiscal.statements.figure import FREE_ROLES, WINDOW, Figure
from fiscal.statements.tokens import MONEY, PERCENT, POINTS, TIMES, Token

if TYPE_CHECKING:
    from fiscal.statements.grammar import Reader

_ENDS = re.compile(r"[，。；、：）)]|$")
_THRESHOLD = re.compile(r"(?:（含）)?(?:及)?(?:以上|以下|以内)")
_VALUE_WORDS = ("为", "是", "：", "支出")


def may_be_bare(text: str, token: Token) -> bool:
    """Whether a number without unit can be a figure: not a list number, a label or a part of a name."""
    before = text[token.start - 1 : token.start]
    return bool(before) and before not in "（(“" and bool(_ENDS.match(text, token.end))


def is_loose(figure: Figure) -> bool:
    """A malformed number, one end of a range, or a threshold."""
    return figure.token.value is None or figure.token.ranged or bool(_THRESHOLD.match(figure.after))


def read(reader: "Reader", figure: Figure) -> None:
    """State it with a free subject; without one it stays unread."""
    free = _free(reader, figure)
    role = FREE_ROLES.get(figure.token.form, "amount")
    reader.state(figure, Target(free, plain=True) if free else None, role, fill=False)


def _free(reader: "Reader", figure: Figure) -> str:
    token = figure.token
    if token.value is None:
        return ""
    if token.ranged:
        return "range"
    if reader.scope.section == "glossary":
        return "glossary"
    if token.form == MONEY and _THRESHOLD.match(figure.after):
        return "threshold"
    return "" if token.form in (POINTS, TIMES) else names.noun(figure.gap[-WINDOW:])


def reason(reader: "Reader", figure: Figure) -> None:
    """A figure in a reason: listed under the reason of its subject, never a fact of it."""
    target = reader.scope.target
    own = Target(target.name("reason") if target is not None else "reason", plain=True)
    reader.state(figure, own, FREE_ROLES.get(figure.token.form, "amount"), fill=False)


def bare(reader: "Reader", figure: Figure) -> None:
    """A number without unit: an amount or a percent only where the words before it leave no doubt."""
    if reader.scope.reason:
        return
    share = reader.role(PERCENT, figure.gap)
    if share is not None and share.role in ("share", "completion", "change_percent"):
        token, cell = replace(figure.token, form=PERCENT), replace(figure.cell, unit="%")
        measures.read(reader, replace(figure, token=token, cell=cell))
        return
    subject, rest = reader.subject_of(figure.gap, "")
    said = subject is not None and names.only_links(rest) and rest.endswith(_VALUE_WORDS)
    if said or reader.role(MONEY, figure.gap):
        cell = replace(figure.cell, unit=reader.unit, exact=figure.cell.value == 0)
        reader.unitless.append(cell)
        measures.read(reader, replace(figure, token=replace(figure.token, form=MONEY), cell=cell))
