"""From a model table to the printed form: a grid of texts with spans that every writer draws."""

from dataclasses import dataclass, field, replace

from fiscal.model.cells import Cell
from fiscal.model.table import Row, Table
from fiscal.synthetic.invent import SyntheticAccount
from fiscal.synthetic.layouts import BUDGET, MATRICES, SHANGHAI, Head, heads

Line = dict[str, "str | Cell | Span"]  # head key → what stands there
_WITHOUT_NUMBERS = frozenset({"general_public_budget_basic", "appropriation_expenditure_detail", MATRICES[0]})
MOST_NUMBERED = 20  # wider tables have no 栏次 row
_TAILS = {  # rows of both sides that face each other below the breakdown
    "revenue_expenditure_summary": (
        ("revenue_this_year", "expenditure_this_year"), ("non_appropriation_surplus_used", "surplus_distribution"),
        ("opening_balance", "closing_balance"), ("revenue_total", "expenditure_total"),
    ),
    "appropriation_summary": (
        ("revenue_this_year", "expenditure_this_year"), ("opening_balance", "closing_balance"), ("opening_general", ""),
        ("opening_fund", ""), ("opening_state_capital", ""), ("revenue_total", "expenditure_grand_total"),
    ),
    "budget_summary": (
        ("revenue_this_year", "expenditure_this_year"), ("non_appropriation_surplus_used", ""),
        ("opening_balance", "closing_balance"), ("revenue_total", "expenditure_total"),
    ),
}  # fmt: skip


_TAILS["budget_appropriation_summary"] = _TAILS["appropriation_summary"]


@dataclass(frozen=True, slots=True)
class Span:
    """A label over several columns."""

    text: str
    cols: int


@dataclass(frozen=True, slots=True)
class FormCell:
    """One drawn cell. style: head, label, code or amount."""

    content: str | Cell
    style: str
    rows: int = 1
    cols: int = 1

    @property
    def text(self) -> str:
        return self.content if isinstance(self.content, str) else str(self.content)


@dataclass(frozen=True, slots=True)
class Form:
    """One printed table. grid: rows of equal length, None = covered by a span; n_head: header rows in it."""

    table: str
    title: str
    number: str
    entity: str
    year: int
    unit: str
    grid: list[list[FormCell | None]]
    n_head: int
    styles: tuple[str, ...]
    note: str = ""
    profile: str = field(default="", compare=False)


def draw(table: Table, profile: str, *, number: int, entity: str, year: int) -> Form:
    """The form of one table: header, 栏次 row where the form has one, body."""
    top = prune(heads(table.id, profile), {column.key for column in table.columns})
    keys = [leaf.key for head in top for leaf in head.leaves]
    styles = tuple(_style(key) for key in keys)
    header = header_rows(top)
    lines = _numbers(table, profile, keys) + _lines(table, keys)
    grid = header + [_line(line, keys, styles) for line in lines]
    mark = f"表{number}" if profile in (SHANGHAI, BUDGET) else f"公开{number:02d}表"
    return Form(table.id, table.title, mark, entity, year, table.unit, grid, len(header), styles, table.note, profile)


def account_forms(account: SyntheticAccount, most: int = 0) -> list[Form]:
    """All forms of an invented account, in printed order.

    `most`: a table of more amount columns is cut into parts that repeat code and name, as printed pages do; 0 = never.
    """
    return [
        draw(part, account.style.profile, number=number, entity=account.entity, year=account.year)
        for number, table in enumerate(account.tables.values(), 1)
        for part in _parts(table, most or len(table.columns))
    ]


def _parts(table: Table, most: int) -> list[Table]:
    starts = range(0, len(table.columns), most)
    return [replace(table, columns=table.columns[start : start + most]) for start in starts]


def prune(top: tuple[Head, ...], columns: set[str]) -> tuple[Head, ...]:
    """The heads without those amount columns that the table does not print."""
    kept = []
    for head in top:
        if head.parts:
            parts = prune(head.parts, columns)
            if parts:
                kept.append(Head(head.text, head.key, parts))
        elif head.key.rpartition(":")[2] in columns or _style(head.key) != "amount":
            kept.append(head)
    return tuple(kept)


def header_rows(top: tuple[Head, ...]) -> list[list[FormCell | None]]:
    """The header as grid rows; a head without parts reaches down to the last of them."""
    depth = max(head.depth for head in top)
    width = sum(len(head.leaves) for head in top)
    grid: list[list[FormCell | None]] = [[None] * width for _ in range(depth)]
    _place(top, grid, 0, 0)
    return grid


def _place(parts: tuple[Head, ...], grid: list[list[FormCell | None]], row: int, col: int) -> None:
    for head in parts:
        cols = len(head.leaves)
        grid[row][col] = FormCell(head.text, "head", 1 if head.parts else len(grid) - row, cols)
        _place(head.parts, grid, row + 1, col)
        col += cols


def _style(key: str) -> str:
    kind = key.rpartition(":")[2]
    return {"code": "code", "name": "label", "label": "label", "line": "code"}.get(kind, "amount")


def _line(line: Line, keys: list[str], styles: tuple[str, ...]) -> list[FormCell | None]:
    drawn: list[FormCell | None] = []
    covered = 0
    for key, style in zip(keys, styles, strict=True):
        content = line.get(key, "")
        if covered:
            drawn.append(None)
            covered -= 1
        elif isinstance(content, Span):
            drawn.append(FormCell(content.text, "head", 1, content.cols))
            covered = content.cols - 1
        else:
            drawn.append(FormCell(content, style))
    return drawn


def _numbers(table: Table, profile: str, keys: list[str]) -> list[Line]:
    """The 栏次 row of the national form: amount columns numbered from 1."""
    if profile in (SHANGHAI, BUDGET) or table.id in _WITHOUT_NUMBERS or len(keys) > MOST_NUMBERED:
        return []
    line: Line = {}
    number = 0
    for key in keys:
        if _style(key) == "amount":
            number += 1
            line[key] = str(number)
    first = next((key for key in keys if _style(key) != "amount"), "")
    return [line | _caption(first, keys)] if first else []


def _caption(first: str, keys: list[str]) -> Line:
    if first == "code":
        return {"code": Span("栏次", 2)}
    return {key: "栏次" for key in keys if key.endswith("label")}


def _lines(table: Table, keys: list[str]) -> list[Line]:
    if table.id in _TAILS:
        return _facing(table, keys)
    if table.id == "general_public_budget_basic":
        return _panel_lines(table, keys)
    return [_one(row) for row in table.rows]


def _one(row: Row) -> Line:
    """A row of its own: code and name, or one label over both."""
    line: Line = dict(row.cells)
    if row.key == "data":
        return line
    return line | ({"code": row.code, "name": row.label} if row.code else {"code": Span(row.label, 2)})


def _facing(table: Table, keys: list[str]) -> list[Line]:
    """Both sides of a summary: breakdowns from the top, totals facing each other, 行次 down left, then down right."""
    tails = _TAILS[table.id]
    rows = {row.key: row for row in table.rows}
    ends = {key for pair in tails for key in pair}
    sides = [
        [row for row in table.rows if row.side == side and row.key not in ends] for side in ("revenue", "expenditure")
    ]
    height = max(len(side) for side in sides)
    padded = [[*side, *[None] * (height - len(side))] for side in sides]
    pairs = [*zip(*padded, strict=True), *((rows.get(left), rows.get(right)) for left, right in tails)]
    return [_pair(pair, number, len(pairs)) for number, pair in enumerate(pairs, 1)]


def _pair(pair: tuple[Row | None, ...], number: int, count: int) -> Line:
    line: Line = {}
    for block, row in enumerate(pair):
        line[f"{block}:line"] = str(number + block * count)
        if row is not None:
            line[f"{block}:label"] = row.label
            line |= {f"{block}:{key}": cell for key, cell in row.cells.items()}
    return line


def _panel_lines(table: Table, keys: list[str]) -> list[Line]:
    """Personnel items beside public items; public items fill their panels from top to bottom, left to right."""
    personnel = [row for row in table.rows if row.side == "personnel" and row.level != "total"]
    public = [row for row in table.rows if row.side == "public" and row.level != "total"]
    n_public = 2 if "2:code" in keys else 1
    height = max(len(personnel), -(-len(public) // n_public))
    blocks = [personnel, *(public[start : start + height] for start in range(0, n_public * height, height))]
    lines: list[Line] = [{} for _ in range(height)]
    for block, rows in enumerate(blocks):
        for line, row in zip(lines, rows, strict=False):
            line |= {f"{block}:code": row.code, f"{block}:name": row.label}
            line |= {f"{block}:{key}": cell for key, cell in row.cells.items()}
    return [*lines, _panel_totals(table, n_public)]


def _panel_totals(table: Table, n_public: int) -> Line:
    totals = {row.key: row for row in table.rows if row.level == "total"}
    personnel, public = totals["personnel_total"], totals["public_total"]
    line: Line = {"0:code": Span(personnel.label, 2), "1:code": Span(public.label, 3 * n_public - 1)}
    line["0:personnel_amount"] = personnel.cells["personnel_amount"]
    line[f"{n_public}:public_amount"] = public.cells["public_amount"]
    return line
