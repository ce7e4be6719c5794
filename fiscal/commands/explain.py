"""What is said with a figure, and why it is verified, conflicting, free or unread (`--explain`); one rule in words."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import partial
from itertools import chain

from fiscal.account import Account, Findings
from fiscal.commands.accounts import Loaded
from fiscal.model.cells import Cell
from fiscal.model.finding import FAILED, PASSED, ROUNDING, Outcome
from fiscal.model.table import Column, Row, Table
from fiscal.model.text import Claim
from fiscal.report.account.own_cards import BASES, KINDS_OF_FIGURES
from fiscal.report.account.subject_words import subject_words
from fiscal.report.rules import as_text, near, title

_ASIDES = {"reason": "（在原因中提及，不作为本项的数）", "purpose": "（在用途中提及，不作为本项的数）"}
_STATUSES = {
    "verified": "相符", "rounding": "在四舍五入之内相符", "conflicting": "不符",
    "unconstrained": "已读懂，但资料中没有可与它核对的数", "unread": "没有读懂这个数说的是什么，未参加核对",
}  # fmt: skip
_FREE = "资料中没有可与它核对的数"
_OUTCOMES = {PASSED: "相符", ROUNDING: "舍入", FAILED: "不符"}
_MOST = 6  # checks shown of one claim


def explain(loaded: Loaded, figure: str) -> str:
    """Every claim and cell of every account in which this figure is printed, in words; a sentence where none is."""
    lines = [line for _, found in loaded.each(partial(_of, figure)) for line in found]
    return "\n".join(lines or [f"说明和表中都没有印出{figure}。"]) + "\n"


def rule_told(rule: str) -> tuple[str, list[str]]:
    """The rule for a terminal, or "" and the ids that look like the one asked for."""
    told = as_text(rule)
    return (told, []) if told else ("", near(rule))


def _of(figure: str, account: Account, previous: Account | None) -> list[str]:
    wanted = [number for number, claim in enumerate(account.narrative.claims) if _prints(claim.cell, figure)]
    cells = [(table, *found) for table in account.disclosure.tables.values() for found in table.cells()
             if _prints(found[-1], figure)]  # fmt: skip
    if not wanted and not cells:
        return []
    findings = account.check(previous)
    told = [_claim(account, account.narrative.claims[n], findings, findings.statuses[n]) for n in wanted]
    told += [_cell(*found, findings) for found in cells]
    return [f"{account.entity or account.path}{account.year or ''}年度", *chain(*told)]


def _prints(cell: Cell, figure: str) -> bool:
    """Whether a cell shows this number, separators, units and percent signs apart."""
    wanted = figure.replace(",", "").replace("，", "").strip("%％万亿千元个百分点 ")
    try:
        return cell.value is not None and Decimal(str(cell).replace(",", "")) == Decimal(wanted)
    except InvalidOperation:
        return cell.text == figure


def _claim(account: Account, claim: Claim, findings: Findings, judged: tuple[str, str]) -> Iterator[str]:
    cell, (status, rule) = claim.cell, judged
    yield f"\n{cell.text}{cell.unit}  {claim.sentence or cell.place.text or ''}"
    yield f"  说的是：{_meaning(account, claim)}{_ASIDES.get(claim.aside, '')}"
    yield f"  核对：{_STATUSES[status]}" + (f"（{rule}）" if rule else "")
    yield from _checks(cell, findings)


def _cell(table: Table, row: Row, column: Column, cell: Cell, findings: Findings) -> Iterator[str]:
    doubt, checks = findings.doubts.get(id(cell)), list(_checks(cell, findings))
    yield f"\n{cell}{cell.unit}  《{table.title}》{row.label}·{column.label.replace('/', '·')}（{cell.place.words()}）"
    is_failed = any(line.strip().startswith(_OUTCOMES[FAILED]) for line in checks)
    other = "所在的关系不成立，但认为印错的是别的数" if is_failed else _STATUSES["verified"]
    yield f"  核对：{f'{doubt.word}，{doubt.suggestion or doubt.message}' if doubt else other if checks else _FREE}"
    yield from checks


def _checks(cell: Cell, findings: Findings) -> Iterator[str]:
    outcomes = [one for one in findings.outcomes if any(term is cell for term in one.terms)]
    asked = (one for one in sorted(outcomes, key=_weight) if one.outcome in _OUTCOMES)
    told = dict.fromkeys(
        f"    {_OUTCOMES[one.outcome]}  {one.message or title(one.rule)}  （{one.rule}）" for one in asked
    )
    yield from list(told)[:_MOST]


def _weight(outcome: Outcome) -> int:
    order = (FAILED, ROUNDING, PASSED)
    return order.index(outcome.outcome) if outcome.outcome in order else len(order)


def _meaning(account: Account, claim: Claim) -> str:
    """Subject, quantity, base, period, whole and list of a claim in words."""
    if not claim.kind:
        return "未读懂"
    period = "" if claim.period == "this" else BASES.get(claim.period, f"{claim.period}年")
    base = f"，比较基数：{BASES.get(claim.base, f'{claim.base}年')}" if claim.base else ""
    whole = f"，占“{_words(account, claim.whole)}”" if claim.whole else ""
    listed = "，是一组分项之一" if claim.list else ""
    direction = f"（{claim.direction}）" if claim.direction else ""
    kind = KINDS_OF_FIGURES[claim.kind]
    return f"{period}{_words(account, claim.subject)}，{kind}{direction}{base}{whole}{listed}"


def _words(account: Account, subject: str) -> str:
    """The name of a subject; of a free one the words themselves."""
    known = subject_words(subject, account)
    if known:
        return known
    suffix = next(
        (f"_{kind}" for kind in ("change_percent", *KINDS_OF_FIGURES, "budget") if subject.endswith(f"_{kind}")), ""
    )
    return subject.removesuffix(suffix)
