"""Text that nobody sees on the page is no publication: invisible, white on white, switched off or painted over."""

import numpy as np
import pypdfium2 as pdfium

from fiscal.readers import pdf_calls as calls
from fiscal.readers.pdf_chars import Chars, PageChars
from fiscal.readers.pdf_strokes import Drawn

_SCALE, _MAX_PIXELS = 2.0, 16_000_000  # of the picture in which faint text is looked for
_CONTRAST = 24  # grey levels between the darkest and lightest pixel of a visible character


def visible(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, *, read: PageChars, drawn: Drawn) -> PageChars:
    """The characters that can be seen; all of them where the page draws nothing suspicious."""
    if not len(read.chars) or not (drawn.faint or drawn.covers):
        return read
    handle = calls.address(text_page)
    items = [calls.char_object(handle, number) for number in read.chars.index.tolist()]
    keep = ~_covered(read, items, drawn)
    keep &= np.array([drawn.faint.get(item) != "invisible" for item in items])
    unsure = np.flatnonzero(keep & np.array([item in drawn.faint for item in items]))
    if len(unsure):
        keep[unsure] = _has_ink(page, read, read.chars.only(unsure))
    return PageChars(read.chars.only(keep), read.frame, read.unmapped)


def _covered(read: PageChars, items: list[int], drawn: Drawn) -> np.ndarray:
    """Mask of the characters over which an opaque shape was painted later."""
    order = np.array([drawn.order.get(item, 0) for item in items])
    ink, mask = read.chars.ink, np.zeros(len(items), bool)
    x, y = (ink[:, 0] + ink[:, 2]) / 2, (ink[:, 1] + ink[:, 3]) / 2
    boxes = read.frame.boxes(np.array([box for _, box in drawn.covers], float).reshape(-1, 4))
    for (when, _), (left, top, right, bottom) in zip(drawn.covers, boxes):
        mask |= (order < when) & (x > left) & (x < right) & (y > top) & (y < bottom)
    return mask


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
