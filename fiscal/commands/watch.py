"""`--watch`: doing it again whenever one of the files is saved."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

WAIT = 0.5  # seconds between two looks
Stamp = dict[str, tuple[int, int]]


def watch(paths: Sequence[str], again: Callable[[], object], *, but: Path | None = None) -> None:
    """Call `again` now and after every change of the files in `paths`, until interrupted.

    A file that is gone for a moment, as programs do while they save, is waited for. What begins with `~` or a dot is a
    temporary file and not looked at, nor is `but`, the file that is written.
    """
    seen: Stamp | None = None
    while True:
        now = _stamps(paths, but)
        if now and now != seen and now == _after(paths, but):
            seen = now
            again()
        time.sleep(WAIT)


def _after(paths: Sequence[str], but: Path | None) -> Stamp:
    """The same a moment later: a file that is still being written changes."""
    time.sleep(WAIT / 5)
    return _stamps(paths, but)


def _stamps(paths: Sequence[str], but: Path | None) -> Stamp:
    found = {}
    for file in (file for path in paths for file in _files(Path(path))):
        if file.name[0] not in "~." and (but is None or file.resolve() != but.resolve()):
            try:
                stat = file.stat()
            except FileNotFoundError:
                continue
            found[str(file)] = stat.st_mtime_ns, stat.st_size
    return found


def _files(path: Path) -> Iterator[Path]:
    yield from (path.rglob("*") if path.is_dir() else [path])
