"""The workbook of an account of which only the narrative is known, filled from its notes.yaml.

A cell holds the statement it repeats (`origins`), a figure that follows from statements by one identity (`cells`,
with its half width in `derived`), or an exact 0 (`zeros`); everything else is 未公开. See data/raw/README.md.
"""

from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import click

from fiscal.dictionary.load import read_yaml
from fiscal.dictionary.tables import catalogue
from fiscal.model.cells import UNKNOWN, Cell
from fiscal.model.money import UNKNOWN_MARK, parse_amount
from fiscal.model.table import Table
from fiscal.synthetic.forms import draw
from fiscal.synthetic.forms_sheets import sheet_names
from fiscal.synthetic.frames import Value, frame
from fiscal.synthetic.write_xlsx import write_forms

PROFILE = "sichuan13"
WORKBOOK = "accounts.xlsx"


def write_published(notes_path: str | Path) -> Path:
    """Write accounts.xlsx beside a notes.yaml; the path written."""
    notes = read_yaml(Path(notes_path))
    target = Path(notes_path).parent / WORKBOOK
    forms = [
        draw(table, PROFILE, number=number, entity=notes["entity"]["name"], year=notes["year"])
        for number, table in enumerate(published(notes), 1)
    ]
    write_forms(forms, target, names=sheet_names(PROFILE))
    return target


def published(notes: dict[str, Any]) -> list[Table]:
    """The statutory tables with what the notes know; 未公开 in every other cell."""
    texts = statement_texts(notes)
    return [_table(notes, table, texts) for table in catalogue().profiles[PROFILE]]


def _table(notes: dict[str, Any], table: str, texts: dict[str, str]) -> Table:
    value = _known(notes, table, texts)
    codes = notes.get("rows", [])
    if table in ("government_fund", "state_capital", "state_capital_expenditure"):
        codes = []  # no item of these funds is named
    made = frame(table, PROFILE, value=value, codes=codes, year=notes["year"], unit=notes["unit"])
    return _single_amount(made) if table == "general_public_budget_project" else made


def _single_amount(table: Table) -> Table:
    """The plain form of the project table: nothing is known about its economic items."""
    rows = tuple(
        type(row)(row.key, row.code, row.label, row.level, {"total": row.cells["total"]}, row.side)
        for row in table.rows
    )
    return Table(table.id, table.title, table.unit, table.columns[:1], rows)


def statement_texts(notes: dict[str, Any]) -> dict[str, str]:
    """Slot → printed text, list fields as slot[code].field; the first statement of a slot counts."""
    texts: dict[str, str] = {}
    for entry in notes.get("statements", []):
        texts.setdefault(entry["slot"], entry["text"])
    for slot, entries in notes.get("lists", {}).items():
        for entry in entries:
            for field, text in entry.items():
                texts.setdefault(f"{slot}[{entry.get('code', entry.get('name', ''))}].{field}", text)
    return texts


def _known(notes: dict[str, Any], table: str, texts: dict[str, str]) -> Value:
    origins, cells, widths = (notes.get(key, {}).get(table, {}) for key in ("origins", "cells", "derived"))
    zeros = notes.get("zeros", {}).get(table, {})

    def value(row: str, column: str) -> Cell:
        address = f"{row}.{column}"
        if address in origins:
            return parse_amount(texts[origins[address]], unit=notes["unit"], origin=origins[address])
        if address in cells:
            width = Decimal(widths[address])
            return parse_amount(cells[address], unit=notes["unit"], derived=True, width=width)
        slot = next((slot for pattern, slot in zeros.items() if fnmatchcase(address, pattern)), "")
        if slot:
            return parse_amount("0", unit=notes["unit"], origin=slot)
        return Cell(UNKNOWN, None, notes["unit"], UNKNOWN_MARK)

    return value


@click.command()
@click.argument("notes", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
def main(notes: tuple[str, ...]) -> None:
    """Write accounts.xlsx beside each NOTES (notes.yaml of an account known only from its narrative)."""
    for path in notes:
        click.echo(write_published(path))


if __name__ == "__main__":
    main()
