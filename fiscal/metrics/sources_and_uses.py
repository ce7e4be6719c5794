"""Where the money came from and where it went."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.dictionary.find import Found
from fiscal.dictionary.measures import measures
from fiscal.metrics.headlines import AccountLike, frame, headline, identity, measure_of
from fiscal.metrics.structure_shares import parts_of

COLUMNS = ("entity", "year", "side", "key", "label", "state", "amount", "unit", "total", "why_blank", "cell")
_CARRIED = {
    "source": (("surplus_used", "non_appropriation_surplus_used"), ("opening_balance", "opening_balance")),
    "use": (("distribution", "surplus_distribution"), ("closing_balance", "closing_balance")),
}


def money_flow(account: AccountLike) -> pd.DataFrame:
    """Sources and uses of all money of the year; each side adds to the grand total.

    Shape:  one row per source (income by kind, balances carried in) and use (expenditure by nature, basic expenditure
            as personnel and public where both are known and add to it, balances carried out) that is not blank;
            `side` source or use; a row `rest` where the known rows of a side do not add to the total.
    Units:  `amount` and `total` in the unit of the account (Decimal).
    Blanks: unknown rows have no amount (unknown); they are inside the rest. Without a total there is no rest.
    Source: summary table and expenditure table, else the narrative.
    """
    total = headline(account, "total").amount(account.unit)
    common = {**identity(account), "unit": account.unit, "total": total}
    lines = [{**common, **line} for side in ("source", "use") for line in _side(account, side, total)]
    return frame(lines, COLUMNS)


def _side(account: AccountLike, side: str, total: Decimal | None) -> list[dict[str, Any]]:
    lines = [_line(side, *entry, account.unit) for entry in _entries(account, side)]
    known = [line["amount"] for line in lines if line["amount"] is not None]
    rest = total - sum(known, Decimal(0)) if total is not None and known else Decimal(0)
    if rest != 0:
        lines.append(
            {"side": side, "key": "rest", "label": "其余（差额）", "state": "number", "amount": rest, "why_blank": ""}
        )
    return lines


def _entries(account: AccountLike, side: str) -> Iterator[tuple[str, str, Found]]:
    breakdown = measures().breakdowns["income" if side == "source" else "expenditure"]
    for part in parts_of(account, breakdown):
        yield from _split(account, part.key, part.label, part.found)
    for key, name in _CARRIED[side]:
        found = headline(account, name)
        if found.cell is not None and not found.cell.is_blank:
            yield key, measure_of(name).label, found


def _split(account: AccountLike, key: str, label: str, found: Found) -> Iterator[tuple[str, str, Found]]:
    """Basic expenditure as personnel and public, where these two are all of it."""
    halves = ("personnel", "public") if key == "basic" else ()
    amounts = [headline(account, half).amount("元") for half in halves]
    known = [amount for amount in amounts if amount is not None]
    if len(known) == 2 and sum(known) == found.amount("元"):
        for half in halves:
            yield half, f"{measure_of(half).label}（基本支出）", headline(account, half)
    else:
        yield key, label, found


def _line(side: str, key: str, label: str, found: Found, unit: str) -> dict[str, Any]:
    return {
        "side": side, "key": key, "label": label, "state": found.cell.state if found.cell else "",
        "amount": found.amount(unit), "why_blank": found.why_blank, "cell": found.cell,
    }  # fmt: skip
