"""Number formats of an .xlsx workbook, read from its XML parts without building an object per cell.

openpyxl takes 0.3 s for thirteen sheets; scanning the style attribute of each cell takes a few milliseconds.
"""

import re
import zipfile
from dataclasses import dataclass, field
from html import unescape

from fiscal.readers.archive import part
from fiscal.readers.excel.number_format import BUILT_IN

_CELL = re.compile(rb'<(?:\w+:)?c r="([A-Z]+[0-9]+)"([^>]*?)(/?)>')
_STYLE = re.compile(rb'\bs="(\d+)"')
_FORMULA = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+[0-9]+)"[^>]*><(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]+[0-9]+)"[^>]*\bt="e"[^>]*>(?:<(?:\w+:)?f[^>]*/>|<(?:\w+:)?f[^>]*>[^<]*</(?:\w+:)?f>)?'
    rb"<(?:\w+:)?v>([^<]+)</(?:\w+:)?v>"
)
_HIDDEN_ZEROS = re.compile(rb'<(?:\w+:)?sheetView[^>]*showZeros="(?:0|false)"')


@dataclass
class SheetStyles:
    """Format code of each cell that has one; whether zeros are hidden.

    `unread` holds what calamine gives as nothing: formulas whose result was never stored (=SUM(…)) and errors (#REF!).

    `rows` and `columns` bound the filled cells: a single cell far away would make a reader allocate everything before.
    """

    formats: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    zeros_hidden: bool = False
    rows: int = 0
    columns: int = 0


def sheet_styles(archive: zipfile.ZipFile) -> dict[str, SheetStyles]:
    """Sheet name → styles. Sheets that are no worksheets are left out."""
    codes = _format_codes(archive)
    found = {}
    for name, member in _members(archive).items():
        if member in archive.NameToInfo:
            found[name] = _scan(part(archive, member), codes)
    return found


def _members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → member of the archive."""
    if "xl/_rels/workbook.xml.rels" not in archive.NameToInfo:
        return {}
    targets = {}
    for tag in re.findall(
        r"<(?:\w+:)?Relationship\b[^>]*>", part(archive, "xl/_rels/workbook.xml.rels").decode("utf-8")
    ):
        values = dict(re.findall(r'([\w:]+)="([^"]*)"', tag))
        target = values.get("Target", "")
        targets[values.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    sheets = {}
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", part(archive, "xl/workbook.xml").decode("utf-8")):
        values = dict(re.findall(r'([\w:]+)="([^"]*)"', tag))
        relation = next((value for key, value in values.items() if key.endswith(":id")), "")
        sheets[unescape(values.get("name", ""))] = targets.get(relation, "")
    return sheets


def _format_codes(archive: zipfile.ZipFile) -> list[str]:
    """Format code of each cell style, in order."""
    if "xl/styles.xml" not in archive.NameToInfo:
        return []
    text = part(archive, "xl/styles.xml").decode("utf-8")
    own = {}
    for tag in re.findall(r"<(?:\w+:)?numFmt\b[^>]*>", text):
        values = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        own[int(values.get("numFmtId", 0))] = unescape(values.get("formatCode", ""))
    block = re.search(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", text, re.S)
    tags = re.findall(r"<(?:\w+:)?xf\b[^>]*>", block[0]) if block else []
    ids = [int(found[1]) if (found := re.search(r'numFmtId="(\d+)"', tag)) else 0 for tag in tags]
    return [own.get(number, BUILT_IN.get(number, "")) for number in ids]


def _scan(content: bytes, codes: list[str]) -> SheetStyles:
    found = SheetStyles(zeros_hidden=bool(_HIDDEN_ZEROS.search(content[:8192])))
    interesting = {str(index).encode(): code for index, code in enumerate(codes) if code}
    letters: set[bytes] = set()
    for reference, attributes, closed in _CELL.findall(content):
        if closed:
            continue
        column = reference.rstrip(b"0123456789")
        letters.add(column)
        found.rows = max(found.rows, int(reference[len(column) :]))
        style = _STYLE.search(attributes)
        if style and style[1] in interesting:
            found.formats[reference.decode()] = interesting[style[1]]
    found.columns = max(map(_column_number, letters), default=0)
    for reference, text in _FORMULA.findall(content) if b"<f" in content or b":f" in content else ():
        found.unread[reference.decode()] = "=" + unescape(text.decode("utf-8", "replace"))
    for reference, text in _ERROR.findall(content) if b't="e"' in content else ():
        found.unread[reference.decode()] = unescape(text.decode("utf-8", "replace"))
    return found


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
