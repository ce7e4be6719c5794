"""What a change consists of: the contributions of the parts add to the change of the whole."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.dictionary.find import find
from fiscal.dictionary.measures import Breakdown, measures
from fiscal.metrics.code_series import NUMBER, TOP_LEVELS, exact_yuan
from fiscal.metrics.headlines import AccountLike, frame, identity, measure_of, year_before
from fiscal.metrics.shares import points
from fiscal.metrics.structure_shares import Part, parts_of, whole_of
from fiscal.metrics.variance import compare, stated_change
from fiscal.model.money import convert

COLUMNS = (
    "entity", "year", "measure", "part_key", "code", "part", "previous_amount", "amount", "change", "contribution_pp",
    "unit", "basis", "kind", "why_blank", "cell", "previous_cell",
)  # fmt: skip


def decomposition(account: AccountLike, previous: AccountLike | None = None, *, measure: str = "") -> pd.DataFrame:
    """Which parts moved the whole, and by how much.

    Shape:  one row per part in either year (`kind` part), one for what cannot be assigned (`kind` rest, only where it
            is not 0), one for the whole (`kind` whole). `change` of parts and rest adds to the whole exactly.
    Units:  amounts in the unit of the account; `contribution_pp` is percentage points of last year's whole.
    Blanks: a part that only one year has counts as 0 in the other; an unknown part has no change (unknown) and its
            change is inside the rest. A base of 0 or below gives no contribution. Without a comparable whole the
            frame is empty.
    Source: `measure` is a key of the breakdowns (expenditure_function, basic_economic, income …); "" divides
            the grand total by funds, from last year's account or from the stated changes.
    """
    breakdown = measures().breakdowns[measure] if measure else None
    before = year_before(account, previous)
    lines = _by_parts(account, before, breakdown) if breakdown and before else []
    if not measure:
        lines = _by_funds(account, before)
    return frame(
        ({**identity(account), "measure": measure or "funds", "unit": account.unit, **x} for x in lines), COLUMNS
    )


def moved_over_years(series: pd.DataFrame) -> pd.DataFrame:
    """Which classes moved the whole from the first to the last year that prints it.

    Shape:  as `decomposition`, with previous_year, the earlier of the two years; part_key is the code. Empty where
            fewer than two years print the whole, or no class has a change.
    Units:  万元 (Decimal); `contribution_pp` is percentage points of the whole of the earlier year.
    Blanks: unknown and missing classes have no change; theirs is inside the rest. A blank counts as 0.
    Source: `series` is the result of `parts_over_years`.
    """
    years = series.loc[(series["level"] == "whole") & (series["state"] == NUMBER), "year"]
    if len(years) < 2:
        return frame((), (*COLUMNS, "previous_year"))
    ends = [series[series["year"] == year] for year in (years.min(), years.max())]
    before, after = map(_in_wan, ends)
    doubts = [dict(zip(end["row"], end["doubt"])) for end in ends]
    rows = pd.concat(ends)[["row", "label_now", "level"]].drop_duplicates("row").itertuples(index=False, name=None)
    parts = [
        {**_entry(row, name, before.get(row), after.get(row)), "previous_doubt": doubts[0].get(row),
         "doubt": doubts[1].get(row)}
        for row, name, level in rows if level in TOP_LEVELS
    ]  # fmt: skip
    whole = {**_entry("whole", "合计", before["whole"], after["whole"]), "kind": "whole"}
    is_known = any(part["change"] is not None for part in parts)
    lines = _with_contributions([*parts, whole], before["whole"]) if is_known else []
    common = {"entity": series["entity"].iloc[-1], "previous_year": int(years.min()), "year": int(years.max())}
    return frame(({**common, "unit": "万元", **line} for line in lines),
                 (*COLUMNS, "previous_year", "doubt", "previous_doubt"))  # fmt: skip


def _in_wan(year: pd.DataFrame) -> dict[str, Any]:
    """Row → 万元; a blank is 0."""
    yuan = [exact_yuan(*pair) for pair in zip(year["state"], year["amount_yuan"])]
    return {row: None if value is None else convert(value, "元", "万元") for row, value in zip(year["row"], yuan)}


def _by_parts(account: AccountLike, before: AccountLike, breakdown: Breakdown) -> list[dict[str, Any]]:
    now, then = parts_of(account, breakdown), parts_of(before, breakdown)
    whole, base = whole_of(account, breakdown, now)[0], whole_of(before, breakdown, then)[0]
    end, start = whole.amount(account.unit), base.amount(account.unit)
    if end is None or start is None or not then or not now:
        return []
    parts = [_part(account.unit, *pair) for pair in _pairs(now, then)]
    total = _line("whole", breakdown.whole.label, end - start, start=start, end=end, basis="accounts")
    return _with_contributions([*parts, total], start)


def _pairs(now: list[Part], then: list[Part]) -> Iterator[tuple[Part | None, Part | None]]:
    """Parts of both years matched by code or key, this year's order first."""
    before = {part.key: part for part in then}
    for part in now:
        yield part, before.pop(part.key, None)
    for part in before.values():
        yield None, part


def _part(unit: str, now: Part | None, then: Part | None) -> dict[str, Any]:
    """A part of both years; one that a year does not have is 0 there."""
    end, start = (part.found.amount(unit) if part else Decimal(0) for part in (now, then))
    known = now or then
    assert known is not None
    cells = {name: part.found.cell if part else None for name, part in (("cell", now), ("previous_cell", then))}
    return {**_entry(known.key, known.label, start, end), "code": known.code, **cells}


def _entry(key: str, label: str, start: Decimal | None, end: Decimal | None) -> dict[str, Any]:
    change = end - start if end is not None and start is not None else None
    line = _line("part", label, change, start=start, end=end, basis="accounts")
    return {**line, "part_key": key, "code": key, "why_blank": "" if change is not None else "unknown"}


def _by_funds(account: AccountLike, before: AccountLike | None) -> list[dict[str, Any]]:
    total = _moved(account, before, "total")
    if total["change"] is None or total["previous_amount"] is None:
        return []
    keys = ("gpb", "fund", "state_capital")
    parts = [line for key in keys if (line := _moved(account, before, key))["amount"] is not None]
    return _with_contributions([*parts, {**total, "kind": "whole"}], total["previous_amount"])


def _moved(account: AccountLike, before: AccountLike | None, key: str) -> dict[str, Any]:
    measure = measure_of(key)
    now, then = find(account, measure), find(before, measure) if before else None
    change = compare(now, then, stated=stated_change(account, measure.id), unit=account.unit)
    end = now.amount(account.unit)
    line = _line("part", measure.label, change.change, start=change.previous, end=end, basis=change.basis)
    return {**line, "part_key": key, "why_blank": change.why_blank, "cell": now.cell,
            "previous_cell": then.cell if then else None}  # fmt: skip


def _line(kind: str, label: str, change: Decimal | None, *, start, end, basis: str) -> dict[str, Any]:
    return {
        "part_key": kind, "code": "", "part": label, "previous_amount": start, "amount": end, "change": change,
        "basis": basis, "kind": kind, "why_blank": "",
    }  # fmt: skip


def _with_contributions(lines: list[dict[str, Any]], base: Decimal) -> list[dict[str, Any]]:
    *parts, whole = lines
    known = sum((line["change"] for line in parts if line["change"] is not None), Decimal(0))
    rest = whole["change"] - known
    if rest != 0:
        parts.append(_line("rest", "其余（差额）", rest, start=None, end=None, basis=whole["basis"]))
    return [{**line, "contribution_pp": points(line["change"], base)} for line in [*parts, whole]]
