"""What a table may lose, one thing at a time, and what an account says then that it did not say before.

`python -m tests.recognise.losses` tries every loss of every table of the samples (some minutes).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import fiscal
from fiscal.model.cells import Place
from fiscal.model.finding import Finding
from fiscal.model.unread import PAGE, Unread
from fiscal.readers.grid import RawCell, RawDocument, RawGrid
from fiscal.readers.registry import read_raw
from fiscal.recognise import recognise
from fiscal.recognise.grid_pieces import cut
from fiscal.recognise.titles import title_of

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
NAMES = (
    "czj-2024-final.pdf", "shgzb-2024-final.pdf", "wanli-2024-budget.pdf", "wanli-2025-budget.pdf",
    "wenlv-2025-final.docx", "wenlv-2025-final.html", "wenlv-2025-final.pdf",
)  # fmt: skip
# A table that is wrong as published: what is told of it depends on what else is there to compare it with.
WRONG = {"wenlv": "general_public_budget_expenditure"}
_COUNT = re.compile(r"（共\d+处）|；同类问题共\d+处")


def losses(raw: RawDocument) -> Iterator[tuple[str, Callable[[], RawDocument | None]]]:
    """Name and maker of each loss; a maker gives None where there is nothing to lose."""
    for number, grid in enumerate(raw.grids):
        width = len(grid.cells[0])
        yield f"title of {number}", lambda i=number: without_title(raw, i)
        yield f"head of {number}", lambda i=number: without_head(raw, i)
        yield f"text of {number}", lambda i=number: without_text(raw, i)
        kept = {"right half": range((width + 1) // 2)}
        kept |= {f"column {gone}": [column for column in range(width) if column != gone] for gone in range(width)}
        for name, columns in kept.items() if width > 2 else ():
            yield f"{name} of {number}", lambda i=number, c=columns: _with(raw, i, only(raw.grids[i], list(c)))


def _with(raw: RawDocument, index: int, grid: RawGrid) -> RawDocument:
    return replace(raw, grids=(*raw.grids[:index], grid, *raw.grids[index + 1 :]))


def without_title(raw: RawDocument, index: int) -> RawDocument | None:
    grid = raw.grids[index]
    gone = {line for line in grid.before if title_of(line)}
    left = tuple(one for one in raw.paragraphs if one.text not in gone or one.role == "contents")
    before = tuple(line for line in grid.before if line not in gone)
    return replace(_with(raw, index, replace(grid, before=before)), paragraphs=left) if gone else None


def without_head(raw: RawDocument, index: int) -> RawDocument | None:
    grid = raw.grids[index]
    heads = {row.texts for piece in cut(grid) for row in piece.head}
    rows = tuple(row for row in grid.cells if _texts(row) not in heads)
    return _with(raw, index, replace(grid, cells=rows)) if len(rows) < len(grid.cells) else None


def without_text(raw: RawDocument, index: int) -> RawDocument:
    """A page without its text layer, as the reader of PDF files tells it; elsewhere a table of blank cells."""
    grid, page = raw.grids[index], raw.grids[index].place.page
    if page is None:
        rows = tuple(tuple(cell and replace(cell, text="") for cell in row) for row in grid.cells)
        return _with(raw, index, replace(grid, cells=rows))
    return replace(
        raw,
        grids=tuple(one for one in raw.grids if one.place.page != page),
        paragraphs=tuple(one for one in raw.paragraphs if one.place.page != page),
        unread=(*raw.unread, Unread(PAGE, "", Place(document=Path(raw.path).name, page=page), "这一页没有文字")),
    )


def only(grid: RawGrid, columns: list[int]) -> RawGrid:
    """The grid with some of its columns; merged cells shrink."""
    return replace(grid, cells=tuple(_narrower(row, columns) for row in grid.cells))


def _narrower(row: tuple[RawCell | None, ...], columns: list[int]) -> tuple[RawCell | None, ...]:
    cells: list[RawCell | None] = [None] * len(columns)
    for left, cell in enumerate(row):
        kept = [new for new, old in enumerate(columns) if cell is not None and left <= old < left + cell.cols]
        if cell is not None and kept:
            inner = [columns[new] - left for new in kept]
            cells[kept[0]] = replace(cell, cols=len(kept), place=_narrow_place(cell, inner[0], inner[-1] + 1))
    return tuple(cells)


def _narrow_place(cell: RawCell, first: int, end: int) -> Place:
    if cell.place.bbox is None:
        return cell.place
    left, top, right, bottom = cell.place.bbox
    step = (right - left) / cell.cols
    return replace(cell.place, bbox=(left + step * first, top, left + step * end, bottom))


def _texts(row: Iterable[RawCell | None]) -> tuple[str, ...]:
    return tuple(text for cell in row if cell is not None and (text := cell.text.strip()))


class Whole:
    """A sample as it is, to compare its losses with."""

    def __init__(self, name: str) -> None:
        self.name, self.raw = name, read_raw(SAMPLES / name)
        account = self._account(self.raw)
        self.printed = {key for fact in _facts(account) for key in _keys(*fact)}
        self.told = {(one.rule, _COUNT.sub("", one.message)) for one in _loud(account)}
        self.wrong = next((table for stem, table in WRONG.items() if stem in name), "")

    def _account(self, raw: RawDocument) -> fiscal.Account:
        return fiscal.Account(recognise([raw], self.name))

    def new(self, lost: RawDocument) -> list[str]:
        """Numbers that are not printed, and loud findings that were not told of the whole."""
        account = self._account(lost)
        found = [f"invented {fact}" for fact in _facts(account) if not _is_printed(fact, self.printed)]
        for one in _loud(account):
            of_wrong = any(cell.place.table == self.wrong for cell in one.evidence)
            if (one.rule, _COUNT.sub("", one.message)) not in self.told and not of_wrong:
                found.append(f"{one.severity} {one.rule} {one.message}")
        return found


def _loud(account: fiscal.Account) -> list[Finding]:
    return [one for one in account.check() if one.severity != "info"]


def _facts(account: fiscal.Account) -> Iterator[tuple[str, str, str, str, str]]:
    for key, table in account.disclosure.tables.items():
        for row, column, cell in table.cells():
            if cell.is_number:
                yield key, column.key, row.code, row.label, str(cell)


def _keys(table: str, column: str, code: str, label: str, value: str) -> set[tuple[str, str, str, str]]:
    """How a number of the whole may be named: by its code, and by its label where the code is lost."""
    return {(table, column, name, value) for name in (code, label) if name}


def _is_printed(fact: tuple[str, str, str, str, str], printed: set[tuple[str, str, str, str]]) -> bool:
    table, column, code, label, value = fact
    return not (code or label) or (table, column, code or label, value) in printed


def main() -> None:
    """Try all losses of all samples."""
    for name in NAMES:
        whole = Whole(name)
        for loss, make in losses(whole.raw):
            lost = make()
            for line in whole.new(lost) if lost is not None else ():
                print(f"{name}, {loss}: {line[:300]}")


if __name__ == "__main__":
    main()
