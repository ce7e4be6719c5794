"""How objects show themselves in Jupyter: by the name of a function of the report, found when it is needed.

The rooms below `report` know nothing of HTML; this table is the one place where they are joined.
"""

from importlib import import_module

CARDS = {
    "Account": "fiscal.report.account.own_cards:account",
    "Chart": "fiscal.charts.chart:figure_html",
    "Claim": "fiscal.report.account.own_cards:claim",
    "Finding": "fiscal.report.account.cards:card",
    "Findings": "fiscal.report.account.cards:cards",
    "Frames": "fiscal.report.account.own_cards:frames",
    "Store": "fiscal.report.account.own_cards:store",
    "Table": "fiscal.report.account.statutory:table_html",
}


class Displayed:
    """Mixin: the card that CARDS names for the class is what Jupyter shows, with the style it needs."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        module, _, function = CARDS[type(self).__name__].partition(":")
        return in_notebook(getattr(import_module(module), function)(self))


def in_notebook(markup: str) -> str:
    """An output with the style sheet it needs, in an element of its own; pages leave both out."""
    return import_module("fiscal.report.kit.page").in_notebook(markup)
