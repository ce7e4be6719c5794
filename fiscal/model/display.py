"""How objects show themselves in Jupyter: by the name of a function of the report, found when it is needed.

The rooms below `report` know nothing of HTML; this table is the one place where they are joined.
"""

from importlib import import_module

CARDS = {
    "Findings": "fiscal.report.account.cards:cards",
}


class Displayed:
    """Mixin: the card that CARDS names for the class is what Jupyter shows."""

    def _repr_html_(self) -> str:
        module, _, function = CARDS[type(self).__name__].partition(":")
        return getattr(import_module(module), function)(self)
