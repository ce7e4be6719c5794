"""Damaged files of every format are read or refused in a sentence; `make fuzz` tries 100,000."""

from pathlib import Path

import pytest

from benchmarks.fuzzing import _outcome, faults, mutant, seeds
from fiscal.recognise.package import read_folder

MUTANTS = 50  # of each format


def test_the_sound_files_are_read(tmp_path):
    for name, content in seeds(tmp_path / "seeds").items():
        home = tmp_path / name.replace(".", "-")
        home.mkdir()
        (tmp_path / name).write_bytes(content)
        (home / name).write_bytes(content)
        assert _outcome(home / name, tmp_path) == ""


def test_a_mutant_is_the_same_in_every_run_and_no_other():
    content = bytes(range(256)) * 40
    assert mutant(content, 7) == mutant(content, 7) != content
    assert len({mutant(content, number) for number in range(100)}) > 60


def test_no_damaged_file_is_an_uncaught_error(monkeypatch):
    found = list(faults(MUTANTS))
    assert len(found) == 12 * MUTANTS
    assert [told for told in found if told[2]] == []


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_package_of_a_version_that_is_none_is_told(tmp_path, name):
    content = seeds(tmp_path / "seeds")[f"account.{name[2:]}"]
    start = content.rindex(b"PK\x01\x02")
    path = Path(tmp_path, name)
    path.write_bytes(content[: start + 6] + b"\xff" + content[start + 7 :])
    (told,) = read_folder([str(path)])
    assert "truncated or damaged" in told.sentence


@pytest.mark.parametrize("control", ["\\uc99999999999", "\\u99999999999?", "\\ansicpg99999999999"])
def test_a_number_of_rich_text_that_is_too_large_is_told(tmp_path, control):
    path = Path(tmp_path, "a.rtf")
    path.write_text("{\\rtf1\\ansi " + control + " text}")
    assert all("please report it" not in getattr(item, "sentence", "") for item in read_folder([str(path)]))
