"""Several years side by side: series that a renamed classification does not break."""

import pandas as pd

_KEY = ["entity", "table", "row", "column"]


def panel(cells: pd.DataFrame, *, table: str, column: str = "total") -> pd.DataFrame:
    """One column of one table over the years, each row followed by its code whatever it was called.

    Shape:  one row per (entity, row, year): row (code, or key of a fixed row), label (as printed that year),
            label_now (newest name), is_renamed, level, state, amount_yuan, previous_yuan, change_yuan, change_rate,
            why_blank. Sorted by entity, row, year.
    Units:  元 (Decimal); rates are ratios.
    Blanks: years are matched by year: a gap gives no_previous, not a change over two years. Unknown stays unknown, a
            blank is no amount (blank). A base of 0 or below gives no rate.
    Errors: ValueError when one entity has the same row twice in one year (two accounts of one year).
    Source: `cells` are the `cells` of one or many accounts, concatenated.
    """
    lines = cells[(cells["table"] == table) & (cells["column"] == column)]
    row = lines["row_code"].where(lines["row_code"] != "", lines["row_key"])
    wanted = ["entity", "year", "table", "column", "row", "level", "row_label", "state", "amount_yuan"]
    wanted += ["doubt"] if "doubt" in lines else []
    tidy = lines.assign(row=row)[wanted].rename(columns={"row_label": "label"})
    repeated = tidy.duplicated([*_KEY, "year"])
    if repeated.any():
        first = tidy[repeated].iloc[0]
        raise ValueError(f"{first['entity']} {first['year']}: row {first['row']} of {table} stands twice")
    ordered = tidy.sort_values([*_KEY, "year"], ignore_index=True)
    return _changes(_names(ordered))


def _names(lines: pd.DataFrame) -> pd.DataFrame:
    groups = lines.groupby(_KEY, sort=False)["label"]
    return lines.assign(label_now=groups.transform("last"), is_renamed=groups.transform("nunique") > 1)


def _changes(lines: pd.DataFrame) -> pd.DataFrame:
    prior = lines.assign(year=lines["year"] + 1)[[*_KEY, "year", "amount_yuan", "state"]]
    prior = prior.rename(columns={"amount_yuan": "previous_yuan", "state": "previous_state"})
    both = lines.merge(prior, on=[*_KEY, "year"], how="left", validate="1:1")
    results = [_change(*values) for values in both[["amount_yuan", "state", "previous_yuan", "previous_state"]].values]
    change, rate, why = zip(*results, strict=True) if results else ((), (), ())
    made = both.assign(
        change_yuan=pd.Series(change, dtype=object), change_rate=pd.Series(rate, dtype="Float64"),
        why_blank=pd.Series(why, dtype=object),
    )  # fmt: skip
    return made.drop(columns="previous_state")


def _change(now, state: str, before, previous_state) -> tuple:
    if state != "number":
        return None, None, state
    if previous_state != "number":
        return None, None, previous_state if isinstance(previous_state, str) else "no_previous"
    if before <= 0:
        return now - before, None, "zero_base" if before == 0 else "negative_base"
    return now - before, float((now - before) / before), ""
