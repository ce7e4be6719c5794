"""`fiscal check`: one entry per account, in the shape of the contract."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from fiscal.account import Account, Finding, Findings
from fiscal.commands.accounts import Loaded
from fiscal.commands.baseline import Baseline, compared, refuse_stranger
from fiscal.model.cells import Cell, Place
from fiscal.model.table import Table

SCHEMA = "fiscal.check/1"
NO_FIGURES = dict.fromkeys(("total", "verified", "rounding", "conflicting", "unconstrained", "unread"), 0)
NO_CHECKS = dict.fromkeys(("passed", "rounding", "failed", "skipped"), 0)


@dataclass(frozen=True)
class Judged:
    """One account with its entry of the result, and with what its check found where that is wanted whole."""

    account: Account
    entry: dict
    findings: Findings | None = None


def judge(loaded: Loaded, *, rules: Sequence[Any] = (), baseline: Baseline | None = None, whole: bool = False,
          step: Callable[[str], None] = lambda name: None) -> list[Judged]:  # fmt: skip
    """Every account read, with what its check found, compared with `baseline`.

    One that cannot be checked goes to the unreadable; `whole` keeps all outcomes, for pages.
    Errors: ReadError where the baseline speaks of none of the accounts.
    """
    if baseline is not None:
        refuse_stranger(baseline, loaded.accounts)
    one = partial(_judged, tuple(rules), baseline, whole)
    return [Judged(account, *result) for account, result in loaded.each(one, step)]


def _judged(rules: tuple, baseline: Baseline | None, whole: bool, account: Account, previous: Account | None) -> tuple:
    """In a child: entry and, where wanted, findings of an account."""
    found = account.check(previous, rules=rules)
    found = compared(baseline, account, found) if baseline is not None else found
    entry = _entry(account, found)
    if not whole:
        return entry, None
    return entry, replace(found, previous=None, outcomes=tuple(replace(one, again=None) for one in found.outcomes))


def check(loaded: Loaded, judged: Sequence[Judged]) -> dict:
    """The result in the shape of the contract; what could not be read has an entry of its own."""
    entries = [one.entry for one in judged]
    entries += [_unreadable(item.path, item.sentence) for item in loaded.unreadable]
    ignored = [{"path": file.path, "reason": file.reason} for file in loaded.ignored]
    return {"schema": SCHEMA, "documents": entries, "ignored": ignored}


def _entry(account: Account, findings: Findings) -> dict:
    disclosure = account.disclosure
    return {
        "path": account.path,
        "files": list(disclosure.files),
        "entity": account.entity,
        "year": account.year,
        "kind": account.kind,
        "level": disclosure.level or None,
        "unit": account.unit,
        "format": disclosure.format,
        "tables": [_table(table) for table in disclosure.tables.values()],
        "missing_tables": account.missing_tables,
        "unread": account.unread,
        "figures": dict(findings.figures),
        "checks": dict(findings.checks),
        "findings": [_reviewed(f, findings) for f in findings],
        "accepted": len(findings.left_out),
        "left_out": [_reviewed(f, findings) for f in findings.left_out],
        "compared": _compared(findings),
        "told": [
            *filter(None, [account.comparison(findings)]),
            *(findings.compared.sentences if findings.compared else ()),
        ],
        "checklist": account.checklist(findings),
        "problems": list(disclosure.problems),
        "error": None,
    }


def _table(table: Table) -> dict:
    where = {"page": table.place.page, "sheet": table.place.sheet}
    return {
        "id": table.id, "title": table.title, "unit": table.unit, "rows": len(table.rows), "empty": table.empty,
        "where": {key: value for key, value in where.items() if value is not None},
    }  # fmt: skip


def _reviewed(finding: Finding, findings: Findings) -> dict:
    """A finding with what a reviewer decided about it before."""
    entry, known = finding_entry(finding), findings.compared
    before = known.decided.get(finding.key) if known is not None and known.reviewed else None
    if before is not None:
        entry["review"] = {"decision": before.decision, "note": before.note, "reviewer": before.reviewer}
    return entry


def _compared(findings: Findings) -> dict | None:
    """Settled, still open and new since the baseline."""
    known = findings.compared
    if known is None:
        return None
    settled = [{"rule": one.rule, "message": one.message, "key": one.key} for one in known.settled]
    return {"baseline": known.baseline, "settled": settled, "open": list(known.open), "new": list(known.new)}


def finding_entry(finding: Finding) -> dict:
    """A finding as JSON."""
    entry = {name: getattr(finding, name) for name in ("rule", "severity", "message", "expected", "actual",
             "difference", "suggestion", "explanation", "key", "cause")}  # fmt: skip
    entry["evidence"] = [_evidence(cell) for cell in finding.evidence]
    entry["confirmed"] = [_evidence(cell) | {"rules": list(rules)} for cell, rules in finding.confirmed]
    entry["consequences"] = [{"rule": c.rule, "message": c.message} for c in finding.consequences]
    return entry


def _evidence(cell: Cell) -> dict:
    place: Place = cell.place
    return {
        "document": place.document or None, "table": place.table or None, "row": place.row or None,
        "column": place.column or None, "value": str(cell) or None, "unit": cell.unit or None, "page": place.page,
        "sheet": place.sheet, "cell": place.cell, "section": place.section or None, "text": place.text,
        "bbox": list(place.bbox) if place.bbox else None,
    }  # fmt: skip


def _unreadable(path: str, sentence: str) -> dict:
    return {
        "path": path, "files": [path], "entity": None, "year": None, "kind": "unknown", "level": None, "unit": None,
        "format": None,
        "tables": [], "missing_tables": [],
        "unread": [{"what": "file", "table": "", "place": path, "reason": sentence}],
        "figures": dict(NO_FIGURES), "checks": dict(NO_CHECKS), "findings": [], "accepted": 0, "left_out": [],
        "compared": None, "told": [], "checklist": [], "problems": [], "error": sentence,
    }  # fmt: skip
