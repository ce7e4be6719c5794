"""The pages of a batch: one job per account, run by processes of this machine, and the index over all of them."""

import gc
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path

from fiscal.batch import digest
from fiscal.batch.forking import preload, process_pool
from fiscal.batch.notebooks import chapters
from fiscal.batch.steps import Found, Judged

MANIFEST = "manifest.json"
PAGE = "report.html"
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Job:
    """One page to make: plain data, so that it can be sent to a worker.

    key  hash of inputs, last year's inputs, code and notebooks: a page with this key need not be made again
    """

    account_path: str
    previous_path: str
    title: str
    folder: str
    key: str

    @property
    def is_made(self) -> bool:
        """Its page stands there, made from the same."""
        folder = Path(self.folder)
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return manifest.get("key") == self.key and (folder / PAGE).exists()


def entity_id(found: Found) -> str:
    """An ASCII folder name for the entity: the folder above the year where it has one, else a hash of the name."""
    name = found.folder.parent.name if found.folder.name == str(found.year) else ""
    return name if _SAFE.fullmatch(name) else "entity-" + sha1(found.entity.encode()).hexdigest()[:10]


def plan(judged: Sequence[Judged], pairs: Mapping[Found, Found | None], out: Path) -> list[Job]:
    """A job for each account, in order of entity and year."""
    jobs = []
    for item in sorted(judged, key=lambda item: (item.found.entity, item.year, item.found.path)):
        found, previous = item.found, pairs[item.found]
        folder = out / entity_id(found) / str(found.year or "unknown")
        key = digest.of_texts(["page", item.key, digest.of_files(chapters())])
        title = f"{found.entity} {found.year}"
        jobs.append(Job(found.source, previous.source if previous else "", title, str(folder), key))
    return jobs


def make_pages(todo: Sequence[Job], out: Path, workers: int = 0) -> Iterator[tuple[Job, list[str]]]:
    """Run and export each job; yields it with what failed. The index is written at the end."""
    if todo:
        n = workers or os.cpu_count() or 1
        preload()
        try:
            with process_pool(n) as pool:
                yield from _run(pool, todo, n)
        finally:
            gc.unfreeze()
    write_index(out)


def _run(pool: ProcessPoolExecutor, todo: Sequence[Job], workers: int) -> Iterator[tuple[Job, list[str]]]:
    """Accounts side by side; where there are fewer accounts than workers, also the notebooks of one."""
    from fiscal.batch.work import export_page, run_chapters

    parts = _portions(workers if len(todo) < workers else 1)
    queue = iter([(job, part) for job in todo for part in parts])
    left, failures = dict.fromkeys(todo, len(parts)), {job: list[str]() for job in todo}
    running: dict[Future, Job] = {}
    while True:
        for _, (job, part) in zip(range(2 * workers - len(running)), queue):
            running[pool.submit(run_chapters, job, part)] = job
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
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


def write_index(out: Path) -> None:
    """The index over every page that stands below `out`, of this run or an earlier one."""
    from fiscal.report.index import index

    entries = []
    for path in sorted(out.glob(f"*/*/{MANIFEST}")):
        page = path.parent / PAGE
        if page.exists():
            link = page.relative_to(out).as_posix()
            entries.append(json.loads(path.read_text(encoding="utf-8")) | {"page": link})
    index(entries, out / "index.html")
