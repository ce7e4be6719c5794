"""Watermarks, seals and stamps: text laid over a page that is no text of it, told by its look and by what it hits."""

import numpy as np

from fiscal.readers.pdf.chars import Chars

_PALE = 0.6  # of the contrast of the text: less is pale
_SHARE = 0.05  # of a page's characters: so many show how dark its text is
_COLOURED = 90  # between the strongest and weakest part of a colour: so far apart is no grey
_LARGE = 1.6  # of the height of the text
_OVER = 0.2  # of a glyph that lies on other glyphs: more is no accident of narrow type
_INNER = 0.22  # of a glyph's height or width: a line farther inside than this goes through it
_SEAL = 120.0  # points: the width of an official seal, 42 mm


def marked(
    chars: Chars, ink: np.ndarray | None, *, drawn: np.ndarray, ground: np.ndarray, ringed: np.ndarray
) -> np.ndarray:
    """Mask of the characters of watermarks, seals and stamps.

    `ink` (n, 3) is the colour of each character, None where all have one; `drawn` are the thin boxes of lines; `ground`
    masks those on coloured areas, `ringed` those within a ring. Type that looks different - paler, coloured, larger -
    is a mark where it runs over other text, through lines or stands in a ring: of pale type everything alike, of other
    type what lies within a seal of such a place.
    """
    found = np.zeros(len(chars), bool)
    if not len(chars):
        return found
    size = np.rint(chars.em).astype(int)
    contrast = 255.0 - ink.mean(1) if ink is not None else np.full(len(chars), 255.0)
    levels, level = np.unique(contrast, return_inverse=True)
    usual = float(levels[np.bincount(level) >= _SHARE * len(chars)].max(initial=0.0))
    pale = (contrast < _PALE * usual) & ~ground
    body = float(np.median(chars.em[~pale])) if not pale.all() else np.inf
    coloured = np.ptp(ink, axis=1) > _COLOURED if ink is not None else found
    if coloured.mean() > 0.5:
        coloured = found
    other = pale | coloured | (chars.em > _LARGE * body)
    if not other.any():
        return found
    hits = np.zeros(len(chars), bool)
    odd = np.flatnonzero(other)
    hits[odd] = on_text(chars.ink[odd], chars.ink[~other]) | _through_lines(chars.ink[odd], drawn)
    hits |= (coloured & ringed) | pale & (chars.em > _LARGE * body)
    look = np.column_stack([size, np.zeros((len(chars), 3), int) if ink is None else ink])
    for one in np.unique(look[hits], axis=0):
        alike = other & (look == one).all(1)
        whole = bool((pale & alike).any())
        found |= alike if whole else alike & _near(chars, hits & alike)
    return found


def on_text(ink: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which boxes lie on other glyphs."""
    found = np.zeros(len(ink), bool)
    for number, (left, top, right, bottom) in enumerate(ink.tolist()):
        wide = np.minimum(others[:, 2], right) - np.maximum(others[:, 0], left)
        high = np.minimum(others[:, 3], bottom) - np.maximum(others[:, 1], top)
        common = np.clip(wide, 0, None) * np.clip(high, 0, None)
        own = np.maximum((others[:, 2] - others[:, 0]) * (others[:, 3] - others[:, 1]), 0.01)
        smaller = np.minimum(own, max((right - left) * (bottom - top), 0.01))
        found[number] = bool((common > _OVER * smaller).any())
    return found


def _through_lines(ink: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Which boxes a level or upright line goes through, not along their edge."""
    if not len(drawn):
        return np.zeros(len(ink), bool)
    middle_x, middle_y = (drawn[:, 0] + drawn[:, 2]) / 2, (drawn[:, 1] + drawn[:, 3]) / 2
    level = drawn[:, 2] - drawn[:, 0] >= drawn[:, 3] - drawn[:, 1]
    found = np.zeros(len(ink), bool)
    for number, (left, top, right, bottom) in enumerate(ink.tolist()):
        dx, dy = _INNER * (right - left), _INNER * (bottom - top)
        meets = (drawn[:, 0] < right) & (drawn[:, 2] > left) & (drawn[:, 1] < bottom) & (drawn[:, 3] > top)
        inside_y = level & (middle_y > top + dy) & (middle_y < bottom - dy)
        inside_x = ~level & (middle_x > left + dx) & (middle_x < right - dx)
        found[number] = bool((meets & (inside_x | inside_y)).any())
    return found


def _near(chars: Chars, hits: np.ndarray) -> np.ndarray:
    """Mask of the characters within the width of a seal of any that hits."""
    middle = (chars.ink[:, :2] + chars.ink[:, 2:]) / 2
    near = np.zeros(len(chars), bool)
    for point in middle[hits]:
        near |= (np.abs(middle - point) < _SEAL).all(1)
    return near
