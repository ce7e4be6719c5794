"""Everything read from the files of one account, recognised: the whole way from raw documents to a Disclosure."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from fiscal.dictionary.tables import catalogue
from fiscal.model.disclosure import Disclosure
from fiscal.model.table import Table
from fiscal.model.text import Paragraph
from fiscal.model.unread import ROW, TABLE, Unread
from fiscal.readers.grid import RawDocument
from fiscal.recognise import heads
from fiscal.recognise.bodies import entity_of
from fiscal.recognise.finish import finish
from fiscal.recognise.hidden_sheets import tell_hidden
from fiscal.recognise.join_pieces import Gathered, gather, pieces_of, titles_in
from fiscal.recognise.merge import merge_tables
from fiscal.recognise.titles import of_kind, title_of
from fiscal.recognise.told import Told, named, relevant
from fiscal.recognise.unruled import unruled
from fiscal.recognise.years import year_of

HEADING_LENGTH = 60
_NONE_READ = "表中有数，表头或科目栏看不清，各数属于哪一行哪一栏无法确定：请提供该表的 Excel 或 Word 文件"


def recognise(raws: list[RawDocument], path: str) -> Disclosure:
    """One account from its raw files.

    Tables that stand in several files are taken from the first one that has numbers (workbooks come first); other
    files fill in what is missing. What could not be read is told in `unread`, everything else is here.
    """
    ordered = sorted(raws, key=lambda raw: raw.format not in ("xlsx", "xls"))
    paragraphs = _joined(raws)
    headings = [p.text for p in paragraphs[:60] if len(p.text) <= HEADING_LENGTH] + [f.name for f in map(_name, raws)]
    body = [p.text for p in paragraphs if p.role == "body" and len(p.text) > 12]
    pieces = [pieces_of(raw) for raw in ordered]
    kind = heads.kind_of([title for one in pieces for title in titles_in(one)], headings, body)
    gathered = [gather(raw, one, kind) for raw, one in zip(ordered, pieces)]
    lines = [line for found in gathered for line in found.lines]
    told = Told([p for raw in raws for p in raw.problems], [part for raw in raws for part in named(raw)])
    for found in gathered:
        told.problems += found.problems
        told.unread += found.unread
    tables = merge_tables([_finished(found, told) for found in gathered], told.problems)
    known = {*tables, *(part.table for part in told.unread if part.is_whole)}
    for raw in raws:
        tell_hidden(raw, kind, tables, told)
    pasted = [unruled(raw, known) for raw in raws]
    told.unread += [part for parts, _ in pasted for part in parts]
    told.unread = [replace(part, table=of_kind(part.table, kind)) for part in told.unread]
    listed = _listed(gathered, paragraphs, kind)
    entity = entity_of(lines or headings, [*lines, *headings], [p.text for p in paragraphs])
    year = year_of(lines, headings, body, kind=kind)
    told.problems += heads.doubts(kind, year, [file.name for file in map(_name, raws)], headings)
    present = list(tables) + [table for table in listed if table not in tables]
    titled = [*present, *(part.table for part in told.unread)]
    profile = heads.profile_of(present, entity=entity, province="", year=year, kind=kind)
    return Disclosure(
        path=path,
        files=tuple(raw.path for raw in raws),
        format="+".join(dict.fromkeys(raw.format for raw in ordered)),
        entity=entity,
        year=year,
        kind=kind,
        level=heads.level_of_account([*headings, *lines]),
        unit=_unit(tables) or heads.unit_of_text(body) or "万元",
        profile=profile,
        profile_guessed=heads.is_guessed(profile, titled, entity=entity, province=""),
        tables=tables,
        paragraphs=tuple(_joined([raw for _, raw in pasted])),
        charts=tuple(point for raw in raws for point in raw.charts),
        listed=tuple(listed),
        problems=tuple(dict.fromkeys(told.problems)),
        unread=relevant(told.unread, set(tables), catalogue().profiles[profile]),
        blank=tuple(place for raw in raws for place in raw.blank),
    )


def _name(raw: RawDocument) -> Path:
    return Path(raw.path).with_suffix("")


def _finished(found: Gathered, told: Told) -> dict[str, Table]:
    """The tables of a file; one with numbers of which none could be read is unread, never empty."""
    tables = {}
    for draft in found.drafts:
        table, key = finish(draft, told), draft.entry.id
        rows_unread = any((part.what, part.table) == (ROW, key) for part in found.unread)
        wordy = draft.has_words and not (table.rows and table.columns)
        if table.empty and (draft.lost or draft.has_numbers or rows_unread or wordy):
            told.unread = [part for part in told.unread if part.table != key]
            told.unread.append(Unread(TABLE, key, replace(draft.place, document=draft.document), _NONE_READ))
        else:
            tables[key] = table
    return tables


def _unit(tables: dict[str, Table]) -> str:
    units = Counter(table.unit for table in tables.values() if not table.empty) or Counter(
        table.unit for table in tables.values()
    )
    return units.most_common(1)[0][0] if units else ""


def _listed(gathered: list[Gathered], paragraphs: list, kind: str) -> list[str]:
    named = [table for found in gathered for table in found.listed]
    named += [table for p in paragraphs if p.role in ("contents", "heading") and (table := title_of(p.text))]
    return [table for table in dict.fromkeys(of_kind(one, kind) for one in named) if table in catalogue().entries]


def _joined(raws: list[RawDocument]) -> list[Paragraph]:
    """All paragraphs, file after file; offsets count on from file to file, one character between paragraphs."""
    paragraphs: list[Paragraph] = []
    start = 0
    for raw in raws:
        end = start
        for paragraph in raw.paragraphs:
            offset = start + (paragraph.place.offset if paragraph.place.offset is not None else end - start)
            paragraphs.append(replace(paragraph, place=replace(paragraph.place, offset=offset)))
            end = max(end, offset + len(paragraph.text) + 1)
        start = end
    return paragraphs
