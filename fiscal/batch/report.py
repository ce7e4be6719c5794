"""`fiscal report`: the chapter notebooks of every account, one page each, and the index."""

import json
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from fiscal.account import Account
from fiscal.batch.accounts import Loaded
from fiscal.batch.engine import CAN_FORK, preload
from fiscal.batch.jobs import MANIFEST, PAGE, Job, plan
from fiscal.batch.notebooks import chapters
from fiscal.batch.work import export_page, run_chapters


@dataclass
class Reported:
    """What a run did: pages made, pages that were still right, and notebooks that failed."""

    made: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def report(loaded: Loaded, accounts: Sequence[Account], out: Path, *, jobs: int = 0,
           step: Callable[[str], None] = lambda name: None) -> Reported:  # fmt: skip
    """Report `accounts` into `out`/<entity>/<year>/ and write `out`/index.html over all that stands there.

    An account whose inputs, code and notebooks are unchanged is not run again. A notebook that fails leaves the
    others to finish; its name and cell are in `failures`, and the page is made again the next time.
    """
    done, todo = Reported(), []
    for job in plan(loaded, accounts, out):
        if job.is_made:
            done.kept.append(job.title)
            step(job.title)
        else:
            todo.append(job)
    for job, failures in _run(todo, jobs or os.cpu_count() or 1):
        done.made.append(job.title)
        done.failures += [f"{job.title}, {failure}" for failure in failures]
        step(job.title)
    _write_index(out)
    return done


def _run(todo: Sequence[Job], workers: int) -> Iterator[tuple[Job, list[str]]]:
    """Run the notebooks of each account and export its page; accounts and notebooks side by side."""
    if not todo:
        return
    preload()
    with _executor(workers) as pool:
        waiting = {job: _portions(workers if len(todo) < workers else 1) for job in todo}
        running: dict[Future, Job] = {
            pool.submit(run_chapters, job, part): job for job, parts in waiting.items() for part in parts
        }
        left = {job: len(parts) for job, parts in waiting.items()}
        failures: dict[Job, list[str]] = {job: [] for job in todo}
        while running:
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                job = running.pop(future)
                failures[job] += future.result()
                left[job] -= 1
                if left[job] == 0:
                    running[pool.submit(export_page, job, bool(failures[job]))] = job
                elif left[job] < 0:
                    yield job, failures[job]


def _portions(n: int) -> list[list[str]]:
    """The chapters dealt out into `n` parts."""
    paths = [str(path) for path in chapters()]
    return [paths[start::n] for start in range(min(n, len(paths)))]


def _executor(workers: int) -> Executor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork") if CAN_FORK else None)


def _write_index(out: Path) -> None:
    from fiscal.report.index import index

    entries = []
    for path in sorted(out.glob(f"*/*/{MANIFEST}")):
        if (path.parent / PAGE).exists():
            entries.append(json.loads(path.read_text(encoding="utf-8")) | {"page": _link(path.parent, out)})
    index(entries, out / "index.html")


def _link(folder: Path, out: Path) -> str:
    return (folder / PAGE).relative_to(out).as_posix()
