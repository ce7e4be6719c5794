"""Collecting the pieces of one file into drafts of tables: titles, continuations, duplicates, the unknown."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from fiscal.dictionary.labels import normal, squeeze
from fiscal.dictionary.tables import catalogue
from fiscal.model.cells import Place
from fiscal.model.unread import COLUMN, PAGE, ROW, TABLE, Unread
from fiscal.readers.grid import RawDocument
from fiscal.recognise.align import aligned
from fiscal.recognise.bodies import entity_of
from fiscal.recognise.columns import AMOUNT, chains, coverage
from fiscal.recognise.cut_heads import whole
from fiscal.recognise.draft import Draft, Segment, continued, segment
from fiscal.recognise.grid_pieces import Line, Piece, cut
from fiscal.recognise.head_words import TOTALS, is_heading, is_note, is_number, label
from fiscal.recognise.heads import unit_of_lines
from fiscal.recognise.identify import by_headers, by_items, contents, could_be, identify, is_contents
from fiscal.recognise.right_pages import is_right, join_right
from fiscal.recognise.titles import of_kind, printed_title, title_of
from fiscal.recognise.unruled import has_rows

_BELOW = "该表下面还有没有画格线的行，未读出：请提供该表的 Excel 或 Word 文件"
# Where the 三公 amounts stand when no table of their own is printed (Chongqing).
OPERATIONS = "机构运行信息表"


@dataclass
class Gathered:
    """What one file holds: drafts, the lines above its tables, listed tables, problems and what was not read.

    open         the table that an untitled piece may go on with
    other_width  columns of the last table that its title names as none of ours; its further pages are told once
    """

    document: str
    kind: str = "final_account"
    drafts: list[Draft] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    open: Draft | None = None
    other_width: int = 0
    operations: tuple[Piece, str] | None = None

    def tell(self, piece: Piece, sentence: str) -> None:
        """Note a problem with the file, sheet or page, and first cell of the piece."""
        at = self.place(piece)
        where = (at.document, at.sheet, at.cell, f"第{at.page}页" if at.page else None)
        self.problems.append(f"{'，'.join(part for part in where if part)}：{sentence}")

    def place(self, piece: Piece) -> Place:
        """File, sheet or page, and first cell of a piece."""
        first = next((cell.place.cell for row in piece.body for cell in row.cells if cell is not None), None)
        return replace(piece.place, document=self.document, cell=first)


Cut = list[list[Piece]]


def pieces_of(raw: RawDocument) -> Cut:
    """The pieces of each grid of a file that a person sees; hidden sheets are told elsewhere."""
    return [cut(grid) for grid in raw.grids if not grid.hidden]


def titles_in(pieces: Cut) -> list[str]:
    """The lines that name a table, and the names of sheets that do."""
    every = [piece for of_grid in pieces for piece in of_grid]
    named = [line for piece in every for line in (*piece.lines, piece.place.sheet or "") if title_of(line)]
    return list(dict.fromkeys(named))


def gather(raw: RawDocument, pieces: Cut, kind: str) -> Gathered:
    """All tables of one file, a budget or a final account, as drafts."""
    found = Gathered(Path(raw.path).name, kind)
    gone, page = {part.place.page or 0 for part in raw.unread if part.what == PAGE}, 0
    for of_grid, grid in zip(pieces, (grid for grid in raw.grids if not grid.hidden)):
        before, page = page, of_grid[0].place.page or 0
        if any(before < number < page for number in gone):
            found.open = None  # another table may begin on a page that was not read
        for piece in of_grid:
            _take(piece, found)
        if found.open and has_rows(grid.after):
            place = found.place(of_grid[-1])
            found.unread.append(Unread(ROW, found.open.entry.id, place, _BELOW))
        if of_grid[0].place.sheet is not None:
            found.open = None
    if found.operations and all(draft.entry.id != "three_public" for draft in found.drafts):
        _start(*found.operations, found=found, table="three_public")
    _fill_units(found)
    found.unread += _rows_of_pages(raw, found)
    return found


def _rows_of_pages(raw: RawDocument, found: Gathered) -> list[Unread]:
    """The rows of a table on the page after it that were not read, or may stand there where no part of it was read."""
    last: dict[int, str] = {}
    for draft in found.drafts:
        last |= {part.place.page: draft.entry.id for part in draft.segments if part.place.page}
    rows = []
    for part in sorted((p for p in raw.unread if p.what in (PAGE, ROW)), key=lambda one: one.place.page or 0):
        number = part.place.page or 0
        if table := last.get(number - 1, ""):
            last.setdefault(number, table)
        if part.what == ROW:
            rows.append(replace(part, table=table))
        elif table:
            rows.append(Unread(ROW, table, part.place, f"第{number}页未读出，该表在这一页的行不知道"))
    return rows


def _fill_units(found: Gathered) -> None:
    """A table that states no unit has that of most other tables, else 万元."""
    stated = Counter(draft.unit for draft in found.drafts if draft.unit)
    usual = stated.most_common(1)[0][0] if stated else "万元"
    for draft in found.drafts:
        draft.unit = draft.unit or usual
        for part in draft.segments:
            part.unit = part.unit or draft.unit


def _take(piece: Piece, found: Gathered) -> None:
    found.lines += piece.lines[-6:] + piece.notes[-3:]
    if listed := contents(piece):
        found.listed += listed
        found.open = None
        if is_contents(piece) and not _numbers(piece):
            return
    if not piece.head and not piece.body:
        return
    table, title = identify(piece)
    said = "".join([title, *(text for row in piece.head for text in row.texts)])
    table = of_kind(table, found.kind, squeeze(said)) if table else ""
    if table:
        found.other_width = 0
        _titled(piece, table, title, found)
    elif title:
        found.open, found.other_width = None, piece.width
        if OPERATIONS in squeeze(title):
            found.operations = piece, title
    elif (joined := _with_cut_head(piece, found)) is not None:
        _take(joined, found)
    elif not _continue(piece, found):
        _untitled(piece, found)


def _with_cut_head(piece: Piece, found: Gathered) -> Piece | None:
    """The piece under the rows of its head that stand before it, where a table has only begun there."""
    ended = any(map(is_note, piece.lines))
    begun = found.open.begun if found.open and not ended else None
    joined = whole(begun, piece) if begun is not None and found.open in found.drafts else None
    if joined is not None and found.open is not None:
        found.drafts.remove(found.open)
        found.open = None
    return joined


def _titled(piece: Piece, table: str, title: str, found: Gathered) -> None:
    if other := _contradicted(piece, table, found):
        if title != piece.place.sheet:
            _tell_contradicted(piece, (table, other), title, found)
            return
        found.tell(piece, f"工作表名为“{title}”，栏目是《{catalogue()[other].title}》的，按栏目读")
        table = other
    name = catalogue()[table].title
    known = next((draft for draft in found.drafts if draft.entry.id == table), None)
    if known is None:
        _start(piece, title, table=table, found=found)
    elif _extends(piece, known):
        found.open = known
        _append(piece, known, found)
    elif _numbers(piece) and not known.has_numbers:
        found.drafts.remove(known)
        found.tell(piece, f"《{name}》在此处有数，在{known.where}是空表，用此处的：请删去空的一张")
        _start(piece, title, table=table, found=found)
    else:
        found.open = None
        found.tell(piece, _repeated(piece, known))


def _repeated(piece: Piece, known: Draft) -> str:
    """The sentence about a table that stands twice: of another entity, or a copy."""
    name, owner, first = known.entry.title, entity_of(piece.lines, []), entity_of(known.lines, [])
    if owner and first and owner != first:
        return f"{owner}的《{name}》未读，本文件是{first}的：请为{owner}另备一份文件"
    return f"《{name}》在此处是第二次出现，用{known.where}的：请删去其中一张"


def _contradicted(piece: Piece, table: str, found: Gathered) -> str:
    """The other table whose columns stand under the title of this one, "" where the columns do not contradict it."""
    if not piece.head or coverage(piece, catalogue()[table]) >= 0.3:
        return ""
    return by_headers(piece, piece.place.sheet or "", found.kind)


def _tell_contradicted(piece: Piece, tables: tuple[str, str], title: str, found: Gathered) -> None:
    """Neither outvotes the other: which of the two tables it is stays unknown, and none of them is missed."""
    found.open, found.other_width = None, piece.width
    other = catalogue()[tables[1]].title
    reason = f"表名为“{printed_title(title)}”，栏目却是《{other}》的，是哪张表不能确定，未读出：请核对表名与栏目"
    found.unread += [Unread(TABLE, table, found.place(piece), reason) for table in tables]


def _start(piece: Piece, title: str, *, table: str, found: Gathered) -> None:
    entry = catalogue()[table]
    unit = unit_of_lines(piece.lines)
    draft = Draft(entry, printed_title(title), unit, piece.place, found.document, piece.lines)
    draft.begun, draft.headless = (piece if piece.head and not piece.body else None), not piece.head
    found.drafts.append(draft)
    found.open = draft
    _append(piece, draft, found)


def _append(piece: Piece, draft: Draft, found: Gathered) -> None:
    """Add a piece to its table, under its own header or the one before."""
    unit = unit_of_lines(piece.lines)
    if not draft.unit:
        draft.unit = unit
    if unit and unit != draft.unit:
        found.tell(piece, f"《{draft.entry.title}》的单位在此处由{draft.unit}变为{unit}：请核对单位")
    draft.notes += piece.notes
    if piece.body:
        draft.begun = None
    if piece.head:
        more = _shared(segment(piece, chains(piece), draft.entry, unit or draft.unit), draft)
    else:
        more = _below(piece, draft, unit)
    if more is None:
        if _numbers(piece):
            draft.lost = True
            reason = "这些行上没有表头，与前面的栏对不上，未读出：请提供该表的 Excel 或 Word 文件"
            found.unread.append(Unread(ROW, draft.entry.id, found.place(piece), reason))
    elif not is_right(more, draft):
        draft.segments.append(more)
    elif not join_right(more, draft):
        reason = "这一页只有金额栏，没有科目名称，无法与前一页的各行对应：请把左右两页拼成一张表"
        found.unread.append(Unread(COLUMN, draft.entry.id, found.place(piece), reason))


def _below(piece: Piece, draft: Draft, unit: str = "") -> Segment | None:
    """The body of a piece without head under the columns of a page before, or of one half of it.

    Where it fits the columns of several, it goes on with the first that has not these rows yet.
    """
    halves: dict[tuple, Segment] = {}
    rows: dict[tuple, set] = defaultdict(set)
    for part in (half for whole_ in draft.segments for half in whole_.halves or [whole_]):
        words = tuple(chain.words for chain in part.found)
        halves[words] = part
        rows[words] |= {_signature(line) for line in part.body}
    fitting = [(body, words) for words, half in halves.items() if (body := aligned(piece, half)) is not None]
    if len(fitting) > 1:
        free = [(body, words) for body, words in fitting if not rows[words] & {_signature(line) for line in body}]
        fitting = free[:1] if draft.entry.layout != "two_sided_summary" else []
    return continued(fitting[0][0], piece, halves[fitting[0][1]], unit) if fitting else None


def _shared(new, draft: Draft):
    """A repeated header keeps the columns of the first one, so that digits and split rows are read together."""
    for old in draft.segments:
        if [c.words for c in old.found] == [c.words for c in new.found]:
            new.found, new.taken = old.found, old.taken
    return new


def _extends(piece: Piece, known: Draft) -> bool:
    """Whether a second piece of a table goes on with it: other rows, or other columns for the same rows."""
    if piece.place.sheet != known.place.sheet:
        return False
    if not piece.head:
        return True
    new = segment(piece, chains(piece), known.entry, known.unit)
    old_rows = {_signature(line) for part in known.segments for line in part.body}
    new_rows = {_signature(line) for line in new.body}
    return 2 * len(new_rows & old_rows) < max(1, len(new_rows)) or not new.keys & known.keys


def _signature(line: Line) -> tuple[str, ...]:
    """The labels of a line, which tell it apart from others."""
    texts = (cell.text for cell in line if cell is not None and cell.text.strip())
    return tuple(label(text) for text in texts if not ("." in text and is_number(text)))[:3]


def _continue(piece: Piece, found: Gathered) -> bool:
    """Append an untitled piece to the table before it, when its shape allows."""
    draft = found.open
    if draft is None or not (draft.segments or draft.headless):
        return False
    if not piece.head:
        fits = _below(piece, draft) is not None
        if not fits and not all(is_heading(line) or is_note(line) for line in piece.lines):
            return False
        _append(piece, draft, found)
        return True
    if not _numbers(piece) and any(map(is_note, piece.lines)):
        return False  # a note ends the table above it; what follows, blank, is another one
    found_chains = chains(piece)
    same = any([c.words for c in part.found] == [c.words for c in found_chains] for part in draft.segments)
    new = segment(piece, found_chains, draft.entry, draft.unit)
    matrix = new.taken and len(new.taken) >= 0.7 * len(new.of_kind(AMOUNT)) and not (new.keys & draft.keys)
    known, own = {c.words for part in draft.segments for c in part.found}, {c.words for c in found_chains}
    of_other = by_headers(piece, piece.place.sheet or "", found.kind) not in ("", draft.entry.id)
    if not (same or matrix or of_other) and piece.width > 2 and _filled(piece) and 2 * len(known & own) >= len(own):
        found.open = None
        reason = "续页的栏与前页的不同，这些行的金额属于哪一栏不知道，未读出：请提供该表的 Excel 或 Word 文件"
        found.unread.append(Unread(ROW, draft.entry.id, found.place(piece), reason))
        return True
    if not (same or matrix):
        return False
    _append(piece, draft, found)
    return True


def _untitled(piece: Piece, found: Gathered) -> None:
    sheet = piece.place.sheet or ""
    table = (by_items(piece, found.kind) or by_headers(piece, sheet, found.kind)) if piece.head else ""
    known = {*(draft.entry.id for draft in found.drafts), *(part.table for part in found.unread if part.is_whole)}
    if table and table not in known:
        _start(piece, catalogue()[table].title, table=table, found=found)
        return
    if piece.width == found.other_width and found.open is None:
        return
    found.open = None
    if _numbers(piece) or (piece.head and could_be(piece, found.kind)):
        found.other_width = piece.width
        texts = [label(text) for row in [*piece.head, *piece.body][:1] for text in row.texts][:6]
        reason = f"以“{'、'.join(texts)}”开头的表认不出是哪张决算表：请写明表名"
        found.unread.append(Unread(TABLE, "", found.place(piece), reason))


def _filled(piece: Piece) -> bool:
    """Whether any row but that of the total has a text."""
    return any(normal(text) not in TOTALS for row in piece.body for text in row.texts)


def _numbers(piece: Piece) -> bool:
    return any(is_number(text) and ("." in text or "," in text) for row in piece.body for text in row.texts)
