"""From failed checks to their causes: the smallest edit that explains most of them, then the next, until none is left.

An edit is judged by judging again every check that it touches. It pays for what it changes and for each check that it
breaks; what it mends are its consequences, and nothing else.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from fiscal.checks.findings.bench import Bench, Effect
from fiscal.checks.findings.edits import FIGURES, Edit, Figures, is_bound
from fiscal.checks.findings.grids import grids
from fiscal.checks.findings.lines import ONE_BY_ONE, last_years, lines
from fiscal.checks.findings.shifts import shifts
from fiscal.checks.findings.structures import gone_with, structures
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Outcome

BROKEN = 2.0  # what breaking a check that holds costs
_PARDON = 6  # an edit of many cells may break one check by chance for so many that it mends; of one figure none
_WORSE = 1.5  # a failure whose difference grows speaks against a correction
_REFUSED = 1e6
_CLEAR, _MOST = 6, 0.5  # so many failures, and this share of those of a table, leave no doubt about a whole line
_SURE = 3  # of another unit so few are enough: nothing is ten thousand times too large by chance
_SILENCED = 0.75  # a failure that can no longer be evaluated is hardly explained
_CLOSE = 1e-9


@dataclass(eq=False)
class Cause:
    """Failed outcomes that one edit mends.

    edit      the correction; None where no correction explains them, or several do equally well
    suspects  cells of which one is wrong, where several corrections explain the same failures at the same price
    confirmed every number concerned is confirmed elsewhere: nothing is accused
    bounds    a part is larger than its whole: what each should be is not known
    """

    outcomes: list[Outcome]
    edit: Edit | None = None
    suspects: tuple[Edit, ...] = field(default=())
    confirmed: bool = False
    bounds: bool = False


@dataclass(order=True)
class _Entry:
    price: float
    number: int
    edit: Edit = field(compare=False)
    born: int = field(compare=False, default=0)


class Search:
    """Takes the best edit, keeps it, and looks again at the rest."""

    def __init__(self, outcomes: Sequence[Outcome], disclosure: Disclosure, before: Disclosure | None = None) -> None:
        self.bench = Bench(outcomes)
        last = before.tables.values() if before else ()
        self.figures = Figures(self.bench, {id(cell) for table in last for _, _, cell in table.cells()})
        self.heap: list[_Entry] = []
        self.number = 0
        self.rivals: dict[int, list[tuple[Edit, frozenset[int]]]] = {}
        self.offered: dict[tuple, tuple[int, float]] = {}  # an edit → when it was judged last, and its price
        self.taken = 0
        self.kept: dict[int, int] = {}  # id of a corrected cell → when it was corrected
        self.tables = grids(disclosure, self.bench)
        self.structures: list[Edit] = []
        self.disclosure, self.before = disclosure, before

    def run(self) -> list[Cause]:
        """Every failure that has figures, in exactly one cause."""
        self.structures = list(structures(self.disclosure, self.bench))
        found = self._slips_of_the_hand()
        if found and self.bench.open:
            self.structures = list(structures(self.disclosure, self.bench))
        for grid in self.tables:
            for edit in (*shifts(grid), *lines(grid), *last_years(grid, self.before)):
                self._offer(edit)
        for edit in self.structures:
            self._offer(edit)
        self._look(sorted(self.bench.open, key=lambda index: len(self.bench.outcomes[index].terms)))
        found += self._taken()
        self._follow(found)
        return found + [Cause([self.bench.outcomes[i]], confirmed=True) for i in sorted(self._with_numbers())]

    def _slips_of_the_hand(self) -> list[Cause]:
        """First what alone explains most that is wrong in a table: nobody needs to look at its figures one by one."""
        found: list[Cause] = []
        while best := self._clearest():
            found.append(self._take(*best))
            self.tables = grids(self.disclosure, self.bench)
        return found

    def _clearest(self) -> tuple[Edit, Effect, float] | None:
        """The best correction of whole lines, if it explains enough of its table and no other line does better."""
        best, limit = None, 0.0
        for edit, n_failures in self._whole_lines():
            effect, price = self._judge(edit)
            held = len(effect.mended) - effect.silenced
            if edit.kind == "unit" and held >= _SURE and not effect.broken:
                return edit, effect, price
            if not effect.mended or price >= limit:
                continue
            limit = price
            clear = edit.kind not in ONE_BY_ONE and held >= max(_CLEAR, _MOST * n_failures)
            best = (edit, effect, price) if clear else None
        return best

    def _whole_lines(self) -> Iterator[tuple[Edit, int]]:
        """Corrections of rows and columns, each with the number of failures of its table."""
        failures = {grid.table.id: grid.n_failures for grid in self.tables}
        yield from ((edit, failures.get(edit.words["id"], 0)) for edit in self.structures)
        for grid in self.tables:
            for edit in (*shifts(grid), *lines(grid), *last_years(grid, self.before)):
                yield edit, grid.n_failures

    def _taken(self) -> list[Cause]:
        """The best edit, again and again, until nothing is left that one explains."""
        found: list[Cause] = []
        while self.heap and self.bench.open:
            entry = heapq.heappop(self.heap)
            if any(self.kept.get(key, 0) > entry.born for key in entry.edit.changes):
                continue  # drawn up from figures that have been corrected since
            effect, price = self._judge(entry.edit)
            if not effect.mended:
                continue
            if price > entry.price + _CLOSE:
                self._push(entry.edit, price, entry.born)
                continue
            found.append(self._take(entry.edit, effect, price))
            if entry.edit.kind not in FIGURES and self.bench.open:  # rows of other tables are known better now
                for edit in structures(self.disclosure, self.bench):
                    self._offer(edit)
        return [cause for cause in found if cause.outcomes]

    def _follow(self, found: list[Cause]) -> None:
        """Conditions without figures (a class that the text does not name) that hold once the lines are put right."""
        lined = [cause for cause in found if cause.edit is not None and cause.edit.kind not in FIGURES]
        for index in gone_with(self.bench, self.disclosure) if lined and self.bench.open else ():
            tables = {cell.place.table for cell in self.bench.outcomes[index].terms}
            cause = next((c for c in lined if c.edit and c.edit.words.get("id") in tables), None)
            if cause is not None:
                cause.outcomes.append(self.bench.outcomes[index])
                self.bench.open.discard(index)

    def _with_numbers(self) -> Iterable[int]:
        return (i for i in self.bench.open if self.bench.outcomes[i].difference is not None)

    def _look(self, indices: Iterable[int]) -> None:
        for index in indices:
            for edit in self.figures.of(index):
                self._offer(edit)

    def _offer(self, edit: Edit) -> None:
        """Judge an edit once for the account as it stands; again when another correction made it better."""
        key = (edit.kind, *sorted((at, cell.state, cell.value) for at, cell in edit.changes.items()))
        when, best = self.offered.get(key, (-1, _REFUSED * 2)) if edit.changes else (-1, _REFUSED * 2)
        if when == self.taken:
            return
        effect, price = self._judge(edit)
        self.offered[key] = self.taken, min(price, best)
        if effect.mended and price < best - _CLOSE:
            self._push(edit, price)
            for index in effect.mended:
                self.rivals.setdefault(index, []).append((edit, effect.mended))

    def _push(self, edit: Edit, price: float, born: int = 0) -> None:
        self.number += 1
        heapq.heappush(self.heap, _Entry(price, self.number, edit, born or self.number))

    def _judge(self, edit: Edit) -> tuple[Effect, float]:
        """What an edit does, and its price: the lower, the better; one that breaks too much only names a group."""
        if edit.effect is not None:
            effect = Effect(edit.effect.mended & self.bench.open, edit.effect.broken, edit.effect.refused)
        else:
            effect = self.bench.effect(edit.changes, 0 if len(edit.changes) == 1 else _PARDON)
        price = edit.cost + BROKEN * effect.broken - len(effect.mended) + effect.silenced * _SILENCED
        price += effect.worse * _WORSE
        return effect, price + _REFUSED if effect.refused else price

    def _take(self, edit: Edit, effect: Effect, price: float) -> Cause:
        members = sorted(effect.mended)
        outcomes = [self.bench.outcomes[index] for index in members]
        if effect.refused:  # nothing is corrected: conditions without figures wait for what puts their lines right
            numbers = {index for index in members if self.bench.outcomes[index].difference is not None}
            self.bench.open -= numbers
            return Cause([self.bench.outcomes[index] for index in sorted(numbers)], confirmed=True)
        if edit.kind in FIGURES and all(is_bound(outcome) for outcome in outcomes):
            self.bench.open -= effect.mended
            return Cause(outcomes, suspects=(edit,), bounds=True)
        rivals = self._equals(edit, effect, price)
        if rivals:
            self.bench.open -= effect.mended
            return Cause(outcomes, suspects=(edit, *rivals))
        left = self.bench.apply(edit.changes, effect.mended)
        self.number += 1
        self.taken += 1
        if edit.kind != "unit":  # which leaves every figure as it is printed
            self.kept.update(dict.fromkeys(edit.changes, self.number))
        beside = {i for index in left for cell in self.bench.outcomes[index].terms for i in self.bench.failures(cell)}
        self._look(sorted(beside))
        return Cause(outcomes, edit)

    def _equals(self, edit: Edit, effect: Effect, price: float) -> list[Edit]:
        """Other edits of other cells that explain the same failures at the same price."""
        shortest = min((self.rivals.get(index, []) for index in effect.mended), key=len, default=[])
        found: dict[int, Edit] = {}
        for other, mended in shortest:
            if (
                id(other.cells[0]) == id(edit.cells[0])
                or id(other.cells[0]) in found
                or id(other.cells[0]) in self.kept
            ):
                continue
            if not effect.mended <= mended or len(mended & self.bench.open) != len(effect.mended):
                continue  # what an edit mended when it was found, and is still open, is what it mends now
            its, cost = self._judge(other)
            if its.mended == effect.mended and abs(cost - price) < _CLOSE:
                found[id(other.cells[0])] = other
        return list(found.values())


def causes(outcomes: Sequence[Outcome], disclosure: Disclosure, before: Disclosure | None = None) -> list[Cause]:
    """Failed outcomes with figures, grouped by the edit that mends them. `before` is last year's account."""
    return Search(outcomes, disclosure, before).run()
