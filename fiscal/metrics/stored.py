"""Accounts as a store remembers them, one per year, for the measures that take an account."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from fiscal.model.cells import Cell
from fiscal.model.finding import NAMED, Doubt
from fiscal.model.money import UNKNOWN_MARK, in_yuan, parse_amount
from fiscal.model.table import Table
from fiscal.model.text import Narrative

TOLD = ["finding", "severity", "message", "suggestion", "doubt"]


@dataclass(frozen=True)
class Stored:
    """One account of a store: the cells that print a number or 未公开, and the figures its text states.

    cells    as `fiscal.Account.cells`, as far as stored: a blank has no row
    printed  the same by table, row key and column
    slots    the first figure stated for each subject
    narrative  its words: the direction of each stated change
    notes    organisation.staff, where it is known
    """

    entity: str
    year: int
    unit: str
    cells: pd.DataFrame
    printed: dict[tuple[str, str, str], Cell]
    slots: dict[str, Cell]
    notes: dict = field(default_factory=dict)
    narrative: Narrative = field(default_factory=Narrative)
    doubts: dict[int, Doubt] = field(default_factory=dict)

    def table(self, name: str) -> Table | None:
        """None: a store keeps cells, no sheets."""
        return None

    def amount(self, table: str, row: str, column: str) -> Cell | None:
        """The cell, or None where nothing is printed."""
        return self.printed.get((table, row, column))

    def stated(self, slot: str) -> Cell | None:
        """The first figure stated for a subject."""
        return self.slots.get(slot)


def stored_accounts(
    documents: pd.DataFrame, cells: pd.DataFrame, statements: pd.DataFrame, findings: pd.DataFrame | None = None
) -> list[Stored]:
    """The accounts of one entity in order of year, from rows of a store.

    Shape:  one per year; of two accounts of one year the final account, else the one with the lower id.
    Source: the datasets documents, statements and findings, and facts with unknowns below them (value 未公开).
    """
    known = documents[documents["year"] > 0].sort_values(["year", "kind", "document_id"]).drop_duplicates("year")
    told = pd.DataFrame(columns=["document_id", *TOLD]) if findings is None else findings
    return [_account(line, *(_of(lines, line) for lines in (cells, statements, told)))
            for line in known.to_dict("records")]  # fmt: skip


def _of(lines: pd.DataFrame, document: dict[Any, Any]) -> pd.DataFrame:
    return lines[lines["document_id"] == document["document_id"]]


def _account(line: dict[Any, Any], cells: pd.DataFrame, statements: pd.DataFrame, findings: pd.DataFrame) -> Stored:
    known = findings[TOLD].itertuples(index=False)
    told = {
        n: Doubt(n, severity, message, advice, word == NAMED, int(line["year"]))
        for n, severity, message, advice, word in known
    }
    spoken = statements.drop_duplicates("subject")
    slots = dict(zip(spoken["subject"], _parsed(spoken)))
    staff = None if pd.isna(line["n_staff"]) else int(line["n_staff"])
    said = pd.Series([told.get(number) for number in _numbers(cells)], cells.index, dtype=object)
    read = printed_cells(cells.assign(doubt=said))
    pairs = [*zip(read["cell"], read["doubt"]), *zip(slots.values(), map(told.get, _numbers(spoken)))]
    doubts = {id(cell): doubt for cell, doubt in pairs if doubt}
    printed = dict(zip(zip(read["table"], read["row_key"], read["column"]), read["cell"]))
    notes = {"organisation": {"staff": staff}}
    words = {f"{subject}_direction": [word] for subject, word in zip(spoken["subject"], spoken["direction"]) if word}
    return Stored(line["entity"], int(line["year"]), line["unit"], read, printed, slots, notes,
                  Narrative(words=words), doubts)  # fmt: skip


def _numbers(lines: pd.DataFrame) -> Iterable:
    """Of the finding that doubts each line; nothing where the frame does not say."""
    return lines["finding"] if "finding" in lines else [None] * len(lines)


def printed_cells(lines: pd.DataFrame) -> pd.DataFrame:
    """Rows of a store, or of `account.cells`, with what is printed read again.

    Shape:  `lines` with cell, state and amount_yuan (元, Decimal; None for blank and 未公开).
    Errors: NumberUnreadable when the text is no printed number, as in a store that was changed by hand.
    """
    cells = _parsed(lines)
    yuan = [in_yuan(cell) for cell in cells]
    made = {"cell": cells, "state": [cell.state for cell in cells], "amount_yuan": yuan}
    return lines.assign(**{name: pd.Series(values, lines.index, dtype=object) for name, values in made.items()})


def _parsed(lines: pd.DataFrame) -> list[Cell]:
    is_own = "printed" in lines  # of an account: text and state apart
    texts = (
        lines["printed"].mask(lines["state"].isin(["unknown", "unread"]), UNKNOWN_MARK) if is_own else lines["value"]
    )
    return [parse_amount(text, unit=unit) for text, unit in zip(texts, lines["unit"])]


def all_cells(accounts: Sequence[Stored]) -> pd.DataFrame:
    """The cells of several accounts below each other."""
    return pd.concat([account.cells for account in accounts], ignore_index=True) if accounts else pd.DataFrame()
