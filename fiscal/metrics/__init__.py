"""Measures: what the printed figures say about structure, change, execution and cost."""

from fiscal.metrics.across import comparison, consolidation, outliers
from fiscal.metrics.amounts import WHY, amounts, history
from fiscal.metrics.carried import carried, renamed, restated
from fiscal.metrics.chain import carried_over_years, restated_over_years
from fiscal.metrics.departments import departments, standing_out
from fiscal.metrics.execution import execution
from fiscal.metrics.flow import money_flow
from fiscal.metrics.growth import decomposition
from fiscal.metrics.moved import moved_over_years
from fiscal.metrics.panel import panel
from fiscal.metrics.parts import parts_over_years
from fiscal.metrics.per_unit import per_unit
from fiscal.metrics.prices import deflate, price_levels
from fiscal.metrics.publication import consolidated, publication
from fiscal.metrics.stored import stored_accounts
from fiscal.metrics.structure import structure
from fiscal.metrics.three_public import three_public
from fiscal.metrics.tree import expenditure_tree
from fiscal.metrics.variance import variance
from fiscal.metrics.years import headlines_over_years, per_head_over_years, spans

__all__ = [
    "WHY", "amounts", "carried", "carried_over_years", "comparison", "consolidated", "consolidation", "decomposition",
    "deflate", "departments", "execution", "expenditure_tree", "headlines_over_years", "history", "money_flow",
    "moved_over_years", "outliers", "panel", "parts_over_years", "per_head_over_years", "per_unit", "price_levels",
    "publication", "renamed", "restated", "restated_over_years", "spans", "standing_out", "stored_accounts",
    "structure", "three_public", "variance",
]  # fmt: skip
