"""The page over all years of each entity that has two or more in the store: its notebook, years.html in its folder."""

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fiscal.batch import digest
from fiscal.batch.engine.forking import loaded
from fiscal.batch.engine.notebooks import named, run
from fiscal.batch.engine.pools import Pool
from fiscal.batch.pages import failures_of, write_index
from fiscal.batch.standing import newest, standing
from fiscal.errors import RunError
from fiscal.paths import write_text
from fiscal.report.index import FEWEST, YEARS
from fiscal.report.store.comparison import export_years
from fiscal.store.writing import stored

NOTEBOOK = "across_years.ipynb"
_KEY = ".years.json"


@dataclass(frozen=True)
class YearsJob:
    """One page to make: plain data, so that it can be sent to a worker.

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
        folder = Path(self.folder)
        try:
            known = json.loads((folder / _KEY).read_text(encoding="utf-8"))["key"]
        except (OSError, ValueError, KeyError):
            return False
        return known == self.key and (folder / YEARS).exists()


def make_years(todo: Sequence[YearsJob], out: Path, pool: Pool) -> Iterator[tuple[YearsJob, list[str]]]:
    """Make each page; yields it with what failed. One that fails costs itself alone and is tried again next time."""
    if todo:
        with loaded():
            yield from ((job, failures_of(result)) for (job,), result in pool.each(make, ((job,) for job in todo)))
        write_index(out)


def plan(store: Path, out: Path) -> Iterator[YearsJob]:
    """A job per entity with `FEWEST` years in the store. Of two entities that share a folder the newer one has it."""
    known: dict[str, dict[str, int]] = defaultdict(dict)
    for line in stored(store).values():
        known[line["entity"]][line["digest"]] = line["year"]
    taken: set[Path] = set()
    common = [digest.of_code(), digest.of_files([named(NOTEBOOK)])]
    pages = standing(out)
    for entity in sorted(pages, key=lambda name: (-max(pages[name]), name)):
        folder = newest(pages[entity]).parent.parent
        if folder in taken or len({year for year in known[entity].values() if year}) < FEWEST:
            continue
        taken.add(folder)
        links = tuple((year, _link(page, folder)) for year, page in pages[entity].items() if year)
        key = digest.of_texts([*sorted(known[entity]), *map(str, links), *common])
        yield YearsJob(entity, str(store.absolute()), str(folder), links, key)


def _link(page: Path, folder: Path) -> str:
    return Path(os.path.relpath(page, folder)).as_posix()


def make(job: YearsJob) -> list[str]:
    """Run the notebook on one entity and export its page; returns what failed. Then no page stands there."""
    folder = Path(job.folder)
    (folder / YEARS).unlink(missing_ok=True)
    try:
        executed = run(named(NOTEBOOK), folder / NOTEBOOK, {"store_path": job.store, "entity": job.entity})
    except RunError as error:
        return [str(error)]
    export_years(executed, folder / YEARS, entity=job.entity, links=dict(job.links))
    write_text(folder / _KEY, json.dumps({"key": job.key}) + "\n")
    return []
