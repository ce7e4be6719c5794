"""Carrying a store of an older schema version over to a newer one."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from fiscal.errors import ReadError
from fiscal.store.layout import NUMBER, bucket_file, mark_version, quoted, refusing
from fiscal.store.schema import VERSION

Steps = dict[int, dict[str, str]]

# version → dataset → query that turns its rows, named {rows}, into those of the next version; others stay as they are.
STEPS: Steps = {
    # more buckets; `unknowns` and the direction of changes are known when a document is stored again
    1: {
        "statements": """SELECT document_id, entity, year, section, text, value, unit, kind, subject, '' AS direction,
                                status, rule, document, page, "offset" FROM {rows}"""
    },
    # what a figure is compared with, its period and its list are known when a document is stored again
    2: {"statements": "SELECT *, '' AS base, '' AS period, '' AS list FROM {rows}"},
    # whether a year is known from the comparatives of another alone is known when it is stored again
    3: {"documents": "SELECT *, '' AS coverage FROM {rows}"},
    # which numbers a finding holds for wrong is known when a document is stored again
    4: {
        name: f"SELECT *, CAST(NULL AS INTEGER) AS finding{more} FROM {{rows}}"
        for name, more in (("facts", ""), ("statements", ""), ("findings", ", CAST(NULL AS VARCHAR) AS doubt"))
    },
}

_READY = "ready"


def bring_up(root: Path) -> None:
    """Make the store in `root` one of this version.

    Errors: ReadError when there is no store or one of a newer version, RunError when it cannot be carried over.
    """
    version = _version(root)
    if version > VERSION:
        raise ReadError(str(root), f"has schema version {version}, newer than {VERSION}", "update fiscal")
    if version < VERSION:
        with refusing(root):
            migrate(root, version)


def _version(root: Path) -> int:
    try:
        return int(json.loads((root / "store.json").read_text(encoding="utf-8"))["version"])
    except FileNotFoundError as error:
        raise ReadError(str(root), "holds no store", "make one with `fiscal batch`") from error
    except (ValueError, KeyError, TypeError, OSError) as error:
        next_step = "rebuild the store: move this folder away and run `fiscal batch`"
        raise ReadError(str(root / "store.json"), "cannot be read", next_step) from error


def migrate(root: Path, version: int, *, to: int = VERSION, steps: Steps = STEPS) -> None:
    """Bring every dataset of the store from `version` to `to`.

    The whole new store is written beside the old one before any of it takes its place. A migration that is interrupted
    before that leaves the old store whole; one that is interrupted after that is finished by the next call.
    """
    for step in range(version, to):
        fresh = root / f".to-{step + 1}"
        if not (fresh / _READY).exists():
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            _prepare(root, fresh, steps.get(step, {}))
            (fresh / _READY).touch()
        for folder in _folders(fresh):
            shutil.rmtree(root / folder.name, ignore_errors=True)
            folder.replace(root / folder.name)
        mark_version(root, step + 1)
        shutil.rmtree(fresh)


def _prepare(root: Path, fresh: Path, queries: dict[str, str]) -> None:
    with duckdb.connect() as connection:
        for dataset in _folders(root):
            for year in sorted(path for path in dataset.glob("year=*") if any(path.glob("*.parquet"))):
                rows = f"read_parquet('{quoted(year)}/*.parquet', hive_partitioning = false)"
                query = queries.get(dataset.name, "SELECT * FROM {rows}").format(rows=rows)
                numbers = connection.execute(f"SELECT DISTINCT {NUMBER} FROM {rows}").fetchall()
                for (number,) in sorted(numbers):
                    target = bucket_file(fresh, dataset.name, (int(year.name.removeprefix("year=")), number))
                    target.parent.mkdir(parents=True, exist_ok=True)
                    connection.execute(f"COPY (SELECT * FROM ({query}) WHERE {NUMBER} = {number}) "
                                       f"TO '{quoted(target)}' (FORMAT parquet, COMPRESSION zstd)")  # fmt: skip


def _folders(root: Path) -> Iterator[Path]:
    yield from sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))
