"""Charts of an account: every public name takes an account (or a finished frame) and returns a matplotlib Figure."""

from fiscal.charts.account_charts import (
    appropriation_change,
    basic_structure,
    change_waterfall,
    economic_structure,
    expenditure_structure,
    expenditure_tree,
    general_public_budget_change,
    general_public_budget_structure,
    headline_years,
    income_structure,
    money_flow,
    three_public_change,
    three_public_execution,
    three_public_structure,
    total_change,
)
from fiscal.charts.change import waterfall
from fiscal.charts.chart import alt_text, message
from fiscal.charts.departments import department_spread, department_years
from fiscal.charts.distribution import distribution
from fiscal.charts.heat import share_map
from fiscal.charts.multiples import small_multiples
from fiscal.charts.plan_charts import budget_slopes, budget_tree, plan_bars, plan_slopes, plan_three_public
from fiscal.charts.small_lines import small_lines
from fiscal.charts.svg import svg

__all__ = [
    "alt_text", "appropriation_change", "basic_structure", "budget_slopes", "budget_tree", "change_waterfall",
    "department_spread", "department_years", "distribution", "economic_structure", "expenditure_structure",
    "expenditure_tree", "general_public_budget_change", "general_public_budget_structure", "headline_years",
    "income_structure", "message", "money_flow", "plan_bars", "plan_slopes", "plan_three_public", "share_map",
    "small_lines", "small_multiples", "svg", "three_public_change", "three_public_execution",
    "three_public_structure", "total_change", "waterfall",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__
