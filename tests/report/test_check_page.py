"""The page of a check: every document, its findings, what could not be read; nothing fetched, no link to nothing."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from fiscal.cli import main

RAW = Path(__file__).parents[2] / "data" / "raw"


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("check")
    (folder / "坏<b>.xlsx").write_bytes(b"not a workbook")
    out = folder / "new" / "check.html"
    paths = [RAW / "demo-office/2022", RAW / "demo-office/2023", folder]
    done = CliRunner().invoke(main, ["check", *map(str, paths), "--format", "html", "--out", str(out)])
    assert done.exit_code == 2 and done.stdout == ""
    return out.read_text(encoding="utf-8")


def test_each_document_has_its_chapter_and_its_line(page):
    assert re.findall(r'<h2 id="(d\d)-title">([^<]*)</h2>', page) == [
        ("d1", "临溪区政务服务中心 2022年度"),
        ("d2", "临溪区政务服务中心 2022年度部门预算"),
        ("d3", "临溪区政务服务中心 2023年度"),
    ]
    assert '<a href="#d3">临溪区政务服务中心</a></th><td class="num">2023</td><td class="num">4</td>' in page


def test_the_cards_are_those_of_the_report(page):
    first, second = page.split('<h2 id="d3-title">')
    assert "可核对的各项均相符" in first and 'class="finding' not in first
    assert second.count('<article class="finding error"') == 4
    assert "<mark>26.13</mark>" in second and 'id="rule-stmt.share.exp_basic"' in second


def test_the_contents_count_the_findings(page):
    assert '<span>临溪区政务服务中心 2023年度</span> <i class="error" title="4 项需更正">4' in page
    assert "<span>临溪区政务服务中心 2022年度</span></a>" in page


def test_what_could_not_be_read_is_named_and_escaped(page):
    assert "<b>坏&lt;b&gt;.xlsx</b>：" in page


def test_the_checklist_stands_filled_in_with_each_account(page):
    lines = re.findall(r"<tr><th[^>]*>1</th>(.*?)</tr>", page)
    told = [re.sub(r"<[^>]+>", "|", line) for line in lines]
    assert any("是否公开" in line and "规定的决算报表是否全部公开||是|" in line for line in told), told


def test_every_link_leads_somewhere_in_the_page(page):
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert not re.search(r'(src|href)="(?!#|data:)', page)


def test_accepted_findings_are_left_out(tmp_path):
    base, out = tmp_path / "base.json", tmp_path / "check.html"
    faulty = str(RAW / "demo-office/2023")
    CliRunner().invoke(main, ["check", faulty, "--format", "json", "--out", str(base)])
    done = CliRunner().invoke(main, ["check", faulty, "--format", "html", "--out", str(out), "--baseline", str(base)])
    assert done.exit_code == 0 and "可核对的各项均相符" in out.read_text(encoding="utf-8")


@pytest.mark.samples
def test_a_page_of_a_document_is_shown_with_its_number_marked(tmp_path):
    sample = RAW.parents[2] / "shared/samples/shgzb-2024-final.pdf"
    if not sample.is_file():
        pytest.skip("the published samples are not on this machine")
    out = tmp_path / "check.html"
    CliRunner().invoke(main, ["check", str(sample), "--format", "html", "--out", str(out)])
    assert 'alt="页面截图，标出“95.89”所在处"' in out.read_text(encoding="utf-8")
