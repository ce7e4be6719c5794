"""What a whole consists of: the parts of income and expenditure and their shares."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from fiscal.dictionary.find import UNKNOWN, Found, conflict_words, find
from fiscal.dictionary.measures import Breakdown, Measure, measures
from fiscal.metrics.headlines import AccountLike, frame, identity
from fiscal.metrics.shares import agrees, allowed, largest_remainder, quotient, rounded
from fiscal.model.cells import Cell
from fiscal.model.rounding import interval, sum_of

COLUMNS = (
    "entity", "year", "measure", "title", "table", "part_key", "code", "part", "state", "amount", "unit",
    "amount_yuan", "whole", "whole_label", "share", "printed_share", "printed_agrees",
    "display_share", "method", "origin", "conflict", "why_blank", "cell",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One part as found; `printed` is the share stated beside it."""

    key: str
    code: str
    label: str
    found: Found
    printed: Cell | None = None


def structure(account: AccountLike, *, measure: str | None = None) -> pd.DataFrame:
    """What each whole consists of, part by part.

    Shape:  one row per part that exists, in printed order: measure (key of a breakdown), table, part_key, code, part,
            state, amount, whole, share, printed_share, display_share, method, why_blank. `measure` picks one list.
    Units:  `amount` and `whole` in the unit of the account (Decimal), `amount_yuan` in 元; shares are ratios
            (Decimal, 0.9782 is 97.82 %): `share` exact, `printed_share` as stated, `display_share` for display.
    Blanks: a blank part is nothing and has no row, a printed zero has one; an unknown part has share None,
            `why_blank` unknown; a whole of 0 gives zero_base. No row at all for a list the account does not have.
            `printed_agrees` says whether the printed share can be that of the printed amounts (None: not judged).
    Method: `display_share` adds to 1 by largest remainder where the known parts are the whole within rounding,
            else each is rounded alone; `method` says which. Printed shares are never changed.
    Source: table cell, else the narrative; the whole, where not printed, is the sum of complete parts.
    """
    known = measures().breakdowns
    wanted = known.values() if measure is None else (known[measure],)
    return frame((line for breakdown in wanted for line in _lines(account, breakdown)), COLUMNS)


def parts_of(account: AccountLike, breakdown: Breakdown) -> list[Part]:
    """The parts of a list that exist, blanks left out."""
    parts = _level_parts(account, breakdown) if breakdown.levels else _fixed_parts(account, breakdown)
    return [part for part in parts if part.found.cell is not None and not part.found.cell.is_blank]


def _fixed_parts(account: AccountLike, breakdown: Breakdown) -> list[Part]:
    return [
        Part(key, "", part.label, find(account, part), _printed(account, part, breakdown.whole))
        for key, part in breakdown.parts
    ]


def _printed(account: AccountLike, part: Measure, whole: Measure) -> Cell | None:
    """The share stated of a part, where that is a share of this whole."""
    return account.stated(f"{part.id}_share") if whole.id in part.whole else None


def _level_parts(account: AccountLike, breakdown: Breakdown) -> list[Part]:
    entries = account.narrative.lists.get(breakdown.list, []) if breakdown.list else []
    stated = {_stem(str(entry.get("name", ""))): entry for entry in entries}
    table = account.table(breakdown.table)
    parts = []
    for row in table.rows if table else ():
        if row.level == breakdown.levels[0]:
            entry = stated.pop(_stem(row.label), {})
            cell = _only([row.cells[name] for name in breakdown.columns if name in row.cells])
            parts.append(_level_part(row.code or row.key, row.label, _better(cell, entry), entry))
    for entry in stated.values():
        name = str(entry.get("name", ""))
        parts.append(_level_part(str(entry.get("code", "")) or name, name, _better(None, entry), entry))
    return parts


def _level_part(code: str, label: str, found: Found, entry: dict) -> Part:
    share = entry.get("share")
    return Part(code, code if code.isdigit() else "", label, found, share if isinstance(share, Cell) else None)


def _only(cells: list[Cell]) -> Cell | None:
    """The cell of a row of a two-panel table: the one that is not blank."""
    return next((cell for cell in cells if not cell.is_blank), cells[0] if cells else None)


def _better(cell: Cell | None, entry: dict) -> Found:
    stated = entry.get("amount")
    if isinstance(stated, Cell) and stated.is_number and (cell is None or not cell.is_number):
        return Found(stated, "stated")
    return Found(cell, "table" if cell is not None else "")


def _stem(label: str) -> str:
    return "".join(label.split()).removesuffix("支出")


def _lines(account: AccountLike, breakdown: Breakdown) -> list[dict[str, Any]]:
    parts = parts_of(account, breakdown)
    whole, why = whole_of(account, breakdown, parts)
    display, method = _display(account, parts, whole)
    common = {
        **identity(account), "measure": breakdown.key, "title": breakdown.title, "table": breakdown.table,
        "unit": account.unit, "whole": whole.amount(account.unit), "whole_label": breakdown.whole.label,
        "method": method, "conflict": conflict_words(account, whole),
    }  # fmt: skip
    base = whole.amount("元")
    shares = (
        {**_line(account, part), **_share(part, base, why), "display_share": display.get(part.key)} for part in parts
    )
    return [
        {**common, **line, "printed_agrees": agrees(line["printed_share"], line["amount"], common["whole"])}
        for line in shares
    ]


def _line(account: AccountLike, part: Part) -> dict[str, Any]:
    printed = part.printed.value.scaleb(-2) if part.printed is not None and part.printed.value is not None else None
    cell = part.found.cell
    return {
        "part_key": part.key, "code": part.code, "part": part.label, "state": cell.state if cell else "",
        "amount": part.found.amount(account.unit), "amount_yuan": part.found.amount("元"), "printed_share": printed,
        "origin": part.found.origin, "cell": cell,
    }  # fmt: skip


def _share(part: Part, base: Decimal | None, why: str) -> dict[str, Any]:
    amount = part.found.amount("元")
    if amount is None:
        return {"share": None, "why_blank": part.found.why_blank}
    if base is None or why:
        return {"share": None, "why_blank": why}
    return {"share": quotient(amount, base), "why_blank": ""}


def whole_of(account: AccountLike, breakdown: Breakdown, parts: list[Part]) -> tuple[Found, str]:
    """The whole, and why nothing can be a share of it: the printed one, else the sum when every part is known."""
    whole = find(account, breakdown.whole)
    known = [part.found.cell for part in parts if part.found.cell is not None and part.found.cell.is_number]
    if whole.why_blank and known and len(known) == len(parts) and len({cell.unit for cell in known}) == 1:
        total = sum((cell.number for cell in known), Decimal(0))
        width = sum((cell.half for cell in known), Decimal(0))
        whole = Found(Cell("number", total, known[0].unit, derived=True, width=width), "sum of parts")
    amount = whole.amount("元")
    if amount is None:
        return whole, whole.why_blank or UNKNOWN
    return whole, "zero_base" if amount == 0 else ""


def _display(account: AccountLike, parts: list[Part], whole: Found) -> tuple[dict[str, Decimal], str]:
    known = [part for part in parts if part.found.amount("元") is not None]
    base = whole.amount("元")
    if base is None or base == 0 or not known:
        return {}, ""
    values = [part.found.amount("元") or Decimal(0) for part in known]
    digits = max([part.printed.digits for part in parts if part.printed is not None], default=2) + 2
    digits = min([digits, *_allowed(known, whole, digits)])
    complete = len(known) == len(parts) and sum(values) != 0 and _adds_up(known, whole)
    shares = largest_remainder(values, digits) if complete else rounded(values, base, digits)
    method = "largest_remainder" if complete else "rounded"
    return {part.key: share for part, share in zip(known, shares)}, method


def _allowed(parts: list[Part], whole: Found, most: int) -> list[int]:
    """The digits that shares of derived amounts can show."""
    cells = [part.found.cell for part in parts if part.found.cell is not None]
    if whole.cell is None or not any(cell.derived for cell in (*cells, whole.cell)):
        return []
    return [allowed(interval(cell, "元"), interval(whole.cell, "元"), most) for cell in cells if cell.number != 0]


def _adds_up(parts: list[Part], whole: Found) -> bool:
    cells = [part.found.cell for part in parts if part.found.cell is not None]
    return whole.cell is not None and sum_of(cells, "元").meets(interval(whole.cell, "元"))
