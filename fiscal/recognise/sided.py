"""Rows of two-sided summaries: revenue on the left, expenditure on the right."""

from collections.abc import Iterator
from dataclasses import dataclass

from fiscal.dictionary.labels import normal
from fiscal.dictionary.tables import ColumnEntry, RowEntry, TableEntry, catalogue
from fiscal.model.table import Row
from fiscal.recognise.amount_cells import Amounts
from fiscal.recognise.columns import NAME
from fiscal.recognise.draft import Segment, cell_at, text_at
from fiscal.recognise.grid_pieces import Line
from fiscal.recognise.head_words import label

SIDES = {"left": "revenue", "right": "expenditure"}
OPENING = "opening"  # the block of funds under what is carried in


class SideRows:
    """Matches the labels of one side, top to bottom, to declared rows.

    Of equal labels those of the opening balance come once its head has come; else they go by their order.
    """

    def __init__(self, entry: TableEntry, side: str) -> None:
        self.rows = [row for row in entry.rows if row.side == side or (not row.side and side == "right")]
        self.used: set[str] = set()
        self.last = -1

    def find(self, text: str) -> RowEntry | None:
        wanted = normal(text)
        fitting = [(i, row) for i, row in enumerate(self.rows) if wanted in row.labels and row.key not in self.used]
        if not fitting:
            return None
        carried = any(key.startswith(OPENING) for key in self.used)
        index, row = min(fitting, key=lambda pair: ((pair[1].block == OPENING) != carried, pair[0] <= self.last))
        self.last = index
        self.used.add(row.key)
        return row


def sided_rows(parts: list[Segment], entry: TableEntry, readers: list[Amounts]) -> Iterator[Row]:
    """Both halves of every line, left before right."""
    sides = {side: SideRows(entry, side) for side in SIDES}
    for part, amounts in zip(parts, readers):
        halves = list(_halves(part))
        for line in part.body:
            for half in halves:
                if text := label(text_at(line, half.name)):
                    known = sides[half.side].find(text) if half.declared else None
                    yield _row(line, half, (text, known), amounts)


@dataclass(frozen=True)
class _Half:
    """One label column with the amount columns to its right; a third block has no declared rows."""

    name: int
    side: str
    declared: bool
    columns: dict[int, ColumnEntry]
    labels: dict[int, str]


def _halves(part: Segment) -> Iterator[_Half]:
    """The blocks from left to right; of one alone its head says the side, and amounts of the other have no names."""
    names = part.of_kind(NAME)
    alone = _side(part.found[names[0]].words) if len(names) == 1 else ""
    for position, (name, end) in enumerate(zip(names, [*names[1:], len(part.found)])):
        side = alone or ("left" if position == 0 else "right")
        columns = {index: entry for index, entry in sorted(part.taken.items()) if name < index < end}
        if alone:
            columns = {index: entry for index, entry in columns.items() if entry.side in ("", side)}
        labels = {index: part.found[index].label for index in columns}
        yield _Half(name, side, position < 2, columns, labels)


def _side(words: tuple[str, ...]) -> str:
    sides = [side for side, word in (("left", "收入"), ("right", "支出")) if len(words) > 1 and word in words[0]]
    return sides[0] if len(sides) == 1 else ""


def _row(line: Line, half: _Half, named: tuple[str, RowEntry | None], amounts: Amounts) -> Row:
    text, known = named
    cells = {
        column.key: amounts.read(cell_at(line, index), index, row=text, column=half.labels[index])
        for index, column in half.columns.items()
    }
    if known is None and half.declared and any(not cell.is_blank for cell in cells.values()):
        amounts.told.problems.append(
            f"{amounts.document}，《{catalogue()[amounts.table].title}》：“{text}”行不在表式中，按印出的名称读"
            "：确属本表的把写法补入 tables.yaml"
        )
    level = "total" if known and known.key.endswith("total") else ("class" if known and known.code else "")
    return Row(known.key if known else text, "", text, level, cells, SIDES[half.side])
