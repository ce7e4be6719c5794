"""An invented account, and the years of one invented body."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import islice
from random import Random
from typing import Any

from fiscal.model.cells import NUMBER, Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.table import Table
from fiscal.model.text import Claim, Entry, Narrative
from fiscal.synthetic.derive import tables
from fiscal.synthetic.figures import figures
from fiscal.synthetic.invented_names import Body, body
from fiscal.synthetic.ledger import Ledger, Maker
from fiscal.synthetic.notes_yaml import notes
from fiscal.synthetic.planted import Planted, plant

FIRST = 2017  # the year that every body's books begin with, unless an earlier one is asked for
GRAINS = {"万元": 10_000, "元": 1}  # 分 in one unit of the last printed digit
_KINDS = (
    ("_change_percent", "change_percent"), ("_change", "change"), ("_share", "share"), ("_completion", "completion"),
)  # fmt: skip


@dataclass(frozen=True)
class Style:
    """How accounts are printed.

    profile   national9, sichuan13 or shanghai9
    unit      元 or 万元
    rounded   leaves are kept to the 分, so that printed sums may differ by rounding; otherwise they add exactly
    """

    profile: str = "national9"
    unit: str = "万元"
    rounded: bool = False


@dataclass(frozen=True)
class SyntheticAccount:
    """One invented account: tables, the facts of its narrative in the form of notes.yaml, and the errors planted in it.

    It answers like a read account (entity, year, table, amount, stated, narrative, notes), so that the same
    templates tell it. `previous` is the year before, where it was made too.
    """

    entity: str
    year: int
    style: Style
    tables: dict[str, Table]
    notes: dict[str, Any]
    planted: tuple[Planted, ...] = ()
    previous: "SyntheticAccount | None" = field(default=None, repr=False)
    kind: str = "final_account"

    @property
    def unit(self) -> str:
        return self.style.unit

    @property
    def path(self) -> str:
        return ""

    @property
    def title(self) -> str:
        return f"{self.entity}{self.year}年{'部门预算' if self.kind == 'budget' else '度部门决算'}"

    @cached_property
    def disclosure(self) -> Disclosure:
        return Disclosure(
            "", format="synthetic", entity=self.entity, year=self.year, kind=self.kind, unit=self.unit,
            profile=self.style.profile, tables=self.tables, notes=self.notes,
        )  # fmt: skip

    def table(self, table: str) -> Table | None:
        return self.tables.get(table)

    def amount(self, table: str, row: str, column: str) -> Cell | None:
        found = self.tables.get(table)
        return found.cell(row, column) if found else None

    def stated(self, slot: str) -> Cell | None:
        found = self.narrative.slots.get(slot)
        return found[0] if found else None

    @cached_property
    def narrative(self) -> Narrative:
        """The statements, lists and words of the notes as the statement reader gives them."""
        statements = tuple(_statement(entry) for entry in self.notes["statements"])
        slots: dict[str, list[Cell]] = {}
        for statement in statements:
            slots.setdefault(statement.subject, []).append(statement.cell)
        words = {slot: [str(word)] for slot, word in self.notes["words"].items() if not isinstance(word, bool)}
        lists = {slot: [_entry(entry, self.unit) for entry in found] for slot, found in self.notes["lists"].items()}
        return Narrative(claims=statements, slots=slots, words=words, lists=lists)


def _statement(entry: dict[str, str]) -> Claim:
    slot, unit = entry["slot"], entry["unit"]
    kind = next((kind for ending, kind in _KINDS if slot.endswith(ending)), "amount" if unit else "count")
    return Claim(slot, kind, _cell(entry["text"], unit), entry["section"], direction=entry.get("direction", ""))


def _cell(text: str, unit: str) -> Cell:
    return Cell(NUMBER, Decimal(text), unit, text, exact=text == "0" or not unit)


def _entry(entry: dict[str, str], unit: str) -> Entry:
    """Fields that hold figures become cells; names, codes and words stay texts."""
    units = {"amount": unit, "budget": unit, "actual": unit, "executed": unit, "count": "",
             "share": "%", "completion": "%", "rate": "%"}  # fmt: skip
    return {name: _cell(text, units[name]) if name in units else text for name, text in entry.items()}


def make_account(seed: int, year: int, *, errors: Iterable[str] = (), **style: Any) -> SyntheticAccount:
    """One account; `errors` are kinds of fiscal.synthetic.errors, `style` the fields of Style.

    Deterministic: the same seed and year give the same account, different seeds different bodies.
    """
    return make_panel(seed, (year,), errors={year: tuple(errors)}, style=Style(**style))[0]


def make_panel(
    seed: int, years: Sequence[int], *, errors: dict[int, tuple[str, ...]] | None = None, style: Style | None = None
) -> list[SyntheticAccount]:
    """The accounts of one body for consecutive years: each opens with the balances the one before closed with.

    Whichever years are asked for, an account of a year is the same, so that years can be added one by one.
    """
    style, own = style or Style(), body(seed)
    made = told(own, books(own, f"{seed}", years, style=style), years, style=style)
    return [with_errors(account, (errors or {}).get(account.year, ())) for account in made]


def books(own: Body, seed: str, years: Sequence[int], *, style: Style) -> list[Ledger]:
    """The ledgers of the year before the first and of these years, drawn from FIRST on."""
    maker = Maker(own, Random(f"{seed}-{style.unit}-{style.rounded}"), 1 if style.rounded else GRAINS[style.unit])
    ledgers = [maker.first()]
    for _ in range(min(FIRST, years[0] - 1), years[-1]):
        ledgers.append(maker.after(ledgers[-1]))
    return ledgers[-len(years) - 1 :]


def told(own: Body, ledgers: Sequence[Ledger], years: Sequence[int], *, style: Style) -> list[SyntheticAccount]:
    """The accounts of these years, each with the one before as `previous`; the first ledger is of the year before."""
    made: list[SyntheticAccount] = []
    for year, before, ledger in zip(years, ledgers, ledgers[1:], strict=False):
        made.append(_account(own, (before, ledger), year=year, style=style, previous=made[-1] if made else None))
    return made


def _account(
    own: Body, ledgers: tuple[Ledger, Ledger], *, year: int, style: Style, previous: SyntheticAccount | None
) -> SyntheticAccount:
    """The printed account of the second ledger; the first is the year before it."""
    last, this = (tables(one, profile=style.profile, unit=style.unit, year=year) for one in ledgers)
    before = figures(own, ledgers[0], last, style.unit)
    told = notes(own, ledgers[1], this, unit=style.unit, year=year, before=before)
    return SyntheticAccount(own.name, year, style, this, told, (), previous)


def with_errors(account: SyntheticAccount, kinds: Iterable[str], most: int | None = None) -> SyntheticAccount:
    """The account with errors planted in its own tables and notes, which were made for it.

    `most`: at most so many; a kind whose figure the account does not have gives way to the next.
    """
    found = (made for kind in kinds if (made := plant(kind, account.tables, account.notes)))
    planted = tuple(islice(found, most))
    return replace(account, planted=planted) if planted else account
