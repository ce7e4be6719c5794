"""The parts of an .xlsx that its sheets share: which sheets there are, number formats, shared texts. XML is parsed."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from posixpath import basename, dirname, join, normpath

from lxml import etree

from fiscal.errors import FileRefused
from fiscal.model.printed import is_note_mark, visible
from fiscal.readers.archive import part
from fiscal.readers.excel.number_format import BUILT_IN

_OBJECTS = frozenset({"image", "oleObject", "package"})


@dataclass
class Book:
    """What the sheets of a workbook share.

    sheets   (name, hidden, part of the archive) in order
    codes    number format of each cell style;  texts  the shared texts
    white    styles of white type on bare paper
    problems sentences about parts that could only be read in part
    """

    sheets: list[tuple[str, bool, str]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    white: frozenset[str] = frozenset()
    texts: list[str] = field(default_factory=list)
    from_1904: bool = False
    problems: list[str] = field(default_factory=list)


def read_book(archive: zipfile.ZipFile) -> Book:
    """The shared parts. Errors: FileRefused where the list of sheets cannot be read."""
    book = Book()
    main = _main(archive)
    root = tree(archive, main, book.problems)
    if root is None:
        raise FileRefused(_name(archive), "the workbook is truncated or damaged", "open and save it again in Excel")
    targets = relations(archive, main, book.problems)
    for sheet in root.iter("{*}sheet"):
        number = next((value for key, value in sheet.attrib.items() if local(key) == "id"), "")
        kind, target = targets.get(str(number), ("", ""))
        if kind in ("worksheet", "") and target in archive.NameToInfo:
            hidden = sheet.get("state", "visible") != "visible"
            book.sheets.append((sheet.get("name", ""), hidden, target))
    listed = {member for _, _, member in book.sheets}
    for kind, target in targets.values():  # a damaged list may have lost some
        if kind == "worksheet" and target in archive.NameToInfo and target not in listed and book.problems:
            book.sheets.append((Path(target).stem, False, target))
    book.from_1904 = any(each.get("date1904") in ("1", "true") for each in root.iter("{*}workbookPr"))
    known = dict(targets.values())
    styles = tree(archive, known.get("styles", ""), book.problems)
    book.codes, book.white = _codes(styles), _white(styles)
    strings = tree(archive, known.get("sharedStrings", ""), book.problems)
    book.texts = [] if strings is None else [text_of(each) for each in strings.iterchildren("{*}si")]
    return book


def _main(archive: zipfile.ZipFile) -> str:
    named = [target for kind, target in relations(archive, "", []).values() if kind == "officeDocument"]
    return next((name for name in (*named, "xl/workbook.xml") if name in archive.NameToInfo), "xl/workbook.xml")


def tree(archive: zipfile.ZipFile, name: str, problems: list[str]) -> etree._Element | None:
    """The root of a part, None where there is none. A part with wrong bytes is read as far as it goes, and told."""
    if name not in archive.NameToInfo:
        return None
    content = part(archive, name)
    for recover in (False, True):
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=recover
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            continue
        if recover:
            problems.append(f"{_name(archive)}：部件 {name} 有损坏，只读了能读的部分——请用 Excel 或 WPS 重新保存")
        return root
    return None


def _name(archive: zipfile.ZipFile) -> str:
    return Path(archive.filename or "").name


def relations(archive: zipfile.ZipFile, name: str, problems: list[str]) -> dict[str, tuple[str, str]]:
    """Relation id → (kind, part of the archive) of a part, "" for the package."""
    root = tree(archive, join(dirname(name), "_rels", f"{basename(name)}.rels"), problems)
    found = {}
    for each in () if root is None else root.iter("{*}Relationship"):
        if each.get("TargetMode") != "External":
            target = normpath(join("/", dirname(name), each.get("Target") or "")).lstrip("/")
            found[each.get("Id") or ""] = ((each.get("Type") or "").rsplit("/", 1)[-1], target)
    return found


def has_pictures(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether pictures or objects lie on a sheet."""
    own = relations(archive, name, [])
    drawn = [target for kind, target in own.values() if kind == "drawing"]
    kinds = {kind for kind, _ in own.values()}
    kinds.update(kind for target in drawn for kind, _ in relations(archive, target, []).values())
    return not kinds.isdisjoint(_OBJECTS)


@lru_cache(maxsize=1024)
def local(name: object) -> str:
    """A tag or attribute without its namespace."""
    return str(name).rpartition("}")[2]


def _codes(root: etree._Element | None) -> list[str]:
    """Format code of each cell style, in order."""
    if root is None:
        return []
    own = {each.get("numFmtId", ""): each.get("formatCode", "") for each in root.iter("{*}numFmt")}
    styles = next(root.iter("{*}cellXfs"), None)
    ids = [each.get("numFmtId", "0") for each in (() if styles is None else styles.iterchildren("{*}xf"))]
    return [own.get(number) or BUILT_IN.get(int(number) if number.isdecimal() else 0, "") for number in ids]


def _white(root: etree._Element | None) -> frozenset[str]:
    """Numbers of the cell styles whose type is white and whose ground is not coloured."""
    listed = (
        {}
        if root is None
        else {local(each.tag): each for each in root.iterchildren("{*}fonts", "{*}fills", "{*}cellXfs")}
    )
    fonts, fills, styles = (list(listed.get(name, ())) for name in ("fonts", "fills", "cellXfs"))
    pale = {str(number) for number, font in enumerate(fonts) if any(map(_is_white, font.iterchildren("{*}color")))}
    bare = {str(number) for number, fill in enumerate(fills) if all(map(_is_bare, fill))}
    return frozenset(
        str(number) for number, each in enumerate(styles)
        if each.get("fontId", "0") in pale and each.get("fillId", "0") in bare
    )  # fmt: skip


def _is_bare(pattern: etree._Element) -> bool:
    return pattern.get("patternType", "none") == "none" or any(map(_is_white, pattern.iterchildren("{*}fgColor")))


def _is_white(colour: etree._Element) -> bool:
    named = (colour.get("rgb") or "").upper().endswith("FFFFFF") or colour.get("indexed") in ("1", "9")
    return named or (colour.get("theme") == "0" and not colour.get("tint"))


def text_of(element: etree._Element) -> str:
    """The text of a shared or inline text: its runs without phonetic readings and raised note marks."""
    return visible("".join(_runs(element)))


def _runs(element: etree._Element) -> Iterator[str]:
    printed = ""
    for child in element:
        kind = local(child.tag)
        if kind == "t":
            printed += child.text or ""
            yield child.text or ""
        elif kind == "r":
            text = "".join(each.text or "" for each in child.iterchildren("{*}t"))
            raised = any(each.get("val") == "superscript" for each in child.iter("{*}vertAlign"))
            if not (raised and is_note_mark(text, printed)):
                printed += text
                yield text
