"""Plant edits that a clerk could make in invented accounts and count how they are told: kind by kind.

An edit counts where a check of severity error or warning breaks that held before. It is told where there is a finding
more, named where a finding has its kind of edit, and `findings` are the errors and warnings that it brought.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from benchmarks.clerk_edits import PLANTERS, Pair
from fiscal.checks.findings.compose import findings
from fiscal.checks.identities.runner import run
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import FAILED, Finding, Outcome
from fiscal.model.table import Table

PROFILES = ("national9", "sichuan13", "shanghai9")
_TRIES = 12


@dataclass
class Tally:
    """Edits of one kind that broke a check: told, named, the findings they brought, and what else they were called."""

    planted: int = 0
    told: int = 0
    named: int = 0
    findings: float = 0
    called: Counter = field(default_factory=Counter)


@dataclass
class Score:
    """Tallies by kind of edit, of edits planted one and two at a time, and findings of the accounts as they were."""

    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    quiet: int = 0
    loud: int = 0

    def total(self, name: str) -> int:
        return sum(getattr(tally, name) for tally in self.kinds.values())

    @property
    def named_share(self) -> float:
        return self.total("named") / max(1, self.total("planted"))

    @property
    def findings_per_edit(self) -> float:
        return self.total("findings") / max(1, self.total("planted"))

    @property
    def untold(self) -> int:
        return self.total("planted") - self.total("told")


# What a kind may also be called: a figure of the text that looks like no slip is called by what its sentence says.
ALSO = {"value": {"level", "change", "rate", "share", "completion", "digit", "copied"}, "digits_swapped": set(),
        "digit": set(), "row_missing": {"missing"}}  # fmt: skip


def loud(account: Pair, before: Pair) -> tuple[list[Outcome], list[Finding]]:
    """What fails, and the errors and warnings told of it."""
    outcomes = run(*account, previous=before)
    found = findings(outcomes, *account, before=before[0])
    return outcomes, [one for one in found if one.severity != "info"]


def _broken(outcomes: Iterable[Outcome]) -> Counter:
    return Counter((o.rule, o.message) for o in outcomes if o.outcome == FAILED and o.severity != "info")


def accounts(count: int, seed: int = 1) -> Iterator[tuple[Pair, Pair]]:
    """Invented accounts of every form, each with the year before."""
    from fiscal.synthetic.invent import Style, make_panel

    for index in range(count):
        before, now = make_panel(seed + index, (2021, 2022), style=Style(PROFILES[index % len(PROFILES)], "万元", True))
        yield (_apart(now.disclosure), now.narrative), (_apart(before.disclosure), before.narrative)


def _apart(disclosure: Disclosure) -> Disclosure:
    """Every cell of the tables a cell of its own, with its place, as a reader gives them."""
    return replace(disclosure, tables={key: _placed(table) for key, table in disclosure.tables.items()})


def _placed(table: Table) -> Table:
    labels = {column.key: column.label for column in table.columns}
    rows = [
        replace(
            row, cells={k: c.at(table=table.id, row=row.label, column=labels.get(k, k)) for k, c in row.cells.items()}
        )
        for row in table.rows
    ]
    return replace(table, rows=tuple(rows))


def planted(edits: int = 500, *, seed: int = 1, n_accounts: int = 24) -> Score:
    """Plant so many edits, every third time two at once."""
    score, rng = Score(), random.Random(seed)
    pool = list(accounts(n_accounts, seed))
    sound = [loud(*pair) for pair in pool]
    score.loud = sum(len(found) for _, found in sound)
    score.quiet = sum(not found for _, found in sound)
    kinds = list(PLANTERS)
    number = 0
    while score.total("planted") < edits:
        index = number % len(pool)
        wanted = [kinds[number % len(kinds)]] + ([rng.choice(kinds)] if number % 3 == 2 else [])
        number += 1
        _plant(score, pool[index], sound[index], wanted, rng)
    return score


def _plant(
    score: Score, pair: tuple[Pair, Pair], sound: tuple[list, list], wanted: list[str], rng: random.Random
) -> None:
    account, before = pair
    made, broken = [], _broken(sound[0])
    for kind in wanted:
        for _ in range(_TRIES):
            changed = PLANTERS[kind](account, before, rng)
            now = _broken(run(*changed, previous=before)) if changed else broken
            if changed and now - broken:
                account, broken = changed, now
                made.append(kind)
                break
    if not made:
        return
    _, found = loud(account, before)
    _count(score, made, found, len(found) - len(sound[1]))


def _count(score: Score, made: list[str], found: list[Finding], more: int) -> None:
    causes = Counter(one.cause for one in found)
    for kind in made:
        tally = score.kinds[kind]
        tally.planted += 1
        tally.told += more > 0
        name = next((name for name in (kind, *sorted(ALSO.get(kind, ()))) if causes[name]), "")
        tally.named += bool(name)
        if name:
            causes[name] -= 1
        else:
            tally.called[",".join(sorted(one.cause for one in found))] += 1
        tally.findings += max(0, more) / len(made)


def report(score: Score) -> str:
    """A text for people: rates over all, then by kind of edit."""
    lines = [
        f"planted edits: {score.total('planted')}, kind named in {score.named_share:.1%}, "
        f"{score.findings_per_edit:.2f} findings per edit, {score.untold} told by no finding; "
        f"{score.quiet} sound accounts quiet, {score.loud} findings in the others",
        f"  {'kind of edit':18s} planted  told  named  findings per edit   called otherwise",
    ]
    for kind, tally in sorted(score.kinds.items()):
        called = ", ".join(f"{name} {n}" for name, n in tally.called.most_common(3))
        each = tally.findings / tally.planted
        lines.append(f"  {kind:18s} {tally.planted:7d} {tally.told:5d} {tally.named:6d} {each:10.2f}          {called}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(planted()))
