"""Corrections of one figure: what each number of a failed check would have to be, wherever it is printed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

from fiscal.checks.findings.bench import Bench, Effect, Repair, base, repair
from fiscal.checks.findings.slips import slip
from fiscal.checks.identities.exact import ONE, UNITS, shown
from fiscal.model.cells import NUMBER, UNKNOWN, Cell
from fiscal.model.finding import FAILED, Outcome

FIGURES = frozenset({"value", "rate_base"})  # kinds that correct one printed figure, wherever it stands
ONE_FIGURE = 1.0  # what an edit costs: one figure, or the first of several
ONE_MORE = 0.25  # the same figure again, copied with its mistake
A_FOLLOWER = 0.3  # a rate or change that was reckoned on a wrong figure and has to be reckoned again
_RECKONED = ("stmt.change", "stmt.delta", "stmt.share", "stmt.completion", "yoy.change", "yoy.pct")
A_RATE = 0.9  # a rate that is right for another base than the one named: no chance, so the rate is what is wrong
MISSING_FIGURE = 1.3  # a blank where a number belongs is rarer than a wrong number
A_SLIP = 0.2  # less, where the printed figure is the right one with a slip that hardly comes by chance
_SLIPS = ("sign", "decimal_point", "digits_swapped", "digit")  # the most telling first
_SHORT = 5  # terms of a sum: among more, swapped digits come by chance, and any digit fits
_TELLING = 3  # so many digits do not meet by chance
_LONG = 40  # a sum of more terms accuses its result and what other failures touch, not every part


@dataclass(frozen=True)
class Edit:
    """A correction that a clerk could have to make.

    kind     stable English id: value, rows_shifted, rows_swapped, columns_swapped, unit, column, row, …
    changes  id of a printed cell → what should stand there
    cells    the printed cells that change, the one to name first
    words    what its sentence needs: table, row, column, step, …
    effect   what it does, where that takes more than other figures: a row more or less, another code
    """

    kind: str
    changes: Mapping[int, Cell]
    cells: tuple[Cell, ...]
    cost: float
    words: Mapping[str, str] = field(default_factory=dict)
    effect: Effect | None = None


def corrected(cell: Cell, value: Fraction, digits: int | None = None) -> Cell:
    """The cell with another value (in 元, percents as they stand), printed with its own digits."""
    digits = cell.digits if digits is None else digits
    amount = shown(value * ONE, cell.unit, digits).quantize(Decimal(1).scaleb(-digits))
    return replace(cell, state=NUMBER, value=amount, text=f"{amount:f}", exact=cell.exact and cell.unit == "")


def like(cell: Cell, other: Cell) -> Cell:
    """What another cell holds, at the place of this one."""
    return replace(other, place=cell.place, unit=cell.unit if other.value is None else other.unit)


def lost(cell: Cell) -> Cell:
    """A figure that is printed nowhere."""
    return replace(cell, state=UNKNOWN, value=None, text="", exact=False)


def telling(cell: Cell) -> bool:
    """Enough digits for an equality that is no chance."""
    return len(str(cell).replace(".", "").replace("-", "").strip("0")) >= _TELLING


class Figures:
    """Proposes corrections of single figures, and of the same figure wherever it was copied to.

    `settled`: ids of figures that are not this account's to correct: what last year's tables print.
    """

    def __init__(self, bench: Bench, settled: Collection[int] = ()) -> None:
        self.bench, self.settled = bench, settled
        self.copies = _copies(bench)

    def of(self, index: int) -> Iterator[Edit]:
        """Edits that would mend one open failure."""
        outcome = self.bench.at(index)
        for cell in {id(cell): cell for cell in outcome.terms}.values():
            if cell.is_unknown or id(cell) in self.settled:
                continue
            if len(outcome.terms) > _LONG and not self._suspicious(outcome, cell):
                continue
            for fix in _repairs(outcome, cell, self.bench, index):
                new = self._new(outcome, cell, fix)
                if new is not None:
                    told = _SLIPS[: 3 if len(outcome.terms) <= _SHORT else 2]
                    less = A_SLIP if slip(cell, new)[0] in told and telling(cell) else 0
                    yield from self._everywhere(self.bench.printed(cell), new, less)
                    yield from self._with_followers(self.bench.printed(cell), new)
                    if on_another_base(outcome, cell):
                        printed = self.bench.printed(cell)
                        yield Edit("rate_base", {id(printed): new}, (printed,), A_RATE)

    def _suspicious(self, outcome: Outcome, cell: Cell) -> bool:
        return cell is outcome.terms[0] or len(self.bench.failures(self.bench.printed(cell))) > 1

    def _new(self, outcome: Outcome, cell: Cell, fix: Repair) -> Cell | None:
        """The corrected cell; None for what would have to turn negative, and where nothing would change."""
        if fix.value + fix.width < 0 <= base(cell) and cell.value is not None and outcome.outcome == FAILED:
            return replace_sign(cell, fix)
        if cell.is_blank and (abs(fix.value) <= fix.width or fix.value < 0):
            return None
        bare = cell.is_blank or (cell.exact and not cell.value)
        digits = max(other.digits for other in outcome.terms) if bare else cell.digits
        new = corrected(cell, fix.value, digits)
        if fix.width and cell.value is not None and len(outcome.terms) <= _SHORT:
            new = _slipped(cell, new, fix)
        return None if new.value in (cell.value, self.bench.printed(cell).value) else new

    def _with_followers(self, cell: Cell, new: Cell) -> Iterator[Edit]:
        """A figure wherever it stands, and the rates and changes of the text that hold only because they were reckoned
        on it: where it cannot be corrected without them."""
        group = self.copies.get(id(cell), [cell])
        held = [self.bench.outcomes[i] for one in group for i in self.bench.touching.get(id(one), ())]
        told = (o.terms[0] for o in held if o.outcome != FAILED and o.rule.startswith(_RECKONED))
        own = {id(one) for one in group}
        followers = {id(one): one for one in told if not one.place.table and id(one) not in own}
        changes = {id(one): _as(self.bench.current(one), new) for one in group}
        if cell.value is None or not followers or not self.bench.effect(changes).refused:
            return
        cells = (cell, *(one for one in group if one is not cell), *followers.values())
        cost = ONE_FIGURE + ONE_MORE * (len(group) - 1) + A_FOLLOWER * len(followers)
        yield Edit("value", changes | {key: lost(one) for key, one in followers.items()}, cells, cost)

    def _everywhere(self, cell: Cell, new: Cell, less: float) -> Iterator[Edit]:
        """The figure alone; with its copies in the same table, or in the text; and with all its copies."""
        cost = ONE_FIGURE - less if cell.value is not None else MISSING_FIGURE
        same = self.copies.get(id(cell), [cell])
        near = [other for other in same if other.place.table == cell.place.table]
        groups = {tuple(sorted(map(id, group))): group for group in ([cell], near, same)}
        for group in groups.values():
            changes = {id(other): _as(self.bench.current(other), new) for other in group}
            cells = (cell, *(other for other in group if other is not cell))
            yield Edit("value", changes, cells, cost + ONE_MORE * (len(group) - 1))


def _slipped(cell: Cell, new: Cell, fix: Repair) -> Cell:
    """Of the values that the rounding of the other figures allows, the one of which the printed one is a slip."""
    step = Decimal(1).scaleb(-new.digits)
    near = sorted(range(-_SHORT, _SHORT + 1), key=abs)
    values = [new.number + step * n for n in near]
    options = [replace(new, value=value, text=f"{value:f}") for value in values]
    options = [one for one in options if abs(base(one) - fix.value) <= fix.width]
    kinds = {one.value: slip(cell, one)[0] for one in options}
    return next((one for kind in _SLIPS for one in options if kinds[one.value] == kind), new)


def replace_sign(cell: Cell, fix: Repair) -> Cell | None:
    """The cell with its sign lost: only where the same number with a minus is what is asked for."""
    return corrected(cell, -base(cell)) if abs(fix.value + base(cell)) <= fix.width else None


def _as(cell: Cell, new: Cell) -> Cell:
    """The corrected value in the unit of a copy of the figure."""
    digits = new.digits if cell.is_blank or cell.unit == new.unit else cell.digits
    return corrected(cell, base(new), digits)


def _repairs(outcome: Outcome, cell: Cell, bench: Bench, index: int) -> Iterable[Repair]:
    fix = repair(outcome, cell)
    if fix is not None:
        return [fix]
    if outcome.weights or outcome.difference is None or cell.value is None:
        return []
    if is_bound(outcome):
        return _within(outcome, cell)
    return _amounts_of_a_rate(outcome, cell, bench, index)


def on_another_base(outcome: Outcome, rate: Cell) -> bool:
    """Whether a wrong rate is what two of its amounts give when another one is taken as the base."""
    if rate.unit != "%" or outcome.terms[0] is not rate or not telling(rate):
        return False
    amounts = dict.fromkeys(base(cell) for cell in outcome.terms[1:] if cell.value and cell.unit != "%")
    said, half = abs(Fraction(rate.number)), Fraction(rate.half)
    return any(
        abs(said - abs(part * 100 / whole)) <= half
        for other, whole in permutations(amounts, 2)
        for part in (other, whole - other)
    )


def is_bound(outcome: Outcome) -> bool:
    """A comparison of amounts or counts that says how large one may be, not how large it is."""
    return not outcome.weights and bool(outcome.terms) and (outcome.terms[0].unit in UNITS or outcome.terms[0].exact)


def _within(outcome: Outcome, cell: Cell) -> Iterable[Repair]:
    """As much as it may be at most: of two figures what the other one is."""
    if len(outcome.terms) == 2:
        other = outcome.terms[1] if cell is outcome.terms[0] else outcome.terms[0]
        return [Repair(base(other), Fraction(0))]
    over = Fraction(outcome.difference) * UNITS.get(cell.unit, 1) if outcome.difference is not None else Fraction(0)
    return [Repair(base(cell) - over, Fraction(0))] if cell is outcome.terms[0] and over > 0 else []


def _amounts_of_a_rate(outcome: Outcome, cell: Cell, bench: Bench, index: int) -> Iterable[Repair]:
    """Where a rate is wrong, one of its amounts may be: the value with which the printed rate would be right."""
    rate = outcome.terms[0]
    if rate.unit != "%" or cell.unit == "%" or outcome.expected is None or not cell.value:
        return
    said, due = Fraction(rate.number), Fraction(outcome.expected)  # type: ignore[arg-type]
    if abs(said * 100 - due) <= Fraction(rate.half) * 100:
        return  # a fraction printed as a percent: the amounts are right
    for top, bottom in _scales(said, due):
        if not bottom or top * bottom <= 0:
            continue
        new = corrected(cell, base(cell) * top / bottom)
        again = bench.judged(index, {**bench.applied, id(bench.printed(cell)): new})
        if new.value != cell.value and again is not None and again.outcome != FAILED:
            yield Repair(base(new), Fraction(0))
            return


def _scales(said: Fraction, due: Fraction) -> tuple[tuple[Fraction, Fraction], ...]:
    """By what an amount of a share, of a rate (now, before) or of a change against a level has to be multiplied."""
    more, most = 100 + said, 100 + due
    return (said, due), (due, said), (more, most), (most, more), (said * most, due * more), (due * more, said * most)


def _copies(bench: Bench) -> dict[int, list[Cell]]:
    """id of a number → every number that a check which holds says is the same one."""
    leader: dict[int, int] = {}

    def lead(key: int) -> int:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    for one, other in _equals(bench):
        leader[lead(id(one))] = lead(id(other))
    groups: dict[int, list[Cell]] = defaultdict(list)
    for key in leader:
        groups[lead(key)].append(bench.cells[key])
    return {id(cell): group for group in groups.values() for cell in group}


def _equals(bench: Bench) -> Iterator[tuple[Cell, Cell]]:
    """Pairs of numbers tied by a check that holds, and one printed figure that stands for two subjects."""
    for outcome in bench.outcomes:
        if outcome.outcome != FAILED and len(outcome.weights) >= 2:
            told = [(w, cell) for w, cell in zip(outcome.weights, outcome.terms) if cell.value]
            if len(told) == 2 and told[0][0] == -told[1][0] and _same(told[0][1], told[1][1]):
                yield told[0][1], told[1][1]
    printed: dict[tuple, Cell] = {}
    for cell in bench.cells.values():
        place = cell.place
        if place.offset is not None and not place.table and cell.value is not None:
            twin = printed.setdefault((place.document, place.page, place.offset, cell.value, cell.unit), cell)
            if twin is not cell:
                yield twin, cell


def _same(one: Cell, other: Cell) -> bool:
    return one is not other and (one.value, one.unit) == (other.value, other.unit)
