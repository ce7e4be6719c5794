"""This year's account against last year's own: balances carried over, figures restated, categories renamed."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.dictionary.find import find
from fiscal.dictionary.measures import Measure, measures
from fiscal.metrics.headlines import AccountLike, doubted, frame, identity, year_before
from fiscal.metrics.panel import panel
from fiscal.metrics.shares import tied
from fiscal.metrics.variance import stated_change
from fiscal.model.cells import Cell
from fiscal.model.money import in_unit
from fiscal.model.rounding import Interval, interval

COLUMNS = (
    "entity", "year", "label", "amount_now", "amount_then", "difference", "unit", "outcome", "why_blank", "now_cell",
    "then_cell",
)  # fmt: skip
Comparison = Callable[[AccountLike, AccountLike | None], pd.DataFrame]
Side = tuple[Decimal, Interval]


def carried(account: AccountLike, previous: AccountLike | None = None) -> pd.DataFrame:
    """Opening balances against the closing balances of last year's account.

    Shape:  one row per balance that either account prints: amount_now (opening), amount_then (closing), difference,
            outcome (equal, rounding, different; "" when one side has no number), why_blank.
    Units:  the unit of the account (Decimal).
    Blanks: a blank beside a number counts as exactly 0; unknown and missing are said in why_blank.
    """
    before = year_before(account, previous)
    if before is None:
        return frame((), COLUMNS)
    return frame((line for opening in _openings() if (line := _balance(account, before, opening))), COLUMNS)


def _openings() -> list[Measure]:
    return [measure for measure in measures() if measure.closes]


def _balance(account: AccountLike, before: AccountLike, opening: Measure) -> dict[str, Any]:
    now, then = find(account, opening).cell, find(before, opening.closes).cell
    line = _pair(account, opening.label.removeprefix("年初"), now, then)
    return line and {**line, "now_cell": now, "then_cell": then}


def restated(account: AccountLike, previous: AccountLike | None = None) -> pd.DataFrame:
    """Last year's figures as this year's text implies them (level less stated change) against last year's account.

    Shape:  as `carried`; amount_now is what this year's text implies for last year, amount_then what last year's
            account printed. `different` is a restatement, or an error on one side.
    Blanks: only measures whose change is stated and whose levels are both printed.
    """
    before = year_before(account, previous)
    if before is None:
        return frame((), COLUMNS)
    known = measures().headlines.values()
    return frame((line for measure in known if (line := _implied(account, before, measure))), COLUMNS)


def carried_over_years(accounts: Sequence[AccountLike]) -> pd.DataFrame:
    """`carried` of every year of an entity against the year before; `accounts` in order of year.

    Shape:  as `carried`, a block of rows per year that has a year before it; a year without one has a single row
            that says so (no_previous), the first year none.
    Blanks: as in `carried`; a store keeps no blanks, so that a side without a number is `missing`.
    """
    alone = [account for account, before in _pairs(accounts)[1:] if before is None]
    return _below(carried, accounts, frame(map(_alone, alone), COLUMNS))


def restated_over_years(accounts: Sequence[AccountLike]) -> pd.DataFrame:
    """`restated` of every year of an entity against the account of the year before: a block of rows per such year."""
    return _below(restated, accounts)


def _pairs(accounts: Sequence[AccountLike]) -> list[tuple[AccountLike, AccountLike | None]]:
    """Each account with that of the year before, None where it is not there."""
    known = {account.year: account for account in accounts}
    return [(account, known.get((account.year or 0) - 1)) for account in accounts]


def _below(compare: Comparison, accounts: Sequence[AccountLike], *more: pd.DataFrame) -> pd.DataFrame:
    frames = [compare(account, before) for account, before in _pairs(accounts) if before is not None]
    full = [frame for frame in (*frames, *more) if len(frame)]
    if not full:
        return pd.DataFrame(columns=list(COLUMNS))
    made = pd.concat(full, ignore_index=True).sort_values("year", kind="stable", ignore_index=True)
    return doubted(made, *accounts)


def _alone(account: AccountLike) -> dict[str, Any]:
    """The opening balance of a year whose year before is not there."""
    opening = _openings()[0]
    amount = find(account, opening).amount(account.unit)
    return _line(account, opening.label.removeprefix("年初"), amount, None, "no_previous")


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
        (in_unit(now, account.unit), interval(now, account.unit)),
        (in_unit(then, account.unit), interval(then, account.unit)),
    )


def _why(cell: Cell | None) -> str:
    return "missing" if cell is None else "unknown" if cell.is_unknown else ""


def _implied(account: AccountLike, before: AccountLike, measure: Measure) -> dict[str, Any]:
    now, then = find(account, measure).cell, find(before, measure).cell
    change = stated_change(account, measure.id)
    said = account.stated(f"{measure.id}_change")
    if change is None or said is None or now is None or then is None or not (now.is_number and then.is_number):
        return {}
    if then.derived:
        return {}
    half = interval(said, account.unit)
    width = (half.high - half.low) / 2
    base = interval(now, account.unit) + Interval(-change - width, -change + width)
    line = _judged(
        account,
        measure.label,
        (in_unit(now, account.unit) - change, base),
        (in_unit(then, account.unit), interval(then, account.unit)),
    )
    return {**line, "now_cell": now, "then_cell": then}


def _judged(account: AccountLike, label: str, now: Side, then: Side) -> dict[str, Any]:
    made = _line(account, label, now[0], then[0])
    return {**made, "difference": now[0] - then[0], "outcome": tied(now[1], then[1])}


def _line(account: AccountLike, label: str, now: Decimal | None, then: Decimal | None, why: str = "") -> dict[str, Any]:
    line = {"label": label, "amount_now": now, "amount_then": then, "difference": None, "unit": account.unit}
    return {**identity(account), **line, "outcome": "", "why_blank": why}
