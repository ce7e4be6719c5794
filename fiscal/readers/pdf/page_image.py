"""Pictures of pages: the evidence of a fact, with its number marked."""

import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw

from fiscal.errors import FileRefused
from fiscal.readers.pdf.chars import once, read_chars
from fiscal.readers.pdf.limits import opened
from fiscal.readers.pdf.text_lines import lines

Box = tuple[float, float, float, float]

MARGIN = 48.0  # points shown above and below a box
_SIDEWAYS = 5.0  # times as much to its sides, where the labels of its row stand
SCALE = 2.0  # pixels per point
MAX_PIXELS = 16_000_000  # of one picture; larger regions are shown smaller
_OPEN_AT_ONCE = 4
_A4 = 841.9  # points: the longer side of a page that is a picture file
_RED, _TINT, _WIDTH = (192, 0, 0), (255, 236, 120), 3
_busy = threading.Lock()  # pdfium serves one caller at a time


def region(
    path: str | Path,
    page: int,
    bbox: Box | None = None,
    *,
    margin: float = MARGIN,
    marks: Sequence[Box] | None = None,
) -> Image.Image:
    """The part of a page around a box, or the whole page, as an RGB picture.

    bbox    left, top, right, bottom in points from the top left, as in Place; None = the whole page
    margin  points shown above and below the box, and five times as much to its sides
    marks   boxes to be marked; None = the box itself
    Errors: FileRefused when the file is gone, is no page, or has no such page.
    """
    path = Path(path)
    with _busy:
        sheet, factor, origin = _picture(path, page, bbox, margin)
    for mark in (bbox,) if marks is None and bbox else marks or ():
        sheet = _marked(sheet, [(side - origin[i % 2]) * factor for i, side in enumerate(mark)])
    return sheet


def spot(path: str | Path, page: int, bbox: Box, text: str) -> Box | None:
    """Where a text stands within a box, such as the number of a statement in its printed line; None if it does not."""
    with _busy:
        sheet = _page(_document(*_key(Path(path))), Path(path), page)
        read = read_chars(sheet, sheet.get_textpage())
        sheet.close()
    for line in lines(once(read.chars)):
        left, top, right, bottom = read.frame.shown_box(line.box)
        start = line.text.find(text)
        if start >= 0 and top < bbox[3] and bottom > bbox[1] and left < bbox[2] and right > bbox[0]:
            ends = float(line.edges[start, 0]), float(line.edges[start + len(text) - 1, 1])
            return read.frame.shown_box((ends[0], line.box[1], ends[1], line.box[3]))
    return None


def _picture(path: Path, page: int, bbox: Box | None, margin: float) -> tuple[Image.Image, float, tuple[float, float]]:
    """The picture, its pixels per point, and the point of the page at its corner."""
    if path.suffix.lower() != ".pdf" and _is_picture(path):
        whole = Image.open(path).convert("RGB")
        factor = max(whole.size) / _A4
        left, top, right, bottom = _around(bbox, margin, (whole.width / factor, whole.height / factor))
        part = whole.crop((left * factor, top * factor, right * factor, bottom * factor))
        return part, factor, (left, top)
    sheet = _page(_document(*_key(path)), path, page)
    size = sheet.get_size()
    left, top, right, bottom = _around(bbox, margin, size)
    factor = min(SCALE, (MAX_PIXELS / ((right - left) * (bottom - top))) ** 0.5)
    cut = (left, size[1] - bottom, size[0] - right, top)
    picture = sheet.render(scale=factor, crop=cut).to_pil().convert("RGB")
    sheet.close()
    return picture, factor, (left, top)


def _around(bbox: Box | None, margin: float, size: tuple[float, float]) -> Box:
    if bbox is None:
        return 0.0, 0.0, *size
    left, top = max(0.0, bbox[0] - _SIDEWAYS * margin), max(0.0, bbox[1] - margin)
    right, bottom = min(size[0], bbox[2] + _SIDEWAYS * margin), min(size[1], bbox[3] + margin)
    return (left, top, right, bottom) if right - left > 1 and bottom - top > 1 else (0.0, 0.0, *size)


def _marked(picture: Image.Image, box: list[float]) -> Image.Image:
    """Tinted like a text marker and framed; the print stays readable."""
    frame = [box[0] - _WIDTH, box[1] - _WIDTH, box[2] + _WIDTH, box[3] + _WIDTH]
    tint = Image.new("RGB", picture.size, (255, 255, 255))
    ImageDraw.Draw(tint).rectangle(frame, fill=_TINT)
    mixed = ImageChops.multiply(picture, tint)
    ImageDraw.Draw(mixed).rectangle(frame, outline=_RED, width=_WIDTH - 1)
    return mixed


def _key(path: Path) -> tuple[Path, int, int]:
    """Path, time and size: a file that was replaced is opened again. Errors: FileRefused when it is gone."""
    try:
        state = path.stat()
    except OSError as error:
        raise FileRefused(path.name, f"the file cannot be opened ({error.strerror})", "check the path") from error
    return path, state.st_mtime_ns, state.st_size


@lru_cache(maxsize=_OPEN_AT_ONCE)
def _document(path: Path, _changed: int, _size: int) -> pdfium.PdfDocument:
    """The last few documents stay open; pypdfium2 closes one when it is forgotten."""
    return opened(path)


def _page(document: pdfium.PdfDocument, path: Path, page: int) -> pdfium.PdfPage:
    if not 1 <= page <= len(document):
        raise FileRefused(path.name, f"has no page {page}", f"it has {len(document)} pages")
    return document[page - 1]


def _is_picture(path: Path) -> bool:
    try:
        with Image.open(path) as image:
            return image.width * image.height <= MAX_PIXELS * 4
    except (OSError, Image.DecompressionBombError):
        return False
