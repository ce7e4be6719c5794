"""What is embedded in a Word document: workbooks, pages, further documents, put into its flow where they stand."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from fiscal.errors import FileRefused
from fiscal.readers.archive import OLE, ZIP, has_member
from fiscal.readers.body_flow import Block, Ruled

MOST_BYTES = 30_000_000
Blocks = list[Block]


def blocks_of(content: bytes, *, where: str, document: Callable[[Path], Blocks]) -> Blocks | None:
    """The blocks of an embedded part by its content, None where it cannot be read; `document` reads a .docx."""
    if len(content) > MOST_BYTES:
        return None
    try:
        if content.startswith((ZIP, OLE)):
            return _filed(content, document)
        return _page(content, where)
    except FileRefused:
        return None


def _filed(content: bytes, document: Callable[[Path], Blocks]) -> Blocks | None:
    """A workbook or a document, which are read from a file."""
    from fiscal.readers.excel import workbook

    with tempfile.TemporaryDirectory(prefix="fiscal-") as folder:
        path = Path(folder, "embedded")
        path.write_bytes(content)
        if workbook.can_read(path):
            raw = workbook.read(path)
            return None if raw.unread else [Ruled(grid.cells) for grid in raw.grids if not grid.hidden] or None
        return document(path) if has_member(path, "word/document.xml") else None


def _page(content: bytes, where: str) -> Blocks | None:
    from fiscal.readers.html.html import blocks_of_page

    return blocks_of_page(content, where) if b"<" in content[:4096] and not content.startswith(b"{\\rtf") else None
