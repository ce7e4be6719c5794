"""Writing the store: whole buckets, each to a file beside the old one that then takes its place."""

import os
import tempfile
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
from fiscal.paths import replace
from fiscal.store.layout import Bucket, bucket_file, bucket_of, mark_version, quoted, refusing
from fiscal.store.migrate import bring_up
from fiscal.store.rows import Rows
from fiscal.store.schema import DATASETS, columns

try:
    import fcntl
except ImportError:  # Windows: two runs on one store must not be started there
    fcntl = None  # type: ignore[assignment]

FIRST, *_OTHERS = DATASETS  # `documents` says of each bucket how long its files in the others are
CHUNK = 20  # documents held as Python rows at a time
MEMORY = "512MB"  # what sorting a very large bucket may take before it goes to disk
PATIENCE = 10.0


def replace_documents(root: Path, new: Iterable[Rows]) -> None:
    """Put these documents in place of what the store holds of them; everything else stays as it is.

    Errors: RunError when the folder cannot be written; every bucket is then either the old or the new one, whole.
    """
    incoming: dict[Bucket, list[Rows]] = defaultdict(list)
    for rows in new:
        incoming[bucket_of(rows.document_id, rows.year)].append(rows)
    with refusing(root):
        _ensure(root)
    for bucket in sorted(incoming):
        replace_bucket(root, bucket, sorted(incoming[bucket], key=lambda rows: rows.document_id))


def _ensure(root: Path) -> None:
    """A store of this version, made or carried over."""
    if not (root / "store.json").exists():
        mark_version(root)
    bring_up(root)


def _spill() -> Path:
    """Where rows go that do not fit into memory: a folder of this process, there only while it is needed."""
    return Path(tempfile.gettempdir(), f"fiscal-{os.getpid()}")


def replace_bucket(root: Path, bucket: Bucket, incoming: Iterable[Rows], *, leaving: frozenset[str] = frozenset()
                   ) -> None:  # fmt: skip
    """Rewrite one bucket of every dataset: the incoming rows, and those of other documents but the `leaving` ones.

    Only `CHUNK` documents at a time are held in memory. `documents` comes last: a document is stored when it stands
    there with its digest, and a run that was killed before writes all of it again.
    """
    with refusing(root), duckdb.connect() as connection:
        connection.execute(f"SET threads = 1; SET memory_limit = '{MEMORY}'; SET temp_directory = '{quoted(_spill())}'")
        gone = leaving | _load(connection, iter(incoming))
        connection.execute("CREATE TEMP TABLE gone AS SELECT unnest(?::VARCHAR[]) AS document_id", [sorted(gone)])
        for dataset in reversed(DATASETS):
            told = [f", KV_METADATA {{lengths: '{_lengths(root, bucket)}'}}"] if dataset == FIRST else []
            _rewrite(connection, bucket_file(root, dataset, bucket), dataset, *told)


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


def _rewrite(connection: duckdb.DuckDBPyConnection, path: Path, dataset: str, told: str = "") -> None:
    """Write the new rows and those kept of the file. By way of one table, so that equal rows give equal bytes."""
    rows = f"new_{dataset}"
    if path.exists():
        connection.execute(
            f"INSERT INTO {rows} BY NAME SELECT * FROM read_parquet('{quoted(path)}', hive_partitioning = false) "
            "WHERE document_id NOT IN (SELECT document_id FROM gone)"
        )
    if connection.execute(f"SELECT count(*) FROM {rows}").fetchone() == (0,):
        path.unlink(missing_ok=True)
        return
    replace(path, lambda part: connection.execute(
        f"COPY (SELECT * FROM {rows} ORDER BY document_id, rowid) TO '{quoted(part)}' "
        f"(FORMAT parquet, COMPRESSION zstd{told})"))  # fmt: skip


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Be the only run that writes this store, and clear away what a killed one left. The lock ends with its process.

    Errors: RunError when another run goes on writing for `PATIENCE` seconds or the folder cannot be written, ReadError
    when it holds a store of a newer version.
    """
    with refusing(root), _lock_file(root) as file:
        _acquire(file, root)
        _ensure(root)
        for part in root.glob("*/*/.*.part"):
            part.unlink()
        yield


def _lock_file(root: Path) -> IO:
    root.mkdir(parents=True, exist_ok=True)
    return (root / ".lock").open("w")


def _acquire(file: IO, root: Path) -> None:
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


def _lengths(root: Path, bucket: Bucket) -> str:
    """How long the other files of a bucket are; 0 where there is none."""
    files = [bucket_file(root, dataset, bucket) for dataset in _OTHERS]
    return " ".join(str(file.stat().st_size if file.exists() else 0) for file in files)


def repair(root: Path) -> list[str]:
    """Take out damaged and cut files, the whole bucket where `documents` is one; a sentence for each loss.

    Those of its documents that are read again are stored again, see `unsound`.
    """
    lacking = []
    with refusing(root):
        for bucket in sorted(_buckets(root)):
            files = [bucket_file(root, dataset, bucket) for dataset in DATASETS]
            broken = [file for file in files if file.exists() and not _ends_well(file)]
            for file in files if files[0] in broken or not files[0].exists() else broken:
                file.unlink(missing_ok=True)
            noted = _noted(files[0]) or "0"
            if broken or any(length != "0" and not file.exists() for length, file in zip(noted.split(), files[1:])):
                lacking.append(bucket)
    return [f"{root}: bucket {number} of {year} was damaged; what this run reads of it is stored again — run `fiscal "
            "batch` on the other folders that belong in this store" for year, number in lacking]  # fmt: skip


def unsound(root: Path) -> set[Bucket]:
    """Buckets whose files are not as long as noted: a write was killed, or one was damaged, cut or removed."""
    notes = {bucket: _noted(bucket_file(root, FIRST, bucket)) for bucket in _buckets(root)}
    return {bucket for bucket, noted in notes.items() if noted is not None and noted != _lengths(root, bucket)}


def _buckets(root: Path) -> set[Bucket]:
    files = (path for dataset in DATASETS for path in root.glob(f"{dataset}/year=*/bucket-*.parquet"))
    return {(int(path.parent.name.removeprefix("year=")), int(path.stem.removeprefix("bucket-"))) for path in files}


def _noted(documents: Path) -> str | None:
    """The lengths noted in a file of `documents`; "" where there is none, None where it was written without."""
    if not documents.exists():
        return ""
    query = f"SELECT value FROM parquet_kv_metadata('{quoted(documents)}') WHERE key = 'lengths'"
    with refusing(documents), duckdb.connect() as connection:
        found = connection.execute(query).fetchone()
    return found[0].decode() if found else None


def _ends_well(file: Path) -> bool:
    """Whether the file ends with the length of a footer that fits into it and the mark of Parquet."""
    with file.open("rb") as content:
        size = content.seek(0, os.SEEK_END)
        content.seek(max(0, size - 8))
        end = content.read()
    return size > 12 and end[4:] == b"PAR1" and int.from_bytes(end[:4], "little") <= size - 12


def stored(root: Path) -> Mapping[str, dict]:
    """What the store holds: document id → path, entity, year, digest."""
    if not any(root.glob("documents/*/*.parquet")):
        return {}
    with refusing(root), duckdb.connect() as connection:
        pattern = quoted(root / "documents" / "*" / "*.parquet")
        names = ("document_id", "path", "entity", "year", "digest")
        found = connection.execute(
            f"SELECT {', '.join(names)} FROM read_parquet('{pattern}', hive_partitioning = false)"
        ).fetchall()
    return {line[0]: dict(zip(names, line)) for line in found}
