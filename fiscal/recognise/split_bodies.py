"""A file that holds the papers of several bodies, a department's and its units', cut into one document for each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from fiscal.dictionary.labels import squeeze
from fiscal.model.text import Paragraph
from fiscal.readers.grid import RawDocument, RawGrid
from fiscal.recognise.bodies import in_title, owners
from fiscal.recognise.titles import title_of

_TABLES = 3  # of the same names that two bodies both print: fewer may be annexes, or a name written otherwise
_COVER = 2  # lines of a cover above the one that names the body


def parted(raw: RawDocument) -> list[RawDocument]:
    """The document of each body in printed order; the file as it is where it is one body's."""
    named = [_owner(grid) for grid in raw.grids]
    bodies = _bodies(raw.grids, named)
    if len(bodies) < 2:
        return [raw]
    whose = list(_carried(named, bodies))
    begins = _begins(raw.paragraphs, bodies) if [a for a, b in pairwise(whose) if a != b] == bodies[:-1] else []
    told = f"{raw.path}: holds the papers of {'、'.join(bodies)}; each is read as an account of its own"
    made = []
    for number, body in enumerate(bodies):
        grids = tuple(grid for grid, owner in zip(raw.grids, whose) if owner == body)
        first = 0 if not number else begins[number] if begins else len(raw.paragraphs)
        last = begins[number + 1] if begins and number + 1 < len(bodies) else len(raw.paragraphs)
        one = replace(raw, grids=grids, paragraphs=raw.paragraphs[first:last], problems=())
        if number:
            one = replace(one, charts=(), unread=())
        made.append(replace(one, problems=(told, *raw.problems)) if not number else one)
    return _with_pages(made, raw)


def _owner(grid: RawGrid) -> str:
    """The body that the lines above a table name, "" where none does."""
    lines = [*grid.before, *(cell.text for row in grid.cells[:3] for cell in row if cell is not None)]
    found = owners(grid.before) or owners(lines) or [name for line in grid.before if (name := in_title(line))]
    return squeeze(found[-1]) if found else ""


def _bodies(grids: Sequence[RawGrid], named: Sequence[str]) -> list[str]:
    """The bodies that print tables of the same names as another one."""
    tables: dict[str, set[str]] = defaultdict(set)
    for grid, owner in zip(grids, named):
        lines = [
            *grid.before,
            grid.place.sheet or "",
            *(c.text for row in grid.cells[:2] for c in row if c is not None),
        ]
        tables[owner] |= {table for line in lines if (table := title_of(line))}
    tables.pop("", None)
    pairs = [(one, two) for one in tables for two in tables if one != two]
    shared = {one for one, two in pairs if len(tables[one] & tables[two]) >= _TABLES}
    return [one for one in tables if one in shared]


def _carried(named: Sequence[str], bodies: Sequence[str]) -> Iterator[str]:
    """The body of each table: a table that names none, or no body of these, goes with the one before it."""
    last = bodies[0]
    for owner in named:
        last = owner if owner in bodies else last
        yield last


def _begins(paragraphs: Sequence[Paragraph], bodies: Sequence[str]) -> list[int]:
    """Where the words of each body begin: its cover, or the first line above its tables; [] where one is not found."""
    found = [0]
    for body in bodies[1:]:
        naming = (
            at for at, p in enumerate(paragraphs)
            if at > found[-1] and p.role != "contents" and body in (*map(squeeze, owners([p.text])), in_title(p.text))
        )  # fmt: skip
        at = next(naming, None)
        if at is None:
            return []
        lead = range(at - 1, max(found[-1], at - 1 - _COVER), -1)
        cover = next((n for n in lead if paragraphs[n].role not in ("heading", "caption")), at - 1 - _COVER)
        found.append(max(cover, found[-1]) + 1)
    return found


def _with_pages(made: list[RawDocument], raw: RawDocument) -> list[RawDocument]:
    """What was not read on a page goes to the body whose pages hold it."""
    starts = [min((grid.place.page or 0 for grid in one.grids), default=0) for one in made]
    if not all(starts):
        return made
    spans = list(zip(starts, [*starts[1:], 10**9]))
    found = [[part for part in raw.unread if a <= (part.place.page or 0) < b] for a, b in spans]
    rest = [part for part in raw.unread if (part.place.page or 0) < starts[0]]
    return [replace(one, unread=tuple(own + (rest if not n else []))) for n, (one, own) in enumerate(zip(made, found))]
