"""Two years side by side, as the last chapter shows them."""

import re
from pathlib import Path

import pytest

import fiscal
from fiscal import read, show
from fiscal.judged import Finding, Findings
from fiscal.report.kit.links import tidied

DEMO = Path(__file__).parents[2] / "data/raw/demo-office"


@pytest.fixture(scope="module")
def pair():
    return read(DEMO / "2023"), read(DEMO / "2022")


def plain(cell: str) -> str:
    return re.sub(r"<[^>]+>", "", cell)


def cells(shown) -> list[list[str]]:
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", shown._repr_html_().partition("<tbody>")[2], re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


def test_the_planted_opening_balance_does_not_tie(pair):
    assert [plain(cell) for cell in cells(show.carried(*pair))[0]] == [
        "结转和结余", "3.81不符，见第4项", "0.81", "3.00", "不一致"]  # fmt: skip
    assert cells(show.carried(*pair))[1][-1] == "一致"


def test_the_stated_changes_lead_back_to_last_years_account(pair):
    lines = {line[0]: line[1:] for line in cells(show.restated(*pair))}
    assert lines["收、支总计"] == ["266.61", "266.61", "0.00", "一致"]
    planted = [plain(cell) for cell in lines["公务接待费"]]  # 4.12 for 1.12
    assert planted == ["4.04不符，见第2项", "1.04", "3.00", "不一致"]


def test_last_years_doubts_are_told_of_its_numbers_and_lead_to_its_page(pair):
    now, before = pair
    cell = before.amount("three_public", "data", "actual_total")
    assert id(cell) not in now.check(before).doubts
    wrong = Finding("stated", "error", "两处不一致", suspects=(cell,), cause="digit")
    told = Findings((wrong,), (), {})
    before._checked.clear()
    before._checked["planted"] = told
    now._checked.clear()
    now.check(before)
    lines = fiscal.metrics.variance(now, before)
    body = show.measure(lines, "比较", now)._repr_html_()
    before._checked.clear()
    now._checked.clear()
    link = '<a href="#year-2022" title="两处不一致" class="see error">2022年决算不符</a>'
    assert f'<span class="wrong">8.22</span><span class="mark">{link}</span>' in body
    assert tidied([link], beside={"year-2022": "../2022/report.html"})[0].startswith('<a href="../2022/report.html"')
    assert tidied([link])[0].startswith("<span")


def test_a_cost_per_head_of_a_doubted_amount_is_marked(pair):
    pair[0].check(pair[1])
    lines = {line[0]: [plain(cell) for cell in line[1:]] for line in cells(show.per_head(*pair))}
    assert lines["每批次接待费"][1] == "1,471.43不符，见第2项"  # 4.12万元 / 28


def test_costs_per_head_of_both_years(pair):
    lines = {line[0]: line[1:] for line in cells(show.per_head(*pair))}
    assert lines["人均支出"] == ["66人", "43,393.94", "34,885.53", "8,508.41"]  # 286.40万元 / 66, 265.13万元 / 76


def test_no_code_was_renamed(pair):
    assert "没有改名的" in show.renamed(*pair)._repr_html_()


def test_without_last_year_each_says_so(pair):
    now = pair[0]
    assert "上年决算未提供，无从比较" in show.carried(now)._repr_html_()
    assert "上年决算未提供，无从比较" in show.restated(now)._repr_html_()
    assert "上年决算未提供，无从比较" in show.renamed(now)._repr_html_()
    assert cells(show.per_head(now))[0][3:] == ["", ""]


def test_figures_taken_from_this_years_own_comparison_prove_nothing():
    home = DEMO.parent / "suining-hotline"
    assert "不能作为两年衔接的证明" in show.restated(read(home / "2022"), read(home / "2021"))._repr_html_()
