"""The statutory tables of an account as they are published: one form per layout, every cell with its anchor."""

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from fiscal.model.cells import Cell
from fiscal.model.table import Column, Row, Table
from fiscal.narrative import anchor
from fiscal.report.account.prose import Doubts
from fiscal.report.kit.html_grid import Head, Line, Sheet, amount, code, name, path, sheet
from fiscal.report.kit.markup import Raw, tag

SIDES = {"revenue": "收入", "expenditure": "支出", "personnel": "人员经费", "public": "公用经费"}
FOLD_ABOVE = 14
WIDE_ABOVE, HUGE_ABOVE = 8, 20


def table_html(table: Table, doubts: Doubts | None = None, *, title: str = "") -> Raw:
    """One table: two-sided and two-panel forms keep their halves side by side. `doubts` are those of the account."""
    writer = Writer(table, doubts or {})
    sides = halves_of(table)
    heads, lines = writer.halves(sides) if sides else writer.single()
    notes: list[str | Raw] = [table.note, *writer.folded_notes()]
    if table.empty:
        notes.append("本表为空表。")
    return sheet(
        Sheet(title or table.title, heads, lines, unit=table.unit, notes=notes, width=_width(len(heads)))
    )  # fmt: skip


class Writer:
    """Writes the rows of one table; remembers which ids are taken and which columns were folded away."""

    def __init__(self, table: Table, doubts: Doubts) -> None:
        self.table, self.doubts = table, doubts
        self.columns, self.folded = _fold(table)
        self.taken: set[str] = set()
        self.has_code = any(row.code for row in table.rows)

    def single(self) -> tuple[list[Head], list[Line]]:
        """One row after another: code, name, amounts."""
        codes = [Head(("科目编码",), False)] if self.has_code else []
        heads = [*codes, Head(("项目",), False), *(Head(path(column.label)) for column in self.columns)]
        lines = []
        for row in self.table.rows:
            first = [code(row.code)] if self.has_code else []
            label = name(row.label or ("金额" if row.key == "data" else ""), level=_level(row))
            cells = (*first, label, *self._amounts(row, self.columns))
            lines.append(Line(cells, _kind(row), is_silent=_is_silent([row], zeros=True)))
        return heads, lines

    def halves(self, sides: Sequence[str]) -> tuple[list[Head], list[Line]]:
        """Two lists side by side, filled up with empty cells; rows of neither half below them."""
        own = {side: [c for c in self.columns if c.key in used(self.table, side)] for side in sides}
        heads: list[Head] = []
        for side, columns in own.items():
            heads.append(Head((SIDES[side], "项目"), False))
            heads += [Head((SIDES[side], path(column.label)[-1])) for column in columns]
        lines = []
        for pair in _pairs(self.table, sides):
            cells = [cell for row, side in zip(pair, sides) for cell in self._half(row, own[side])]
            kinds = [kind for row in pair if row and (kind := _kind(row)) in ("total", "sum")]
            silent = _is_silent([row for row in pair if row])
            lines.append(Line(tuple(cells), kinds[0] if kinds else "", is_silent=silent))
        lines += [self._across(row, len(heads)) for row in self.table.rows if not row.side]
        return heads, lines

    def _half(self, row: Row | None, columns: Sequence[Column]) -> list[Raw]:
        if row is None:
            return [tag("td", class_="none")] * (len(columns) + 1)
        label = f"{row.code} {row.label}" if row.code else row.label
        return [name(label, level=_level(row)), *self._amounts(row, columns)]

    def _across(self, row: Row, width: int) -> Line:
        """A row that belongs to neither half, such as 合计 under two panels."""
        used = [column for column in self.columns if column.key in row.cells][: width - 1]
        empty = [tag("td", class_="none")] * (width - 1 - len(used))
        return Line((name(row.label, level=_level(row)), *self._amounts(row, used), *empty), _kind(row))

    def _amounts(self, row: Row, columns: Sequence[Column]) -> list[Raw]:
        return [self._amount(row, column, row.cells.get(column.key)) for column in columns]

    def _amount(self, row: Row, column: Column, cell: Cell | None) -> Raw:
        if cell is None:
            return amount(None)
        own = anchor(self.table.id, row.key, column.key)
        is_new = own not in self.taken
        self.taken.add(own)
        return amount(cell, id_=own if is_new else None, doubt=self.doubts.get(id(cell)))

    def folded_notes(self) -> list[Raw]:
        """Which columns were left out, in folds of their own."""
        words = {"unknown": "全部未公开", "blank": "全部空白"}
        return [
            tag("details", tag("summary", f"另有{len(labels)}栏{words[state]}，未列出"), tag("p", "、".join(labels)))
            for state, labels in self.folded.items()
            if labels
        ]


def _width(n_columns: int) -> str:
    """How the table is printed on paper: as it is, across, or across in small type."""
    if n_columns > HUGE_ABOVE:
        return "wide huge"
    return "wide" if n_columns > WIDE_ABOVE else ""


def _fold(table: Table) -> tuple[list[Column], dict[str, list[str]]]:
    """The columns to print; of a very wide table those without any number are only named."""
    folded: dict[str, list[str]] = {"unknown": [], "blank": []}
    if len(table.columns) <= FOLD_ABOVE:
        return list(table.columns), folded
    kept = []
    for column in table.columns:
        cells = [row.cells[column.key] for row in table.rows if column.key in row.cells]
        if any(cell.is_number for cell in cells):
            kept.append(column)
        else:
            folded["unknown" if any(cell.is_unknown for cell in cells) else "blank"].append(column.label)
    return kept, folded


def halves_of(table: Table) -> list[str]:
    """The two sides of a table whose sides use different columns; none where the rows form one list."""
    sides = [side for side in SIDES if any(row.side == side for row in table.rows)]
    if len(sides) != 2 or used(table, sides[0]) & used(table, sides[1]):
        return []
    return sides


def used(table: Table, side: str) -> set[str]:
    return {key for row in table.rows if row.side == side for key in row.cells}


def _pairs(table: Table, sides: Sequence[str]) -> Iterable[tuple[Row | None, Row | None]]:
    """Rows that stand on one line: as printed for income and expenditure, by code for the panels of one list."""
    if sides[0] == "personnel":
        left, right = ([row for row in table.rows if row.side == side] for side in sides)
        coded = zip_longest(_coded(left), _coded(right))
        return chain(coded, zip_longest([r for r in left if not r.code], [r for r in right if not r.code]))
    lines: list[list[Row | None]] = []
    for row in table.rows:
        if row.side == sides[0]:
            lines.append([row, None])
        elif row.side == sides[1] and lines and lines[-1][1] is None:
            lines[-1][1] = row
        elif row.side == sides[1]:
            lines.append([None, row])
    return [(left, right) for left, right in lines]


def _coded(rows: Iterable[Row]) -> list[Row]:
    return sorted((row for row in rows if row.code), key=lambda row: row.code)


def _is_silent(rows: Iterable[Row], *, zeros: bool = False) -> bool:
    """Nothing but unknown cells (and zeros, where `zeros` says so)."""
    cells = [cell for row in rows for cell in row.cells.values()]
    numbers = [cell for cell in cells if cell.is_number and not (zeros and cell.value == 0)]
    return any(cell.is_unknown for cell in cells) and not numbers


def _level(row: Row) -> str:
    return {"group": "l2", "item": "l3", "economic_item": "l2"}.get(row.level, "")


def _kind(row: Row) -> str:
    if row.level == "total" or row.key in ("total", "revenue_total", "expenditure_total", "expenditure_grand_total"):
        return "total"
    is_sum = row.key.endswith(("_this_year", "_total"))
    return "sum" if is_sum else {"class": "class", "economic_class": "class"}.get(row.level, "")
