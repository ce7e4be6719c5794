"""The comparison of departments: made from a store, for one department, for none before, with and without a list."""

import json
import re

import pytest

from fiscal.batch.store_pages import compare, expected_list
from tests.store.stores import many, rows, write_store


def page(tmp_path, *accounts, expected: str = "") -> str:
    write_store(tmp_path / "processed", *accounts)
    path = tmp_path / "expected.csv" if expected else None
    if path:
        path.write_text(expected, encoding="utf-8")
    assert compare(tmp_path / "processed", tmp_path, expected=path) == []
    return (tmp_path / "comparison.html").read_text(encoding="utf-8")


def row(text: str, name: str, league: str = "league") -> str:
    """The texts of a department's row in one of the two tables."""
    part = text[text.index(f'id="{league}"') :]
    found = re.search(rf'<tr data-find="{name}".*?</tr>', part, re.DOTALL)
    return re.sub(r"<[^>]+>", "|", found[0]) if found else ""


FULL = {"total": "110.00", "expenditure": "108.00", "opening": "3.00", "closing": "1.00", "tp": "5.00",
        "tp_budget": "4.00"}  # fmt: skip


def test_one_department_without_a_year_before(tmp_path):
    text = page(tmp_path, rows("甲局", 2023, staff=10, completion="97.50", **FULL))
    cells = [cell for cell in row(text, "甲局").split("|") if cell.strip()]
    assert cells == ["甲局", "110.00", "108.00", "97.50%", "5.00", "5,000", "125.00%", "0", "0"]
    assert "没有上年决算可比" in text and "“三公”经费超过预算" in text and 'role="alert"' not in text


def test_growth_and_balances_are_those_of_two_years(tmp_path):
    before = {**FULL, "total": "100.00", "closing": "2.00"}
    text = page(tmp_path, rows("甲局", 2022, **before), rows("甲局", 2023, **FULL))
    assert "|+10.00%|" in row(text, "甲局") and "|不衔接|" in row(text, "甲局")
    assert "比上年增加10.00万元" in text
    assert '<option value="2023" selected>2023</option><option value="2022">2022</option>' in text
    assert text.index('data-year="2023"') < text.index("<template>") < text.index('data-year="2022"')


def test_a_doubted_number_is_marked(tmp_path):
    text = page(tmp_path, rows("甲局", 2023, doubted="tp", **FULL), rows("乙局", 2023, doubted="opening", **FULL))
    assert "|5.00|有疑问|" in row(text, "甲局") and "有疑问" not in row(text, "乙局")


def test_another_year_can_be_asked_for(tmp_path):
    write_store(tmp_path / "processed", rows("甲局", 2022, total="100.00"), rows("乙局", 2023, total="9.00"))
    assert compare(tmp_path / "processed", tmp_path, year=2022) == []
    text = (tmp_path / "comparison.html").read_text(encoding="utf-8")
    assert "|100.00|" in row(text, "甲局") and "2022年度1个单位" in text


def test_missing_documents_are_named_against_the_list(tmp_path):
    listed = "entity,year,by\n甲局,2023,2024-09-30\n乙局,2023,2001-09-30\n丙局,2023,\n"
    text = page(tmp_path, rows("甲局", 2023, **FULL), expected=listed)
    states = {name: row(text, name, "coverage").split("|")[-3] for name in ("甲局", "乙局", "丙局")}
    assert states == {"甲局": "已公开", "乙局": "逾期（应于2001-09-30前公开）", "丙局": "未见"}


def test_units_are_added_up_for_their_department(tmp_path):
    listed = "entity,year,by,parent\n甲局,2023,,大部\n乙局,2023,,大部\n"
    accounts = [rows(name, 2023, total=total) for name, total in (("大部", "5.00"), ("甲局", "2.00"), ("乙局", "3.00"))]
    text = page(tmp_path, *accounts, expected=listed)
    assert "收、支总计合计5.00万元（2个单位已包含在其主管部门的决算里，不重复计算）" in text
    assert re.search(r"大部</th>.*?5\.00.*?5\.00.*?0\.00.*?2／2／2.*?一致", text, re.DOTALL)


def test_units_whose_department_has_no_account_are_added_up_themselves(tmp_path):
    listed = "entity,year,by,parent\n甲局,2023,,大部\n乙局,2023,,大部\n"
    accounts = [rows(name, 2023, total=total) for name, total in (("甲局", "2.00"), ("乙局", "3.00"))]
    text = page(tmp_path, *accounts, expected=listed)
    assert "收、支总计合计5.00万元。" in text and "不重复计算" not in text


def test_names_are_escaped_and_link_to_their_page(tmp_path):
    folder = tmp_path / "a" / "2023"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({
        "entity": "甲<b>&局", "year": 2023, "unit": "万元", "total": None,
        "findings": {"error": 0, "warning": 0, "info": 0}, "figures": {"total": 0},
    }), encoding="utf-8")  # fmt: skip
    (folder / "report.html").write_text("", encoding="utf-8")
    text = page(tmp_path, rows("甲<b>&局", 2023, **FULL))
    assert '<a href="a/2023/report.html">甲&lt;b&gt;&amp;局</a>' in text and "甲<b>" not in text
    assert 'href="comparison.html"' in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_it_is_made_again_only_when_something_changed(tmp_path):
    page(tmp_path, rows("甲局", 2023, **FULL))
    path = tmp_path / "comparison.html"
    path.write_text("kept", encoding="utf-8")
    compare(tmp_path / "processed", tmp_path)
    assert path.read_text(encoding="utf-8") == "kept"
    assert "99.00" in page(tmp_path, rows("甲局", 2023, **{**FULL, "total": "99.00"}))


def test_a_list_that_cannot_be_read_costs_the_page_alone(tmp_path):
    many(tmp_path / "processed", 1)
    (tmp_path / "expected.csv").write_text("name\n", encoding="utf-8")
    (said,) = compare(tmp_path / "processed", tmp_path, expected=tmp_path / "expected.csv")
    assert "has no column entity" in said and not (tmp_path / "comparison.html").exists()


def test_the_list_is_found_in_a_folder_given(tmp_path):
    assert expected_list([str(tmp_path)]) is None
    (tmp_path / "expected.csv").write_text("entity,year\n", encoding="utf-8")
    assert expected_list([str(tmp_path / "none"), str(tmp_path)]) == tmp_path / "expected.csv"


@pytest.mark.parametrize("n", [3, 100])
def test_many_departments_make_a_page_of_sane_size(tmp_path, n):
    many(tmp_path / "processed", n)
    assert compare(tmp_path / "processed", tmp_path) == []
    text = (tmp_path / "comparison.html").read_text(encoding="utf-8")
    assert text.count("<tr data-find=") == 3 * n  # two years in the league, one line each of those published
    assert len(re.sub(r"@font-face\{[^}]*\}", "", text)) < 150_000 + 1_500 * n  # two years
