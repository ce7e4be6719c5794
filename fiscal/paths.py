"""Paths as a user means them, and files that are written whole or not at all."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

if TYPE_CHECKING:
    from xlsxwriter import Workbook

QUOTED = "file:"  # before a path that is no UTF-8 and so cannot stand in a notebook as it is


def nearby(path: str | Path) -> Path:
    """A relative path looked up from the working folder and from the folders above it.

    So a notebook runs from the top of the repository and from notebooks/ alike. What is nowhere stays as it was given.
    """
    given = Path(path)
    above = (folder / given for folder in Path.cwd().parents)
    return given if given.exists() else next((place for place in above if place.exists()), given)


def for_notebook(text: str) -> str:
    """Joined paths as a notebook gets them: relative to the working folder, so that it names no place of a machine."""
    near = os.pathsep.join(map(os.path.relpath, parted(text))) if text else ""
    try:
        near.encode("utf-8")
    except UnicodeEncodeError:
        return QUOTED + quote(os.fsencode(near))
    return near


def from_notebook(text: str) -> str:
    """Joined paths as `for_notebook` gave them, each looked up from the working folder and above."""
    plain = os.fsdecode(unquote_to_bytes(text.removeprefix(QUOTED))) if text.startswith(QUOTED) else text
    return os.pathsep.join(str(nearby(part)) for part in parted(plain))


def parted(text: str) -> list[str]:
    """The paths joined in a text (a.xlsx:b.docx); a colon that belongs to a name stays in it."""
    found: list[str] = []
    held = ""
    for piece in text.split(os.pathsep):
        held = f"{held}{os.pathsep}{piece}" if held else piece
        if os.path.exists(held):
            found.append(held)
            held = ""
    if held and found:  # the last one is not there
        found.append(held)
    return found or text.split(os.pathsep)


def replace(path: Path, write: Callable[[Path], object]) -> None:
    """Write beside `path`, then put it in its place: a reader sees the old file or the new one, whole.

    Errors: OSError, which names it, when it cannot be written; what stood there then still stands.
    """
    part = path.with_name(f".{path.name[:60]}.{os.getpid()}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        write(part)
        part.replace(path)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        part.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Put a text into a file, in UTF-8, whole or not at all."""
    replace(path, lambda part: part.write_text(text, encoding="utf-8", newline="\n"))


def write_bytes(path: Path, content: bytes | memoryview) -> None:
    """Put bytes into a file, whole or not at all."""
    replace(path, lambda part: part.write_bytes(content))


@contextmanager
def workbook(path: Path, **options: bool) -> "Iterator[Workbook]":
    """A new Excel workbook, in which texts stay texts; it is put into its file when it is filled, whole or not at all.

    Errors: OSError, as `replace`.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    content = BytesIO()
    book = Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False, **options})
    yield book
    try:
        book.close()
    except FileCreateError as error:  # no room for the parts of the package
        raise OSError(*error.args[0].args) from error
    write_bytes(path, content.getbuffer())
