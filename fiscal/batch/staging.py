"""Results of steps on disk, named by the hash of what they were made from.

A step that was done before, by this run or an interrupted one, is not done again; a file is put in its place whole,
so a kill at any moment leaves only whole results.
"""

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fiscal.errors import RunError


def staged(folder: str, key: str, make: Callable[[], Any]) -> Any:
    """The result of `make`, taken from `folder` where a run made it from the same before."""
    path = _path(folder, key)
    try:
        with path.open("rb") as file:
            return pickle.load(file)
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError):
        result = make()
    try:
        _put(path, result)
    except OSError as error:
        raise RunError(folder, f"cannot be written: {error.strerror}", "free space or give another --out") from error
    return result


def _put(path: Path, result: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            pickle.dump(result, file, protocol=pickle.HIGHEST_PROTOCOL)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def fetch(folder: str, key: str) -> Any:
    """A result that must be there. Errors: OSError when it is not."""
    with _path(folder, key).open("rb") as file:
        return pickle.load(file)


def _path(folder: str, key: str) -> Path:
    return Path(folder) / key[:2] / f"{key}.pkl"


def tidy(out: Path) -> None:
    """Remove what interrupted writes of pages left."""
    for pattern in (".*.part", "*/.*.part", "*/*/.*.part"):
        for part in out.glob(pattern):
            part.unlink(missing_ok=True)


def sweep(folder: Path, keep: set[str]) -> None:
    """Remove results that no document of this run needs, and leftovers of interrupted writes."""
    for path in folder.rglob("*"):
        if path.is_file() and (path.suffix != ".pkl" or path.stem not in keep):
            path.unlink(missing_ok=True)
