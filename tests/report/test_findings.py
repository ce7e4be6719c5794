"""A finding shows both places, marks the number, escapes quotes, and links its rule."""

import re

import pytest
from PIL import Image

from fiscal.account import Findings
from fiscal.model.cells import Cell, Place
from fiscal.model.finding import Finding, Outcome
from fiscal.model.text import Claim, Narrative
from fiscal.report.account.cards import card, cards, summary
from fiscal.report.account.figure_list import listed
from fiscal.report.account.proof import REASONS, bar, coverage, tiles
from tests.narrative.office import office


def quoted(text: str, quote: str, **place) -> Cell:
    return Cell("number", None, "万元", text, Place(document="/somewhere/说明.docx", text=quote, **place))


def finding(**changes) -> Finding:
    office_cell = office().amount("expenditure", "total", "basic")
    statement = quoted("253.97", "财政拨款基本支出253.97万元，其中人员经费<50%。", section="basic")
    values = {
        "rule": "stmt.basic.total", "severity": "error", "message": "说明与表不一致", "expected": "241.08",
        "actual": "253.97", "difference": "12.89", "evidence": (statement, office_cell), "suggestion": "改为241.08",
        "explanation": "同一个数应当相同。",
    }  # fmt: skip
    return Finding(**{**values, **changes})


def test_both_places_are_quoted_with_the_figure_marked():
    text = card(finding(), office())
    assert "基本支出<mark>253.97</mark>万元，其中人员经费&lt;50%。" in text
    assert '<th scope="row">合计</th><td>326.40</td><td><mark>241.08</mark></td><td>85.32</td>' in text
    assert '<a href="#c-expenditure-total-basic">' in text
    assert "说明.docx · 一般公共预算财政拨款基本支出决算情况说明" in text and "/somewhere" not in text


def test_cells_of_one_row_are_shown_once_together():
    row = [office().amount("expenditure", "2010350", column) for column in ("total", "basic", "project")]
    text = card(finding(evidence=tuple(row)), office())
    assert text.count("<figure") == 1
    assert "<td><mark>176.79</mark></td><td><mark>176.79</mark></td><td><mark>（空白）</mark></td>" in text


def test_numbers_suggestion_and_rule_are_given():
    text = card(finding(), office())
    assert "<dt>此处</dt><dd>253.97</dd><dt>对照</dt><dd>241.08</dd><dt>相差</dt><dd>12.89</dd>" in text
    assert "改为241.08" in text and 'href="#rule-stmt.basic.total"' in text


def test_severity_is_a_word():
    words = [card(finding(severity=severity)) for severity in ("error", "warning", "info")]
    assert [w for text in words for w in ("需更正", "请核实", "提示") if f">{w}<" in text] == [
        "需更正",
        "请核实",
        "提示",
    ]


def test_consequences_are_folded_under_their_cause():
    text = card(finding(consequences=(finding(message="合计不符"),)))
    assert "<summary>由此还引起 1 处不符</summary><ul><li>合计不符</li></ul>" in text


def test_a_page_picture_is_embedded_with_a_description():
    class Pictured:
        def __init__(self, base):
            self.__dict__.update(base.__dict__)

        def image(self):
            return Image.new("RGB", (40, 20), "white")

    text = card(Pictured(finding()))
    assert 'src="data:image/png;base64,' in text and 'alt="页面截图，标出“253.97”所在处"' in text


def test_a_message_with_markup_is_text():
    assert "<script>" not in card(finding(message="<script>1</script>"))


def test_no_findings_are_said_in_words():
    assert "没有需要处理的问题" in cards([])
    assert summary([finding(), finding(severity="info")]) == (
        '<p class="count" data-error="1" data-warning="0" data-info="1">1 项需更正 · 1 项提示</p>'
    )


SKIPPED = (
    Outcome("a", "skipped", reason="unknown"),
    Outcome("a", "skipped", reason="unknown"),
    Outcome("b", "skipped", reason="same source"),
)
FIGURES = {"total": 4, "verified": 1, "rounding": 1, "conflicting": 1, "unconstrained": 1, "unread": 0}


def judged(**changes) -> Findings:
    outcomes = (*SKIPPED, *[Outcome("c", "passed")] * 5, Outcome("c", "rounding"), *[Outcome("c", "failed")] * 2)
    return Findings(**{"items": (), "outcomes": outcomes, "figures": FIGURES, **changes})


def test_the_bar_says_all_five_groups():
    text = bar(judged())
    assert 'aria-label="文中4个数字：1个一致，1个取整可解释，1个不符，1个无可比对，0个未读懂"' in text
    assert text.count("width:25.00%") == 4
    assert "勾稽关系 11 处：可核对 8，成立 5，取整可解释 1，不成立 2" in text


def test_without_figures_of_a_text_no_bar_is_drawn():
    text = bar(judged(figures=dict.fromkeys(FIGURES, 0)))
    assert "没有读到文中的数字" in text and "勾稽关系 11 处" in text and "width" not in text and "一致" not in text


def test_coverage_groups_what_could_not_run_by_reason():
    text = coverage(judged())
    assert "所需的数未公开：2 处，1 条规则" in text
    assert text.index("所需的数未公开") < text.index("两边出自同一句话")
    assert "都已进行" in coverage(judged(outcomes=()))


def test_figures_that_are_not_verified_are_listed_with_their_sentence():
    said = Claim("exp_basic", "amount", quoted("253.97", "", offset=3), "basic", sentence="基本支出253.97万元。")
    fine = Claim("tp", "amount", quoted("6.02", "", offset=9), "three_public", sentence="“三公”经费6.02万元。")
    account = office()
    account.__dict__["narrative"] = Narrative(claims=(said, said, fine))
    statuses = (("conflicting", "stmt.basic"), ("conflicting", "stmt.basic"), ("verified", "stmt.tp"))
    text = listed(account, judged(statuses=statuses))
    assert "不符的数字：1 个" in text and "基本支出<mark>253.97</mark>万元。" in text and "stmt.basic" in text
    assert "未读懂的数字：没有。" in text and "6.02" not in text


def test_a_figure_of_two_subjects_is_listed_with_its_worst_status_and_counts_are_not():
    twice = [Claim(name, "amount", quoted("9.00", "", offset=3), "overall") for name in ("rev", "exp")]
    count = Claim("cars", "count", quoted("1", "", offset=8), "three_public")
    account = office()
    account.__dict__["narrative"] = Narrative(claims=(*twice, count))
    text = listed(account, judged(statuses=(("verified", "a"), ("conflicting", "b"), ("unconstrained", ""))))
    assert "不符的数字：1 个" in text and "无可比对的数字：没有。" in text


@pytest.mark.parametrize("word", ["326.40", "占支出 73.86%", "完成预算 94.06%", "比上年：上年决算未提供"])
def test_tiles_say_size_and_share(word):
    assert word in re.sub("<[^>]+>", "", tiles(office()))


def test_every_reason_the_checks_give_has_words_for_readers():
    import re
    from pathlib import Path

    checks = Path(__file__).parents[2] / "fiscal/checks"
    said = {
        reason for file in checks.rglob("*.py") for reason in re.findall(r'Skip\("([a-z ]+)"', file.read_text("utf-8"))
    }
    assert said and said <= set(REASONS)
