"""What a correction looks like: a slipped decimal point, swapped digits, the value of another row."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from fiscal.checks.causes import Repair, base
from fiscal.checks.values import ONE, UNITS, shown
from fiscal.dictionary.tables import catalogue
from fiscal.model.account import Disclosure
from fiscal.model.cells import Cell
from fiscal.model.table import Row, Table

_FACTORS = {10: "10倍", 100: "100倍", 1000: "1000倍", 10_000: "10000倍（疑为元与万元混用）"}


def should_be(cell: Cell, fix: Repair) -> str:
    """The corrected value in the cell's unit and digits."""
    value = shown(fix.value * ONE, cell.unit, cell.digits)
    if fix.width:
        value = value.quantize(Decimal(1).scaleb(-cell.digits))
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


def name_of(cell: Cell, places: dict[int, tuple[Table, Row, str]]) -> str:
    """Where a number stands, for a clerk."""
    found = places.get(id(cell))
    if found:
        table, row, key = found
        label = next((column.label for column in table.columns if column.key == key), key)
        return f"《{catalogue()[table.id].title}》“{row.label}”行“{label.replace('/', '·')}”栏"
    if cell.place.text:
        return f"说明“{_short(cell.place.text)}”"
    return cell.place.label() or f"“{cell}”"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:38]}…"


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
