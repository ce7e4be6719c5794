"""A file beyond the limits costs itself alone, in every command; the good account beside it is read."""

import json
import os
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner

import fiscal
from fiscal import sandbox
from fiscal.cli import main
from fiscal.recognise import package
from tests.batch.accounts import office

read_raw = package.read_raw


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Good accounts and, in the folder of one of them, two files that end the process that reads them."""

    def harmful(path):
        if Path(path).name == "spins.txt":
            while True:
                pass
        if Path(path).name == "breaks.txt":
            os.kill(os.getpid(), signal.SIGSEGV)
        return read_raw(path)

    monkeypatch.setattr(package, "read_raw", harmful)
    monkeypatch.setattr(sandbox, "SECONDS", 1)
    monkeypatch.setattr(sandbox.threading, "active_count", lambda: 1)  # threads other tests left do not count
    office(tmp_path / "in/a/2022", 1)
    office(tmp_path / "in/b/2022", 2)
    for name in ("spins.txt", "breaks.txt"):
        (tmp_path / "in/a/2022" / name).write_text("甲县乙局2022年度部门决算", encoding="utf-8")
    return tmp_path


def called(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


def test_check(folder):
    done = called("check", folder / "in", "--format", "json")
    documents = json.loads(done.stdout)["documents"]
    errors = {Path(entry["path"]).name: entry["error"] for entry in documents if entry["error"]}
    assert done.exit_code == 2 and len(documents) == 4
    assert errors.keys() == {"spins.txt", "breaks.txt"}
    assert "spins.txt: takes more than 1 s of processor time" in errors["spins.txt"]
    assert "breaks.txt: the process that worked on it was terminated (SIGSEGV)" in errors["breaks.txt"]


def test_extract(folder):
    done = called("extract", folder / "in", "--out", folder / "out")
    lines = (folder / "out/documents.csv").read_text(encoding="utf-8").splitlines()
    assert done.exit_code == 2 and len(lines) == 5
    assert sum("processor time" in line for line in lines) == sum("terminated" in line for line in lines) == 1
    assert (folder / "out/facts.csv").read_text(encoding="utf-8").count("b/2022") > 100


def test_batch(folder):
    done = called("batch", folder / "in", "--out", folder / "out", "--no-pages")
    assert done.exit_code == 2 and "2 accounts" in done.stdout and "2 stored" in done.stdout
    assert "spins.txt: could not be read" in done.stderr and "breaks.txt: could not be read" in done.stderr


def test_read(folder):
    assert fiscal.read(folder / "in/a/2022").year == 2022
    with pytest.raises(fiscal.errors.ReadError, match="takes more than 1 s of processor time"):
        fiscal.read(folder / "in/a/2022/spins.txt")
