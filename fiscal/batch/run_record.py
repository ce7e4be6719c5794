"""What a run was asked and made from, for its record: enough to make the same again, nothing of this machine."""

import os
import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from fiscal import __version__
from fiscal.batch import digest
from fiscal.batch.engine.notebooks import everyone
from fiscal.batch.steps import Found

# those that decide what is read, computed or drawn
LIBRARIES = (
    "distributed", "duckdb", "lxml", "matplotlib", "nbconvert", "numpy", "openpyxl", "pandas", "papermill", "pypdfium2",
    "python-docx", "pyyaml", "rapidocr", "xlrd",
)  # fmt: skip


def versions() -> dict[str, Any]:
    """Schema of the record, versions of the suite, Python and the main libraries, hashes of code and notebooks."""
    found = {name: installed for name in LIBRARIES if (installed := _installed(name))}
    made_from = {"code": digest.of_code(), "notebooks": digest.of_files(everyone())}
    return {"schema": "fiscal.run/1", "fiscal": __version__, **made_from, "python": platform.python_version(),
            "libraries": found}  # fmt: skip


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""  # an optional one


def arguments(wanted: Any) -> dict[str, Any]:
    """What the command was given; paths relative to the working folder where they lie in it."""
    rules = [getattr(rule, "id", str(rule)) for rule in wanted.rules]
    files = {name: near(getattr(wanted, name)) for name in ("out", "store", "expected")}
    plain = {name: getattr(wanted, name) for name in ("pages", "entity", "year", "jobs", "scheduler")}
    own = {"rules": rules, "rules_digest": digest.of_texts(map(repr, wanted.rules)) if wanted.rules else None}
    return {"paths": [near(path) for path in wanted.paths], **files, **plain, **own}


def inputs(found: Iterable[Found]) -> list[dict[str, Any]]:
    """Each account that was read: its place, and the hash of the files of its folder."""
    return [
        {"path": near(item.path), "entity": item.entity, "year": item.year, "digest": item.content} for item in found
    ]


def near(path: str | Path | None) -> str | None:
    """A path relative to the working folder where it lies in it."""
    if path is None:
        return None
    relative = os.path.relpath(path)
    return Path(path).as_posix() if relative.startswith("..") else Path(relative).as_posix()
