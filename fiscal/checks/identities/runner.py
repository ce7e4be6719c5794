"""Runs the declared identities over one account: one outcome per row, column and part.

Nothing passes because it was not looked at: what cannot be evaluated is skipped with the reason.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from fiscal.checks.identities.context import Env, Facts
from fiscal.checks.identities.exact import UNITS, Constant, Scaled, Skip, Terms, in_unit, unit_of
from fiscal.checks.identities.exact import unknown as without
from fiscal.checks.identities.gaps import explains, may_hold
from fiscal.checks.identities.kinds import (
    Verdict,
    judge_bound,
    judge_copies,
    judge_known,
    judge_percent,
    judge_sum,
    refuse_unusable,
    same_source,
)
from fiscal.checks.identities.messages import message, plain, worded
from fiscal.checks.identities.plan import Part, Plan, plans
from fiscal.checks.identities.ratios import Ratio
from fiscal.checks.laws.run_laws import run_laws
from fiscal.dictionary.identities import Identity, catalogue
from fiscal.model.cells import BLANK, Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import FAILED, PASSED, SKIPPED, Outcome
from fiscal.model.table import Row, Table
from fiscal.model.text import Narrative

Account = tuple[Disclosure, Narrative]
COMPARATIVES = (
    "comparatives"  # notes that only repeat what another year's publication says: nothing is required of them
)


def run(
    disclosure: Disclosure,
    narrative: Narrative,
    *,
    previous: Account | None = None,
    rules: Sequence[Identity] = (),
) -> list[Outcome]:
    """Every identity of the catalogue and of `rules`, and every law over claims, on one account.

    `previous` is the same body's account of the year before; without it whatever touches prev is skipped (missing).
    Errors: DeclarationError where the formula of a rule does not fit its kind; a failed check is no error.
    """
    facts = Facts(disclosure, narrative)
    run_one = _Runner(facts, Facts(*previous) if previous else None)
    partial = disclosure.notes.get("coverage") == COMPARATIVES
    for identity in (*catalogue().identities, *rules):
        for plan in plans(identity):
            if partial and identity.family == "I.PRESENT":
                run_one.skip(plan, "not applicable")
            else:
                run_one.plan(plan)
    return [*run_one.outcomes, *run_laws(disclosure, narrative, previous)]


class _Runner:
    """Walks plans, rows, columns and parts, and collects outcomes."""

    def __init__(self, facts: Facts, prev: Facts | None) -> None:
        self.facts, self.prev, self.scaled = facts, prev, Scaled()
        self.outcomes: list[Outcome] = []
        self._skips: dict[tuple[str, str], Outcome] = {}

    def plan(self, plan: Plan) -> None:
        env = Env(self.facts, self.prev)
        parts = [part for part in plan.parts if not self._lacks(plan, part)]
        if not parts:
            return
        try:
            rows = list(self._bind(plan, env))
            if plan.when and not plan.when_each:
                self.applies(plan, env)
        except Skip as skip:
            for _ in parts:
                self.skip(plan, skip.reason)
            return
        if not rows:
            self.skip(plan, "not applicable")
        for r in rows:
            env.r = r
            for part in parts:
                self._columns(plan, part, env)

    def _lacks(self, plan: Plan, part: Part) -> bool:
        """A table of the part is not in the account: one skip for the whole part."""
        for previous, table in part.needs:
            facts = self.prev if previous else self.facts
            if facts is None or not facts.has(table):
                self.skip(plan, facts.without(table).reason if facts else "missing")
                return True
        return False

    def _bind(self, plan: Plan, env: Env) -> Iterable:
        if plan.source == "list":
            return self.facts.entries(plan.over)
        if plan.over and (plan.source == "table" or plan.identity.columns):
            env.sheet = self.facts.sheet(plan.over)
        if plan.source != "table" or env.sheet is None:
            return [None]
        rows = [row for name in plan.rows for row in env.sheet.select(name)]
        return {id(row): row for row in rows}.values()

    def applies(self, plan: Plan, env: Env) -> None:
        """Errors: Skip where the condition of the identity does not hold or cannot be told."""
        if plan.when and not plan.when(env):
            raise Skip("not applicable")

    def _columns(self, plan: Plan, part: Part, env: Env) -> None:
        columns = plan.identity.columns
        if not columns:
            self._instances(plan, part, env)
            return
        sheet = env.sheet
        for column in sheet.amounts if columns == ("amount",) and sheet else columns:
            env.c = column
            if part.only_columns and sheet and column not in sheet.printed and sheet.has_column(column):
                self.skip(plan, "blank")
            else:
                self._instances(plan, part, env)
        env.c = ""

    def _instances(self, plan: Plan, part: Part, env: Env) -> None:
        """Once for every statement of a slot that is stated several times."""
        slots = self.facts.slots
        times = max((len(slots[slot]) for slot in part.slots if slot in slots), default=1)
        for env.k in range(max(1, times)):
            env.fresh()
            try:
                if plan.when_each:
                    self.applies(plan, env)
                    env.fresh()
                again = _Instance(self, plan, part, env)
                self.outcomes.append(replace(self.judge(plan, part, env), again=again))
            except Skip as skip:
                self.skip(plan, skip.reason)
        env.k = 0

    def skip(self, plan: Plan, reason: str) -> None:
        """One shared outcome per rule and reason: skips are many and all alike."""
        key = (plan.identity.id, reason)
        found = self._skips.get(key)
        if found is None:
            found = Outcome(plan.identity.id, SKIPPED, plan.identity.severity, reason)
            self._skips[key] = found
        self.outcomes.append(found)

    def judge(self, plan: Plan, part: Part, env: Env) -> Outcome:
        if part.kind == "exact":
            return self._exact(plan, part, env)
        left: Terms = []
        part.left(env, 1, left)  # type: ignore[misc]
        if part.kind == "percent":
            return self._percent(plan, part, env, left)
        right: Terms = []
        part.right(env, 1, right)  # type: ignore[misc]
        if part.constants:
            unit = unit_of(cell for _, cell in left + right)
            left, right = in_unit(left, unit), in_unit(right, unit)
        both = left + right
        verdict = self._compare(part, left, right, refuse_unusable(both, unknown_ok=part.bounded))
        if plan.uses_prev and any(cell.derived for _, cell in both):
            raise Skip("circular")
        if verdict.outcome == FAILED and _mixed(both):
            raise Skip("not applicable", "an amount without unit")
        if verdict.outcome == FAILED and explains(self.facts, self.prev, [cell for _, cell in both]):
            raise Skip("unread")
        cells, weights = _figures(left, right)
        if part.kind == "bound":
            weights = ()
        return self._outcome(plan, part, env, (verdict, cells, weights))

    def _compare(self, part: Part, left: Terms, right: Terms, unknown: bool) -> Verdict:
        if part.kind == "bound":
            if unknown:
                raise without([cell for _, cell in left + right])
            return judge_bound(left, right, self.scaled, part.op)
        verdict = self._equality(part, left, right, unknown)
        if verdict.outcome != FAILED and same_source(left, right, self.facts.sources):
            raise Skip("same source")  # an agreement proves nothing; a disagreement does
        return verdict

    def _equality(self, part: Part, left: Terms, right: Terms, unknown: bool) -> Verdict:
        if unknown:
            return judge_known(left, right, self.scaled)
        if part.kind == "sum":
            return judge_sum(left, right, self.scaled)
        return judge_copies(left, right, self.scaled, rows=part.kind == "row_copy")

    def _percent(self, plan: Plan, part: Part, env: Env, left: Terms) -> Outcome:
        ratio = part.value(env)  # type: ignore[misc]
        refuse_unusable(left)
        if not isinstance(ratio, Ratio):
            raise Skip("not applicable", "no rate on the right side")
        cells = list({id(c): c for c in (*(c for _, c in left), *ratio.cells)}.values())
        if plan.uses_prev and any(cell.derived for cell in cells):
            raise Skip("circular")
        verdict = judge_percent(left, ratio, self.scaled)
        return self._outcome(plan, part, env, (verdict, [c for c in cells if type(c) is not Constant], ()))

    def _exact(self, plan: Plan, part: Part, env: Env) -> Outcome:
        holds = part.value(env)  # type: ignore[misc]
        spoken_of = {plan.table, plan.over, *(table for _, table in part.needs)}
        if not holds and may_hold(self.facts.disclosure, plan.identity.formula, spoken_of):
            raise Skip("unread")
        place = () if holds else _place_of(env) or self._table_of(plan, part)
        cells = list({id(cell): cell for cell in env.seen if type(cell) is not Constant}.values())
        if plan.uses_prev and any(cell.derived for cell in cells):
            raise Skip("circular")
        if holds and part.vacuous:
            cells = []
        return self._outcome(plan, part, env, (Verdict(PASSED if holds else FAILED), cells or list(place), ()))

    def _table_of(self, plan: Plan, part: Part) -> tuple[Cell, ...]:
        """The table a condition speaks of, as a cell without a figure: it marks the whole table."""
        key = plan.over or next((table for last, table in part.needs if not last), "")
        sheet = self.facts.sheets.get(key)
        return (Cell(BLANK, None, "", "", replace(sheet.table.place, table=key)),) if sheet else ()

    def _outcome(self, plan: Plan, part: Part, env: Env, told: tuple[Verdict, list[Cell], tuple]) -> Outcome:
        verdict, cells, weights = told
        rule = plan.identity
        if verdict.outcome == PASSED:
            return Outcome(rule.id, PASSED, rule.severity, verdict.reason, terms=tuple(cells), weights=weights)
        severity = verdict.severity or rule.severity
        by_guess = self.facts.disclosure.profile_guessed and "profile" in rule.when
        if severity == "error" and (by_guess or any(cell.confidence is not None for cell in cells)):
            severity = "warning"
        actual: object = verdict.actual
        expected: object = verdict.expected
        if actual is None and worded(env.sides) and (part.direct or not cells):
            actual, expected = (plain(side) or None for side in env.sides[:2])
        return Outcome(
            rule.id, verdict.outcome, severity, verdict.reason,
            "" if env.swap else message(plan, part, env, (verdict, cells)),  # nobody reads what a trial would say
            actual, expected, verdict.difference, verdict.intervals, tuple(cells), weights,  # type: ignore[arg-type]
        )  # fmt: skip


class _Instance:
    """One instance as it was judged, to be judged again with cells replaced. It does not outlive its process."""

    __slots__ = ("at", "part", "plan", "runner")

    def __init__(self, runner: _Runner, plan: Plan, part: Part, env: Env) -> None:
        self.runner, self.plan, self.part = runner, plan, part
        self.at = env.sheet, env.r, env.c, env.k

    def __call__(self, swap: Mapping[int, Cell]) -> Outcome | None:
        env = Env(self.runner.facts, self.runner.prev, swap)
        env.sheet, env.r, env.c, env.k = self.at
        try:
            if self.plan.when_each:
                self.runner.applies(self.plan, env)
                env.fresh()
            return replace(self.runner.judge(self.plan, self.part, env), again=self)
        except Skip:
            return None

    def __reduce__(self) -> tuple:
        return _forgotten, ()


def with_tables(outcomes: Iterable[Outcome], tables: Mapping[str, Table]) -> list[Outcome]:
    """What was judged once more with other tables in place of those of the same ids: rules that touch them, and laws.

    Empty where no outcome remembers how it was judged.
    """
    one = next((outcome.again for outcome in outcomes if isinstance(outcome.again, _Instance)), None)
    if one is None:
        return []
    facts = one.runner.facts
    disclosure = replace(facts.disclosure, tables={**facts.disclosure.tables, **tables})
    prev = one.runner.prev
    runner = _Runner(Facts(disclosure, facts.narrative), prev)
    for identity in catalogue().identities:
        for plan in plans(identity):
            if _touches(plan, tables):
                runner.plan(plan)
    return [
        *runner.outcomes,
        *run_laws(disclosure, facts.narrative, (prev.disclosure, prev.narrative) if prev else None),
    ]


def touches(outcome: Outcome, tables: Collection[str]) -> bool:
    """Whether `with_tables` judges this outcome once more for these tables."""
    return not isinstance(outcome.again, _Instance) or _touches(outcome.again.plan, tables)


def _touches(plan: Plan, tables: Collection[str]) -> bool:
    return plan.over in tables or any(key in tables for part in plan.parts for last, key in part.needs if not last)


def _forgotten() -> None:
    """What is left of an instance in another process."""


def _place_of(env: Env) -> tuple[Cell, ...]:
    """Where a row or an entry stands, as a cell without a figure: evidence for rules over names and words."""
    cells = env.r.cells if isinstance(env.r, Row) else env.r or {}
    found = next((cell for cell in cells.values() if isinstance(cell, Cell)), None)
    if found is None:
        return ()
    place = found.place
    if isinstance(env.r, Row) and env.sheet and not place.table:
        place = replace(place, table=env.sheet.id, row=env.r.label)
    return (Cell(BLANK, None, "", "", place),)


def _mixed(terms: Terms) -> bool:
    """Money beside a number without unit: what the latter means is not known, so it contradicts nothing."""
    units = {cell.unit for _, cell in terms if cell.is_number and type(cell) is not Constant}
    return "" in units and not units.isdisjoint(UNITS)


def _figures(left: Terms, right: Terms) -> tuple[list[Cell], tuple]:
    """The printed terms, actual side first, and their weights as if all stood on that side."""
    terms = [(w, c) for w, c in left if type(c) is not Constant] + [
        (-w, c) for w, c in right if type(c) is not Constant
    ]
    return [cell for _, cell in terms], tuple(weight for weight, _ in terms)
