"""Data files of the package are kept parsed, as Python keeps its modules; what is kept never outlives its file."""

import os
import sys

import pytest
import yaml

from fiscal.dictionary import load


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(load, "DATA", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    path = tmp_path / "one.yaml"
    path.write_text("names: [教育局]\n", encoding="utf-8")
    return path


def test_a_file_is_parsed_once_and_anew_when_it_changes(file, monkeypatch):
    assert load.read_yaml(file) == {"names": ["教育局"]}
    with monkeypatch.context() as patched:
        patched.setattr(yaml, "load", lambda *_, **__: pytest.fail("parsed again"))
        assert load.read_yaml(file) == {"names": ["教育局"]}
    file.write_text("names: [财政局, 民政局]\n", encoding="utf-8")
    assert load.read_yaml(file) == {"names": ["财政局", "民政局"]}


@pytest.mark.parametrize("content", [b"", b"\xe3", b"no marshal", b"N"])
def test_a_broken_kept_one_is_parsed_again(file, content):
    load.read_yaml(file)
    (kept,) = file.parent.glob("__pycache__/*")
    kept.write_bytes(content)
    assert load.read_yaml(file) == {"names": ["教育局"]}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_no_matter(file):
    file.parent.chmod(0o500)
    assert load.read_yaml(file) == {"names": ["教育局"]}


def test_nothing_is_kept_where_python_keeps_no_modules(file, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    load.read_yaml(file)
    assert not (file.parent / "__pycache__").exists()
