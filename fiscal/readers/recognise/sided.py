"""Rows of two-sided summaries: revenue on the left, expenditure on the right."""

from collections.abc import Iterator

from fiscal.dictionary.labels import normal
from fiscal.dictionary.tables import RowEntry, TableEntry
from fiscal.model.table import Row
from fiscal.readers.recognise.amounts import Amounts
from fiscal.readers.recognise.columns import NAME
from fiscal.readers.recognise.draft import Segment, _text, cell_at
from fiscal.readers.recognise.words import label

SIDES = {"left": "revenue", "right": "expenditure"}


class SideRows:
    """Matches the labels of one side, top to bottom, to declared rows; equal labels go by their order."""

    def __init__(self, entry: TableEntry, side: str) -> None:
        self.rows = [row for row in entry.rows if row.side == side or (not row.side and side == "right")]
        self.used: set[str] = set()
        self.last = -1

    def find(self, text: str) -> RowEntry | None:
        wanted = normal(text)
        fitting = [(i, row) for i, row in enumerate(self.rows) if wanted in row.labels and row.key not in self.used]
        if not fitting:
            return None
        index, row = next((pair for pair in fitting if pair[0] > self.last), fitting[0])
        self.last = index
        self.used.add(row.key)
        return row


def sided_rows(parts: list[Segment], entry: TableEntry, readers: list[Amounts]) -> Iterator[Row]:
    """Both halves of every line, left before right."""
    sides = {side: SideRows(entry, side) for side in SIDES}
    for part, amounts in zip(parts, readers):
        names = part.of_kind(NAME)
        halves = [(side, name) for side, name in zip(SIDES, names)]
        for line in part.body:
            for side, name in halves:
                columns = {i: c for i, c in part.taken.items() if c.side == side}
                if text := label(_text(line, name)):
                    yield _row(line, text, columns, sides[side], amounts, part)


def _row(line, text, columns, side_rows, amounts: Amounts, part: Segment) -> Row:
    found = side_rows.find(text)
    cells = {
        column.key: amounts.read(cell_at(line, index), index, row=text, column=part.found[index].label)
        for index, column in sorted(columns.items())
    }
    side = SIDES[next(iter(columns.values())).side] if columns else ""
    if found is None and any(not cell.is_blank for cell in cells.values()):
        amounts.problems.append(
            f"{amounts.document}, {amounts.table}: the row {text} is not declared; read under its own name — add its label in tables.yaml"
        )
    level = "total" if found and found.key.endswith("total") else ("class" if found and found.code else "")
    return Row(found.key if found else text, "", text, level, cells, side)
