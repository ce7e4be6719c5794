"""Text that nobody sees on the page is no publication: invisible, white on white, switched off or painted over."""

from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium

from fiscal.readers.pdf import calls
from fiscal.readers.pdf.chars import UNMAPPED, Chars, PageChars, once
from fiscal.readers.pdf.overlaid import marked, on_text
from fiscal.readers.pdf.strokes import Box, Drawn, line_boxes

_SCALE, _MAX_PIXELS = 2.0, 16_000_000  # of the picture in which faint text is looked for
_SAMPLE = 40  # ordinary characters that show whether the fonts of a page can be drawn
_BLACK, _EVERYWHERE = (0, 0, 0), (-1e6, -1e6, 1e6, 1e6)
_CONTRAST = 24  # grey levels between the darkest and lightest pixel of a visible character


def take_away(page: pdfium.PdfPage, drawn: Drawn, *, layer: bool) -> None:
    """Remove from the page, as held in memory, the text that nobody sees; before its characters are read.

    pdfium drops a glyph drawn again on the same place: the copy that can be seen, if the hidden one comes first.
    With `layer` invisible text stays: it says what a picture of the page shows.
    """
    handle = calls.address(page)
    grounds = [*drawn.areas, *drawn.images]
    bounds = calls.Numbers(4, calls.ctypes.c_float)
    for item, why in list(drawn.faint.items()):
        gone = why == "invisible" and not layer
        if why == "white":
            calls.object_bounds(item, *bounds.at)
            left, bottom, right, top = bounds.values()
            gone = not any(a < right and left < c and b < top and bottom < d for a, b, c, d in grounds)
        if why == "invisible" and layer:
            del drawn.faint[item]
        elif gone and calls.remove_object(handle, item):
            del drawn.faint[item], drawn.ink[item], drawn.order[item]
            drawn.clips.pop(item, None)


def visible(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, *, read: PageChars, drawn: Drawn) -> PageChars:
    """The characters that a reader of the page sees as its text, each once.

    What nobody sees goes first, then watermarks, seals and stamps, then glyphs drawn twice.
    """
    if not len(read.chars):
        return read
    ink = None
    if drawn.faint or drawn.covers or len(set(drawn.ink.values())) > 1 or _may_cut(read, drawn):
        handle = calls.address(text_page)
        items = [calls.char_object(handle, number) for number in read.chars.index.tolist()]
        keep, read = _seen_ones(page, read, items, drawn)
        ink = np.array([drawn.ink.get(item, _BLACK) for item in items], int)[keep]
        read = replace(read, chars=read.chars.only(keep))
    ground, ringed = _on_colour(read, drawn), _within_any(read, drawn.rings)
    marks = marked(read.chars, ink, drawn=line_boxes(drawn, read.frame), ground=ground, ringed=ringed)
    return replace(read, chars=once(read.chars.only(~marks)))


def _seen_ones(page: pdfium.PdfPage, read: PageChars, items: list[int], drawn: Drawn) -> tuple[np.ndarray, PageChars]:
    """Mask of the characters that can be seen; a number of which a clip cuts off a part is unknown."""
    ground = _on_colour(read, drawn) | _within_any(read, drawn.images)
    faint = [drawn.faint.get(item, "") for item in items]
    white = np.array([why == "white" for why in faint]) & ~ground
    keep = np.array([why != "invisible" for why in faint]) & ~white
    clipped = _clipped(read, items, drawn) & keep
    keep &= ~clipped
    pale = np.array([bool(why) for why in faint]) & ~_on_colour(read, drawn)
    covered = _covered(read, items, drawn)
    if covered.any():
        keep[covered] &= ~on_text(read.chars.ink[covered], read.chars.ink[keep & ~covered])  # the last painted counts
    doubtful = pale | covered
    unsure = np.flatnonzero(keep & doubtful)
    if len(unsure):
        keep[unsure] = _seen(page, read, unsure, np.flatnonzero(keep & ~doubtful))
    return keep, _cut_numbers(read, items, clipped, keep)


def _may_cut(read: PageChars, drawn: Drawn) -> bool:
    """Whether any character lies outside any clip: only then it is asked which text it belongs to."""
    boxes = np.array(list(set(drawn.clips.values())), float).reshape(-1, 4)
    if not len(boxes):
        return False
    common = np.concatenate([boxes[:, :2].max(axis=0), boxes[:, 2:].min(axis=0)])
    if (common[:2] >= common[2:]).any():
        return True
    return not _within(read.chars, read.frame.boxes(common[None])[0]).all()


def _clipped(read: PageChars, items: list[int], drawn: Drawn) -> np.ndarray:
    """Mask of the characters whose middle lies outside the clip they are drawn in."""
    if not drawn.clips:
        return np.zeros(len(items), bool)
    free = read.frame.boxes(np.array([drawn.clips.get(item, _EVERYWHERE) for item in items], float))
    middle = (read.chars.ink[:, :2] + read.chars.ink[:, 2:]) / 2
    return ~((middle >= free[:, :2]) & (middle <= free[:, 2:])).all(1)


def _cut_numbers(read: PageChars, items: list[int], clipped: np.ndarray, keep: np.ndarray) -> PageChars:
    """The digits left of a number whose other digits are clipped say nothing."""
    if not clipped.any():
        return read
    digit = (read.chars.codes >= ord("0")) & (read.chars.codes <= ord("9"))
    cut = {items[number] for number in np.flatnonzero(clipped & digit).tolist()}
    left = np.array([item in cut for item in items]) & digit & keep
    codes = np.where(left, UNMAPPED, read.chars.codes)
    return replace(read, chars=replace(read.chars, codes=codes))


def _within_any(read: PageChars, boxes: list[Box]) -> np.ndarray:
    mask = np.zeros(len(read.chars), bool)
    for box in read.frame.boxes(np.array(boxes, float).reshape(-1, 4)):
        mask |= _within(read.chars, box)
    return mask


def _on_colour(read: PageChars, drawn: Drawn) -> np.ndarray:
    """Mask of the characters on a coloured area, where white can be seen."""
    return _within_any(read, drawn.areas)


def _within(chars: Chars, box: np.ndarray) -> np.ndarray:
    middle = (chars.ink[:, :2] + chars.ink[:, 2:]) / 2
    return ((middle > box[:2]) & (middle < box[2:])).all(1)


def _covered(read: PageChars, items: list[int], drawn: Drawn) -> np.ndarray:
    """Mask of the characters over which a shape was painted later; it may have been clipped to another place."""
    order = np.array([drawn.order.get(item, 0) for item in items])
    mask = np.zeros(len(items), bool)
    boxes = read.frame.boxes(np.array([box for _, box in drawn.covers], float).reshape(-1, 4))
    for (when, _), box in zip(drawn.covers, boxes):
        mask |= (order < when) & _within(read.chars, box)
    return mask


def _seen(page: pdfium.PdfPage, read: PageChars, unsure: np.ndarray, sure: np.ndarray) -> np.ndarray:
    """Which of the unsure characters leave ink on the page.

    Where ordinary text leaves none either, its fonts cannot be drawn here, and all count as seen.
    """
    sample = sure[:: max(1, len(sure) // _SAMPLE)]
    seen = _has_ink(page, read, read.chars.only(np.concatenate([unsure, sample])))
    drawable = seen[len(unsure) :].mean() > 0.5 if len(sample) else seen.any()
    return seen[: len(unsure)] if drawable else np.ones(len(unsure), bool)


def _has_ink(page: pdfium.PdfPage, read: PageChars, chars: Chars) -> np.ndarray:
    """Whether anything contrasts with its ground where each character should be."""
    width, height = page.get_size()
    scale = min(_SCALE, (_MAX_PIXELS / max(width * height, 1)) ** 0.5)
    grey = page.render(scale=scale, grayscale=True).to_numpy()
    picture = grey[..., 0] if grey.ndim == 3 else grey
    return np.array([_contrast(picture, read.frame.shown_box(box), scale) >= _CONTRAST for box in chars.ink])


def _contrast(picture: np.ndarray, box: tuple[float, float, float, float], scale: float) -> int:
    left, top, right, bottom = (int(side * scale) for side in box)
    part = picture[max(top, 0) : bottom + 2, max(left, 0) : right + 2]
    return int(part.max()) - int(part.min()) if part.size else 0
