"""The one way to a value: which printed figure answers for a measure, and who prints another.

The rule of authority stands at the head of data/measures.yaml.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Protocol

from fiscal.dictionary.measures import CellAt, Measure, measures
from fiscal.dictionary.tables import catalogue as table_catalogue
from fiscal.model.cells import Cell, blank
from fiscal.model.disclosure import Disclosure
from fiscal.model.money import in_unit
from fiscal.model.rounding import same_print
from fiscal.model.table import Table
from fiscal.model.text import Narrative

UNREAD, UNKNOWN, MISSING, BLANK = "unread", "unknown", "missing", "blank"
TABLE, STATED, DERIVED, PRINTED = "table", "stated", "derived", "printed"


class FactsLike(Protocol):
    """What can be asked for a value: an account, an account of a store, or `Facts`."""

    @property
    def narrative(self) -> Any: ...
    def table(self, name: str) -> Table | None: ...
    def amount(self, table: str, row: str, column: str) -> Cell | None: ...
    def stated(self, slot: str) -> Cell | None: ...


class Asked:
    """Mixin: what has a disclosure and its narrative answers for tables, cells and what is stated."""

    disclosure: Disclosure
    narrative: Any

    def table(self, name: str) -> Table | None:
        """The table as read, or None where the account has none."""
        return self.disclosure.tables.get(name)

    def amount(self, table: str, row: str, column: str) -> Cell | None:
        """One cell of a table by row key or code and column key; None where there is no such cell."""
        found = self.table(table)
        return found.cell(row, column) if found else None

    def stated(self, slot: str) -> Cell | None:
        """What the narrative states first for a slot, or None."""
        cells = self.narrative.slots.get(slot)
        return cells[0] if cells else None


@dataclass(frozen=True)
class Facts(Asked):
    """The tables and words of one disclosure, for who has no account in hand (the checks)."""

    disclosure: Disclosure
    narrative: Narrative


@dataclass(frozen=True, slots=True)
class Found:
    """The figure that answers for a measure.

    origin    table, stated (in the text) or "" (nowhere)
    where     table, row and column of a table cell, else ()
    conflict  what other places print, where that is another number
    """

    cell: Cell | None
    origin: str = ""
    where: tuple[str, ...] = ()
    conflict: tuple["Found", ...] = ()

    @property
    def why_blank(self) -> str:
        """Why there is no number: missing, unread, unknown, blank; "" where there is one."""
        if self.cell is None:
            return MISSING
        return "" if self.cell.is_number else self.cell.state

    @property
    def basis(self) -> str:
        """printed (in a table), stated (in the text, or filled from it) or derived (computed); "" for nothing."""
        if self.cell is None or not self.origin:
            return ""
        if self.cell.derived:
            return DERIVED
        return STATED if self.origin == STATED or self.cell.origin else PRINTED

    def amount(self, unit: str) -> Decimal | None:
        """The number in `unit`, as printed where the units agree; None unless there is one."""
        return None if self.cell is None or self.cell.value is None else in_unit(self.cell, unit)


def find(facts: FactsLike, measure: str | Measure) -> Found:
    """The value of a measure by the rule of authority, with what contradicts it.

    Errors: KeyError for a measure that measures.yaml does not declare.
    """
    entry = measures()[measure] if isinstance(measure, str) else measure
    seen = list(_places(facts, entry))
    by_worth = ((found for found in seen if _state(found) == state) for state in ("number", UNREAD, UNKNOWN, BLANK))
    answer = next((found for group in by_worth for found in group), None)
    if answer is None or answer.cell is None or not answer.cell.is_number:
        return answer or Found(None)
    others = [found for found in seen if found is not answer and _contradicts(found, answer, entry)]
    return replace(answer, conflict=tuple(others))


def _places(facts: FactsLike, entry: Measure) -> Iterator[Found]:
    """Every place that says something of the measure, in order of authority."""
    for at in entry.cells:
        found = _in_table(facts, at)
        if found is not None:
            yield found
    said = _listed(facts, entry) if entry.listed else facts.stated(entry.id)
    if said is not None:
        yield Found(said, STATED)


def _in_table(facts: FactsLike, at: CellAt) -> Found | None:
    """The cell of the column that this form of the table prints; a table published empty is a blank."""
    named = [(facts.amount(at.table, at.row, column), column) for column in at.columns]
    cells = [(cell, column) for cell, column in named if cell is not None]
    if cells:
        cell, column = next((pair for pair in cells if not pair[0].is_blank), cells[0])
        return Found(cell, TABLE, (at.table, at.row, column))
    table = facts.table(at.table)
    return Found(blank(table.unit, table.place), TABLE) if table is not None and table.empty else None


def _listed(facts: FactsLike, entry: Measure) -> Cell | None:
    assert entry.listed is not None
    for one in facts.narrative.lists.get(entry.listed.slot, []):
        value = one.get(entry.listed.field)
        if str(one.get(entry.listed.by) or "") == entry.listed.key and isinstance(value, Cell):
            return value
    return None


def _state(found: Found) -> str:
    return found.cell.state if found.cell is not None else MISSING


def _contradicts(found: Found, answer: Found, entry: Measure) -> bool:
    if found.cell is None or answer.cell is None or not found.cell.is_number:
        return False
    same_source = entry.id in (found.cell.origin, answer.cell.origin)
    return not same_source and not same_print(found.cell, answer.cell)


def told(facts: FactsLike, found: Found) -> str:
    """Where a figure stands, in words: 《支出决算表》合计 · 本年支出合计, or 决算情况说明第3页."""
    if not found.where:
        page = found.cell.place.page if found.cell is not None else None
        return f"决算情况说明第{page}页" if page else "决算情况说明"
    name, row, column = found.where
    table = facts.table(name)
    if table is None:
        return f"《{table_catalogue()[name].title}》"
    printed = table.row(row)
    label = next((one.label for one in table.columns if one.key == column), column)
    return f"《{table.title}》{printed.label if printed else row} · {label}"


def conflict_words(facts: FactsLike, found: Found) -> str:
    """What other places print: “《支出决算表》合计 · 合计写作846.45万元”; "" where nothing contradicts."""
    return "；".join(f"{told(facts, other)}写作{other.cell}{_unit(other)}" for other in found.conflict)


def _unit(found: Found) -> str:
    return found.cell.unit if found.cell is not None else ""
