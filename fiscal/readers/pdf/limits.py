"""What a PDF may cost: files that would take unbounded time or memory are refused before they are opened."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from fiscal.errors import FileRefused
from fiscal.readers.pdf.fonts import install_fonts
from fiscal.readers.pdf.form_calls import draws_itself

MAX_BYTES = 200 * 2**20
MAX_PAGES = 2_000
MAX_OBJECTS = 2_000_000  # numbered objects of the file
MAX_STREAM = 48 * 2**20  # unpacked bytes of one stream that is no picture
MAX_UNPACKED = 400 * 2**20  # unpacked bytes of all of them
MAX_DRAWING = 10**9  # bytes of drawing when each form is drawn as often as it is called
MAX_SIDE = 14_400.0  # points: the largest page the PDF standard allows
MAX_CHARS = 200_000  # characters of one page
MAX_SECONDS = 60.0  # for all pages of one file, recognition apart
MAX_SCANNED = 150  # pages of one file that are recognised

_HEAD, _TAIL = 1024, 4096
_STREAM = re.compile(rb"\bstream\r?\n")
_TWICE_PACKED = re.compile(
    rb"/Filter\s*\[[^\]]{0,80}/(?:Fl|FlateDecode|LZW|LZWDecode)\b[^\]]{0,80}/(?:Fl|FlateDecode)\b"
)
_IMAGE, _FORM, _CALL = re.compile(rb"/Subtype\s*/Image"), re.compile(rb"/Subtype\s*/Form"), re.compile(rb"\bDo\b")
_DICTIONARY = 1500  # bytes before a stream in which its dictionary stands
_AGAIN = "open it in a PDF reader and save it again"


@dataclass
class _Cost:
    """Sizes and calls found in the streams of a file."""

    unpacked: int = 0
    largest_form: int = 0
    page_calls: int = 0
    form_calls: int = 1

    def add(self, body: bytes, is_form: bool) -> None:
        self.unpacked += len(body)
        calls = len(_CALL.findall(body))
        if is_form:
            self.largest_form = max(self.largest_form, len(body))
            self.form_calls *= max(1, calls)
        else:
            self.page_calls = max(self.page_calls, calls)

    @property
    def drawing(self) -> int:
        return self.page_calls * self.form_calls * self.largest_form


def opened(path: Path) -> pdfium.PdfDocument:
    """The document of a file within the limits.

    Errors: FileRefused when it is oversized, truncated, encrypted, no PDF or built to unpack without end.
    """
    if path.stat().st_size > MAX_BYTES:
        raise FileRefused(path.name, f"the file is larger than {MAX_BYTES // 2**20} MB", "split it")
    data = path.read_bytes()
    _check_ends(path.name, data)
    _check_cost(path.name, data)
    install_fonts()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refusal(path.name, error) from error
    if not 0 < len(document) <= MAX_PAGES:
        count = len(document)
        document.close()
        raise FileRefused(path.name, f"the PDF has {count} pages; 1 to {MAX_PAGES} are read", "split it")
    return document


def _refusal(name: str, error: pdfium.PdfiumError) -> FileRefused:
    if getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return FileRefused(name, "the PDF is encrypted with a password (已加密)", "save a copy without the password")
    return FileRefused(name, "the PDF is damaged and cannot be opened", _AGAIN)


def _check_ends(name: str, data: bytes) -> None:
    if b"%PDF-" not in data[:_HEAD]:
        raise FileRefused(name, "the file is not a PDF", "give it the ending of its real format")
    if b"%%EOF" not in data[-_TAIL:] and b"startxref" not in data[-_TAIL:]:
        raise FileRefused(name, "the PDF is truncated: its end is missing", "download or copy it again")


def _check_cost(name: str, data: bytes) -> None:
    if data.count(b" obj") > MAX_OBJECTS:
        raise FileRefused(name, f"the PDF has more than {MAX_OBJECTS} objects", _AGAIN)
    if _TWICE_PACKED.search(data):
        raise FileRefused(name, "the PDF holds data packed twice, as only a decompression bomb does", _AGAIN)
    if _FORM.search(data) and draws_itself(data):
        raise FileRefused(name, "a form of the PDF draws itself, without end", _AGAIN)
    cost = _Cost()
    for body, is_form in _bodies(data, small_too=bool(_FORM.search(data))):
        cost.add(body, is_form)
        if len(body) >= MAX_STREAM or cost.unpacked > MAX_UNPACKED:
            raise FileRefused(name, "the PDF unpacks to far more data than a document holds", _AGAIN)
        if cost.drawing > MAX_DRAWING:
            raise FileRefused(name, "the PDF draws forms inside forms without bound", _AGAIN)


def _bodies(data: bytes, *, small_too: bool) -> Iterator[tuple[bytes, bool]]:
    """Unpacked streams that are no pictures, each with whether it is a form; small ones only where forms are called."""
    least = 0 if small_too else MAX_STREAM // 1_100  # zlib packs at most about 1:1030
    for found in _STREAM.finditer(data):
        end = data.find(b"endstream", found.end())
        end = len(data) if end < 0 else end
        head = data[max(0, found.start() - _DICTIONARY) : found.start()].rpartition(b" obj")[2]
        if end - found.end() > least and not _IMAGE.search(head):
            yield _unpacked(data[found.end() : end]), bool(_FORM.search(head))


def _unpacked(packed: bytes) -> bytes:
    """The stream unpacked, at most MAX_STREAM bytes; as it stands where it is not packed with zlib."""
    try:
        return zlib.decompressobj().decompress(packed, MAX_STREAM)
    except zlib.error:
        return packed
