"""Wholes and parts: a complete list adds up to its head, what is known of an incomplete one is not larger."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from fiscal.checks.identities.exact import UNITS
from fiscal.checks.identities.kinds import Verdict, judge_bound, judge_sum
from fiscal.checks.laws.book import Book
from fiscal.checks.laws.quantities import LEVEL, SHARE, Figure
from fiscal.checks.laws.verdicts import Told, Verdicts, shown, terms
from fiscal.dictionary.laws import FAMILIES, laws, name_of, wholes_of
from fiscal.dictionary.measures import measures
from fiscal.dictionary.patterns import patterns
from fiscal.model.cells import Cell
from fiscal.model.finding import FAILED, PASSED, ROUNDING, SKIPPED

_HUNDRED = 100
_NAMED = 6  # parts that a message spells out


@dataclass(frozen=True)
class Listing:
    """A head and what is stated of its parts. `open`: words left a part out, or one could not be read.

    wide    it divides the head in full, with what is no declared part of it (收入预算 with 上年结转)
    """

    head: Figure
    parts: tuple[Figure, ...]
    complete: bool
    open: bool = False
    wide: bool = False


def parts(book: Book, verdicts: Verdicts) -> None:
    """Every enumeration, and every measure whose parts are stated somewhere."""
    done: dict[int, set[str]] = defaultdict(set)  # by head: it may be divided twice, by kind and by source
    lists = _lists(book)
    wider = {id(one.head) for one in lists if one.wide}
    for listing in (*lists, *(replace(one, open=one.open or id(one.head) in wider) for one in _declared(book))):
        head, stems = listing.head, {one.stem for one in listing.parts}
        known = [one for one in listing.parts if one.usable]
        again = bool(stems & done[id(head)])
        if again or not head.usable or not known or not verdicts.new("parts", head, *listing.parts):
            continue
        holds = verdicts.judge(add_up, listing)
        if verdicts.outcomes[-1].outcome != SKIPPED:
            done[id(head)] |= stems
            if holds and verdicts.outcomes[-1].weights:
                verdicts.whole.append((head, listing.parts))


def add_up(verdicts: Verdicts, listing: Listing, law: str = "parts") -> None:
    """A complete list adds up; of another one, a sum that fits says that it is complete, and one too large is wrong."""
    head = listing.head
    known = [one for one in listing.parts if one.usable]
    left, right = terms((1, head)), terms(*((1, one) for one in known))
    cells = (head.claim.cell, *(one.claim.cell for one in known))
    words = {"of": _spelled(known)}
    if len(known) == len(listing.parts):
        verdict = judge_sum(left, right, verdicts.scaled)
        if verdict.outcome == FAILED and not listing.complete:
            full = _full(listing, verdicts)
            if full is not None:
                return add_up(verdicts, full, law)
        if verdict.outcome != FAILED or (listing.complete and not listing.open):
            weights = (1, *(-1 for _ in known))
            verdicts.told(law, Told(head, verdict, cells, weights, words=words))
            return
        if not listing.open and _swapped(head.claim.cell, cells[1:]):
            verdicts.told("parts_swapped", Told(head, verdict, cells, (1, *(-1 for _ in known)), words=words))
            return
    bound = judge_bound(right, left, verdicts.scaled, "<=")
    if bound.outcome == FAILED:
        gap = None if bound.difference is None else -bound.difference
        told = Verdict(FAILED, "", "", bound.expected, bound.actual, gap, bound.intervals)
        verdicts.told("within", Told(head, told, cells, words=words))
    else:
        verdicts.skip(law, head, "unknown" if len(known) < len(listing.parts) else "incomplete")


def _swapped(head: Cell, parts: Sequence[Cell]) -> bool:
    """Whether two digits changed places in one figure make up what the parts lack: too much for chance."""
    if len({cell.unit for cell in (head, *parts)}) != 1 or not 1 < len(parts) <= _NAMED:
        return False
    gap = head.number - sum(cell.number for cell in parts)
    moved = ((sign, cell) for sign, cell in ((-1, head), *((1, cell) for cell in parts)))
    return any(sign * gap == other - cell.number for sign, cell in moved for other in _neighbours(cell))


def _neighbours(cell: Cell) -> Iterator[Decimal]:
    """The figure with two digits beside each other changed about."""
    text = f"{cell.number:f}"
    places = [at for at, sign in enumerate(text) if sign.isdigit()]
    for one, two in pairwise(places):
        yield Decimal(text[:one] + text[two] + text[one + 1 : two] + text[one] + text[two + 1 :])


def _full(listing: Listing, verdicts: Verdicts) -> Listing | None:
    """The first parts, where they are the whole already: what follows after a semicolon stands beside the head."""
    for number in range(len(listing.parts) - 1, 0, -1):
        first = listing.parts[:number]
        whole, sides = terms((1, listing.head)), terms(*((1, one) for one in first))
        if all(one.usable for one in first) and judge_sum(whole, sides, verdicts.scaled).outcome == PASSED:
            return replace(listing, parts=first)
    return None


def _spelled(found: Sequence[Figure]) -> str:
    named = [f"{name_of(one.stem)}{shown(one)}" for one in found[:_NAMED]]
    return "、".join(named) + (f"等{len(found)}项" if len(found) > _NAMED else "")


# ---- enumerations in the text


def _lists(book: Book) -> list[Listing]:
    """Lists with a head: 其中 …, 包括 …, 由 … 组成."""
    found = []
    for name, members in book.lists.items():
        head = _head(book, members)
        if head is None:
            continue
        levels = [one for one in members if one.kind == LEVEL]
        head, counted = _meant(book, head, levels)
        chosen = _of(head, levels)
        wide = len(chosen) != len(counted) and (_fits(book, head, counted) or _division(head, counted))
        chosen = tuple(counted) if wide else chosen
        if chosen and (head.claim.cell.value or not head.free):
            said = {one.claim.complete for one in members}
            family = chosen[0].stem.partition("[")[0]
            sure = "whole" in said or (family in laws().lists and family not in FAMILIES)
            whole = "all" in said or (sure and len(chosen) > 1) or _covered(head, chosen) or _hundred(members, chosen)
            cut = members[-1].claim.section in book.cut
            found.append(Listing(head, chosen, whole, "some" in said or name in book.unread_lists or cut, wide))
    return found


def _meant(book: Book, head: Figure, members: list[Figure]) -> tuple[Figure, list[Figure]]:
    """The head, or the level before it in its sentence that the parts add up to where they do not to it
    (受理12件，办结9件，其中热线8件、来访4件), and those of the parts that count what it counts."""
    counted = [one for one in members if _kind(one) == _kind(head) and _counter(one) == _counter(head)]
    before = [one for one in book.spoken[head.sentence] if one.at < head.at and _counter(one) == _counter(head)]
    fitting = [one for one in (head, *before) if _kind(one) == _kind(head) and _fits(book, one, counted)]
    return fitting[0] if fitting else head, counted


def _kind(one: Figure) -> tuple[bool, str, str, bool]:
    """What is alike in a whole and its parts: side, year, kind of figure, whether it is money."""
    return one.planned, one.period, one.claim.kind, one.claim.cell.unit in UNITS


def _counter(one: Figure) -> str:
    persons = patterns().lexicons["persons"]
    return persons[0] if one.claim.counter in persons else one.claim.counter


def _fits(book: Book, head: Figure, levels: Sequence[Figure]) -> bool:
    if len(levels) < 2 or not all(one.usable for one in (head, *levels)):
        return False
    return judge_sum(terms((1, head)), terms(*((1, one) for one in levels)), book.scaled).outcome != FAILED


def _head(book: Book, members: Sequence[Figure]) -> Figure | None:
    """The head that the list names; of classes of expenditure the expenditure they are classes of."""
    first = next((one for one in members if one.kind == LEVEL), members[0])
    own = laws().lists.get(first.stem.partition("[")[0], {}).get(first.claim.kind)
    if own is None and first.claim.list_head is not None:
        return book.at.get(first.claim.list_head)
    wholes = {one.claim.whole for one in members if one.kind == SHARE}  # else that of which every share is stated
    named = next(iter(wholes)) if len(wholes) == 1 else ""
    stems = [stem for stem in (own, named) if stem]
    sides = (first.planned, True)
    found = [book.stated(replace(first, stem=stem), stem, planned=side) for stem in stems for side in sides]
    return next((one for one in found if one is not None), None)


def _of(head: Figure, members: Sequence[Figure]) -> tuple[Figure, ...]:
    """One level of each part, of the head's year and kind of number.

    A measure is a part of what it is declared a part of, nothing else, and its own parts do not count beside it.
    """
    found: dict[str, Figure] = {}
    for one in members:
        wholes = wholes_of(one.stem)
        free = not wholes and not (one.stem in measures().entries and head.stem in measures().entries)
        own = free or head.stem in wholes or head.stem.partition("[")[0] in FAMILIES
        if own and _kind(one) == _kind(head) and one.stem != head.stem:
            found.setdefault(one.stem, one)
    return tuple(one for stem, one in found.items() if wholes_of(stem).isdisjoint(found))


def _covered(head: Figure, members: Sequence[Figure]) -> bool:
    """Whether every part of the head is among the members: as declared, or as any expenditure is divided."""
    stated = {one.stem: one for one in members}
    return bool(cover(head.stem, stated.get)) or _division(head, members)


def _division(head: Figure, members: Sequence[Figure]) -> bool:
    """Whether these are just the parts that any expenditure or staff is divided into."""
    names = [name_of(one.stem).removeprefix(name_of(head.stem)) for one in members]
    return any(sorted(names) == sorted(division) for division in laws().divisions)


def _hundred(members: Sequence[Figure], levels: Sequence[Figure]) -> bool:
    """Whether every part has a share and the shares add to 100: the list leaves nothing out."""
    printed = {one.stem: one for one in members if one.kind == SHARE and one.usable}
    if len(levels) < 2 or any(one.stem not in printed and one.claim.cell.value for one in levels):
        return False
    cells = [printed[one.stem].claim.cell for one in levels if one.stem in printed]
    gap = abs(_total(cells))
    return bool(cells) and gap <= _width(cells)


# ---- parts by declaration


@cache
def _groups(stem: str) -> tuple[str, ...]:
    """Measures that stand for several parts of this one: 财政拨款收入 for the three funds of 本年收入."""
    own = set(measures().entries[stem].parts)
    return tuple(one.id for one in measures() if one.parts and one.id != stem and set(one.parts) < own)


def cover(stem: str, stated) -> list[Figure] | None:  # type: ignore[no-untyped-def]
    """The figures that together are all parts of a measure; None where one is not stated. `stated`: stem → figure."""
    measure = measures().entries.get(stem)
    if measure is None or not measure.parts:
        return None
    found: list[Figure] = []
    left = list(measure.parts)
    for group in _groups(stem):
        inner = measures().entries[group].parts
        one = stated(group)
        if one is not None and not all(stated(part) for part in inner):
            found.append(one)
            left = [part for part in left if part not in inner]
    for part in left:
        one = stated(part)
        inside = [one] if one is not None else cover(part, stated)
        if inside is None:
            if part not in laws().silent:
                return None
            continue
        found += inside
    return found or None


def _declared(book: Book) -> list[Listing]:
    """The first statement of every measure with declared parts, and its parts wherever they are stated."""
    found = []
    for (stem, planned, period), stated in list(book.levels.items()):
        head = next((one for one in stated if one.printed and one.usable and not one.aside), None)
        if head is None or stem not in measures().entries:
            continue

        def near(part: str, head: Figure = head, planned: bool = planned, period: str = period) -> Figure | None:
            return book.stated(head, part, planned=planned, period=period)

        chosen = cover(stem, near)
        if chosen:
            found.append(
                Listing(head, tuple(chosen), complete=True, open=head.with_more or head.claim.section in book.cut)
            )
        else:
            some = [one for part in measures().entries[stem].parts if (one := near(part)) is not None]
            if some:
                found.append(Listing(head, tuple(some), complete=False))
    return found


# ---- changes and shares of the parts


def parts_of_changes(book: Book, verdicts: Verdicts) -> None:
    """The changes of all parts add up to the change of the whole."""
    for (stem, planned, base), stated in list(book.changes.items()):
        head = next((one for one in stated if one.printed and one.usable and not one.aside), None)
        if head is None or not head.claim.direction:
            continue

        def near(part: str, head: Figure = head, key: tuple[bool, str] = (planned, base)) -> Figure | None:
            found = book.change(head, part)
            return found if found and found.claim.direction else None

        chosen = cover(stem, near)
        if chosen and verdicts.new("parts_change", head, *chosen):
            verdicts.judge(_changes, head, *chosen)


def _changes(verdicts: Verdicts, head: Figure, *chosen: Figure) -> None:
    signed = [(one.sign, one) for one in chosen]
    verdict = judge_sum(terms((head.sign, head)), terms(*signed), verdicts.scaled)
    cells = (head.claim.cell, *(one.claim.cell for one in chosen))
    weights = (head.sign, *(-sign for sign, _ in signed))
    of = "、".join(f"{name_of(one.stem)}{one.claim.direction}{shown(one)}" for one in chosen)
    should = "" if verdict.expected is None else "增加" if verdict.expected >= 0 else "减少"
    verdicts.told("parts_change", Told(head, verdict, cells, weights, words={"of": of, "should": should}))


def sums_of_shares(book: Book, verdicts: Verdicts) -> None:
    """The shares of a complete list add to 100, unless one was already told as wrong or the text breaks off."""
    places: dict[Hashable, dict[str, Figure]] = defaultdict(dict)
    for one in book.by_kind[SHARE]:
        if one.usable and one.printed and not one.aside:
            places[one.paragraph].setdefault(one.stem, one)
    for head, members in verdicts.whole:
        stated = [places[one.paragraph].get(one.stem) for one in members if one.claim.cell.value]
        if len(stated) > 1 and all(stated):
            _tell_hundred(book, verdicts, head.stem, [one for one in stated if one])
    for stated_here in places.values():
        head_stem = _whole(list(stated_here.values()))
        chosen = cover(head_stem, stated_here.get) if head_stem else None
        if chosen and head_stem and len(chosen) > 1:
            _tell_hundred(book, verdicts, head_stem, chosen)


def _tell_hundred(book: Book, verdicts: Verdicts, head: str, chosen: Sequence[Figure]) -> None:
    told = any(id(one.claim.cell) in verdicts.broken or one.claim.section in book.cut for one in chosen)
    if not told and verdicts.new("shares", *chosen):
        levels = [book.level(chosen[0], head, planned=chosen[0].planned), *(book.now(one) for one in chosen)]
        amounts = tuple(one for one in levels if one is not None and one.usable)
        verdicts.judge(_hundred_of, head, amounts if len(amounts) == len(levels) else (), *chosen)


def _whole(found: Sequence[Figure]) -> str | None:
    """The measure of which these are shares."""
    wholes = [set(measures().entries[one.stem].whole) for one in found if one.stem in measures().entries]
    common = set.intersection(*wholes) if wholes and len(wholes) == len(found) else set()
    return next(iter(sorted(common)), None)


def _hundred_of(verdicts: Verdicts, head: str, amounts: tuple[Figure, ...], *chosen: Figure) -> None:
    """Shares reckoned from printed amounts miss 100 by as much as these miss their whole."""
    cells = tuple(one.claim.cell for one in chosen)
    gap, slack = _total(cells), Decimal(0)
    if amounts and amounts[0].claim.cell.value:
        whole, *parts = (one.claim.cell.number for one in amounts)
        slack = abs(sum(parts) - whole) / abs(whole) * _HUNDRED
    if not gap:
        verdict = Verdict(PASSED)
    elif abs(gap) <= _width(cells) + slack:
        verdict = Verdict(ROUNDING, "interval")
    else:
        verdict = Verdict(FAILED, "", "", gap + _HUNDRED, Decimal(_HUNDRED), gap)
    words = {"of": "、".join(f"{name_of(one.stem)}{shown(one)}" for one in chosen), "name": name_of(head)}
    verdicts.told("shares", Told(chosen[0], verdict, cells, tuple(1 for _ in cells), words=words, names=(head,)))


def _total(cells: Sequence[Cell]) -> Decimal:
    """What the shares add up to above or below 100."""
    return sum((cell.number for cell in cells), Decimal(-_HUNDRED))


def _width(cells: Sequence[Cell]) -> Decimal:
    return sum((cell.half for cell in cells), Decimal(0))
