"""A store of ten million facts: how long opening it takes, and each ready-made view in full."""

import tempfile
from functools import partial
from itertools import product
from pathlib import Path
from statistics import median

import duckdb

from benchmarks.timing import milliseconds
from fiscal.store import open_store
from fiscal.store.layout import BUCKETS, bucket_file, mark_version
from fiscal.store.rows import rows_of
from fiscal.store.schema import DATASETS, columns
from fiscal.store.views import VIEWS
from fiscal.store.writing import replace_documents

FACTS = 10_000_000
YEARS = (2021, 2022, 2023)
OFFICES = 24
AIM_VIEW_MS, AIM_OPEN_MS = 1000.0, 200.0
RUNS = 5


def run(quick: bool = False) -> list[dict]:
    """Entries of outputs/bench.json: opening, and every view computed to its last row."""
    n = FACTS // 20 if quick else FACTS
    label = f"{n / 1e6:g}_million_facts"
    with tempfile.TemporaryDirectory() as folder:
        root = build(Path(folder), n)
        opening = median(milliseconds(lambda: open_store(root).close(), RUNS))
        entries = [_entry(f"open_store_of_{label}", opening, AIM_OPEN_MS)]
        with open_store(root) as store:
            for view in VIEWS:
                query = f'CREATE OR REPLACE TEMP TABLE answer AS SELECT * FROM "{view}"'
                took = median(milliseconds(partial(store.connection.execute, query), RUNS))
                entries.append(_entry(f"view_{view}_of_{label}", took, AIM_VIEW_MS))
    return entries


def build(folder: Path, n_facts: int) -> Path:
    """A store of invented accounts, repeated under other names until it holds so many facts."""
    small, root = folder / "small", folder / "large"
    _small(small)
    mark_version(root)
    with duckdb.connect() as connection:
        filled = [dataset for dataset in DATASETS if (small / dataset).exists()]
        for dataset in filled:
            pattern = small / dataset / "*" / "*.parquet"
            connection.execute(f"CREATE TABLE {dataset} AS SELECT * FROM read_parquet('{pattern}')")
        found = connection.execute("SELECT count(*) FROM facts").fetchone()
        copies = -(-n_facts // (found[0] if found else 1))
        for year in YEARS:
            for dataset, number in product(filled, range(BUCKETS)):
                _repeat(connection, bucket_file(root, dataset, (year, number)), dataset, copies=copies)
    return root


def _small(root: Path) -> None:
    """Some invented accounts of three years, read from their own workbooks."""
    import fiscal
    from fiscal.synthetic import make_panel, write_account

    with tempfile.TemporaryDirectory() as folder:
        for seed in range(OFFICES):
            for made in make_panel(seed, YEARS, errors={2022: ("share",)} if seed == 0 else None):
                write_account(made, Path(folder) / str(made.year))
                account = fiscal.read(Path(folder) / str(made.year))
                replace_documents(root, [rows_of(account, account.check(), "digest")])


def _repeat(connection: duckdb.DuckDBPyConnection, path: Path, dataset: str, *, copies: int) -> None:
    """Write the copies of a dataset that belong into this file, under ids that say so."""
    year, number = (int(part.split(mark)[1]) for part, mark in ((path.parent.name, "="), (path.stem, "-")))
    changed = {"document_id": f"printf('%04x%012x', {number}, hash(entity, year, k) % 281474976710656)",
               "entity": "entity || k"}  # fmt: skip
    picked = ", ".join(f'{changed.get(name, chr(34) + name + chr(34))} AS "{name}"' for name in columns(dataset))
    query = (f"SELECT {picked} FROM {dataset}, range({number}, {copies}, {BUCKETS}) AS copies(k) "
             f"WHERE year = {year} ORDER BY document_id")  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


def _entry(name: str, value: float, aim: float) -> dict:
    """`ratio` is how many times faster than the aim."""
    return {"name": name, "value": round(value, 1), "unit": "ms", "baseline": aim, "ratio": round(aim / value, 2),
            "runs": RUNS}  # fmt: skip
