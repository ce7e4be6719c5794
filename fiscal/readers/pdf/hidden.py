"""Text that nobody sees on the page is no publication: invisible, white on white, switched off or painted over."""

import numpy as np
import pypdfium2 as pdfium

from fiscal.readers.pdf import calls
from fiscal.readers.pdf.chars import Chars, PageChars
from fiscal.readers.pdf.strokes import Drawn

_SCALE, _MAX_PIXELS = 2.0, 16_000_000  # of the picture in which faint text is looked for
_SAMPLE = 40  # ordinary characters that show whether the fonts of a page can be drawn
_CONTRAST = 24  # grey levels between the darkest and lightest pixel of a visible character


def visible(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, *, read: PageChars, drawn: Drawn) -> PageChars:
    """The characters that can be seen; all of them where the page draws nothing suspicious."""
    if not len(read.chars) or not (drawn.faint or drawn.covers):
        return read
    handle = calls.address(text_page)
    items = [calls.char_object(handle, number) for number in read.chars.index.tolist()]
    keep = np.array([drawn.faint.get(item) != "invisible" for item in items])
    pale = np.array([item in drawn.faint for item in items]) & ~_on_colour(read, drawn)
    doubtful = pale | _covered(read, items, drawn)
    unsure = np.flatnonzero(keep & doubtful)
    if len(unsure):
        keep[unsure] = _seen(page, read, unsure, np.flatnonzero(keep & ~doubtful))
    return PageChars(read.chars.only(keep), read.frame, read.unmapped)


def _on_colour(read: PageChars, drawn: Drawn) -> np.ndarray:
    """Mask of the characters on a coloured area, where white can be seen."""
    mask = np.zeros(len(read.chars), bool)
    for box in read.frame.boxes(np.array(drawn.areas, float).reshape(-1, 4)):
        mask |= _within(read.chars, box)
    return mask


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
