"""Papers that are not what they are called: a budget named as an account and the reverse, drafts, no year."""

import re

import pytest

import fiscal
from fiscal.synthetic import make_budgets, make_panel, write_account


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The words of an invented budget and account of 2023."""
    folder = tmp_path_factory.mktemp("papers")
    made = [*make_budgets(3, (2023,)), *make_panel(3, (2023,))]
    return [write_account(one, folder, format="txt").read_text(encoding="utf-8") for one in made]


def problems(path, text):
    path.write_text(text, encoding="utf-8")
    read = fiscal.read(path)
    return read.kind, read.year, [one for one in read.disclosure.problems if "请" in one]


def test_what_the_name_of_the_file_says_is_not_what_it_is(tmp_path, told):
    budget, account = told
    kind, _, (said,) = problems(tmp_path / "2023年部门决算.txt", budget)
    assert kind == "budget" and "名称为部门决算，内容是部门预算" in said
    kind, _, (said,) = problems(tmp_path / "2023年部门预算.txt", account)
    assert kind == "final_account" and "名称为部门预算，内容是部门决算" in said


def test_a_name_that_fits_or_says_neither_is_not_told(tmp_path, told):
    budget, account = told
    assert problems(tmp_path / "2023年部门预算.txt", budget) == ("budget", 2023, [])
    assert problems(tmp_path / "2023年预算执行和决算.txt", account)[2] == []
    assert problems(tmp_path / "资料.txt", budget)[2] == []


def test_a_draft_and_a_budget_without_year_are_told(tmp_path, told):
    budget, _ = told
    _, _, (said,) = problems(tmp_path / "预算.txt", budget.replace("部门预算\n", "部门预算（二上草案）\n", 1))
    assert "自称二上，" in said
    _, year, (said,) = problems(tmp_path / "部门预算.txt", re.sub(r"20\d\d年度?", "", budget))
    assert year is None and "没有写明年度" in said
