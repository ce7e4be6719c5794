"""Scans: pages that are pictures, read by optical character recognition where the extra `ocr` is installed."""

import logging
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from fiscal.errors import FileRefused
from fiscal.model.cells import Place
from fiscal.model.unread import PAGE, Unread
from fiscal.readers.archive import PICTURES
from fiscal.readers.grid import RawDocument
from fiscal.readers.pdf.chars import SURE, Chars
from fiscal.readers.pdf.frame import Frame
from fiscal.readers.pdf.pdf_document import put_together
from fiscal.readers.pdf.pdf_page import Page, page_of
from fiscal.readers.pdf.picture_lines import line_boxes_of
from fiscal.sandbox import arm

DPI = 200.0  # at which pages are looked at; a picture file is taken to be an A4 page wide or long
MAX_PIXELS = 40_000_000
NEEDS_EXTRA = "读扫描件要安装附加组件 ocr：pip install 'fiscal-notebooks[ocr]'"

_A4 = 841.9  # points: the longer side
_LEAST = 0.5  # of the engine's own confidence; a line below is noise
_SHORTEST = 40  # pixels: a shorter black run is no ruling line


def can_read(path: str | Path) -> bool:
    """Whether the file is a picture (PNG, JPEG, TIFF, BMP)."""
    with Path(path).open("rb") as file:
        return file.read(8).startswith(PICTURES)


def read(path: str | Path) -> RawDocument:
    """The tables and text of a picture of a page; empty, with one sentence, where the extra `ocr` is missing.

    Errors: FileRefused when the picture is damaged or has more than MAX_PIXELS pixels.
    """
    path = Path(path)
    picture = _opened(path)
    if not available():
        why = Unread(PAGE, "", Place(document=path.name, page=1), f"这个文件是图片；{NEEDS_EXTRA}")
        return RawDocument(str(path), "scan", unread=(why,))
    scale = _A4 / max(picture.shape[:2])
    page = read_picture(picture, scale, Place(document=path.name, page=1))
    return put_together([page], path, format_name="scan")


def _opened(path: Path) -> np.ndarray:
    try:
        with Image.open(path) as image:
            if image.width * image.height > MAX_PIXELS:
                raise FileRefused(path.name, f"the picture has more than {MAX_PIXELS:,} pixels", "save it smaller")
            return np.asarray(image.convert("RGB"))
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise FileRefused(path.name, "the picture is damaged", "scan or download it again") from error


@cache
def available() -> bool:
    """Whether the packages of the extra `ocr` are installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def read_picture(picture: np.ndarray, scale: float, place: Place, *, layer: Chars | None = None) -> Page:
    """A page from its picture (height, width, 3); `scale` is points per pixel.

    Cells carry the lowest confidence of the lines in them. Text that lies over the picture as a `layer` is believed,
    and recognised lines only fill the places it leaves.
    """
    arm()  # a page that is recognised has the time of a document
    upright = picture if layer is not None else _deskewed(picture)
    height, width = upright.shape[:2]
    frame = Frame((0.0, 0.0, width * scale, height * scale))
    if layer is None:
        return page_of(_chars(upright, scale), _ruling_boxes(upright) * scale, frame=frame, place=place)
    drawn = line_boxes_of(upright.mean(2), 1 / scale, layer.cell)
    chars = _together(layer, _chars(_wiped(upright, scale, layer), scale))
    return page_of(chars, drawn, frame=frame, place=place)


def _wiped(picture: np.ndarray, scale: float, layer: Chars) -> np.ndarray:
    """The picture without the glyphs that its text layer says."""
    left = picture.copy()
    for start, top, end, bottom in np.clip(layer.cell / scale, 0, None).astype(int).tolist():
        left[top : bottom + 1, start : end + 1] = 255
    return left


def _together(layer: Chars, seen: Chars) -> Chars:
    """The text of the layer, which is sure, and what was recognised beside it."""
    if not len(seen):
        return layer
    assert seen.score is not None
    parts = ("codes", "ink", "cell", "base", "index", "spaced")
    both = {name: np.concatenate([getattr(layer, name), getattr(seen, name)]) for name in parts}
    return Chars(**both, score=np.concatenate([np.full(len(layer), SURE), seen.score]))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.WARNING)
    return RapidOCR(params={"Global.log_level": "warning"})


def _chars(picture: np.ndarray, scale: float) -> Chars:
    """Characters spread evenly over the lines that the engine finds: an ideograph is twice as wide as a digit."""
    result = _engine()(picture)
    lines = [] if result.boxes is None else list(zip(result.boxes, result.txts, result.scores))
    parts = [_spread(np.asarray(box, float) * scale, text, score) for box, text, score in lines if score >= _LEAST]
    rows = np.vstack(parts) if parts else np.empty((0, 6))
    cells = rows[:, 1:5]
    count = len(rows)
    return Chars(
        rows[:, 0].astype(np.uint32), cells, cells, _base(cells), np.arange(count), np.zeros(count, bool), rows[:, 5]
    )


def _base(cells: np.ndarray) -> np.ndarray:
    return cells[:, 3] - 0.15 * (cells[:, 3] - cells[:, 1])


def _spread(corners: np.ndarray, text: str, score: float) -> np.ndarray:
    """(n, 6) code, left, top, right, bottom, confidence of each character of a line but its spaces."""
    left, top = corners.min(0)
    right, bottom = corners.max(0)
    widths = np.array([2.0 if ord(char) >= 0x2E80 else 1.0 for char in text])
    ends = left + (right - left) * np.cumsum(widths) / widths.sum()
    starts = np.concatenate([[left], ends[:-1]])
    codes = np.array([ord(char) for char in text], float)
    same = np.ones(len(text))
    rows = np.column_stack([codes, starts, same * top, ends, same * bottom, same * float(score)])
    return rows[codes > 32]


def _deskewed(picture: np.ndarray) -> np.ndarray:
    """The picture turned so that its long lines are level; as it is where they are, or where it has none."""
    import cv2

    edges = cv2.Canny(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), 50, 150)
    found = cv2.HoughLinesP(edges, 1, np.pi / 1800, 200, minLineLength=picture.shape[1] // 4, maxLineGap=10)
    if found is None:
        return picture
    steps = found.reshape(-1, 4).astype(float)
    angles = np.degrees(np.arctan2(steps[:, 3] - steps[:, 1], steps[:, 2] - steps[:, 0]))
    angles = angles[np.abs(angles) < 5]
    angle = float(np.median(angles)) if len(angles) else 0.0
    if abs(angle) < 0.05:
        return picture
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(picture, turn, (width, height), borderValue=(255, 255, 255))


def _ruling_boxes(picture: np.ndarray) -> np.ndarray:
    """Thin boxes (n, 4) in pixels along the long level and upright black runs."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    black = cv2.adaptiveThreshold(255 - grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 31, -10)
    found = []
    for size, thin in (((_SHORTEST, 1), 1), ((1, _SHORTEST), 0)):
        runs = cv2.morphologyEx(black, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, size))
        boxes = cv2.connectedComponentsWithStats(runs)[2][1:, :4].astype(float)
        boxes[:, 2:] += boxes[:, :2]
        middle = (boxes[:, thin] + boxes[:, thin + 2]) / 2
        boxes[:, thin], boxes[:, thin + 2] = middle, middle
        found.append(boxes)
    return np.vstack(found)
