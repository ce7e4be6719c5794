"""Pages through a pool: accounts side by side, or the notebooks of one; a failure costs its own page alone."""

from contextlib import nullcontext
from itertools import chain
from pathlib import Path

import pytest

from fiscal.batch import pages
from fiscal.batch.engine.notebooks import chapters_of
from fiscal.batch.work import Job
from fiscal.errors import RunError


class Here:
    """A pool in this process."""

    def __init__(self, width):
        self.width, self.calls = width, []

    def each(self, function, items):
        for item in items:
            self.calls.append((function.__name__, *item))
            try:
                result = function(*item)
            except Exception as error:
                result = error
            yield item, result


@pytest.fixture(autouse=True)
def nothing_to_load(monkeypatch):
    monkeypatch.setattr(pages, "loaded", nullcontext)


def job(title):
    return Job(title, "", title, title, "key", kind="final_account")


def made(titles, out, width):
    pool = Here(width)
    failures = {job.title: failures for job, failures in pages.make_pages(list(map(job, titles)), out, pool)}
    return failures, pool.calls


def broken(title, error=None):
    def step(item, _):
        if item.title == title:
            raise error or ValueError("no such sheet")
        return []

    return step


def test_enough_accounts_are_made_side_by_side(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "make_page", broken("b"))
    failures, calls = made("abc", tmp_path, 2)
    assert failures == {"a": [], "b": ["no such sheet"], "c": []}
    assert [notebooks for _, _, notebooks in calls] == [[str(path) for path in chapters_of("final_account", False)]] * 3
    assert (tmp_path / "index.html").exists()


def test_few_accounts_are_divided_and_exported_when_all_parts_are_there(tmp_path, monkeypatch):
    def run_chapters(item, notebooks):
        return [f"{Path(name).name} failed" for name in notebooks if item.title == "b" and "01_" in name]

    def export_page(item, failed):
        return []

    monkeypatch.setattr(pages, "run_chapters", run_chapters)
    monkeypatch.setattr(pages, "export_page", export_page)
    failures, calls = made("ab", tmp_path, 3)
    assert failures["a"] == [] and len(failures["b"]) == 1 and failures["b"][0].startswith("01_")
    parts = [notebooks for name, item, notebooks in calls if name == "run_chapters" and item.title == "a"]
    assert len(parts) == 3 and sorted(chain(*parts)) == job("a").chapters
    assert calls[6:] == [("export_page", job("a"), False), ("export_page", job("b"), True)]


def test_an_account_that_lost_a_part_is_not_exported(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "run_chapters", broken("b"))
    monkeypatch.setattr(pages, "export_page", lambda item, failed: [])
    failures, calls = made("ab", tmp_path, 3)
    assert failures == {"a": [], "b": ["no such sheet"] * 3}
    assert [item.title for _, item, last in calls if last is False] == ["a"]


def test_an_output_that_cannot_be_written_stops_the_run(tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "make_page", broken("a", RunError("out", "cannot be written", "free space")))
    with pytest.raises(RunError, match="cannot be written"):
        made("ab", tmp_path, 1)


def test_a_document_has_the_chapters_of_its_kind():
    plan, budget = "14_plan_and_outcome.ipynb", "13_budget.ipynb"
    alone, paired = ({path.name for path in chapters_of("final_account", beside)} for beside in (False, True))
    assert paired - alone == {plan} and budget not in paired
    assert {path.name for path in chapters_of("budget", False)} == {
        budget, "10_reconciliation.ipynb", "11_tables.ipynb"
    }  # fmt: skip


def test_nothing_to_do_still_writes_the_index(tmp_path):
    assert made("", tmp_path, 2) == ({}, [])
    assert (tmp_path / "index.html").exists()
