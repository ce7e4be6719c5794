"""The visible characters of a page with their places, in no particular order."""

import ctypes
import unicodedata
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium

from fiscal.readers.pdf import calls
from fiscal.readers.pdf.frame import Frame

_BLANKS = (0xA0, 0x3000, 0x200B, 0xFEFF)
_HYPHENS = (0x2, 0xFFFE)  # how pdfium marks a hyphen at a line end
_RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)
_EVERY = 3  # so many characters apart a watermark or a turned word is still met
UNMAPPED = 0xFFFD  # a glyph whose font does not say which character it is; never dropped, a number would change
SURE = 2.0  # a confidence no recognition gives
_BAND = 0.3  # of the usual height of type: a band in which a glyph drawn again is looked for
_SAME_PLACE = 0.35  # of its width: a glyph drawn again so near is a fake bold or a second text layer


@dataclass(frozen=True)
class Chars:
    """Characters of one page, all arrays of the same length.

    codes   Unicode code points; white space is left out
    ink     (n, 4) left, top, right, bottom of what is drawn, in points from the top left of the page as read
    cell    (n, 4) the same of the advance box: its width is that of the type, not of the ink
    base    (n,) y of the baseline
    index   (n,) number of the character in the text page of pdfium
    spaced  (n,) a space is printed right before the character
    score   (n,) confidence of OCR, SURE for text that was not recognised from a picture; None where none was
    """

    codes: np.ndarray
    ink: np.ndarray
    cell: np.ndarray
    base: np.ndarray
    index: np.ndarray
    spaced: np.ndarray
    score: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def em(self) -> np.ndarray:
        """Height of the type of each character."""
        return np.maximum(self.cell[:, 3] - self.cell[:, 1], 1.0)

    def only(self, keep: np.ndarray) -> "Chars":
        """The characters of a mask or an index array."""
        codes, ink, cell = self.codes[keep], self.ink[keep], self.cell[keep]
        score = None if self.score is None else self.score[keep]
        return Chars(codes, ink, cell, self.base[keep], self.index[keep], self.spaced[keep], score)


@dataclass(frozen=True)
class PageChars:
    """Characters of a page and the frame that sets them upright."""

    chars: Chars
    frame: Frame


def read_chars(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage) -> PageChars:
    """All characters of a page, seen or not; slanted ones (watermarks) and those beyond the page are left out."""
    handle = calls.address(text_page)
    codes = np.fromiter((calls.unicode_of(handle, i) for i in range(text_page.count_chars())), np.uint32)
    codes[(codes == _HYPHENS[0]) | (codes == _HYPHENS[1])] = ord("-")
    codes[codes == 0] = UNMAPPED
    index = np.flatnonzero(~_is_blank(codes))
    upright, turn = _upright(handle, index)
    index = index[upright]
    frame = Frame.of(page, turn)
    chars = _placed(handle, index, frame)
    chars = replace(chars, codes=_readable(codes[index]), spaced=_after_space(handle, codes, index))
    chars = _inside(chars, frame)
    return PageChars(chars, frame)


def _is_blank(codes: np.ndarray) -> np.ndarray:
    blank = codes <= 32
    for code in _BLANKS:
        blank |= codes == code
    return blank


def _upright(handle: int, index: np.ndarray) -> tuple[np.ndarray, int | None]:
    """Mask of the characters that stand in quarter turns, and the turn that sets most of them upright."""
    angles = _angles(handle, index[::_EVERY])
    if len(angles) and (np.abs(angles - angles[0]) < 0.01).all():
        angles = np.full(len(index), angles[0])
    else:
        angles = _angles(handle, index)
    quarter = np.rint(angles / (np.pi / 2)).astype(int)
    upright = np.abs(angles - quarter * (np.pi / 2)) < 0.1
    turns = -quarter[upright] % 4  # pdfium counts clockwise
    return upright, int(np.bincount(turns).argmax()) * 90 if len(turns) else None


def _angles(handle: int, index: np.ndarray) -> np.ndarray:
    return np.fromiter((calls.char_angle(handle, i) for i in index.tolist()), float, len(index))


def _placed(handle: int, index: np.ndarray, frame: Frame) -> Chars:
    count = len(index)
    ink, cell, origin = np.zeros((count, 4)), np.zeros((count, 4), np.float32), np.zeros((count, 2))
    box, rect, point = ink.ctypes.data, cell.ctypes.data, origin.ctypes.data
    char_box, loose_box, char_origin = calls.char_box, calls.loose_box, calls.char_origin
    for slot, number in enumerate(index.tolist()):
        at, wide, here = box + 32 * slot, rect + 16 * slot, point + 16 * slot
        char_box(handle, number, at, at + 16, at + 8, at + 24)  # pdfium's order: left, right, bottom, top
        loose_box(handle, number, wide)
        char_origin(handle, number, here, here + 8)
    loose = cell[:, [0, 3, 2, 1]].astype(float)  # FS_RECTF: left, top, right, bottom
    start, advance = frame.points(origin), frame.boxes(loose)
    flat = (np.abs(loose[:, 2:] - loose[:, :2]) < 0.1).any(1)
    bare = np.flatnonzero(flat | (np.abs(loose - ink).max(axis=1, initial=0) < 0.01))
    advance[bare] = _advance(handle, index[bare], start[bare], frame.boxes(ink[bare]))
    return Chars(index, frame.boxes(ink), advance, start[:, 1], index, np.zeros(count, bool))


def _advance(handle: int, index: np.ndarray, start: np.ndarray, ink: np.ndarray) -> np.ndarray:
    """Advance boxes where the font gives pdfium none, and it answers with the ink: from the size of the type."""
    matrix = calls.Numbers(6, ctypes.c_float)
    ems = []
    for number in index.tolist():
        calls.char_matrix(handle, number, matrix.at[0])
        ems.append(calls.font_size(handle, number) * float(np.hypot(*matrix.values()[2:4])))
    em = np.array(ems)
    wide = ink[:, 2] - start[:, 0] > 0.6 * em  # an ideograph; narrow marks of its width are cut short, no harm
    right = np.where(wide, start[:, 0] + em, ink[:, 2])
    return np.column_stack(
        [np.minimum(start[:, 0], ink[:, 0]), start[:, 1] - 0.88 * em, right, start[:, 1] + 0.12 * em]
    )


def _after_space(handle: int, codes: np.ndarray, index: np.ndarray) -> np.ndarray:
    """Mask of the characters before which the file has a space of its own; pdfium adds others where it sees gaps."""
    before = codes[np.maximum(index - 1, 0)]
    mask = _is_blank(before) & (before >= 32)
    for slot in np.flatnonzero(mask).tolist():
        mask[slot] = not calls.is_generated(handle, int(index[slot]) - 1)
    return mask


def _inside(chars: Chars, frame: Frame) -> Chars:
    width, height = frame.size
    middle = (chars.cell[:, :2] + chars.cell[:, 2:]) / 2
    on_page = (middle > 0).all(1) & (middle[:, 0] < width) & (middle[:, 1] < height)
    return chars.only(on_page)


def once(chars: Chars) -> Chars:
    """Each glyph once: a second one of the same code at nearly the same place is dropped.

    Digits of two numbers printed over each other can be told apart by nobody: their place is UNMAPPED.
    """
    band = _BAND * float(np.median(chars.em)) if len(chars) else 1.0
    for shift in (0.0, 0.5):  # copies a little apart share a band of heights in one of two divisions
        chars = chars.only(~_again(chars, np.floor(chars.base / band + shift).astype(np.int64)))
    return _unknown_where_printed_over(chars, band)


def _unknown_where_printed_over(chars: Chars, band: float) -> Chars:
    """Of two different digits on one place none is believed."""
    digits = np.flatnonzero((chars.codes >= ord("0")) & (chars.codes <= ord("9")))
    height, left = np.floor(chars.base[digits] / band + 0.25), chars.cell[digits, 0]
    order = digits[np.lexsort((left, height))]
    start, width = chars.cell[order, 0], chars.cell[order, 2] - chars.cell[order, 0]
    over = (np.abs(np.diff(start)) < _SAME_PLACE * width[1:]) & (np.abs(np.diff(chars.base[order])) < band)
    if not over.any():
        return chars
    codes, keep = chars.codes.copy(), np.ones(len(chars), bool)
    codes[order[:-1][over]], keep[order[1:][over]] = UNMAPPED, False
    return replace(chars, codes=codes).only(keep)


def _again(chars: Chars, band: np.ndarray) -> np.ndarray:
    """Mask of the characters drawn over another of their code and band; 1 and 1 side by side stay two."""
    key = (chars.codes.astype(np.int64) << 42) + (band << 24) + (chars.cell[:, 0] * 100).astype(np.int64)
    order = np.argsort(key)
    left, base, width = chars.cell[order, 0], chars.base[order], (chars.cell[:, 2] - chars.cell[:, 0])[order]
    near = (np.diff(left) < _SAME_PLACE * width[1:]) & (np.abs(np.diff(base)) < _SAME_PLACE * chars.em[order][1:] / 2)
    again = np.zeros(len(chars), bool)
    again[order[1:]] = near & (np.diff(key[order] >> 24) == 0)
    return again


def _readable(codes: np.ndarray) -> np.ndarray:
    """Radicals (⼀ ⻓) that some fonts name instead of the characters they draw, replaced; half surrogates too."""
    odd = ((codes >= 0x2E80) & (codes <= 0x2FDF)) | ((codes >= 0xD800) & (codes <= 0xDFFF)) | (codes > 0x10FFFF)
    if odd.any():
        codes = codes.copy()
        codes[odd] = [_meant(code) for code in codes[odd].tolist()]
    return codes


def _meant(code: int) -> int:
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return UNMAPPED
    text = unicodedata.normalize("NFKC", chr(code).translate(_RADICALS))
    return ord(text) if len(text) == 1 else code


def text_of(codes: np.ndarray) -> str:
    """Code points as text."""
    return codes.astype("<u4").tobytes().decode("utf-32-le")
