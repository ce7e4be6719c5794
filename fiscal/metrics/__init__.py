"""Measures: what the printed figures say about structure, change, execution and cost."""

from fiscal.metrics.across import comparison, consolidation, outliers
from fiscal.metrics.amounts import WHY, amounts, history
from fiscal.metrics.carried import carried, renamed, restated
from fiscal.metrics.departments import departments, standing_out
from fiscal.metrics.execution import execution
from fiscal.metrics.flow import money_flow
from fiscal.metrics.growth import decomposition
from fiscal.metrics.panel import deflate, panel
from fiscal.metrics.per_unit import per_unit
from fiscal.metrics.publication import consolidated, publication
from fiscal.metrics.structure import structure
from fiscal.metrics.three_public import three_public
from fiscal.metrics.tree import expenditure_tree
from fiscal.metrics.variance import variance

__all__ = [
    "WHY", "amounts", "carried", "comparison", "consolidated", "consolidation", "decomposition", "deflate",
    "departments", "execution", "expenditure_tree", "history", "money_flow", "outliers", "panel", "per_unit",
    "publication", "renamed", "restated", "standing_out", "structure", "three_public", "variance",
]  # fmt: skip
