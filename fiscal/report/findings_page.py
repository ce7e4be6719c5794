"""What an inspector files of one account: the verdict, every finding in a line of a form, how much was checked."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fiscal.model.finding import SEVERITY_WORDS, Finding
from fiscal.report.account.cards import together, where
from fiscal.report.account.proof import bar, by_table
from fiscal.report.account.verdict import verdict
from fiscal.report.export import Link, meta, source, title
from fiscal.report.kit.html_grid import simple
from fiscal.report.kit.markup import Raw, join, tag
from fiscal.report.kit.page import Chapter, save_page

HEADS = ("序号", "程度", "问题", "位置", "两边的数", "建议", "处理意见")
ASKED = ("序号", "类别", "检查内容", "结果", "位置", "说明")
PLACES = 3
SIGNED = tag("p", "核对人：　　　　　　　　复核人：　　　　　　　　日期：　　　　年　　月　　日", class_="signed")


def write_findings(account: Any, findings: Any, path: Path, *, links: Sequence[Link] = ()) -> None:
    """Write the page; on paper it is two or three sheets, with a column to fill in and a line to sign."""
    parts = [("verdict", "结论", join([verdict(account, findings, listed=False), bar(findings)])),
             ("findings", "核对意见", _form(account, findings)),
             ("checklist", "检查清单", checklist_form(account, findings)),
             ("coverage", "各表核对了多少", join([by_table(account, findings), SIGNED]))]  # fmt: skip
    save_page(path, title=f"{title(account)}核对意见", eyebrow="部门决算核对", meta=meta(account, path, links),
               source=source(account), chapters=[Chapter.headed(*part) for part in parts if part[2]])  # fmt: skip


def checklist_form(account: Any, findings: Any) -> Raw | str:
    """The inspector's checklist filled in, one line per question; nothing where the form does not ask (a budget)."""
    keys = ("id", "group", "question", "answer", "place", "note")
    lines = [[one[key] for key in keys] for one in account.checklist(findings)]
    return simple("检查清单", ASKED, lines, numbered=False, width="form asks") if lines else ""


def _form(account: Any, findings: Any) -> Raw:
    lines = [_line(number, one, account) for number, one in enumerate(findings, start=1)]
    if not lines:
        return tag("p", "可核对的各项均相符，没有需要处理的问题。")
    return simple("核对意见", HEADS, lines, numbered=False, width="form")


def _line(number: int, finding: Finding, account: Any) -> list[object]:
    chip = tag("span", SEVERITY_WORDS[finding.severity], class_="chip")
    places = list(dict.fromkeys(where(cells[0], account) for cells in together(finding.evidence)))
    more = [f"等{len(places)}处"] if len(places) > PLACES else []
    shown = join([*places[:PLACES], *more], Raw("<br>"))
    sides = "／".join(side for side in (finding.actual, finding.expected) if side)
    mark = tag("span", number, id=f"finding-{number}")
    return [mark, tag("span", chip, class_=finding.severity), finding.message, shown, sides, finding.suggestion, ""]
