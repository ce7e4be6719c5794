"""Many departments side by side: one row each, outliers named, units added up against their department."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.metrics.completion import execution
from fiscal.metrics.headlines import AccountLike, headline, identity
from fiscal.metrics.per_unit import per_unit
from fiscal.metrics.shares import quotient
from fiscal.metrics.stored import with_cells
from fiscal.metrics.variance import variance
from fiscal.model.cells import Cell
from fiscal.model.rounding import interval, sum_of

FENCE = 1.5
FEWEST = 5


def comparison(accounts: Iterable[AccountLike], *, previous: Mapping[tuple, AccountLike] | None = None) -> pd.DataFrame:
    """One row per account with what is compared across departments.

    Shape:  entity, year, total_yuan, expenditure_yuan, total_change_rate, project_share, personnel_share,
            three_public_yuan, three_public_completion_rate, three_public_per_head_yuan, expenditure_per_head_yuan.
    Units:  元 and ratios, floats; nullable.
    Blanks: NA where an account does not say; never 0.
    Source: the measures of this room; `previous` maps (entity, year) to accounts of the year before.
    """
    lines = [_line(account, (previous or {}).get((account.entity, (account.year or 0) - 1))) for account in accounts]
    made = pd.DataFrame(lines)
    return made.astype({name: "Float64" for name in made.columns if name not in ("entity", "year")})


def _line(account: AccountLike, before: AccountLike | None) -> dict[str, Any]:
    moved = variance(account, before).set_index("measure")["change_rate"]
    spent = execution(account).drop_duplicates("measure").set_index("measure")["completion_rate"]
    each = per_unit(account).set_index("measure")["per_unit_yuan"]
    return {
        **identity(account), "total_yuan": _yuan(account, "total"), "expenditure_yuan": _yuan(account, "expenditure"),
        "total_change_rate": moved.get("total"), "project_share": _ratio(account, "exp_project", "expenditure"),
        "personnel_share": _ratio(account, "personnel", "gpb_basic"), "three_public_yuan": _yuan(account, "tp"),
        "three_public_completion_rate": spent.get("tp"),
        "three_public_per_head_yuan": _float(each["three_public_per_head"]),
        "expenditure_per_head_yuan": _float(each["expenditure_per_head"]),
    }  # fmt: skip


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _yuan(account: AccountLike, key: str) -> float | None:
    return _float(headline(account, key).amount("元"))


def _ratio(account: AccountLike, part: str, whole: str) -> float | None:
    above, below = headline(account, part).amount("元"), headline(account, whole).amount("元")
    return None if above is None or below is None or below == 0 else float(quotient(above, below))


def outliers(table: pd.DataFrame, value: str, *, by: str = "year") -> pd.DataFrame:
    """Which rows stand apart from their peers in one measure.

    Shape:  `table` with median, low, high (fences), is_outlier, rank (1 = largest) and why_blank added.
    Units:  those of `value`.
    Blanks: a row without a value is no outlier and has no rank (missing); a group of fewer than 5 values, or without
            spread, has no fences (too_few, no_spread).
    Method: Tukey's fences, quartiles -/+ 1.5 interquartile ranges within each group of `by`. A hint, not an error.
    """
    groups = table.groupby(by, dropna=False)[value]
    first, third = groups.transform("quantile", 0.25), groups.transform("quantile", 0.75)
    width, n = third - first, groups.transform("count")
    usable = (n >= FEWEST) & (width > 0)
    low, high = (first - FENCE * width).where(usable), (third + FENCE * width).where(usable)
    outside = ((table[value] < low) | (table[value] > high)).fillna(False).astype(bool)
    why = pd.Series("", index=table.index).mask(width == 0, "no_spread").mask(n < FEWEST, "too_few")
    return table.assign(
        median=groups.transform("median"), low=low, high=high, is_outlier=outside,
        rank=groups.rank(ascending=False, method="min"), why_blank=why.mask(table[value].isna(), "missing"),
    )  # fmt: skip


def consolidation(units: pd.DataFrame, parent: pd.DataFrame) -> pd.DataFrame:
    """Whether the accounts of the units add up to the department's own account.

    Shape:  one row per cell (table, row_key, column) of the parent that holds a number: parent_yuan, units_yuan,
            difference_yuan, n_units, outcome (equal, rounding, different, unknown).
    Units:  元 (Decimal).
    Blanks: a unit that has no such cell or leaves it blank adds 0; an unknown unit makes the line unknown.
    Method: intervals of the printed digits, as in the checks. Transfers between units inside the department are not
            eliminated: a difference there is no error by itself.
    Source: `cells` frames of one year; `parent` of one account.
    """
    key = ["table", "row_key", "column"]
    units, parent = with_cells(units), with_cells(parent)
    groups = {name: list(group["cell"]) for name, group in units.groupby(key, sort=False)}
    own = parent[parent["state"] == "number"]
    lines = [
        {**dict(zip(key, where)), **_consolidated(cell, groups.get(where, []))}
        for *where_, cell in own[[*key, "cell"]].itertuples(index=False, name=None)
        if (where := tuple(where_))
    ]
    names = [*key, "parent_yuan", "units_yuan", "difference_yuan", "n_units", "outcome"]
    return pd.DataFrame(lines, columns=names, dtype=object)


def _consolidated(parent: Cell, units: list[Cell]) -> dict[str, Any]:
    own = _middle([parent])
    if any(cell.is_unknown for cell in units):
        return {"parent_yuan": own, "units_yuan": None, "difference_yuan": None, "n_units": len(units),
                "outcome": "unknown"}  # fmt: skip
    added = _middle(units)
    meets = sum_of(units, "元").meets(interval(parent, "元"))
    outcome = "equal" if own == added else "rounding" if meets else "different"
    return {"parent_yuan": own, "units_yuan": added, "difference_yuan": added - own, "n_units": len(units),
            "outcome": outcome}  # fmt: skip


def _middle(cells: list[Cell]) -> Decimal:
    whole = sum_of(cells, "元")
    return (whole.low + whole.high) / 2
