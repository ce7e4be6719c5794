"""Codes by year, as notebooks show them: amounts, contributions to the growth, names that changed."""

from collections.abc import Sequence

import pandas as pd

from fiscal.metrics.code_series import TOP_LEVELS
from fiscal.report.kit.html_grid import Head, Line, Sheet, code, name, sheet, simple
from fiscal.report.kit.markup import Raw, Shown, join, tag
from fiscal.report.kit.measure_cells import amount, note, points, text

LEVELS = {"group": "l2", "item": "l3", "economic_item": "l2"}
ABSENT = "无资料"
NOTE = "空白：当年没有这项支出，算增减时作0。拉动：占上年合计的百分点，各类相加等于合计的增长幅度。"


def parts_table(series: pd.DataFrame, title: str) -> Shown:
    """Classes by year: amounts, and percentage points that each adds to the growth; the levels below folded away.

    `series` is the result of `metrics.parts_over_years`. Codes that no year prints a number of are only counted.
    """
    known = series.groupby("row")["amount_yuan"].transform(lambda values: values.notna().any()).astype(bool)
    printed = series[known]
    is_top, is_whole = printed["level"].isin(TOP_LEVELS), printed["level"] == "whole"
    if not is_top.any():
        return note(f"{title}：各年的资料都没有分科目的数字。")
    silent = series.loc[~known & series["level"].isin(TOP_LEVELS), "row"].nunique()
    notes = [f"另有{silent}个科目各年都没有数字。"] if silent else []
    top = _by_year(pd.concat([printed[is_top], printed[is_whole]]), title, [NOTE, *notes])
    below = printed[~is_top & ~is_whole]
    return Shown(join([top, _folded(below, title)]), title)


def _folded(below: pd.DataFrame, title: str) -> Raw | str:
    if below.empty:
        return ""
    count = below["row"].nunique()
    return tag("details", tag("summary", f"下级科目{count}个"), _by_year(below, f"{title}，下级科目", []))


def _by_year(lines: pd.DataFrame, title: str, notes: Sequence[str]) -> Raw:
    years = list(range(int(lines["year"].min()), int(lines["year"].max()) + 1))
    later = [year for year in years if lines.loc[lines["year"] == year, "contribution_pp"].notna().any()]
    heads = [Head(("编码",), False), Head(("项目",), False), *(Head(("金额（万元）", str(year))) for year in years),
             *(Head(("拉动（百分点）", f"{year}比{year - 1}")) for year in later)]  # fmt: skip
    rows = [_part(group.set_index("year"), years, later) for _, group in lines.groupby("row", sort=False)]
    return sheet(Sheet(title, heads, rows, notes=notes, width="wide" if len(heads) > 8 else ""))


def _part(group: pd.DataFrame, years: Sequence[int], later: Sequence[int]) -> Line:
    """One code: its newest name, an amount or the reason of none per year, its contributions."""
    newest = group.iloc[-1]
    is_whole = newest["level"] == "whole"
    found = group[["amount_yuan", "state", "doubt"]].T.to_dict("list")
    amounts = [amount(*found[year]) if year in found else text(ABSENT, "unknown") for year in years]
    added = [points(group["contribution_pp"].get(year)) for year in later]
    label = name(newest["label_now"], level=LEVELS.get(str(newest["level"]), ""))
    cells = (code("" if is_whole else newest["row"]), label, *amounts, *added)
    return Line(cells, kind="total" if is_whole else "")


def renamed_parts(series: pd.DataFrame) -> Shown:
    """Codes that were called differently in other years; each is one series."""
    named = series[series["is_renamed"].astype(bool) & series["label"].notna()]
    if series["year"].nunique() < 2:
        return note("分科目的表不到两年，科目名称无从比较。")
    if named.empty:
        return note("科目按编码对应，各年名称相同。")
    rows = []
    for row, group in named.groupby("row", sort=False):
        old = group[group["label"] != group["label_now"]].groupby("label", sort=False)["year"]
        told = [f"{label}（{'、'.join(map(str, years))}）" for label, years in old]
        rows.append((row, group["label_now"].iloc[-1], "；".join(told)))
    return Shown(simple("改过名称的科目，按编码接成一个序列", ["编码", "现名", "曾用名（年度）"], rows), str(rows))
