"""Carrying a store of an older schema version over to a newer one, file by file."""

import json
from pathlib import Path

import duckdb

from fiscal.store.schema import VERSION

Steps = dict[int, dict[str, str]]

# version → dataset → query that turns its rows, named {rows}, into those of the next version.
STEPS: Steps = {}

_READY = ".migration.json"
_NEXT = ".next"


def migrate(root: Path, version: int, *, to: int = VERSION, steps: Steps = STEPS) -> None:
    """Bring every file of the store from `version` to `to`.

    All new files are written beside the old ones before any takes its place. A migration that is interrupted before
    that leaves the old store whole; one that is interrupted after that is finished by the next call.
    """
    for step in range(version, to):
        if not (root / _READY).exists():
            _prepare(root, steps.get(step, {}))
            _write(root / _READY, {"version": step + 1})
        for part in root.glob(f"*/*/*{_NEXT}"):
            part.replace(part.with_suffix(""))
        _write(root / "store.json", {"version": step + 1})
        (root / _READY).unlink()


def _prepare(root: Path, queries: dict[str, str]) -> None:
    for part in root.glob(f"*/*/*{_NEXT}"):  # of a migration that was interrupted
        part.unlink()
    with duckdb.connect() as connection:
        for dataset, query in queries.items():
            for path in sorted((root / dataset).glob("*/*.parquet")):
                source = query.format(rows=f"read_parquet('{_quoted(path)}', hive_partitioning = false)")
                target = _quoted(path.with_name(path.name + _NEXT))
                connection.execute(f"COPY ({source}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


def _write(path: Path, content: dict) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_text(json.dumps(content) + "\n", encoding="utf-8")
    part.replace(path)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
