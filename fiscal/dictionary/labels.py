"""Comparing printed labels: one normal form for titles, headers and row labels."""

import re
from functools import lru_cache

_SAME = str.maketrans({"(": "（", ")": "）", "﹙": "（", "﹚": "）", ":": "：", ",": "，", "〈": "《", "〉": "》"})
_SAME.update(dict.fromkeys(map(ord, "“”„‟＂‘’＇'"), '"'))
_SPACE = re.compile(r"[\s\u3000\u00a0]+")
_OF_WHICH = re.compile(r"^(?:其中：?|加：|减：|#|\*)+")
_NUMBERING = re.compile(
    r"^(?:[（][一二三四五六七八九十]{1,3}[）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．](?!\d))"
)

_BODY = re.compile(r"[（）]|本级")
_PLACE = re.compile(r"(?:省|市|州|盟|县|区|旗|乡|镇)$")


@lru_cache(maxsize=8192)
def squeeze(text: str) -> str:
    """A label without spaces and line breaks, brackets and quotes in one form."""
    return _SPACE.sub("", text).translate(_SAME)


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """A label for comparison: squeezed, without 其中： and leading numbering (一、 （一） 1.)."""
    label = _OF_WHICH.sub("", squeeze(text))
    return _OF_WHICH.sub("", _NUMBERING.sub("", label))


def stem(text: str) -> str:
    """A classification name for comparison: normal, and without a trailing 支出."""
    return normal(text).removesuffix("支出")


def same_body(one: str, other: str) -> bool:
    """Whether two names can be one body: equal without brackets and 本级, or one with the place before the other."""
    short, long = sorted((_BODY.sub("", squeeze(one)), _BODY.sub("", squeeze(other))), key=len)
    return bool(short) and (long == short or (long.endswith(short) and bool(_PLACE.search(long[: -len(short)]))))
