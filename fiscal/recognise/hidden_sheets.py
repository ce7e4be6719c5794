"""Sheets of a workbook that nobody sees: none of their numbers is read, and each is told once."""

from collections.abc import Iterable
from pathlib import Path

from fiscal.model.cells import Place
from fiscal.model.unread import SHEET, Unread
from fiscal.readers.grid import RawDocument
from fiscal.recognise.grid_pieces import Piece, cut
from fiscal.recognise.identify import by_headers, identify, is_contents
from fiscal.recognise.titles import of_kind
from fiscal.recognise.told import Told

_REASON = "该表只在隐藏的工作表上，未读：属于公开内容的，请在 Excel 中取消隐藏"


def tell_hidden(raw: RawDocument, kind: str, read: Iterable[str], told: Told) -> None:
    """A table that only a hidden sheet has is unread; the other hidden sheets are named in one line."""
    name, known, others = Path(raw.path).name, set(read), []
    for sheet, pieces in _sheets(raw).items():
        tables = {of_kind(table, kind) for piece in pieces if (table := _table(piece, kind))} - known
        place = Place(document=name, sheet=sheet)
        told.unread += [Unread(SHEET, table, place, _REASON) for table in sorted(tables)]
        others += [] if tables else [sheet]
    if others:
        told.problems.append(f"{name}：隐藏的工作表{'、'.join(others)}未读：属于公开内容的，请取消隐藏")


def _sheets(raw: RawDocument) -> dict[str, list[Piece]]:
    found: dict[str, list[Piece]] = {}
    for grid in raw.grids:
        if grid.hidden:
            found.setdefault(grid.place.sheet or "", []).extend(cut(grid))
    return found


def _table(piece: Piece, kind: str) -> str:
    """The table that a piece would be, "" for a list of tables and for what is none."""
    if is_contents(piece):
        return ""
    table, title = identify(piece)
    return table or ("" if title or not piece.head else by_headers(piece, piece.place.sheet or "", kind))
