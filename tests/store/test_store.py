"""The store: rows of a document are replaced and nothing else, views give the numbers of the printed tables."""

import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import fiscal
from fiscal.errors import ReadError, RunError
from fiscal.store import write
from fiscal.store.migrate import migrate
from fiscal.store.rows import document_id, rows_of
from fiscal.store.schema import DATASETS, VERSION

DATA = Path(__file__).parents[2] / "data" / "raw"
OFFICE, HOTLINE = "临溪区政务服务中心", "遂宁市安居区效能热线办公室"


@pytest.fixture(scope="module")
def documents():
    """Rows of the invented office of 2021 and 2022 and of the hotline office of 2021 and 2022."""
    rows = []
    for entity in ("demo-office", "suining-hotline"):
        before = None
        for year in (2021, 2022):
            account = fiscal.read(DATA / entity / str(year))
            rows.append(rows_of(account, account.check(before), f"digest-{entity}-{year}"))
            before = account
    return rows


@pytest.fixture(scope="module")
def full(documents, tmp_path_factory):
    root = tmp_path_factory.mktemp("store")
    write.replace_documents(root, documents)
    with fiscal.open_store(root) as store:
        yield store


def fresh(root, documents):
    write.replace_documents(root, documents)
    return files(root)


def files(root):
    """Every file of a store with its content and time of writing."""
    return {path.relative_to(root): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(root.rglob("*")) if path.is_file()}  # fmt: skip


def line(frame, **wanted):
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def test_totals_are_those_of_the_printed_summary(full):
    found = line(full["totals"], entity=OFFICE, year=2022)
    assert found.total_yuan == Decimal("2666100")  # 266.61 万元
    assert found.expenditure_yuan == Decimal("2651300")  # 265.13 万元
    assert line(full["totals"], entity=HOTLINE, year=2022).total_yuan == Decimal("2189600")


def test_year_on_year_compares_with_last_year_by_number(full):
    found = line(full["year_on_year"], entity=OFFICE, year=2022)
    assert found.change_yuan == Decimal("173600")  # 266.61 - 249.25
    assert found.change_rate == pytest.approx(17.36 / 249.25)
    assert pd.isna(line(full["year_on_year"], entity=OFFICE, year=2021).change_rate)


def test_carry_over_sets_opening_beside_closing(full):
    found = line(full["carry_over"], entity=OFFICE, year=2022)
    assert (found.opening_yuan, found.closing_prior_yuan, found.gap_yuan) == (51600, 51600, 0)  # 5.16 万元


def test_a_blank_balance_stays_empty_and_is_no_zero(full):
    assert pd.isna(line(full["carry_over"], entity=HOTLINE, year=2022).gap_yuan)


def test_expenditure_by_function(full):
    found = line(full["expenditure_by_function"], entity=OFFICE, year=2022, row_code="201")
    assert (found.total_yuan, found.basic_yuan, found.project_yuan) == (1922600, 1266700, 655900)
    assert found.level == "class"


def test_three_public_against_budget_and_per_head(full):
    found = line(full["execution_three_public"], entity=OFFICE, year=2022, item="total")
    assert (found.actual_yuan, found.budget_yuan) == (82200, 91900)  # 8.22 of 9.19 万元
    assert found.execution_rate == pytest.approx(8.22 / 9.19)
    per_head = line(full["three_public_per_head"], entity=OFFICE, year=2022, column="actual_total")
    assert per_head.n_staff == 76
    assert per_head.per_head_yuan == pytest.approx(82200 / 76)


def test_findings_are_counted_by_rule(full):
    counted = full.sql("SELECT sum(n) AS n FROM findings_by_rule").n[0]
    assert counted == full.sql("SELECT count(*) AS n FROM findings").n[0] > 0


def test_every_view_answers_on_an_empty_store(tmp_path):
    write.mark_version(tmp_path)
    with fiscal.open_store(tmp_path) as store:
        assert [len(store[view]) for view in store.views] == [0] * len(store.views)


def test_a_printed_zero_is_a_fact_and_a_blank_is_none(full):
    """State capital of the hotline office is stated as 0; funds that nobody has are blank in the office's summary."""
    rows = full.sql('SELECT value, amount_yuan FROM facts WHERE entity = ? AND "table" = ? AND row_code = ?',
                    [OFFICE, "expenditure", "2010302"])  # fmt: skip
    assert "0" not in set(rows.value)
    assert set(full.sql("SELECT DISTINCT amount_yuan FROM facts WHERE value IN ('0', '0.00')").amount_yuan) <= {0}


def test_facts_are_as_many_as_printed_numbers(full):
    account = fiscal.read(DATA / "demo-office" / "2022")
    key = document_id(OFFICE, 2022, "final_account")
    stored = full.sql("SELECT value FROM facts WHERE document_id = ?", [key]).value
    assert sorted(stored) == sorted(account.facts["value"])


def test_replacing_a_document_leaves_all_others(documents, tmp_path):
    fresh(tmp_path, documents)
    new = rows_of(fiscal.read(DATA / "demo-office" / "2022"), fiscal.read(DATA / "demo-office" / "2022").check(), "new")
    with fiscal.open_store(tmp_path) as store:
        old = {name: store.sql(f"SELECT * FROM {name} WHERE document_id <> '{new.document_id}'") for name in DATASETS}
    write.replace_documents(tmp_path, [new])
    with fiscal.open_store(tmp_path) as store:
        for name in DATASETS:
            pd.testing.assert_frame_equal(
                store.sql(f"SELECT * FROM {name} WHERE document_id <> '{new.document_id}'"), old[name]
            )
        assert line(store["documents"], document_id=new.document_id).digest == "new"
        n = store.sql("SELECT count(*) AS n FROM facts WHERE document_id = ?", [new.document_id]).n[0]
    assert n == len(new.datasets["facts"])


def test_only_the_buckets_of_the_document_are_written(documents, tmp_path):
    before = fresh(tmp_path, documents)
    write.replace_documents(tmp_path, [documents[0]])
    after = files(tmp_path)
    year, number = write.bucket_of(documents[0].document_id, documents[0].year)
    mine = {Path(name, f"year={year}", f"bucket-{number:02d}.parquet") for name in DATASETS}
    assert {path for path in before if before[path][1] != after[path][1]} <= mine
    assert {path: content for path, (content, _) in before.items()} == {p: content for p, (content, _) in after.items()}


def test_the_order_of_arrival_does_not_matter(documents, tmp_path):
    first = fresh(tmp_path / "a", documents)
    for rows in reversed(documents):
        write.replace_documents(tmp_path / "b", [rows])
    second = files(tmp_path / "b")
    assert {path: content for path, (content, _) in first.items()} == {p: content for p, (content, _) in second.items()}


def test_a_document_can_be_taken_out(documents, tmp_path):
    fresh(tmp_path, documents)
    write.replace_documents(tmp_path, [], removed=[(documents[0].document_id, documents[0].year)])
    left = set(write.stored(tmp_path))
    assert left == {rows.document_id for rows in documents[1:]}


def test_a_write_that_fails_leaves_the_old_store(documents, tmp_path, monkeypatch):
    before = fresh(tmp_path, documents)

    def full_disk(path, other):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(RunError, match="No space left on device — free space"):
        write.replace_documents(tmp_path, documents)
    assert files(tmp_path) == before


def test_a_folder_that_cannot_be_made_is_named(documents, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match=r"file.* cannot be written"):
        write.replace_documents(tmp_path / "file" / "store", documents)


def test_a_write_killed_between_datasets_is_done_again(documents, tmp_path, monkeypatch):
    """The digest in `documents` is written last, so what lacks facts is not taken for stored."""
    rewrite = write._rewrite

    def killed(connection, path, dataset):
        if dataset == "facts":
            raise KeyboardInterrupt
        rewrite(connection, path, dataset)

    monkeypatch.setattr(write, "_rewrite", killed)
    with pytest.raises(KeyboardInterrupt):
        write.replace_documents(tmp_path, documents)
    assert write.stored(tmp_path) == {}


def test_no_store_is_named_with_what_to_do(tmp_path):
    with pytest.raises(ReadError, match="holds no store — make one with `fiscal batch`"):
        fiscal.open_store(tmp_path)


def test_a_newer_store_is_refused(tmp_path):
    (tmp_path / "store.json").write_text(json.dumps({"version": VERSION + 1}))
    with pytest.raises(ReadError, match="newer than"):
        fiscal.open_store(tmp_path)


def test_a_wrong_query_names_the_views(full):
    with pytest.raises(ReadError, match="totals"):
        full.sql("SELECT * FROM nowhere")


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
    assert not list(tmp_path.rglob("*.next"))


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
    assert list(tmp_path.rglob("*.next"))
    migrate(tmp_path, VERSION, to=VERSION + 1, steps=STEPS)
    assert float(amounts(tmp_path).amount_wan.iloc[0]) == 266.61
    assert json.loads((tmp_path / "store.json").read_text()) == {"version": VERSION + 1}
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} == {".parquet", ".json"}
