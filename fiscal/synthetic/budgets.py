"""Invented budgets (部门预算): what was planned of the years that the accounts of the same body tell."""

from collections.abc import Sequence

from fiscal.synthetic.derive import tables
from fiscal.synthetic.invent import GRAINS, Style, SyntheticAccount, books, with_errors
from fiscal.synthetic.invented_names import Body, body
from fiscal.synthetic.ledger import GENERAL, OTHER, THREE_PUBLIC, Leaf, Ledger

PROFILE = "budget9"
CUT = 0.9  # of what was spent from other money, so much was planned: the rest came during the year


def make_budgets(
    seed: int, years: Sequence[int], *, style: Style | None = None, errors: dict[int, tuple[str, ...]] | None = None
) -> list[SyntheticAccount]:
    """The published budgets of the body of `seed`, whose accounts make_panel gives for the same style.

    The plan of each item of the general budget and of each 三公 item is what the account calls its budget; money of
    other funds was added to during the year.
    """
    style, own = style or Style(), body(seed)
    made = planned(own, books(own, f"{seed}", years, style=style), years, style=style)
    return [with_errors(one, (errors or {}).get(one.year, ())) for one in made]


def planned(own: Body, ledgers: Sequence[Ledger], years: Sequence[int], *, style: Style) -> list[SyntheticAccount]:
    """The budgets of these years; the first ledger is of the year before."""
    made: list[SyntheticAccount] = []
    grain = 1 if style.rounded else GRAINS[style.unit]
    for year, ledger in zip(years, ledgers[1:], strict=True):
        plan = plan_of(ledger, grain)
        printed = tables(plan, profile=PROFILE, unit=style.unit, year=year)
        notes = {
            "entity": {"name": own.name, "type": own.type}, "year": year, "kind": "budget", "unit": style.unit,
            "source": "虚构数据（fiscal.synthetic）", "statements": [], "lists": {}, "words": {},
        }  # fmt: skip
        previous = made[-1] if made else None
        shown = Style(PROFILE, style.unit, style.rounded)
        made.append(SyntheticAccount(own.name, year, shown, printed, notes, (), previous, kind="budget"))
    return made


def plan_of(ledger: Ledger, grain: int) -> Ledger:
    """The books as they were planned: the budgets the ledger knows, spread over its leaves; income pays for them."""
    spend: dict[Leaf, int] = {}
    for leaf, value in ledger.spend.items():
        spend[leaf] = value if leaf[1] == GENERAL else max(grain, round(value * CUT / grain) * grain)
    _three_public(spend, ledger)
    for code in dict.fromkeys(leaf[0] for leaf in spend if leaf[1] == GENERAL):
        _item(spend, ledger, code)
    income: dict[tuple[str, str], int] = {}
    for (code, fund, _, _), value in spend.items():
        key = code, _source(ledger, code) if fund == OTHER else fund
        income[key] = income.get(key, 0) + value
    return Ledger(spend, income, budgets=ledger.budgets, counts=ledger.counts)


def _three_public(spend: dict[Leaf, int], ledger: Ledger) -> None:
    """The first leaf of each 三公 item takes what its plan exceeds the outcome by."""
    for name, economic in THREE_PUBLIC.items():
        leaves = [leaf for leaf in spend if leaf[1] == GENERAL and leaf[3] == economic]
        if leaves:
            spend[leaves[0]] += ledger.budgets[name] - sum(spend[leaf] for leaf in leaves)


def _item(spend: dict[Leaf, int], ledger: Ledger, code: str) -> None:
    """The largest leaf of an item, 三公 apart, takes the rest of its plan."""
    leaves = [leaf for leaf in spend if leaf[:2] == (code, GENERAL)]
    free = [leaf for leaf in leaves if leaf[3] not in THREE_PUBLIC.values()]
    largest = max(free, key=lambda leaf: spend[leaf])
    spend[largest] += ledger.budgets[code] - sum(spend[leaf] for leaf in leaves)


def _source(ledger: Ledger, code: str) -> str:
    """The kind of income that pays for other money of an item."""
    kinds = [kind for (other, kind) in ledger.income if kind in ("operating_income", "other_income", "business_income")]
    own = [kind for (other, kind) in ledger.income if other == code and kind in kinds]
    return (own or kinds or ["other_income"])[0]
