"""From bytes to text: the encodings in which departments save pages and text files."""

import codecs
import re

from fiscal.errors import FileRefused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.I)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}
_HAN = re.compile("[\u4e00-\u9fff]")


def decode(data: bytes, where: str, *, declared: bool = False) -> str:
    """The text of a file.

    Order: byte order mark, UTF-16 without mark, the charset the page declares (`declared`), UTF-8, GB18030, Big5.
    Errors: FileRefused when none of them fits or when NUL bytes show that this is no text.
    """
    for encoding in _candidates(data, declared):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            return text
    raise FileRefused(where, "is not a text in UTF-8, UTF-16, GB18030 or Big5", "save it again as UTF-8 text")


def _candidates(data: bytes, declared: bool) -> list[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return [encoding]
    meta = _META.search(data[:4096]) if declared else None
    named = meta.group(1).decode("ascii").lower() if meta else ""
    return [*_sixteen(data), "utf-8", *([_WIDER.get(named, named)] if named else []), "gb18030", "big5"]


def _sixteen(data: bytes) -> list[str]:
    """UTF-16 without a mark shows in the NUL bytes of its digits and line ends (and 一 is 4E 00)."""
    sample = data[:4000]
    little, big = sample[1::2].count(0), sample[0::2].count(0)
    if len(data) % 2 or max(little, big) * 20 < len(sample):
        return []
    return ["utf-16-le" if little > big else "utf-16-be"]
