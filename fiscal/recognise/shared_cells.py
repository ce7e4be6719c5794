"""Cells that more than one row or column shares: rows written into one by line ends, amounts merged over others."""

from collections.abc import Sequence
from dataclasses import replace

from fiscal.model.unread import MARK
from fiscal.readers.grid import RawCell
from fiscal.recognise.head_words import is_number

Line = tuple[RawCell | None, ...]
_FEWEST = 2  # cells with a number in each of their lines


def split(line: Line) -> list[Line]:
    """The rows that stand in one: where every cell has as many lines, two or more, and numbers stand in them."""
    texts = [cell.text.strip().split("\n") for cell in line if cell is not None and cell.text.strip()]
    counts = {len(lines) for lines in texts}
    if len(counts) != 1 or counts == {1} or any(cell is not None and cell.rows > 1 for cell in line):
        return [line]
    numbers = sum(all(map(is_number, lines)) for lines in texts)
    if numbers < _FEWEST or numbers == len(texts):
        return [line]
    return [tuple(_nth(cell, index) for cell in line) for index in range(counts.pop())]


def _nth(cell: RawCell | None, index: int) -> RawCell | None:
    if cell is None or not cell.text.strip():
        return cell
    return replace(cell, text=cell.text.strip().split("\n")[index].strip())


def apart(cells: Line, owners: Line, head: Sequence[Line]) -> Line:
    """A row with what an amount merged over it, from above or over columns with own heads, unread and not blank."""
    return tuple(
        _shared(cell, owner, head[-1] if head else (), index)
        for index, (cell, owner) in enumerate(zip(cells, owners, strict=True))
    )


def _shared(cell: RawCell | None, owner: RawCell | None, head: Line, index: int) -> RawCell | None:
    if cell is not None or owner is None or "." not in owner.text or not is_number(owner.text):
        return cell
    named = head[index - 1 : index + 1] if index else ()
    if owner.rows == 1 and (len(named) < 2 or named[0] is named[1]):
        return cell
    where = f"（{owner.place.cell}）" if owner.place.cell else ""
    return RawCell(MARK, owner.place, unread=f"金额 {owner.text}{where} 与相邻的格合并，各是多少未能读出")
