"""`fiscal extract`: facts, statements and documents as CSV."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from fiscal.account import FACTS, STATEMENTS, Account
from fiscal.commands.accounts import Loaded
from fiscal.errors import RunError
from fiscal.model.printable import harmless
from fiscal.paths import replace

DOCUMENTS = ("document", "entity", "year", "kind", "unit", "format", "tables", "facts", "statements", "error")


def extract(loaded: Loaded, out: Path, step: Callable[[str], None] = lambda name: None) -> None:
    """Write facts.csv, statements.csv and documents.csv into `out`."""
    facts, statements, documents = [], [], []
    for _, (its_facts, its_statements, line) in loaded.each(_frames, step):
        facts.append(its_facts)
        statements.append(its_statements)
        documents.append(line)
    documents += [(item.path, "", None, "unknown", "", "", 0, 0, 0, item.sentence) for item in loaded.unreadable]
    _write(out, "facts.csv", _joined(facts, FACTS))
    _write(out, "statements.csv", _joined(statements, STATEMENTS))
    _write(out, "documents.csv", pd.DataFrame(documents, columns=list(DOCUMENTS), dtype=object))


def _frames(account: Account, *beside: Account | None) -> tuple[pd.DataFrame, pd.DataFrame, tuple]:
    """In a child: facts, statements and the line of documents.csv of an account."""
    del beside
    facts, statements = account.facts[list(FACTS)], account.statements
    line = (account.path, account.entity, account.year, account.kind, account.unit, account.disclosure.format,
            len(account.tables), len(facts), len(statements), "; ".join(account.disclosure.problems))  # fmt: skip
    return facts, statements, line


def _joined(frames: list[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    full = [frame for frame in frames if len(frame)]
    return pd.concat(full, ignore_index=True) if full else pd.DataFrame(columns=list(columns))


def _write(out: Path, name: str, frame: pd.DataFrame) -> None:
    try:
        safe = frame.map(harmless)
        replace(out / name, lambda part: safe.to_csv(part, index=False, encoding="utf-8", lineterminator="\n"))
    except OSError as error:
        raise RunError(str(out / name), f"cannot be written: {error.strerror}", "give a folder that can") from error
