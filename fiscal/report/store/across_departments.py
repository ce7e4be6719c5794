"""Departments side by side, as notebooks show them: who to ask, league table, missing documents, consolidation."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal import metrics
from fiscal.dictionary.labels import squeeze
from fiscal.model.rounding import round_to
from fiscal.report.kit.html_grid import simple
from fiscal.report.kit.league import Column, League, entity, league, link, value, word
from fiscal.report.kit.markup import Raw, Shown, join, tag
from fiscal.report.kit.measure_cells import WAN, lead, note

QUESTIONS = {
    "grew": ("收、支总计增长突出", "%"), "fell": ("收、支总计下降突出", "%"),
    "overspent": ("支出超过预算", "%"), "three_public_overspent": ("“三公”经费超过预算", "%"),
    "three_public": ("“三公”经费突出", "万元"), "three_public_per_head": ("人均“三公”经费突出", "元"),
    "carry": ("年初结转与上年年末不衔接", ""),
}  # fmt: skip
CARRY = {"equal": "一致", "rounding": "取整之差", "different": "不衔接", "": ""}
OUTCOMES = {"equal": "一致", "rounding": "取整之差", "different": "不一致", "unknown": "无法判断"}
FLAGGED = ("逾期", "未见")
NAMED, DOUBTED = 20, "有疑问"


def compared(table: pd.DataFrame, expected: pd.DataFrame) -> Shown:
    """How many departments of which year, how much together, how much more than the year before.

    Units whose department (the parent in `expected`) has an account in `table` are in that account and not added again.
    """
    single = table[~_within(table, expected)]
    both = single[single["total_change_yuan"].notna()]
    known, missing = single["total_yuan"].notna().sum(), single["total_yuan"].isna().sum()
    inside, moved = len(table) - len(single), both["total_change_yuan"].sum()
    said = [
        f"{_year(table)}{len(table)}个单位，收、支总计合计{_wan(single['total_yuan'].sum())}万元",
        f"（{inside}个单位已包含在其主管部门的决算里，不重复计算）" if inside else "",
        f"（其中{missing}个没有此数）" if missing and known else "", "。",
        f"与上年都有决算的{len(both)}个单位比上年{'增加' if moved >= 0 else '减少'}{_wan(abs(moved))}万元。"
        if len(both) else "",
        "" if len(both) else "没有上年决算可比。",
    ]  # fmt: skip
    text = "".join(said)
    return lead(text)


def _within(table: pd.DataFrame, expected: pd.DataFrame) -> pd.Series:
    """Whether the department of a unit is in the table itself, as of the year of the table."""
    names = table["entity"].map(squeeze)
    due = expected[expected["year"].isin(table["year"])]
    parents = dict(zip(due["entity"].map(squeeze), due["parent"].map(squeeze)))
    known = set(names) - {""}
    return names.map(lambda name: parents.get(name, "") in known)


def standing_out(questions: pd.DataFrame) -> Shown:
    """Which departments to ask and why, one line per question; `questions` is of `metrics.standing_out`."""
    lines = []
    for key, (label, unit) in QUESTIONS.items():
        found = questions[questions["question"] == key]
        names = [_named(*pair, unit=unit) for pair in zip(found["entity"][:NAMED], found["value"][:NAMED])]
        more = f" 等{len(found)}个" if len(found) > NAMED else ""
        lines.append((label, len(found), Raw(join([join(names, "、"), more])) if names else "没有"))
    return Shown(simple("需要过问的单位", ["问题", "单位数", "单位"], lines, amounts=(1,)), str(questions))


def _named(name: str, amount: Any, *, unit: str) -> Raw:
    if pd.isna(amount):
        return entity(name)
    shown = f"{round_to(Decimal(str(amount)) * 100, 2):f}%" if unit == "%" else f"{_number(amount, unit)}{unit}"
    return Raw(join([entity(name), f"（{shown}）"]))


def league_table(table: pd.DataFrame, questions: pd.DataFrame, accounts: pd.DataFrame | None = None) -> Shown:
    """Every department of the year in one table that can be searched and sorted in the page.

    With `accounts`, the comparison view of the store, the other years can be chosen there too.
    """
    chosen = int(table["year"].max()) if len(table) else 0
    others = [] if accounts is None else [
        metrics.departments(accounts, year=year) for year in map(int, accounts["year"].unique()) if year != chosen
    ]  # fmt: skip
    tables = [(table, questions), *((other, metrics.standing_out(other)) for other in others)]
    columns = (
        Column("单位", is_text=True), Column("收、支总计"), Column("比上年"), Column("支出"), Column("预算执行率"),
        Column("“三公”经费"), Column("“三公”比上年"), Column("人均“三公”（元）"), Column("“三公”执行率"),
        Column("年初结转", is_text=True), Column("需更正"), Column("请核实"),
    )  # fmt: skip
    named = [(one, set(asked["entity"])) for one, asked in tables]
    rows = [(_line(line), line.entity in asked) for one, asked in named for line in one.itertuples(index=False)]
    years = [int(year) for one, _ in tables for year in one["year"]]
    title = "各年度各单位" if others else f"{_year(table)}各单位"
    content = League("league", title, columns, rows, "万元", "只看需要过问的", years, chosen)
    return Shown(league(content), f"{len(table)}个单位")


def _line(line: Any) -> list[Raw]:
    wrong = [link(DOUBTED, line.entity) if doubted else None for doubted in
             (line.is_total_doubted, line.is_expenditure_doubted, line.is_tp_doubted)]  # fmt: skip
    return [
        tag("th", entity(line.entity), scope="row"), _amount(line.total_yuan, wrong[0]),
        _rate(line.total_change_rate, signed=True), _amount(line.expenditure_yuan, wrong[1]),
        _rate(line.execution_rate), _amount(line.three_public_yuan, wrong[2]),
        _rate(line.three_public_change_rate, signed=True),
        value(line.three_public_per_head_yuan, digits=0),
        _rate(line.three_public_execution_rate), word(CARRY[line.carry], "error" if line.carry == "different" else ""),
        value(line.n_errors, digits=0), value(line.n_warnings, digits=0),
    ]  # fmt: skip


def _amount(yuan: Any, mark: Raw | None) -> Raw:
    return value(None if pd.isna(yuan) else yuan / WAN, mark=mark)


def _rate(ratio: Any, *, signed: bool = False) -> Raw:
    return value(None if pd.isna(ratio) else ratio * 100, after="%", signed=signed)


def published(lines: pd.DataFrame) -> Shown:
    """The map of missing documents: entity by year with 已公开, 未见 or 逾期; `lines` of `metrics.publication`."""
    years = sorted(lines["year"].unique())
    dates = {(name, year): by for name, year, by in zip(lines["entity"], lines["year"], lines["by"])}
    grid = lines.pivot(index="entity", columns="year", values="status") if len(lines) else pd.DataFrame()
    rows = []
    for name, *states in grid.itertuples(name=None):
        cells = [_status(state, dates.get((name, year))) for state, year in zip(states, years)]
        rows.append(([tag("th", entity(name), scope="row"), *cells], any(state in FLAGGED for state in states)))
    columns = (Column("单位", is_text=True), *(Column(str(year), is_text=True) for year in years))
    content = League("coverage", "资料公开情况", columns, rows, only="只看未见或逾期的")
    counts = lines["status"].value_counts()
    said = "，".join(f"{state}{counts.get(state, 0)}份" for state in ("已公开", "未见", "逾期"))
    extra = int((~lines["is_expected"].astype(bool)).sum())
    told = f"共{len(lines)}份：{said}。" + (f"其中{extra}份不在应公开名单里。" if extra else "")
    return Shown(join([tag("p", told), league(content)]), told)


def _status(state: Any, by: Any) -> Raw:
    """A state in words; an empty cell where nothing was expected."""
    if not isinstance(state, str):
        return word("")
    kinds = {"已公开": "", "未见": "unknown", "逾期": "error"}
    due = f"（应于{by}前公开）" if by is not None and not pd.isna(by) and state in FLAGGED else ""
    return word(state + due, kinds[state])


def consolidated(lines: pd.DataFrame) -> Shown:
    """Whether the units' totals make up their department's own account; `lines` of `metrics.consolidated`."""
    if lines.empty:
        return note(
            "没有可以汇总比较的部门：应公开名单没有写明主管部门（parent 一栏），或主管部门自己的决算不在资料里。"
        )
    heads = ["部门", "项目", "部门决算", "所属单位合计", "差额", "所属单位（有数／已见／应有）", "结果"]
    rows = [_consolidated(line) for line in lines.itertuples(index=False)]
    notes = ["差额不一定是错误：单位之间的往来在汇总时会抵销。有单位未见决算的，不作判断。"]
    return Shown(simple("所属单位与部门决算", heads, rows, unit="万元", amounts=(2, 3, 4), notes=notes), str(lines))


def _consolidated(line: Any) -> Sequence[object]:
    amounts = [
        "" if amount is None else _number(amount, "万元")
        for amount in (line.parent_yuan, line.units_yuan, line.difference_yuan)
    ]
    item = f"{line.row_label or '“三公”经费'}（{line.column_label}）"  # the only table whose row has no name
    return (line.parent, item, *amounts, f"{line.n_units}／{line.n_seen}／{line.n_expected}", OUTCOMES[line.outcome])


def _number(yuan: Any, unit: str) -> str:
    exact = Decimal(str(yuan)) / (WAN if unit == "万元" else 1)
    return f"{round_to(exact, 2):,f}"


def _wan(yuan: Any) -> str:
    return _number(yuan, "万元")


def _year(table: pd.DataFrame) -> str:
    return f"{int(table['year'].iloc[0])}年度" if len(table) else ""
