"""Amounts in prices of one year (不变价), from an index of price changes."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

import pandas as pd

HUNDRED = Decimal(100)


def price_levels(prices: pd.DataFrame, base: int) -> dict[int, Decimal]:
    """The price level of each year that the index links to `base` without a gap.

    Shape:  year → level; `base` is 100. With 2022 102.0 and 2023 100.2, base 2023: 2022 is 100/1.002, 2021 that/1.02.
    Blanks: a year behind a gap has no level; the index of the first year itself is not needed.
    Source: `prices` as `fiscal.read_prices` gives it (上年=100).
    """
    index = dict(zip(prices["year"], prices["index"]))
    levels, year = {base: HUNDRED}, base
    while year in index:
        levels[year - 1] = levels[year] * HUNDRED / index[year]
        year -= 1
    year = base + 1
    while year in index:
        levels[year] = levels[year - 1] * index[year] / HUNDRED
        year += 1
    return levels


def base_year(prices: pd.DataFrame, years: Iterable[int]) -> int:
    """The newest of `years` that the index knows, so that the others can be compared with it; else the newest."""
    wanted = sorted(years)
    known = [year for year in wanted if year in set(prices["year"])]
    return (known or wanted)[-1]


def deflate(series: pd.DataFrame, index: Mapping[int, float | Decimal], *, base: int) -> pd.DataFrame:
    """Amounts in prices of one year.

    Shape:  `series` (any frame with year and amount_yuan) with `real_yuan` and `why_real_blank` added.
    Units:  `index` is a price level per year (2021: 100.0, 2022: 102.0); `real_yuan` is a float in 元 of `base`.
    Blanks: a year without index gives NA (no_index); no amount gives NA.
    Errors: KeyError when `base` itself has no index.
    Source: the index comes from the caller, `price_levels` makes one of yearly changes.
    """
    level = float(index[base])
    real = [
        float(amount) * level / float(index[year]) if not pd.isna(amount) and year in index else None
        for amount, year in zip(series["amount_yuan"], series["year"], strict=True)
    ]
    why = ["" if year in index else "no_index" for year in series["year"]]
    return series.assign(real_yuan=pd.Series(real, dtype="Float64", index=series.index), why_real_blank=why)
