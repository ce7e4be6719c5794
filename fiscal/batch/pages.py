"""The pages of a batch: one job per account, run by a pool, and the index over all of them."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from fiscal.batch import digest
from fiscal.batch.each_folder import sentence
from fiscal.batch.engine.forking import loaded
from fiscal.batch.engine.notebooks import chapters
from fiscal.batch.engine.pools import Pool
from fiscal.batch.places import folders, mark
from fiscal.batch.staging import Staging
from fiscal.batch.standing import PAGE, manifests
from fiscal.batch.steps import Judged, Pair
from fiscal.batch.work import Job, export_page, make_page, run_chapters
from fiscal.report.index import FEWEST, YEARS
from fiscal.report.kit.links import LAST_YEAR
from fiscal.report.search import write_search
from fiscal.report.store.comparison import PAGE as COMPARISON
from fiscal.store.writing import stored


def plan(judged: Mapping[Pair, Judged], staging: Staging, out: Path, store: Path | None = None) -> list[Job]:
    """A job for each account, in order of entity and year. With a store there will be pages over it to link to."""
    jobs, places = [], folders((pair.found for pair in judged), out)
    years: dict[str, set[int]] = defaultdict(set)
    for line in stored(store).values() if store else ():
        years[line["entity"]].add(line["year"] or 0)
    for pair in sorted(judged, key=lambda pair: (pair.found.name, judged[pair].year, pair.found.path)):
        found, previous = pair.found, pair.previous
        folder, last = places[found], places.get(previous) if previous else None
        beside = [("目录", out / "index.html"), (LAST_YEAR, last / PAGE if last else None),
                  ("历年", folder.parent / YEARS if len(years[found.name] - {0}) >= FEWEST else None),
                  ("部门比较", out / COMPARISON if store else None), ("规则说明", out / "rules.html")]  # fmt: skip
        links = tuple(
            (words, quote(Path(os.path.relpath(target, folder)).as_posix())) for words, target in beside if target
        )
        key = digest.of_texts(["page", judged[pair].key, digest.of_files(chapters()), str(links)])
        title = f"{found.name} {found.year}"
        paths = [one.source if one else "" for one in (previous, pair.budget or pair.executed)]
        jobs.append(Job(found.source, paths[0], title, str(folder), key, found.name, mark(str(found.home)), links,
                        (staging, pair), found.kind, paths[1]))  # fmt: skip
    return jobs


def make_pages(todo: Sequence[Job], out: Path, pool: Pool) -> Iterator[tuple[Job, list[str]]]:
    """Run and export each job; yields it with what failed. The index is written at the end."""
    if todo:
        with loaded():
            yield from (_whole if len(todo) >= pool.width else _divided)(todo, pool)
    write_index(out)
    write_search(_standing(out), out)


def _whole(todo: Sequence[Job], pool: Pool) -> Iterator[tuple[Job, list[str]]]:
    """Accounts side by side, each made by one worker."""
    for (job, _), result in pool.each(make_page, ((job, job.chapters) for job in todo)):
        yield job, failures_of(result)


def _divided(todo: Sequence[Job], pool: Pool) -> Iterator[tuple[Job, list[str]]]:
    """Fewer accounts than workers: the notebooks of an account side by side, then its page."""
    failures, lost = {job: list[str]() for job in todo}, set[Job]()
    parts = ((job, job.chapters[start :: pool.width]) for job in todo
             for start in range(min(pool.width, len(job.chapters))))  # fmt: skip
    for (job, _), result in pool.each(run_chapters, parts):
        failures[job] += failures_of(result)
        if isinstance(result, Exception):
            lost.add(job)  # what stands in its folder may be of an earlier run
    yield from ((job, failures[job]) for job in lost)
    ready = ((job, bool(failures[job])) for job in todo if job not in lost)
    for (job, _), result in pool.each(export_page, ready):
        yield job, failures[job] + failures_of(result)


def failures_of(result: list[str] | Exception) -> list[str]:
    """What a task of a pool says that failed, or the one sentence of its exception."""
    return [sentence(result)] if isinstance(result, Exception) else result


def write_index(out: Path) -> None:
    """The index over every page that stands below `out`, of this run or an earlier one."""
    from fiscal.report.index import index

    index(_standing(out), out / "index.html", search=True)


def _standing(out: Path) -> list[dict]:
    """What each page that stands says of its account, with the link to it."""
    return [
        about | {"page": (folder / PAGE).relative_to(out).as_posix()}
        for folder, about in manifests(out) if (folder / PAGE).exists()
    ]  # fmt: skip
