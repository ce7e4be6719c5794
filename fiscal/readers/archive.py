"""Opening zip-based office files safely: sizes, macros, entities and encryption are looked at before anything else."""

import zipfile
import zlib
from pathlib import Path

from fiscal.errors import FileRefused

MOST_BYTES = 200_000_000
MOST_RATIO = 200
MOST_FILES = 5_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_ENTRY = 128  # bytes of an entry of the directory of an old container, which begins at a multiple of it
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError)  # NotImplementedError is a RuntimeError


PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")  # PNG, JPEG, TIFF, BMP


def beginning(path: Path, size: int = 8) -> bytes:
    """The first bytes of a file."""
    with path.open("rb") as file:
        return file.read(size)


def is_ole_with(path: Path, *names: str) -> bool:
    """Whether an old Office container holds a stream with one of these names."""
    if beginning(path) != OLE:
        return False
    content = path.read_bytes()
    return any(has_stream(content, name) for name in names)


def has_stream(content: bytes, name: str) -> bool:
    """Whether an old Office container names a stream: its entries are 128 bytes long, the name first."""
    key = f"{name}\0".encode("utf-16-le")
    at = content.find(key)
    while at >= 0 and at % _ENTRY:
        at = content.find(key, at + 1)
    return at >= 0 and content.startswith(OLE)


def has_member(path: Path, name: str) -> bool:
    """Whether a zip file holds a member of this name; False for any other file."""
    if beginning(path, 4) != ZIP:
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return name in archive.NameToInfo
    except _DAMAGE:
        return False


def open_safely(path: Path) -> zipfile.ZipFile:
    """A zip file whose unpacked size is bounded. Errors: FileRefused."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise FileRefused(path.name, "the file is truncated or damaged", "download it again") from error
    infos = archive.infolist()
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) + 1
    if len(infos) > MOST_FILES or unpacked > MOST_BYTES or (unpacked > 20_000_000 and unpacked / packed > MOST_RATIO):
        archive.close()
        raise FileRefused(
            path.name, "it unpacks to an unreasonable size", "it is not an account; check where it came from"
        )
    if any(info.flag_bits & 1 for info in infos):
        archive.close()
        raise FileRefused(path.name, "the file is encrypted", "save it without a password")
    return archive


def refuse_entities(archive: zipfile.ZipFile) -> None:
    """Look at the beginning of every XML part. Errors: FileRefused where one declares a document type."""
    for info in archive.infolist():
        if info.filename.endswith((".xml", ".rels")):
            try:
                with archive.open(info) as file:
                    start = file.read(1024)
            except _DAMAGE as error:
                where = Path(archive.filename or "").name
                raise FileRefused(where, f"the part {info.filename} is damaged", "download it again") from error
            _refuse_declared(archive, info.filename, start)


def _refuse_declared(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        where = Path(archive.filename or "").name
        raise FileRefused(where, f"the part {name} declares external entities", "save the file again in Excel or WPS")


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One XML part. Errors: FileRefused where it declares entities or cannot be unpacked."""
    where = Path(archive.filename or "").name
    try:
        content = archive.read(name)
    except _DAMAGE as error:
        raise FileRefused(where, f"the part {name} is damaged", "download the file again") from error
    _refuse_declared(archive, name, content[:4096])
    return content
