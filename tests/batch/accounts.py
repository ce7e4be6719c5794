"""Invented accounts for tests of the batch."""

from functools import cache
from pathlib import Path

from fiscal.batch.many import Run, Wanted, batch
from fiscal.synthetic import SyntheticAccount, make_panel, write_account


@cache
def made(seed: int, year: int = 2022) -> SyntheticAccount:
    return make_panel(seed, (year,))[0]


def office(folder: Path, seed: int, year: int = 2022, *, notes: bool = False) -> Path:
    """One account in `folder`; workbooks without notes are read faster."""
    return write_account(made(seed, year), folder, with_notes=notes)


def offices(root: Path, count: int, year: int = 2022) -> Path:
    for seed in range(count):
        office(root / f"office-{seed}" / str(year), seed, year)
    return root


def run(*paths: Path, out: Path, pages: bool = False, **options) -> Run:
    """A batch with one process and its store in out/processed."""
    options.setdefault("jobs", 1)
    return batch(Wanted(tuple(map(str, paths)), out, out / "processed", pages, **options))


def stamps(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a batch but its run record and lock: content and time of writing."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name not in ("run.json", ".lock")
    }


def bytes_of(root: Path) -> dict[str, bytes]:
    return {name: content for name, (content, _) in stamps(root).items() if not name.startswith(".staging")}
