"""One entity over all its years, as notebooks show it: figures by year, and the price index they are deflated by."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from fiscal.metrics import spans
from fiscal.report.kit.html_grid import Head, Line, Sheet, name, sheet, simple
from fiscal.report.kit.markup import Raw, Shown, tag
from fiscal.report.kit.measure_cells import WAN, amount, lead, note, percent, rate, text

NOTE = "不变价按所列价格指数折成同一年的价格，没有指数的年度不折算。上年缺决算的年度不算比上年；首尾相比写明是哪两年。"


def years_known(series: pd.DataFrame) -> Shown:
    """Which years are there, which are missing in between, and how the first figure moved from first to last."""
    if series.empty:
        return lead("资料库里没有这个单位的决算。")
    absent = series["why_blank"] == "no_account"
    known, missing = (sorted(set(series.loc[lines, "year"])) for lines in (~absent, absent))
    gap = f"，当中缺{_listed(missing)}" if missing else ""
    first = f"{series['entity'].iloc[0]}{_span(known[0], known[-1])}的决算有{len(known)}份{gap}。"
    return lead(first + _moved(series))


def _listed(years: Sequence[int]) -> str:
    return "、".join(f"{year}年" for year in years)


def _span(first: int, last: int) -> str:
    return f"{first}年" if first == last else f"{first}—{last}年"


def _moved(series: pd.DataFrame) -> str:
    label = series["label"].iloc[0]
    own = spans(series[series["label"] == label])
    if own.empty or pd.isna(own.iloc[0]["change_rate"]):
        return ""
    line = own.iloc[0]
    base = int(series["base_year"].iloc[0])
    real = line["real_change_rate"]
    said = f"{label}{line['to_year']}年比{line['from_year']}年{_in_words(line['change_rate'])}"
    return said + ("" if pd.isna(real) else f"；按{base}年的价格计算，{_in_words(real)}") + "。"


def highlights(heads: pd.DataFrame, moved: pd.DataFrame, *, balances: pd.DataFrame, changes: pd.DataFrame) -> Shown:
    """What to look at first, a sentence each: cost per head, the class that moved most, what does not tie.

    The arguments are results of `metrics.per_head_over_years`, `moved_over_years`, `carried_over_years` and
    `restated_over_years`. What cannot be said is left out.
    """
    said = [
        _moved(heads) if len(heads) else "",
        _mover(moved),
        _ties(balances, "年初结转与上年年末"),
        _ties(changes, "说明所述的增减额与上年决算"),
    ]
    items = [tag("li", sentence) for sentence in said if sentence]
    return Shown(tag("ul", *items) if items else Raw(""), "\n".join(filter(None, said)))


def _mover(moved: pd.DataFrame) -> str:
    if moved.empty:
        return ""
    whole = moved[moved["kind"] == "whole"].iloc[0]
    parts = moved[(moved["kind"] == "part") & moved["change"].notna()]
    most = max(parts.to_dict("records"), key=lambda line: abs(line["change"]))
    word = "增加" if whole["change"] >= 0 else "减少"
    change = f"支出{whole['year']}年比{whole['previous_year']}年{word}{abs(whole['change']):,.2f}万元"
    return f"{change}，变动最大的是{most['part']}（{most['change']:+,.2f}万元）。"


def _ties(lines: pd.DataFrame, what: str) -> str:
    judged = lines[lines["outcome"] != ""]
    wrong = judged[judged["outcome"] == "different"]
    if judged.empty:
        return ""
    named = "、".join(f"{year}年{label.strip()}" for year, label in zip(wrong["year"], wrong["label"]))
    return f"{what}不一致的有{len(wrong)}处：{named}。" if named else f"{what}各年一致（{len(judged)}处）。"


def _in_words(rate: float) -> str:
    return f"{'增长' if rate >= 0 else '下降'}{percent(abs(rate))}"


def over_years(series: pd.DataFrame, title: str, unit: str = "万元") -> Shown:
    """A table of measures by year: as printed, its growth, in prices of one year, its real growth.

    `series` is a result of `metrics.headlines_over_years` or `per_head_over_years`.
    """
    if series.empty or series["amount_yuan"].isna().all():
        return note(f"{title}：各年的资料都没有可用的数字。")
    years = sorted(set(series["year"]))
    grown = spans(series).set_index("measure")
    lines = [_people(series)] if "n_units" in series else []
    for measure, group in series.groupby("measure", sort=False):
        span = grown.loc[measure] if measure in grown.index else None
        lines += _measure(group, span, factor=WAN if unit == "万元" else 1)
    heads = [Head(("项目",), False), *(Head((str(year),)) for year in years), Head(("首尾相比",)), Head(("年均",))]
    content = Sheet(title, heads, lines, unit=unit, notes=[NOTE], width="wide" if len(years) > 6 else "")
    return Shown(sheet(content), f"{title}：{years[0]}—{years[-1]}")


def _people(series: pd.DataFrame) -> Line:
    one = series[series["measure"] == series["measure"].iloc[0]]
    cells = [text("" if pd.isna(n) else f"{n}") for n in one["n_units"]]
    return Line((name("在职人数（人）"), *cells, text(""), text("")))


def _measure(group: pd.DataFrame, span: Any, *, factor: int) -> Iterator[Line]:
    """One measure: amount, growth, amount in prices of one year, growth of that; rows without a number are left out."""
    base = int(group["base_year"].iloc[0])
    printed = zip(group["amount_yuan"], group["why_blank"], group["doubt"])
    nominal = [amount(*line, factor=factor) for line in printed]
    which = "" if span is None else f"{span['from_year']:.0f}→{span['to_year']:.0f}"
    yield Line((name(group["label"].iloc[0]), *nominal, text(which), text("")), kind="class")
    yield from _growth("比上年", group["change_rate"], span, "")
    if group["amount_yuan"].notna().sum() > 1:
        why = [reason if not missing else "" for reason, missing in zip(group["why_real_blank"], group["why_blank"])]
        real = [amount(value, reason, factor=factor) for value, reason in zip(group["real_yuan"], why)]
        yield Line((name(f"按{base}年价", level="l2"), *real, text(""), text("")))
    yield from _growth("比上年（不变价）", group["real_change_rate"], span, "real_")


def _growth(label: str, rates: pd.Series, span: Any, prefix: str) -> Iterator[Line]:
    whole = [None if span is None else span[f"{prefix}{of}"] for of in ("change_rate", "yearly_rate")]
    if not all(pd.isna(value) for value in (*rates, *whole)):
        yield Line((name(label, level="l2"), *map(rate, (*rates, *whole))))


def price_index(prices: pd.DataFrame, series: pd.DataFrame) -> Shown:
    """The index of the years shown, and where each value is from."""
    years = set(series["year"]) if len(series) else set()
    used = prices[prices["year"].isin(years)]
    if used.empty:
        return note("这些年度没有价格指数，各项按当年价格列出。")
    rows = [(f"{year}年", f"{index:f}", source) for year, index, source in used.itertuples(index=False, name=None)]
    lacking = sorted(years - set(used["year"]))
    notes = [f"没有指数的年度：{_listed(lacking)}。"] if lacking else []
    table = simple("价格指数（上年=100）", ["年度", "指数", "来源"], rows, amounts=(1,), notes=notes)
    return Shown(table, used.to_string())
