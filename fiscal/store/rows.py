"""An account as rows of every dataset."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha1
from typing import Any

from fiscal.account import Account, Findings
from fiscal.dictionary.labels import squeeze
from fiscal.model.cells import Cell, Place
from fiscal.model.money import FACTORS, convert
from fiscal.model.text import Claim


@dataclass(frozen=True)
class Rows:
    """The rows of one document: dataset → tuples in the order of the schema."""

    document_id: str
    year: int
    datasets: dict[str, list[tuple]]


def document_id(entity: str, year: int | None, kind: str) -> str:
    """One id per entity, year and kind: the same account read again from another folder keeps it."""
    return sha1(f"{squeeze(entity)}\0{year}\0{kind}".encode()).hexdigest()[:16]


def rows_of(account: Account, findings: Findings, digest: str) -> Rows:
    """All rows of one account with its findings; `digest` is the hash of what they were made from."""
    key = document_id(account.entity or account.path, account.year, account.kind)
    facts = list(_facts(account, key))
    return Rows(key, account.year or 0, {
        "documents": [_document(account, findings, key, digest, len(facts))],
        "facts": facts,
        "unknowns": list(_unknowns(account, key)),
        "statements": list(_statements(account, findings, key)),
        "findings": [_finding(account, finding, key) for finding in findings],
    })  # fmt: skip


def _document(account: Account, findings: Findings, key: str, digest: str, n_facts: int) -> tuple:
    disclosure, figures, checks = account.disclosure, findings.figures, findings.checks
    organisation = account.notes.get("organisation") or {}
    counts = ("total", "verified", "rounding", "conflicting", "unconstrained", "unread")
    return (
        key, account.path, json.dumps(list(disclosure.files), ensure_ascii=False), account.entity, account.year or 0,
        account.kind, disclosure.level, account.unit, disclosure.format, disclosure.profile, len(disclosure.tables),
        ",".join(account.missing_tables), n_facts,
        _count(organisation.get("staff")), _count(account.stated("vehicles") or account.stated("vehicle_stock")),
        *(figures[name] for name in counts), checks["passed"], checks["rounding"], checks["failed"], checks["skipped"],
        "; ".join(disclosure.problems), digest,
    )  # fmt: skip


def _count(value: Any) -> int | None:
    """A count of notes.yaml or of the narrative, or None where there is none."""
    number = getattr(value, "value", value)
    try:
        return int(number) if number is not None else None
    except (TypeError, ValueError):
        return None


def _facts(account: Account, key: str) -> Iterator[tuple]:
    for named, cell in _cells(account, key):
        if cell.value is not None:
            yuan = convert(cell.value, cell.unit, "元") if cell.unit in FACTORS else None
            yield *named, str(cell), cell.unit, yuan, *_place(cell.place)


def _unknowns(account: Account, key: str) -> Iterator[tuple]:
    for named, cell in _cells(account, key):
        if cell.is_unknown:
            yield *named, cell.unit, *_place(cell.place)


def _cells(account: Account, key: str) -> Iterator[tuple[tuple, Cell]]:
    """Every cell of the tables with what names it."""
    for table in account.disclosure.tables.values():
        for row, column, cell in table.cells():
            yield (key, account.entity, account.year or 0, account.kind, table.id, row.key, row.code, row.label,
                   row.level, column.key, column.label), cell  # fmt: skip


def _place(place: Place) -> tuple:
    return place.document, place.page, place.sheet, place.cell


def _statements(account: Account, findings: Findings, key: str):
    for statement, (status, rule) in zip(account.narrative.claims, findings.statuses, strict=True):
        cell, place = statement.cell, statement.cell.place
        yield (
            key, account.entity, account.year or 0, statement.section, statement.sentence or place.text or "",
            str(cell), cell.unit, statement.kind, statement.subject, _direction(account, statement), status, rule,
            place.document, place.page, place.offset, statement.base, statement.period, statement.list,
        )  # fmt: skip


def _direction(account: Account, statement: Claim) -> str:
    """增加, 减少 or 持平 as said of a change, or ""."""
    words = account.narrative.words
    slots = (f"{statement.subject}_direction", f"{statement.subject.removesuffix('_change')}_direction")
    known = [word for slot in slots for word in words.get(slot, [])] if statement.kind == "change" else []
    return statement.direction or next(iter(known), "")


def _finding(account: Account, finding: Any, key: str) -> tuple:
    place = finding.evidence[0].place.label() if finding.evidence else ""
    return (
        key, account.entity, account.year or 0, finding.rule, finding.severity, finding.message, finding.expected,
        finding.actual, finding.difference, finding.suggestion, place, finding.key,
    )  # fmt: skip
