"""The first lines of a report: what to correct, what to look at, each with its advice, and what stands behind that."""

import re

from fiscal.account import Findings
from fiscal.model.finding import Finding
from fiscal.report.account.verdict import headline, verdict
from tests.narrative.office import office

FIGURES = {"total": 5, "verified": 3, "rounding": 1, "conflicting": 0, "unconstrained": 1, "unread": 0}


def found(*severities: str) -> Findings:
    items = [Finding("r", one, f"第{i}处", suggestion=f"改{i}") for i, one in enumerate(severities, start=1)]
    return Findings(tuple(items), (), FIGURES)


def plain(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text)


def test_each_finding_that_asks_for_something_is_a_line_with_its_advice_and_number():
    text = verdict(office(), found("error", "warning", "info"))
    assert plain(text).startswith("1 项需更正，1 项请核实需更正 第1处 建议：改1请核实 第2处 建议：改2另有 1 项提示")
    assert '<li value="2" class="warning">' in text and 'href="#finding-2"' in text and "第3处" not in text


def test_it_says_how_much_was_read_and_tied_and_what_was_not_seen():
    text = plain(verdict(office(), found()))
    assert text.startswith("没有发现需要更正或核实的地方读到 5 张表；文中 5 个数字，4 个有处可核对。")
    assert "应公开而没有见到的表：《收入决算表》《财政拨款收入支出决算总表》" in text


def test_what_was_not_read_limits_the_verdict():
    account = office()
    account.__class__ = type("Partly", (type(account),), {"unread": [{"place": "第3页", "reason": "读不出"}]})
    assert headline(account, found()) == "有 1 处没有读出，结论只及于读出的部分，其中没有发现需要更正的"
    assert 'class="verdict warning"' in verdict(account, found()) and "未读出：第3页：读不出" in verdict(
        account, found()
    )


def test_many_findings_are_cut_and_counted():
    assert "另有 3 项，见核对结果" in verdict(office(), found(*["error"] * 15))
