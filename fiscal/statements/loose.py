"""Figures that are no fact of a slot: in prose, ranges, thresholds, malformed ones, and bare numbers."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from fiscal.statements import amounts, names
from fiscal.statements.facts import Target
from fiscal.statements.figure import FREE_ROLES, WINDOW, Figure
from fiscal.statements.quantity import Quantity, bare_form
from fiscal.statements.segments import Segment
from fiscal.statements.tokens import MONEY, PERCENT, POINTS, TIMES, Token

if TYPE_CHECKING:
    from fiscal.statements.grammar import Reader

_ENDS = re.compile(r"[，。；、：）)]|(?:[增减升降]|下降|上升)[加少长低]?了?\d|$")
_THRESHOLD = re.compile(r"(?:（含）)?(?:及)?(?:以上|以下|以内)")


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
    amounts.write(reader, figure, Target(free, plain=True) if free else None, Quantity(role), fill=False)


def _free(reader: "Reader", figure: Figure) -> str:
    token = figure.token
    if token.value is None:
        return ""
    if token.ranged:
        return "range"
    if reader.state.section == "glossary":
        return "glossary"
    if token.form == MONEY and _THRESHOLD.match(figure.after):
        return "threshold"
    return "" if token.form in (POINTS, TIMES) else names.noun(figure.gap[-WINDOW:])


def bare(reader: "Reader", figure: Figure, segments: list[Segment]) -> None:
    """A number without unit: an amount or a percent only where the words before it leave no doubt."""
    form = "" if reader.state.reason else bare_form(next((s for s in reversed(segments) if not s.empty), segments[-1]))
    if form == PERCENT:
        token, cell = replace(figure.token, form=PERCENT), replace(figure.cell, unit="%")
        amounts.read(reader, replace(figure, token=token, cell=cell), segments)
    elif form == MONEY:
        cell = replace(figure.cell, unit=reader.unit, exact=figure.cell.value == 0)
        reader.unitless.append(cell)
        amounts.read(reader, replace(figure, token=replace(figure.token, form=MONEY), cell=cell), segments)
