"""What an inspector files: one line of a form per finding, and links to the pages and files beside it."""

import re

from fiscal.judged import Findings
from fiscal.model.finding import Finding
from fiscal.report.export import meta
from fiscal.report.findings_page import write_findings
from tests.narrative.office import office

FIGURES = {"total": 5, "verified": 3, "rounding": 1, "conflicting": 1, "unconstrained": 0, "unread": 0}


def page(tmp_path, *items: Finding, **options) -> str:
    write_findings(office(), Findings(items, (), FIGURES), tmp_path / "findings.html", **options)
    return (tmp_path / "findings.html").read_text(encoding="utf-8")


def test_each_finding_is_a_line_with_its_place_both_numbers_and_room_for_an_answer(tmp_path):
    wrong = office().amount("expenditure", "2010399", "total")
    text = page(
        tmp_path, Finding("r", "error", "两处不一致", "85.23", "85.32", evidence=(wrong,), suggestion="改85.23")
    )
    line = re.search(r'<tbody><tr>(<th scope="row"><span id="finding-1">.*?)</tr>', text)[1]
    number, chip, said, place, both, advice = [cell for cell in re.sub(r"<[^>]+>", "|", line).split("|") if cell]
    assert (number, chip, said, both, advice) == ("1", "需更正", "两处不一致", "85.32／85.23", "改85.23")
    assert place.startswith("表.xlsx · ") and place.endswith(" · 合计")
    assert line.endswith('<td class="text"></td>')


def test_without_findings_it_says_so_and_can_be_signed(tmp_path):
    text = page(tmp_path)
    assert "没有发现需要更正或核实的地方" in text and "核对人：" in text and "<h2>方法与来源</h2>" in text


def test_pages_and_files_beside_it_are_linked(tmp_path):
    account = office()
    account.path = str(tmp_path / "资料")
    (tmp_path / "资料").mkdir()
    (tmp_path / "资料/表 1.xlsx").write_bytes(b"1")
    account.disclosure = account.disclosure.__class__(
        **{**vars(account.disclosure), "files": ("资料/表 1.xlsx", "资料/不在.xlsx")}
    )
    made = meta(account, tmp_path / "out/report.html", [("目录", "../index.html")])
    assert '<a href="../%E8%B5%84%E6%96%99/%E8%A1%A8%201.xlsx">表 1.xlsx</a>、不在.xlsx' in made
    assert '<a href="../index.html">目录</a>' in made
