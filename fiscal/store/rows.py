"""An account as rows of every dataset."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha1
from typing import Any

from fiscal.account import Account, Findings
from fiscal.dictionary.labels import squeeze
from fiscal.model.cells import Cell, Place
from fiscal.model.finding import Doubt, doubts
from fiscal.model.money import FACTORS, in_yuan
from fiscal.model.printable import encodable
from fiscal.model.text import Claim
from fiscal.store.schema import columns

LARGEST_YUAN = Decimal(10) ** 16  # beyond DECIMAL(20,4): more than the world has
LARGEST_WHOLE = 2**31 - 1
YEARS = range(1949, 2200)
YUAN = columns("facts").index("amount_yuan")  # value and unit stand before it
MOST_TOLD = 3
Doubts = dict[int, Doubt]


@dataclass(frozen=True)
class Rows:
    """The rows of one document: dataset → tuples in the order of the schema."""

    document_id: str
    year: int
    datasets: dict[str, list[tuple]]


def document_id(entity: str, year: int | None, kind: str) -> str:
    """One id per entity, year and kind: the same account read again from another folder keeps it."""
    return sha1(f"{squeeze(entity)}\0{year}\0{kind}".encode("utf-8", "backslashreplace")).hexdigest()[:16]


@dataclass(frozen=True)
class _Named:
    """What stands at the beginning of every row of one account."""

    key: str
    entity: str
    year: int


def rows_of(account: Account, findings: Findings, digest: str, entity: str = "") -> Rows:
    """All rows of one account with its findings; `digest` is the hash of what they were made from.

    `entity` is the name it is kept under where that is not its own. What no column can hold is NULL and told among the
    problems.
    """
    name, year = entity or account.entity, account.year if account.year in YEARS else 0
    named = _Named(document_id(name or account.path, account.year, account.kind), name, year or 0)
    doubted = doubts(findings)
    facts = list(_facts(account, named, doubted))
    told = [*account.disclosure.problems, *_too_large(account, facts)]
    made = {
        "documents": [_document(account, findings, named, digest=digest, n_facts=len(facts), problems=told)],
        "facts": facts,
        "unknowns": list(_unknowns(account, named)),
        "statements": list(_statements(account, findings, named, doubted)),
        "findings": [_finding(finding, named, number, doubted) for number, finding in enumerate(findings, 1)],
    }
    return Rows(named.key, named.year, {name: [_storable(line) for line in lines] for name, lines in made.items()})


def _storable(line: tuple) -> tuple:
    """A row as UTF-8 and whole numbers of 32 bits can hold it."""
    return tuple(
        encodable(value) if isinstance(value, str) else
        None if isinstance(value, int) and not -LARGEST_WHOLE <= value <= LARGEST_WHOLE else value
        for value in line
    )  # fmt: skip


def _too_large(account: Account, facts: list[tuple]) -> Iterator[str]:
    """The amounts and the year that the store cannot hold, as sentences."""
    lost = [f"{line[YUAN - 2]}{line[YUAN - 1]}" for line in facts if line[YUAN] is None and line[YUAN - 1] in FACTORS]
    if lost:
        shown = "、".join(lost[:MOST_TOLD])[:200]
        yield f"{account.path}: amounts too large to be stored are left out of sums: {shown}"
    if account.year and account.year not in YEARS:
        yield f"{account.path}: {account.year} is no fiscal year; stored without a year — correct it in the document"


def _document(
    account: Account, findings: Findings, named: _Named, *, digest: str, n_facts: int, problems: list[str]
) -> tuple:
    disclosure, figures, checks = account.disclosure, findings.figures, findings.checks
    organisation = account.notes.get("organisation") or {}
    counts = ("total", "verified", "rounding", "conflicting", "unconstrained", "unread")
    return (
        named.key, account.path, json.dumps(list(map(encodable, disclosure.files)), ensure_ascii=False), named.entity,
        named.year,
        account.kind, disclosure.level, account.unit, disclosure.format, disclosure.profile, len(disclosure.tables),
        ",".join(account.missing_tables), n_facts,
        _count(organisation.get("staff")), _count(account.stated("vehicles") or account.stated("vehicle_stock")),
        *(figures[name] for name in counts), checks["passed"], checks["rounding"], checks["failed"], checks["skipped"],
        "; ".join(problems), digest, str(account.notes.get("coverage") or ""),
    )  # fmt: skip


def _count(value: Any) -> int | None:
    """A count of notes.yaml or of the narrative, or None where there is none."""
    number = getattr(value, "value", value)
    try:
        return int(number) if number is not None else None
    except (TypeError, ValueError):
        return None


def _facts(account: Account, key: _Named, doubted: Doubts) -> Iterator[tuple]:
    for named, cell in _cells(account, key):
        if cell.value is not None:
            yuan = in_yuan(cell)
            yuan = None if yuan is not None and abs(yuan) >= LARGEST_YUAN else yuan
            yield *named, str(cell), cell.unit, yuan, *_place(cell.place), _number(doubted, cell)


def _unknowns(account: Account, key: _Named) -> Iterator[tuple]:
    for named, cell in _cells(account, key):
        if cell.is_unknown:
            yield *named, cell.unit, *_place(cell.place)


def _cells(account: Account, named: _Named) -> Iterator[tuple[tuple, Cell]]:
    """Every cell of the tables with what names it."""
    for table in account.disclosure.tables.values():
        for row, column, cell in table.cells():
            yield (named.key, named.entity, named.year, account.kind, table.id, row.key, row.code, row.label,
                   row.level, column.key, column.label), cell  # fmt: skip


def _place(place: Place) -> tuple:
    return place.document, place.page, place.sheet, place.cell


def _statements(account: Account, findings: Findings, named: _Named, doubted: Doubts) -> Iterator[tuple]:
    for statement, (status, rule) in zip(account.narrative.claims, findings.statuses, strict=True):
        cell, place = statement.cell, statement.cell.place
        yield (
            named.key, named.entity, named.year, statement.section, statement.sentence or place.text or "",
            str(cell), cell.unit, statement.kind, statement.subject, _direction(account, statement), status, rule,
            place.document, place.page, place.offset, statement.base, statement.period, statement.list,
            _number(doubted, cell),
        )  # fmt: skip


def _direction(account: Account, statement: Claim) -> str:
    """增加, 减少 or 持平 as said of a change, or ""."""
    words = account.narrative.words
    slots = (f"{statement.subject}_direction", f"{statement.subject.removesuffix('_change')}_direction")
    known = [word for slot in slots for word in words.get(slot, [])] if statement.kind == "change" else []
    return statement.direction or next(iter(known), "")


def _number(doubted: Doubts, cell: Cell) -> int | None:
    """Of the finding that doubts a cell, or None."""
    return doubted[id(cell)].number if id(cell) in doubted else None


def _finding(finding: Any, named: _Named, number: int, doubted: Doubts) -> tuple:
    words = (one.word for one in doubted.values() if one.number == number)
    place = finding.evidence[0].place.label() if finding.evidence else ""
    return (
        named.key, named.entity, named.year, finding.rule, finding.severity, finding.message, finding.expected,
        finding.actual, finding.difference, finding.suggestion, place, finding.key, number, next(words, None),
    )  # fmt: skip
