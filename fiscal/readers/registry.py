"""Which reader takes a file: the one that knows its content. Two readers claiming one file is an error."""

from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from fiscal.errors import FileRefused, ReadError
from fiscal.readers.archive import OLE, PICTURES, ZIP, beginning, is_ole_with, open_safely
from fiscal.readers.foreign import foreign_words
from fiscal.readers.grid import RawDocument

PACKED = ("excel.workbook", "word.word")  # may take a zip or an old Office container
PRINTED = ("pdf.pdf", "pdf.scan")  # take pages and pictures of pages
WRITTEN = ("word.word", "html.html", "text.plain_text", "text.rich_text")  # take what is written in characters
_HEAD = 1024  # bytes within which a PDF names itself
SUFFIXES = frozenset({
    ".xlsx", ".xls", ".xlsm", ".et", ".docx", ".doc", ".wps", ".rtf", ".html", ".htm", ".mht", ".mhtml", ".pdf", ".txt",
})  # fmt: skip
ARCHIVES = frozenset({".zip", ".rar", ".7z"})  # looked for in folders so that what they hold is not missed in silence
_OFFICE = {
    ".xlsx": "an Excel workbook",
    ".xlsm": "an Excel workbook",
    ".xls": "an Excel workbook",
    ".docx": "a Word file",
}


@cache
def readers(names: tuple[str, ...]) -> tuple[ModuleType, ...]:
    """These reader modules, imported when the first file is read that they may take."""
    full = [f"fiscal.readers.{name}" for name in names]
    return tuple(import_module(name) for name in full if find_spec(name) is not None)


def read_raw(path: str | Path) -> RawDocument:
    """Read one file with the reader that claims it.

    Errors: FileRefused for files of no known format and damaged, encrypted or dangerous ones; ReadError where two
    readers claim the file.
    """
    path = Path(path)
    claims = claiming(path)
    if not claims:
        _refuse(path)
    if len(claims) > 1:
        names = " and ".join(reader.__name__.rsplit(".", 1)[-1] for reader in claims)
        raise ReadError(path.name, f"claimed by two readers, {names}", "make one of their can_read functions stricter")
    return claims[0].read(path)


def candidates(path: Path) -> tuple[ModuleType, ...]:
    """The readers that may take a file that begins so, loaded; the others need not be."""
    head = beginning(path, _HEAD)
    if head.startswith((OLE, ZIP)):
        return readers(PACKED)
    return readers((*WRITTEN, *PRINTED) if b"%PDF-" in head or head.startswith(PICTURES) else WRITTEN)


def load_for(path: str | Path) -> None:
    """Load the readers a file may need, before children are forked that read such files."""
    with suppress(OSError):  # it will be told when it is read
        candidates(Path(path))


def claiming(path: Path) -> list[ModuleType]:
    """The readers that take this file. Errors: FileRefused when it cannot be opened or is empty."""
    try:
        if path.stat().st_size == 0:
            raise FileRefused(path.name, "the file is empty", "download it again")
        return [reader for reader in candidates(path) if reader.can_read(path)]
    except OSError as error:
        raise FileRefused(path.name, f"the file cannot be opened ({error.strerror})", "check the path") from error


def _refuse(path: Path) -> None:
    """Say why no reader takes a file."""
    start = beginning(path)
    if start == OLE and is_ole_with(path, "EncryptedPackage", "EncryptionInfo"):
        raise FileRefused(path.name, "the file is encrypted", "save it without a password")
    if words := foreign_words(path):
        raise FileRefused(path.name, f"{words[0]}（{path.suffix}），不是能读的格式", words[1])
    if path.suffix.lower() in ARCHIVES:
        raise FileRefused(path.name, "an archive; archives are not unpacked", "unpack it and give the folder")
    if start[:4] == ZIP:
        open_safely(path).close()
        raise FileRefused(path.name, "a zip archive that holds no document", "unpack it and give the folder")
    expected = _OFFICE.get(path.suffix.lower())
    if expected and start != OLE:
        raise FileRefused(path.name, f"named {path.suffix} but its content is not {expected}", "give the original file")
    if expected or path.suffix.lower() in SUFFIXES:
        raise FileRefused(path.name, "the file is truncated or damaged", "download it again")
    what = f"no reader takes files of this kind ({path.suffix or 'no ending'})"
    raise FileRefused(path.name, what, "give an .xlsx, .xls, .pdf, .docx, .html or .txt file")
