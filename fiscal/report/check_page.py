"""The findings of many documents on one offline page."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from fiscal.dictionary.tables import catalogue
from fiscal.model.finding import SEVERITIES, SEVERITY_WORDS
from fiscal.report.account.cards import cards
from fiscal.report.account.figure_list import listed
from fiscal.report.account.proof import bar, coverage
from fiscal.report.findings_page import checklist_form
from fiscal.report.kit.html_grid import simple
from fiscal.report.kit.markup import Raw, join, tag
from fiscal.report.kit.page import Chapter, save_page
from fiscal.report.rules import reference

HEADS = ("资料", "年度", *SEVERITY_WORDS.values(), "文中数字", "不符", "不成立的关系")
Judged = tuple[Any, Any]


def write_page(judged: Sequence[Judged], unreadable: Iterable[tuple[str, str]], out: Path) -> None:
    """Write one page of all findings, document by document, each with its coverage.

    judged      (account, what its check found) in the order to be printed
    unreadable  (path, sentence) of the documents that could not be read
    Errors: OSError when `out` cannot be written.
    """
    save_page(out, title="核对结果", eyebrow="部门决算核对", meta=f"{len(judged)} 份资料",
               chapters=_chapters(judged, list(unreadable)))  # fmt: skip


def _chapters(judged: Sequence[Judged], unreadable: Sequence[tuple[str, str]]) -> list[Chapter]:
    documents = [_document(f"d{i}", *pair) for i, pair in enumerate(judged, start=1)]
    wanted = {finding.rule for _, findings in judged for finding in findings}
    refused = [tag("li", tag("b", Path(path).name), "：", sentence) for path, sentence in unreadable]
    made = [Chapter.headed("overview", "总览", _overview(judged, unreadable)), *documents]
    made += [Chapter.headed("unreadable", "未能读出", tag("ul", *refused))] if refused else []
    made += [Chapter.headed("rules", "规则说明", reference(wanted))] if wanted else []
    return made


def _document(key: str, account: Any, findings: Any) -> Chapter:
    counted = Counter(finding.severity for finding in findings)
    missing = "、".join(f"《{catalogue()[name].title}》" for name in account.missing_tables)
    said = [f"应公开而没有见到的表：{missing}。"] if missing else []
    told = findings.compared.sentences if getattr(findings, "compared", None) else ()
    unread = [f"未读出：{part['place']}：{part['reason']}" for part in account.unread]
    notes = [tag("p", line, class_="note") for line in (*told, *said, *unread, *account.disclosure.problems)]
    fold = tag("details", tag("summary", "核对到的和没有能够核对的"), listed(account, findings), coverage(findings))
    asked = checklist_form(account, findings)
    form = tag("details", tag("summary", "检查清单"), asked) if asked else ""
    body = join([tag("p", account.path, class_="meta"), bar(findings), *notes, cards(findings, account), form, fold])
    return Chapter.headed(key, _name(account), body, counted)


def _name(account: Any) -> str:
    kind = account.disclosure.paper if account.kind == "budget" else ""
    return f"{account.entity or Path(account.path).name} {f'{account.year}年度' if account.year else ''}{kind}".strip()


def _overview(judged: Sequence[Judged], unreadable: Sequence[tuple[str, str]]) -> Raw:
    lines = [_line(f"d{i}", *pair) for i, pair in enumerate(judged, start=1)]
    amounts = tuple(range(1, len(HEADS)))
    table = simple("各份资料的核对结果", HEADS, lines, amounts=amounts, numbered=False) if lines else ""
    said = tag("p", f"另有 {len(unreadable)} 份未能读出，见后。", class_="note") if unreadable else ""
    return join([table, said])


def _line(key: str, account: Any, findings: Any) -> list[object]:
    counted = Counter(finding.severity for finding in findings)
    link = tag("a", account.entity or Path(account.path).name, href=f"#{key}")
    numbers = [counted[severity] for severity in SEVERITIES]
    figures = findings.figures
    return [link, account.year or "", *numbers, figures["total"], figures["conflicting"], findings.checks["failed"]]
