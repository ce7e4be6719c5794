"""The narrative of an account → statements, slots, lists and words."""

from collections.abc import Sequence
from dataclasses import replace

from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.text import Claim, Entry, Narrative, Paragraph
from fiscal.statements import charts, mentions, stated
from fiscal.statements.facts import Facts
from fiscal.statements.grammar import Reader
from fiscal.statements.sections import Sectioned, sectioned
from fiscal.statements.working import working


def read_statements(disclosure: Disclosure) -> Narrative:
    """All that the words of an account say.

    Every amount and percent of the paragraphs and charts is a statement; what notes.yaml states is merged in.
    Blanks: a figure that is not understood has subject "" and kind "". Errors: none; text is never refused.
    """
    parts = sectioned([working(paragraph) for paragraph in disclosure.paragraphs])
    year = disclosure.year or mentions.fiscal_year(parts)
    reader = Reader(disclosure, year)
    for part in parts:
        reader.paragraph(part)
    facts = reader.facts
    _basis(facts)
    _amounts(facts, reader.unitless)
    noted = stated.merge(facts, disclosure)
    charts.read(facts, [*disclosure.charts, *noted], year, disclosure.unit)
    mentions.read(facts, parts, disclosure, year)
    _repeats(facts)
    statements = sorted(facts.judged(), key=_order)
    return Narrative(_placed(parts), tuple(statements), facts.slots, facts.words, facts.lists, tuple(facts.said))


def _placed(parts: Sequence[Sectioned]) -> tuple[Paragraph, ...]:
    """The paragraphs as read, each with the key of its section."""
    return tuple(
        replace(part.words.paragraph, place=replace(part.words.paragraph.place, section=part.section)) for part in parts
    )


def _order(statement: Claim) -> tuple[bool, int]:
    """In order of the text; what has no offset (notes, charts of a workbook) comes last."""
    offset = statement.cell.place.offset
    return offset is None, offset if offset is not None else 0


def _basis(facts: Facts) -> None:
    """gpb_budget: the budget its completion rate names; another one only where that is not stated or 0.

    tp_budget: the self-evaluation report's, marked by its origin, where the section itself states none.
    """
    named = next(iter(facts.words.get("gpb_completion_basis", [])), "")
    initial, full = facts.first("gpb_initial_budget"), facts.first("gpb_full_year_budget")
    order = (initial, full) if named == "年初预算" else (full, initial)
    chosen = next((cell for cell in order if cell is not None and cell.value), None)
    if "gpb_budget" not in facts.slots and chosen is not None:
        facts.slots["gpb_budget"] = [chosen]
    evaluated = facts.first("perf_tp_budget")
    if "tp_budget" not in facts.slots and evaluated is not None:
        facts.slots["tp_budget"] = [replace(evaluated, origin="perf_tp_budget")]


def _amounts(facts: Facts, unitless: list[Cell]) -> None:
    """amount_mentions: every printed amount with its unit as printed, "" where none stands."""
    without = {id(cell) for cell in unitless}
    seen: set[int | None] = set()
    for statement in facts.claims:
        cell = statement.cell
        if statement.kind not in ("amount", "change") or cell.unit in ("%", "个百分点") or cell.place.offset in seen:
            continue
        seen.add(cell.place.offset)
        entry = facts.entry("amount_mentions", value=cell, section=statement.section)
        is_bare = id(cell) in without and cell.value != 0  # a zero needs no unit
        entry["unit"] = "" if is_bare else cell.unit


def _repeats(facts: Facts) -> None:
    """Every later statement of a slot beside the first; approximate figures claim no equality."""
    for slot, cells in facts.slots.items():
        sure = [cell for cell in cells if not cell.approximate and cell.value is not None]
        for cell in sure[1:]:
            entry: Entry = {
                "slot": slot,
                "value": cell,
                "first": sure[0],
                "unit": cell.unit,
                "section": cell.place.section,
            }
            facts.lists.setdefault("repeats", []).append(entry)
