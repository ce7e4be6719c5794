"""Word documents: .docx read from its XML, .doc and .wps after a conversion by LibreOffice."""

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from posixpath import dirname, join

from lxml import etree

from fiscal.errors import FileRefused
from fiscal.model.cells import Place
from fiscal.model.text import ChartPoint
from fiscal.model.unread import TABLE, Unread
from fiscal.readers.archive import has_stream, part
from fiscal.readers.body_flow import Block, Line, Ruled, grids, paragraphs
from fiscal.readers.grid import RawDocument
from fiscal.readers.headings import LONGEST, is_caption, is_table_title
from fiscal.readers.word.body import Body, is_shaded
from fiscal.readers.word.chart_parts import chart_points
from fiscal.readers.word.embedded import blocks_of
from fiscal.readers.word.legacy import converted, is_legacy
from fiscal.readers.word.numbering_marks import W, numbering, value
from fiscal.readers.word.word_package import Package

LARGEST = 200_000_000  # bytes
REACH = 6  # blocks above an object or a picture among which its title stands
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
    if not is_legacy(head):
        return False
    data = path.read_bytes()
    return has_stream(data, "WordDocument") or (named and not has_stream(data, "Workbook"))


def _members(path: Path) -> list[str] | None:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None


def read(path: str | Path) -> RawDocument:
    """Tables, paragraphs and chart data of a Word document.

    Headers, footers, deleted text, field codes and bookmarks are left out; automatic numbers are put before their
    paragraphs. Comments, tracked changes and macros are named in `problems`; embedded workbooks and chunks stand where
    they are, and are unread where they cannot be read.
    Errors: FileRefused for encrypted, damaged, bomb-like and empty files, and for .doc without LibreOffice.
    """
    path = Path(path)
    if path.stat().st_size > LARGEST:
        raise FileRefused(path.name, f"is larger than {LARGEST // 1_000_000} MB", "save it without its pictures")
    data = path.read_bytes() if _head(path).startswith(b"\xd0\xcf") else b""
    if has_stream(data, "EncryptedPackage"):
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
    unread = tuple(_unread(body, path.name))
    if not body.blocks and not charts and not unread:
        raise FileRefused(
            path.name, "holds no text; it may hold only pictures", "save it as PDF and read that with OCR"
        )
    words = paragraphs(body.blocks, path.name)
    return RawDocument(str(path), form, grids(body.blocks, path.name), words, charts, problems, unread)


def _body(package: Package, main: str, content: etree._Element) -> Body:
    styles = package.xml(join(dirname(main), "styles.xml"))
    names = {
        style.get(f"{W}styleId") or "": value(style.find(f"{W}name"))
        for style in (() if styles is None else styles.iterchildren(f"{W}style"))
    }
    body = Body(numbering(package.xml(join(dirname(main), "numbering.xml")), styles), names, package.name)
    body.unseen = _unseen(styles)
    listed = () if styles is None else styles.iterchildren(f"{W}style")
    body.coloured = frozenset(style.get(f"{W}styleId") or "" for style in listed if is_shaded(style))
    body.inside = partial(_inside, package, main)
    body.walk(content)
    return body


def _unseen(styles: etree._Element | None) -> frozenset[str]:
    """Ids of styles that hide their text, by themselves or by the style they are based on."""
    found: set[str] = set()
    known = [] if styles is None else list(styles.iterchildren(f"{W}style"))
    for _ in range(3):
        for style in known:
            mark = style.find(f"{W}rPr/{W}vanish")
            own = mark is not None and value(mark) not in ("0", "false", "off")
            if own or (mark is None and value(style.find(f"{W}basedOn")) in found):
                found.add(style.get(f"{W}styleId") or "")
    return frozenset(found - {""})


def _inside(package: Package, main: str, number: str) -> list[Block] | None:
    """The blocks of an embedded part; an object that names none is the only one there is."""
    relations = package.relations(main)
    stored = [target for kind, target in relations.values() if kind in ("package", "oleObject")]
    _, target = relations.get(number, ("", stored[0] if len(stored) == 1 and not number else ""))
    if target not in package.names:
        return None
    return blocks_of(part(package.zip, target), where=package.name, document=_nested)


def _nested(path: Path) -> list[Block]:
    """The blocks of a document embedded in another; what is embedded in it stays unread there."""
    with Package(path) as package:
        root = package.xml(package.main())
        content = None if root is None else root.find(f"{W}body")
        if content is None:
            return []
        body = Body(numbering(None, None), {}, package.name)
        body.walk(content)
        return body.blocks


def _unread(body: Body, document: str) -> Iterator[Unread]:
    """What could not be read, named by the title above it; a picture counts where a table was to be expected."""
    place = Place(document=document)
    for at, why in body.unread:
        yield Unread(TABLE, _title(body.blocks[max(at - REACH, 0) : at]), place, why)
    for at in body.pictures:
        title = _title(body.blocks[max(at - REACH, 0) : at])
        if title and not any(isinstance(block, Ruled) for block in body.blocks[at : at + 2]):
            yield Unread(TABLE, title, place, f"“{title}”下是图片：请提供可读的表格")


def _title(above: list[Block]) -> str:
    """The nearest title of a table above, with nothing but its own lines in between."""
    for block in reversed(above):
        if isinstance(block, Ruled) or len(block.text) > LONGEST:
            return ""
        if is_table_title(block.text):
            return block.text
    return ""


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
        yield f"文中有{sum(changes.values())}处修订，按全部接受读"
    comments = package.xml(join(dirname(main), "comments.xml"))
    number = 0 if comments is None else len(comments.findall(f"{W}comment"))
    if number:
        yield f"文中有{number}条批注，未读"
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        yield "文件有宏，未运行"
