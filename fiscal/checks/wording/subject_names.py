"""Names of classification subjects as printed before （类）（款）（项）: outdated, of another code, or misspelt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fiscal.checks.wording.hits import hit, place_of
from fiscal.dictionary.classification import Subject, functional
from fiscal.dictionary.labels import normal, stem
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Outcome
from fiscal.model.text import Narrative, Paragraph

_MARKED = re.compile(
    r"(?P<name>[\u4e00-\u9fff（）()、“”]{2,40}?)(?P<digits>\d{2,3})?[（(](?P<inside>\d{2,3})?(?P<level>[类款项])[）)]"
)
_CUT = 4  # characters: fewer begin many names
_LEVELS = {"类": "class", "款": "group", "项": "item"}
_SIZES = {"类": 3, "款": 2, "项": 2}
_LEAD = re.compile(r"^(?:[（(][一二三四五六七八九十]+[）)]|[^（(]{0,60}[）)]|[、“”]|其中|以及|和|主要用于|用于)+")


@dataclass(frozen=True, slots=True)
class Named:
    """A name with its level, the code its digits make up so far ("" where there are none), and where it stands."""

    name: str
    level: str
    code: str
    start: int
    end: int


def subject_outcomes(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """NC1, NC2, NC3 and NC4. Names that an identity judges with their item are left to it."""
    year = disclosure.year
    if year is None:
        return
    judged = _judged(narrative)
    for paragraph in narrative.paragraphs or disclosure.paragraphs:
        if paragraph.role != "body":
            continue
        for named in names(paragraph.text):
            found = None if stem(named.name) in judged else _wrong(named, year)
            if found:
                rule, should = found
                place = place_of(paragraph, named.start, named.end)
                yield hit(rule, place, named.name, other=should, year=year)
        yield from _outdated_classes(paragraph, year)
    yield from _outdated_rows(disclosure, year)
    yield from _cut_names(disclosure, year)


def names(text: str) -> Iterator[Named]:
    """Every name that stands before a marker; digits of 类, 款, 项 that follow each other make one code."""
    code, last = "", ""
    for match in _MARKED.finditer(text):
        name = _lead_off(match["name"])
        level, digits = match["level"], match["digits"] or match["inside"] or ""
        order = "类款项".index(level)
        if order == 0:
            code = digits
        else:
            whole = code and last == "类款项"[order - 1] and len(digits) == _SIZES[level]
            code = code + digits if whole else ""
        last = level
        if len(name) >= 2:
            start = match.start("name") + match["name"].rfind(name)
            yield Named(name, _LEVELS[level], code, start, start + len(name))


def _lead_off(text: str) -> str:
    """A name without the words and marks around it; 用于 stays where a name begins with it (用于社会福利…)."""
    name = _LEAD.sub("", text).strip("“”")
    whole = "用于" + name
    return whole if text.strip("“”").endswith(whole) and functional().named(whole, None) else name


def _judged(narrative: Narrative) -> set[str]:
    """Names of items with a code, and of their groups: stmt.gpb.items_code_name and items_group_name tell of them."""
    entries = [entry for entry in narrative.lists.get("gpb_items", []) if entry.get("code")]
    return {stem(str(entry[key])) for entry in entries for key in ("item_name", "group_name") if entry.get(key)}


def _wrong(named: Named, year: int) -> tuple[str, str] | None:
    """Rule and right name, or None where the name is right or nothing sure can be said."""
    book = functional()
    if book.named(named.name, year, named.level):
        official = book.subject(named.code, year) if named.code else None
        if official and official.sure and stem(official.name) != stem(named.name):
            return "NC2", f"{named.code}“{official.name}”"
        return None
    if named.code:
        return _by_code(named, year)
    old = [s for s in book.named(named.name, None, named.level) if s.sure and s.until and s.until < year]
    now = {s.name for past in old if (s := book.subject(past.code, year)) and s.sure}
    if old:
        return ("NC1", now.pop()) if len(now) == 1 else None
    if book.named(named.name, year):
        return None
    near = _nearest(named.name, named.level, year)
    return ("NC4", near) if near else None


def _by_code(named: Named, year: int) -> tuple[str, str] | None:
    official = functional().subject(named.code, year)
    if official is None or not official.sure or stem(official.name) == stem(named.name):
        return None
    if official.name.startswith(named.name) or named.name.endswith(stem(official.name)):
        return None  # shortened, or with words before it
    past = functional().by_code[named.code]
    if any(stem(s.name) == stem(named.name) for s in past):
        return "NC1", official.name
    if distance(named.name, official.name) <= 2 and not functional().named(named.name, year):
        return "NC4", official.name
    return "NC2", f"{named.code}“{official.name}”"


def _nearest(name: str, level: str, year: int) -> str:
    """The one valid name that a slip of the pen away is meant, or ""."""
    most = 1 if len(name) < 8 else 2
    if len(name) < 4:
        return ""
    fits = {s.name for s in _valid(level, year) if s.sure and 0 < distance(stem(name), stem(s.name), most) <= most}
    return fits.pop() if len(fits) == 1 else ""


@cache
def _valid(level: str, year: int) -> tuple[Subject, ...]:
    subjects = (subject for known in functional().by_code.values() for subject in known)
    return tuple(subject for subject in subjects if subject.level == level and subject.valid(year))


def distance(one: str, two: str, most: int = 2) -> int:
    """Edits (one character put in, left out or replaced) between two names; `most` + 1 for anything farther."""
    if abs(len(one) - len(two)) > most:
        return most + 1
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(two, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return min(row[-1], most + 1)


@cache
def _old_classes(year: int) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Names of classes that are no longer valid, as they stand before an amount."""
    pairs = []
    for code, known in functional().by_code.items():
        now = functional().subject(code, year)
        if len(code) != 3 or now is None or not now.sure:
            continue
        for past in known:
            if past.sure and not past.valid(year) and past.until and stem(past.name) != stem(now.name):
                bare = re.escape(past.name.removesuffix("支出"))
                pairs.append((re.compile(rf"(?<![\u4e00-\u9fff]){bare}支出(?=\s*\d)"), past.name, now.name))
    return tuple(pairs)


def _outdated_classes(paragraph: Paragraph, year: int) -> Iterator[Outcome]:
    for pattern, old, now in _old_classes(year):
        for match in pattern.finditer(paragraph.text):
            yield hit("NC1", place_of(paragraph, *match.span()), old, other=now, year=year)


def _outdated_rows(disclosure: Disclosure, year: int) -> Iterator[Outcome]:
    """Classes of a summary, which bear no code; a blank row is the form's, not the account's."""
    for table in disclosure.tables.values():
        for row in table.rows:
            told = [cell for cell in row.cells.values() if cell.is_number and cell.number]
            if told and row.level == "class" and not row.code and row.side:
                named = Named(normal(row.label), "class", "", 0, 0)
                found = _wrong(named, year)
                if found and found[0] == "NC1":
                    yield hit("NC1", told[0].place, named.name, other=found[1], year=year)


def _cut_names(disclosure: Disclosure, year: int) -> Iterator[Outcome]:
    """ST11: names beside codes that end before the official one does; a name without 支出 is short, not cut."""
    for table in disclosure.tables.values():
        for row in table.rows:
            official = functional().subject(row.code, year) if row.code else None
            name = normal(row.label)
            if official is None or len(name) < _CUT or not official.sure or stem(name) == stem(official.name):
                continue
            shown = next((cell for cell in row.cells.values() if not cell.is_blank), None)
            whole = functional().named(name, year)  # another subject's name is no cut one
            if shown is not None and not whole and normal(official.name).startswith(name):
                yield hit("ST11", shown.place, row.label, other=official.name, name=table.title)
