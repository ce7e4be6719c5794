"""The comparison of departments at the end of a run: its notebook over the store, its page beside the index."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from fiscal.batch import digest
from fiscal.batch.engine.forking import loaded
from fiscal.batch.engine.notebooks import named, run
from fiscal.batch.pages import write_index
from fiscal.batch.standing import newest, standing
from fiscal.errors import FiscalError
from fiscal.paths import write_text
from fiscal.recognise.expected import NAME as EXPECTED
from fiscal.recognise.expected import read_expected
from fiscal.report.index import YEARS
from fiscal.report.store.comparison import PAGE as COMPARISON
from fiscal.report.store.comparison import export_comparison
from fiscal.store.writing import stored

NOTEBOOK = "across_departments.ipynb"
_KEY = ".comparison.json"


def expected_list(paths: Iterable[str]) -> Path | None:
    """The expected.csv that lies in one of the folders, the first one found."""
    found = (Path(path) / EXPECTED for path in paths)
    return next((path for path in found if path.is_file()), None)


def compare(store: Path, out: Path, *, expected: Path | None = None, year: int = 0) -> list[str]:
    """Make `out`/comparison.html from the store, unless it stands there made from the same; returns what failed.

    `year` is the year compared, 0 the newest of the store.
    """
    try:
        notebook = named(NOTEBOOK)
        key = _key(store, out, notebook=notebook, expected=expected) + str(year)
        if _is_made(out, key):
            return []
        values = {"store_path": str(store.absolute()), "year": year, "as_of": date.today().isoformat(),
                  "expected_path": str(expected.absolute()) if expected else ""}  # fmt: skip
        with loaded():
            executed = run(notebook, out / NOTEBOOK, values)
        export_comparison(executed, out / COMPARISON, links=_links(out), years=_years(out))
    except FiscalError as error:
        return [f"comparison, {error}"]
    write_text(out / _KEY, json.dumps({"key": key}) + "\n")
    write_index(out)
    return []


def _key(store: Path, out: Path, *, notebook: Path, expected: Path | None) -> str:
    """Hash of everything the page shows; with a list of expected accounts also of the day, which decides 逾期."""
    rows = sorted(f"{key} {line['digest']}" for key, line in stored(store).items())
    links = [f"{entity} {link}" for entity, link in sorted([*_links(out).items(), *_years(out).items()])]
    files = [digest.of_files([notebook]), digest.of_code()]
    if expected:
        read_expected(expected)  # a list that cannot be read is said before anything runs
        files += [digest.of_files([expected]), date.today().isoformat()]
    return digest.of_texts([*rows, *links, *files])


def _is_made(out: Path, key: str) -> bool:
    try:
        known = json.loads((out / _KEY).read_text(encoding="utf-8"))["key"]
    except (OSError, ValueError, KeyError):
        return False
    return known == key and (out / COMPARISON).exists()


def _links(out: Path) -> dict[str, str]:
    """Entity → the link of its newest page below `out`."""
    return {entity: newest(pages).relative_to(out).as_posix() for entity, pages in standing(out).items()}


def _years(out: Path) -> dict[str, str]:
    """Entity → the link of its page over the years, where it has one."""
    found = {entity: newest(pages).parents[1] / YEARS for entity, pages in standing(out).items()}
    return {entity: page.relative_to(out).as_posix() for entity, page in found.items() if page.exists()}
