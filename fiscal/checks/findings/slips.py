"""What a correction of one figure looks like: a slipped point, swapped digits, the value of another place."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fiscal.checks.findings.bench import base
from fiscal.checks.identities.exact import UNITS
from fiscal.dictionary.identities import slot_words
from fiscal.dictionary.tables import catalogue
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.table import Row, Table
from fiscal.model.text import Narrative

_LONGEST = 40
_TELLING = 3  # so many digits must be left of a figure whose point moved
_FACTORS = {10: "10倍", 100: "100倍", 1000: "1000倍", 10_000: "10000倍（疑为元与万元混用）"}
Slip = tuple[str, str]  # kind of edit, its words


class Where(dict[int, tuple[Table, Row, str]]):
    """id of every table cell → its table, row and column key; and which rows hold a value in a column."""

    def __init__(self, cells: Mapping[int, tuple[Table, Row, str]]) -> None:
        super().__init__(cells)
        self.holders: dict[tuple[str, str, Fraction], list[Row]] = {}
        for table, row, key in self.values():
            cell = row.cells[key]
            if cell.is_number and cell.unit in UNITS:
                self.holders.setdefault((table.id, key, base(cell)), []).append(row)

    def of(self, value: Fraction) -> list[Row]:
        """Rows of the general budget's expenditure with this total."""
        return self.holders.get(("general_public_budget_expenditure", "total", value), [])


def slip(old: Cell, new: Cell) -> Slip:
    """How the printed number may have come from the right one: kind and words, both "" where that is not known."""
    if old.value is None:
        return "omitted", "漏填"
    one, other = _digits(old.value), _digits(new.value or Decimal(0))
    if not old.value or not new.value:
        return ("digit", "一位数字有误") if _one_digit(one, other) else ("", "")
    ratio = base(old) / base(new)
    if ratio == -1:
        return "sign", "正负号相反"
    for factor, words in _FACTORS.items():
        if ratio in (factor, Fraction(1, factor)) or _moved(one, other, factor):
            return "decimal_point", f"小数点或单位错位，相差{words}"
    if one != other and len(one) == len(other) and sorted(one) == sorted(other):
        return "digits_swapped", "数字顺序颠倒"
    return ("", "") if not _one_digit(one, other) else ("digit", _which(one, other))


def _digits(value: Decimal) -> str:
    return f"{abs(value):f}"


def _moved(one: str, other: str, factor: int) -> bool:
    """The point moved, and the printed digits were cut: 2.19 for 218.96."""
    large, small = sorted((Decimal(one), Decimal(other)), reverse=True)
    if len(f"{small:f}".replace(".", "").strip("0")) < _TELLING:
        return False
    return abs(large / factor - small) * 2 <= Decimal(1).scaleb(int(small.as_tuple().exponent))  # type: ignore[arg-type]


def _one_digit(one: str, other: str) -> bool:
    """One digit replaced, lost or added."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other)) == 1
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _which(one: str, other: str) -> str:
    return "一位数字有误" if len(one) == len(other) else "漏写一位数字" if len(one) < len(other) else "多写一位数字"


def whereabouts(disclosure: Disclosure) -> Where:
    """Where every table cell stands."""
    found = {
        id(cell): (table, row, key)
        for table in disclosure.tables.values()
        for row in table.rows
        for key, cell in row.cells.items()
    }
    return Where(found)


def stated_names(narrative: Narrative) -> dict[int, str]:
    """id of every stated figure → what it is a figure of."""
    return {id(s.cell): slot_words(s.subject) or s.subject for s in narrative.claims if s.subject}


@dataclass(frozen=True)
class Names:
    """Where numbers stand, in a clerk's words. `cells`: see whereabouts; `stated`: see stated_names; `last`: ids of
    the cells of last year's tables."""

    cells: Where
    stated: dict[int, str]
    last: frozenset[int] = frozenset()

    def of(self, cell: Cell) -> str:
        found = self.cells.get(id(cell))
        if found:
            return cell_name(*found)
        text, name = cell.place.text or "", self.stated.get(id(cell), "")
        if text.strip("%") != str(cell) and text:
            return f"说明“{_short(text)}”"
        if name:
            return f"说明中{name}"
        place = cell.place
        title = catalogue()[place.table].title if place.table in catalogue().entries else ""
        row, column = (f"“{name.replace('/', '·')}”" if name else "" for name in (place.row, place.column))
        words = [f"《{title}》" if title else "", f"{row}行" if row else "", f"{column}栏" if column else ""]
        return ("上年公开的" if id(cell) in self.last else "") + "".join(words) or f"“{cell}”"


def cell_name(table: Table, row: Row, key: str) -> str:
    """《表》“行”行“栏”栏."""
    label = next((column.label for column in table.columns if column.key == key), key)
    line = f"“{row.label}”行" if row.label else ""
    return f"《{catalogue()[table.id].title}》{line}“{label.replace('/', '·')}”栏"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2]}…"


def other_row(stated: Cell, cell: Cell, places: Where) -> str:
    """The row whose value stands here: the only other one that carries it in that column of the table."""
    found = places.get(id(cell))
    if not found or not stated.value:
        return ""
    table, row, key = found
    same = [other for other in places.holders.get((table.id, key, base(stated)), ()) if other is not row]
    return same[0].label if len(same) == 1 else ""


def other_column(cell: Cell, places: Where) -> str:
    """The other column of its row that carries the same value, where it is not just the whole of one part."""
    found = places.get(id(cell))
    if not found or not cell.value:
        return ""
    table, row, key = found
    same = [other for other, c in row.cells.items() if other != key and c.is_number and c.value == cell.value]
    labels = {column.key: column.label.replace("/", "·") for column in table.columns}
    alone = sum(bool(c.value) for c in row.cells.values()) <= 2
    return labels.get(same[0], "") if len(same) == 1 and not alone else ""
