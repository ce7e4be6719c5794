"""A batch that is killed at any moment and started again ends as if nothing had happened, byte for byte."""

import random

import pytest

from benchmarks import killing


@pytest.fixture(scope="module")
def accounts(tmp_path_factory):
    return killing.generate(tmp_path_factory.mktemp("in"), 6)


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    return killing.generate(tmp_path_factory.mktemp("pair"), 1, (2021, 2022))


def test_store(accounts, tmp_path):
    whole, seconds = killing.undisturbed(accounts, tmp_path / "out", pages=False)
    assert any(name.startswith("processed/facts") for name in whole)
    moments = [random.Random(seed).uniform(0.3 * seconds, seconds) for seed in (1, 2)]
    killing.finish(accounts, tmp_path / "out", pages=False, moments=moments)
    assert killing.contents(tmp_path / "out") == whole


def test_pages_and_executed_notebooks(pair, tmp_path):
    whole, seconds = killing.undisturbed(pair, tmp_path / "out", pages=True)
    assert sum(name.endswith("report.html") for name in whole) == 2
    assert sum(name.endswith(".ipynb") for name in whole) >= 24
    moments = [random.Random(seed).uniform(0.4 * seconds, seconds) for seed in (4, 5)]
    killing.finish(pair, tmp_path / "out", pages=True, moments=moments)
    assert killing.contents(tmp_path / "out") == whole
