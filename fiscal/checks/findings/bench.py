"""The bench on which corrections are tried: every judged instance, found by the cells it touches, and judged again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from fiscal.checks.identities.exact import UNITS, unit_of
from fiscal.model.cells import Cell
from fiscal.model.finding import FAILED, PASSED, ROUNDING, Outcome


@dataclass(frozen=True)
class Repair:
    """The value a number would need for one failed sum to hold, ± what the other printed digits allow (in 元)."""

    value: Fraction
    width: Fraction

    def meets(self, other: "Repair") -> bool:
        return abs(self.value - other.value) <= self.width + other.width


@dataclass(frozen=True)
class Effect:
    """What a correction does: failures it mends, how many checks that held it breaks, whether these are too many.

    `silenced` of the mended ones can no longer be evaluated since a number is lost, which explains less than that they
    hold; `worse` are failures that stay and whose difference grows.
    """

    mended: frozenset[int]
    broken: int
    refused: bool = False
    silenced: int = 0
    worse: int = 0


def base(cell: Cell) -> Fraction:
    """The printed value in 元 (percents and counts as they stand); a blank is 0."""
    return Fraction(cell.number) * UNITS.get(cell.unit, 1)


def repair(outcome: Outcome, cell: Cell) -> Repair | None:
    """What `cell` would have to be for this outcome to hold; None where it is no sum of it, or a part is unknown."""
    if outcome.difference is None or any(term.is_unknown for term in outcome.terms):
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


class Bench:
    """All instances with printed terms. What was corrected stays corrected; what was mended is no longer open."""

    def __init__(self, outcomes: Iterable[Outcome]) -> None:
        judged = (PASSED, ROUNDING, FAILED)
        self.outcomes = [outcome for outcome in outcomes if outcome.outcome in judged and outcome.terms]
        self.open = {index for index, outcome in enumerate(self.outcomes) if outcome.outcome == FAILED}
        self.failed = frozenset(self.open)
        self.cells: dict[int, Cell] = {}
        self.touching: dict[int, list[int]] = defaultdict(list)
        for index, outcome in enumerate(self.outcomes):
            for key, cell in {id(cell): cell for cell in outcome.terms}.items():
                self.cells[key] = cell
                self.touching[key].append(index)
        self.applied: dict[int, Cell] = {}
        self.now: dict[int, Outcome] = {}  # how a failure stands after the corrections so far
        self._printed: dict[int, Cell] = {}  # id of a corrected cell → what is printed

    def failures(self, cell: Cell) -> list[int]:
        """Open failures that this number takes part in."""
        return [index for index in self.touching.get(id(cell), ()) if index in self.open]

    def at(self, index: int) -> Outcome:
        """An instance as it stands after the corrections made so far."""
        return self.now.get(index, self.outcomes[index])

    def printed(self, cell: Cell) -> Cell:
        """The cell of the account, where a correction stands in its place."""
        return self._printed.get(id(cell), cell)

    def current(self, cell: Cell) -> Cell:
        """What stands at the place of a printed cell after the corrections so far."""
        return self.applied.get(id(cell), cell)

    def effect(self, changes: Mapping[int, Cell], pardon: int = 0) -> Effect:
        """What these replacements would mend and break. One broken check is borne for every `pardon` mended ones
        (0: none); where more break, counting ends."""
        swap = {**self.applied, **changes} if self.applied else changes
        touched = sorted({index for key in changes for index in self.touching.get(key, ())})
        tried = {index: self.judged(index, swap) for index in touched if index in self.open}
        mended = frozenset(index for index, again in tried.items() if again is None or again.outcome != FAILED)
        borne = len(mended) // pardon if pardon else 0
        broken = 0
        for index in touched if mended else ():
            if index not in self.failed and self.outcomes[index].severity != "info" and not self._holds(index, swap):
                broken += 1
                if broken > borne:
                    break
        silenced = sum(tried[index] is None and self._unknown(index, swap) for index in mended)
        worse = sum(_grows(self.at(index), again) for index, again in tried.items() if index not in mended)
        return Effect(mended, broken, broken > borne, silenced, worse)

    def apply(self, changes: Mapping[int, Cell], mended: Iterable[int]) -> list[int]:
        """Keep a correction; the failures that it touches and leaves open, which ask for something else now."""
        self._printed.update((id(new), self.cells[key]) for key, new in changes.items() if key in self.cells)
        self.applied.update(changes)
        self.open.difference_update(mended)
        left = sorted({i for key in changes for i in self.touching.get(key, ()) if i in self.open})
        for index in left:
            again = self.judged(index, self.applied)
            if again is not None:
                self.now[index] = again
        return left

    def judged(self, index: int, swap: Mapping[int, Cell]) -> Outcome | None:
        """One instance with cells replaced; None where it can no longer be evaluated."""
        outcome = self.outcomes[index]
        return outcome.again(swap) if outcome.again is not None else _reckoned(outcome, swap)

    def _unknown(self, index: int, swap: Mapping[int, Cell]) -> bool:
        """Whether a correction leaves a number of the instance unknown; a blank is what is printed nowhere else."""
        return any(swap.get(id(cell), cell).is_unknown for cell in self.outcomes[index].terms)

    def _holds(self, index: int, swap: Mapping[int, Cell]) -> bool:
        """Whether an instance holds with these cells; one that cannot be evaluated contradicts nothing."""
        again = self.judged(index, swap)
        return again is None or again.outcome != FAILED


def _grows(before: Outcome, after: Outcome | None) -> bool:
    if after is None or after.difference is None or before.difference is None:
        return False
    return abs(after.difference) > abs(before.difference)


def _reckoned(outcome: Outcome, swap: Mapping[int, Cell]) -> Outcome | None:
    """A sum judged from its terms and weights alone; anything else stays as it is."""
    terms = tuple(swap.get(id(cell), cell) for cell in outcome.terms)
    if not outcome.weights or any(cell.is_unknown for cell in terms):
        return None if any(cell.is_unknown for cell in terms) else outcome
    gap = width = Fraction(0)
    for weight, cell in zip(outcome.weights, terms, strict=True):
        gap += Fraction(weight) * base(cell)
        width += abs(Fraction(weight)) * Fraction(cell.half) * UNITS.get(cell.unit, 1)
    if outcome.outcome == FAILED and outcome.difference is not None:
        unit = UNITS.get(unit_of(outcome.terms), 1)
        gap += Fraction(outcome.difference) * unit - _gap(outcome)  # what a formula adds besides its terms
    state = PASSED if abs(gap) <= width else FAILED
    return replace(outcome, outcome=state)


def _gap(outcome: Outcome) -> Fraction:
    return sum((Fraction(w) * base(c) for w, c in zip(outcome.weights, outcome.terms)), Fraction(0))
