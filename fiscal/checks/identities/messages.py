"""The sentence of an outcome: the message of the identity with its slots filled in."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fiscal.checks.identities.context import Env
from fiscal.checks.identities.exact import ONE, UNITS, shown, unit_of
from fiscal.checks.identities.functions import Amount
from fiscal.checks.identities.lookups import code_of
from fiscal.checks.identities.references import label_of
from fiscal.dictionary.identities import catalogue, slot_words
from fiscal.dictionary.tables import catalogue as tables
from fiscal.model.cells import Cell
from fiscal.model.table import Row

if TYPE_CHECKING:
    from fiscal.checks.identities.kinds import Verdict
    from fiscal.checks.identities.plan import Part, Plan


class _Blanks(dict):
    def __missing__(self, key: str) -> str:
        return ""


def plain(value: Any) -> str:
    """A value of either side as it is shown."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Amount):
        return _sum(value)
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value)


def _sum(value: Amount) -> str:
    """The one printed number, or the sum of several."""
    cells = value.cells
    if len(cells) == 1:
        return str(cells[0]) or "空白"
    unit = unit_of(cells)
    number = value.number() / UNITS.get(unit, 1)
    return f"{shown(number * ONE * UNITS.get(unit, 1), unit, max((cell.digits for cell in cells), default=0)):f}"


def message(plan: "Plan", part: "Part", env: Env, told: tuple["Verdict", list[Cell]]) -> str:
    """The filled message. Slots that have no value stay empty."""
    verdict, cells = told
    left, right = verdict.actual, verdict.expected
    if left is None and worded(env.sides) and (part.direct or not cells):
        left, right = env.sides
    elif left is None and cells:
        left, right = cells[0].value, cells[1].value if len(cells) > 1 else None
    elif left is None and isinstance(env.r, dict) and isinstance(env.r.get("value"), Cell):
        left = env.r["value"]  # type: ignore[assignment]
    if right is None and verdict.reason == "base 0":
        right = "（基数为0，无法计算）"  # type: ignore[assignment]
    slots = _Blanks(
        a=_printed(left, cells), b=_printed(right, cells), diff=plain(verdict.difference),
        unit=_unit(cells, plan.identity.message), should=_should(env),
        row=_row(env, cells), col=_column(env, cells), table=_title(plan.table or part.sides[0]),
        other=_title(part.sides[1]), text=_text(part, env, cells), year=str(env.facts.year or ""),
        name=_name(part, env, about_tables=plan.identity.id.startswith("disc.tables")),
    )  # fmt: skip
    return plan.identity.message.format_map(slots)


def worded(sides: list) -> bool:
    """Whether the two sides are something to show: words or numbers, not whether each side holds."""
    return bool(sides) and not isinstance(sides[0], bool)


def _printed(value: Any, cells: list[Cell]) -> str:
    """A side as it is shown: with the printed digits where it is one printed number (30, not 30.00)."""
    if isinstance(value, Decimal):
        unit = unit_of(cells)
        value = next((c.value for c in cells if c.value == value and c.unit == unit), value)
    return plain(value)


def _unit(cells: list[Cell], template: str) -> str:
    """The unit of the terms; a percent sign only where the template prints none of its own."""
    unit = unit_of(cells)
    return "" if unit == "%" and "}%" in template else unit


def _should(env: Env) -> str:
    """The year that a mention should carry: the fiscal year, or the one before in a comparison."""
    role = env.r.get("role") if isinstance(env.r, dict) else ""
    year = env.facts.year
    return "" if not year else str(year - 1 if role == "previous" else year)


def _row(env: Env, cells: list[Cell]) -> str:
    if env.r:
        code = code_of(env.r) if isinstance(env.r, Row) else env.r.get("code") or ""
        return f"“{code}{label_of(env.r).strip('“”')}”"
    return next((f"“{cell.place.row}”" for cell in cells if cell.place.row), "")


def _column(env: Env, cells: list[Cell]) -> str:
    if env.c:
        return f"“{env.sheet.labels.get(env.c, env.c) if env.sheet else env.c}”"
    return next((f"“{cell.place.column}”" for cell in cells if cell.place.column), "")


def _title(table: str) -> str:
    return tables()[table].title if table in tables().entries else table


def _text(part: "Part", env: Env, cells: list[Cell]) -> str:
    if isinstance(env.r, dict):
        for value in env.r.values():
            if isinstance(value, Cell) and value.place.text:
                return value.place.text
    found = next((cell.place.text for cell in cells if cell.place.text), "")
    stated = next((env.facts.words[slot][0] for slot in part.slots if env.facts.words.get(slot)), "")
    return found or plain(env.sides[0] if env.sides else "") or stated


def _name(part: "Part", env: Env, *, about_tables: bool) -> str:
    if env.names:
        zh = catalogue().sections
        words = {} if about_tables else {**zh["names"], **zh["part_names"]}
        return "、".join(_title(words.get(name, name)) for name in env.names)
    if isinstance(env.r, dict) and isinstance(env.r.get("slot"), str):
        return slot_words(str(env.r["slot"])) or str(env.r["slot"])
    if env.r:
        return label_of(env.r)
    return "、".join(slot_words(slot) or slot for slot in part.slots[:1])
