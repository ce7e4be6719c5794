"""Measures: what the printed figures say about structure, change, execution and cost."""

from fiscal.metrics.carried import carried, carried_over_years, renamed, restated, restated_over_years
from fiscal.metrics.classification_tree import expenditure_tree
from fiscal.metrics.code_series import parts_over_years
from fiscal.metrics.compared import consolidation, outliers
from fiscal.metrics.completion import execution
from fiscal.metrics.deflated import deflate, price_levels
from fiscal.metrics.department_frames import departments, standing_out
from fiscal.metrics.growth import decomposition, moved_over_years
from fiscal.metrics.headlines import WHY, amounts, history
from fiscal.metrics.over_years import headlines_over_years, per_head_over_years, spans
from fiscal.metrics.panel import panel
from fiscal.metrics.per_unit import per_unit
from fiscal.metrics.plan_outcome import budget_changes, plan, plan_outcome
from fiscal.metrics.publication import consolidated, publication
from fiscal.metrics.sources_and_uses import money_flow
from fiscal.metrics.stored import stored_accounts
from fiscal.metrics.structure_shares import structure
from fiscal.metrics.three_public_items import three_public
from fiscal.metrics.variance import two_sides, variance

__all__ = [
    "WHY", "amounts", "budget_changes", "carried", "carried_over_years", "consolidated", "consolidation",
    "decomposition", "deflate", "departments", "execution", "expenditure_tree", "headlines_over_years", "history",
    "money_flow", "moved_over_years", "outliers", "panel", "parts_over_years", "per_head_over_years", "per_unit",
    "plan", "plan_outcome", "price_levels", "publication", "renamed", "restated", "restated_over_years", "spans",
    "standing_out", "stored_accounts", "structure", "three_public", "two_sides", "variance",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__
