"""Expenditure by code over the years: each part a series whatever it was called, and what it adds to the growth."""

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from fiscal.dictionary.measures import Breakdown, measures
from fiscal.metrics.panel import panel
from fiscal.metrics.shares import points
from fiscal.metrics.stored import Stored, all_cells
from fiscal.model.cells import Cell
from fiscal.model.rounding import sum_of

NUMBER, UNKNOWN, BLANK, MISSING = "number", "unknown", "blank", "missing"


DIVISIONS = {
    "function": "expenditure_function", "economic": "appropriation_economic", "basic_economic": "basic_economic",
}  # fmt: skip
TOP_LEVELS = ("class", "economic_class")
COLUMNS = (
    "entity", "year", "row", "label", "label_now", "is_renamed", "level", "state", "amount_yuan", "share",
    "change_yuan", "contribution_pp", "why_blank", "doubt",
)  # fmt: skip


def parts_over_years(accounts: Sequence[Stored], division: str = "function") -> pd.DataFrame:
    """Every code of a table in every year that prints the table, with its contribution to the growth of the whole.

    Shape:  COLUMNS; per code (`row`) and year, and a row of level whole per year that prints one. Years are those of
            the accounts; one without the table has no rows. `contribution_pp` of the parts of one level add to that of
            the whole where nothing is unknown.
    Units:  元 (Decimal); `share` is a ratio to the whole of the year, `contribution_pp` percentage points of last
            year's whole.
    Blanks: a code without a row is `blank` (nothing of the kind; 0 in a change, never shown as 0) in a year whose
            parts of that level make up the whole, else `missing`; 未公开 is `unknown`. Unknown and missing on either
            side give no change, nor does a year whose year before is not there (no_previous).
    Errors: ValueError when a year has a code twice.
    Source: `division` is a key of DIVISIONS; codes match whatever they are called (is_renamed, label_now).
    """
    chosen = measures().breakdowns[DIVISIONS[division]]
    cells = _lines(all_cells(accounts), chosen)
    if not len(cells):
        return pd.DataFrame(columns=list(COLUMNS))
    made = [_complete(cells, level) for level in chosen.levels]
    full = pd.concat([*made, cells[cells["level"] == "whole"]], ignore_index=True).astype({"year": int})
    series = panel(full, table=chosen.table, column="amount")
    return _contributions(series)[list(COLUMNS)]


def _lines(cells: pd.DataFrame, division: Breakdown) -> pd.DataFrame:
    """The coded rows of the division with one amount each, and the whole of each year as one row."""
    if not len(cells):
        return cells
    own = cells[(cells["table"] == division.table) & cells["column"].isin(division.columns)].assign(column="amount")
    own = own.assign(row_label=own["row_label"].mask(own["row_label"] == ""))  # a code without a name is not renamed
    coded = own[own["level"].isin(division.levels) & (own["row_code"] != "")]
    wholes = [line for _, group in own.groupby("year") if (line := _whole(group, division)) is not None]
    return pd.concat([coded, *wholes], ignore_index=True)


def _whole(year: pd.DataFrame, division: Breakdown) -> pd.DataFrame | None:
    """The total of the table, else the rows of all its parts, where a year prints them."""
    numbers = year[year["state"] == NUMBER]
    cells = [cell for name in division.whole.parts for cell in measures()[name].cells]
    of_parts = [cell.row for cell in cells if cell.table == division.table and cell.row != "total"]
    for keys in (["total"], of_parts) if of_parts else (["total"],):
        rows = numbers[numbers["row_key"].isin(keys)]
        if set(rows["row_key"]) == set(keys):
            one = rows.head(1).assign(row_key="whole", row_code="", row_label="合计", level="whole")
            made = {"amount_yuan": sum(rows["amount_yuan"], Decimal(0)), "cell": tuple(rows["cell"])}
            return one.assign(**{name: pd.Series([x], one.index, dtype=object) for name, x in made.items()})
    return None


def _complete(cells: pd.DataFrame, level: str) -> pd.DataFrame:
    """The rows of one level, and one for each code in each year that lacks it: blank or missing."""
    rows = cells[cells["level"] == level]
    wholes = cells[cells["level"] == "whole"].set_index("year")["cell"]
    added = []
    for year, entity in cells[["year", "entity"]].drop_duplicates("year").itertuples(index=False, name=None):
        own = rows[rows["year"] == year]
        state = BLANK if _adds_up(list(own["cell"]), wholes.get(year)) else MISSING
        absent = sorted(set(rows["row_code"]) - set(own["row_code"]))
        added += [{"entity": entity, "year": year, "row_code": code, "state": state} for code in absent]
    given = {"table": cells["table"].iloc[0], "column": "amount", "level": level, "row_key": "", "row_label": None}
    return pd.concat([rows, pd.DataFrame(added).assign(**given, amount_yuan=None, doubt=None)], ignore_index=True)


def _adds_up(parts: Sequence[Cell], whole: tuple[Cell, ...] | None) -> bool:
    if whole is None or any(cell.is_unknown for cell in parts):
        return False
    return sum_of(parts, "元").meets(sum_of(whole, "元"))


def _contributions(series: pd.DataFrame) -> pd.DataFrame:
    """Changes in which a blank is 0, over last year's whole."""
    known = [exact_yuan(*pair) for pair in zip(series["state"], series["amount_yuan"])]
    exact = series.assign(exact=pd.Series(known, series.index, dtype=object))
    prior = exact.assign(year=exact["year"] + 1)[["row", "level", "year", "exact", "state"]]
    both = exact.merge(prior, on=["row", "level", "year"], how="left", suffixes=("", "_prior"), validate="1:1")
    bases = exact[exact["level"] == "whole"].set_index("year")["exact"]
    changes = [_less(*pair) for pair in zip(both["exact"], both["exact_prior"])]
    shares = [points(change, bases.get(year - 1)) for change, year in zip(changes, both["year"])]
    own = [points(amount, bases.get(year), 1) for amount, year in zip(both["amount_yuan"], both["year"])]
    why = [_why(*line) for line in zip(both["state"], both["state_prior"], shares)]
    return both.assign(
        share=pd.Series(own, both.index, dtype="Float64"),
        change_yuan=pd.Series(changes, both.index, dtype=object), why_blank=why,
        contribution_pp=pd.Series(shares, both.index, dtype="Float64"),
    )  # fmt: skip


def exact_yuan(state: str, amount: Decimal | None) -> Decimal | None:
    """What an amount counts in a change: a blank is 0, unknown and missing nothing at all."""
    return Decimal(0) if state == BLANK else amount if state == NUMBER else None


def _less(now, before) -> Decimal | None:
    return now - before if isinstance(now, Decimal) and isinstance(before, Decimal) else None


def _why(state: str, before: object, share: float | None) -> str:
    if share is not None:
        return ""
    blank = [name for name in (state, before) if name in (UNKNOWN, MISSING)]
    return blank[0] if blank else "no_previous" if not isinstance(before, str) else "zero_base"
