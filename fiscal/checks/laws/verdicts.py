"""A law applied once: what is compared, how it comes out, and the sentence for a clerk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from fiscal.checks.identities.exact import Scaled, Skip, Terms, unit_of
from fiscal.checks.identities.kinds import Verdict, judge_percent, refuse_unusable
from fiscal.checks.identities.ratios import Ratio
from fiscal.checks.laws.quantities import Figure
from fiscal.dictionary.laws import Law, laws, measure_of, name_of
from fiscal.model.cells import Cell
from fiscal.model.finding import FAILED, PASSED, ROUNDING, SKIPPED, Outcome


@dataclass
class Verdicts:
    """The outcomes so far; the same figures are not judged twice by one law.

    whole    heads with parts that were found to add up     broken   ids of the cells that a law told as wrong
    """

    scaled: Scaled
    outcomes: list[Outcome] = field(default_factory=list)
    seen: set[tuple] = field(default_factory=set)
    whole: list[tuple[Figure, tuple[Figure, ...]]] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)
    _skips: dict[tuple[str, str], Outcome] = field(default_factory=dict)

    def new(self, law: str, *figures: Figure) -> bool:
        """Whether these figures have not been judged by this law."""
        key = (law, *(id(one.claim.cell) for one in figures))
        if key in self.seen:
            return False
        self.seen.add(key)
        return True

    def judge(self, law: "Judge", *figures: Any) -> bool:
        """Apply a law to figures, so that it can be applied again with some cells replaced; whether it holds."""
        first = len(self.outcomes)
        law(self, *figures)
        made = self.outcomes[first:]
        self.outcomes[first:] = [
            one if one.outcome == SKIPPED else replace(one, again=Instance(law, figures)) for one in made
        ]
        return all(one.outcome in (PASSED, ROUNDING) for one in made)

    def skip(self, law: str, figure: Figure, reason: str) -> None:
        """One shared outcome per rule and reason."""
        rule = laws()[law].rule(measure_of(figure.stem))
        found = self._skips.setdefault((rule, reason), Outcome(rule, SKIPPED, laws()[law].severity, reason))
        self.outcomes.append(found)

    def told(self, law: str, told: "Told") -> bool:
        """Add the outcome; whether it holds."""
        entry, verdict = laws()[law], told.verdict
        rule = entry.rule(*_names(told))
        if verdict.outcome == PASSED:
            self.outcomes.append(Outcome(rule, PASSED, entry.severity, terms=told.cells, weights=told.weights))
            return True
        if verdict.outcome == FAILED:
            self.broken.add(id(told.figure.claim.cell))
        severity = verdict.severity or entry.severity
        if severity == "error" and any(cell.confidence is not None for cell in told.cells):
            severity = "warning"
        words = verdict.difference is None and verdict.outcome == FAILED
        reason = entry.suggestion if words else verdict.reason
        sides = {"actual": told.actual, "expected": told.expected, "difference": verdict.difference}
        more: dict[str, Any] = {**sides, "intervals": verdict.intervals, "terms": told.cells, "weights": told.weights}
        self.outcomes.append(Outcome(rule, verdict.outcome, severity, reason, _message(entry, told), **more))
        return verdict.outcome != FAILED

    def percent(self, law: str, figure: Figure, ratios: Sequence[Ratio], **words: str) -> bool | None:
        """A printed percent against what the figures beside it allow; None where that cannot be told."""
        cell = figure.claim.cell
        try:
            refuse_unusable([(1, cell)])
            verdict = judge_percent([(1, _positive(cell))], list(ratios), self.scaled)
        except Skip as skip:
            self.skip(law, figure, skip.reason)
            return None
        used = {id(c): c for ratio in ratios for c in ratio.cells}
        names = (f"{measure_of(figure.stem)}/{words['whole']}",) if "whole" in words else ()
        return self.told(law, Told(figure, verdict, (cell, *used.values()), words=words, names=names))


Judge = Callable[..., object]  # (verdicts, *figures) → adds at most one outcome that was judged


class Instance:
    """A law as it was applied, to be applied again with cells replaced. It does not outlive its process."""

    __slots__ = ("figures", "law")

    def __init__(self, law: Judge, figures: tuple) -> None:
        self.law, self.figures = law, figures

    def __call__(self, swap: Mapping[int, Cell]) -> Outcome | None:
        figures = swapped(self.figures, swap)
        if not all(one.usable for one in figures if isinstance(one, Figure) and (one.printed or one.origin)):
            return None
        probe = Verdicts(Scaled())
        try:
            self.law(probe, *figures)
        except Skip:
            return None
        found = next((one for one in probe.outcomes if one.outcome != SKIPPED), None)
        return replace(found, again=self) if found else None

    def __reduce__(self) -> tuple:
        return _forgotten, ()


def _forgotten() -> None:
    """What is left of an instance in another process."""


def swapped(value: Any, swap: Mapping[int, Cell]) -> Any:
    """Figures, and what holds them, with other cells."""
    if isinstance(value, Cell):
        return swap.get(id(value), value)
    if isinstance(value, Figure):
        cell = swap.get(id(value.claim.cell))
        return value if cell is None else replace(value, claim=replace(value.claim, cell=cell))
    if isinstance(value, tuple):
        return tuple(swapped(one, swap) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: swapped(getattr(value, one.name), swap) for one in fields(value)})
    return value


@dataclass(frozen=True)
class Told:
    """What an outcome says. `sides`: the printed and the right side in words, where no numbers were judged."""

    figure: Figure
    verdict: Verdict
    cells: tuple[Cell, ...]
    weights: tuple = ()
    sides: tuple[str, str] | None = None
    words: dict[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    @property
    def actual(self) -> Decimal | str | None:
        return self.sides[0] if self.sides else self.verdict.actual

    @property
    def expected(self) -> Decimal | str | None:
        return self.sides[1] if self.sides else self.verdict.expected


def _names(told: Told) -> tuple[str, ...]:
    measure = measure_of(told.figure.stem)
    planned = told.figure.planned and f"{measure}_budget"
    return (*told.names, *([planned] if planned else []), measure)


def _message(law: Law, told: Told) -> str:
    claim, sized = told.figure.claim, "{way}" in law.message
    a, b = (abs(side) if sized and isinstance(side, Decimal) else side for side in (told.actual, told.expected))
    slots = {
        "name": name_of(told.figure.stem) + ("预算" if told.figure.planned else ""), "a": plain(a), "b": plain(b),
        "unit": unit_of(told.cells), "base": laws().base(claim.base), "way": claim.direction or "增减",
        "should": "", "of": "", "text": claim.cell.place.text or str(claim.cell),
    }  # fmt: skip
    return law.message.format_map(slots | told.words)


def plain(value: object) -> str:
    """A number or word as it is shown."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def against(law: str, *figures: Figure | None) -> str:
    """The law, or its form for a comparison with last year's account."""
    return f"yoy_{law}" if any(one is not None and one.origin == "prev" for one in figures) else law


def shown(figure: Figure) -> str:
    """A figure with its unit, as printed."""
    return f"{figure.claim.cell}{figure.claim.cell.unit}"


def _positive(cell: Cell) -> Cell:
    """The size of a rate: 下降-5% means what 下降5% does."""
    return replace(cell, value=-cell.value) if cell.value is not None and cell.value < 0 else cell


def terms(*signed: tuple[int, Figure]) -> Terms:
    """Weighted cells of figures."""
    return [(weight, one.claim.cell) for weight, one in signed]
