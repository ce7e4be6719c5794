"""What a correction looks like: a slipped decimal point, swapped digits, the value of another row."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fiscal.checks.findings.causes import Repair, base
from fiscal.checks.identities.context import slot_zh
from fiscal.checks.identities.exact import ONE, UNITS, shown
from fiscal.dictionary.tables import catalogue
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.table import Row, Table
from fiscal.model.text import Narrative

_LONGEST = 40
_FACTORS = {10: "10倍", 100: "100倍", 1000: "1000倍", 10_000: "10000倍（疑为元与万元混用）"}


def should_be(cell: Cell, fix: Repair, digits: int | None = None) -> str:
    """The corrected value in the cell's unit, with its digits (a blank has none: give those of its neighbours)."""
    digits = cell.digits if digits is None else digits
    value = shown(fix.value * ONE, cell.unit, digits)
    if fix.width:
        value = value.quantize(Decimal(1).scaleb(-digits))
    return f"{value:f}"


def slip(old: Cell, new: str) -> str:
    """How the printed number may have come from the right one, or ""."""
    if old.value is None or not old.value or not Decimal(new):
        return ""
    ratio = Fraction(old.value) / Fraction(Decimal(new))
    for factor, words in _FACTORS.items():
        if ratio in (factor, Fraction(1, factor)):
            return f"小数点或单位错位，相差{words}"
    if ratio == -1:
        return "正负号相反"
    one, other = (f"{abs(Decimal(text)):f}" for text in (str(old.value), new))
    if one != other and len(one) == len(other) and sorted(one) == sorted(other):
        return "数字顺序颠倒"
    return ""


def whereabouts(disclosure: Disclosure) -> dict[int, tuple[Table, Row, str]]:
    """id of every table cell → its table, row and column key."""
    return {
        id(cell): (table, row, key)
        for table in disclosure.tables.values()
        for row in table.rows
        for key, cell in row.cells.items()
    }


def stated_names(narrative: Narrative) -> dict[int, str]:
    """id of every stated figure → what it is a figure of."""
    return {id(s.cell): slot_zh(s.subject) for s in narrative.claims if s.subject}


@dataclass(frozen=True)
class Names:
    """Where numbers stand, in a clerk's words. `cells`: see whereabouts; `stated`: see stated_names."""

    cells: dict[int, tuple[Table, Row, str]]
    stated: dict[int, str]

    def of(self, cell: Cell) -> str:
        found = self.cells.get(id(cell))
        if found:
            return _cell_name(*found)
        text, name = cell.place.text or "", self.stated.get(id(cell), "")
        if text.strip("%") != str(cell) and text:
            return f"说明“{_short(text)}”"
        return f"说明中{name}" if name else cell.place.label() or f"“{cell}”"


def _cell_name(table: Table, row: Row, key: str) -> str:
    label = next((column.label for column in table.columns if column.key == key), key)
    line = f"“{row.label}”行" if row.label else ""
    return f"《{catalogue()[table.id].title}》{line}“{label.replace('/', '·')}”栏"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2]}…"


def other_row(stated: Cell, cell: Cell, places: dict[int, tuple[Table, Row, str]]) -> str:
    """The row whose value the narrative seems to have taken: the only other one that carries it in that column."""
    found = places.get(id(cell))
    if not found or not stated.value:
        return ""
    table, row, key = found
    same = [other for other in _others(table, row, key) if base(other[1]) == base(stated)]
    return same[0][0].label if len(same) == 1 else ""


def _others(table: Table, row: Row, key: str) -> Iterator[tuple[Row, Cell]]:
    for other in table.rows:
        cell = other.cells.get(key)
        if other is not row and cell is not None and cell.is_number and cell.unit in UNITS:
            yield other, cell
