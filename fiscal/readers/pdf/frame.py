"""Where things are on a page: from PDF space to the page as shown and as read, both from the top left corner."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

Box = tuple[float, float, float, float]


def _matrix(bounds: Box, turn: int) -> np.ndarray:
    left, bottom, right, top = bounds
    return np.array(
        {
            0: [[1, 0, -left], [0, -1, top]],
            90: [[0, 1, -bottom], [1, 0, -left]],
            180: [[-1, 0, right], [0, 1, -bottom]],
            270: [[0, -1, top], [-1, 0, right]],
        }[turn],
        float,
    )


def _boxes(matrix: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    one = boxes[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    two = boxes[:, 2:] @ matrix[:, :2].T + matrix[:, 2]
    return np.hstack([np.minimum(one, two), np.maximum(one, two)])


@dataclass(frozen=True)
class Frame:
    """One page's coordinates.

    bounds  left, bottom, right, top of the visible page in PDF space
    shown   clockwise turn of the page as displayed (/Rotate)
    read    clockwise turn that sets its text upright; nearly always the same
    """

    bounds: Box
    shown: int = 0
    read: int = 0

    @classmethod
    def of(cls, page: pdfium.PdfPage, read: int | None = None) -> "Frame":
        rect = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, rect)
        shown = page.get_rotation() % 360
        return cls((rect.left, rect.bottom, rect.right, rect.top), shown, shown if read is None else read)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as read."""
        left, bottom, right, top = self.bounds
        return (top - bottom, right - left) if self.read in (90, 270) else (right - left, top - bottom)

    def points(self, points: np.ndarray) -> np.ndarray:
        """Points (n, 2) of PDF space in reading coordinates."""
        matrix = _matrix(self.bounds, self.read)
        return points @ matrix[:, :2].T + matrix[:, 2]

    def boxes(self, boxes: np.ndarray) -> np.ndarray:
        """Boxes (n, 4: left, bottom, right, top) of PDF space as left, top, right, bottom in reading coordinates."""
        return _boxes(_matrix(self.bounds, self.read), boxes)

    def shown_boxes(self, boxes: np.ndarray) -> list[Box]:
        """Boxes (n, 4) of reading coordinates on the page as displayed, rounded to a hundredth of a point."""
        if self.shown != self.read:
            there = np.vstack([_matrix(self.bounds, self.read), [0, 0, 1]])
            boxes = _boxes(_matrix(self.bounds, self.shown) @ np.linalg.inv(there), boxes)
        return [(left, top, right, bottom) for left, top, right, bottom in np.round(boxes, 2).tolist()]

    def shown_box(self, box: Sequence[float]) -> Box:
        """One box of reading coordinates on the page as displayed."""
        return self.shown_boxes(np.asarray([box], float))[0]
