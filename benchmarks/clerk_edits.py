"""Edits that a clerk could make in an account, one function a kind: what the search for causes must find again."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from fiscal.checks.identities.runner import run
from fiscal.model.cells import BLANK, Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import PASSED
from fiscal.model.table import Row, Table
from fiscal.model.text import Narrative

Pair = tuple[Disclosure, Narrative]
Planter = Callable[[Pair, Pair, random.Random], "Pair | None"]
OTHER = frozenset({"overview", "responsibilities", "organisation", "annexes", "glossary"})


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
