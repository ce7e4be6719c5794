"""The index page: one row per account, sortable values beside what is printed."""

import re

from fiscal.report.index import index, kinds


def entry(entity: str = "甲局", year: int = 2023, **changes) -> dict:
    base = {
        "entity": entity, "year": year, "unit": "万元", "total": "326.40", "previous_total": "314.25",
        "findings": {"error": 2, "warning": 0, "info": 1},
        "figures": {"total": 200, "verified": 150, "rounding": 30, "conflicting": 5, "unconstrained": 10, "unread": 5},
        "page": f"jia/{year}/report.html",
    }  # fmt: skip
    return {**base, **changes}


def rows(tmp_path, *entries) -> list[str]:
    index(entries, tmp_path / "index.html")
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    return re.findall(r"<tr data-.*?</tr>|<tr [^>]*data-find.*?</tr>", text, re.DOTALL)


def test_an_account_known_from_comparatives_is_called_so(tmp_path):
    (row,) = rows(tmp_path, entry(coverage="comparatives"))
    assert "甲局（据对比数）</a>" in row


def test_accounts_and_budgets_are_counted_apart():
    assert kinds([entry(), entry(year=2022)]) == "2 份决算"
    assert kinds([entry(), entry(kind="budget")]) == "1 份决算、1 份预算"


def test_totals_change_findings_and_share_stand_in_the_row(tmp_path):
    (row,) = rows(tmp_path, entry())
    assert '<a href="jia/2023/report.html">甲局</a>' in row
    assert ">326.40</td>" in row and ">+12.15</td>" in row and ">+3.87%</td>" in row
    assert 'class="n error" data-v="2">2</td>' in row and 'class="n zero" data-v="0">0</td>' in row
    assert "90.0%" in row and 'data-v="90.0"' in row


def test_what_is_not_known_is_said_or_left_blank(tmp_path):
    (row,) = rows(tmp_path, entry(total=None, figures={"total": 0}))
    assert "未公开" in row and "无说明" in row and "%" not in re.sub(r"<[^>]+>", "", row)


def test_other_units_are_converted(tmp_path):
    (row,) = rows(tmp_path, entry(unit="元", total="3264000.00", previous_total=None))
    assert ">326.40</td>" in row


def test_a_line_of_years_needs_two_years(tmp_path):
    single = rows(tmp_path, entry())[0]
    both = rows(tmp_path, entry(), entry(year=2022, total="314.25"))[0]
    assert "<svg" not in single
    assert "各年收、支总计（万元）：2022年314.25，2023年326.40" in both


def test_the_rule_reference_stands_beside_it(tmp_path):
    rows(tmp_path, entry())
    assert 'href="rules.html"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert 'id="rule-' in (tmp_path / "rules.html").read_text(encoding="utf-8")


def test_names_are_escaped(tmp_path):
    (row,) = rows(tmp_path, entry(entity="<b>甲</b>"))
    assert "<b>甲" not in row and "&lt;b&gt;甲&lt;/b&gt;" in row


def test_the_page_over_the_years_is_linked_where_it_stands(tmp_path):
    (tmp_path / "jia").mkdir()
    (tmp_path / "jia/years.html").write_text("", encoding="utf-8")
    other, row = rows(tmp_path, entry(), entry("乙局", page="yi/2023/report.html"))
    assert '<a href="jia/years.html">各年</a>' in row and "years.html" not in other
    first, _ = rows(tmp_path, entry(), entry(year=2022, total="300.00"))
    assert re.search(r'</svg> <a href="jia/years.html">', first)
