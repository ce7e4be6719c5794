"""Levels that the text does not state but a table does, or last year's account."""

from fiscal.checks.identities.exact import empty
from fiscal.checks.identities.gaps import explains
from fiscal.checks.laws.quantities import LAST, LEVEL, THIS, Figure
from fiscal.dictionary.find import Facts, find
from fiscal.dictionary.laws import FAMILIES
from fiscal.dictionary.measures import Measure, measures
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.text import Claim, Narrative

TABLE, PREVIOUS = "table", "prev"
Account = tuple[Disclosure, Narrative]


class Elsewhere:
    """The tables of an account, and the account of the year before; each level is looked up once."""

    def __init__(self, disclosure: Disclosure, previous: Account | None = None) -> None:
        self.tables = Facts(disclosure, Narrative())
        self.previous = Facts(*previous) if previous else None
        self.year = disclosure.year
        self._known: dict[tuple[str, bool, str], Figure | None] = {}

    def level(self, stem: str, *, planned: bool, period: str = THIS) -> Figure | None:
        """The level of a quantity, where it is a number; figures derived from this year's prove nothing."""
        key = (stem, planned, period)
        if key not in self._known:
            self._known[key] = self._level(stem, planned, period)
        return self._known[key]

    def _level(self, stem: str, planned: bool, period: str) -> Figure | None:
        last = period == LAST or (self.year is not None and period == str(self.year - 1))
        facts = self.tables if period == THIS else self.previous if last else None
        measure = measure_of(stem, planned=planned)
        if facts is None or measure is None:
            return None
        cell = find(facts, measure).cell
        if cell is None or not cell.is_number or cell.derived or cell.origin:
            return None
        return _figure(stem, cell, planned, period)

    def printed(self, stem: str, *, planned: bool) -> list[Cell]:
        """What the tables print of a quantity, the place of authority first.

        A class or an item that its table does not list is a blank there.
        """
        measure = measure_of(stem, planned=planned)
        if measure is None:
            return []
        found = find(self.tables, measure)
        cells = [one.cell for one in (found, *found.conflict) if one.cell is not None]
        rows = [at for at in measure.cells if measure.listed and self.tables.table(at.table) is not None]
        unlisted = [empty(table=at.table, row=at.row, column=at.columns[0]) for at in rows] if not cells else []
        return [*cells, *unlisted]

    def unread(self, cells: list[Cell]) -> bool:
        """Whether what was not read of a table may explain that a figure differs from it."""
        return explains(self.tables, None, cells)  # type: ignore[arg-type]


def measure_of(stem: str, *, planned: bool) -> Measure | None:
    """The measure of a quantity: tp, of its budget tp_budget, item(2130201) of gpb_items[2130201]."""
    known = measures()
    name, _, key = stem.partition("[")
    if key:
        member = f"{FAMILIES.get(name, '')}({key.rstrip(']')})"
        return known[member] if not planned and member in known else None
    return known.entries.get(f"{stem}_budget" if planned else stem)


def _figure(stem: str, cell: Cell, planned: bool, period: str) -> Figure:
    origin = TABLE if period == THIS else PREVIOUS
    claim = Claim(stem, "amount" if cell.unit else "count", cell, "", period=period)
    plan = "budget" if planned else ""
    return Figure(claim, LEVEL, stem, planned, plan, period, origin, origin, -1, False, False, origin)
