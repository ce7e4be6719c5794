"""The terms a report explains, and which of them an account needs.

Source: data/glossary.yaml. A term without a condition is always explained; `code` and `group` ask for a functional
subject, `figure` for a table cell that holds a number other than zero.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fiscal.dictionary.load import DATA, checked, read_yaml, refuse
from fiscal.dictionary.measures import CellAt, cell_at

FILE = DATA / "glossary.yaml"
_TERM = {"term!": str, "definition!": str, "code": str, "group": str, "figure": str}


@dataclass(frozen=True, slots=True)
class Term:
    """One term, its definition in our own words, and when it is needed."""

    term: str
    definition: str
    code: str = ""
    group: str = ""
    figure: CellAt | None = None


def load(path: Path = FILE) -> tuple[Term, ...]:
    """Read and check the terms. Errors: DeclarationError with file, entry and reason."""
    raw = checked(read_yaml(path), {"schema_version": int, "terms!": [dict]}, path, "top level")
    terms = []
    for entry in raw["terms"]:
        name = f"term {entry.get('term', '?')}"
        checked(entry, _TERM, path, name)
        figure = cell_at(entry["figure"], path, name) if "figure" in entry else None
        terms.append(Term(entry["term"], entry["definition"], entry.get("code", ""), entry.get("group", ""), figure))
    names = [term.term for term in terms]
    if len(set(names)) != len(names):
        refuse(path, f"term {next(name for name in names if names.count(name) > 1)}", "defined twice")
    return tuple(terms)


terms = cache(load)  # the terms that come with the package, read once


def chosen(account: Any) -> list[Term]:
    """The terms that this account needs, in the order of the file."""
    codes = {row.code for table in account.disclosure.tables.values() for row in table.rows if row.code}
    codes |= {str(entry.get("code") or "") for entry in account.narrative.lists.get("gpb_items", [])}
    return [term for term in terms() if _needed(term, account, codes)]


def _needed(term: Term, account: Any, codes: set[str]) -> bool:
    if term.code:
        return term.code in codes
    if term.group:
        return any(code.startswith(term.group) for code in codes)
    if term.figure:
        cell = account.amount(term.figure.table, term.figure.row, term.figure.columns[0])
        return cell is not None and cell.is_number and cell.value != 0
    return True
