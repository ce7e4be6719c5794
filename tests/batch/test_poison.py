"""One account that no column, font or encoding can hold, beside sound ones: it costs itself alone, and is told."""

import os
import re
from pathlib import Path

import pytest

import fiscal
from tests.batch.accounts import office, run

LINES = """{name}2023年度部门决算
第二部分 2023年度部门决算情况说明
一、收入支出决算总体情况说明
2023年度收、支总计{total}万元。与2022年相比，收、支总计各增加1.00万元，增长1.00%。
"""
TABLE = (
    "<html><meta charset=utf-8><p>{name}2023年度部门决算</p><p>支出决算表</p><p>单位：万元</p><table>"
    "<tr><td>科目编码</td><td>科目名称</td><td>本年支出合计</td><td>基本支出</td><td>项目支出</td></tr>"
    "<tr><td></td><td>合计</td><td>{total}</td><td>{total}</td><td>0.00</td></tr>"
    "<tr><td>205</td><td>教育支出</td><td>{total}</td><td>{total}</td><td>0.00</td></tr></table></html>"
)
HUGE, LARGE = "1234567890" * 4 + ".12", "12345678901234567.00"


def poison(kind: str, folder: Path) -> None:
    """Write the one bad account of a kind."""
    folder.mkdir(parents=True)
    if kind == "name":
        (folder / os.fsdecode("教育局决算.txt".encode("gbk"))).write_text(LINES.format(name="甲县教育局", total="5.00"))
    elif kind == "year":
        (folder / "a.txt").write_text(LINES.format(name=f"甲县{kind}局", total="5.00"))
        (folder / "notes.yaml").write_text("entity: {name: 甲县year局}\nyear: 99999999999\n")
    elif kind == "glyph":
        (folder / "a.html").write_text(TABLE.format(name="བོད་ལྗོངས་$^$局", total="5.00"))
    elif kind in ("table", "large"):
        (folder / "a.html").write_text(TABLE.format(name=f"甲县{kind}局", total=HUGE if kind == "table" else LARGE))
    elif kind == "path":
        odd = folder / ("a'b[1]:" + "长" * 70)
        odd.mkdir()
        (odd / "x;y,'z'.txt").write_text(LINES.format(name=f"甲县{kind}局", total="5.00"))
    else:
        (folder / "a.txt").write_text(LINES.format(name=f"甲县{kind}局", total=HUGE))


KINDS = ("text", "table", "large", "year", "name", "glyph", "path")


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """One batch of a good account and one of every kind of poison."""
    root = tmp_path_factory.mktemp("poison")
    office(root / "in/good/2022", 3)
    for kind in KINDS:
        poison(kind, root / "in" / kind / "2023")
    return run(root / "in", out=root / "out", pages=True), root


def test_bad_accounts_cost_themselves_alone(done):
    result, root = done
    assert result.failures == [] and (root / "out/good/2022/report.html").exists()
    assert len(list((root / "out").glob("*/*/report.html"))) == result.n_accounts == len(KINDS) + 1


def test_the_store_holds_them_and_says_what_it_cannot_hold(done):
    result, root = done
    with fiscal.open_store(root / "out/processed") as store:
        kept = store["documents"]
        assert len(kept) == result.n_accounts == len(store["comparison"])
        assert store.sql("SELECT count(*) AS n FROM facts WHERE amount_yuan IS NULL")["n"][0] == 4
        assert kept["problems"].str.contains("too large to be stored").sum() == 1
        assert kept["path"].str.contains("教育局决算.txt").sum() == 1


def test_a_second_run_does_nothing_again(done):
    _, root = done
    again = run(root / "in", out=root / "out", pages=True)
    assert (again.n_stored, again.n_pages_made) == (0, 0)


def test_executed_notebooks_name_no_place_of_this_machine(done):
    _, root = done
    written = [path.read_text(encoding="utf-8") for path in (root / "out").glob("*/*/*.ipynb")]
    paths = [value for text in written for value in re.findall(r'"(?:account|previous)_path": "([^"]*)"', text)]
    assert any(paths) and not [value for value in paths if value.startswith("/")]
