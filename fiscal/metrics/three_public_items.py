"""The three public expenses (“三公”经费): budget, actual, share and change side by side."""

from typing import Any

import pandas as pd

from fiscal.metrics.completion import THREE_PUBLIC, execution
from fiscal.metrics.headlines import AccountLike, frame, headline, identity, measure_of
from fiscal.metrics.structure_shares import structure
from fiscal.metrics.variance import variance

HEAD = ("entity", "year", "measure", "label", "actual", "unit", "why_blank")
COLUMNS = (
    "entity", "year", "measure", "label", "budget", "actual", "difference", "completion_rate", "printed_rate",
    "share", "display_share", "printed_share", "previous_amount", "change", "change_rate", "basis", "unit", "why_blank",
)  # fmt: skip


def three_public(account: AccountLike, previous: AccountLike | None = None) -> pd.DataFrame:
    """Each of the three public expenses: what was planned and spent, its share, and the move since last year.

    Shape:  one row per expense and its sub-items (purchase, operation), the total first.
    Units:  amounts in the unit of the account; rates and shares are ratios.
    Blanks: an expense the document does not mention, or leaves blank, has `why_blank` missing or blank and no
            numbers; 未公开 is unknown. Sub-items have no share: they are part of the vehicles.
    Source: `execution`, `structure` and `variance`, which say how each figure is found.
    """
    heads = frame(({**identity(account), **_head(account, key)} for key in THREE_PUBLIC), HEAD)
    spent = execution(account)[["measure", "budget", "difference", "completion_rate", "printed_rate"]]
    shares = structure(account, measure="three_public").rename(columns={"part_key": "key"})
    shares = shares[["key", "share", "display_share", "printed_share"]].rename(columns={"key": "measure"})
    moved = variance(account, previous)[["measure", "previous_amount", "change", "change_rate", "basis"]]
    merged = heads.merge(spent, on="measure", how="left").merge(shares, on="measure", how="left")
    joined = merged.merge(moved, on="measure", how="left")[list(COLUMNS)]
    objects = joined.select_dtypes(object).columns
    return joined.assign(**{name: joined[name].where(joined[name].notna(), None) for name in objects})


def _head(account: AccountLike, key: str) -> dict[str, Any]:
    found = headline(account, key)
    return {
        "measure": key, "label": measure_of(key).label, "actual": found.amount(account.unit), "unit": account.unit,
        "why_blank": found.why_blank,
    }  # fmt: skip
