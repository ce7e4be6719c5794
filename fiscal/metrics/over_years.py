"""One entity over all its years: headline figures and costs per head, as printed and in prices of one year."""

from collections.abc import Sequence

import pandas as pd

from fiscal.metrics.deflated import base_year, deflate, price_levels
from fiscal.metrics.headlines import AccountLike, doubted, history
from fiscal.metrics.per_unit import per_unit
from fiscal.metrics.shares import growth_rates

HEADLINE_YEARS = ("total", "expenditure", "tp")
PER_HEAD_YEARS = ("expenditure_per_head", "personnel_per_head", "public_per_head", "three_public_per_head")
COLUMNS = (
    "entity", "year", "measure", "label", "amount_yuan", "change_rate", "base_year", "real_yuan", "real_change_rate",
    "why_blank", "why_real_blank", "doubt",
)  # fmt: skip
_RATES = ("change_rate", "real_change_rate")


def headlines_over_years(accounts: Sequence[AccountLike], prices: pd.DataFrame) -> pd.DataFrame:
    """Headline figures of one entity over the years, nominal and in prices of one year.

    Shape:  COLUMNS; one row per measure of HEADLINE_YEARS and year from the first account to the last, a year without
            an account too.
    Units:  元; `real_yuan` in prices of `base_year`, the newest year that the price index knows; rates are ratios.
    Blanks: no_account (a year in between), unknown, blank, missing as in `amounts`; no_index: the index does not reach
            the year. A rate is between a year and the year before, never across a gap, and needs a base above 0.
    Source: tables, else the narrative; `prices` as `fiscal.read_prices` gives it.
    """
    lines = history(accounts)
    return _over_years(lines[lines["measure"].isin(HEADLINE_YEARS)] if len(lines) else lines, prices)


def per_head_over_years(accounts: Sequence[AccountLike], prices: pd.DataFrame) -> pd.DataFrame:
    """Costs per member of staff over the years, nominal and in prices of one year.

    Shape:  as `headlines_over_years`, of PER_HEAD_YEARS, with n_units (人).
    Blanks: no_count where a year does not say how many people it had.
    """
    if not accounts:
        return pd.DataFrame()
    lines = doubted(pd.concat([per_unit(account) for account in accounts], ignore_index=True), *accounts)
    wanted = lines[lines["measure"].isin(PER_HEAD_YEARS)]
    return _over_years(wanted.assign(amount_yuan=wanted["per_unit_yuan"]), prices)


def _over_years(lines: pd.DataFrame, prices: pd.DataFrame) -> pd.DataFrame:
    if not len(lines):
        return pd.DataFrame(columns=list(COLUMNS))
    full = _every_year(lines)
    base = base_year(prices, lines["year"])
    real = deflate(full, price_levels(prices, base), base=base)
    prior = real.assign(year=real["year"] + 1)[["measure", "year", "amount_yuan", "real_yuan"]]
    both = real.merge(prior, on=["measure", "year"], how="left", suffixes=("", "_prior"), validate="1:1")
    rates = {
        name: growth_rates(both[of], both[f"{of}_prior"]) for name, of in zip(_RATES, ("amount_yuan", "real_yuan"))
    }
    extra = ["n_units"] if "n_units" in both else []
    return both.assign(base_year=base, **rates)[[*COLUMNS, *extra]]


def _every_year(lines: pd.DataFrame) -> pd.DataFrame:
    """Each measure in each year; a year without an account has the reason no_account."""
    years = range(int(lines["year"].min()), int(lines["year"].max()) + 1)
    names = lines[["entity", "measure", "label"]].drop_duplicates("measure")
    every = names.merge(pd.DataFrame({"year": list(years)}), how="cross")
    kept = lines.drop(columns=["entity", "label"])
    made = every.merge(kept, on=["measure", "year"], how="left", validate="1:1")
    absent = ~made["year"].isin(lines["year"])
    doubt = made["doubt"].where(made["doubt"].notna(), None)
    return made.assign(why_blank=made["why_blank"].mask(absent, "no_account"), doubt=doubt)


def spans(series: pd.DataFrame) -> pd.DataFrame:
    """How much each measure grew from the first to the last year that has a number, and per year on average.

    Shape:  measure, from_year, to_year, change_rate, yearly_rate, real_change_rate, real_yearly_rate; measures with
            two such years only.
    Units:  ratios; `yearly_rate` is the constant rate that leads from the one to the other (年均).
    Blanks: a first amount of 0 or below gives no rate, a negative last one no yearly rate; real rates need both years
            in the index.
    Source: `series` is the result of `headlines_over_years` or `per_head_over_years`.
    """
    known = series[series["amount_yuan"].notna()]
    lines = [_span(str(name), group) for name, group in known.groupby("measure", sort=False) if len(group) > 1]
    names = ["measure", "from_year", "to_year", "change_rate", "yearly_rate", "real_change_rate", "real_yearly_rate"]
    return pd.DataFrame(lines, columns=names).astype({name: "Float64" for name in names if name.endswith("_rate")})


def _span(measure: str, group: pd.DataFrame) -> tuple:
    first, last = group.iloc[0], group.iloc[-1]
    n_years = int(last["year"] - first["year"])
    rates = [_grown(first[of], last[of], n_years) for of in ("amount_yuan", "real_yuan")]
    return measure, int(first["year"]), int(last["year"]), *rates[0], *rates[1]


def _grown(first, last, n_years: int) -> tuple[float | None, float | None]:
    if pd.isna(first) or pd.isna(last) or first <= 0:
        return None, None
    ratio = float(last) / float(first)
    return ratio - 1, ratio ** (1 / n_years) - 1 if ratio >= 0 else None
