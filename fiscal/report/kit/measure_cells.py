"""Cells of computed measures: amounts, rates, contributions, why there is none; and sentences instead of tables."""

from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.metrics import WHY
from fiscal.model.finding import Doubt
from fiscal.model.rounding import round_to
from fiscal.report.kit.markup import Raw, Shown, tag
from fiscal.report.kit.see import marked

WAN = 10_000


def amount(yuan: Any, why: str = "", doubt: Doubt | None = None, *, factor: int = WAN) -> Raw:
    """元 divided by `factor`, or why there is none (a key of WHY); a blank stays blank. `doubt` marks it."""
    if yuan is None or pd.isna(yuan):
        return text("" if why in ("", "blank") else WHY[why], "unknown")
    return text(marked(_written(round_to(Decimal(str(yuan)) / factor, 2)), doubt))


def rate(ratio: Any) -> Raw:
    """A change in percent with its sign, coloured by its direction; nothing for none."""
    return text("") if ratio is None or pd.isna(ratio) else _signed(Decimal(str(ratio)) * 100, "%")


def points(value: Any) -> Raw:
    """Percentage points with their sign."""
    return text("") if value is None or pd.isna(value) else _signed(Decimal(str(value)), "")


def _signed(value: Decimal, after: str) -> Raw:
    exact = round_to(value, 2)
    side = "up" if exact > 0 else "down" if exact < 0 else ""
    return text(("+" if exact > 0 else "") + _written(exact) + after, side)


def _written(exact: Decimal) -> str:
    return f"{exact:,f}"


def percent(ratio: float) -> str:
    """A ratio in words: 15.62%."""
    return f"{round_to(Decimal(str(ratio)) * 100, 2):,f}%"


def text(words: str | Raw, kind: str = "") -> Raw:
    """A cell of words."""
    return tag("td", words, class_=kind or None)


def note(words: str) -> Shown:
    """A sentence where a table would stand."""
    return Shown(tag("p", words, class_="note"), words)


def lead(words: str) -> Shown:
    """The first sentence of a notebook."""
    return Shown(tag("p", words, class_="lead"), words)
