"""Invented accounts: consistent, or with known errors, in every format the readers take."""

from fiscal.synthetic.account import Style, SyntheticAccount, make_account, make_panel
from fiscal.synthetic.errors import KINDS, Planted
from fiscal.synthetic.write import FORMATS, write_account

__all__ = ["FORMATS", "KINDS", "Planted", "Style", "SyntheticAccount", "make_account", "make_panel", "write_account"]
