"""How each kind of identity is judged: copy, row_copy, sum, percent, bound. Exact conditions need no judge.

The wording of every rule is `rounding` and `kinds` in the dictionary's identities.yaml; this module follows it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fiscal.checks.identities.exact import ONE, Constant, Scaled, Skip, Terms, merged, shown, size, unit_of
from fiscal.checks.identities.exact import unknown as without
from fiscal.checks.identities.ratios import Percents, Ratio, percents, value_of
from fiscal.model.cells import BLANK, Cell
from fiscal.model.finding import FAILED, PASSED, ROUNDING


@dataclass(slots=True)
class Verdict:
    """How one part came out. `severity` overrides the identity's; values are in the unit of the left side."""

    outcome: str
    reason: str = ""
    severity: str = ""
    actual: Decimal | None = None
    expected: Decimal | None = None
    difference: Decimal | None = None
    intervals: str = ""


PASS = Verdict(PASSED)
Side = tuple[int | Fraction, int | Fraction]


def refuse_unusable(terms: Terms, *, unknown_ok: bool = False) -> bool:
    """Errors: Skip for blank instances, unknown and approximate numbers. True if unknown terms were let through."""
    unknown = False
    filled = False
    for _, cell in terms:
        if cell.is_unknown:
            unknown = True
        elif cell.approximate:
            raise Skip("approximate")
        elif cell.state != BLANK and type(cell) is not Constant:
            filled = True
    if unknown and (not (unknown_ok and filled) or any(cell.is_unread for _, cell in terms)):
        raise without(cell for _, cell in terms)
    if not filled:
        raise Skip("blank")
    return unknown


def same_source(left: Terms, right: Terms, sources: dict[int, str]) -> bool:
    """Both sides come from one statement, so their equality says nothing. `sources`: id of a stated cell → slot.

    Two statements of one slot are two sources; only a table cell that was filled from a statement shares its source.
    """
    cells = [[cell for _, cell in side if cell.state != BLANK] for side in (left, right)]
    if not any(cell.origin for side in cells for cell in side):
        return False
    origins = [{cell.origin or sources.get(id(cell), "") for cell in side} for side in cells]
    return origins[0] == origins[1] and len(origins[0]) == 1 and "" not in origins[0]


def judge_sum(left: Terms, right: Terms, scaled: Scaled, *, single: str = "copy") -> Verdict:
    """Left == right as sums of intervals; one printed number on each side is judged as two prints of one number."""
    terms = left + [(-weight, cell) for weight, cell in right]
    both = merged(terms)
    gap: int | Fraction = 0
    width: int | Fraction = 0
    zeros: int | Fraction = 0
    counted: list[tuple[int | Fraction, Cell]] = []
    on_left = 0
    for index, (weight, cell) in enumerate(both):
        if cell.state == BLANK or not weight:
            continue
        value, half, _ = scaled(cell)
        gap += weight * value
        if value:
            width += size(weight) * half
            counted.append((weight, cell))
            on_left += index < len(left)
        else:
            zeros += size(weight) * half
    alone = len(counted) == 2 and on_left == 1 and len(both) == len(terms)
    if alone and counted[0][0] == -counted[1][0]:
        return judge_copy(counted[0][1], counted[1][1], scaled, rows=single == "row_copy")
    if gap == 0:
        return PASS
    if size(gap) <= width:
        return _told(Verdict(ROUNDING, "interval"), left, right, scaled)
    if size(gap) <= width + zeros:
        return _told(Verdict(FAILED, "printed zero", "warning"), left, right, scaled)
    return _told(Verdict(FAILED), left, right, scaled)


def judge_copy(left: Cell, right: Cell, scaled: Scaled, *, rows: bool = False) -> Verdict:
    """Two prints of one quantity: the finer, rounded to the digits of the coarser, equals the coarser."""
    (a, half_a, step_a), (b, half_b, step_b) = scaled(left), scaled(right)
    if a == b:
        return PASS
    told = _pair(left, right, scaled)
    if rows or step_a < 0 or step_b < 0:
        touch = abs(a - b) <= half_a + half_b
        if not touch:
            return told(Verdict(FAILED))
        return told(Verdict(ROUNDING, "last digit", "info") if rows else Verdict(ROUNDING, "interval"))
    step = max(step_a, step_b)
    if step == 0 or step_a == step_b:
        return told(Verdict(FAILED))
    fine, coarse = (a, b) if step == step_b else (b, a)
    if _rounded(fine, step) == coarse:
        return told(PASS)
    if _cut(fine, step) == coarse:
        return told(Verdict(ROUNDING, "cut off", "info"))
    return told(Verdict(FAILED))


def _rounded(value: int, step: int) -> int:
    """Half up, away from zero for negative values."""
    sign = -1 if value < 0 else 1
    return sign * ((abs(value) + step // 2) // step * step)


def _cut(value: int, step: int) -> int:
    sign = -1 if value < 0 else 1
    return sign * (abs(value) // step * step)


def _pair(left: Cell, right: Cell, scaled: Scaled) -> Callable[[Verdict], Verdict]:
    def told(verdict: Verdict) -> Verdict:
        if verdict is PASS:
            return PASS
        return _told(verdict, [(1, left)], [(1, right)], scaled)

    return told


def judge_copies(left: Terms, right: Terms, scaled: Scaled, *, rows: bool = False) -> Verdict:
    """Copy between two single figures; sums on either side are judged as sums."""
    if len(left) == len(right) == 1 and left[0][0] == right[0][0]:
        return judge_copy(left[0][1], right[0][1], scaled, rows=rows)
    return judge_sum(left, right, scaled, single="row_copy" if rows else "copy")


def judge_known(left: Terms, right: Terms, scaled: Scaled) -> Verdict:
    """An equality with unknown parts on one side that cannot be negative: known parts <= the other side."""
    parts, whole = (left, right) if any(cell.is_unknown for _, cell in left) else (right, left)
    known = [(weight, cell) for weight, cell in parts if not cell.is_unknown]
    if any(cell.is_unknown for _, cell in whole) or any(weight < 0 for weight, _ in parts):
        raise without(cell for _, cell in (*left, *right))
    if all(cell.is_blank for _, cell in known) or all(cell.is_blank for _, cell in whole):
        raise without(cell for _, cell in (*left, *right))
    return judge_bound(known, whole, scaled, "<=", reason="unknown parts")


def judge_bound(left: Terms, right: Terms, scaled: Scaled, op: str, *, reason: str = "") -> Verdict:
    """Fails only when no values within the printed digits can make it true."""
    if op in (">", ">="):
        left, right, op = right, left, {">": "<", ">=": "<="}[op]
    gap: int | Fraction = 0
    width: int | Fraction = 0
    for weight, cell in merged(left + [(-weight, cell) for weight, cell in right]):
        value, half, _ = scaled(cell)
        gap += weight * value
        width += size(weight) * half
    broken = gap - width > 0 if op == "<=" else gap - width >= 0 and (gap > 0 or width == 0)
    return _told(Verdict(FAILED, reason), left, right, scaled) if broken else Verdict(PASSED, reason)


def judge_percent(left: Terms, ratio: "Ratio | list[Ratio]", scaled: Scaled) -> Verdict:
    """A printed percent against a quotient; of several admissible bases the one that fits best."""
    ratios = ratio if isinstance(ratio, list) else [ratio]
    verdicts, skipped = [], None
    for one in ratios:
        try:
            verdicts.append(_percent(left, percents(one, scaled), scaled))
        except Skip as skip:
            skipped = skipped or skip
    if not verdicts:
        raise skipped or Skip("undefined")
    return min(verdicts, key=lambda verdict: (PASSED, ROUNDING, FAILED).index(verdict.outcome))


def _percent(left: Terms, allowed: Percents, scaled: Scaled) -> Verdict:
    if len(left) != 1:
        raise Skip("not applicable", "a percent stands alone on the left")
    cell = left[0][1]
    value, half, _ = scaled(cell)
    printed, width = Fraction(value, ONE), Fraction(half, ONE)
    if allowed.also or allowed.point is None:
        if printed in allowed.also:
            return Verdict(ROUNDING, "style", "info", cell.value) if allowed.style else PASS
        return Verdict(FAILED, "base 0", actual=cell.value)
    nearest = nearest_percent(allowed.point, cell.digits)
    if nearest == cell.value:
        return PASS
    low, high = _decimal(allowed.low, cell.digits + 4), _decimal(allowed.high, cell.digits + 4)
    text = f"[{cell.number - cell.half:f}, {cell.number + cell.half:f}] 与 [{low:f}, {high:f}]"
    difference = cell.number - nearest
    if allowed.low <= printed + width and printed - width <= allowed.high:
        return Verdict(ROUNDING, "nearest", "info", cell.value, nearest, difference, text)
    return Verdict(FAILED, "", "", cell.value, nearest, difference, text)


def nearest_percent(point: Fraction, digits: int) -> Decimal:
    """The percent rounded half up to the printed digits."""
    scale = 10**digits
    sign = -1 if point < 0 else 1
    whole = (abs(point) * scale * 2 + 1) // 2
    return Decimal(sign * int(whole)).scaleb(-digits)


def _decimal(value: Fraction, digits: int) -> Decimal:
    return nearest_percent(value, min(digits, 8))


def _told(verdict: Verdict, left: Terms, right: Terms, scaled: Scaled) -> Verdict:
    values = value_of(left, scaled), value_of(right, scaled)
    return _described(verdict, (left, right), values, scaled=scaled)


def _described(verdict: Verdict, sides: tuple[Terms, Terms], values: Side, *, scaled: Scaled) -> Verdict:
    """Values of both sides in the unit of the left one, and the intervals they stand for."""
    cells = [cell for side in sides for _, cell in side]
    unit = unit_of(cells)
    digits = max((cell.digits for cell in cells if cell.unit == unit and not cell.exact), default=0)
    verdict.actual, verdict.expected = (shown(value, unit, digits) for value in values)
    verdict.difference = verdict.actual - verdict.expected
    half = shared_half(sides[0], scaled), shared_half(sides[1], scaled)
    verdict.intervals = " 与 ".join(_interval_text(*pair, unit, digits) for pair in zip(values, half))
    return verdict


def shared_half(terms: Terms, scaled: Scaled) -> int | Fraction:
    """The half width of a side: the half units of its terms, weighted."""
    return sum(size(weight) * scaled(cell)[1] for weight, cell in merged(terms))


def _interval_text(value: int | Fraction, half: int | Fraction, unit: str, digits: int) -> str:
    return f"[{shown(value - half, unit, digits):f}, {shown(value + half, unit, digits):f}]"
