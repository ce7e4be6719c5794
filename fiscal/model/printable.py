"""Text that is safe to show: nothing in it steers a terminal, turns the reading direction or breaks an encoding."""

import re

# parts of a text among which a file name is one: such a name comes from the system byte by byte where it is no UTF-8
_WORD = re.compile("[^/\\s\":,;()'“”（）：、，。；《》]+")
_STRAY = re.compile(r"[\ud800-\udfff]")
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udfff]"
)
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?")


def printable(text: str) -> str:
    r"""The text with control characters and marks of direction written out (\u202e); line ends and tabs stay.

    In JSON the written-out form stands for the same character, so a whole result can be passed through.
    """
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", _named(text))


def encodable(text: str) -> str:
    """The text as UTF-8 can hold it: bytes of a file name that are none are shown as the characters they mean."""
    return _STRAY.sub("\ufffd", _named(text))


def _named(text: str) -> str:
    return _WORD.sub(_decoded, text) if _STRAY.search(text) else text


def _decoded(found: re.Match[str]) -> str:
    """A name in the encoding of Windows archives (GBK) as what it means."""
    if not _STRAY.search(found[0]):
        return found[0]
    try:
        return found[0].encode("utf-8", "surrogateescape").decode("gb18030")
    except UnicodeError:
        return found[0]


def harmless(value: object) -> object:
    """A cell of a CSV file that no spreadsheet takes for a formula; numbers stay as they are."""
    if not isinstance(value, str):
        return value
    text = printable(value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
