"""Every year of an entity against the year before: balances carried over, and last year's figures as told this year."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from fiscal.metrics.carried import BALANCES, COLUMNS, carried, restated
from fiscal.metrics.headlines import frame, identity
from fiscal.metrics.stored import Stored


def carried_over_years(accounts: Sequence[Stored]) -> pd.DataFrame:
    """The chain of opening balances against the closing balances of the year before.

    Shape:  as `carried`, a block of rows per year that has a year before it; a year without one has a single row
            that says so (no_previous), the first year none.
    Units:  the unit of each account (Decimal).
    Blanks: as in `carried`; a store keeps no blanks, so that a side without a number is `missing`.
    """
    known = {account.year: account for account in accounts}
    frames = [carried(account, known[account.year - 1]) for account in accounts if account.year - 1 in known]
    gaps = [account for account in accounts[1:] if account.year - 1 not in known]
    return _below([*frames, frame(map(_alone, gaps), COLUMNS)])


def _alone(account: Stored) -> dict[str, Any]:
    """The opening balance of a year whose year before is not there."""
    label, opening, _ = BALANCES[0]
    cell = account.amount(*opening)
    return {**identity(account), "label": label, "amount_now": cell.value if cell else None, "amount_then": None,
            "difference": None, "unit": account.unit, "outcome": "", "why_blank": "no_previous"}  # fmt: skip


def restated_over_years(accounts: Sequence[Stored]) -> pd.DataFrame:
    """Last year's figures as each year's text implies them, against the account of that year.

    Shape:  as `restated`, a block of rows per year that has a year before it.
    """
    known = {account.year: account for account in accounts}
    pairs = [(account, known[account.year - 1]) for account in accounts if account.year - 1 in known]
    return _below([restated(now, before) for now, before in pairs])


def _below(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    full = [frame for frame in frames if len(frame)]
    if not full:
        return pd.DataFrame(columns=list(COLUMNS))
    return pd.concat(full, ignore_index=True).sort_values("year", kind="stable", ignore_index=True)
