"""Staged results: made once; damaged, moved or foreign ones are not opened; the folder is the user's own."""

import os
import pickle
from pathlib import Path

import pytest

from fiscal.batch.staging import open_staging
from fiscal.errors import RunError

posix = pytest.mark.skipif(os.name != "posix", reason="modes and owners of files")


class Harmful:
    """A pickle that does something when it is opened."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def made(staging, result="made"):
    return staging.made("rows", "abc", lambda: result)


def file_of(staging):
    return Path(staging.folder, "rows", "ab", "abc.pkl")


def test_a_result_is_made_once_by_this_run_or_a_later_one(tmp_path):
    assert made(open_staging(tmp_path), "first") == "first"
    assert made(open_staging(tmp_path), "second") == "first"


@pytest.mark.parametrize("harm", [lambda b: b"", lambda b: b[:40], lambda b: b[:-1] + b"x", lambda b: b"x" + b[1:]])
def test_a_damaged_one_is_made_anew(tmp_path, harm):
    staging = open_staging(tmp_path)
    made(staging, "first")
    file = file_of(staging)
    file.write_bytes(harm(file.read_bytes()))
    assert made(staging, "again") == "again"
    assert made(staging, "never") == "again"


def test_one_that_a_stranger_made_is_not_opened(tmp_path, monkeypatch):
    sign = tmp_path / "opened"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "stranger"))
    made(open_staging(tmp_path), Harmful(sign))
    file_of(open_staging(tmp_path)).with_name("plain.pkl").write_bytes(pickle.dumps(Harmful(sign)))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "own"))
    staging = open_staging(tmp_path)
    assert made(staging) == "made"
    assert staging.made("rows", "plain", lambda: "made") == "made"
    assert not sign.exists()


def test_a_result_under_another_name_is_not_taken_for_it(tmp_path):
    staging = open_staging(tmp_path)
    made(staging, "first")
    other = Path(staging.folder, "read", "ab", "abc.pkl")
    other.parent.mkdir(parents=True)
    other.write_bytes(file_of(staging).read_bytes())
    assert staging.made("read", "abc", lambda: "own") == "own"


@posix
def test_nobody_else_may_look_into_it(tmp_path):
    (tmp_path / ".staging").mkdir(mode=0o755)
    open_staging(tmp_path)
    assert (tmp_path / ".staging").stat().st_mode & 0o777 == 0o700
    (seal,) = Path(os.environ["XDG_STATE_HOME"]).glob("fiscal/seal")
    assert seal.stat().st_mode & 0o777 == 0o600


@posix
def test_the_folder_of_another_user_is_refused(tmp_path, monkeypatch):
    open_staging(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    with pytest.raises(RunError, match="belongs to another user — remove it"):
        open_staging(tmp_path)


def test_a_user_without_a_home_works_all_the_same(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert made(open_staging(tmp_path), "first") == "first"
    assert made(open_staging(tmp_path), "second") == "second"
