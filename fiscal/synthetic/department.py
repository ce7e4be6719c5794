"""An invented department: units with books of their own, and its account, which adds them up."""

from collections.abc import Sequence
from dataclasses import dataclass

from fiscal.synthetic.budgets import planned
from fiscal.synthetic.invent import Style, SyntheticAccount, books, told
from fiscal.synthetic.invented_names import department
from fiscal.synthetic.ledger import Ledger

MOST_UNITS = 80


@dataclass(frozen=True)
class SyntheticDepartment:
    """Accounts by year: those of the department (部门汇总), and those of each unit, its own offices (本级) first.

    plans, unit_plans: the budgets of the same years.
    """

    own: list[SyntheticAccount]
    units: list[list[SyntheticAccount]]
    plans: list[SyntheticAccount]
    unit_plans: list[list[SyntheticAccount]]


def make_department(
    seed: int, years: Sequence[int], *, n_units: int = 3, style: Style | None = None
) -> SyntheticDepartment:
    """A department whose printed numbers are the sums of its units' (within rounding, where `style` is rounded).

    Errors: ValueError unless it has 2 to MOST_UNITS units.
    """
    if not 2 <= n_units <= MOST_UNITS:
        raise ValueError(f"a department has 2 to {MOST_UNITS} units, not {n_units}")
    style = style or Style()
    bureau, bodies = department(seed, n_units)
    kept = [books(one, f"{seed}-{number}", years, style=style) for number, one in enumerate(bodies)]
    units = [told(one, ledgers, years, style=style) for one, ledgers in zip(bodies, kept, strict=True)]
    whole = [added_up(ledgers) for ledgers in zip(*kept, strict=True)]
    plans = [planned(one, ledgers, years, style=style) for one, ledgers in zip(bodies, kept, strict=True)]
    return SyntheticDepartment(
        told(bureau, whole, years, style=style), units, planned(bureau, whole, years, style=style), plans
    )


def added_up(ledgers: Sequence[Ledger]) -> Ledger:
    """One ledger for all: every amount and every count is a sum."""

    def whole(name: str) -> dict:
        parts = [getattr(one, name) for one in ledgers]
        return {key: sum(part.get(key, 0) for part in parts) for key in sorted({key for part in parts for key in part})}

    names = ("spend", "income", "opening", "closing", "budgets", "counts")
    return Ledger(
        **{name: whole(name) for name in names},
        balance_used=sum(one.balance_used for one in ledgers),
        distribution=sum(one.distribution for one in ledgers),
    )
