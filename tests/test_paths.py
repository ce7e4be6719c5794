"""Paths as a user means them, and files written whole or not at all."""

import pytest

import fiscal
from fiscal.paths import nearby, write_text
from fiscal.store.layout import mark_version


def test_a_relative_path_is_found_from_a_folder_below(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert nearby("data") == tmp_path / "data"
    assert str(nearby("nowhere-at-all")) == "nowhere-at-all"


def test_the_store_and_the_lists_are_found_from_the_folder_of_the_notebooks(tmp_path, monkeypatch):
    mark_version(tmp_path / "data/processed")
    (tmp_path / "expected.csv").write_text("entity,year\n甲县乙局,2023\n", encoding="utf-8")
    (tmp_path / "prices.csv").write_text("year,index\n2023,100.2\n", encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert fiscal.open_store("data/processed")["documents"].empty
    assert list(fiscal.read_expected("expected.csv")["entity"]) == ["甲县乙局"]
    assert list(fiscal.read_prices("prices.csv")["year"]) == [2023]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    file = tmp_path / "a.txt"
    write_text(file, "old")
    with pytest.raises(UnicodeEncodeError):
        write_text(file, "new \udcff")
    assert file.read_text() == "old" and list(tmp_path.iterdir()) == [file]
