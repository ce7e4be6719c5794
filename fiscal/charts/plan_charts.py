"""The charts of budgets, and of plan and outcome: the measure, then the drawing."""

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from fiscal import metrics
from fiscal.charts.execution import completion_bars
from fiscal.charts.slopes import slopes
from fiscal.charts.tree import tree_bars
from fiscal.metrics.headlines import AccountLike

_PLAN = (("planned", "公布的预算"), ("adjusted", "全年预算"), ("actual", "决算"))
_THREE = ("tp", "tp_abroad", "tp_vehicle", "tp_reception")


def budget_tree(budget: AccountLike) -> Figure:
    """Planned expenditure along the functional classification."""
    tree = metrics.expenditure_tree(budget, table="budget_expenditure")
    return tree_bars(tree, title="支出预算按功能分类科目", note=f"{_of(budget)}部门预算")


def budget_slopes(budget: AccountLike, previous: AccountLike | None = None) -> Figure:
    """Each functional class of the general budget, last year's plan and this year's."""
    moved = metrics.budget_changes(budget, previous)
    classes = moved[(moved["group"] == "function") & (moved["level"] == "class")]
    years = [f"{year}年预算" for year in ((budget.year or 0) - 1, budget.year)]
    stops = tuple(zip(("previous_amount", "amount"), years, strict=True))
    return slopes(classes, stops, title="一般公共预算各类支出的预算变化", note=f"{_of(budget)}及上年部门预算")


def plan_slopes(account: AccountLike, budget: Any = None) -> Figure:
    """Each item of the general budget: published plan, adjusted plan where the account states it, outcome."""
    lines = metrics.plan_outcome(account, budget)
    items = lines[(lines["group"] == "function") & (lines["level"] == "item")]
    return slopes(items, _PLAN, title="各项支出从预算到决算", note=f"{_of(account)}部门预算、部门决算")


def plan_bars(account: AccountLike, budget: Any = None) -> Figure:
    """The totals that the budget planned, and how far each was carried out."""
    return _bars(account, budget, "total", title="主要预算的执行情况")


def plan_three_public(account: AccountLike, budget: Any = None) -> Figure:
    """The three public expenses against the published budget."""
    return _bars(account, budget, "three_public", title="“三公”经费：公布的预算与决算")


def _bars(account: AccountLike, budget: Any, wanted: str, *, title: str) -> Figure:
    lines = metrics.plan_outcome(account, budget)
    totals = lines[lines["group"] == "total"]
    is_three = totals["measure"].isin(_THREE)
    chosen: pd.DataFrame = totals[is_three if wanted == "three_public" else ~totals["measure"].str.startswith("tp")]
    printed = {"budget": chosen["planned"], "printed_rate": None, "printed_agrees": None}
    return completion_bars(chosen.assign(**printed), title=title, note=f"{_of(account)}部门预算、部门决算")


def _of(account: AccountLike) -> str:
    return f"{account.entity}{account.year}年" if account.year else account.entity
