"""Plant edits that a clerk could make in invented accounts and count how they are told: kind by kind.

An edit counts where a check of severity error or warning breaks that held before. It is told where there is a finding
more, named where a finding has its kind of edit, and `findings` are the errors and warnings that it brought.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from fiscal.checks.findings.compose import findings
from fiscal.checks.identities.runner import run
from fiscal.model.cells import BLANK, Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import FAILED, PASSED, Finding, Outcome
from fiscal.model.table import Row, Table
from fiscal.model.text import Narrative

Pair = tuple[Disclosure, Narrative]
Planter = Callable[[Pair, Pair, random.Random], "Pair | None"]
PROFILES = ("national9", "sichuan13", "shanghai9")
OTHER = frozenset({"overview", "responsibilities", "organisation", "annexes", "glossary"})
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


# ---- single figures
def _figure(account: Pair, rng: random.Random, change: Callable[[Cell, random.Random], Decimal | None]) -> Pair | None:
    """One number of a table, or of the narrative, changed."""
    disclosure, narrative = account
    cells = [cell for table in disclosure.tables.values() for _, _, cell in table.cells() if cell.value]
    stated = [
        c.cell for c in narrative.claims if c.cell.value and c.kind not in ("", "count") and c.section not in OTHER
    ]
    pool = cells if rng.random() < 0.6 or not stated else stated
    old = rng.choice(pool)
    value = change(old, rng)
    if value is None or value == old.value:
        return None
    new = replace(old, value=value, text=f"{value:f}", exact=old.unit == "")
    return with_cells(account, {id(old): new})


def with_cells(account: Pair, swap: dict[int, Cell]) -> Pair:
    """The account with figures replaced wherever they stand."""
    disclosure, narrative = account
    tables = {key: _swapped(table, swap) for key, table in disclosure.tables.items()}

    def put(value):
        return swap.get(id(value), value) if isinstance(value, Cell) else value

    told = replace(
        narrative,
        claims=tuple(replace(claim, cell=put(claim.cell)) for claim in narrative.claims),
        slots={key: [put(cell) for cell in cells] for key, cells in narrative.slots.items()},
        lists={key: [{n: put(v) for n, v in entry.items()} for entry in es] for key, es in narrative.lists.items()},
    )
    return replace(disclosure, tables=tables), told


def _swapped(table: Table, swap: dict[int, Cell]) -> Table:
    if not any(id(cell) in swap for _, _, cell in table.cells()):
        return table
    rows = [
        replace(row, cells={key: swap.get(id(cell), cell) for key, cell in row.cells.items()}) for row in table.rows
    ]
    return replace(table, rows=tuple(rows))


def _digit(cell: Cell, rng: random.Random) -> Decimal | None:
    text = f"{cell.value:f}"
    places = [i for i, digit in enumerate(text) if digit.isdigit()]
    at = rng.choice(places)
    if rng.random() < 0.3 and len(places) > 3 and at > 0 and text[at] != "." and "." in text[at:]:
        return Decimal(text[:at] + text[at + 1 :])
    digit = rng.choice([d for d in "0123456789" if d != text[at] and not (at == 0 and d == "0")])
    return Decimal(text[:at] + digit + text[at + 1 :])


def _point(cell: Cell, rng: random.Random) -> Decimal | None:
    value = cell.number * rng.choice((Decimal(10), Decimal(100), Decimal("0.1"), Decimal("0.01")))
    value = value.quantize(Decimal(1).scaleb(-cell.digits))
    return value if len(f"{value:f}".replace(".", "").strip("0")) >= 3 else None


def _sign(cell: Cell, rng: random.Random) -> Decimal | None:
    return -cell.number if cell.unit != "%" else None


def _exchange(cell: Cell, rng: random.Random) -> Decimal | None:
    text = f"{cell.value:f}"
    places = [i for i in range(len(text) - 1) if text[i].isdigit() and text[i + 1].isdigit() and text[i] != text[i + 1]]
    if not places:
        return None
    at = rng.choice(places)
    return Decimal(text[:at] + text[at + 1] + text[at] + text[at + 2 :])


def _other(cell: Cell, rng: random.Random) -> Decimal | None:
    return (cell.number * Decimal(str(round(rng.uniform(0.3, 3), 3)))).quantize(Decimal(1).scaleb(-cell.digits))


def _planter(change: Callable[[Cell, random.Random], Decimal | None]) -> Planter:
    return lambda account, before, rng: _figure(account, rng, change)


# ---- lines of tables
def _table(account: Pair, rng: random.Random, least: int = 6) -> Table | None:
    """A coded table of some length."""
    found = [t for t in account[0].tables.values() if sum(bool(row.code) for row in t.rows) >= least and not t.empty]
    return rng.choice(found) if found else None


def _numbers(row: Row) -> dict[str, Cell]:
    return {key: cell for key, cell in row.cells.items() if cell.is_number}


def _like(cell: Cell, other: Cell | None) -> Cell:
    if other is None or other.is_blank:
        return replace(cell, state=BLANK, value=None, text="", exact=False)
    return replace(other, place=cell.place)


def _copied(account: Pair, before: Pair, rng: random.Random) -> Pair | None:
    table = _table(account, rng)
    rows = [row for row in table.rows if row.code and _numbers(row)] if table else []
    if len(rows) < 2:
        return None
    row, other = rng.sample(rows, 2)
    keys = [key for key in _numbers(row) if key in _numbers(other)]
    if not keys:
        return None
    key = rng.choice(keys)
    old, new = row.cells[key], other.cells[key]
    same = [r for r in table.rows if key in r.cells and r.cells[key].value == new.value] if table else []
    telling = len(str(new).replace(".", "").strip("0")) >= 3
    return (
        with_cells(account, {id(old): _like(old, new)})
        if len(same) == 1 and telling and old.value != new.value
        else None
    )


def _shifted(account: Pair, before: Pair, rng: random.Random) -> Pair | None:
    table = _table(account, rng, 10)
    if table is None or any(row.side for row in table.rows) or sum(not row.code for row in table.rows) > 1:
        return None
    step, start = rng.choice((1, 2, -1, -2)), rng.randrange(1, len(table.rows) // 2)
    swap = {}
    for index in range(start, len(table.rows)):
        at = index - step
        source = table.rows[at].cells if start <= at < len(table.rows) else {}
        swap.update({id(cell): _like(cell, source.get(key)) for key, cell in table.rows[index].cells.items()})
    return with_cells(account, swap)


def _rows_swapped(account: Pair, before: Pair, rng: random.Random) -> Pair | None:
    table = _table(account, rng)
    rows = [row for row in table.rows if len(row.code) == 7 and _numbers(row)] if table else []
    if len(rows) < 2:
        return None
    one, other = rng.sample(rows, 2)
    keys = one.cells.keys() & other.cells.keys()
    swap = {id(one.cells[key]): _like(one.cells[key], other.cells[key]) for key in keys}
    swap |= {id(other.cells[key]): _like(other.cells[key], one.cells[key]) for key in keys}
    return with_cells(account, swap)


def _columns_swapped(account: Pair, before: Pair, rng: random.Random) -> Pair | None:
    table = _table(account, rng)
    keys = (
        [c.key for c in table.columns if sum(bool(r.cells.get(c.key) and r.cells[c.key].value) for r in table.rows) > 3]
        if table
        else []
    )
    if table is None or len(keys) < 2:
        return None
    one, other = rng.sample(keys, 2)
    swap: dict[int, Cell] = {}
    for row in table.rows:
        if one in row.cells and other in row.cells:
            swap[id(row.cells[one])] = _like(row.cells[one], row.cells[other])
            swap[id(row.cells[other])] = _like(row.cells[other], row.cells[one])
    return with_cells(account, swap)


def _unit(account: Pair, before: Pair, rng: random.Random) -> Pair | None:
    table = _table(account, rng, 3)
    if table is None:
        return None
    key = rng.choice([column.key for column in table.columns])
    cells = [row.cells[key] for row in table.rows if key in row.cells and row.cells[key].value]
    swap = {id(c): replace(c, value=c.number * 10_000, text=f"{c.number * 10_000:f}") for c in cells}
    return with_cells(account, swap) if len(cells) >= 3 else None


def _last_year(account: Pair, before: Pair, rng: random.Random) -> Pair | None:
    table = _table(account, rng)
    old = before[0].tables.get(table.id) if table else None
    if table is None or old is None:
        return None
    key = rng.choice([column.key for column in table.columns])
    swap = {}
    for row in table.rows:
        last = old.cell(row.code or row.key, key)
        if key in row.cells and last is not None and last.value and row.cells[key].value:
            swap[id(row.cells[key])] = _like(row.cells[key], last)
    filled = [row for row in table.rows if key in row.cells and row.cells[key].value]
    return with_cells(account, swap) if len(swap) >= 4 and len(swap) == len(filled) else None


def _with_rows(account: Pair, table: Table, rows: Sequence[Row]) -> Pair:
    disclosure, narrative = account
    return replace(disclosure, tables={**disclosure.tables, table.id: replace(table, rows=tuple(rows))}), narrative


def _row_missing(account: Pair, before: Pair, rng: random.Random) -> Pair | None:
    table = _table(account, rng)
    rows = [row for row in table.rows if len(row.code) == 7 and _numbers(row)] if table else []
    if table is None or not rows:
        return None
    gone = rng.choice(rows)
    return _with_rows(account, table, [row for row in table.rows if row is not gone])


def _row_doubled(account: Pair, before: Pair, rng: random.Random) -> Pair | None:
    table = _table(account, rng)
    rows = [row for row in table.rows if len(row.code) == 7 and _numbers(row)] if table else []
    if table is None or not rows:
        return None
    twice = rng.choice(rows)
    again = replace(twice, cells={key: replace(cell) for key, cell in twice.cells.items()})
    return _with_rows(account, table, [one for row in table.rows for one in ((row, again) if row is twice else (row,))])


def _wrong_code(account: Pair, before: Pair, rng: random.Random) -> Pair | None:
    table = _table(account, rng)
    rows = [row for row in table.rows if len(row.code) == 7 and _numbers(row)] if table else []
    if table is None or not rows:
        return None
    row = rng.choice(rows)
    codes = {other.code for other in table.rows}
    code = row.code[:5] + rng.choice([f"{n:02d}" for n in range(1, 40) if row.code[:5] + f"{n:02d}" not in codes])
    made = replace(row, code=code, key=code if row.key == row.code else row.key)
    return _with_rows(account, table, [made if one is row else one for one in table.rows])


def _total_row(account: Pair, before: Pair, rng: random.Random) -> Pair | None:
    """The total was not reckoned anew after its parts changed: every column by the same share."""
    table = _table(account, rng)
    row = next((row for row in table.rows if row.key == "total"), None) if table else None
    cells = [cell for cell in _numbers(row).values() if cell.value] if row else []
    factor = Decimal(str(round(rng.uniform(0.8, 0.97), 3)))
    swap = {
        id(c): replace(c, value=(v := (c.number * factor).quantize(Decimal(1).scaleb(-c.digits))), text=f"{v:f}")
        for c in cells
    }
    return with_cells(account, swap) if len(cells) >= 2 else None


def _rate_base(account: Pair, before: Pair, rng: random.Random) -> Pair | None:
    """A rate of change reckoned on this year's figure."""
    judged = [o for o in run(*account, previous=before) if o.outcome == PASSED and len(o.terms) == 3]
    rates = [o for o in judged if o.terms[0].unit == "%" and o.rule.startswith("stmt.change") and o.terms[0].value]
    rng.shuffle(rates)
    for outcome in rates:
        rate, now, change = outcome.terms
        if not now.value or not change.value or now.unit == "%" or change.unit == "%":
            continue
        wrong = (abs(change.number / now.number) * 100).quantize(Decimal(1).scaleb(-rate.digits))
        if wrong != rate.value:
            return with_cells(account, {id(rate): replace(rate, value=wrong, text=f"{wrong}%")})
    return None


PLANTERS: dict[str, Planter] = {
    "digit": _planter(_digit), "decimal_point": _planter(_point), "sign": _planter(_sign),
    "digits_swapped": _planter(_exchange), "value": _planter(_other), "copied": _copied, "rows_shifted": _shifted,
    "rows_swapped": _rows_swapped, "columns_swapped": _columns_swapped, "unit": _unit, "last_year": _last_year,
    "row_missing": _row_missing, "row_doubled": _row_doubled, "wrong_code": _wrong_code, "total_row": _total_row,
    "rate_base": _rate_base,
}  # fmt: skip
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
