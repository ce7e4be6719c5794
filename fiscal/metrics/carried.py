"""This year's account against last year's own: balances carried over, figures restated, categories renamed."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.metrics.headlines import HEADLINES, AccountLike, Source, find, frame, identity
from fiscal.metrics.panel import panel
from fiscal.metrics.variance import stated_change
from fiscal.model.cells import Cell
from fiscal.model.money import FACTORS, convert
from fiscal.model.rounding import Interval, interval

COLUMNS = ("entity", "year", "label", "amount_now", "amount_then", "difference", "unit", "outcome", "why_blank")
Where = tuple[str, str, str]
Side = tuple[Decimal, Interval]
_SUMMARY, _GRANTS = "revenue_expenditure_summary", "appropriation_summary"
BALANCES: tuple[tuple[str, Where, Where], ...] = (
    ("结转和结余", (_SUMMARY, "opening_balance", "revenue_amount"),
     (_SUMMARY, "closing_balance", "expenditure_amount")),
    ("财政拨款结转和结余", (_GRANTS, "opening_balance", "revenue_amount"),
     (_GRANTS, "closing_balance", "expenditure_total")),
    ("　一般公共预算", (_GRANTS, "opening_general", "revenue_amount"),
     (_GRANTS, "closing_balance", "expenditure_general")),
    ("　政府性基金预算", (_GRANTS, "opening_fund", "revenue_amount"), (_GRANTS, "closing_balance", "expenditure_fund")),
    ("　国有资本经营预算", (_GRANTS, "opening_state_capital", "revenue_amount"),
     (_GRANTS, "closing_balance", "expenditure_state_capital")),
    ("政府性基金（附表）", ("government_fund", "total", "opening"), ("government_fund", "total", "closing")),
)  # fmt: skip


def carried(account: AccountLike, previous: AccountLike | None = None) -> pd.DataFrame:
    """Opening balances against the closing balances of last year's account.

    Shape:  one row per balance that either account prints: amount_now (opening), amount_then (closing), difference,
            outcome (equal, rounding, different; "" when one side has no number), why_blank.
    Units:  the unit of the account (Decimal).
    Blanks: a blank beside a number counts as exactly 0; unknown and missing are said in why_blank.
    """
    before = _year_before(account, previous)
    if before is None:
        return frame((), COLUMNS)
    lines = (_pair(account, label, account.amount(*now), before.amount(*then)) for label, now, then in BALANCES)
    return frame((line for line in lines if line), COLUMNS)


def restated(account: AccountLike, previous: AccountLike | None = None) -> pd.DataFrame:
    """Last year's figures as this year's text implies them (level less stated change) against last year's account.

    Shape:  as `carried`; amount_now is what this year's text implies for last year, amount_then what last year's
            account printed. `different` is a restatement, or an error on one side.
    Blanks: only measures whose change is stated and whose levels are both printed.
    """
    before = _year_before(account, previous)
    if before is None:
        return frame((), COLUMNS)
    lines = (_implied(account, before, source) for source in HEADLINES)
    return frame((line for line in lines if line), COLUMNS)


def renamed(accounts: Iterable[AccountLike | None], *, table: str = "expenditure") -> pd.DataFrame:
    """Codes of a table that were called differently in another year; their series stay whole.

    Shape:  row (code), label (as printed that year), label_now, year; one row per code and year. May be empty.
    """
    frames: list[pd.DataFrame] = [account.cells for account in accounts if account is not None]  # type: ignore[attr-defined]
    cells = pd.concat(frames, ignore_index=True).assign(entity="")  # one office, whatever it was called
    coded = cells[(cells["table"] == table) & (cells["row_code"] != "")]
    series = panel(coded.drop_duplicates(["year", "row_code", "column"]), table=table)
    series = series[series["is_renamed"]]
    return series[["row", "label_now", "year", "label"]].reset_index(drop=True)


def _year_before(account: AccountLike, previous: AccountLike | None) -> AccountLike | None:
    return previous if previous is not None and account.year == (previous.year or 0) + 1 else None


def _pair(account: AccountLike, label: str, now: Cell | None, then: Cell | None) -> dict[str, Any]:
    """A comparison, {} where neither side prints a number."""
    if not any(cell is not None and cell.is_number for cell in (now, then)):
        return {}
    why = next((_why(cell) for cell in (now, then) if _why(cell)), "")
    if why or now is None or then is None:
        return _line(account, label, None if now is None else now.value, None if then is None else then.value, why)
    return _judged(
        account,
        label,
        (_number(now, account.unit), interval(now, account.unit)),
        (_number(then, account.unit), interval(then, account.unit)),
    )


def _why(cell: Cell | None) -> str:
    return "missing" if cell is None else "unknown" if cell.is_unknown else ""


def _implied(account: AccountLike, before: AccountLike, source: Source) -> dict[str, Any]:
    now, then = find(account, source).cell, find(before, source).cell
    change = stated_change(account, source.slot)
    said = account.stated(f"{source.slot}_change") if source.slot else None
    if change is None or said is None or now is None or then is None or not (now.is_number and then.is_number):
        return {}
    if then.derived:
        return {}
    half = interval(said, account.unit)
    width = (half.high - half.low) / 2
    base = interval(now, account.unit) + Interval(-change - width, -change + width)
    return _judged(
        account,
        source.label,
        (_number(now, account.unit) - change, base),
        (_number(then, account.unit), interval(then, account.unit)),
    )


def _judged(account: AccountLike, label: str, now: Side, then: Side) -> dict[str, Any]:
    outcome = "equal" if now[0] == then[0] else "rounding" if now[1].meets(then[1]) else "different"
    return {**_line(account, label, now[0], then[0]), "difference": now[0] - then[0], "outcome": outcome}


def _number(cell: Cell, unit: str) -> Decimal:
    return convert(cell.number, cell.unit, unit) if cell.unit in FACTORS else cell.number


def _line(account: AccountLike, label: str, now: Decimal | None, then: Decimal | None, why: str = "") -> dict[str, Any]:
    line = {"label": label, "amount_now": now, "amount_then": then, "difference": None, "unit": account.unit}
    return {**identity(account), **line, "outcome": "", "why_blank": why}
