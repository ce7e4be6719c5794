"""How a workbook shows a stored number: decimals, percent signs, dashes for zero."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

# The built-in formats of the standard that carry numbers; all other built-in ids are General, dates or text.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00", 8: "#,##0.00",
    9: "0%", 10: "0.00%",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 44: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
}  # fmt: skip
GENERAL = "General"
_NOISE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a number format: its decimals, or the literal text it shows instead of a number."""

    decimals: int
    percent: bool
    thousands: int
    literal: str | None = None


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a format code; () for General, text and dates: the number is shown as it is."""
    if code in ("", GENERAL, "@", "G/通用格式") or re.search(r"[ymdhs]", _NOISE.sub("", code), re.I):
        return ()
    return tuple(_section(part) for part in code.split(";")[:3])


def _section(part: str) -> Section:
    bare = _NOISE.sub("", part)
    if not re.search(r"[0#?]", bare) or not re.search(r"0|#", bare):
        literal = "".join(re.findall(r'"([^"]*)"', part)) or bare.replace("?", "").strip()
        return Section(0, False, 0, literal)
    scaling = len(re.search(r"(,*)[^0#?,]*$", bare)[1])  # type: ignore[index]
    point = re.search(r"\.([0#?]*)", bare)
    return Section(len(point[1]) if point else 0, "%" in bare, scaling)


def shown(value: float | int, code: str) -> tuple[str, int | None]:
    """(text, decimals) of a stored number; decimals None where the format fixes none (General).

    A format that shows zero as a dash or not at all gives that text: it is what stands on the page.
    """
    parts = sections(code)
    exact = Decimal(general(value))
    if not parts:
        return general(value), None
    part = parts[1] if exact < 0 and len(parts) > 1 else parts[2] if exact == 0 and len(parts) > 2 else parts[0]
    if part.literal is not None:
        return part.literal, part.decimals
    scaled = exact.scaleb(-3 * part.thousands) * (100 if part.percent else 1)
    rounded = scaled.quantize(Decimal(1).scaleb(-part.decimals), ROUND_HALF_UP)
    return f"{rounded:f}{'%' if part.percent else ''}", part.decimals


def general(value: float | int) -> str:
    """A number in the General format: up to 15 digits, no trailing zeros."""
    text = format(Decimal(format(value, ".15g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
