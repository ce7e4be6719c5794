"""Units of money and how a printed text becomes a number, a blank or an unknown."""

import re
from decimal import Decimal, localcontext

from fiscal.errors import NumberUnreadable
from fiscal.model.cells import BLANK, NUMBER, UNKNOWN, Cell, Place

FACTORS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
UNKNOWN_MARK = "未公开"
MOST_DIGITS = 22  # of a number: no account has as many, and exact sums and quotients stay within 28

BLANK_MARKS = frozenset({"", "-", "--", "—", "——", "－", "–", "／", "/", "―"})
_DIGITS = str.maketrans("０１２３４５６７８９．％－−﹣＋﹪", "0123456789.%---+%")
_SEPARATORS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))|\s+")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)")


def convert(value: Decimal, unit: str, to: str) -> Decimal:
    """An amount in another unit, without loss. Both units are keys of FACTORS."""
    if unit == to:
        return value
    with localcontext() as context:
        context.prec = 60
        return value * FACTORS[unit] / FACTORS[to]


def plain(text: str) -> str:
    """The digits, point, percent and minus of a printed number in half-width form, separators removed."""
    half = text.translate(_DIGITS).replace("\u00a0", " ").replace("\u3000", " ").strip()
    return _SEPARATORS.sub("", _SEPARATORS.sub("", half))


def parse_amount(text: str | None, *, unit: str = "万元", place: Place | None = None, **marks) -> Cell:
    """Read one printed cell.

    "" and dashes give a blank, 未公开 an unknown, "0.00" the number 0.00 with its digits; "(3.20)" and "（3.20）"
    are negative; a bare "0" is exact. `unit` is the unit of the table; a printed % makes the unit "%".
    `marks` are further fields of Cell (origin, derived, confidence).
    Errors: NumberUnreadable, with the place, when the text is no number or longer than any account has one.
    """
    place = place or Place()
    printed = "" if text is None else str(text)
    short = plain(printed)
    if short in BLANK_MARKS:
        return Cell(BLANK, None, unit, printed, place)
    if UNKNOWN_MARK in short:
        return Cell(UNKNOWN, None, unit, printed, place)
    if short.endswith("%"):
        short, unit = short[:-1], "%"
    if len(short) > 2 and short[0] in "(（" and short[-1] in ")）":
        short = "-" + short[1:-1]
    if not _NUMBER.fullmatch(short) or len(short) > MOST_DIGITS:
        raise NumberUnreadable(
            place.label(), f"“{printed.strip()}” is not a number", "correct the cell, or write 未公开 or leave it blank"
        )
    return Cell(NUMBER, Decimal(short), unit, printed.strip(), place, exact=short in ("0", "+0", "-0"), **marks)
