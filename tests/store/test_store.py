"""The store: rows of a document are replaced and nothing else, views give the numbers of the printed tables."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import fiscal
from fiscal import metrics
from fiscal.errors import ReadError, RunError
from fiscal.store import writing as write
from fiscal.store.layout import bucket_of, mark_version
from fiscal.store.rows import document_id, rows_of
from fiscal.store.schema import DATASETS, VERSION
from fiscal.synthetic import make_department, write_account
from tests.store.stores import files, fresh, many

DATA = Path(__file__).parents[2] / "data" / "raw"
OFFICE, HOTLINE = "临溪区政务服务中心", "遂宁市安居区效能热线办公室"


@pytest.fixture(scope="module")
def full(documents, tmp_path_factory):
    root = tmp_path_factory.mktemp("store")
    write.replace_documents(root, documents)
    with fiscal.open_store(root) as store:
        yield store


def line(frame, **wanted):
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def test_a_doubted_number_names_its_finding_and_an_account_read_back_tells_it(tmp_path):
    office = fiscal.read(DATA / "demo-office/2023")
    write.replace_documents(tmp_path, [rows_of(office, office.check(), "digest")])
    full = fiscal.open_store(tmp_path)
    asked = """SELECT f."table", f.row_key, f.value, g.message, g.doubt FROM facts f
               JOIN findings g USING (document_id, finding) WHERE f.entity = ? AND f.year = 2023 ORDER BY ALL"""
    wrong = full.sql(asked, [OFFICE])
    assert list(wrong["value"]) == ["23.66", "3.81", "4.12"] and set(wrong["doubt"]) == {"不符"}  # as planted
    account = full.accounts(OFFICE)[-1]
    cell = account.amount("three_public", "data", "actual_reception")
    assert account.doubts[id(cell)].told == "2023年决算不符" and "4.12" in account.doubts[id(cell)].message
    assert account.doubts[id(account.stated("exp_basic_share"))].number  # 26.13, planted in the text


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


def test_execution_by_function_sets_budgets_stated_in_the_narrative_beside_what_was_spent(full):
    found = line(full["execution_by_function"], entity=OFFICE, year=2022, row_code="2010302")
    assert (found.budget_yuan, found.actual_yuan, found.row_label) == (411600, 354300, "一般行政管理事务")
    assert found.execution_rate == pytest.approx(35.43 / 41.16)
    assert full["execution_by_function"].query(f"entity == '{HOTLINE}' and year == 2021").empty  # states no item


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
    mark_version(tmp_path)
    with fiscal.open_store(tmp_path) as store:
        assert [len(store[view]) for view in store.views] == [0] * len(store.views)


def test_a_printed_zero_is_a_fact_and_a_blank_is_none(full):
    """State capital of the hotline office is stated as 0; funds that nobody has are blank in the office's summary."""
    rows = full.sql('SELECT value, amount_yuan FROM facts WHERE entity = ? AND "table" = ? AND row_code = ?',
                    [OFFICE, "expenditure", "2010302"])  # fmt: skip
    assert "0" not in set(rows.value)
    assert set(full.sql("SELECT DISTINCT amount_yuan FROM facts WHERE value IN ('0', '0.00')").amount_yuan) <= {0}


def test_a_cell_not_published_is_an_unknown_and_no_fact(full):
    account = fiscal.read(DATA / "suining-hotline" / "2022")
    key = document_id(HOTLINE, 2022, "final_account")
    cells = full.sql('SELECT "table", row_key, "column" FROM unknowns WHERE document_id = ? ORDER BY ALL', [key])
    expected = account.cells[account.cells["state"] == "unknown"]
    assert len(cells) == len(expected) > 0
    assert full.sql("SELECT count(*) AS n FROM facts WHERE value = '未公开'").n[0] == 0


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
    year, number = bucket_of(documents[0].document_id, documents[0].year)
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
    bucket = bucket_of(documents[0].document_id, documents[0].year)
    write.replace_bucket(tmp_path, bucket, [], leaving=frozenset({documents[0].document_id}))
    left = set(write.stored(tmp_path))
    assert left == {rows.document_id for rows in documents[1:]}


def test_a_write_that_fails_leaves_the_old_store(documents, tmp_path, monkeypatch):
    before = fresh(tmp_path, documents)

    def full_disk(path, other):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(RunError, match=r"No space left on device.* — free space"):
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


def test_a_damaged_file_is_named_with_what_to_do(tmp_path):
    many(tmp_path, 1, (2023,))
    (bucket,) = (tmp_path / "facts").rglob("*.parquet")
    with fiscal.open_store(tmp_path) as store:
        store.sql("select count(*) from facts")
        bucket.write_bytes(bucket.read_bytes()[:100])
        with pytest.raises(ReadError, match=rf"cannot be read.*{bucket.name}.*move this folder away and run"):
            store.sql("select * from totals")


def test_a_year_known_from_comparatives_is_marked(full):
    known = full["comparison"]
    assert line(known, entity=HOTLINE, year=2021).coverage == "comparatives"
    assert set(known[known["entity"] == OFFICE].coverage) == {""}


@pytest.fixture(scope="module")
def budgets(tmp_path_factory):
    """A department of two units, 2022 and 2023: accounts and budgets of all three bodies."""
    made = make_department(1, (2022, 2023), n_units=2)
    read = []
    for number, panel in enumerate([made.own, made.plans, *made.units, *made.unit_plans]):
        folder = tmp_path_factory.mktemp(f"body-{number}")
        read += [fiscal.read(write_account(one, folder / str(one.year))) for one in panel]
    root = tmp_path_factory.mktemp("budgets")
    write.replace_documents(root, [rows_of(one, one.check(), str(at)) for at, one in enumerate(read)])
    with fiscal.open_store(root) as store:
        yield made, store


def test_plan_and_outcome_are_one_line_per_item(budgets):
    made, store = budgets
    plan, account = made.plans[1], made.own[1]
    (item,) = [row for row in plan.tables["budget_general_public_expenditure"].rows if row.code == "2210201"]
    found = line(store["plan_outcome"], entity=account.entity, year=2023, kind="function", row_key="2210201")
    assert found.planned_yuan == item.cells["total"].number * 10_000
    assert found.actual_yuan == account.amount("general_public_budget_expenditure", "2210201", "total").number * 10_000
    three = line(store["plan_outcome"], entity=account.entity, year=2023, kind="three_public", row_key="total")
    assert three.initial_yuan == three.planned_yuan > three.actual_yuan


def test_budgets_change_from_year_to_year_amount_by_amount(budgets):
    made, store = budgets
    before, now = (one.amount("budget_summary", "revenue_total", "revenue_amount").number for one in made.plans)
    found = line(store["budget_changes"], entity=made.own[0].entity, year=2023, table="budget_summary",
                 row_key="revenue_total")  # fmt: skip
    assert found.change_yuan == (now - before) * 10_000
    assert set(store["budget_changes"].year) == {2023}


def test_a_department_adds_up_to_its_units_kind_by_kind(budgets):
    made, store = budgets
    parent = made.own[0].entity
    due = pd.DataFrame([(unit[0].entity, 2023, None, parent) for unit in made.units],
                       columns=["entity", "year", "by", "parent"])  # fmt: skip
    found = metrics.consolidated(store["printed_totals"], due, year=2023)
    assert set(found["outcome"]) == {"equal"} and set(found["kind"]) == {"final_account", "budget"}
    assert len(found[found["kind"] == "budget"]) == 6
    due.loc[len(due)] = ("没有公开的单位", 2023, None, parent)
    assert set(metrics.consolidated(store["printed_totals"], due, year=2023)["outcome"]) == {"unknown"}


def harmed(path, harm):
    path.write_bytes(harm(path.read_bytes())) if harm else path.unlink()


@pytest.mark.parametrize("dataset", ["facts", "documents"])
@pytest.mark.parametrize("harm", [lambda b: b[:-1], lambda b: b + b"x", lambda b: b"", lambda b: b"no parquet", None])
def test_a_damaged_bucket_is_told_and_stored_again(documents, tmp_path, dataset, harm):
    before = fresh(tmp_path, documents)
    assert write.repair(tmp_path) == [] and write.unsound(tmp_path) == set()
    path = next(path for path in sorted(before) if path.parts[0] == dataset)
    bucket = int(path.parent.name[-4:]), int(path.stem[-2:])
    harmed(tmp_path / path, harm)
    told = write.repair(tmp_path)
    assert all(f"bucket {bucket[1]} of {bucket[0]} was damaged" in one for one in told)
    lost = [rows for rows in documents if bucket_of(rows.document_id, rows.year) == bucket]
    if dataset == "documents":
        assert not set(write.stored(tmp_path)) & {rows.document_id for rows in lost}
    else:
        assert len(told) == 1 and write.unsound(tmp_path) == {bucket}
    write.replace_documents(tmp_path, lost)
    assert {p: content for p, (content, _) in files(tmp_path).items()} == {p: c for p, (c, _) in before.items()}
    assert write.repair(tmp_path) == [] and write.unsound(tmp_path) == set()


def test_a_bucket_that_a_killed_write_left_keeps_its_other_documents(documents, tmp_path, monkeypatch):
    fresh(tmp_path, documents)
    rewrite = write._rewrite

    def killed(connection, path, dataset, *told):
        if dataset == "documents":
            raise KeyboardInterrupt
        rewrite(connection, path, dataset)

    fewer = replace(documents[0], datasets=documents[0].datasets | {"facts": documents[0].datasets["facts"][:3]})
    bucket = bucket_of(fewer.document_id, fewer.year)
    with monkeypatch.context() as patched:
        patched.setattr(write, "_rewrite", killed)
        with pytest.raises(KeyboardInterrupt):
            write.replace_bucket(tmp_path, bucket, [fewer])
    assert write.repair(tmp_path) == []
    assert write.unsound(tmp_path) == {bucket}
    assert len(write.stored(tmp_path)) == len(documents)


def test_what_duckdb_says_of_a_file_that_is_none_is_one_sentence(documents, tmp_path):
    fresh(tmp_path, documents)
    for file in (tmp_path / "documents").rglob("*.parquet"):
        file.write_bytes(b"no parquet")
    with pytest.raises(RunError, match=r"move this folder away|may write") as told:
        write.stored(tmp_path)
    assert "\n" not in str(told.value)
