"""What one person, one vehicle, one reception costs."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.dictionary.find import Found
from fiscal.metrics.headlines import AccountLike, frame, headline, identity
from fiscal.metrics.shares import allowed, quotient
from fiscal.model.rounding import Interval, interval, round_to

COLUMNS = (
    "entity", "year", "measure", "label", "amount", "unit", "n_units", "counted", "per_unit_yuan", "why_blank",
    "cell",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ratio:
    """A headline amount per counted thing. `count` is a slot, or staff."""

    measure: str
    label: str
    amount: str
    count: str
    counted: str


RATIOS = (
    Ratio("expenditure_per_head", "人均支出", "expenditure", "staff", "人"),
    Ratio("basic_per_head", "人均基本支出", "gpb_basic", "staff", "人"),
    Ratio("personnel_per_head", "人均人员经费", "personnel", "staff", "人"),
    Ratio("public_per_head", "人均公用经费", "public", "staff", "人"),
    Ratio("three_public_per_head", "人均“三公”经费", "tp", "staff", "人"),
    Ratio("operation_per_vehicle", "车均运行维护费", "tp_vehicle_operation", "vehicle_stock", "辆"),
    Ratio("purchase_per_vehicle", "每辆购置费", "tp_vehicle_purchase", "vehicles_bought", "辆"),
    Ratio("reception_per_batch", "每批次接待费", "tp_reception", "reception_batches", "批次"),
    Ratio("reception_per_person", "每人次接待费", "tp_reception", "reception_persons", "人次"),
    Ratio("abroad_per_group", "每团组出国（境）费", "tp_abroad", "abroad_groups", "个"),
    Ratio("abroad_per_person", "每人次出国（境）费", "tp_abroad", "abroad_persons", "人次"),
)


def per_unit(account: AccountLike, *, staff: int | None = None) -> pd.DataFrame:
    """Amounts per member of staff, vehicle, reception and trip, where the counts are published.

    Shape:  one row per ratio of RATIOS: amount, n_units, counted (人, 辆, 批次 …), per_unit_yuan, why_blank.
    Units:  `amount` in the unit of the account; `per_unit_yuan` in 元, rounded to 0.01, of a derived amount
            to the digits it allows (Decimal).
    Blanks: no_count (the document does not count them), zero_count, or why the amount is not known. Nothing is
            assumed: an amount of 0 with a count gives 0.00.
    Source: counts stated in the narrative; staff from the organisation part of notes, or given as `staff`.
    """
    people = Decimal(staff) if staff is not None else staff_count(account)
    return frame((_line(account, ratio, people) for ratio in RATIOS), COLUMNS)


def staff_count(account: AccountLike) -> Decimal | None:
    """People actually employed, as noted under `organisation.staff`; None where the notes do not say."""
    staff = (account.notes.get("organisation") or {}).get("staff")
    return Decimal(staff) if isinstance(staff, int) else None


def _count(account: AccountLike, slot: str) -> Decimal | None:
    cell = account.stated(slot)
    return cell.value if cell is not None else None


def _line(account: AccountLike, ratio: Ratio, people: Decimal | None) -> dict[str, Any]:
    number = people if ratio.count == "staff" else _count(account, ratio.count)
    found = headline(account, ratio.amount)
    value, why = _divide(found, number)
    return {
        **identity(account), "measure": ratio.measure, "label": ratio.label, "amount": found.amount(account.unit),
        "unit": account.unit, "n_units": number, "counted": ratio.counted, "per_unit_yuan": value, "why_blank": why,
        "cell": found.cell,
    }  # fmt: skip


def _divide(found: Found, number: Decimal | None) -> tuple[Decimal | None, str]:
    amount = found.amount("元")
    if amount is None:
        return None, found.why_blank
    if number is None:
        return None, "no_count"
    if number == 0:
        return None, "zero_count"
    cell, digits = found.cell, 2
    if cell is not None and cell.derived:  # a computed amount allows fewer digits
        digits = allowed(interval(cell, "元"), Interval(number, number), digits)
    return round_to(quotient(amount, number), digits), ""
