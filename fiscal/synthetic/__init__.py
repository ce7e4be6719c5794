"""Invented accounts and budgets: consistent, or with known errors, in every format the readers take."""

from fiscal.synthetic.budgets import make_budgets
from fiscal.synthetic.department import SyntheticDepartment, make_department
from fiscal.synthetic.invent import Style, SyntheticAccount, make_account, make_panel, with_errors
from fiscal.synthetic.planted import BUDGET_KINDS, KINDS, Planted
from fiscal.synthetic.writers import FORMATS, write_account

__all__ = [
    "BUDGET_KINDS", "FORMATS", "KINDS", "Planted", "Style", "SyntheticAccount", "SyntheticDepartment", "make_account",
    "make_budgets", "make_department", "make_panel", "with_errors", "write_account",
]  # fmt: skip
