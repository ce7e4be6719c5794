"""Content hashes: what a result was made from, so that what has not changed is not made again."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
_CODE = ("*.py", "*.yaml", "*.csv", "*.j2", "*.css", "*.js", "*.json")


def of_files(paths: Iterable[Path]) -> str:
    """Hash of names and contents, independent of where the files lie and of their order."""
    lines = sorted(f"{path.name}\0{_content(path)}" for path in paths)
    return of_texts(lines)


def of_texts(texts: Iterable[str]) -> str:
    """Hash of a sequence of texts."""
    return hashlib.sha256("\n".join(texts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _content(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def of_code() -> str:
    """Hash of the package: code, dictionary, templates."""
    found = [path for pattern in _CODE for path in PACKAGE.rglob(pattern)]
    return of_texts(sorted(f"{path.relative_to(PACKAGE).as_posix()}\0{_content(path)}" for path in found))
