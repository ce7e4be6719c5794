"""Collecting the pieces of one file into drafts of tables: titles, continuations, duplicates, what is not understood."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from fiscal.dictionary.labels import squeeze
from fiscal.dictionary.tables import catalogue
from fiscal.readers.grid import RawDocument
from fiscal.readers.recognise.columns import AMOUNT, chains, coverage
from fiscal.readers.recognise.draft import Draft, continued, segment
from fiscal.readers.recognise.heads import unit_of_lines
from fiscal.readers.recognise.identify import by_headers, contents, identify
from fiscal.readers.recognise.pieces import Piece, cut
from fiscal.readers.recognise.titles import printed_title
from fiscal.readers.recognise.words import is_number, label

# Where the 三公 amounts stand when no table of their own is printed (Chongqing).
OPERATIONS = "机构运行信息表"


@dataclass
class Gathered:
    """What one file holds: drafts, the lines above its tables, listed tables and problems."""

    document: str
    drafts: list[Draft] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    open: Draft | None = None
    operations: tuple[Piece, str] | None = None


def gather(raw: RawDocument) -> Gathered:
    """All tables of one file as drafts, visible sheets before hidden ones."""
    found = Gathered(Path(raw.path).name)
    for grid in sorted(raw.grids, key=lambda grid: grid.hidden):
        for piece in cut(grid):
            _take(piece, found)
        if grid.place.sheet is not None:
            found.open = None
    if found.operations and all(draft.entry.id != "three_public" for draft in found.drafts):
        _start(*found.operations, found=found, table="three_public")
    return found


def _take(piece: Piece, found: Gathered) -> None:
    found.lines += piece.lines[-6:] + piece.notes[-3:]
    if listed := contents(piece):
        found.listed += listed
        found.open = None
        if not _numbers(piece):
            return
    if not piece.head and not piece.body:
        return
    table, title = identify(piece)
    if table:
        _titled(piece, table, title, found)
    elif title:
        found.open = None
        if OPERATIONS in squeeze(title):
            found.operations = piece, title
    elif not _continue(piece, found):
        _untitled(piece, found)


def _titled(piece: Piece, table: str, title: str, found: Gathered) -> None:
    known = next((draft for draft in found.drafts if draft.entry.id == table), None)
    if piece.head and coverage(piece, catalogue()[table]) < 0.3:
        better = by_headers(piece, piece.place.sheet or "")
        if better and all(draft.entry.id != better for draft in found.drafts):
            found.problems.append(
                f"{_where(piece, found)}: titled {title}, but its columns are those of {catalogue()[better].title};"
                " read as the latter — correct the title"
            )
            table, known = better, None
    if known is not None and not _extends(piece, known, found):
        found.problems.append(f"{_where(piece, found)}: {catalogue()[table].title} stands here a second time ({known.place.sheet or known.place.page}); the first was used — remove one of them")  # fmt: skip
        return
    if known is not None:
        found.open = known
        _append(piece, known)
        return
    if piece.hidden:
        found.problems.append(f"{_where(piece, found)}: the sheet is hidden; {catalogue()[table].title} was read from it because no visible sheet has it")  # fmt: skip
    _start(piece, title, table=table, found=found)


def _start(piece: Piece, title: str, *, table: str, found: Gathered) -> None:
    entry = catalogue()[table]
    unit = unit_of_lines(piece.lines)
    draft = Draft(entry, printed_title(title), unit or "万元", piece.place, found.document, piece.hidden, piece.lines)
    found.drafts.append(draft)
    found.open = draft
    _append(piece, draft)


def _append(piece: Piece, draft: Draft) -> None:
    """Add a piece to its table, under its own header or the one before."""
    unit = unit_of_lines(piece.lines)
    draft.notes += piece.notes
    if piece.head:
        draft.segments.append(_shared(segment(piece, chains(piece), draft.entry, unit or draft.unit), draft))
    elif draft.segments:
        draft.segments.append(continued(piece, draft.segments[-1], unit))


def _shared(new, draft: Draft):
    """A repeated header keeps the columns of the first one, so that digits and split rows are read together."""
    for old in draft.segments:
        if [c.words for c in old.found] == [c.words for c in new.found]:
            new.found, new.taken = old.found, old.taken
    return new


def _extends(piece: Piece, known: Draft, found: Gathered) -> bool:
    """Whether a second piece of a table goes on with it: other rows, or other columns for the same rows."""
    if piece.hidden != known.hidden or (piece.place.sheet != known.place.sheet):
        return False
    if not piece.head:
        return True
    new = segment(piece, chains(piece), known.entry, known.unit)
    old_rows = {_signature(line) for part in known.segments for line in part.body}
    new_rows = {_signature(line) for line in new.body}
    return not (new_rows & old_rows - {("",)}) or not (new.keys & known.keys)


def _signature(line) -> tuple[str, ...]:
    return tuple(label(cell.text) for cell in line if cell is not None and cell.text.strip() and not re.fullmatch(r"[\d.,]*\.\d+", cell.text))[:3] or ("",)  # fmt: skip


def _continue(piece: Piece, found: Gathered) -> bool:
    """Append an untitled piece to the table before it, when its shape allows."""
    draft = found.open
    if draft is None or not draft.segments:
        return False
    if not piece.head:
        if piece.width != len(draft.segments[-1].found):
            return False
        _append(piece, draft)
        return True
    found_chains = chains(piece)
    same = any([c.words for c in part.found] == [c.words for c in found_chains] for part in draft.segments)
    new = segment(piece, found_chains, draft.entry, draft.unit)
    matrix = new.taken and len(new.taken) >= 0.7 * len(new.of_kind(AMOUNT)) and not (new.keys & draft.keys)
    if not (same or matrix):
        return False
    _append(piece, draft)
    return True


def _untitled(piece: Piece, found: Gathered) -> None:
    table = by_headers(piece, piece.place.sheet or "") if piece.head else ""
    if table and all(draft.entry.id != table for draft in found.drafts):
        _start(piece, catalogue()[table].title, table=table, found=found)
        return
    found.open = None
    if _numbers(piece):
        heads = [label(text) for row in [*piece.head, *piece.body][:1] for text in row.texts][:6]
        found.problems.append(f"{_where(piece, found)}: a table beginning {'、'.join(heads)} is none of the statutory tables and was not read — give it its title, or add the title to tables.yaml")  # fmt: skip


def _numbers(piece: Piece) -> bool:
    return any(is_number(text) and "." in text for row in piece.body for text in row.texts)


def _where(piece: Piece, found: Gathered) -> str:
    place = piece.place
    return ", ".join(
        str(part) for part in (found.document, place.sheet, f"p.{place.page}" if place.page else None) if part
    )
