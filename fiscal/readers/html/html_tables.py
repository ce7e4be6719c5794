"""Tables of a page: which are data, their cells with spans, and pieces put together again."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from lxml import etree

from fiscal.model.cells import Place
from fiscal.model.printed import is_note_mark, visible
from fiscal.readers.body_flow import WIDEST, Block, Rows, Ruled, check_size, is_cut_off
from fiscal.readers.grid import RawCell
from fiscal.readers.text.text_tables import rectangle

HIDDEN = frozenset({
    "script", "style", "noscript", "template", "nav", "footer", "iframe", "object", "button", "rt", "rp", "del", "s",
    "strike", "svg", "head", "title",
})  # fmt: skip
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|(?:font-size|opacity)\s*:\s*0(?:\.0*)?(?![\d.])",
    re.I,
)
_FURNITURE = frozenset({
    "nav", "navbar", "navigation", "footer", "breadcrumb", "crumbs", "sidebar", "copyright", "pagination", "hidden",
})  # fmt: skip
_BREAKS = frozenset({
    "br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
_HAN = r"\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e\u2018-\u201d"
_BLANKS = re.compile(r"[ \t\r\n]+")
_IS_HAN = re.compile(f"[{_HAN}]")
_SPACE = re.compile(r"[ \t\r\n\xa0]+")
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
    for section in _sections(table):
        yield from section


def _sections(table: etree._Element) -> Iterator[list[list[etree._Element]]]:
    """The rows by section: a cell that spans rows ends with its section. Rows outside of sections are one."""
    loose: list[list[etree._Element]] = []
    for part in table.iterchildren("tr", "tbody", "thead", "tfoot"):
        rows = [part] if part.tag == "tr" else list(part.iterchildren("tr"))
        seen = [
            [cell for cell in row.iterchildren("td", "th") if not is_hidden(cell)]
            for row in rows
            if not (is_hidden(part) or is_hidden(row))
        ]
        if part.tag == "tr":
            loose += seen
            continue
        if loose:
            yield loose
            loose = []
        yield seen
    if loose:
        yield loose


def text_of(element: etree._Element) -> str:
    """The visible text, one printed line a line."""
    lines = "".join(_pieces(element)).split("\x01")
    return "\n".join(text for line in lines if (text := collapsed(line).strip()))


def _typed(element: etree._Element, before: str) -> str:
    """What stands in a field of a form: fields and buttons that show no text have none."""
    return (element.get("value") or "") if (element.get("type") or "text").lower() in _FIELDS else ""


def _chosen(element: etree._Element, before: str) -> str:
    """The option of a list that is shown."""
    options = list(element.iter("option"))
    chosen = next((option for option in options if option.get("selected") is not None), options[0] if options else None)
    return "" if chosen is None else (chosen.text or "")


def _raised(element: etree._Element, before: str) -> str:
    """A raised text, unless it is the mark of a note."""
    text = "".join(str(part) for part in element.itertext())
    return "" if is_note_mark(text, before) else text


_FIELDS = frozenset({"text", "number", "tel", "search"})
SHOWN: dict[str, Callable[[etree._Element, str], str]] = {"input": _typed, "select": _chosen, "sup": _raised}


def collapsed(text: str) -> str:
    """White space as a browser shows it: a line end of the source beside a Chinese character shows as nothing."""
    return _SPACE.sub(" ", _BLANKS.sub(_source_break, visible(text)))


def _source_break(found: re.Match[str]) -> str:
    """Nothing for a line end of the source beside a Chinese character."""
    start, end = found.span()
    beside = found.string[max(start - 1, 0) : start] + found.string[end : end + 1]
    return "" if not {"\r", "\n"}.isdisjoint(found[0]) and _IS_HAN.search(beside) else found[0]


def _pieces(element: etree._Element) -> Iterator[str]:
    """The text with \x01 where a printed line ends."""
    breaks = element.tag in _BREAKS
    yield ("\x01" if breaks else "") + (element.text or "")
    before = element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not is_hidden(child):
            shown = SHOWN.get(child.tag)
            yield from _pieces(child) if shown is None else (shown(child, before),)
        before = child.tail or before
        yield child.tail or ""
    yield "\x01" if breaks else ""


def cells_of(table: etree._Element, where: str) -> Rows:
    """The grid of a table: every cell where it begins, None where a span covers. Errors: FileRefused for giants."""
    taken: dict[tuple[int, int], RawCell | None] = {}
    if ragged := _ragged(list(rows_of(table))):
        return rectangle(ragged)
    height = 0
    for section in _sections(table):
        end = height + len(section)
        for y, cells in enumerate(section, height):
            x = 0
            for cell in cells:
                while (y, x) in taken:
                    x += 1
                x = _put(taken, cell, at=(y, x), below=end - y)
                check_size(where, len(taken))
        height = end
    width = 1 + max((x for _, x in taken), default=0)
    check_size(where, width * height)
    return tuple(tuple(taken.get((y, x), RawCell("", Place())) for x in range(width)) for y in range(height))


def _ragged(rows: list[list[etree._Element]]) -> list[list[str]]:
    """The texts of a table whose rows have lost the spans of their merged cells: none is left, and lengths differ."""
    lengths = {len(cells) for cells in rows if cells}
    spans = any(cell.get("colspan") or cell.get("rowspan") for cells in rows for cell in cells)
    if spans or len(lengths) != 2 or max(lengths) - min(lengths) > 2 or min(lengths) < 3:
        return []
    return [[text_of(cell) for cell in cells] for cells in rows if cells]


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
