"""Writing the store: whole buckets, each to a file beside the old one that then takes its place."""

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO

import duckdb
import pandas as pd

from fiscal.errors import RunError
from fiscal.store.rows import Rows
from fiscal.store.schema import DATASETS, VERSION, columns

try:
    import fcntl
except ImportError:  # Windows: two runs on one store must not be started there
    fcntl = None  # type: ignore[assignment]

BUCKETS = 16
CHUNK = 20  # documents held as Python rows at a time
PATIENCE = 10.0
Bucket = tuple[int, int]


def bucket_of(document_id: str, year: int) -> Bucket:
    """The (year, number) of the bucket that holds a document."""
    return year, int(document_id[:4], 16) % BUCKETS


def bucket_file(root: Path, dataset: str, bucket: Bucket) -> Path:
    """Where a bucket of a dataset lies."""
    year, number = bucket
    return root / dataset / f"year={year}" / f"bucket-{number:02d}.parquet"


def replace_documents(root: Path, new: Iterable[Rows], removed: Iterable[tuple[str, int]] = ()) -> None:
    """Put these documents in place of what the store holds of them; everything else stays as it is.

    `removed` are (document id, year) to take out. Errors: RunError when the folder cannot be written; every bucket is
    then either the old or the new one, whole.
    """
    incoming: dict[Bucket, list[Rows]] = defaultdict(list)
    leaving: dict[Bucket, set[str]] = defaultdict(set)
    for rows in new:
        incoming[bucket_of(rows.document_id, rows.year)].append(rows)
    for document_id, year in removed:
        leaving[bucket_of(document_id, year)].add(document_id)
    mark_version(root)
    for bucket in sorted({*incoming, *leaving}):
        ordered = sorted(incoming[bucket], key=lambda rows: rows.document_id)
        replace_bucket(root, bucket, ordered, leaving=frozenset(leaving[bucket]))


def mark_version(root: Path) -> None:
    """Write store.json where there is none yet."""
    path = root / "store.json"
    with _refusing(root):
        if not path.exists():
            root.mkdir(parents=True, exist_ok=True)
            _replace(path, lambda part: part.write_text(json.dumps({"version": VERSION}) + "\n", encoding="utf-8"))


def replace_bucket(root: Path, bucket: Bucket, incoming: Iterable[Rows], *, leaving: frozenset[str] = frozenset()
                   ) -> None:  # fmt: skip
    """Rewrite one bucket of every dataset: kept rows of other documents, and the incoming rows.

    Only `CHUNK` documents at a time are held in memory. `documents` comes last: a document is stored when it stands
    there with its digest, and a run that was killed before writes all of it again.
    """
    with _refusing(root), duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        gone = leaving | _load(connection, iter(incoming))
        connection.execute("CREATE TEMP TABLE gone AS SELECT unnest(?::VARCHAR[]) AS document_id", [sorted(gone)])
        for dataset in reversed(DATASETS):
            _rewrite(connection, bucket_file(root, dataset, bucket), dataset)


def _load(connection: duckdb.DuckDBPyConnection, incoming: Iterator[Rows]) -> set[str]:
    """Put the incoming rows into tables `new_<dataset>`, in order; the ids of their documents."""
    for dataset, kinds in DATASETS.items():
        names = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
        connection.execute(f"CREATE TEMP TABLE new_{dataset} ({names})")
    ids: set[str] = set()
    while chunk := list(islice(incoming, CHUNK)):
        ids |= {rows.document_id for rows in chunk}
        for dataset in DATASETS:
            lines = [line for rows in chunk for line in rows.datasets[dataset]]
            if lines:
                frame = pd.DataFrame(lines, columns=list(columns(dataset)), dtype=object)
                connection.register("chunk", frame)
                connection.execute(f"INSERT INTO new_{dataset} SELECT * FROM chunk")
    return ids


def _rewrite(connection: duckdb.DuckDBPyConnection, path: Path, dataset: str) -> None:
    """Write the new rows and those kept of the file. By way of one table, so that equal rows give equal bytes."""
    rows = f"new_{dataset}"
    if path.exists():
        connection.execute(
            f"INSERT INTO {rows} BY NAME SELECT * FROM read_parquet('{_quoted(path)}', hive_partitioning = false) "
            "WHERE document_id NOT IN (SELECT document_id FROM gone)"
        )
    if connection.execute(f"SELECT count(*) FROM {rows}").fetchone() == (0,):
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, lambda part: connection.execute(
        f"COPY (SELECT * FROM {rows} ORDER BY document_id, rowid) TO '{_quoted(part)}' "
        "(FORMAT parquet, COMPRESSION zstd)"))  # fmt: skip


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Be the only run that writes this store, and clear away what a killed one left. The lock ends with its process.

    Errors: RunError when another run goes on writing for `PATIENCE` seconds.
    """
    mark_version(root)
    with _refusing(root), (root / ".lock").open("w") as file:
        _lock(file, root)
        for part in root.glob("*/*/.*.part"):
            part.unlink()
        yield


def _lock(file: IO, root: Path) -> None:
    if fcntl is None:
        return
    end = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() > end:
                raise RunError(str(root), "another run is writing it", "wait until that has ended") from error
            time.sleep(0.1)


@contextmanager
def _refusing(root: Path) -> Iterator[None]:
    """Turn a folder that cannot be written into one sentence."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        raise RunError(str(root), f"cannot be written: {error}", "free space or give a folder you may write") from error


def _replace(path: Path, write) -> None:
    """Write beside `path`, then put it in its place: a reader sees the old file or the new one."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def stored(root: Path) -> Mapping[str, dict]:
    """What the store holds: document id → path, entity, year, digest."""
    if not any(root.glob("documents/*/*.parquet")):
        return {}
    with duckdb.connect() as connection:
        pattern = _quoted(root / "documents" / "*" / "*.parquet")
        names = ("document_id", "path", "entity", "year", "digest")
        found = connection.execute(
            f"SELECT {', '.join(names)} FROM read_parquet('{pattern}', hive_partitioning = false)"
        ).fetchall()
    return {line[0]: dict(zip(names, line)) for line in found}
