"""Many departments side by side: outliers named, units added up against their department."""

from typing import Any

import pandas as pd

from fiscal.metrics.shares import tied
from fiscal.metrics.stored import printed_cells
from fiscal.model.cells import Cell
from fiscal.model.rounding import interval, sum_of

FENCE = 1.5
FEWEST = 5


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
    units, parent = printed_cells(units), printed_cells(parent)
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
    own = interval(parent, "元")
    made = {"parent_yuan": own.middle, "units_yuan": None, "difference_yuan": None, "n_units": len(units)}
    if any(cell.is_unknown for cell in units):
        return {**made, "outcome": "unknown"}
    added = sum_of(units, "元")
    return {
        **made,
        "units_yuan": added.middle,
        "difference_yuan": added.middle - own.middle,
        "outcome": tied(own, added),
    }
