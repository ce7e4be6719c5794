"""Carrying a store of an older schema version over to a newer one, file by file."""

import json
from pathlib import Path

import duckdb

from fiscal.store.schema import VERSION

Steps = dict[int, dict[str, str]]

# version → dataset → query that turns its rows, named {rows}, into those of the next version.
STEPS: Steps = {}


def migrate(root: Path, version: int, *, to: int = VERSION, steps: Steps = STEPS) -> None:
    """Bring every file of the store from `version` to `to`.

    All new files are written beside the old ones before any takes its place, and `store.json` changes last: a
    migration that is interrupted while writing leaves the old store whole.
    """
    for step in range(version, to):
        parts = []
        for dataset, query in steps.get(step, {}).items():
            for path in sorted((root / dataset).glob("*/*.parquet")):
                parts.append((_written(path, query), path))
        for part, path in parts:
            part.replace(path)
        new = root / ".store.json.part"
        new.write_text(json.dumps({"version": step + 1}) + "\n", encoding="utf-8")
        new.replace(root / "store.json")


def _written(path: Path, query: str) -> Path:
    part = path.with_name(f".{path.name}.part")
    source = query.format(rows="read_parquet('{}')".format(str(path).replace("'", "''")))
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({source}) TO '{part}' (FORMAT parquet, COMPRESSION zstd)")
    return part
