"""Finding the numbers of a paragraph: amounts, percents, counts, and what only looks like one."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from fiscal.dictionary.patterns import patterns
from fiscal.model.money import MOST_DIGITS
from fiscal.model.numerals import chinese

MONEY, PERCENT, POINTS, TIMES, COUNT, BARE = "money", "percent", "points", "times", "count", "bare"
_UNITS = {"亿元": "亿元", "万元": "万元", "千元": "千元", "元": "元", "万": "万元", "亿": "亿元"}
_NUMERAL = "一二两三四五六七八九十百千零"
_CHINESE = rf"[{_NUMERAL}]{{1,12}}+"
_RANGE = re.compile(r"[\d%元](?:-|—|–|~|～|至|到)$")
_RANGE_GOES_ON = re.compile(r"(?:-|—|–|~|～|至)\d")
_JOINED = re.compile("[、，,]|和|及")
_ABOUT = re.compile(r"(?:(?<!节)约|将近|接近|近)(?:为)?$")


@dataclass(frozen=True, slots=True)
class Token:
    """One number in the working text.

    form        money, percent, points (个百分点), times (倍), count (with a counter word) or bare (no unit)
    value       None where the digits are no number (12..34) or more than an account has
    unit        元 … 亿元, %, 个百分点, or "" ; `counter` is the counter word
    approximate 约, 近, 余, 多, 以上
    ranged      one end of a range
    """

    start: int
    end: int
    form: str
    value: Decimal | None
    unit: str = ""
    counter: str = ""
    approximate: bool = False
    ranged: bool = False
    scale: int = 0


@cache
def _number() -> re.Pattern[str]:
    counters = sorted(patterns().lexicons["counters"], key=len, reverse=True)
    counted = "|".join(re.escape(counter) for counter in counters)
    digits = r"(?P<sign>[-负])?(?P<digits>\d+(?:\.+\d+|[OoIl]\d+)*)"
    return re.compile(
        rf"{digits}(?P<more>余|多)?(?:(?P<points>个?百分点)|(?P<percent>%)|(?P<times>倍)"
        rf"|(?P<money>亿元|千元|元(?![素旦宵])|万(?:[余多]万?)?元|亿[余多]元)"
        rf"|(?P<scaled>万|亿)?[余多]?(?P<counter>{counted})|(?P<short>万|亿)(?![\u4e00-\u9fff]))?"
        rf"|(?<![{_NUMERAL}])(?P<chinese>{_CHINESE}(?:[亿万]{_CHINESE})?)(?P<chinese_unit>亿元|万元|元(?![素旦宵化]))"
    )


@cache
def _mask() -> re.Pattern[str]:
    joined = "|".join(pattern.pattern for pattern in patterns().masks)
    return re.compile(re.sub(r"\(\?P<\w+>", "(?:", joined))


def tokens(text: str) -> list[Token]:
    """All numbers of a working text, years, dates, codes and thresholds left out. In order, without overlap."""
    masked = [found.span() for found in _mask().finditer(text)]
    found_tokens, at = [], 0
    for found in _number().finditer(text):
        start = found.start()
        while at < len(masked) and masked[at][1] <= start:
            at += 1
        if at < len(masked) and masked[at][0] < found.end() and start < masked[at][1]:
            continue
        found_tokens.append(_token(found, text))
    return _shared_units(found_tokens, text)


def _shared_units(found: list[Token], text: str) -> list[Token]:
    """Several values with one unit at the end (520.30、518.10万元): each has it."""
    for number in range(len(found) - 2, -1, -1):
        token, after = found[number], found[number + 1]
        joined = _JOINED.fullmatch(text, token.end, after.start)
        if token.form == BARE and joined and after.unit and "." in text[token.start : token.end]:
            found[number] = replace(token, form=after.form, unit=after.unit)
    return found


def _token(found: re.Match[str], text: str) -> Token:
    start, end = found.span()
    if found["chinese"]:
        digits, unit = found["chinese"], found["chinese_unit"]
        if re.search("[亿万]", digits):  # 一亿二千万元: in yuan
            digits, unit = digits + unit[:-1], "元"
        return Token(start, end, MONEY, Decimal(chinese(digits)), unit)
    if found["sign"] == "-" and start and text[start - 1] in "0123456789%元年月号）)":
        start += 1
    before = text[max(0, start - 4) : start]
    ranged = bool(_RANGE.search(text[max(0, start - 2) : start]) or _RANGE_GOES_ON.match(text, end))
    about = bool(found["more"] or _ABOUT.search(before)) or text[end : end + 2] in ("左右", "以上", "以下", "以内")
    form, unit, counter = _form(found)
    about = about or "余" in found.group() or "多" in found.group()
    scale = {"万": 4, "亿": 8}.get(found["scaled"] or "", 0) if form == COUNT else 0
    value = _value(found, signed=start == found.start())
    return Token(start, end, form, value, unit, counter, about, ranged, scale)


def _form(found: re.Match[str]) -> tuple[str, str, str]:
    """Form, unit and counter word."""
    if found["percent"]:
        return PERCENT, "%", ""
    if found["points"]:
        return POINTS, "个百分点", ""
    if found["times"]:
        return TIMES, "%", ""
    if found["money"] or found["short"]:
        unit = (found["money"] or found["short"]).replace("余", "").replace("多", "").replace("万万", "万")
        return MONEY, _UNITS[unit], ""
    return (COUNT, "", found["counter"]) if found["counter"] else (BARE, "", "")


def _value(found: re.Match[str], *, signed: bool) -> Decimal | None:
    digits = found["digits"]
    if len(digits) > MOST_DIGITS or not re.fullmatch(r"\d+(?:\.\d+)?", digits):
        return None
    return -Decimal(digits) if found["sign"] and signed else Decimal(digits)
