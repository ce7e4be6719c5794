"""Charts over many departments: how one measure is spread in a year, and the largest ones over the years."""

import pandas as pd
from matplotlib.figure import Figure

from fiscal.charts.chart import empty
from fiscal.charts.distribution import distribution
from fiscal.charts.multiples import small_multiples
from fiscal.metrics.compared import FEWEST, outliers

WAN = 10_000
MEASURES = {
    "total_yuan": "收、支总计",
    "total_change_rate": "收、支总计比上年的幅度",
    "execution_rate": "预算执行率",
    "three_public_yuan": "“三公”经费",
    "three_public_per_head_yuan": "人均“三公”经费",
    "three_public_execution_rate": "“三公”经费预算执行率",
}


def department_spread(table: pd.DataFrame, measure: str) -> Figure:
    """How the departments of one year are spread in a measure (a key of MEASURES), those that stand apart named.

    `table` is the result of `metrics.departments`. Amounts are drawn in 万元, those per head in 元.
    """
    column, lines = _in_wan(table, measure)
    judged = outliers(lines, column)
    year = f"{int(table['year'].iloc[0])}年度" if len(table) else ""
    note = f"{year}部门决算{len(table)}份"
    n, title = int(judged[column].notna().sum()), MEASURES[measure] + "分布"
    if n < FEWEST:
        return empty(title, note, f"有此数的单位{n}个，不到{FEWEST}个，不画分布")
    return distribution(judged, value=column, label="entity", title=title, note=note)


def department_years(accounts: pd.DataFrame, measure: str = "total_yuan") -> Figure:
    """The largest departments over the years, one small chart each, from the `comparison` view of a store."""
    column, lines = _in_wan(accounts, measure)
    title = f"各单位{MEASURES[measure]}历年变化"
    numbers = pd.Series([None if pd.isna(x) else float(x) for x in lines[column]], index=lines.index, dtype=object)
    lines = lines.assign(**{column: numbers})
    return small_multiples(lines, value=column, by="entity", title=title, note=f"部门决算{len(lines)}份")


def _in_wan(lines: pd.DataFrame, measure: str) -> tuple[str, pd.DataFrame]:
    if not measure.endswith("_yuan") or "per_head" in measure:
        return measure, lines
    column = measure.removesuffix("_yuan") + "_wan"
    return column, lines.assign(**{column: lines[measure].astype("Float64") / WAN})
