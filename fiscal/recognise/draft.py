"""A table in the making: the pieces that belong to it, before rows are read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from fiscal.dictionary.labels import normal
from fiscal.dictionary.tables import ColumnEntry, TableEntry
from fiscal.model.cells import Place
from fiscal.readers.grid import RawCell
from fiscal.recognise.codes import digits
from fiscal.recognise.columns import AMOUNT, CODE, NAME, SPARE, WORD, Chain, assign
from fiscal.recognise.grid_pieces import Line, Piece
from fiscal.recognise.head_words import TOTALS, is_number, is_value

_POINT = re.compile("[.,]")  # what an amount has and a code has not
DECIMALS = re.compile(r"[\d,，]\.\d+$")


@dataclass
class Segment:
    """The body of one piece with the meaning of its columns; `middles` are their middles in points, on pages.

    `halves` are the left half and those that were joined to it, where the table is cut into left and right pages.
    """

    found: list[Chain]
    taken: dict[int, ColumnEntry]
    body: list[Line]
    unit: str
    place: Place
    middles: tuple[float, ...] = ()
    halves: list["Segment"] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[int]:
        return [chain.index for chain in self.found if chain.kind == kind]

    @property
    def keys(self) -> set[str]:
        return {entry.key for entry in self.taken.values()}


@dataclass
class Draft:
    """One table of one file, its segments in reading order; `begun` is its head where nothing else of it was met,
    `headless` where its title stands over rows without a head; `lost` where rows fit no columns,
    `loose` where a right half could not be joined.
    """

    entry: TableEntry
    title: str
    unit: str
    place: Place
    document: str
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    begun: Piece | None = None
    headless: bool = False
    lost: bool = False
    loose: bool = False

    @property
    def where(self) -> str:
        """Sheet or page of its first piece."""
        return self.place.sheet or f"第{self.place.page}页"

    @property
    def has_numbers(self) -> bool:
        """Whether any cell of its body is a printed number."""
        lines = [line for part in self.segments for line in part.body]
        cells = (cell.text for line in lines for cell in line if cell is not None)
        return any(_POINT.search(text) and is_number(text) for text in cells)

    @property
    def has_words(self) -> bool:
        """Whether its body has rows with more in them than 无, dots or a code."""
        cells = [cell for part in self.segments for line in part.body for cell in line if cell is not None]
        return any(len(cell.text.strip()) > 2 and WORD.search(cell.text) for cell in cells)

    @property
    def keys(self) -> set[str]:
        return set().union(*(segment.keys for segment in self.segments)) if self.segments else set()


def segment(piece: Piece, found: list[Chain], entry: TableEntry, unit: str) -> Segment:
    """The body of a piece under its own header."""
    found = _beside([replace(chain, kind=_kind_by_content(chain, piece)) for chain in found], piece)
    amounts = [chain for chain in found if chain.kind == AMOUNT or chain.role]
    of_account = entry.layout == "three_public_grid" and entry.kind != "budget"
    taken = assign(_grouped(amounts) if of_account else amounts, entry.id)
    body = [row.cells for row in piece.body]
    lines = [row.cells for row in piece.head] + body
    return Segment(found, taken, body, unit, piece.place, middles(lines, len(found)))


def _beside(found: list[Chain], piece: Piece) -> list[Chain]:
    """Numbers or names without a header go under the header beside them that has none, cut off by strips of a page."""
    shifted = list(found)
    if piece.place.page is None:
        return shifted
    filled = {c.index for c in found if any(text_at(row.cells, c.index) for row in piece.body)}
    for bare in found:
        if bare.kind not in (SPARE, NAME) or bare.words or bare.index not in filled:
            continue
        wanted = AMOUNT if _has_amounts(piece, bare.index) else NAME
        for near in (bare.index - 1, bare.index + 1):
            if 0 <= near < len(found) and shifted[near].kind == wanted and near not in filled:
                shifted[bare.index] = replace(shifted[near], index=bare.index)
                shifted[near] = replace(bare, index=near, kind=SPARE)
                break
    return shifted


def _has_amounts(piece: Piece, index: int) -> bool:
    texts = [text for row in piece.body if (text := text_at(row.cells, index))]
    return bool(texts) and any("." in text for text in texts) and all(map(is_value, texts))


def _grouped(amounts: list[Chain]) -> list[Chain]:
    """三公 columns without 预算数 and 决算数 above them are those of the account; of two alike it is not known."""
    if any("预算" in word or "决算" in word for chain in amounts for word in chain.words):
        return amounts
    if len({chain.words for chain in amounts}) < len(amounts):
        return []
    return [replace(chain, words=("决算数", *chain.words)) for chain in amounts]


def _kind_by_content(chain: Chain, piece: Piece) -> str:
    """Headers such as 项目, or none, stand over codes as well as names; the content decides."""
    texts = [text_at(row.cells, chain.index) for row in piece.body]
    texts = [text for text in texts if text and normal(text) not in TOTALS]
    if not texts or chain.kind not in (NAME, SPARE) or (chain.kind == SPARE and chain.words):
        return chain.kind
    if not chain.words and any(DECIMALS.search(text) for text in texts):
        return chain.kind
    if all(digits(text) for text in texts) and (len(chain.words) or all(len(digits(text)) > 2 for text in texts)):
        return CODE
    if chain.kind == SPARE and chain.index < 4 and not any(map(is_number, texts)):
        return NAME
    return chain.kind


def cell_at(line: Line, index: int) -> RawCell | None:
    """The cell of one column, None where the line is shorter or a merged cell covers it."""
    return line[index] if index < len(line) else None


def text_at(line: Line, index: int) -> str:
    cell = cell_at(line, index)
    return cell.text.strip() if cell is not None else ""


def continued(body: list[Line], piece: Piece, previous: Segment, unit: str) -> Segment:
    """The body of a piece without header, under the columns of the segment before it."""
    return replace(previous, body=body, unit=unit or previous.unit, place=piece.place, halves=[])


def middles(lines: Sequence[Line], width: int) -> tuple[float, ...]:
    """The middle of each column in points, () where any column has no cell with a box; single cells go first."""
    found: dict[int, tuple[int, float]] = {}
    for line in lines:
        for left, cell in enumerate(line):
            if cell is None or cell.place.bbox is None:
                continue
            start, _, end, _ = cell.place.bbox
            step = (end - start) / cell.cols
            for index in range(left, min(left + cell.cols, width)):
                known = found.get(index)
                if known is None or known[0] > cell.cols:
                    found[index] = (cell.cols, start + step * (index - left + 0.5))
    return tuple(found[index][1] for index in range(width)) if len(found) == width else ()


def shown(rows: Sequence[Line], index: int) -> list[RawCell | None]:
    """The cells of one column."""
    return [cell_at(row, index) for row in rows]
