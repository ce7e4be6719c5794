"""What the change from the first year to the last consists of."""

from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.metrics.codes import NUMBER, TOP_LEVELS, exact_yuan, points
from fiscal.model.money import convert

COLUMNS = (
    "previous_year", "year", "code", "part", "kind", "previous_amount", "amount", "change", "contribution_pp", "unit",
    "why_blank",
)  # fmt: skip
Line = dict[str, Any]


def moved_over_years(series: pd.DataFrame) -> pd.DataFrame:
    """Which classes moved the whole from the first to the last year that prints it.

    Shape:  as `decomposition`, without entity: a row per class, one for the rest where it is not 0, one for the whole;
            previous_year and year are the two years. Empty where fewer than two years print the whole, or no class has
            a change.
    Units:  万元 (Decimal); `contribution_pp` is percentage points of the whole of the earlier year.
    Blanks: unknown and missing classes have no change; theirs is inside the rest. A blank counts as 0.
    Source: `series` is the result of `parts_over_years`.
    """
    years = series.loc[(series["level"] == "whole") & (series["state"] == NUMBER), "year"]
    if len(years) < 2:
        return pd.DataFrame(columns=list(COLUMNS))
    ends = int(years.min()), int(years.max())
    lines = _lines(*(series[series["year"] == year] for year in ends))
    return pd.DataFrame([{**line, "previous_year": ends[0], "year": ends[1]} for line in lines], columns=list(COLUMNS))


def _lines(first: pd.DataFrame, last: pd.DataFrame) -> list[Line]:
    before, after = _amounts(first), _amounts(last)
    classes = pd.concat([first, last])[["row", "label_now", "level"]].drop_duplicates("row")
    parts = [
        _line(before.get(row), after.get(row), code=row, part=name, kind="part")
        for row, name, level in classes.itertuples(index=False, name=None) if level in TOP_LEVELS
    ]  # fmt: skip
    whole = _line(before["whole"], after["whole"], part="合计", kind="whole")
    known = [line["change"] for line in parts if line["change"] is not None]
    rest = whole["change"] - sum(known, Decimal(0))
    if rest != 0:
        parts.append(_line(None, None, part="其余（差额）", kind="rest") | {"change": rest, "why_blank": ""})
    lines = [{**line, "contribution_pp": points(line["change"], before["whole"])} for line in (*parts, whole)]
    return lines if known else []


def _amounts(year: pd.DataFrame) -> dict[str, Decimal | None]:
    """Row → 万元."""
    yuan = [exact_yuan(*pair) for pair in zip(year["state"], year["amount_yuan"])]
    return {row: None if value is None else convert(value, "元", "万元") for row, value in zip(year["row"], yuan)}


def _line(before: Decimal | None, after: Decimal | None, *, part: str, kind: str, code: str = "") -> Line:
    change = after - before if before is not None and after is not None else None
    return {"code": code, "part": part, "kind": kind, "previous_amount": before, "amount": after, "change": change,
            "unit": "万元", "why_blank": "" if change is not None else "unknown"}  # fmt: skip
