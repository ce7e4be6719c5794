"""Departments of one year side by side, from the `comparison` view of a store: levels, growth, ties to last year."""

import pandas as pd

from fiscal.metrics.compared import outliers
from fiscal.metrics.shares import growth_rates, tied
from fiscal.model.money import parse_amount
from fiscal.model.rounding import interval

COLUMNS = (
    "entity", "year", "total_yuan", "total_change_yuan", "total_change_rate", "expenditure_yuan", "execution_rate",
    "three_public_yuan", "three_public_change_rate", "three_public_per_head_yuan", "three_public_execution_rate",
    "opening_text", "closing_prior_text", "balance_unit", "carry", "n_errors", "n_warnings",
    "is_total_doubted", "is_expenditure_doubted", "is_tp_doubted",
)  # fmt: skip
_PRIOR = ["entity", "total_yuan", "three_public_yuan", "closing_text", "balance_unit"]


def departments(accounts: pd.DataFrame, *, year: int = 0) -> pd.DataFrame:
    """One row per entity that has an account of `year` (0: the newest), with its change since the year before.

    Shape:  COLUMNS, sorted by total_yuan, largest first.
    Units:  元 and ratios; `carry` compares the opening balance with last year's closing balance: equal, rounding,
            different, or "" where one of the two has no number.
    Blanks: no account of the year before, or a base of 0 or below, gives no rate.
    Source: the `comparison` view of a store.
    """
    accounts = accounts.drop_duplicates(["entity", "year"])
    wanted = year or (int(accounts["year"].max()) if len(accounts) else 0)
    now = accounts[accounts["year"] == wanted]
    prior = accounts.loc[accounts["year"] == wanted - 1, _PRIOR]
    both = now.merge(prior, on="entity", how="left", suffixes=("", "_prior"), validate="1:1")
    made = both.assign(
        total_change_yuan=both["total_yuan"] - both["total_yuan_prior"],
        total_change_rate=growth_rates(both["total_yuan"], both["total_yuan_prior"]),
        three_public_change_rate=growth_rates(both["three_public_yuan"], both["three_public_yuan_prior"]),
        carry=[_carry(*line) for line in _balances(both)],
        closing_prior_text=both["closing_text_prior"],
    )  # fmt: skip
    numbers = {name: "Float64" for name in COLUMNS if name.endswith(("_yuan", "_rate"))}
    ordered = made.sort_values(["total_yuan", "entity"], ascending=[False, True], ignore_index=True)
    return ordered[list(COLUMNS)].astype(numbers)


def _balances(both: pd.DataFrame) -> list[tuple]:
    names = ["opening_text", "balance_unit", "closing_text_prior", "balance_unit_prior"]
    return list(both[names].itertuples(index=False, name=None))


def _carry(opening: object, unit: object, closing: object, closing_unit: object) -> str:
    if not isinstance(opening, str) or not isinstance(closing, str):
        return ""
    now, before = parse_amount(opening, unit=str(unit)), parse_amount(closing, unit=str(closing_unit))
    return tied(interval(now, "元"), interval(before, "元"))


def standing_out(table: pd.DataFrame) -> pd.DataFrame:
    """Which departments to ask, and why.

    Shape:  entity, question (grew, fell, overspent, three_public_overspent, three_public, three_public_per_head,
            carry), value; per question sorted by how far it goes.
    Units:  `value` is a rate for the first four, 元 for three_public and per head, blank for carry.
    Method: grew, fell and the three-public ones are outliers among the departments of the year (Tukey's fences, from
            5 departments on); overspent is more than 100 %; carry is a difference that rounding does not explain.
    Source: `table` is the result of `departments`.
    """
    lines = [
        *_outside(table, "grew", "total_change_rate", above=True),
        *_outside(table, "fell", "total_change_rate", above=False),
        *_over(table, "overspent", "execution_rate"),
        *_over(table, "three_public_overspent", "three_public_execution_rate"),
        *_outside(table, "three_public", "three_public_yuan", above=True),
        *_outside(table, "three_public_per_head", "three_public_per_head_yuan", above=True),
        *((entity, "carry", None) for entity in table.loc[table["carry"] == "different", "entity"]),
    ]
    return pd.DataFrame(lines, columns=["entity", "question", "value"]).astype({"value": "Float64"})


def _outside(table: pd.DataFrame, question: str, value: str, *, above: bool) -> list[tuple]:
    judged = outliers(table, value)
    side = judged[value] > judged["median"] if above else judged[value] < judged["median"]
    return _named(judged[judged["is_outlier"] & side.fillna(False)], question, value, descending=above)


def _over(table: pd.DataFrame, question: str, value: str) -> list[tuple]:
    return _named(table[(table[value] > 1).fillna(False)], question, value, descending=True)


def _named(chosen: pd.DataFrame, question: str, value: str, *, descending: bool) -> list[tuple]:
    ordered = chosen.sort_values([value, "entity"], ascending=[not descending, True])
    return [(entity, question, float(number)) for entity, number in zip(ordered["entity"], ordered[value])]
