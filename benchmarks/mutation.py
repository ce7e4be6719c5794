"""Change single digits of accounts and count what the checks notice (`make mutation`).

First 500 edits that a clerk could make are planted, one and two at a time, and reported by kind (planted_edits.py).
Then sentences are edited (sentence_edits.py).

Every digit of every printed number is replaced by another one, one at a time, in invented accounts and, where the
sample is at hand, in the figures of the founding document. A change is noticed when a check of severity error or
warning fails that held before and has the changed number among its terms; it is named when a finding leads with it,
grouped when it is only among a finding's evidence or that of its consequences.
"""

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from benchmarks import planted_edits, sentence_edits
from fiscal.checks.findings.compose import findings
from fiscal.checks.identities.runner import run
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import FAILED, SKIPPED, Finding, Outcome
from fiscal.model.text import Narrative

FOUNDING = Path(__file__).parents[2] / "shared" / "samples" / "000_ee669e7e648d99f5.txt"
OTHER = frozenset({"overview", "responsibilities", "organisation", "annexes", "glossary"})  # not part two
Pair = tuple[Disclosure, Narrative]


@dataclass
class Score:
    """Changes tried, and of these noticed, named first and found in a group; what escaped, by kind and reason."""

    tried: int = 0
    noticed: int = 0
    named: int = 0
    grouped: int = 0
    by_kind: dict[str, Counter] = field(default_factory=lambda: defaultdict(Counter))
    escapes: Counter = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    @property
    def share(self) -> float:
        return self.noticed / self.tried if self.tried else 1.0


def digit_changes(cell: Cell, rng: random.Random) -> Iterator[Cell]:
    """The cell with one digit replaced, once per digit; leading digits never become 0."""
    text = f"{cell.value:f}"
    for index, digit in enumerate(text):
        if digit.isdigit() and not (index == 0 and digit == "0" and len(text) > 1):
            choices = [other for other in "0123456789" if other != digit and not (index == 0 and other == "0")]
            changed = text[:index] + rng.choice(choices) + text[index + 1 :]
            yield replace(cell, value=Decimal(changed), text=changed, exact=cell.unit == "")


def with_cell(disclosure: Disclosure, old: Cell, new: Cell) -> Disclosure:
    """The account with one table cell replaced."""
    tables = {}
    for key, table in disclosure.tables.items():
        rows = tuple(
            replace(row, cells={name: new if cell is old else cell for name, cell in row.cells.items()})
            if any(cell is old for cell in row.cells.values()) else row
            for row in table.rows
        )  # fmt: skip
        tables[key] = replace(table, rows=rows)
    return replace(disclosure, tables=tables)


def with_figure(narrative: Narrative, old: Cell, new: Cell) -> Narrative:
    """The narrative with one printed figure replaced wherever it was understood."""

    def put(value):
        return new if value is old else value

    return replace(
        narrative,
        claims=tuple(replace(s, cell=new) if s.cell is old else s for s in narrative.claims),
        slots={key: [put(cell) for cell in cells] for key, cells in narrative.slots.items()},
        lists={
            key: [{name: put(value) for name, value in entry.items()} for entry in entries]
            for key, entries in narrative.lists.items()
        },
    )


def _signature(outcome: Outcome) -> tuple:
    return outcome.rule, outcome.message


class Trial:
    """One account whose digits are changed; `previous` is the year before."""

    def __init__(self, account: Pair, previous: Pair | None, score: Score) -> None:
        self.account, self.previous, self.score = account, previous, score
        self.before = {_signature(o) for o in self._outcomes(account) if o.outcome == FAILED}
        self.reasons = self._reasons()

    def _outcomes(self, account: Pair) -> list[Outcome]:
        return run(*account, previous=self.previous)

    def _reasons(self) -> dict[int, Counter]:
        """id of a cell → rules it takes part in, while unchanged."""
        found: dict[int, Counter] = defaultdict(Counter)
        for outcome in self._outcomes(self.account):
            if outcome.outcome != SKIPPED:
                for cell in outcome.terms:
                    found[id(cell)][outcome.rule] += 1
        return found

    def change(self, kind: str, old: Cell, new: Cell, account: Pair) -> None:
        """Check the changed account and book what happened."""
        outcomes = self._outcomes(account)
        fresh = [o for o in outcomes if o.outcome == FAILED and o.severity != "info"]
        fresh = [o for o in fresh if _signature(o) not in self.before and any(cell is new for cell in o.terms)]
        self.score.tried += 1
        self.score.by_kind[kind]["tried"] += 1
        if not fresh:
            self._escaped(kind, old, new)
            return
        self.score.noticed += 1
        self.score.by_kind[kind]["noticed"] += 1
        found = findings(outcomes, *account)
        if any(finding.evidence and finding.evidence[0] is new for finding in found):
            self.score.named += 1
        if any(_mentions(finding, new) for finding in found):
            self.score.grouped += 1

    def _escaped(self, kind: str, old: Cell, new: Cell) -> None:
        rules = self.reasons.get(id(old))
        reason = "no identity touches it" if not rules else "inside the intervals of " + ", ".join(sorted(rules)[:3])
        self.score.escapes[f"{kind}: {reason}"] += 1
        self.score.examples.setdefault(f"{kind}: {reason}", f"{old} → {new}")


def _mentions(finding: Finding, cell: Cell) -> bool:
    return any(other is cell for other in finding.evidence) or any(_mentions(c, cell) for c in finding.consequences)


def tables_trial(trial: Trial, rng: random.Random, every: int) -> None:
    """Change the digits of every n-th number of the tables."""
    disclosure, narrative = trial.account
    numbers = [(t.id, cell) for t in disclosure.tables.values() for _, _, cell in t.cells() if cell.is_number]
    for kind, cell in numbers[rng.randrange(every) :: every]:
        for changed in digit_changes(cell, rng):
            trial.change(kind, cell, changed, (with_cell(disclosure, cell, changed), narrative))


def figures_trial(trial: Trial, rng: random.Random, every: int) -> None:
    """Change the digits of every n-th figure of the narrative, and of the counts that something binds."""
    disclosure, narrative = trial.account
    seen: dict[int, tuple[str, Cell]] = {}
    for statement in narrative.claims:
        counted = statement.kind == "count"
        wanted = id(statement.cell) in trial.reasons if counted else statement.kind and statement.section not in OTHER
        if statement.cell.value is not None and wanted:
            seen.setdefault(id(statement.cell), (f"stated {statement.kind}", statement.cell))
    for kind, cell in list(seen.values())[rng.randrange(every) :: every]:
        for changed in digit_changes(cell, rng):
            trial.change(kind, cell, changed, (disclosure, with_figure(narrative, cell, changed)))


def synthetic(profiles: Iterable[str], *, every: int, seed: int = 1) -> Score:
    """Changes in invented accounts with a year before."""
    from fiscal.synthetic.invent import Style, make_panel

    score = Score()
    for index, profile in enumerate(profiles):
        before, now = make_panel(seed + index, (2021, 2022), style=Style(profile, "万元", True))
        trial = Trial((now.disclosure, now.narrative), (before.disclosure, before.narrative), score)
        rng = random.Random(seed)
        tables_trial(trial, rng, every)
        figures_trial(trial, rng, every)
    return score


def founding(*, every: int, path: Path = FOUNDING) -> Score | None:
    """Changes in the figures of part two and the charts of the founding document; None where it is not at hand."""
    if not path.exists():
        return None
    import fiscal

    account = fiscal.read(str(path))
    score = Score()
    figures_trial(Trial((account.disclosure, account.narrative), None, score), random.Random(1), every)
    return score


def report(name: str, score: Score) -> str:
    """A text for people: rates by kind, then what escaped and why."""
    lines = [
        f"{name}: {score.noticed} of {score.tried} changes noticed ({score.share:.1%})",
        f"  a finding leads with the changed number in {score.named}, has it in its group in {score.grouped}",
    ]
    for kind, counts in sorted(score.by_kind.items()):
        lines.append(f"  {kind:45s} {counts['noticed']:5d} / {counts['tried']:5d}")
    for reason, n in score.escapes.most_common(25):
        lines.append(f"  escaped {n:4d}  {reason}   e.g. {score.examples[reason]}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run both and print; exit status 1 where the founding document falls below 90 %."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edits", type=int, default=500, help="plant so many edits in invented accounts (0: none)")
    parser.add_argument("--every", type=int, default=4, help="change every n-th number of the invented accounts")
    options = parser.parse_args(arguments)
    if options.edits:
        print(planted_edits.report(planted_edits.planted(options.edits)), flush=True)
    print(sentence_edits.report(sentence_edits.planted()), flush=True)
    print(report("invented accounts", synthetic(("national9", "sichuan13", "shanghai9"), every=options.every)))
    score = founding(every=1)
    if score is None:
        print("founding document: not at hand, skipped")
        return 0
    print(report("founding document", score))
    return 0 if score.share >= 0.9 else 1


if __name__ == "__main__":
    sys.exit(main())
