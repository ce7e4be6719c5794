"""Folders: which files are read together, and how an account that shares its folder is read again."""

import os
from pathlib import Path

import pytest

import fiscal
from fiscal.batch import steps
from fiscal.batch.engine.pools import Processes
from fiscal.batch.reading_plan import CROWDED, gather, split
from fiscal.batch.staging import open_staging
from fiscal.recognise.package import discover
from fiscal.synthetic import write_account
from tests.batch.accounts import made, run


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """One folder with a workbook of each of 13 offices, and a text with the words of the first."""
    folder = tmp_path_factory.mktemp("crowd")
    for seed in range(CROWDED + 1):
        write_account(made(seed), folder, with_notes=False).rename(folder / f"{seed:02d}.xlsx")
    write_account(made(0), folder, format="txt").rename(folder / "words.txt")
    return folder


@pytest.fixture(scope="module")
def gathered(crowd, tmp_path_factory):
    staging = open_staging(tmp_path_factory.mktemp("staging"))
    return gather(Processes(1), staging, list(split(discover([crowd]))), lambda name: None)


def files(n, folder=Path("a")):
    return [(folder, [folder / f"{number}.xlsx" for number in range(n)])]


def test_a_crowded_folder_is_read_file_by_file():
    assert list(split(files(2))) == [(os.path.join("a", "0.xlsx"), os.path.join("a", "1.xlsx"))]
    assert len(list(split(files(CROWDED + 1)))) == CROWDED + 1


def test_a_folder_with_notes_is_one_account_however_many_files_it_has():
    ((folder, many),) = files(CROWDED + 1)
    assert len(list(split([(folder, [*many, folder / "notes.yaml"])]))) == 1


def test_files_of_one_entity_are_joined_again(crowd, gathered):
    assert len(gathered.found) == CROWDED + 1
    assert gathered.unreadable == []
    (joined,) = [item for item in gathered.found if item.entity == made(0).entity]
    assert joined.source.split(os.pathsep) == [str(crowd / "00.xlsx"), str(crowd / "words.txt")]
    assert joined.path == str(crowd)


def test_an_account_that_shares_its_folder_can_be_read_again(gathered):
    (joined,) = [item for item in gathered.found if item.entity == made(0).entity]
    account = fiscal.read(joined.source)
    assert (account.entity, account.year) == (made(0).entity, 2022)
    assert account.table("expenditure") is not None
    assert account.narrative.claims


def test_the_crowded_folder_is_read_as_the_small_one(crowd, gathered):
    """The same accounts as when all files are read in one go."""
    both = [fiscal.read(path) for path in (crowd / "01.xlsx", crowd / "02.xlsx")]
    assert {(a.entity, a.year) for a in both} <= {(item.entity, item.year) for item in gathered.found}


def test_two_accounts_of_one_small_folder_are_told_apart(tmp_path):
    for seed in (0, 1):
        write_account(made(seed), tmp_path, with_notes=False).rename(tmp_path / f"{seed}.xlsx")
        write_account(made(seed), tmp_path, format="txt").rename(tmp_path / f"{seed}.txt")
    ((_, paths),) = discover([tmp_path])
    found, _ = steps.read(open_staging(tmp_path), tuple(map(str, paths)))
    assert {item.path for item in found} == {str(tmp_path)}
    for seed, item in enumerate(sorted(found, key=lambda item: item.source)):
        assert fiscal.read(item.source).entity == made(seed).entity


def test_an_account_alone_in_its_folder_goes_by_the_folder(tmp_path):
    write_account(made(0), tmp_path / "in", with_notes=True)
    ((_, paths),) = discover([tmp_path / "in"])
    ((found,), _) = steps.read(open_staging(tmp_path), tuple(map(str, paths)))
    assert found.source == str(tmp_path / "in")


def test_a_second_run_over_a_crowded_folder_reads_nothing(crowd, tmp_path, monkeypatch):
    run(crowd, out=tmp_path / "out")

    def never(*_):
        raise AssertionError("read again")

    monkeypatch.setattr(steps, "read_packages", never)
    again = run(crowd, out=tmp_path / "out")
    assert (again.n_accounts, again.n_stored, again.unreadable) == (CROWDED + 1, 0, [])


def test_a_folder_that_is_not_there_is_named_in_words(tmp_path):
    done = run(tmp_path / "nowhere", out=tmp_path / "out")
    assert [bad["sentence"] for bad in done.unreadable] == [
        "could not be read: No such file or directory — check the path"
    ]
