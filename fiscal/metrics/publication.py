"""Who has published and who has not, and whether the units' totals make up their department's."""

from datetime import date

import pandas as pd

from fiscal.metrics.compared import consolidation

PUBLISHED, UNSEEN, OVERDUE = "已公开", "未见", "逾期"


def publication(expected: pd.DataFrame, accounts: pd.DataFrame, *, as_of: str = "") -> pd.DataFrame:
    """Entity by year: 已公开, 未见 (not there, not due yet or without a date) or 逾期 (not there, the date is past).

    Shape:  entity, year, by, status, is_expected; sorted by entity and year.
    Blanks: without a list every entity and every year of the store is expected, without a date.
            An account that names no entity or no year is not on the map; one that only repeats what another year's
            publication says (`coverage` comparatives) is not there.
    Source: `accounts` is the `comparison` view of a store, `expected` as read_expected gives it; `as_of` is an ISO
            date, "" is today. Names are matched without spaces.
    """
    accounts = accounts[(accounts["year"] > 0) & (accounts["entity"] != "")]
    own = accounts[accounts["coverage"] != "comparatives"]
    today = date.fromisoformat(as_of) if as_of else date.today()
    seen = {(_name(entity), year): entity for entity, year in zip(own["entity"], own["year"])}
    listed = list(zip(expected["entity"], expected["year"], expected["by"])) or [
        (entity, year, None) for entity in accounts["entity"].unique() for year in accounts["year"].unique()
    ]
    lines = [(entity, int(year), by, _status((_name(entity), year) in seen, by, today)) for entity, year, by in listed]
    known = {(_name(entity), year) for entity, year, _ in listed}
    extra = [(entity, int(key[1]), None, PUBLISHED) for key, entity in seen.items() if key not in known]
    made = pd.DataFrame([*lines, *extra], columns=["entity", "year", "by", "status"])
    marked = made.assign(is_expected=[True] * len(lines) + [False] * len(extra))
    return marked.sort_values(["entity", "year"], ignore_index=True)


def _name(entity: str) -> str:
    return "".join(str(entity).split())


def _status(is_there: bool, by: date | None, today: date) -> str:
    if is_there:
        return PUBLISHED
    return OVERDUE if isinstance(by, date) and by < today else UNSEEN


def consolidated(totals: pd.DataFrame, expected: pd.DataFrame, *, year: int = 0) -> pd.DataFrame:
    """The printed totals of each department that is there against the sum of its units of the year, kind by kind.

    Shape:  parent, year, kind (budgets add up to budgets, accounts to accounts), row_label, column_label, parent_yuan,
            units_yuan, difference_yuan, n_units (with a number), n_seen (units whose account is there), n_expected,
            outcome (equal, rounding, different, unknown).
    Units:  元 (Decimal).
    Blanks: a unit whose account is not there makes its department's lines unknown. Empty where no parent is named or
            none of them has published. A unit that leaves a line blank adds 0 and is not counted in n_units; one that
            writes 未公开 makes the line unknown.
    Source: `totals` is the view printed_totals of a store; parents are those of `expected`.
    """
    wanted = year or (int(totals["year"].max()) if len(totals) else 0)
    lines = totals[totals["year"] == wanted].assign(name=lambda frame: frame["entity"].map(_name))
    due = expected[(expected["year"] == wanted) & (expected["parent"] != "")]
    alike = [lines[lines["kind"] == kind] for kind in sorted(lines["kind"].unique(), reverse=True)]
    frames = [_one(own, str(parent), units) for parent, units in due.groupby("parent")["entity"] for own in alike]
    full = [frame for frame in frames if len(frame)]
    names = ["parent", "year", "kind", "row_label", "column_label", "parent_yuan", "units_yuan", "difference_yuan",
             "n_units", "n_seen", "n_expected", "outcome"]  # fmt: skip
    return pd.concat(full, ignore_index=True)[names] if full else pd.DataFrame(columns=names)


def _one(lines: pd.DataFrame, parent: str, units: pd.Series) -> pd.DataFrame:
    own = lines[lines["name"] == _name(parent)]
    theirs = lines[lines["name"].isin(units.map(_name))]
    made = consolidation(theirs, own)
    labels = own.drop_duplicates(["table", "row_key", "column"])
    made = made.merge(labels[["table", "row_key", "column", "row_label", "column_label", "year", "kind"]])
    n_seen = theirs["name"].nunique()
    made = made.assign(parent=parent, n_seen=n_seen, n_expected=len(units))
    return made if n_seen == len(units) else made.assign(units_yuan=None, difference_yuan=None, outcome="unknown")
