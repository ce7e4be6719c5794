"""Colours, the font, sizes, and how numbers are written on marks."""

from decimal import Decimal
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags

from fiscal.model.rounding import round_to

AMOUNT, UP, DOWN = "#0f5c63", "#2f6f9f", "#a65a2a"
TINTS = (AMOUNT, "#5f9297", "#9fc0c3")  # 类, 款, 项: told apart in grey print too
GREY, INK, SOFT = "#9aa5ab", "#1d2327", "#5b666e"
WIDTH = 390.0  # points; at 328 CSS px (a phone) the text keeps more than four fifths of its size
TITLE, BODY, SMALL = 15.5, 13.0, 11.5
UNKNOWN = "未公开"
_NO_LINE_START = frozenset("，。、；：）》”’%·")
_NO_LINE_END = frozenset("（《“‘")


@cache
def font_path() -> Path:
    """Noto Sans SC as shipped in the zhplot wheel; the package itself is not imported, it would change rcParams."""
    spec = find_spec("zhplot")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("zhplot, which carries the Chinese font of the charts, is not installed")
    return Path(spec.submodule_search_locations[0]) / "fonts" / "NotoSansSC-Regular.ttf"


def font(size: float) -> FontProperties:
    """The font by its file: seaborn and rcParams cannot replace it."""
    return FontProperties(fname=str(font_path()), size=size)


@cache
def _face() -> FT2Font:
    face = FT2Font(str(font_path()))
    face.set_size(100, 72)
    return face


@lru_cache(maxsize=4096)
def _advance(character: str) -> float:
    if not _face().get_char_index(ord(character)):
        return 1.0  # the font has no such character; the box drawn in its place is no wider
    return _face().load_char(ord(character), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / 100


def text_width(text: str, size: float) -> float:
    """Width of one line in points."""
    return sum(_advance(character) for character in text) * size


def wrap(text: str, width: float, size: float) -> list[str]:
    """Lines no wider than `width` points; closing marks do not begin a line, opening ones do not end it."""
    lines = [""]
    for character in text:
        if not lines[-1] or text_width(lines[-1] + character, size) <= width:
            lines[-1] += character
            continue
        keep = len(lines[-1])
        while keep > 1 and ((lines[-1] + character)[keep] in _NO_LINE_START or lines[-1][keep - 1] in _NO_LINE_END):
            keep -= 1
        lines[-1:] = [lines[-1][:keep], lines[-1][keep:] + character]
    return lines


def balanced(text: str, width: float, size: float) -> list[str]:
    """`wrap` with lines of about equal length, or broken before a bracket: no single character on the last line."""
    count = len(wrap(text, width, size))
    head, bracket, tail = text.partition("（")
    if count == 2 and head and max(text_width(head, size), text_width(bracket + tail, size)) <= width:
        return [head, bracket + tail]
    narrow = text_width(text, size) / count
    while len(wrap(text, narrow, size)) > count:
        narrow += size / 4
    return wrap(text, min(narrow, width), size)


def number(value: Decimal) -> str:
    """An amount with its printed digits, at most two; thousands apart; a true minus."""
    shown = round_to(value, 2) if -int(value.as_tuple().exponent) > 2 else value
    return f"{shown:,f}".replace("-", "−")


def measured(value: Decimal | float) -> str:
    """A measure: a Decimal as `number`, a float with two decimals or none."""
    if isinstance(value, Decimal):
        return number(value)
    rounded = round_to(Decimal(repr(value)), 2)
    return number(round_to(rounded, 0) if rounded == rounded.to_integral_value() else rounded)


def signed(value: Decimal) -> str:
    """A change with its sign."""
    return f"+{number(value)}" if value > 0 else number(value)


def percent(share: Decimal | float) -> str:
    """A ratio as percent: a printed one with its digits (0.8677 → 86.77%, 1.00 → 100%), a float with two."""
    exact = isinstance(share, Decimal) and -6 < int(share.as_tuple().exponent) <= -2
    digits = -int(share.as_tuple().exponent) - 2 if exact and isinstance(share, Decimal) else 2
    return f"{round_to(Decimal(str(share)) * 100, digits):f}%".replace("-", "−")


def unit_of(value: str) -> str:
    """The unit a measure's name says: 元 for `_yuan`, 万元 for `_wan`, % for `_share` and `_rate`, else ""."""
    if value.endswith("_wan"):
        return "万元"
    return "元" if value.endswith("_yuan") else "%" if value.endswith(("_share", "_rate")) else ""


def plain(text: str) -> str:
    """For sentences: an ordinary minus, no thousands separators."""
    return text.replace("−", "-").replace(",", "")
