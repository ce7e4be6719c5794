"""What a workbook shows of a stored number: the printed text decides, not the stored value."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from fiscal.readers.excel.format_code import (
    COMMA,
    DATE,
    DIGIT,
    GENERAL,
    PERCENT,
    POINT,
    TEXT,
    Condition,
    Section,
    Token,
    sections,
)

# The built-in formats of the standard that carry numbers; all other built-in ids are General, dates or text.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00", 8: "#,##0.00",
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 44: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "0.0E+0", 49: "@",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy/m/d"),
}  # fmt: skip
LARGEST = 22  # digits before the point; the accounts of a country have sixteen
_ZERO, _MINUS = Condition("<", Decimal(0)), "-"
_EPOCH, _LAST_DAY = datetime(1899, 12, 30), 2_958_465


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in a cell.

    text      as printed, without separators of thousands; "" for nothing
    decimals  printed decimals, None where the format fixes none (General)
    unread    why it cannot be told what is printed, in Chinese, or ""
    """

    text: str
    decimals: int | None = None
    unread: str = ""


def shown(value: float | int | str | Decimal, code: str, *, from_1904: bool = False) -> Shown:
    """What a format code shows of a stored number; a code outside the known language shows nothing that is known."""
    exact = Decimal(general(value))
    if exact and exact.adjusted() > LARGEST:
        return Shown("", unread="存储的数过大，不是金额")
    parts = _numeric(code)
    chosen = _choose(parts, exact) if parts else (Section(((GENERAL, "General"),), None), False)
    if chosen is None:
        return Shown("", unread=f"数字格式 {code} 没有适用于此数的一节")
    part, says_sign = chosen
    if part.strange:
        return Shown("", unread=f"数字格式 {code} 中的“{part.strange}”不在可读的写法之内：请改为一般的数字格式")
    if DATE in part.kinds:
        text = day(exact, from_1904=from_1904)
        return Shown(text, unread=f"数字格式 {code} 把它显示为日期或时间（{text}），不是金额：请改为数字格式")
    if exact < 0 and not says_sign and len(parts) > 1 and any(part.condition for part in parts):
        return Shown("", unread=f"数字格式 {code} 的条件没有说明负数如何显示：请改为一般的数字格式")
    text, decimals = _text(part, abs(exact) if says_sign else exact)
    if not text and exact:
        return Shown("", unread=f"数字格式 {code} 不显示此数：请改为一般的数字格式")
    return Shown(text, decimals)


@lru_cache(maxsize=1024)
def _numeric(code: str) -> tuple[Section, ...]:
    """The sections for numbers: of four the last is for texts, and so is one of @ after others."""
    parts = sections(code) if code else ()
    if len(parts) == 4 or (len(parts) > 1 and (GENERAL, "@") in parts[-1].tokens):
        return parts[:-1]
    return parts


def _choose(parts: tuple[Section, ...], value: Decimal) -> tuple[Section, bool] | None:
    """The section for a number, and whether it says the sign itself; None where no section takes the number."""
    first, *rest = parts
    own = first.condition
    if not rest:
        return (first, bool(own and own.below_zero)) if own is None or own.holds(value) else None
    second, last = rest[0], rest[-1]
    default = Condition(">=" if len(parts) == 2 and second.condition is None else ">", Decimal(0))
    if (own or default).holds(value):
        return first, bool(own and own.below_zero)
    if len(parts) == 2 and second.condition is None:
        return second, own is None or (own.sign in (">", ">=") and own.limit == 0)
    condition = second.condition or _ZERO
    if condition.holds(value):
        return second, condition.below_zero
    return (last, False) if len(parts) == 3 else None


def _text(part: Section, value: Decimal) -> tuple[str, int | None]:
    """The printed text of one section, and its decimals."""
    sign = _MINUS if value < 0 else ""
    if GENERAL in part.kinds:
        text = "".join(general(abs(value)) if kind == GENERAL else text for kind, text in part.tokens if kind != COMMA)
        return (sign + text).strip(), None
    if DIGIT not in part.kinds:
        text = "".join(text for kind, text in part.tokens if kind in (TEXT, PERCENT, POINT, COMMA))
        return (sign + text if text.strip() else "").strip(), 0
    scale = 2 * sum(kind == PERCENT for kind, _ in part.tokens) - 3 * _thousands(part.tokens)
    whole, fraction = _halves(part.tokens)
    places = sum(kind == DIGIT for kind, _ in fraction)
    number = abs(value).scaleb(scale).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    before, _, after = f"{number:f}".partition(".")
    laid = _whole(whole, "" if before == "0" else before) + _fraction(fraction, after)
    text = (sign if number else "") + laid
    return text.strip(), _decimals(text.strip())


def _thousands(tokens: tuple[Token, ...]) -> int:
    """Commas behind the last place of the whole or of the fraction divide by a thousand each."""
    count, last = 0, max(index for index, token in enumerate(tokens) if token[0] == DIGIT)
    point = next((index for index, token in enumerate(tokens) if token[0] == POINT), None)
    ends = {last} | ({max((i for i in range(point) if tokens[i][0] == DIGIT), default=-1)} if point else set())
    for end in ends:
        following = end + 1
        while 0 < following < len(tokens) and tokens[following][0] == COMMA:
            count, following = count + 1, following + 1
    return count


def _halves(tokens: tuple[Token, ...]) -> tuple[list[Token], list[Token]]:
    """The tokens before the point, and those from it on."""
    cut = next((index for index, token in enumerate(tokens) if token[0] == POINT), len(tokens))
    return list(tokens[:cut]), list(tokens[cut:])


def _whole(tokens: list[Token], digits: str) -> str:
    """The places of the whole filled from the right; what is left over goes before the first place."""
    printed: list[str] = []
    first = next((index for index, token in enumerate(tokens) if token[0] == DIGIT), None)
    for index in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[index]
        if kind == DIGIT:
            taken, digits = (digits, "") if index == first else (digits[-1:], digits[:-1])
            printed.append(taken or {"0": "0", "?": " "}.get(text, ""))
        elif kind != COMMA:
            printed.append(text)
    return digits + "".join(reversed(printed))


def _fraction(tokens: list[Token], digits: str) -> str:
    """The point and the places after it; # shows no zeros at the end, ? shows them as blanks."""
    places = [text for kind, text in tokens if kind == DIGIT]
    kept = len(digits)
    while kept and digits[kept - 1] == "0" and places[kept - 1] != "0":
        kept -= 1
    printed, index = "", 0
    for kind, text in tokens:
        if kind == DIGIT:
            printed += digits[index] if index < kept else ""
            index += 1
        elif kind == POINT:
            printed += text if kept or "0" in places else ""
        elif kind != COMMA:
            printed += text
    return printed


def _decimals(text: str) -> int:
    """Digits behind the printed point."""
    _, point, rest = text.rpartition(".")
    count = 0
    while point and count < len(rest) and rest[count].isdigit():
        count += 1
    return count


def day(value: Decimal, *, from_1904: bool = False) -> str:
    """The date that a stored number is, as it is written in Chinese; "" where it is none."""
    number = int(value) + (1462 if from_1904 else 0)
    if not 0 < number <= _LAST_DAY:
        return ""
    date = _EPOCH + timedelta(days=number + (number < 60))
    return f"{date.year}年{date.month}月{date.day}日"


def general(value: float | int | str | Decimal) -> str:
    """A number in the General format: up to 15 digits, no trailing zeros."""
    number = value if isinstance(value, Decimal) else Decimal(value) if isinstance(value, str) else None
    short = Decimal(format(float(value) if number is None else number, ".15g"))
    if not short or short.adjusted() > LARGEST:
        return "0" if not short else str(short)
    text = format(short, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
