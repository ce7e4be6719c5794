"""Rows of the basic-expenditure table: code, name and amount two or three times side by side, or one list."""

from collections.abc import Iterator
from dataclasses import dataclass

from fiscal.dictionary.classification import level_of
from fiscal.dictionary.labels import normal
from fiscal.dictionary.tables import TableEntry
from fiscal.model.cells import Cell, Place
from fiscal.model.table import Row
from fiscal.model.unread import COLUMN, Unread
from fiscal.recognise.amount_cells import Amounts
from fiscal.recognise.coded import PLACEHOLDERS, economic_row
from fiscal.recognise.codes import Codes, digits
from fiscal.recognise.columns import AMOUNT, CODE, NAME, Chain
from fiscal.recognise.draft import Segment, cell_at, text_at
from fiscal.recognise.grid_pieces import Line
from fiscal.recognise.head_words import head, is_number, label

PERSONNEL, PUBLIC = "personnel", "public"
KEYS = {PERSONNEL: "personnel_amount", PUBLIC: "public_amount"}


@dataclass
class Panel:
    """One code, name, amount triple; `side` as its header says, or ""."""

    codes: list[int]
    names: list[int]
    amounts: list[int]
    side: str


def panels(found: list[Chain]) -> list[Panel]:
    """The panels with amounts from left to right."""
    return [panel for panel in blocks(found) if panel.amounts]


def blocks(found: list[Chain]) -> list[Panel]:
    """All panels, those without amounts too: a new one begins with the code or name column after what was complete."""
    triples: list[Panel] = []
    for chain in found:
        if chain.kind in (CODE, NAME):
            if not triples or triples[-1].amounts or (chain.kind == CODE and triples[-1].names):
                triples.append(Panel([], [], [], _side(chain)))
            (triples[-1].codes if chain.kind == CODE else triples[-1].names).append(chain.index)
        elif chain.kind == AMOUNT and triples:
            triples[-1].amounts.append(chain.index)
    return triples


def _side(chain: Chain) -> str:
    if any(word.startswith("人员经费") for word in chain.words):
        return PERSONNEL
    return PUBLIC if any("公用经费" in word for word in chain.words) else ""


def panel_rows(part: Segment, entry: TableEntry, amounts: Amounts, *, codes: dict[int, Codes]) -> Iterator[Row]:
    """The rows of all panels, line by line from left to right. `codes` of each panel go on over pages."""
    triples = panels(part.found)
    for line in part.body:
        for position, panel in enumerate(triples):
            row = _row(line, panel, codes.setdefault(position, Codes()), entry)
            if row is None:
                continue
            if row.level == "total":
                panel = _stretched(line, triples[position:])
            cells = _cells(line, panel, row, part, amounts)
            if row.code or row.level == "total" or any(not cell.is_blank for cell in cells.values()):
                yield Row(row.key, row.code, row.label, row.level, cells, row.side)


def _stretched(line: Line, following: list[Panel]) -> Panel:
    """The panel with the amount of a total whose label reaches over the panels to its right."""
    first = following[0]
    for panel in following:
        if panel is not first and any(text_at(line, index) for index in (*panel.codes, *panel.names)):
            break
        if any(text_at(line, index) for index in panel.amounts):
            return Panel(first.codes, first.names, panel.amounts, first.side)
    return first


def _row(line: Line, panel: Panel, codes: Codes, entry: TableEntry) -> Row | None:
    parts = [text_at(line, index) for index in panel.codes]
    words = [label(part) for part in parts if part and not digits(part)]
    name = label("".join(text_at(line, index) for index in panel.names))
    name = "".join(words) if set(name) <= PLACEHOLDERS else name
    code = codes.read(parts, name)
    if not code and (not name or set(name) <= PLACEHOLDERS):
        return None
    total = next((r for r in entry.rows if not r.code and normal(name) in r.labels), None)
    if not code and total:
        return Row(total.key, "", name, "total", {}, total.panel)
    item = economic_row(entry, code, name)
    if item:
        return Row(item.key, _as_printed(parts, code), name, level_of(code or item.code), {}, item.side)
    side = (PERSONNEL if code[:3] in ("301", "303") else PUBLIC) if code else panel.side
    return Row(code or name, code, name, level_of(code), {}, side)


def _as_printed(parts: list[str], code: str) -> str:
    """The code as it stands where 款 lost its zero (301 | 2); the key of the row says which item it is."""
    joined = "".join(digits(part) for part in parts)
    return joined if len(joined) == 4 and code.startswith(joined[:3]) else code


def _cells(line: Line, panel: Panel, row: Row, part: Segment, amounts: Amounts) -> dict[str, Cell]:
    """The amounts of one panel; a single column goes to the side of its row, more columns by their headers."""
    cells = {}
    for index in panel.amounts:
        chain = part.found[index]
        key = _key(chain, panel, row)
        if key and key not in cells:
            cells[key] = amounts.read(cell_at(line, index), index, row=row.label, column=_label(chain))
        elif is_number(text_at(line, index)):
            place = Place(document=amounts.document, page=part.place.page, sheet=part.place.sheet, column=chain.label)
            reason = f"栏名“{chain.label}”不在表式中，其数未读出：请核对栏名，确属本表的把写法补入 tables.yaml"
            amounts.told.unread.append(Unread(COLUMN, amounts.table, place, reason))
    return cells


def _label(chain: Chain) -> str:
    """The header as printed; 支出/ before a bare one, which stands over both panels."""
    return chain.label if len(chain.printed) > 1 else f"支出/{chain.label}"


def _key(chain: Chain, panel: Panel, row: Row) -> str:
    if len(panel.amounts) == 1:
        return KEYS.get(row.side, "total" if row.key == "total" else KEYS[panel.side or PUBLIC])
    if any("人员经费" in word for word in chain.words):
        return KEYS[PERSONNEL]
    if any("公用经费" in word for word in chain.words):
        return KEYS[PUBLIC]
    return "total" if chain.words and head(chain.words[-1]) in ("合计", "小计", "决算数", "金额") else ""
