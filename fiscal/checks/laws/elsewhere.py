"""Levels that the text does not state but a table does, or last year's account."""

from collections.abc import Sequence
from dataclasses import replace

from fiscal.checks.identities.exact import empty
from fiscal.checks.identities.gaps import explains
from fiscal.checks.laws.quantities import LAST, LEVEL, THIS, Figure
from fiscal.dictionary.find import Facts, find
from fiscal.dictionary.laws import FAMILIES
from fiscal.dictionary.measures import CellAt, Measure, measures
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.text import Claim, Narrative

TABLE, PREVIOUS = "table", "prev"
_FUNDS = "fund"  # key of the section of government funds
Account = tuple[Disclosure, Narrative]


class Elsewhere:
    """The tables of an account, and the account of the year before; each level is looked up once."""

    def __init__(self, disclosure: Disclosure, previous: Account | None = None) -> None:
        self.tables, self.budget = Facts(disclosure, Narrative()), disclosure.kind == "budget"
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
        measure = next(iter(self._measures(stem, planned=planned)), None)
        if facts is None or measure is None:
            return None
        cell = find(facts, measure).cell
        if cell is None or not cell.is_number or cell.derived or cell.origin:
            return None
        return _figure(stem, cell, planned, period)

    def printed(self, said: Figure) -> list[Cell]:
        """What the tables print of a quantity, the place of authority first.

        A class or an item that its table does not list is a blank there; an item of a fund stands in that of funds.
        Where one of these tables was seen and not read nothing is known.
        """
        unlisted: list[Cell] = []
        for measure in self._measures(said.stem, planned=said.planned, fund=said.claim.section == _FUNDS):
            found = find(self.tables, measure)
            cells = [one.cell for one in (found, *found.conflict) if one.cell is not None]
            listed = [at for at in measure.cells if _is_member(measure) and self._lists(at)]
            if _is_member(measure) and not listed and any(map(self._was_seen, measure.cells)):
                return []
            if any(not cell.is_blank for cell in cells) or (cells and not _is_member(measure)):
                return cells
            unlisted += cells or [empty(table=at.table, row=at.row, column=at.columns[0]) for at in listed]
        return unlisted[:1]

    def _measures(self, stem: str, *, planned: bool, fund: bool = False) -> list[Measure]:
        """The measures that a figure may be of; an item is one of the general budget or, of its section, of a fund.

        In a budget every figure of the year is planned, and stands where budgets print it.
        """
        if "[" in stem:
            families = FAMILIES.get(stem.partition("[")[0], ())
            found = _members(stem, families[::-1] if fund else families) if self.budget or not planned else []
        else:
            name = f"{stem}_budget" if planned and not self.budget else stem
            found = [measures()[name]] if name in measures().entries else []
        return [replace(one, cells=one.planned) for one in found] if self.budget else found

    def _lists(self, at: CellAt) -> bool:
        """Whether a table has rows with codes and the column that would say it; an empty one says there is none."""
        table = self.tables.table(at.table)
        if table is None or table.empty:
            return table is not None
        return any(row.code for row in table.rows) and any(column.key in at.columns for column in table.columns)

    def _was_seen(self, at: CellAt) -> bool:
        return self.tables.table(at.table) is not None or self.tables.disclosure.was_seen(at.table)

    def unread(self, cells: list[Cell]) -> bool:
        """Whether what was not read of a table may explain that a figure differs from it."""
        return explains(self.tables, None, cells)  # type: ignore[arg-type]


def _is_member(measure: Measure) -> bool:
    return "(" in measure.id


def _members(stem: str, families: Sequence[str]) -> list[Measure]:
    key = stem.partition("[")[2].partition("]")[0]
    names = [f"{family}({key})" for family in families]
    return [measures()[name] for name in names if name in measures()]


def _figure(stem: str, cell: Cell, planned: bool, period: str) -> Figure:
    origin = TABLE if period == THIS else PREVIOUS
    claim = Claim(stem, "amount" if cell.unit else "count", cell, "", period=period)
    plan = "budget" if planned else ""
    return Figure(claim, LEVEL, stem, planned, plan, period, origin, origin, -1, False, False, origin)
