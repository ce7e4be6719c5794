"""Filling a template: fields become figures and words, optional parts stay only where all is known."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from fiscal.dictionary.measures import measures
from fiscal.dictionary.templates import Field, ListEntry, Optional, Template, phrases
from fiscal.model.cells import Cell
from fiscal.model.money import UNKNOWN_MARK
from fiscal.narrative.pieces import Figure, Piece, anchor, shown
from fiscal.narrative.source import Source

BLANK_MARK = "空白"
Pieces = tuple[Piece, ...]
Fill = Callable[[Field], Pieces | None]


def render(template: Template, fill: Fill) -> tuple[list[Piece], bool]:
    """The pieces of a template, and whether everything outside its optional parts was known."""
    pieces: list[Piece] = []
    complete = True
    for node in template:
        if isinstance(node, str):
            pieces.append(node)
        elif isinstance(node, Optional):
            pieces += _optional(node, fill)
        else:
            filled = fill(node)
            complete = complete and _known(filled)
            pieces += filled if filled is not None else (Figure(UNKNOWN_MARK),)
    return pieces, complete


def _optional(node: Optional, fill: Fill) -> list[Piece]:
    for alternative in node.alternatives:
        pieces, complete = render(alternative, fill)
        if complete:
            return pieces
    return []


def _known(pieces: Pieces | None) -> bool:
    if not pieces:
        return False
    first = pieces[0]
    return len(pieces) > 1 or isinstance(first, str) or (first.text not in ("", BLANK_MARK, UNKNOWN_MARK))


def account_fill(source: Source) -> Fill:
    """Fields of a section: figures, words and compounds of one account."""

    def fill(field: Field) -> Pieces | None:
        if field.kind == "word":
            word = source.word(field.name)
            return (word,) if word else None
        if field.kind == "list":
            return list_pieces(phrases().lists[field.name], source)
        if field.kind in ("moved", "versus"):
            return getattr(source, field.kind)(field.name)
        found = getattr(source, field.kind)(field.name)
        if found and not found.text:  # a blank is said to be blank; it is never printed as zero
            found = replace(found, text=BLANK_MARK)
        return (found,) if found else None

    return fill


def list_pieces(entry: ListEntry, source: Source) -> Pieces | None:
    """A list inside a sentence; None when it has no entries."""
    if entry.figures:
        fills = _figure_fills(entry, source)
    else:
        fills = [_entry_fill(fields, entry.entries) for fields in source.entries(entry.entries)]
    pieces: list[Piece] = []
    for number, fill in enumerate(fills, start=1):
        if pieces and entry.join:
            pieces.append(entry.join)
        if entry.numbered:
            pieces.append(f"{number}.")
        pieces += render(entry.text, fill)[0]
    return tuple(pieces) or None


def _figure_fills(entry: ListEntry, source: Source) -> list[Fill]:
    present = [name for name in entry.figures if (figure := source.figure(name)) and figure.text]
    if entry.name == "sources" and not {"rev_general", "rev_fund", "rev_state_capital"} & set(present):
        present = [name for name in ("rev_appropriation",) if (f := source.figure(name)) and f.text] + present
    return [_figure_fill(name, source) for name in present]


def _figure_fill(name: str, source: Source) -> Fill:
    def fill(field: Field) -> Pieces | None:
        if field.kind == "word":
            return (measures()[name].label,)
        found = source.figure(name) if field.name == "figure" else getattr(source, field.name)(name)
        return (found,) if found else None

    return fill


def _entry_fill(fields: Mapping[str, Any], slot: str) -> Fill:
    def fill(field: Field) -> Pieces | None:
        value = fields.get(field.name)
        if field.kind == "word" or value is None:
            return (str(value),) if value else None
        return (_entry_figure(value, _target(fields, slot)),)

    return fill


def _entry_figure(value: Cell | str | Decimal, target: str) -> Figure:
    if isinstance(value, Cell):
        is_amount = value.unit not in ("%", "")
        return Figure(shown(value), value, target if is_amount else "", "决算情况说明")
    return Figure(str(value))


def _target(fields: Mapping[str, Any], slot: str) -> str:
    code = fields.get("code")
    return anchor("general_public_budget_expenditure", str(code), "total") if code and slot.startswith("gpb_") else ""
