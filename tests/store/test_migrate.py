"""Older stores are carried over whole, or stay what they were."""

import json
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import fiscal
from fiscal.errors import ReadError, RunError
from fiscal.store.migrate import migrate
from fiscal.store.schema import DATASETS, VERSION
from fiscal.store.writing import alone, replace_documents
from tests.store.stores import files, fresh

OFFICE = "临溪区政务服务中心"
LATER = {
    "documents": "coverage", "facts": "finding", "statements": "direction, base, period, list, finding",
    "findings": "finding, doubt",
}  # fmt: skip
STEPS = {VERSION: {"facts": "SELECT *, amount_yuan / 10000 AS amount_wan FROM {rows}"}}


def amounts(root):
    pattern = str(root / "facts" / "*" / "*.parquet")
    return duckdb.sql(f"SELECT * FROM read_parquet('{pattern}') WHERE row_key = 'revenue_total' "
                      f"AND entity = '{OFFICE}' AND year = 2022").df()  # fmt: skip


def test_a_migration_carries_every_file_over(documents, tmp_path):
    fresh(tmp_path, documents)
    n = len(amounts(tmp_path))
    migrate(tmp_path, VERSION, to=VERSION + 1, steps=STEPS)
    assert float(amounts(tmp_path).amount_wan.iloc[0]) == 266.61
    assert len(amounts(tmp_path)) == n
    with pytest.raises(ReadError, match=f"version {VERSION + 1}"):
        fiscal.open_store(tmp_path)


def test_an_interrupted_migration_leaves_the_old_store(documents, tmp_path):
    before = fresh(tmp_path, documents)
    steps = {VERSION: {**STEPS[VERSION], "findings": "SELECT no_such_column FROM {rows}"}}
    with pytest.raises(duckdb.Error):
        migrate(tmp_path, VERSION, to=VERSION + 1, steps=steps)
    left = files(tmp_path)
    assert {path: left[path] for path in before} == before
    with fiscal.open_store(tmp_path) as store:
        assert len(store["documents"]) == len(documents)


def test_a_migration_stopped_before_all_is_written_starts_again(documents, tmp_path):
    fresh(tmp_path, documents)
    broken = {VERSION: {**STEPS[VERSION], "findings": "SELECT no_such_column FROM {rows}"}}
    with pytest.raises(duckdb.Error):
        migrate(tmp_path, VERSION, to=VERSION + 1, steps=broken)
    migrate(tmp_path, VERSION, to=VERSION + 1, steps=STEPS)
    assert float(amounts(tmp_path).amount_wan.iloc[0]) == 266.61
    assert not list(tmp_path.glob(".to-*"))


def test_a_migration_stopped_while_files_take_their_place_goes_on(documents, tmp_path, monkeypatch):
    fresh(tmp_path, documents)
    replace, done = Path.replace, []

    def killed_at_the_third(path, other):
        done.append(path)
        if len(done) == 3:
            raise KeyboardInterrupt
        return replace(path, other)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            migrate(tmp_path, VERSION, to=VERSION + 1, steps=STEPS)
    assert list(tmp_path.glob(".to-*"))
    migrate(tmp_path, VERSION, to=VERSION + 1, steps=STEPS)
    assert float(amounts(tmp_path).amount_wan.iloc[0]) == 266.61
    assert json.loads((tmp_path / "store.json").read_text()) == {"version": VERSION + 1}
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} == {".parquet", ".json"}


def first_version(root, documents):
    """A store as version 1 wrote it: sixteen buckets a year, no unknowns, no direction of changes."""
    fresh(root / "new", documents)
    for dataset in ("documents", "facts", "statements", "findings"):
        for year in (root / "new" / dataset).glob("year=*"):
            target = root / "old" / dataset / year.name
            target.mkdir(parents=True)
            number = "CAST('0x' || substr(document_id, 1, 4) AS INTEGER) % 16"
            rows = f"read_parquet('{year}/*.parquet', hive_partitioning = false)"
            for (n,) in duckdb.sql(f"SELECT DISTINCT {number} FROM {rows}").fetchall():
                path = target / f"bucket-{n:02d}.parquet"
                columns = f"* EXCLUDE ({LATER[dataset]})"
                duckdb.sql(f"COPY (SELECT {columns} FROM {rows} WHERE {number} = {n}) TO '{path}' (FORMAT parquet)")
    (root / "old" / "store.json").write_text('{"version": 1}')
    return root / "old"


def test_a_store_of_the_first_version_is_opened_and_keeps_every_row(documents, tmp_path):
    old = first_version(tmp_path, documents)
    with fiscal.open_store(old) as store, fiscal.open_store(tmp_path / "new") as new:
        for name, later in LATER.items():
            left, right = (one.sql(f"SELECT * EXCLUDE ({later}) FROM {name} ORDER BY ALL") for one in (store, new))
            pd.testing.assert_frame_equal(left, right)  # the rest is known when a year is stored again
        assert set(store["statements"].direction) == {""} and "增加" in set(new["statements"].direction)
        assert store["unknowns"].empty and not new["unknowns"].empty


def test_documents_stored_again_after_a_migration_stand_there_once(documents, tmp_path):
    old = first_version(tmp_path, documents)
    replace_documents(old, documents)
    with fiscal.open_store(old) as store, fiscal.open_store(tmp_path / "new") as new:
        for name in DATASETS:
            pd.testing.assert_frame_equal(store[name], new[name])


def test_a_migration_without_space_is_one_sentence_and_the_old_store_stays(documents, tmp_path, monkeypatch):
    old = first_version(tmp_path, documents)
    before = files(old)

    def full_disk(path, **options):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "touch", full_disk)
        with pytest.raises(RunError, match="No space left on device — free space"):
            fiscal.open_store(old)
    left = files(old)
    assert {path: left[path] for path in before} == before


def test_a_batch_does_not_write_into_a_newer_store(documents, tmp_path):
    fresh(tmp_path, documents)
    (tmp_path / "store.json").write_text(json.dumps({"version": VERSION + 1}))
    before = files(tmp_path)
    with pytest.raises(ReadError, match="newer than"), alone(tmp_path):
        raise AssertionError("must not come here")
    left = files(tmp_path)
    assert {path: left[path] for path in before} == before
