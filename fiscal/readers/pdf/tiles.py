"""Shaded cells: tables whose cells are coloured areas side by side, with the paper as their borders."""

import numpy as np

from fiscal.readers.pdf.aligned import OUTSIDE
from fiscal.readers.pdf.chars import Chars
from fiscal.readers.pdf.frame import Frame
from fiscal.readers.pdf.lattice import Lattice
from fiscal.readers.pdf.level_columns import NUMBER, crossed, runs
from fiscal.readers.pdf.strokes import Drawn

_GAP = 3.2  # points: areas farther apart do not border on each other
_MOST = 3_000  # areas of a page that are looked at; more are a picture
_STRIPE = 2  # rows of a stripe at most
_BETWEEN = 1.5  # of the height of a shaded row: what stands farther below is no next row
_GROUND = 3  # an area around so many others is their ground, no cell


def tile_boxes(drawn: Drawn, frame: Frame) -> np.ndarray:
    """Boxes (n, 4) of the cells that a page draws as areas, in reading coordinates: coloured, or white on a colour."""
    if len(drawn.tiles) < 2 or len(drawn.tiles) > _MOST:
        return np.empty((0, 4))
    tiles, areas = np.array(drawn.tiles, float), np.array(drawn.areas, float).reshape(-1, 4)
    around = _contains(tiles, tiles).sum(1) - 1
    coloured = (np.abs(tiles[:, None] - areas).max(2, initial=np.inf) < 0.01).any(1) if len(areas) else around < 0
    on_colour = _contains(areas, tiles).any(0) if len(areas) else around < 0
    return frame.boxes(tiles[(coloured | on_colour) & (around < _GROUND)])


def _contains(outer: np.ndarray, inner: np.ndarray) -> np.ndarray:
    middle = (inner[:, :2] + inner[:, 2:]) / 2
    return ((outer[:, None, :2] < middle) & (middle < outer[:, None, 2:])).all(2)


def free_of(tiles: np.ndarray, found: list[Lattice]) -> np.ndarray:
    """The tiles outside the tables that lines draw: inside they are only shading."""
    if not found or not len(tiles):
        return tiles
    return tiles[~_contains(np.array([lattice.box for lattice in found]), tiles).any(0)]


def sides(tiles: np.ndarray) -> np.ndarray:
    """The four sides, as thin boxes, of tiles that border on others."""
    if len(tiles) < 4:
        return np.empty((0, 4))
    wide = np.minimum(tiles[:, None, 2], tiles[:, 2]) - np.maximum(tiles[:, None, 0], tiles[:, 0])
    high = np.minimum(tiles[:, None, 3], tiles[:, 3]) - np.maximum(tiles[:, None, 1], tiles[:, 1])
    borders = ((wide > _GAP) & (np.abs(high) <= _GAP)) | ((high > _GAP) & (np.abs(wide) <= _GAP))
    return _outline(tiles[borders.any(1)])


def partly_shaded(found: list[Lattice], chars: Chars) -> list[list[Lattice]]:
    """Shaded pieces of tables whose other rows stand on the bare paper, grouped by table: heads, or every other row."""
    begun = [one for one in found if _row_below(one, chars)]
    groups: list[list[Lattice]] = []
    for one in found:
        if not any(one is other or (_same_sides(one, other) and len(one.ys) <= _STRIPE + 1) for other in begun):
            continue
        if groups and _same_sides(groups[-1][-1], one) and one.ys[0] - groups[-1][-1].ys[-1] <= _reach(one):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _same_sides(one: Lattice, two: Lattice) -> bool:
    return bool(np.abs(one.xs[[0, -1]] - two.xs[[0, -1]]).max() <= _GAP)


def _reach(lattice: Lattice) -> float:
    return _BETWEEN * float(lattice.ys[-1] - lattice.ys[-2])


def _row_below(lattice: Lattice, chars: Chars) -> bool:
    """Whether a row goes on right below: texts apart from each other or one in the first column, none over a border."""
    left, _, right, bottom = lattice.box
    base = (chars.base > bottom) & (chars.base < bottom + _reach(lattice))
    below = runs(chars.only(base & (chars.ink[:, 0] > left) & (chars.ink[:, 2] < right)))
    row = [run for run in below if run.base - below[0].base < run.em / 2]
    if any(OUTSIDE.search(run.text) or crossed(run, lattice.xs.tolist()) for run in row):
        return False
    return len(row) > 1 or any(run.right < lattice.xs[1] and not NUMBER.fullmatch(run.text) for run in row)


def bands(tiles: np.ndarray) -> np.ndarray:
    """The upper and lower sides, as thin boxes, of stripes across a table."""
    wide = tiles[tiles[:, 2] - tiles[:, 0] > 4 * (tiles[:, 3] - tiles[:, 1])]
    return _outline(wide)[: 2 * len(wide)]


def _outline(tiles: np.ndarray) -> np.ndarray:
    left, top, right, bottom = tiles.T
    level = [np.column_stack([left, at, right, at]) for at in (top, bottom)]
    upright = [np.column_stack([at, top, at, bottom]) for at in (left, right)]
    return np.vstack([*level, *upright])
