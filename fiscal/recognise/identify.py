"""Which table a piece belongs to: its title, the name of its sheet, its headers."""

import re
from functools import lru_cache

from fiscal.dictionary.classification import functional
from fiscal.dictionary.labels import normal, squeeze
from fiscal.dictionary.tables import TableEntry, catalogue
from fiscal.recognise.columns import coverage
from fiscal.recognise.grid_pieces import Piece
from fiscal.recognise.head_words import is_note, is_number
from fiscal.recognise.three_public_grid import item_of
from fiscal.recognise.titles import is_extra_title, title_of

REACH = 10
_ROWS_OF_ITEMS = 12
_SEVERAL = 3  # names of classes do not stand in a table of another kind by chance
FITTING = 0.7  # of the amount columns that an entry explains: less is another table


def title_line(lines: list[str]) -> tuple[str, str]:
    """(table id, line) of the nearest title above a grid; a title over two lines counts. ("", "") without one."""
    near = [line for line in lines[-REACH:] if line.strip()]
    for position in range(len(near) - 1, -1, -1):
        line = near[position]
        above = near[position - 1] if position else ""
        if _cut_title(above) and (table := title_of(above + line)):
            return table, above + line
        if table := title_of(line):
            return table, line
        if is_extra_title(line):
            return "", line
    return "", ""


def _cut_title(line: str) -> bool:
    """Whether a line looks like the first half of a title: 一般公共预算财政拨款 above 支出决算表."""
    return bool(re.search(r"(?:预算|财政拨款|资金|基本|项目|经费|收入|支出)$", squeeze(line))) and not is_note(line)


@lru_cache(maxsize=1024)
def by_sheet(name: str) -> str:
    """The table that a sheet name tells by its words, or by the longest common beginning of a declared name."""
    if not name:
        return ""
    short = re.sub(r"^(?:GK|Z|F|附?表)?[\d_.\-]+\s*", "", name)
    if table := title_of(short) or title_of(name):
        return table
    if len(name) < 12:
        return ""
    owners = {
        entry.id
        for entry in catalogue().entries.values()
        for known in entry.sheet_names
        if len(known) > 12 and squeeze(known).startswith(squeeze(name))
    }
    return owners.pop() if len(owners) == 1 else ""


def by_headers(piece: Piece, sheet: str, kind: str) -> str:
    """The one table of this kind of document whose columns explain the headers best; a sheet name breaks a tie."""
    leaders = _leaders(piece, kind)
    if len(leaders) > 1:
        leaders = [table for table in leaders if sheet and sheet in catalogue()[table].sheet_names]
    return leaders[0] if len(leaders) == 1 else ""


def by_items(piece: Piece, kind: str) -> str:
    """The table of 三公 by the names of its rows, where its head says no more than 预算数 and 决算数."""
    table = "budget_three_public" if kind == "budget" else "three_public"
    names = [text for row in piece.body[:_ROWS_OF_ITEMS] for text in row.texts if not is_number(text)]
    items = {item for name in names if (item := item_of(catalogue()[table], name))}
    return table if len(items) >= _SEVERAL else ""


def could_be(piece: Piece, kind: str) -> bool:
    """Whether the headers are those of some table of this kind of document."""
    return bool(_leaders(piece, kind))


def _leaders(piece: Piece, kind: str) -> list[str]:
    """The tables whose columns explain the headers best, well enough."""
    entries = [entry for entry in catalogue().entries.values() if (entry.kind == "budget") == (kind == "budget")]
    scores = {entry.id: coverage(piece, entry) for entry in entries if _fits_layout(piece, entry)}
    best = max(scores.values(), default=0.0)
    return [table for table, score in scores.items() if score >= best - 0.01] if best >= FITTING else []


def _fits_layout(piece: Piece, entry: TableEntry) -> bool:
    words = {normal(text) for row in piece.head for text in row.texts}
    if entry.layout == "economic_rows_two_panel" and (any("收入" in word for word in words) or _functional(piece)):
        return False
    return ({"收入", "支出"} <= words) == (entry.layout == "two_sided_summary")


def _functional(piece: Piece) -> bool:
    """Whether rows are classes of the functional classification, which no table by economic class has."""
    names = {normal(text) for row in piece.body for text in row.texts}
    return sum(bool(functional().named(name, None, "class")) for name in names) >= _SEVERAL


def identify(piece: Piece) -> tuple[str, str]:
    """(table id, title as printed); ("", line) where a title names something else, ("", "") where nothing does."""
    table, line = title_line(piece.lines)
    if table or line:
        return table, line
    sheet = piece.place.sheet or ""
    if table := by_sheet(sheet):
        return table, sheet
    return "", ""


def contents(piece: Piece) -> list[str]:
    """Tables that a piece lists, if it or what stands around it is a table of contents: several titles."""
    return _several([*_texts(piece), *piece.lines, *piece.notes])


def is_contents(piece: Piece) -> bool:
    """Whether the rows themselves are a table of contents, so that no table follows."""
    return not (piece.head or piece.body) or bool(_several(_texts(piece)))


def _texts(piece: Piece) -> list[str]:
    return [text for row in [*piece.head, *piece.body] for text in row.texts]


def _several(texts: list[str]) -> list[str]:
    named = [table for text in texts if (table := title_of(text))]
    return list(dict.fromkeys(named)) if len(set(named)) >= 3 else []
