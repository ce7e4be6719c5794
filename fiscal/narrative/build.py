"""From an account to the sections of its narrative."""

from typing import Any

from fiscal.dictionary.glossary import chosen
from fiscal.dictionary.templates import Field, ParagraphEntry, SectionEntry, phrases
from fiscal.narrative.annexes import ANNEXES, Annex
from fiscal.narrative.pieces import Carried, Piece, Section, Sentence
from fiscal.narrative.quoted import quoted
from fiscal.narrative.render import Fill, account_fill, list_pieces, render
from fiscal.narrative.source import Source

NUMERALS = "一二三四五六七八九十"


def sections(account: Any, *, previous: Any = None, carry: bool = False) -> list[Section]:
    """The narrative of an account: overview, ten sections, glossary, self-evaluations, contradictions.

    `previous` is last year's account; its figures give changes where the account itself states none. With `carry` its
    duties and reasons stand, as Carried words, where this year's are not known.
    """
    source = Source(account, previous, carry=carry)
    built: list[Section] = []
    number: dict[str, int] = {}
    for entry in phrases().sections:
        number[entry.part] = number.get(entry.part, 0) + 1
        alone = entry.special in ("glossary", "remarks")
        built.append(_section(entry, source, "" if alone else f"{NUMERALS[number[entry.part] - 1]}、", 2))
        built += [_section(part, source, f"（{NUMERALS[i]}）", 3) for i, part in enumerate(entry.parts)]
    silent = ("remarks", "workload")  # sections that are left out where there is nothing to say
    return [one for one in built if one.key not in silent or one.paragraphs or one.grids]


def _section(entry: SectionEntry, source: Source, number: str, level: int) -> Section:
    fill = account_fill(source)
    source.lacks = {}
    noted = (source.account.notes.get("texts") or {}).get(entry.key)
    told = [item for item in entry.paragraphs if not item.needs or _present(item.needs, source)]
    words: list = noted.splitlines() if noted else []
    words = words or (quoted(source.account, entry.quote) if entry.quote and not told else [])
    is_silent = not words and not told and bool(entry.paragraphs)
    if is_silent and source.carry and source.before:
        words = _carried(entry, source.before)
    lacks = {f"text:{entry.key}": "\n".join(map(str, words))} if is_silent else source.lacks
    annex: Annex = ([], [])
    if not words:
        words = [sentence for item in entry.paragraphs for sentence in _lines(_paragraph(item, source, fill))]
        annex = _special(entry, source)
    return Section(entry.key, entry.title, (*words, *annex[0]), tuple(annex[1]), entry.part, number, level, lacks)


def _carried(entry: SectionEntry, before: Source) -> list[Sentence]:
    """What last year's account says in this section without figures of the year, word for word."""
    fill = account_fill(before)
    told = [item for item in entry.paragraphs if item.needs and _present(item.needs, before)]
    words = quoted(before.account, entry.quote) if entry.quote else []
    said = words or [str(line) for item in told for line in _lines(_paragraph(item, before, fill))]
    return [Sentence((Carried(text),)) for text in said] if entry.quote else []


def _special(entry: SectionEntry, source: Source) -> Annex:
    if entry.special == "glossary":
        terms = chosen(source.account)
        return [f"{i}.{term.term}：{term.definition}" for i, term in enumerate(terms, start=1)], []
    return ANNEXES[entry.special](source) if entry.special else ([], [])


def _paragraph(entry: ParagraphEntry, source: Source, fill: Fill) -> list[Piece]:
    if entry.needs and not _present(entry.needs, source):
        return render(entry.otherwise, fill)[0]
    template = entry.none if entry.none and _blank(entry, source) else entry.text
    return render(template, fill)[0]


def _lines(pieces: list[Piece]) -> list[Sentence]:
    """Cut at line breaks: one Sentence per printed paragraph."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.split("\n") if isinstance(piece, str) and "\n" in piece else [piece]
        lines[-1].append(first)
        lines += [[other] for other in others]
    return [Sentence(tuple(part for part in line if part != "")) for line in lines if any(line)]


def _present(name: str, source: Source) -> bool:
    kind, _, subject = name.partition(":")
    if kind == "list":
        return list_pieces(phrases().lists[subject], source) is not None
    return bool(source.word(name)) if subject else source.figure(name) is not None


def _blank(entry: ParagraphEntry, source: Source) -> bool:
    """The first figure outside optional parts is a blank."""
    figures = (node.name for node in entry.text if isinstance(node, Field) and node.kind == "figure")
    cell = source.cell(next(figures, ""))
    return cell is not None and cell.is_blank
