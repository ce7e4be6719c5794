"""What is told while tables are recognised: sentences, and what was seen and not read."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from fiscal.model.unread import FILE, ROW, SHEET, TABLE, Unread, gathered
from fiscal.readers.grid import RawDocument
from fiscal.recognise.titles import title_of

_TWINS = {"state_capital", "state_capital_expenditure"}  # two forms of one table


@dataclass
class Told:
    """Filled along the way: `problems` for sentences, `unread` for parts of tables that were not read."""

    problems: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def named(raw: RawDocument) -> list[Unread]:
    """What the reader of a file saw and did not read, with the id of the table where its words name one.

    Rows that go on with the page before are told with its table: see join_pieces.
    """
    name = Path(raw.path).name
    return [
        replace(part, table=title_of(part.table), place=replace(part.place, document=part.place.document or name))
        for part in raw.unread
        if part.what != ROW
    ]


def relevant(parts: Iterable[Unread], read: set[str], wanted: Iterable[str]) -> tuple[Unread, ...]:
    """Parts that matter: a table read elsewhere is not missed, nor one without a name where none is lacking."""
    complete = set(wanted) <= read | (_TWINS if read & _TWINS else set())
    kept = [
        part
        for part in parts
        if not (part.what in (FILE, SHEET, TABLE) and (part.table in read or (not part.table and complete)))
    ]
    return gathered(kept)
