"""The figures of a narrative by quantity, and where a law finds the other figure it needs."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from fiscal.checks.identities.exact import Scaled
from fiscal.checks.identities.kinds import judge_copy
from fiscal.checks.laws.elsewhere import PREVIOUS, Elsewhere
from fiscal.checks.laws.quantities import (
    BUDGETS,
    CHANGE,
    COMPLETION,
    LAST,
    LAST_YEAR,
    LEVEL,
    RATE,
    SHARE,
    THIS,
    Figure,
    figure,
    running,
)
from fiscal.dictionary.laws import laws, name_of
from fiscal.model.finding import FAILED
from fiscal.model.text import Claim, Narrative

Key = tuple[str, bool, str]
_NEAR = 24  # statements of one quantity looked at around a figure


_HANGING = "；、，：;,:"


def _cut(narrative: Narrative) -> frozenset[str]:
    """Sections that end in the middle of a sentence: what they enumerate may go on."""
    flow = [one for one in narrative.paragraphs if one.role in ("heading", "body") and one.text.strip()]
    ends = [one for one, after in zip(flow, [*flow[1:], None]) if after is None or after.role == "heading"]
    return frozenset(one.place.section for one in ends if one.text.rstrip()[-1] in _HANGING)


class Book:
    """Figures in order of the text, by kind and by quantity. Looking one up costs the logarithm of their number."""

    def __init__(self, narrative: Narrative, elsewhere: Elsewhere) -> None:
        self.year, self.elsewhere = elsewhere.year, elsewhere
        self.scaled = Scaled()
        self.entity = next(iter(narrative.words.get("entity_name", ())), "")
        self._starts = sorted(p.place.offset for p in narrative.paragraphs if p.place.offset is not None)
        self.cut = _cut(narrative)
        self.figures = [one for one in self._read(narrative) if one is not None]
        self.levels: dict[Key, list[Figure]] = defaultdict(list)
        self.by_kind: dict[str, list[Figure]] = {kind: [] for kind in (LEVEL, CHANGE, RATE, SHARE, COMPLETION)}
        self.changes: dict[tuple[str, bool, str], list[Figure]] = defaultdict(list)
        self.lists: dict[str, list[Figure]] = defaultdict(list)
        self.unread_lists = {claim.list for claim in narrative.claims if claim.list and not claim.kind}
        self.at: dict[int, Figure] = {}
        self.spoken: dict[Hashable, list[Figure]] = defaultdict(list)  # printed levels, by sentence
        self._rates: dict[str, list[Figure]] = defaultdict(list)
        self._names: dict[tuple[str, bool], list[Figure]] = defaultdict(list)
        for one in self.figures:
            self.by_kind[one.kind].append(one)
            family = one.stem.partition("[")[0]
            if family in laws().lists:  # one list in a paragraph and kind, however it is introduced
                self.lists[f"{family}{one.claim.kind == 'count'}{one.paragraph}"].append(one)
            elif one.claim.list:
                self.lists[one.claim.list].append(one)
            if one.kind == COMPLETION and one.printed:
                self._rates[one.stem].append(one)
            if one.kind == LEVEL and one.printed:
                self.spoken[one.sentence].append(one)
                self.at.setdefault(one.at, one)
                self._names[name_of(one.stem), one.planned].append(one)
            if one.kind == LEVEL:
                self.levels[one.stem, one.planned, one.period].append(one)
            elif one.kind == CHANGE:
                self.changes[one.stem, one.planned, one.base].append(one)
        self._join_lines()
        self._agreed: dict[Hashable, Figure | None] = {}

    def _read(self, narrative: Narrative) -> Iterable[Figure | None]:
        numbers = running()
        basis = next(iter(narrative.words.get("gpb_completion_basis", ())), "")
        spoken = [(claim, True) for claim in narrative.claims] + [(claim, False) for claim in narrative.said]
        found = [
            figure(_based(claim, basis), self._place(claim, next(numbers)), printed=printed)
            for claim, printed in spoken
        ]
        return sorted((one for one in found if one), key=lambda one: one.at)

    def _join_lines(self) -> None:
        """Classes told one in a paragraph are one list in their section."""
        lines: dict[str, list[str]] = defaultdict(list)
        for key, members in self.lists.items():
            levels = [one for one in members if one.kind == LEVEL]
            family = levels[0].stem.partition("[")[0] if len(levels) == 1 else ""
            if family in laws().lists:
                lines[f"{family}{levels[0].claim.kind}{levels[0].claim.section}"].append(key)
        for name, keys in lines.items():
            if len(keys) > 1:
                self.lists[name] = [one for key in keys for one in self.lists.pop(key)]

    def _place(self, claim: Claim, number: int) -> tuple[Hashable, Hashable, int]:
        place = claim.cell.place
        if place.offset is None:
            own = (place.document, claim.section)
            return claim.sentence or own, own, number
        paragraph = bisect_right(self._starts, place.offset)
        return claim.span or (paragraph, claim.sentence), paragraph, place.offset

    # ---- the other figure

    def stated(self, near: Figure, stem: str, *, planned: bool, period: str = THIS) -> Figure | None:
        """The level of a quantity that the text means where `near` stands."""
        key = (stem, planned, period)
        return self._nearest(near, self.levels.get(key, ()), key)

    def level(self, near: Figure, stem: str, *, planned: bool, period: str = THIS) -> Figure | None:
        """The same, or where the text never states it, its twin, or what a table or last year's account prints."""
        twins = [one for one in laws().twins.get(stem, ()) if self.levels.get((one, planned, period))]
        if twins and not self.levels.get((stem, planned, period)):
            found = [self.stated(near, one, planned=planned, period=period) for one in twins]
            values = {one.claim.cell.value for one in found if one}
            return found[0] if len(values) == 1 and all(found) else None
        if self.levels.get((stem, planned, period)) or near.aside:
            return self.stated(near, stem, planned=planned, period=period)
        return self.elsewhere.level(stem, planned=planned, period=period)

    def now(self, near: Figure) -> Figure | None:
        """The level that changed or was completed: the actual one, or the planned one of a budget's sentence."""
        sides = (near.planned, not near.planned) if near.kind != COMPLETION else (False,)
        found = self._first(near, [(near.stem, planned, near.period) for planned in sides])
        told_after = found is not None and found.planned > near.planned and found.at > near.at
        return None if told_after else found  # 增收10万元，完成年初预算200万元的60%

    def before(self, near: Figure) -> Figure | None:
        """The level that a change or a rate starts from, where it is stated."""
        if near.base in BUDGETS:
            return self.budget(near)
        named = near.base not in ("", LAST_YEAR)
        periods = [near.base] if named else [LAST, *([str(self.year - 1)] if self.year else [])]
        if self.year and near.period == str(self.year + 1):  # next year's budget against this year
            periods = [THIS]
        elif not named and self.year and near.period in (LAST, str(self.year - 1)):
            periods = [str(self.year - 2)]
        sides = (near.planned, not near.planned)
        found = self._first(near, [(near.stem, planned, period) for period in periods for planned in sides])
        return found if found and (near.base or found.sentence in (near.sentence, PREVIOUS)) else None

    def budget(self, near: Figure) -> Figure | None:
        """The budget a completion names; where it does not say which, the one that is stated nearest."""
        stated = self.levels.get((near.stem, True, THIS), ())
        named = [one for one in stated if near.base in ("", "budget") or one.plan in (near.base, "budget")]
        if not stated and near.base in ("", "budget", "full_year_budget"):
            return self.level(near, near.stem, planned=True)
        return self._nearest(near, named, (near.stem, near.base))

    def named(self, near: Figure, name: str) -> Figure | None:
        """The level of what is called so (占总支出的75%)."""
        return self._nearest(near, self._names.get((name, near.planned), ()), None)

    def rates_of(self, stem: str) -> Sequence[Figure]:
        """The completion rates of a quantity."""
        return self._rates.get(stem, ())

    def change(self, near: Figure, stem: str = "") -> Figure | None:
        """The change that a rate goes with, of the same base, in the same sentence or paragraph; of a part anywhere."""
        key = (stem or near.stem, near.planned, near.base)
        return self._nearest(near, self.changes.get(key, ()), ("change", *key) if stem else None)

    def _first(self, near: Figure, keys: Iterable[Key]) -> Figure | None:
        """What stands nearest under the first key that has something in the sentence or paragraph, else anywhere."""
        levels = (self.level(near, stem, planned=planned, period=period) for stem, planned, period in keys)
        found = [one for one in levels if one is not None]
        return next((one for one in found if one.paragraph == near.paragraph), found[0] if found else None)

    def _nearest(self, near: Figure, stated: Sequence[Figure], key: Hashable) -> Figure | None:
        """In the sentence, else before it in the paragraph, else (with a key) anywhere where all statements agree."""
        usable = [one for one in _around(stated, near) if one.usable and one is not near and _meant(one, near)]
        for same in ("sentence", "paragraph"):
            group = [one for one in usable if getattr(one, same) == getattr(near, same)]
            earlier = [one for one in group if one.at <= near.at]
            if group:
                return earlier[-1] if earlier else group[0]
        if near.free or near.aside or key is None or not stated:
            return None
        if key not in self._agreed:
            self._agreed[key] = self._agreeing(stated)
        return self._agreed[key]

    def _agreeing(self, stated: Sequence[Figure]) -> Figure | None:
        """The first statement, where no other one contradicts it."""
        sure = [one for one in stated if one.usable and not one.aside]
        cells = [one.claim.cell for one in sure]
        agreed = all(judge_copy(cell, cells[0], self.scaled).outcome != FAILED for cell in cells[1:])
        return sure[0] if sure and agreed else None


def _based(claim: Claim, basis: str) -> Claim:
    """The completion of the general budget with the budget that notes.yaml or another sentence says it is of."""
    base = {name: key for key, name in laws().bases.items()}.get(basis, "")
    return replace(claim, base=base) if base and claim.subject == "gpb_completion" and not claim.base else claim


def _around(stated: Sequence[Figure], near: Figure) -> Sequence[Figure]:
    """Those that may be near: a quantity is stated a few times in a paragraph, never thousands."""
    if len(stated) <= _NEAR:
        return stated
    at = bisect_right(stated, near.at, key=lambda one: one.at)
    return stated[max(0, at - _NEAR // 2) : at + _NEAR // 2]


def _meant(one: Figure, near: Figure) -> bool:
    """A figure of a reason is meant only inside that reason."""
    return one.aside == near.aside and (not near.aside or one.sentence == near.sentence)
