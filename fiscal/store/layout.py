"""Where rows lie: `store.json` with the version, and `<dataset>/year=<year>/bucket-<nn>.parquet`.

All rows of one document lie in one bucket, chosen by its id, so that replacing a document rewrites one small file per
dataset. Changing `BUCKETS` needs a new `VERSION`: a migration then deals the documents out anew.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from fiscal.errors import RunError
from fiscal.paths import write_text
from fiscal.store.schema import VERSION

BUCKETS = 64
NUMBER = f"CAST('0x' || substr(document_id, 1, 4) AS INTEGER) % {BUCKETS}"  # of a document's bucket, in SQL
Bucket = tuple[int, int]


def bucket_of(document_id: str, year: int) -> Bucket:
    """The (year, number) of the bucket that holds a document."""
    return year, int(document_id[:4], 16) % BUCKETS


def bucket_file(root: Path, dataset: str, bucket: Bucket) -> Path:
    """Where a bucket of a dataset lies."""
    year, number = bucket
    return root / dataset / f"year={year}" / f"bucket-{number:02d}.parquet"


def mark_version(root: Path, version: int = VERSION) -> None:
    """Write store.json."""
    text = json.dumps({"version": version}) + "\n"
    write_text(root / "store.json", text)


def quoted(path: Path) -> str:
    """A path inside the quotes of an SQL text."""
    return str(path).replace("'", "''")


def why(error: Exception) -> str:
    """What the disk said, without the state of DuckDB around it."""
    return re.sub(r'.*"exception_message":"(.*?[^\\])".*', r"\1", str(error)).replace("\\", "")


@contextmanager
def refusing(root: Path) -> Iterator[None]:
    """Turn a folder that cannot be written, and what DuckDB says of files that are none, into one sentence."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        raise RunError(
            str(root), f"cannot be written: {why(error)}", "free space or give a folder you may write"
        ) from error
    except duckdb.Error as error:
        told = str(error).partition("\n")[0]
        next_step = "move this folder away and run `fiscal batch` again"
        raise RunError(str(root), f"is damaged or cannot be handled: {told}", next_step) from error
