"""Ruling lines in a picture of a page: long dark runs of pixels, found without any other library."""

import numpy as np

_DARK = 0.72  # of the brightness of the paper
_LONG = 9.0  # points: the least height of a cell
_GLYPH = 60.0  # points: no type is larger
_WORDS = 60.0  # square points of ink: about five characters
_WHOLE = 0.94  # of a run that is dark; scans have holes


def line_boxes_of(picture: np.ndarray, scale: float, glyphs: np.ndarray) -> np.ndarray:
    """Thin boxes (n, 4) in points of the level and upright lines of a grey picture with `scale` pixels per point.

    Runs inside the boxes of `glyphs` (n, 4) are strokes of type.
    """
    dark = picture < _DARK * float(np.percentile(picture, 75))
    level, upright = _runs(dark, int(_LONG * scale)), _runs(dark.T, int(_LONG * scale))
    found = np.vstack([level, upright[:, [1, 0, 3, 2]]]) / scale
    short = np.flatnonzero((found[:, 2:] - found[:, :2]).max(1, initial=0) < _GLYPH)
    stroke = np.array([_in_glyph(found[number], glyphs) for number in short.tolist()], bool)
    return np.delete(found, short[stroke], axis=0)


def with_ink(picture: np.ndarray, scale: float, glyphs: np.ndarray) -> np.ndarray:
    """Mask of the boxes (n, 4 in points) in which a picture is dark anywhere."""
    dark = picture < _DARK * float(np.percentile(picture, 75))
    edges = np.clip(np.rint(glyphs * scale), 0, None).astype(int).tolist()
    return np.array([bool(dark[top : bottom + 1, left : right + 1].any()) for left, top, right, bottom in edges], bool)


def writing_without_text(picture: np.ndarray, scale: float, glyphs: np.ndarray, drawn: np.ndarray) -> bool:
    """Whether a picture shows dark spots, as much as some words, away from its glyphs and lines (boxes in points)."""
    dark = picture < _DARK * float(np.percentile(picture, 75))
    for boxes, room in ((glyphs, 0.25), (drawn, 0.0)):
        wide = room * (boxes[:, 3:] - boxes[:, 1:2]) + 1.5
        edges = np.hstack([boxes[:, :2] - wide, boxes[:, 2:] + wide]) * scale
        for left, top, right, bottom in np.clip(edges, 0, None).astype(int).tolist():
            dark[top : bottom + 1, left : right + 1] = False
    return int(dark.sum()) > _WORDS * scale**2


def _in_glyph(box: np.ndarray, glyphs: np.ndarray) -> bool:
    return bool(((glyphs[:, :2] - 1 <= box[:2]) & (box[2:] <= glyphs[:, 2:] + 1)).all(1).any())


def _runs(dark: np.ndarray, least: int) -> np.ndarray:
    """(n, 4) left, top, right, bottom of each run of a row that is at least so long."""
    sums = np.cumsum(np.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    full = sums[:, least:] - sums[:, :-least] >= _WHOLE * least
    edge = np.diff(np.pad(full, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    row, start = np.nonzero(edge == 1)
    end = np.nonzero(edge == -1)[1]
    return np.column_stack([start, row + 0.5, end + least - 1, row + 0.5]).astype(float).reshape(-1, 4)
