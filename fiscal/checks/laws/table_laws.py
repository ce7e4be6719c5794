"""What the text says a measure is, against the tables, and what it says it was, against last year's account."""

from fiscal.checks.identities.exact import Skip
from fiscal.checks.identities.kinds import judge_copy, refuse_unusable
from fiscal.checks.laws.book import Book
from fiscal.checks.laws.quantities import LEVEL, THIS, Figure
from fiscal.checks.laws.verdicts import Told, Verdicts
from fiscal.dictionary.tables import catalogue
from fiscal.model.cells import Cell
from fiscal.model.finding import FAILED

_ROWS = "gpb_classes["  # rows of a breakdown may be adjusted by a last digit: see row_copy in identities.yaml


def tables(book: Book, verdicts: Verdicts) -> None:
    """Every stated level that a table prints as well, or last year's account."""
    for one in book.by_kind[LEVEL]:
        if not one.printed or one.free or one.aside or not one.usable:
            continue
        if one.period == THIS and not (one.planned and one.plan == "initial_budget"):
            _against_tables(book, verdicts, one)
        elif one.period != THIS:
            before = book.elsewhere.level(one.stem, planned=one.planned, period=one.period)
            if before is not None and verdicts.new("yoy_level", one, before):
                verdicts.judge(_last_year, one, before)


def _against_tables(book: Book, verdicts: Verdicts, said: Figure) -> None:
    """Fails where no table prints what the text says; which table is right is a question of its own."""
    printed = book.elsewhere.printed(said)
    cells = [cell for cell in printed if not cell.origin]
    if not printed or not verdicts.new("table", said):
        return
    if not cells:
        verdicts.skip("table", said, "same source")
        return
    fits = [cell for cell in cells if judge_copy(said.claim.cell, cell, verdicts.scaled).outcome != FAILED]
    cell = (fits or cells)[0]
    if not fits and book.elsewhere.unread(cells):
        verdicts.skip("table", said, "unread")
    else:
        verdicts.judge(_copy, said, cell)


def _copy(verdicts: Verdicts, said: Figure, cell: Cell) -> None:
    try:
        refuse_unusable([(1, said.claim.cell), (-1, cell)])
    except Skip as skip:
        verdicts.skip("table", said, skip.reason)
        return
    verdict = judge_copy(said.claim.cell, cell, verdicts.scaled, rows=said.stem.startswith(_ROWS))
    words = {"table": catalogue()[cell.place.table].title if cell.place.table in catalogue().entries else "表"}
    verdicts.told("table", Told(said, verdict, (said.claim.cell, cell), weights=(1, -1), words=words))


def _last_year(verdicts: Verdicts, said: Figure, before: Figure) -> None:
    verdict = judge_copy(said.claim.cell, before.claim.cell, verdicts.scaled)
    verdicts.told("yoy_level", Told(said, verdict, (said.claim.cell, before.claim.cell), weights=(1, -1)))
