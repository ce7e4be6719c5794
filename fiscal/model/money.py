"""Units of money and how a printed text becomes a number, a blank or an unknown."""

import re
from decimal import Decimal, localcontext
from functools import lru_cache

from fiscal.errors import NumberUnreadable
from fiscal.model.cells import BLANK, NUMBER, UNKNOWN, Cell, Place
from fiscal.model.printed import half_width

FACTORS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
UNKNOWN_MARK = "未公开"
MOST_DIGITS = 22  # of a number: no account has as many, and exact sums and quotients stay within 28

BLANK_MARKS = frozenset({"", "-", "--", "/"})  # as `plain` writes them: every dash is one sign
_UNITS = {**{unit: unit for unit in FACTORS}, "万": "万元", "亿": "亿元", "%": "%"}
_SEPARATORS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SPACED = re.compile(r"[-+]?\d{1,3}(?:[ ]\d{3})+\.\d+")  # 1 234.56: blanks between thousands
_LOOSE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_MASK = re.compile(r"\*+|[*×xX]{2,}")
_CURRENCY, _DIGITS, _UNIT = r"(?:¥|\$|RMB|人民币)?", r"\d+(?:\.\d+)?|\.\d+", r"亿元|万元|千元|元|万|亿|%"
_NUMBER = re.compile(
    rf"{_CURRENCY}(?:(?P<sign>[-+△▲]?){_CURRENCY}(?P<digits>{_DIGITS})(?P<unit>{_UNIT})?(?P<after>-?)"
    rf"|\((?P<inner>{_DIGITS})(?P<inner_unit>{_UNIT})?\)(?P<outer_unit>%)?)"
    r"(?:[①-⑳*※]|\(?注\d{0,2}\)?|\[\d{1,2}\])?"
)


def convert(value: Decimal, unit: str, to: str) -> Decimal:
    """An amount in another unit, without loss. Both units are keys of FACTORS."""
    if unit == to:
        return value
    with localcontext() as context:
        context.prec = 60
        return value * FACTORS[unit] / FACTORS[to]


def in_unit(cell: Cell, unit: str) -> Decimal:
    """What a cell counts in a sum, in `unit` where both are money; a blank is 0. Not defined for an unknown."""
    return convert(cell.number, cell.unit, unit) if cell.unit in FACTORS and unit in FACTORS else cell.number


def in_yuan(cell: Cell) -> Decimal | None:
    """The printed sum of money in 元; None where there is none."""
    return convert(cell.value, cell.unit, "元") if cell.value is not None and cell.unit in FACTORS else None


def plain(text: str) -> str:
    """A printed number in half-width form without separators of thousands; blanks between two digits stay."""
    short = _LOOSE.sub("", half_width(text).strip())
    short = short.replace(" ", "") if _SPACED.fullmatch(short) else short
    return _SEPARATORS.sub("", _SEPARATORS.sub("", short))


@lru_cache(maxsize=8192)
def number_in(text: str) -> tuple[str, str, str] | None:
    """(sign, digits, unit) of a text that is one number and nothing else, else None.

    The sign is "-", "" or the triangle by which some forms print what is negative; the unit is "" unless printed with
    the number. Two numbers apart by a blank or a line end are none.
    """
    found = _NUMBER.fullmatch(plain(text))
    if found is None:
        return None
    if found["inner"]:
        return "-", found["inner"], _UNITS.get(found["inner_unit"] or found["outer_unit"] or "", "")
    sign = "-" if found["after"] else found["sign"].strip("+")
    return sign, found["digits"], _UNITS.get(found["unit"] or "", "")


def parse_amount(
    text: str | None, *, unit: str = "万元", place: Place | None = None, triangle: bool = False, **marks
) -> Cell:
    """Read one printed cell.

    "" and dashes give a blank, 未公开 and masks (**, ××) an unknown, "0.00" the number 0.00 with its digits; "(3.20)",
    "3.20-" and "（3.20）" are negative; a bare "0" is exact. `unit` is the unit of the table; one printed in the cell
    (%, 万元 …) goes before it. `triangle`: the form says that △ means negative.
    `marks` are further fields of Cell (origin, derived, confidence).
    Errors: NumberUnreadable, with the place, when the text is not one number, or longer than any account has one.
    """
    place = place or Place()
    printed = "" if text is None else str(text)
    short = plain(printed)
    if short in BLANK_MARKS:
        return Cell(BLANK, None, unit, printed, place)
    if UNKNOWN_MARK in short or _MASK.fullmatch(short):
        return Cell(UNKNOWN, None, unit, printed, place)
    found = number_in(printed)
    if found is None or len(found[1]) > MOST_DIGITS or (found[0] in ("△", "▲") and not triangle):
        raise NumberUnreadable(
            place.label(), f"“{printed.strip()}” is not a number", "correct the cell, or write 未公开 or leave it blank"
        )
    sign, digits, own = found
    value = Decimal(("-" if sign else "") + digits)
    return Cell(NUMBER, value, own or unit, printed.strip(), place, exact=digits == "0", **marks)
