"""The charts of one account: the measure, then the drawing. 图1–图7 are those of the published narrative."""

from collections.abc import Iterable, Sequence

import pandas as pd
from matplotlib.figure import Figure

from fiscal import metrics
from fiscal.charts.change import change_bars, waterfall
from fiscal.charts.chart import Chart
from fiscal.charts.execution import completion_bars
from fiscal.charts.flow import flow_chart
from fiscal.charts.multiples import small_multiples
from fiscal.charts.structure import structure_bars
from fiscal.charts.tree import tree_bars
from fiscal.metrics.headlines import AccountLike, doubted, headline, measure_of
from fiscal.model.cells import Cell

_STATED = "决算情况说明"
YEARLY = ("total", "expenditure", "exp_basic", "exp_project", "gpb", "tp")
_YEARS = ["label", "year", "amount", "unit"]
_EMPTY = dict.fromkeys(("amount", "previous_amount", "change", "change_rate", "printed_change_rate", "printed_agrees"))


def total_change(account: AccountLike, previous: AccountLike | None = None) -> Figure:
    """图1: the grand totals of income and of expenditure, last year and this year."""
    lines = metrics.two_sides(account, previous, "total")
    return _published(_change(account, lines, "total", title="收、支决算总计变动情况"), account, "图1")


def income_structure(account: AccountLike) -> Figure:
    """图2: income of the year by kind."""
    return _published(_structure(account, "income", "收入决算结构"), account, "图2")


def expenditure_structure(account: AccountLike) -> Figure:
    """图3: expenditure of the year by nature."""
    return _published(_structure(account, "expenditure", "支出决算结构"), account, "图3")


def appropriation_change(account: AccountLike, previous: AccountLike | None = None) -> Figure:
    """图4: the grand totals of income and expenditure of fiscal appropriation, last year and this year."""
    lines = metrics.two_sides(account, previous, "appropriation")
    return _published(_change(account, lines, "appropriation", title="财政拨款收、支决算总计变动情况"), account, "图4")


def general_public_budget_change(account: AccountLike, previous: AccountLike | None = None) -> Figure:
    """图5: general public budget expenditure, last year and this year."""
    chart = _change(account, _moved(account, previous, "gpb"), "gpb", title="一般公共预算财政拨款支出决算变动情况")
    return _published(chart, account, "图5")


def general_public_budget_structure(account: AccountLike) -> Figure:
    """图6: general public budget expenditure by functional class."""
    return _published(_structure(account, "gpb_function", "一般公共预算财政拨款支出决算结构"), account, "图6")


def three_public_structure(account: AccountLike) -> Figure:
    """图7: the three public expenses."""
    return _published(_structure(account, "three_public", "“三公”经费财政拨款支出结构"), account, "图7")


def three_public_change(account: AccountLike, previous: AccountLike | None = None) -> Figure:
    """The three public expenses together, last year and this year."""
    return _change(account, _moved(account, previous, "tp"), "tp", title="“三公”经费变动情况")


def three_public_execution(account: AccountLike) -> Figure:
    """The three public expenses against their budget."""
    lines = doubted(metrics.execution(account), account)
    wanted = lines[lines["measure"].isin(["tp", "tp_abroad", "tp_vehicle", "tp_reception"])]
    note = _note(account, ["three_public"], wanted)
    return completion_bars(wanted, title="“三公”经费预算执行情况", note=note)


def basic_structure(account: AccountLike) -> Figure:
    """General public budget basic expenditure: personnel and public."""
    return _structure(account, "basic", "一般公共预算基本支出结构")


def economic_structure(account: AccountLike) -> Figure:
    """Basic expenditure by economic class."""
    return _structure(account, "basic_economic", "基本支出结构（按经济分类）")


def money_flow(account: AccountLike) -> Figure:
    """Where the money of the year came from and where it went."""
    lines = doubted(metrics.money_flow(account), account)
    note = _note(account, ["revenue_expenditure_summary", "expenditure"], lines)
    return flow_chart(lines, title="资金从来源到去向", note=note)


def expenditure_tree(account: AccountLike) -> Figure:
    """Expenditure along the functional classification; that of the general public budget where only it is known."""
    names = ("expenditure", "general_public_budget_expenditure")
    trees = [(name, doubted(metrics.expenditure_tree(account, table=name), account)) for name in names]
    known = (pair for pair in trees if pair[1]["amount"].notna().any())
    name, tree = next(known, trees[0])
    kind = "支出" if name == "expenditure" else "一般公共预算支出"
    return tree_bars(tree, title=f"{kind}按功能分类科目", note=_note(account, [name], tree))


def headline_years(accounts: Sequence[AccountLike | None], *, measures: Sequence[str] = YEARLY) -> Figure:
    """Headline figures of one department over the years, one small chart each (`measures`: keys of metrics.amounts).

    None stands for a year without an account.
    """
    known = [account for account in accounts if account is not None]
    lines = metrics.history(known)
    wanted = lines[lines["measure"].isin(list(measures))] if len(lines) else pd.DataFrame(columns=_YEARS)
    note = f"{known[-1].entity}各年度部门决算" if known else "各年度部门决算"
    return small_multiples(wanted, value="amount", by="label", title="主要指标历年变化", note=note)


def change_waterfall(account: AccountLike, previous: AccountLike | None = None, *, measure: str = "") -> Figure:
    """What the change since last year consists of.

    `measure` is a list of `metrics.structure` (expenditure_function, basic_economic …); "" takes expenditure by
    function where both years publish it, else the funds of the grand total.
    """
    tried = [measure] if measure else ["expenditure_function", ""]
    found = [(name, doubted(metrics.decomposition(account, previous, measure=name), account)) for name in tried]
    name, parts = next(((name, parts) for name, parts in found if len(parts)), found[-1])
    whole = next(iter(parts.loc[parts["kind"] == "whole", "part"]), "支出")
    title = "收、支总计变动构成（按资金）" if name == "" else f"{whole}变动构成"
    return waterfall(
        parts, title=title, note=_note(account, ["expenditure" if name else "revenue_expenditure_summary"])
    )


def _published(figure: Figure, account: AccountLike, name: str) -> Figure:
    """The chart, which knows its number in the published document where the document has a chart of that number."""
    known = [str(item.get("chart")) for item in account.notes.get("charts") or ()]
    if isinstance(figure, Chart) and name in known:
        figure.published = name
    return figure


def _structure(account: AccountLike, measure: str, title: str) -> Figure:
    shares = doubted(metrics.structure(account, measure=measure), account)
    drawn = shares[shares["amount"] != 0]
    tables = drawn.loc[drawn["origin"] == "table", "table"].unique()
    is_stated = bool((drawn["origin"] == "stated").any())
    return structure_bars(shares, title=title, note=_note(account, tables, shares, is_stated=is_stated))


def _moved(account: AccountLike, previous: AccountLike | None, measure: str) -> pd.DataFrame:
    lines = metrics.variance(account, previous)
    return lines[lines["measure"] == measure]


def _change(account: AccountLike, lines: pd.DataFrame, measure: str, *, title: str) -> Figure:
    known = doubted(lines, account) if len(lines) else _nothing(account, measure)
    is_stated = known["basis"].iloc[0] == "stated"
    note = _note(account, headline(account, measure).where[:1], known, is_stated=is_stated)
    return change_bars(known, title=title, note=note)


def _nothing(account: AccountLike, measure: str) -> pd.DataFrame:
    year = account.year
    known = {"year": year, "previous_year": year - 1 if year else None, "label": measure_of(measure).label}
    words = {"unit": account.unit, "basis": "", "origin": "", "conflict": "", "why_blank": "missing"}
    return pd.DataFrame([{**_EMPTY, **known, **words}], dtype=object)


def _basis(lines: pd.DataFrame) -> str:
    """On what the drawn numbers rest: a table, the text (also where that fills a cell of a table), a computation."""
    cells = [cell for cell in lines.get("cell", ()) if isinstance(cell, Cell) and cell.value]
    kinds = ("推算" if cell.derived else "说明所述" if cell.origin or cell.place.section else "表" for cell in cells)
    return f"（{'、'.join(dict.fromkeys(kinds))}）" if cells else ""


def _note(
    account: AccountLike, tables: Iterable[str], lines: pd.DataFrame | None = None, *, is_stated: bool = False
) -> str:
    """The source line: whose account, which tables, the narrative, on what the numbers rest; what contradicts them."""
    drawn = pd.DataFrame() if lines is None else lines
    conflict = next(iter(drawn.get("conflict", ())), "")
    found = [account.table(name) for name in tables]
    titles = [f"《{table.title}》" for table in found if table is not None]
    places = "".join(titles) + ("、" if titles and is_stated else "") + (_STATED if is_stated or not titles else "")
    year = f"{account.year}年度" if account.year else ""
    mark = f"（不符：{conflict}）" if conflict else ""
    return f"{account.entity}{year}部门决算，{places}{_basis(drawn)}{mark}"
