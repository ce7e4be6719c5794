"""From failed sums to their causes: which printed number explains most of them, and what it should have been."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from fiscal.checks.identities.exact import UNITS, unit_of
from fiscal.model.cells import Cell
from fiscal.model.finding import FAILED, PASSED, Outcome


@dataclass(frozen=True)
class Repair:
    """The value a number would need for one failed sum to hold, ± what the other printed digits allow (in 元)."""

    value: Fraction
    width: Fraction

    def meets(self, other: "Repair") -> bool:
        return abs(self.value - other.value) <= self.width + other.width


@dataclass
class Cause:
    """Failed outcomes with one cause. `culprit` is the number to correct, where the evidence singles one out.

    `columns` > 1: the whole row fails, in so many columns.
    """

    outcomes: list[Outcome]
    culprit: Cell | None = None
    repair: Repair | None = None
    suspects: tuple[Cell, ...] = field(default=())
    columns: int = 1


Explained = tuple[list[Outcome], list[Outcome], Repair | None]
Known = dict[int, tuple[int, Explained]]


def base(cell: Cell) -> Fraction:
    """The printed value in 元 (percents and counts as they stand); a blank is 0."""
    return Fraction(cell.number) * UNITS.get(cell.unit, 1)


def repair(outcome: Outcome, cell: Cell) -> Repair | None:
    """What `cell` would have to be for this outcome to hold; None where the formula is no sum or rate with it."""
    if outcome.difference is None:
        return None
    if not outcome.weights:
        if outcome.terms and outcome.terms[0] is cell and cell.unit == "%" and outcome.expected is not None:
            return Repair(Fraction(outcome.expected), Fraction(cell.half))  # type: ignore[arg-type]
        return None
    unit = UNITS.get(unit_of(outcome.terms), 1)
    weight = sum((Fraction(w) for w, c in zip(outcome.weights, outcome.terms) if c is cell), Fraction(0))
    if not weight:
        return None
    value = base(cell) - Fraction(outcome.difference) * unit / weight
    others = ((w, c) for w, c in zip(outcome.weights, outcome.terms) if c is not cell)
    width = sum((abs(Fraction(w)) * Fraction(c.half) * UNITS.get(c.unit, 1) for w, c in others), Fraction(0))
    return Repair(value, width / abs(weight))


def cleared(outcomes: Iterable[Outcome]) -> set[int]:
    """ids of the numbers that an independent sum or copy confirms as printed."""
    return {
        id(cell)
        for outcome in outcomes
        if outcome.outcome == PASSED and outcome.weights and len(outcome.terms) > 1
        for cell in outcome.terms
        if cell.value
    }


def causes(outcomes: Sequence[Outcome]) -> list[Cause]:
    """Failed outcomes with printed terms, grouped by the number that explains most of them.

    A number confirmed by an independent identity is no suspect. Where no suspect, or more than one, is left, the
    group names no culprit.
    """
    safe = cleared(outcomes)
    open_ones = [o for o in outcomes if o.outcome == FAILED and o.difference is not None]
    found = []
    known: Known = {}
    while open_ones:
        cause = _largest(open_ones, safe, known)
        found.append(cause)
        taken = {id(outcome) for outcome in cause.outcomes}
        open_ones = [outcome for outcome in open_ones if id(outcome) not in taken]
    return _rows_together(found)


def _rows_together(found: list[Cause]) -> list[Cause]:
    """One rule failing in several columns of one row is one cause: a row missing, misplaced or miscoded.

    Two columns stay apart where each has a number of its own to correct.
    """
    groups: dict[object, list[Cause]] = {}
    for cause in found:
        place = cause.outcomes[0].terms[0].place if cause.outcomes[0].terms else None
        key = (cause.outcomes[0].rule, place.table, place.row) if place and place.table else id(cause)
        groups.setdefault(key, []).append(cause)
    merged = []
    for group in groups.values():
        single = len(group) == 1 or (len(group) == 2 and all(cause.culprit is not None for cause in group))
        merged += group if single else [Cause([o for cause in group for o in cause.outcomes], columns=len(group))]
    return merged


def _largest(outcomes: list[Outcome], safe: set[int], known: Known) -> Cause:
    """The number that explains most. `known` keeps what each explains, until one of the outcomes it touches is gone."""
    suspects: dict[int, Cell] = {}
    touching: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        for cell in {id(c): c for c in outcome.terms}.values():
            if id(cell) not in safe and not cell.is_unknown:
                suspects[id(cell)] = cell
                touching.setdefault(id(cell), []).append(outcome)
    for key, cell in suspects.items():
        if key not in known or known[key][0] != len(touching[key]):  # outcomes only ever leave
            known[key] = len(touching[key]), _explained(touching[key], cell)
    ranked = [(known[key][1], cell) for key, cell in suspects.items()]
    ranked = [(explained, cell) for explained, cell in ranked if explained[0] and not _unlikely(explained[2], cell)]
    if not ranked:
        return _unexplained(outcomes)
    most = max(len(members) + len(followers) for (members, followers, _), _ in ranked)
    best = [(explained, cell) for explained, cell in ranked if len(explained[0]) + len(explained[1]) == most]
    (members, followers, fix), cell = best[0]
    ids = {id(outcome) for outcome in (*members, *followers)}
    same = tuple(other for (m, f, _), other in best if {id(outcome) for outcome in (*m, *f)} == ids)
    if len(same) > 1:
        return Cause(_joined(members, same, outcomes), suspects=same)
    doubtful = _doubtful([*members, *followers], cell, suspects)
    if doubtful:
        return Cause([*members, *followers], None, fix, (cell, *doubtful))
    return Cause([*members, *followers], cell, fix)


def _unlikely(fix: Repair | None, cell: Cell) -> bool:
    """No culprit: what would have to turn negative, and a blank that the digits allow to be 0."""
    if fix is None:
        return False
    return fix.value + fix.width < 0 <= base(cell) or (cell.is_blank and abs(fix.value) <= fix.width)


def _explained(outcomes: list[Outcome], cell: Cell) -> Explained:
    """Failures that one correction of `cell` mends, rates and bounds that touch it, and the correction."""
    members, fix = _agreeing(outcomes, cell)
    return members, _followers(outcomes, members) if members else [], fix


def _doubtful(members: list[Outcome], cell: Cell, suspects: dict[int, Cell]) -> tuple[Cell, ...]:
    """A rate that fails alone may be right and one of its amounts wrong, unless something confirms them."""
    if len(members) > 1 or members[0].weights:
        return ()
    return tuple(other for other in members[0].terms if other is not cell and id(other) in suspects and other.value)


def _agreeing(outcomes: list[Outcome], cell: Cell) -> tuple[list[Outcome], Repair | None]:
    """The largest set of failed outcomes that ask the same correction of `cell`, and that correction."""
    repairs = [(outcome, repair(outcome, cell)) for outcome in outcomes]
    known = [(outcome, fix) for outcome, fix in repairs if fix is not None]
    best: list[Outcome] = []
    chosen: Repair | None = None
    for _, fix in known:
        group = [outcome for outcome, other in known if other.meets(fix)]
        if len(group) > len(best) or (len(group) == len(best) and chosen and fix.width < chosen.width):
            best, chosen = group, fix
    return best, chosen


def _followers(outcomes: list[Outcome], members: list[Outcome]) -> list[Outcome]:
    """Rates and bounds with the culprit: wrong because it is wrong."""
    inside = {id(outcome) for outcome in members}
    return [o for o in outcomes if id(o) not in inside and not o.weights]


def _joined(members: list[Outcome], suspects: Sequence[Cell], outcomes: list[Outcome]) -> list[Outcome]:
    """With several suspects, rates that touch one of them belong to the group as well."""
    ids, inside = {id(cell) for cell in suspects}, {id(outcome) for outcome in members}
    more = [
        o for o in outcomes
        if id(o) not in inside and not o.weights and any(id(cell) in ids for cell in o.terms)
    ]  # fmt: skip
    return [*members, *more]


def _unexplained(outcomes: list[Outcome]) -> Cause:
    """Every term is confirmed elsewhere: the outcomes that share a number with the first one stay together."""
    first = outcomes[0]
    ids = {id(cell) for cell in first.terms if cell.value}
    return Cause([o for o in outcomes if o is first or any(id(cell) in ids for cell in o.terms if cell.value)])
