"""Tables of a page: which are data, their cells with spans, and pieces put together again."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from fiscal.model.cells import Place
from fiscal.readers.body_flow import WIDEST, Block, Rows, Ruled, check_size, is_cut_off
from fiscal.readers.grid import RawCell

HIDDEN = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "footer",
        "iframe",
        "object",
        "select",
        "textarea",
        "button",
        "svg",
        "head",
        "title",
    )
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_FURNITURE = frozenset(
    (
        "nav",
        "navbar",
        "navigation",
        "footer",
        "breadcrumb",
        "crumbs",
        "sidebar",
        "copyright",
        "pagination",
        "hidden",
    )
)
_BREAKS = frozenset(
    (
        "br",
        "p",
        "div",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    )
)
_HAN = r"\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e\u2018-\u201d"
_BLANKS = re.compile(r"[ \t\r\n]+")
_IS_HAN = re.compile(f"[{_HAN}]")
_SPACE = re.compile(r"[ \t\r\n\xa0\u200b]+")
_NUMBER = re.compile(r"^[-−]?[\d,，]+(?:[.．]\d+)?[%％]?$")
LONGEST_CELL, MOST_ELEMENTS = 1500, 2000


def is_hidden(element: etree._Element) -> bool:
    """Scripts, menus, footers and elements the browser does not show."""
    if element.tag in HIDDEN or element.get("hidden") is not None:
        return True
    if _UNSEEN.search(element.get("style") or ""):
        return True
    names = re.split(r"[\s_-]+", f"{element.get('class') or ''} {element.get('id') or ''}".lower())
    return not _FURNITURE.isdisjoint(names) and element.find(".//table") is None


def data_tables(tree: etree._Element) -> set[etree._Element]:
    """The tables that hold data: those inside come first, and what surrounds a table of data only arranges the page."""
    data: set[etree._Element] = set()
    around: set[etree._Element] = set()
    for table in reversed(list(tree.iter("table"))):
        if table not in around and _is_grid(table):
            data.add(table)
            around.update(table.iterancestors("table"))
    return data


def _is_grid(table: etree._Element) -> bool:
    """Two rows and columns at least, and no page of text in a cell."""
    rows = list(rows_of(table))
    if len(rows) == 1:
        return not any(map(_arranges, rows[0])) and is_cut_off([text_of(cell) for cell in rows[0]])
    if not rows or max(map(len, rows)) < 2:
        return False
    filled = 0
    for cell in (cell for cells in rows for cell in cells):
        if _arranges(cell):
            return False
        filled += bool(text_of(cell))
    return filled >= 3


def _arranges(cell: etree._Element) -> bool:
    """A cell with a page of text or with many paragraphs arranges the page. Looks no further than it must."""
    inside = list(islice(cell.iter(), MOST_ELEMENTS + 1))
    if len(inside) > MOST_ELEMENTS:
        return True
    size = sum(len((part.text or "").strip()) + len((part.tail or "").strip()) for part in inside)
    parts = sum(part.tag in ("p", "h1", "h2", "h3", "li") for part in inside)
    return size > LONGEST_CELL or (parts >= 6 and size > 300)


def rows_of(table: etree._Element) -> Iterator[list[etree._Element]]:
    """The visible cells of each own row, rows of nested tables left out."""
    for part in table.iterchildren("tr", "tbody", "thead", "tfoot"):
        for row in [part] if part.tag == "tr" else part.iterchildren("tr"):
            if not is_hidden(row):
                yield [cell for cell in row.iterchildren("td", "th") if not is_hidden(cell)]


def text_of(element: etree._Element) -> str:
    """The visible text, one printed line a line."""
    lines = "".join(_pieces(element)).split("\x01")
    return "\n".join(text for line in lines if (text := collapsed(line).strip()))


def collapsed(text: str) -> str:
    """White space as a browser shows it: a line end of the source beside a Chinese character shows as nothing."""
    return _SPACE.sub(" ", _BLANKS.sub(_source_break, text))


def _source_break(found: re.Match[str]) -> str:
    """Nothing for a line end of the source beside a Chinese character."""
    start, end = found.span()
    beside = found.string[max(start - 1, 0) : start] + found.string[end : end + 1]
    return "" if not {"\r", "\n"}.isdisjoint(found[0]) and _IS_HAN.search(beside) else found[0]


def _pieces(element: etree._Element) -> Iterator[str]:
    """The text with \x01 where a printed line ends."""
    breaks = element.tag in _BREAKS
    yield ("\x01" if breaks else "") + (element.text or "")
    for child in element:
        if isinstance(child.tag, str) and not is_hidden(child):
            yield from _pieces(child)
        yield child.tail or ""
    yield "\x01" if breaks else ""


def cells_of(table: etree._Element, where: str) -> Rows:
    """The grid of a table: every cell where it begins, None where a span covers. Errors: FileRefused for giants."""
    taken: dict[tuple[int, int], RawCell | None] = {}
    rows = list(rows_of(table))
    for y, cells in enumerate(rows):
        x = 0
        for cell in cells:
            while (y, x) in taken:
                x += 1
            x = _put(taken, cell, at=(y, x), below=len(rows) - y)
            check_size(where, len(taken))
    width = 1 + max((x for _, x in taken), default=0)
    check_size(where, width * len(rows))
    return tuple(tuple(taken.get((y, x), RawCell("", Place())) for x in range(width)) for y in range(len(rows)))


def _put(taken: dict[tuple[int, int], RawCell | None], cell: etree._Element, *, at: tuple[int, int], below: int) -> int:
    """Put a cell and what it covers; the column after it."""
    y, x = at
    tall, wide = min(_span(cell, "rowspan", below), below), min(_span(cell, "colspan", 1), WIDEST)
    for down in range(tall):
        for right in range(wide):
            taken.setdefault((y + down, x + right), None)
    taken[y, x] = RawCell(text_of(cell), Place(), tall, wide)
    return x + wide


def _span(cell: etree._Element, name: str, rest: int) -> int:
    """A span as written; 0 spans the rest, and what is no number counts as 1."""
    text = (cell.get(name) or "1").strip()
    number = int(text) if text.isdecimal() and len(text) < 6 else 1
    return number or rest


def merged(blocks: Sequence[Block]) -> list[Block]:
    """Pieces of one table put together: nothing stood between them but page furniture, and the columns are as many."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Ruled) and isinstance(last, Ruled) and (rest := _continuation(last.cells, block.cells)):
            found[-1] = Ruled(last.cells + rest)
        else:
            found.append(block)
    return found


def _continuation(first: Rows, second: Rows) -> Rows:
    """The rows of the second piece that go on with the first one, without a repeated header; () for a new table."""
    if len(first[0]) != len(second[0]):
        return ()
    repeated = 0
    while repeated < min(len(first), len(second)) and _texts(first[repeated]) == _texts(second[repeated]):
        repeated += 1
    if repeated == len(second):
        return ()
    begins = any(_NUMBER.match(text) for text in _texts(second[repeated]))
    return second[repeated:] if begins else ()


def _texts(row: Sequence[RawCell | None]) -> list[str]:
    return [re.sub(r"\s", "", cell.text) if cell else "" for cell in row]
