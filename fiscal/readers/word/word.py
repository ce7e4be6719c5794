"""Word documents: .docx read from its XML, .doc and .rtf after a conversion by LibreOffice."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from posixpath import basename, dirname, join

from lxml import etree

from fiscal.errors import FileRefused
from fiscal.model.text import ChartPoint
from fiscal.readers.body_flow import Line, grids, paragraphs
from fiscal.readers.grid import RawDocument
from fiscal.readers.headings import is_caption
from fiscal.readers.word.body import Body
from fiscal.readers.word.chart_parts import chart_points
from fiscal.readers.word.legacy import RTF, converted, holds_stream, is_legacy
from fiscal.readers.word.numbering_marks import W, numbering, value
from fiscal.readers.word.word_package import Package

LARGEST = 200_000_000  # bytes
_ENDINGS = (".docx", ".docm", ".doc", ".dot", ".dotx", ".wps", ".rtf")


def can_read(path: str | Path) -> bool:
    """A Word file by its content; a damaged archive or an encrypted file only under an ending of Word."""
    path = Path(path)
    with path.open("rb") as file:
        head = file.read(8)
    named = path.suffix.lower() in _ENDINGS
    if head.startswith(b"PK"):
        members = _members(path)
        return named if members is None else any(name.startswith("word/") for name in members)
    if head.startswith(RTF):
        return True
    if not is_legacy(head):
        return False
    data = path.read_bytes()
    return holds_stream(data, "WordDocument") or (named and not holds_stream(data, "Workbook"))


def _members(path: Path) -> list[str] | None:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return None


def read(path: str | Path) -> RawDocument:
    """Tables, paragraphs and chart data of a Word document.

    Headers, footers, deleted text, field codes and bookmarks are left out; automatic numbers are put before their
    paragraphs. Comments, tracked changes, macros and embedded workbooks are named in `problems`.
    Errors: FileRefused for encrypted, damaged, bomb-like and empty files, and for .doc without LibreOffice.
    """
    path = Path(path)
    if path.stat().st_size > LARGEST:
        raise FileRefused(path.name, f"is larger than {LARGEST // 1_000_000} MB", "save it without its pictures")
    data = path.read_bytes() if _head(path).startswith(b"\xd0\xcf") else b""
    if holds_stream(data, "EncryptedPackage"):
        raise FileRefused(path.name, "is encrypted", "save it without a password")
    if is_legacy(_head(path)):
        with converted(path) as copy:
            return _document(copy, path, form="doc")
    if not _head(path).startswith(b"PK"):
        raise FileRefused(path.name, "is not a Word document", "give the file its right ending or save it again")
    return _document(path, path, form="docx")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def _document(source: Path, path: Path, *, form: str) -> RawDocument:
    """Read `source`; the document is called `path`, which differs for a converted one."""
    with Package(source) as package:
        main = package.main()
        root = package.xml(main)
        content = None if root is None else root.find(f"{W}body")
        if content is None:
            raise FileRefused(path.name, "holds no document", "open it in Word and save it again")
        body = _body(package, main, content)
        charts = tuple(_charts(package, main, body, document=path.name))
        problems = tuple(_problems(package, main, content))
    if not body.blocks and not charts:
        raise FileRefused(
            path.name, "holds no text; it may hold only pictures", "save it as PDF and read that with OCR"
        )
    words = paragraphs(body.blocks, path.name)
    return RawDocument(str(path), form, grids(body.blocks, path.name), words, charts, problems)


def _body(package: Package, main: str, content: etree._Element) -> Body:
    styles = package.xml(join(dirname(main), "styles.xml"))
    names = {
        style.get(f"{W}styleId") or "": value(style.find(f"{W}name"))
        for style in (() if styles is None else styles.iterchildren(f"{W}style"))
    }
    body = Body(numbering(package.xml(join(dirname(main), "numbering.xml")), styles), names, package.name)
    body.walk(content)
    return body


def _charts(package: Package, main: str, body: Body, *, document: str) -> Iterator[ChartPoint]:
    """The points of every chart, in the order of the text; charts that nothing shows come last."""
    relations = package.relations(main)
    places = {relations[number][1]: at for number, at in body.charts if number in relations}
    stored = sorted(
        (name for name in package.names if re.search(r"charts/chart\d*\.xml$", name)),
        key=lambda name: (len(name), name),
    )
    for name in dict.fromkeys((*places, *stored)):
        root = package.xml(name)
        if root is not None:
            yield from chart_points(root, caption=_caption(body, places.get(name)), document=document)


def _caption(body: Body, at: int | None) -> str:
    """The caption of a chart: the next line or the one after it, else the line before."""
    if at is None:
        return ""
    near = [*body.blocks[at : at + 2], *body.blocks[max(at - 1, 0) : at]]
    texts = (block.text for block in near if isinstance(block, Line) and is_caption(block.text))
    return re.sub(r"\s+", "", next(texts, "")).strip("（）()")


def _problems(package: Package, main: str, content: etree._Element) -> Iterator[str]:
    changes = Counter(etree.QName(each).localname for each in content.iter(f"{W}ins", f"{W}del", f"{W}moveTo"))
    if changes:
        yield f"holds tracked changes (修订): {sum(changes.values())}; read as if all of them were accepted"
    comments = package.xml(join(dirname(main), "comments.xml"))
    number = 0 if comments is None else len(comments.findall(f"{W}comment"))
    if number:
        yield f"holds comments (批注): {number}; they are not read"
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        yield "holds macros; they were not run"
    for kind, target in package.relations(main).values():
        if kind in ("package", "oleObject"):
            yield f"holds an embedded object ({basename(target)}); if it is a table, save it beside this file"
