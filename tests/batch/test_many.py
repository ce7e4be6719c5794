"""A batch: what it keeps, what it replaces, what one bad input costs, and what it writes down."""

import json
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner

import fiscal
from fiscal.batch import pages, staging
from fiscal.cli import main
from fiscal.errors import RunError
from tests.batch.accounts import bytes_of, made, office, offices, run, stamps


def stored(out):
    with fiscal.open_store(out / "processed") as store:
        return store["documents"]


def test_a_second_run_does_nothing(tmp_path, monkeypatch):
    offices(tmp_path / "in", 2)
    first = run(tmp_path / "in", out=tmp_path / "out", pages=True)
    assert (first.n_accounts, first.n_stored, first.n_pages_made, first.failures) == (2, 2, 2, [])
    before = stamps(tmp_path / "out")

    def never(*_):
        raise AssertionError("a notebook was executed again")

    monkeypatch.setattr(pages, "make_page", never)
    monkeypatch.setattr(pages, "loaded", nullcontext)
    second = run(tmp_path / "in", out=tmp_path / "out", pages=True)
    assert (second.n_accounts, second.n_stored, second.n_pages_made, second.n_pages_kept) == (2, 0, 0, 2)
    after = stamps(tmp_path / "out")
    assert {n: c for n, (c, _) in after.items()} == {n: c for n, (c, _) in before.items()}
    rewritten = {name for name in before if before[name][1] != after[name][1]}
    assert rewritten <= {"index.html", "rules.html", "search.html"}  # the pages of the whole folder


def test_a_changed_account_is_the_only_one_replaced(tmp_path):
    offices(tmp_path / "in", 3)
    run(tmp_path / "in", out=tmp_path / "out")
    before = stored(tmp_path / "out").set_index("entity")
    shutil.rmtree(tmp_path / "in" / "office-1")
    office(tmp_path / "in" / "office-1" / "2022", 1, notes=True)
    again = run(tmp_path / "in", out=tmp_path / "out")
    assert again.n_stored == 1
    after = stored(tmp_path / "out").set_index("entity")
    changed = before.index[before.digest != after.digest.reindex(before.index)]
    assert list(changed) == [made(1).entity]


def test_an_account_that_is_gone_stays_stored(tmp_path):
    offices(tmp_path / "in", 2)
    run(tmp_path / "in", out=tmp_path / "out")
    shutil.rmtree(tmp_path / "in" / "office-1")
    done = run(tmp_path / "in", out=tmp_path / "out")
    assert done.n_accounts == 1
    assert [notice for notice in done.notices if "/office-1/" in notice and "is no longer there" in notice]
    assert len(stored(tmp_path / "out")) == 2


def test_one_bad_document_costs_itself_alone(tmp_path):
    offices(tmp_path / "in", 2)
    (tmp_path / "in" / "bad").mkdir()
    (tmp_path / "in" / "bad" / "broken.xlsx").write_bytes(b"PK\x03\x04 no archive")
    done = run(tmp_path / "in", out=tmp_path / "out")
    assert done.n_stored == 2
    assert [Path(item["path"]).name for item in done.unreadable] == ["broken.xlsx"]
    assert "broken.xlsx" in done.unreadable[0]["sentence"]
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["unreadable"] == done.unreadable


def test_the_run_record(tmp_path):
    offices(tmp_path / "in", 2)
    run(tmp_path / "in", out=tmp_path / "out")
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["schema"] == "fiscal.run/1"
    assert record["fiscal"] == fiscal.__version__
    assert (record["n_accounts"], record["n_stored"], record["n_pages_made"]) == (2, 2, 0)
    assert set(record["findings"]) == {"error", "warning", "info"}
    assert set(record["seconds"]) == {"read", "check", "store"}
    assert all(seconds > 0 for seconds in record["seconds"].values())


def test_rivals_are_named_and_the_stored_one_kept(tmp_path):
    office(tmp_path / "in" / "b" / "2022", 0)
    run(tmp_path / "in", out=tmp_path / "out")
    office(tmp_path / "in" / "a" / "2022", 0)
    done = run(tmp_path / "in", out=tmp_path / "out")
    assert done.n_accounts == 1 and done.n_stored == 0
    assert stored(tmp_path / "out").path.str.contains("/b/").all()
    assert [notice for notice in done.notices if "claims to be" in notice and "/a/2022" in notice]


def test_a_moved_account_keeps_its_id_and_gets_its_new_path(tmp_path):
    offices(tmp_path / "in", 1)
    run(tmp_path / "in", out=tmp_path / "out")
    before = stored(tmp_path / "out")
    (tmp_path / "in" / "office-0").rename(tmp_path / "in" / "moved")
    run(tmp_path / "in", out=tmp_path / "out")
    after = stored(tmp_path / "out")
    assert list(after.document_id) == list(before.document_id)
    assert "/moved/" in after.path[0]


def test_an_account_whose_name_is_corrected_takes_the_place_of_the_wrong_one(tmp_path):
    offices(tmp_path / "in", 2)
    run(tmp_path / "in", out=tmp_path / "out")
    wrong, right = made(1).entity, made(2).entity
    office(tmp_path / "in" / "office-1" / "2022", 2)
    done = run(tmp_path / "in", out=tmp_path / "out")
    assert [notice for notice in done.notices if f"was stored as {wrong} 2022, now is {right} 2022" in notice]
    with fiscal.open_store(tmp_path / "out" / "processed") as store:
        assert sorted(store["documents"].entity) == sorted([made(0).entity, right])
        assert set(store["facts"].entity) == {made(0).entity, right}


def test_last_years_account_is_found(tmp_path):
    for year in (2021, 2022):
        office(tmp_path / "in" / "office" / str(year), 0, year, notes=True)
    run(tmp_path / "in", out=tmp_path / "out")
    assert sorted(stored(tmp_path / "out").year) == [2021, 2022]


def test_an_output_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    offices(tmp_path / "in", 1)
    with pytest.raises(RunError, match=r"file.*cannot be written"):
        run(tmp_path / "in", out=tmp_path / "file" / "out")


def test_a_full_disk_stops_the_run_and_leaves_the_store(tmp_path, monkeypatch):
    offices(tmp_path / "in", 1)
    run(tmp_path / "in", out=tmp_path / "out")
    before = bytes_of(tmp_path / "out")
    office(tmp_path / "in" / "office-1" / "2022", 1)

    def full(path, write):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(staging, "write_bytes", full)
    with pytest.raises(RunError, match=r"No space left on device — free space"):
        run(tmp_path / "in", out=tmp_path / "out")
    assert bytes_of(tmp_path / "out") == before


def test_nothing_is_left_of_results_that_no_document_needs(tmp_path):
    offices(tmp_path / "in", 2)
    run(tmp_path / "in", out=tmp_path / "out")
    shutil.rmtree(tmp_path / "in" / "office-1")
    (tmp_path / "out" / ".staging" / "read" / "left.part").write_text("")
    run(tmp_path / "in", out=tmp_path / "out")
    assert len([path for path in (tmp_path / "out" / ".staging").rglob("*") if path.is_file()]) == 4


def test_exit_codes(tmp_path):
    cli = CliRunner()
    offices(tmp_path / "in", 1)
    arguments = ["batch", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--no-pages", "--jobs", "1"]
    good = cli.invoke(main, arguments)
    assert good.exit_code == 0 and good.stdout.startswith("1 accounts: 0 error, 0 warning, ")
    (tmp_path / "in" / "bad.xlsx").write_bytes(b"PK\x03\x04 no archive")
    bad = cli.invoke(main, arguments)
    assert bad.exit_code == 2
    assert "bad.xlsx" in bad.stderr
    (tmp_path / "none").mkdir()
    assert (
        cli.invoke(main, ["batch", str(tmp_path / "none"), "--out", str(tmp_path / "o"), "--no-pages"]).exit_code == 2
    )
    assert cli.invoke(main, ["batch", str(tmp_path / "in")]).exit_code == 2


def test_one_entity_is_chosen_but_all_years_are_read(tmp_path):
    offices(tmp_path / "in", 2)
    done = run(tmp_path / "in", out=tmp_path / "out", entity=made(1).entity)
    assert done.n_accounts == 1
    assert list(stored(tmp_path / "out").entity) == [made(1).entity]
