"""The inspector's checklist of an account, filled in, as a table of a page."""

from typing import Any

from fiscal.report.kit.html_grid import simple
from fiscal.report.kit.markup import Raw

HEADS = ("序号", "类别", "检查内容", "结果", "位置", "说明")


def checklist_form(account: Any, findings: Any) -> Raw | str:
    """One line per question; nothing where the form does not ask (a budget)."""
    lines = [
        (one["id"], one["group"], one["question"], one["answer"], one["place"], one["note"])
        for one in account.checklist(findings)
    ]
    return simple("检查清单", HEADS, lines, numbered=False, width="form") if lines else ""
