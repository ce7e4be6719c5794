"""Plain text, mostly exported from Word: narrative, tables flattened to lines, chart series at the end."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from fiscal.errors import FileRefused
from fiscal.model.printed import visible
from fiscal.model.text import ChartPoint, Paragraph
from fiscal.readers.body_flow import Block, Line, closed, grids, is_furniture, paragraphs
from fiscal.readers.encoding import decode
from fiscal.readers.grid import RawDocument
from fiscal.readers.line_ends import goes_on, is_wrapped, page_width, seam, without_page_numbers
from fiscal.readers.text.chart_series import ChartDump, chart_dump, name_charts
from fiscal.readers.text.text_tables import barred, flattened, stacked, tabbed

LARGEST = 5_000_000  # bytes; the longest disclosure seen is far below one million
_OTHERS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word file, a workbook or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old Word file or workbook",
    b"{\\rtf": "a rich text file (RTF)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\0": "a picture",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a gzip archive",
    b"MZ": "a program",
    b"\x7fELF": "a program",
}
_PAGE = re.compile(r"^\s*(?:<!doctype\s+html|<\?xml|<html|<table|<head|<body)", re.I)
_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")
_FIELD = re.compile(
    r"(?:HYPERLINK\s+\\l\s+\"?_\w+\"?|PAGEREF\s+_\w+(?:\s*\\[hp])*|TOC\s+\\o\s+\"[\d-]+\"(?:\s*\\[a-z])*)"
)
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
FORMS = (chart_dump, flattened, tabbed, barred, stacked)  # the first that fits takes its lines
_NUMERIC = re.compile(r"^[-−+]?[\d,，.]+[%％]?$")


def can_read(path: str | Path) -> bool:
    """A .txt that does not carry the signature of another format."""
    path = Path(path)
    if path.suffix.lower() not in (".txt", ".text"):
        return False
    with path.open("rb") as file:
        return _other_format(file.read(512)) == ""


def read(path: str | Path) -> RawDocument:
    """The narrative, the tables that can be restored and the chart data of a text file.

    Shape:  one paragraph per line; the rows of a flattened table are paragraphs of role `cell`, their cells apart by
            tabs, and the table is a grid too; a table of bare numbers is only a grid; chart series have role `chart`.
    Errors: FileRefused for another format under the name of a text, for binary files, empty and oversized ones.
    """
    path = Path(path)
    return document(path, _text(path), "txt")


def document(path: Path, text: str, form: str) -> RawDocument:
    """What a text holds, wherever it was taken from."""
    text = visible(text)
    blocks = list(_blocks(text.split("\n")))
    flow = [block for block in blocks if not isinstance(block, ChartDump)] if blocks else []
    words, charts = _with_charts(paragraphs(flow, path.name), blocks, document=path.name)
    return RawDocument(str(path), form, grids(flow, path.name), words, charts)


def blocks_of(text: str) -> list[Block]:
    """The tables and paragraphs of a text whose line ends count, inside another document."""
    return [block for block in _blocks(visible(text).split("\n")) if not isinstance(block, ChartDump)]


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise FileRefused(path.name, f"is larger than {LARGEST // 1_000_000} MB of text", "split the file")
    data = path.read_bytes()
    other = _other_format(data[:512])
    if other:
        raise FileRefused(path.name, f"is {other}, not a plain text", "give the file its right ending")
    text = _FIELD.sub("", _BOOKMARK.sub("", _BREAKS.sub("\n", decode(data, path.name).lstrip("\ufeff"))))
    if not text.strip():
        raise FileRefused(path.name, "holds no text", "export it from the document again")
    return text.replace("\x07", "\t")


def _other_format(head: bytes) -> str:
    for mark, name in _OTHERS.items():
        if head.startswith(mark):
            return name
    return "a web page (HTML)" if _PAGE.match(head.decode("latin-1").lstrip("ï»¿")) else ""


def _blocks(lines: list[str]) -> Iterator[Block | ChartDump]:
    """The file cut into charts, tables and lines; every special form says how many lines it takes."""
    index, plain = 0, []
    while index < len(lines):
        found = next((part for form in FORMS if (part := form(lines, index))), None)
        if found is None:
            plain.append(lines[index])
            index += 1
            continue
        yield from _lines(plain)
        plain = []
        yield from found.parts
        index += found.taken
    yield from _lines(plain)


def _lines(texts: list[str]) -> list[Block]:
    """Paragraphs; page furniture is dropped, cells that stand one in a line get their role."""
    kept = without_page_numbers([text.strip() for text in texts if text.strip() and not is_furniture(text)])
    columns = set(_cell_columns(kept))
    return closed(_unwrapped(Line(text, "cell" if index in columns else "") for index, text in enumerate(kept)))


def _unwrapped(lines: Iterable[Line]) -> list[Line]:
    """Paragraphs put together again from the lines of a page."""
    lines = list(lines)
    prose = [line.text for line in lines if not line.role]
    wrapped, width = is_wrapped(prose), page_width(prose)
    found: list[Line] = []
    last = ""
    for line in lines:
        inside = bool(found and found[-1].joined)
        free = bool(found) and not (found[-1].role or line.role)
        if free and goes_on(last, line.text, wrapped=wrapped, width=width, inside=inside):
            text = found[-1].text + seam(found[-1].text, line.text)
            found[-1] = Line(text + line.text, "", (*found[-1].joined, len(text)))
        else:
            found.append(line)
        last = line.text
    return found


def _cell_columns(texts: list[str]) -> Iterator[int]:
    """Indices of lines that are cells of a table flattened one cell a line: short lines, a third of them numbers."""
    start = 0
    for index in range(len(texts) + 1):
        if index < len(texts) and len(texts[index]) <= 20 and not re.search(r"[。；，：]", texts[index]):
            continue
        run = texts[start:index]
        first = next((i for i, text in enumerate(run) if _NUMERIC.match(text)), None)
        if first is not None and len(run) >= 6 and sum(bool(_NUMERIC.match(text)) for text in run) * 3 >= len(run):
            yield from range(start, index)
        start = index + 1


def _with_charts(
    words: tuple[Paragraph, ...], blocks: list, *, document: str
) -> tuple[tuple[Paragraph, ...], tuple[ChartPoint, ...]]:
    """The paragraphs with the chart data after them, and the points with their places in that text."""
    dumps = name_charts([block for block in blocks if isinstance(block, ChartDump)], [word.text for word in words])
    offset = sum(len(word.text) + 1 for word in words)
    data, points = [], []
    for dump in dumps:
        paragraph, found = dump.placed(document, offset)
        data.append(paragraph)
        points += found
        offset += len(paragraph.text) + 1
    return (*(replace(word) for word in words), *data), tuple(points)
