"""Writing the store: whole buckets, each to a file beside the old one that then takes its place."""

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb
import pandas as pd

from fiscal.errors import RunError
from fiscal.store.rows import Rows
from fiscal.store.schema import DATASETS, VERSION, columns

BUCKETS = 16
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
    try:
        mark_version(root)
        for bucket in sorted({*incoming, *leaving}):
            replace_bucket(root, bucket, incoming[bucket], leaving[bucket])
    except (OSError, duckdb.Error) as error:
        raise RunError(str(root), f"cannot be written: {error}", "free space or give a folder you may write") from error


def mark_version(root: Path) -> None:
    """Write store.json where there is none yet."""
    path = root / "store.json"
    if not path.exists():
        root.mkdir(parents=True, exist_ok=True)
        _replace(path, lambda part: part.write_text(json.dumps({"version": VERSION}) + "\n", encoding="utf-8"))


def replace_bucket(root: Path, bucket: Bucket, incoming: list[Rows], leaving: set[str]) -> None:
    """Rewrite one bucket of every dataset: kept rows of other documents, and the incoming rows."""
    gone = leaving | {rows.document_id for rows in incoming}
    ordered = sorted(incoming, key=lambda rows: rows.document_id)
    for dataset in DATASETS:
        lines = [line for rows in ordered for line in rows.datasets[dataset]]
        _write(bucket_file(root, dataset, bucket), dataset, lines, gone)


def _write(path: Path, dataset: str, lines: list[tuple], gone: set[str]) -> None:
    names = columns(dataset)
    incoming = pd.DataFrame(lines, columns=list(names), dtype=object)
    picked = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in DATASETS[dataset].items())
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.register("incoming", incoming)
        kept = f"SELECT * EXCLUDE (n), n FROM (SELECT {picked}, 0 AS n FROM incoming WHERE false)"
        if path.exists():
            connection.execute("CREATE TEMP TABLE gone AS SELECT unnest(?::VARCHAR[]) AS document_id", [sorted(gone)])
            kept = (
                f"SELECT {picked}, file_row_number AS n FROM read_parquet('{_quoted(path)}', file_row_number = true) "
                "WHERE document_id NOT IN (SELECT document_id FROM gone)"
            )
        query = (
            f"SELECT * EXCLUDE (n) FROM ({kept} UNION ALL "
            f"SELECT {picked}, row_number() OVER () - 1 AS n FROM incoming) ORDER BY document_id, n"
        )
        if connection.execute(f"SELECT count(*) FROM ({query})").fetchone() == (0,):
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, lambda part: connection.execute(
            f"COPY ({query}) TO '{_quoted(part)}' (FORMAT parquet, COMPRESSION zstd)"))  # fmt: skip


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
