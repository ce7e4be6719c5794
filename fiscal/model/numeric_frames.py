"""What a user calculates with: the tables of an account as numeric frames, and all cells in one long one.

Numbers are Float64 and NA where there is none, with a state beside them; the exact printed numbers stay in the cells.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from fiscal.errors import NoSuchTable
from fiscal.model.cells import BLANK, NUMBER, UNKNOWN, Cell
from fiscal.model.display import Displayed
from fiscal.model.money import in_unit, in_yuan
from fiscal.model.table import Row, Table

if TYPE_CHECKING:
    import pandas as pd


HEADS = ("row_key", "row_code", "row_label", "level", "side")
CELLS = (
    "entity", "year", "kind", "table", "row_key", "row_code", "row_label", "level", "side", "column", "column_label",
    "state", "value", "unit", "amount_yuan", "digits", "basis", "printed", "document", "page", "sheet", "cell",
)  # fmt: skip
_NUMERIC = {"value": "Float64", "amount_yuan": "Float64", "digits": "Int64", "year": "Int64", "page": "Int64"}
Lines = Callable[[Table], "pd.DataFrame"]


def numeric(table: Table) -> "pd.DataFrame":
    """One table in numbers: what the columns print, in the unit of the table.

    Shape:  one row per printed row: row_key, row_code, row_label, level, side, one Float64 column per amount column,
            and `state`: unknown or unread where a cell of the row is, else number where one holds one, else blank.
    Units:  `.attrs["unit"]`; `.attrs` has table, title, note and labels (the printed headers) too.
    Blanks: NA; a blank counts as nothing in a sum, an unknown makes a sum a lower bound only: see `state`.
    """
    import pandas as pd

    keys = [column.key for column in table.columns]
    lines = [
        (*_head(row), *(_value(row.cells.get(key), table.unit) for key in keys), _state(row)) for row in table.rows
    ]
    frame = pd.DataFrame(lines, columns=[*HEADS, *keys, "state"], dtype=object)
    frame = frame.astype({**dict.fromkeys(keys, "Float64"), **dict.fromkeys([*HEADS, "state"], "str")})
    frame.attrs.update(_about(table))
    return frame


def printed(table: Table) -> "pd.DataFrame":
    """One table as printed: the same shape, each amount a Cell with its digits, unit, state and place."""
    import pandas as pd

    keys = [column.key for column in table.columns]
    lines = [[*_head(row), *(row.cells.get(key) for key in keys)] for row in table.rows]
    frame = pd.DataFrame(lines, columns=[*HEADS, *keys], dtype=object)
    frame.attrs.update(_about(table))
    return frame


def _head(row: Row) -> tuple[str, ...]:
    return row.key, row.code, row.label, row.level, row.side


def _about(table: Table) -> dict[str, Any]:
    labels = {column.key: column.label for column in table.columns}
    return {"table": table.id, "title": table.title, "unit": table.unit, "note": table.note, "labels": labels}


def _value(cell: Cell | None, unit: str) -> float | None:
    return None if cell is None or cell.value is None else float(in_unit(cell, unit))


def _state(row: Row) -> str:
    states = {cell.state for cell in row.cells.values()}
    others = states - {NUMBER, BLANK}
    return sorted(others, key=lambda state: state != UNKNOWN)[0] if others else NUMBER if NUMBER in states else BLANK


def long_cells(tables: Iterable[Table], about: Mapping[str, Any]) -> "pd.DataFrame":
    """All amount cells of all tables below each other, blanks and unknowns included.

    Shape:  one row per cell, columns CELLS. `state` is number, blank, unknown or unread; `basis` is printed, stated
            (filled from a sentence) or derived (computed from other figures); `printed` are the exact digits as text.
    Units:  `value` in `unit`, `amount_yuan` in 元; both Float64, NA unless a number (and a sum of money).
    """
    import pandas as pd

    lines = [_line(table, *where, about) for table in tables for where in table.cells()]
    frame = pd.DataFrame(lines, columns=list(CELLS), dtype=object)
    texts = [name for name in CELLS if name not in _NUMERIC and name not in ("sheet", "cell")]
    return frame.astype({**_NUMERIC, **dict.fromkeys(texts, "str")})


def _line(table: Table, row: Row, column: Any, cell: Cell, about: Mapping[str, Any]) -> tuple:
    value, amount = (None if number is None else float(number) for number in (cell.value, in_yuan(cell)))
    digits, text = (cell.digits, str(cell)) if cell.is_number else (None, "")
    place = cell.place
    return (
        about["entity"], about["year"], about["kind"], table.id, *_head(row), column.key, column.label, cell.state,
        value, cell.unit, amount, digits, basis(cell), text, about["file"](place), place.page, place.sheet, place.cell,
    )  # fmt: skip


def basis(cell: Cell) -> str:
    """Where a number comes from: derived (computed), stated (in a sentence, filled into the table) or printed."""
    return "derived" if cell.derived else "stated" if cell.origin else "printed"


class Frames(Displayed, Mapping[str, "pd.DataFrame"]):
    """Tables of an account by id (`expenditure`) or Chinese title (`支出决算表`), each made when it is asked for.

    Errors: NoSuchTable, a KeyError that names the near ones with their titles.
    """

    def __init__(self, tables: Mapping[str, Table], titles: Mapping[str, str], make: Lines, squeeze: Callable) -> None:
        self._tables, self._make, self._squeeze = tables, make, squeeze
        own = {squeeze(table.title): name for name, table in tables.items()}
        self._ids = {squeeze(title): name for title, name in titles.items()} | own
        self._made: dict[str, pd.DataFrame] = {}

    def __getitem__(self, key: str) -> "pd.DataFrame":
        name = key if key in self._tables else self._ids.get(self._squeeze(str(key)), "")
        if name not in self._tables:
            raise NoSuchTable("", f"no table {key}", self._near(str(key)))
        if name not in self._made:
            self._made[name] = self._make(self._tables[name])
        return self._made[name]

    def _near(self, key: str) -> str:
        named = {
            f"{name} 《{table.title}》": (name, self._squeeze(table.title)) for name, table in self._tables.items()
        }
        words = [word for pair in named.values() for word in pair]
        near = set(get_close_matches(self._squeeze(key), words, 5, 0.4))
        close = [told for told, pair in named.items() if near & set(pair)]
        return f"there are {', '.join(close or named)}" if named else "the account has no tables"

    def titles(self) -> dict[str, str]:
        """Id → Chinese title."""
        return {name: table.title for name, table in self._tables.items()}

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __repr__(self) -> str:
        return "\n".join(f"{name}: 《{table.title}》 {len(table.rows)} rows" for name, table in self._tables.items())
