"""Going through folders in a pool: a file that is beyond the limits costs itself alone, not its folder."""

import errno
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fiscal.errors import RunError
from fiscal.recognise.notes import NAME as NOTES

if TYPE_CHECKING:
    from fiscal.batch.engine.pools import Pool

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)


def each_folder(pool: "Pool", function: Callable, tasks: Iterable[tuple]) -> Iterator[tuple[tuple, Any]]:
    """As `pool.each`, the files of a folder last in each item: those that are beyond the limits cost themselves alone.

    They come as an exception that names them; then what is left of their folder is read again.
    """
    todo = list(tasks)
    while todo:
        again = []
        for item, result in pool.each(function, todo):
            yield item, result
            lost = getattr(result, "paths", ())
            left = tuple(path for path in item[-1] if path not in lost)
            if lost and left != item[-1] and any(Path(path).name != NOTES for path in left):
                again.append((*item[:-1], left))
        todo = again


def sentence(error: Exception) -> str:
    """What to tell of an error that cost one document. An output that cannot be written costs the run."""
    if isinstance(error, RunError):
        raise error
    if isinstance(error, OSError) and error.errno in _FULL:
        step = "free space or give another --out"
        raise RunError(str(error.filename), f"cannot be written: {error.strerror}", step) from error
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror} — check the path"
    return str(error) or type(error).__name__
