"""What a reviewer reads first: what must be corrected, what should be looked at, and how much stands behind that."""

from typing import Any

from fiscal.dictionary.tables import catalogue
from fiscal.model.finding import ASKING, SEVERITIES, SEVERITY_WORDS, Finding
from fiscal.report.kit.markup import Raw, tag

MOST = 12
BASIS = {"printed": "照录", "stated": "取自说明", "derived": "由本年数和增减额推算"}
COMPARATIVES = "comparatives"  # notes: coverage of an account put together from what other documents say


def verdict(account: Any, findings: Any, *, listed: bool = True) -> Raw:
    """One line per finding that asks for something, with its advice; then what was read, tied, and not seen.

    Without `listed` the findings are only counted.
    """
    numbered = [(number, one) for number, one in enumerate(findings, start=1) if one.severity in ASKING]
    lines = [_line(number, one) for number, one in numbered[:MOST]] if listed else []
    left = len(numbered) - len(lines) if listed else 0
    more = [tag("p", tag("a", f"另有 {left} 项，见核对结果", href="#reconciliation"), class_="note")] if left else []
    hints = [one for one in findings if one.severity == "info"]
    more += [tag("p", f"另有 {len(hints)} 项提示，不要求改动。", class_="note")] if hints and numbered else []
    words = tag("p", headline(account, findings), class_="headline")
    worst = next((key for key in SEVERITIES if any(one.severity == key for one in findings)), "clean")
    kind = worst if worst in ASKING or not account.unread else "warning"
    return tag(
        "div",
        words,
        tag("ol", *lines, class_="asked") if lines else "",
        *more,
        *_read(account, findings),
        class_=f"verdict {kind}",
    )


def reconstructed(account: Any) -> str:
    """A sentence where the account was put together from what other documents say of its year, or ""."""
    if account.notes.get("coverage") != COMPARATIVES:
        return ""
    found = account.cells.loc[account.cells["state"] == "number", "basis"].value_counts()
    said = "，".join(f"{found[key]}个{word}" for key, word in BASIS.items() if key in found)
    return f"本年度决算没有见到公开文本，以下数字取自以后年度所说的对比数（{said}），不作为已公开的决算。"


def headline(account: Any, findings: Any) -> str:
    """3 项需更正，1 项请核实; where nothing asks for anything, that, and whether all was read."""
    counted = [(key, sum(one.severity == key for one in findings)) for key in ASKING]
    said = "，".join(f"{n} 项{SEVERITY_WORDS[key]}" for key, n in counted if n)
    if account.unread:
        gone = f"有 {len(account.unread)} 处没有读出，结论只及于读出的部分"
        return f"{said}；{gone}" if said else f"{gone}，其中没有发现需要更正的"
    return said or "没有发现需要更正或核实的地方"


def _line(number: int, finding: Finding) -> Raw:
    chip = tag("span", SEVERITY_WORDS[finding.severity], class_="chip")
    link = tag("a", finding.message, href=f"#finding-{number}")
    advice = tag("span", "建议：", finding.suggestion, class_="advice") if finding.suggestion else ""
    return tag("li", chip, " ", link, " ", advice, value=number, class_=finding.severity)


def _read(account: Any, findings: Any) -> list[Raw]:
    """What stands behind the verdict."""
    total = findings.figures["total"]
    tied = sum(findings.figures[key] for key in ("verified", "rounding", "conflicting"))
    tables = f"读到 {len(account.disclosure.tables)} 张表" if account.disclosure.tables else "没有读到表"
    text = f"文中 {total} 个数字，{tied} 个有处可核对" if total else "没有读到带数字的说明"
    said = [f"{tables}；{text}。"]
    said += [f"未读出：{part['place']}：{part['reason']}" for part in account.unread[:MOST]]
    missing = "".join(f"《{catalogue()[name].title}》" for name in account.missing_tables)
    said += [f"应公开而没有见到的表：{missing}。"] if missing else []
    return [tag("p", line, class_="note") for line in said]
