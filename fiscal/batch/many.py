"""Many accounts: read, checked, stored and reported; safe to kill and to start again."""

import json
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from fiscal.batch import steps
from fiscal.batch.each_folder import sentence
from fiscal.batch.engine.pools import Pool, open_pool
from fiscal.batch.notices import notices, superseded, without_rivals
from fiscal.batch.pages import make_pages, plan
from fiscal.batch.places import told_apart
from fiscal.batch.progress import Step
from fiscal.batch.reading_plan import Gathered, gather, split
from fiscal.batch.run_record import arguments, inputs, near, versions
from fiscal.batch.staging import Staging, open_staging, tidy
from fiscal.batch.steps import Found, Judged, Pair
from fiscal.batch.store_pages import compare, expected_list, make_years, plan_years
from fiscal.batch.work import Job
from fiscal.dictionary.previous import Beside
from fiscal.dictionary.whole import require_dictionary
from fiscal.errors import RunError
from fiscal.model.finding import SEVERITIES
from fiscal.model.printable import printable
from fiscal.paths import write_text
from fiscal.recognise.package import discover, ignored
from fiscal.store.layout import Bucket, bucket_of
from fiscal.store.writing import alone, repair, stored, unsound

Verdicts = dict[Pair, Judged]
Progress = Callable[[str, int], AbstractContextManager[Step]]


@dataclass(frozen=True)
class Wanted:
    """What a batch is to do.

    out    pages, index and run record; None makes no pages
    store  folder of the Parquet store; None stores nothing
    rules  identities of the analyst's own
    entity, year  only these accounts (all are read, so that last year's is found)
    expected      list of who should publish by when; None takes the expected.csv of a folder given
    """

    paths: tuple[str, ...]
    out: Path
    store: Path | None = None
    pages: bool = True
    rules: tuple[Any, ...] = ()
    entity: str | None = None
    year: int | None = None
    jobs: int = 0
    scheduler: str | None = None
    expected: Path | None = None

    @property
    def is_all(self) -> bool:
        """Every account that is read is wanted."""
        return self.entity is None and self.year is None

    def takes(self, item: Found) -> bool:
        """Whether this account is wanted."""
        return (self.year is None or item.year == self.year) and (not self.entity or self.entity in item.names)


@dataclass
class Run:
    """What a batch did, for `run.json` and the last line on the screen."""

    n_accounts: int = 0
    n_stored: int = 0
    n_pages_made: int = 0
    n_pages_kept: int = 0
    findings: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SEVERITIES, 0))
    unreadable: list[dict] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    arguments: dict[str, Any] = field(default_factory=dict)
    inputs: list[dict] = field(default_factory=list)

    def record(self) -> dict:
        """The run as JSON, with the versions, arguments and inputs that make it reproducible."""
        unreadable = [item | {"path": near(item["path"])} for item in self.unreadable]
        return versions() | asdict(self) | {"unreadable": unreadable}


def _silent(label: str, total: int) -> AbstractContextManager[Step]:
    return nullcontext(lambda name: None)


def batch(wanted: Wanted, progress: Progress = _silent) -> Run:
    """Read, check, store and report every account below the paths.

    Results of finished steps lie in `out`/.staging under the hash of inputs, code and rules: a run that was killed
    goes on where it was, and what has not changed is not done again. One bad document costs itself alone.
    """
    run = Run(arguments=arguments(wanted))
    run.notices += _writable(wanted)
    staging = open_staging(wanted.out)
    require_dictionary()
    with open_pool(wanted.jobs, wanted.scheduler) as pool:
        read = _read(pool, staging, wanted, run, progress)
        known = stored(wanted.store) if wanted.store else {}
        everything = without_rivals(told_apart(read.found, run.notices), known, run.notices)
        leaving = superseded(everything, known, run.notices) if wanted.is_all else {}
        run.notices += notices(everything)
        run.notices += [f"{file.path}: {file.reason}" for file in ignored(wanted.paths) if os.path.islink(file.path)]
        chosen = [item for item in everything if wanted.takes(item)]
        run.n_accounts, run.inputs = len(chosen), inputs(chosen)
        with _timed(run, "check"), progress("checking 核对", len(chosen)) as step:
            judged = _judge(pool, staging, _pairs(chosen, everything, wanted.rules), run, step)
        if wanted.store:
            with _timed(run, "store"):
                run.n_stored = _store(pool, judged, staging, wanted.store, leaving)
        if wanted.pages:
            jobs = plan(judged, staging, wanted.out, wanted.store)
            with _timed(run, "report"):
                _report(pool, jobs, wanted.out, run, progress)
                if wanted.store:
                    _years(pool, wanted.store, wanted.out, run, progress)
    if wanted.pages and wanted.store and judged:
        with _timed(run, "compare"):
            expected = wanted.expected or expected_list(wanted.paths)
            run.failures += compare(wanted.store, wanted.out, expected=expected, year=wanted.year or 0)
    if wanted.is_all:
        tidy(wanted.out)
        staging.sweep({item.key for item in judged.values()} | read.keys)
    _record(wanted.out, run)
    return run


def _read(pool: Pool, staging: Staging, wanted: Wanted, run: Run, progress: Progress) -> Gathered:
    tasks = list(split(discover(wanted.paths)))
    with _timed(run, "read"), progress("reading 读取", len(tasks)) as step:
        read = gather(pool, staging, tasks, step)
    run.unreadable = read.unreadable
    return read


def _writable(wanted: Wanted) -> list[str]:
    """Refuse now what would be refused after everything has been read; what of the store had to be taken out."""
    try:
        wanted.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(str(wanted.out), f"cannot be written: {error.strerror}", "give another --out") from error
    if not wanted.store:
        return []
    with alone(wanted.store):
        return repair(wanted.store)


def _pairs(chosen: list[Found], everything: list[Found], rules: tuple) -> list[Pair]:
    """Each account with that of the same entity one year earlier, its budget, and a budget with last year's account."""
    beside = Beside(everything, name=lambda item: item.name)
    return [Pair(one, beside.previous(one), rules, beside.budget(one), beside.executed(one)) for one in chosen]


def _judge(pool: Pool, staging: Staging, pairs: list[Pair], run: Run, step: Step) -> Verdicts:
    judged: Verdicts = {}
    for (_, pair), result in pool.each(steps.judge, ((staging, pair) for pair in pairs)):
        if isinstance(result, Exception):
            told = f"could not be checked: {sentence(result)}"
            run.unreadable.append({"path": pair.found.path, "sentence": told})
        else:
            judged[pair] = result
            run.findings = {name: n + result.findings[name] for name, n in run.findings.items()}
        step(pair.found.path)
    return dict(sorted(judged.items(), key=lambda one: one[1].document_id))


def _store(pool: Pool, judged: Verdicts, staging: Staging, root: Path, leaving: Mapping[str, int]) -> int:
    """Replace what changed and take out what leaves, bucket by bucket; how many documents were stored."""
    with alone(root):
        have, broken = stored(root), unsound(root)
        incoming: dict[Bucket, list[Pair]] = defaultdict(list)
        outgoing: dict[Bucket, set[str]] = defaultdict(set)
        for pair, item in judged.items():
            bucket = bucket_of(item.document_id, item.year)
            if bucket in broken or have.get(item.document_id, {}).get("digest") != item.key:
                incoming[bucket].append(pair)
        for document_id, year in leaving.items():
            outgoing[bucket_of(document_id, year)].add(document_id)
        tasks = ((staging, str(root), bucket, tuple(incoming[bucket]), frozenset(outgoing[bucket]))
                 for bucket in sorted({*incoming, *outgoing}))  # fmt: skip
        results = [result for _, result in pool.each(steps.store, tasks)]
    for result in results:
        if isinstance(result, Exception):
            raise result
    return sum(results)


def _report(pool: Pool, jobs: list[Job], out: Path, run: Run, progress: Progress) -> None:
    todo = [job for job in jobs if not job.is_made]
    run.n_pages_kept = len(jobs) - len(todo)
    with progress("reporting 生成报告", len(todo)) as step:
        for job, failures in make_pages(todo, out, pool):
            run.n_pages_made += 1
            run.failures += [f"{job.title}, {failure}" for failure in failures]
            step(job.title)


def _years(pool: Pool, store: Path, out: Path, run: Run, progress: Progress) -> None:
    todo = [job for job in plan_years(store, out) if not job.is_made]
    with progress("years 历年", len(todo)) as step:
        for job, failures in make_years(todo, out, pool):
            run.failures += [f"{job.entity}, {failure}" for failure in failures]
            step(job.entity)


def _record(out: Path, run: Run) -> None:
    try:
        write_text(out / "run.json", printable(json.dumps(run.record(), ensure_ascii=False, indent=1)) + "\n")
    except OSError as error:
        raise RunError(str(out), f"cannot be written: {error.strerror}", "free space or give another --out") from error


@contextmanager
def _timed(run: Run, name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    run.seconds[name] = round(time.perf_counter() - start, 3)
