"""Printed text in one form, whatever format it came from: nothing invisible, digits and signs in half width."""

_UNSEEN = dict.fromkeys((0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF))
_BLANKS = dict.fromkeys((0x00A0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_MINUS = dict.fromkeys(map(ord, "−﹣－‐‑‒–—―"), "-")
_HALF = {
    **_UNSEEN, **{full: chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)}, **_BLANKS, **_MINUS,
    0xFFE5: "¥", 0xFE6A: "%", 0xFF0E: ".", 0xFE50: ",", 0xFE52: ".",
}  # fmt: skip


def visible(text: str) -> str:
    """A text without the characters that nobody sees: byte order marks, zero width, soft hyphens, directions."""
    return text if text.isascii() else text.translate(_UNSEEN)


def half_width(text: str) -> str:
    """A number, code or sign for comparison: half width, every minus and dash one sign, no invisible characters."""
    return text if text.isascii() else text.translate(_HALF)


def is_note_mark(text: str, before: str) -> bool:
    """Whether a raised text is the mark of a note: short, and not the power of a unit (m², km²)."""
    short = text.strip()
    return 0 < len(short) <= 5 and not (before[-1:].isascii() and before[-1:].isalpha())
