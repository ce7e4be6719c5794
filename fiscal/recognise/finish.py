"""From a draft to a table: rows read by layout, amounts parsed, columns named."""

import re
from dataclasses import replace
from itertools import pairwise

from fiscal.dictionary.tables import TableEntry
from fiscal.model.table import Column, Row, Table
from fiscal.model.unread import COLUMN, Unread
from fiscal.recognise.align import NOT_HERE
from fiscal.recognise.amount_cells import Amounts
from fiscal.recognise.coded import coded_rows, is_cut, lacks_part
from fiscal.recognise.codes import Codes
from fiscal.recognise.columns import AMOUNT, SPARE
from fiscal.recognise.draft import Draft, Segment, shown
from fiscal.recognise.head_words import is_number, label
from fiscal.recognise.panels import blocks, panel_rows, panels
from fiscal.recognise.sided import sided_rows
from fiscal.recognise.split_rows import mend
from fiscal.recognise.three_public_grid import ASIDE, grid_rows, items_as_rows, transposed
from fiscal.recognise.told import Told

_YEAR = re.compile(r"20\d\d年")
_TRIANGLE = re.compile(r"[△▲][^，。；]{0,10}(?:负|减少|下降)|(?:负|减少|下降)[^，。；]{0,10}[△▲]")

NEAREST = 6  # lines above a table that may speak of it


def finish(draft: Draft, told: Told) -> Table:
    """Read the rows of a draft. What cannot be read is told."""
    parts = draft.segments
    for before, after in pairwise(parts):
        mend(before, after)
    readers = [_reader(draft, part, told) for part in parts]
    columns, rows, form = _read(draft, parts, readers)
    _tell_columns(draft, form, told)
    place = replace(draft.place, document=draft.document, table=draft.entry.id)
    return Table(
        draft.entry.id, draft.title, draft.unit, tuple(columns), tuple(rows), "".join(draft.notes), form, place,
        tuple(draft.lines[-NEAREST:]),
    )  # fmt: skip


def _reader(draft: Draft, part: Segment, told: Told) -> Amounts:
    amounts = Amounts(draft.entry.id, draft.document, part.unit, told)
    amounts.triangle = any(map(_TRIANGLE.search, (*draft.lines, *draft.notes)))
    amount_columns = sorted({*part.of_kind(AMOUNT), *part.taken})
    for index in amount_columns:
        if unit := part.found[index].unit:
            amounts.units[index] = unit
        if index in part.taken and part.taken[index].kind == "percent":
            amounts.units[index] = "%"
        twins = [p for p in draft.segments if p.found is part.found]
        lines = [line for twin in twins for line in twin.body]
        alike = [index] if len(lines) > 1 else amount_columns  # a single row has the digits of the row
        amounts.learn(index, (cell for column in alike for cell in shown(lines, column)))
    return amounts


def _read(draft: Draft, parts: list[Segment], readers: list[Amounts]):
    layout, entry = draft.entry.layout, draft.entry
    if not parts:
        return [], [], ""
    if layout == "two_sided_summary":
        return _columns(parts), list(sided_rows(parts, entry, readers)), ""
    if layout == "three_public_grid":
        return _three_public(parts, entry, readers)
    if layout == "economic_rows_two_panel":
        if any(lacks_part(part, panel.codes, panel.names, parts=2) for part in parts for panel in panels(part.found)):
            return [], [], ""
        for panel in (panel for part in parts for panel in blocks(part.found) if not panel.amounts):
            label = parts[0].found[(panel.codes or panel.names)[0]].label
            place = replace(draft.place, document=draft.document, column=label)
            readers[0].told.unread.append(Unread(COLUMN, entry.id, place, f"“{label}”各科目旁没有金额栏，其数不知道"))
        sides: dict[int, Codes] = {}
        rows = [row for part, amounts in zip(parts, readers) for row in panel_rows(part, entry, amounts, codes=sides)]
        return _panel_columns(parts, rows), rows, "list" if len(panels(parts[0].found)) == 1 else "panels"
    if any(map(is_cut, parts)):
        return [], [], ""
    codes = Codes()
    per_part = [list(coded_rows(part, entry, amounts, codes)) for part, amounts in zip(parts, readers)]
    columns, amounts = _columns(parts), readers[0]
    return columns, [_filled(row, columns, amounts) for row in _joined(per_part)], _form(entry, per_part, parts)


def _filled(row: Row, columns: list[Column], amounts: Amounts) -> Row:
    """The row with an unread cell in every column that its page does not show though others do."""
    absent = [column for column in columns if column.key not in row.cells]
    if not absent:
        return row
    more = {one.key: amounts.read(NOT_HERE, -1, row=row.label, column=one.label) for one in absent}
    return replace(row, cells={**row.cells, **more})


def _three_public(parts: list[Segment], entry: TableEntry, readers: list[Amounts]):
    if items_as_rows(parts[0].found):
        pairs = [transposed(part, entry, amounts) for part, amounts in zip(parts, readers)]
        columns = [column for found, _ in pairs for column in found]
        cells = {key: cell for _, row in pairs for key, cell in row.cells.items()}
        return columns, [Row("data", "", "", "total", cells)], "items"
    rows = [row for part, amounts in zip(parts, readers) for row in grid_rows(part, amounts)]
    return _columns(parts), rows, "grid"


def _columns(parts: list[Segment]) -> list[Column]:
    """The printed amount columns of all segments, in order; two-sided headers begin with their side."""
    columns: dict[str, Column] = {}
    for part in parts:
        for index, entry in sorted(part.taken.items()):
            columns.setdefault(entry.key, Column(entry.key, _label(part, index, entry.side)))
    return list(columns.values())


def _label(part: Segment, index: int, side: str) -> str:
    """The header as printed; of two-sided tables it begins with 收入 or 支出 alone."""
    prefix, printed = {"left": "收入", "right": "支出"}.get(side, ""), part.found[index].printed
    if prefix and len(printed) > 1 and prefix in printed[0]:
        printed = (prefix, *printed[1:])
    label = "/".join(printed)
    return label if not prefix or label.startswith(prefix) else f"{prefix}/{label}"


def _panel_columns(parts: list[Segment], rows: list[Row]) -> list[Column]:
    columns: dict[str, Column] = {}
    for row in rows:
        for key, cell in row.cells.items():
            columns.setdefault(key, Column(key, cell.place.column))
    return list(columns.values())


def _joined(per_part: list[list[Row]]) -> list[Row]:
    """Rows one below the other; segments with other columns (pages side by side) are joined by row key."""
    rows: dict[tuple[str, int], Row] = {}
    for found in per_part:
        seen: dict[str, int] = {}
        for row in found:
            key = (row.key, seen.get(row.key, 0))
            while key in rows and set(rows[key].cells) & set(row.cells):
                key = (row.key, key[1] + 1)
            seen[row.key] = key[1] + 1
            if key in rows:
                rows[key] = Row(
                    row.key, row.code, rows[key].label, row.level, {**rows[key].cells, **row.cells}, row.side
                )
            else:
                rows[key] = row
    return list(rows.values())


def _form(entry: TableEntry, per_part: list[list[Row]], parts: list[Segment]) -> str:
    if entry.id == "appropriation_expenditure_detail":
        codes = [row.code for rows in per_part for row in rows if row.code]
        return "" if not codes else ("a" if codes[0][:1] in "35" else "b")
    return "flow" if any(c.key in ("opening", "income") and c.optional for p in parts for c in p.taken.values()) else ""


def _tell_columns(draft: Draft, form: str, told: Told) -> None:
    """Tell columns with numbers that are not read: comparisons and other years are left aside, others are unread."""
    if form == "items" or draft.entry.layout == "economic_rows_two_panel":
        return
    found = {}
    for part in draft.segments:
        for index in [*part.of_kind(AMOUNT), *part.of_kind(SPARE)]:
            numbers = [cell for cell in shown(part.body, index) if cell is not None and is_number(label(cell.text))]
            if index not in part.taken and numbers:
                found[part.found[index].label] = len(numbers)
    for name, count in found.items():
        if ASIDE.search(name) or _YEAR.search(name):
            told.problems.append(
                f"{draft.document}，{draft.where}，{draft.title}：“{name}”栏是另一年的或比较数，其{count}个数未用"
            )
        else:
            place = replace(draft.place, document=draft.document, column=name or "无栏名")
            told.unread.append(Unread(COLUMN, draft.entry.id, place, _undeclared(name, count)))


def _undeclared(name: str, count: int) -> str:
    """Why a column was not read."""
    said = f"栏名“{name}”不在表式中" if name else "没有栏名"
    return f"{said}，其{count}个数未读出：请核对栏名，确属本表的把写法补入 tables.yaml"
