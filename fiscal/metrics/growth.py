"""What a change consists of: the contributions of the parts add to the change of the whole."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.dictionary.find import find
from fiscal.dictionary.measures import Breakdown, measures
from fiscal.metrics.headlines import AccountLike, frame, identity, measure_of, year_before
from fiscal.metrics.shares import quotient
from fiscal.metrics.structure_shares import Part, parts_of, whole_of
from fiscal.metrics.variance import compare, stated_change

COLUMNS = (
    "entity", "year", "measure", "part_key", "code", "part", "previous_amount", "amount", "change", "contribution_pp",
    "unit", "basis", "kind", "why_blank", "cell",
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
    known = now or then
    assert known is not None
    end = now.found.amount(unit) if now else Decimal(0)
    start = then.found.amount(unit) if then else Decimal(0)
    change = end - start if end is not None and start is not None else None
    line = _line("part", known.label, change, start=start, end=end, basis="accounts")
    return {**line, "part_key": known.key, "code": known.code, "why_blank": "" if change is not None else "unknown",
            "cell": now.found.cell if now else None}  # fmt: skip


def _by_funds(account: AccountLike, before: AccountLike | None) -> list[dict[str, Any]]:
    total = _moved(account, before, "total")
    if total["change"] is None or total["previous_amount"] is None:
        return []
    keys = ("gpb", "fund", "state_capital")
    parts = [line for key in keys if (line := _moved(account, before, key))["amount"] is not None]
    known = [line for line in parts if line["change"] is not None]
    return _with_contributions([*known, {**total, "kind": "whole"}], total["previous_amount"])


def _moved(account: AccountLike, before: AccountLike | None, key: str) -> dict[str, Any]:
    measure = measure_of(key)
    now, then = find(account, measure), find(before, measure) if before else None
    change = compare(now, then, stated=stated_change(account, measure.id), unit=account.unit)
    end = now.amount(account.unit)
    line = _line("part", measure.label, change.change, start=change.previous, end=end, basis=change.basis)
    return {**line, "part_key": key, "why_blank": change.why_blank, "cell": now.cell}


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
    return [{**line, "contribution_pp": _points(line["change"], base)} for line in [*parts, whole]]


def _points(change: Decimal | None, base: Decimal) -> float | None:
    return float(quotient(change, base) * 100) if change is not None and base > 0 else None
