"""This year against last year."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.dictionary.find import Found, conflict_words, find
from fiscal.dictionary.measures import Measure, measures
from fiscal.metrics.headlines import AccountLike, direction, frame, identity, year_before
from fiscal.metrics.shares import agrees, quotient
from fiscal.model.cells import Cell

COLUMNS = (
    "entity", "year", "measure", "label", "amount", "previous_year", "previous_amount", "change", "change_rate", "unit",
    "basis", "printed_change", "printed_change_rate", "printed_agrees", "origin", "conflict", "why_blank",
    "cell", "previous_cell",
)  # fmt: skip
_FALLING = frozenset({"减少", "下降", "降低"})


@dataclass(frozen=True, slots=True)
class Change:
    """One comparison: both levels, the signed change, on what it rests, and why it is blank."""

    previous: Decimal | None
    change: Decimal | None
    basis: str
    why_blank: str


def variance(account: AccountLike, previous: AccountLike | None = None) -> pd.DataFrame:
    """How each headline figure moved since the year before.

    Shape:  one row per measure that the account has: amount, previous_amount, change, change_rate, basis,
            printed_change, printed_change_rate (as stated, signed), why_blank.
    Units:  amounts in the unit of the account (Decimal); rates are ratios (0.1091 is 10.91 %).
    Print:  `printed_agrees` says whether the printed rate can be that of the printed amounts (None: not judged).
    Blanks: an account of another year than the one before is not compared (no_previous); a base of 0 or below gives
            no rate (zero_base, negative_base); an unknown figure on either side gives neither (unknown).
    Source: last year's account (`basis` accounts); where it is not there, or only derived from this year's change,
            the stated change (stated); a previous level that was computed is marked derived.
    """
    before = year_before(account, previous)
    return frame((line for item in measures().headlines.items() for line in _lines(account, before, *item)), COLUMNS)


def two_sides(account: AccountLike, previous: AccountLike | None, key: str) -> pd.DataFrame:
    """Both sides of a grand total, this year and last, as the tables print them.

    Shape:  the row of `variance` twice, with `side` 收入 and 支出; none where there is no such row.
    Units, blanks: as `variance`. A side that no table prints has the amount stated for both (收、支总计).
    """
    lines = variance(account, previous)
    line = lines[lines["measure"] == key]
    before = year_before(account, previous)
    pairs = zip(("收入", "支出"), measures().headlines[key].cells) if len(line) else ()
    made = []
    for side, at in pairs:
        cells = [one.amount(at.table, at.row, at.columns[0]) if one else None for one in (account, before)]
        amount, earlier = (Found(cell).amount(account.unit) for cell in cells)
        known: dict[Any, Any] = {} if amount is None else {"amount": amount, "cell": cells[0]}
        known |= {} if earlier is None else {"previous_amount": earlier, "previous_cell": cells[1]}
        made.append({**line.iloc[0].to_dict(), "side": side, **known})
    return frame(made, (*COLUMNS, "side"))


def _lines(account: AccountLike, before: AccountLike | None, key: str, measure: Measure) -> list[dict[str, Any]]:
    now = find(account, measure)
    stated, rate = stated_change(account, measure.id), _stated_rate(account, measure.id)
    if now.cell is None and stated is None:
        return []
    then = find(before, measure) if before else None
    change = compare(now, then, stated=stated, unit=account.unit)
    change_rate, why = growth(change.previous, change.change)
    return [{
        **identity(account), "measure": key, "label": measure.label, "amount": now.amount(account.unit),
        "previous_year": account.year - 1 if account.year else None, "previous_amount": change.previous,
        "change": change.change, "change_rate": change_rate, "unit": account.unit, "basis": change.basis,
        "printed_change": stated, "printed_change_rate": rate, "origin": now.origin,
        "conflict": conflict_words(account, now),
        "printed_agrees": agrees(rate, change.change, change.previous),
        "why_blank": change.why_blank or why, "cell": now.cell,
        "previous_cell": then.cell if then else None,
    }]  # fmt: skip


def compare(now: Found, before: Found | None, *, stated: Decimal | None, unit: str) -> Change:
    """The change from two levels, or from a stated change where the level before is absent or only derived."""
    amount = now.amount(unit)
    base = before.amount(unit) if before else None
    printed = before is not None and before.cell is not None and not before.cell.derived
    if amount is None:
        return Change(base, stated, "stated" if stated is not None else "", "" if stated is not None else now.why_blank)
    if base is not None and (printed or stated is None):
        return Change(base, amount - base, "accounts" if printed else "derived", "")
    if stated is not None:
        return Change(base if base is not None else amount - stated, stated, "stated", "")
    return Change(None, None, "", before.why_blank if before else "no_previous")


def growth(base: Decimal | None, change: Decimal | None) -> tuple[float | None, str]:
    """change / base, or why there is no rate."""
    if base is None or change is None:
        return None, ""
    if base <= 0:
        return None, "zero_base" if base == 0 else "negative_base"
    return float(quotient(change, base)), ""


def stated_change(account: AccountLike, slot: str) -> Decimal | None:
    """The change that the narrative states, signed, in the unit of the account; None where it has no number."""
    cell = account.stated(f"{slot}_change")
    return _signed(Found(cell).amount(account.unit), cell, direction(account.narrative, slot))


def _stated_rate(account: AccountLike, slot: str) -> Decimal | None:
    cell = account.stated(f"{slot}_change_percent")
    signed = _signed(cell.value if cell else None, cell, direction(account.narrative, slot))
    return signed.scaleb(-2) if signed is not None else None


def _signed(value: Decimal | None, cell: Cell | None, word: str) -> Decimal | None:
    if value is None or cell is None or (not word and value > 0):
        return None  # without a word of direction the sign is not known
    return -abs(value) if word in _FALLING else value
