"""Rich text (.rtf): its words and its tables, read as text lines with bars between the cells."""

from pathlib import Path

from striprtf.striprtf import rtf_to_text

from fiscal.errors import FileRefused
from fiscal.readers.grid import RawDocument
from fiscal.readers.text.plain_text import LARGEST, document

RTF = b"{\\rtf"


def can_read(path: str | Path) -> bool:
    """A file that begins as rich text, whatever it is called."""
    with Path(path).open("rb") as file:
        return file.read(5) == RTF


def read(path: str | Path) -> RawDocument:
    """The narrative and the tables of a rich text. Errors: FileRefused for oversized, damaged and empty files."""
    path = Path(path)
    if path.stat().st_size > 4 * LARGEST:
        raise FileRefused(path.name, f"is larger than {4 * LARGEST // 1_000_000} MB of rich text", "save it as .docx")
    try:
        text = rtf_to_text(path.read_bytes().decode("latin-1"), errors="ignore")
    except (ValueError, LookupError, RecursionError, OverflowError) as error:
        what = f"the rich text cannot be read ({type(error).__name__})"
        raise FileRefused(path.name, what, "save it as .docx and read that") from error
    if not text.strip():
        raise FileRefused(path.name, "holds no text", "save it as .docx and read that")
    return document(path, text, "rtf")
