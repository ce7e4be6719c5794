"""The pages over the store at the end of a run, each from its notebook: departments compared, each entity's years."""

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fiscal.batch import digest
from fiscal.batch.engine.forking import loaded
from fiscal.batch.engine.notebooks import named, run
from fiscal.batch.engine.pools import Pool
from fiscal.batch.pages import failures_of, write_index
from fiscal.batch.standing import is_made, newest, standing
from fiscal.errors import FiscalError, RunError
from fiscal.paths import write_text
from fiscal.recognise.expected import NAME as EXPECTED
from fiscal.recognise.expected import read_expected
from fiscal.report.index import FEWEST, YEARS
from fiscal.report.store.comparison import PAGE as COMPARISON
from fiscal.report.store.comparison import export_comparison, export_years
from fiscal.store.writing import stored

DEPARTMENTS, OVER_YEARS = "across_departments.ipynb", "across_years.ipynb"
_COMPARED, _YEARS = ".comparison.json", ".years.json"  # what the pages were made from


def expected_list(paths: Iterable[str]) -> Path | None:
    """The expected.csv that lies in one of the folders, the first one found."""
    found = (Path(path) / EXPECTED for path in paths)
    return next((path for path in found if path.is_file()), None)


def compare(store: Path, out: Path, *, expected: Path | None = None, year: int = 0) -> list[str]:
    """Make `out`/comparison.html from the store, unless it stands there made from the same; returns what failed.

    `year` is the year compared, 0 the newest of the store.
    """
    try:
        newest_pages = {entity: newest(pages) for entity, pages in standing(out).items()}
        over_years = {entity: page.parents[1] / YEARS for entity, page in newest_pages.items()}
        links, years = (
            {entity: page.relative_to(out).as_posix() for entity, page in pages.items() if page.exists()}
            for pages in (newest_pages, over_years)
        )
        told = [f"{entity} {link}" for entity, link in sorted([*links.items(), *years.items()])]
        key = _key(store, told, expected) + str(year)
        if is_made(out / COMPARISON, out / _COMPARED, key):
            return []
        values = {"store_path": str(store.absolute()), "year": year, "as_of": date.today().isoformat(),
                  "expected_path": str(expected.absolute()) if expected else ""}  # fmt: skip
        with loaded():
            executed = run(named(DEPARTMENTS), out / DEPARTMENTS, values)
        export_comparison(executed, out / COMPARISON, links=links, years=years)
    except FiscalError as error:
        return [f"comparison, {error}"]
    _record(out / _COMPARED, key)
    write_index(out)
    return []


def _key(store: Path, links: list[str], expected: Path | None) -> str:
    """Hash of everything the page shows; with a list of expected accounts also of the day, which decides 逾期."""
    rows = sorted(f"{key} {line['digest']}" for key, line in stored(store).items())
    files = [digest.of_files([named(DEPARTMENTS)]), digest.of_code()]
    if expected:
        read_expected(expected)  # a list that cannot be read is said before anything runs
        files += [digest.of_files([expected]), date.today().isoformat()]
    return digest.of_texts([*rows, *links, *files])


def _record(path: Path, key: str) -> None:
    write_text(path, json.dumps({"key": key}) + "\n")


@dataclass(frozen=True)
class YearsJob:
    """One page over the years to make: plain data, so that it can be sent to a worker.

    links  year and the link to its page, as seen from `folder`
    key    hash of the accounts in the store, code, notebook and links: a page with this key need not be made again
    """

    entity: str
    store: str
    folder: str
    links: tuple[tuple[int, str], ...]
    key: str

    @property
    def is_made(self) -> bool:
        """Its page stands there, made from the same."""
        return is_made(Path(self.folder, YEARS), Path(self.folder, _YEARS), self.key)


def plan_years(store: Path, out: Path) -> Iterator[YearsJob]:
    """A job per entity with `FEWEST` years in the store. Of two entities that share a folder the newer one has it."""
    known: dict[str, dict[str, int]] = defaultdict(dict)
    for line in stored(store).values():
        known[line["entity"]][line["digest"]] = line["year"]
    taken: set[Path] = set()
    common = [digest.of_code(), digest.of_files([named(OVER_YEARS)])]
    pages = standing(out)
    for entity in sorted(pages, key=lambda name: (-max(pages[name]), name)):
        folder = newest(pages[entity]).parent.parent
        if folder in taken or len({year for year in known[entity].values() if year}) < FEWEST:
            continue
        taken.add(folder)
        links = tuple(
            (year, Path(os.path.relpath(page, folder)).as_posix()) for year, page in pages[entity].items() if year
        )
        key = digest.of_texts([*sorted(known[entity]), *map(str, links), *common])
        yield YearsJob(entity, str(store.absolute()), str(folder), links, key)


def make_years(todo: Sequence[YearsJob], out: Path, pool: Pool) -> Iterator[tuple[YearsJob, list[str]]]:
    """Make each page; yields it with what failed. One that fails costs itself alone and is tried again next time."""
    if todo:
        with loaded():
            yield from ((job, failures_of(result)) for (job,), result in pool.each(_make, ((job,) for job in todo)))
        write_index(out)


def _make(job: YearsJob) -> list[str]:
    """Run the notebook on one entity and export its page; returns what failed. Then no page stands there."""
    folder = Path(job.folder)
    (folder / YEARS).unlink(missing_ok=True)
    try:
        executed = run(named(OVER_YEARS), folder / OVER_YEARS, {"store_path": job.store, "entity": job.entity})
    except RunError as error:
        return [str(error)]
    export_years(executed, folder / YEARS, entity=job.entity, links=dict(job.links))
    _record(folder / _YEARS, job.key)
    return []
