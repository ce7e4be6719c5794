"""One page of a PDF: its grids, and its lines of text outside them."""

from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium

from fiscal.model.cells import Place
from fiscal.readers.grid import RawGrid
from fiscal.readers.pdf.aligned import level_tables, with_rows
from fiscal.readers.pdf.chars import Chars, PageChars, read_chars
from fiscal.readers.pdf.frame import Frame
from fiscal.readers.pdf.hidden import take_away, visible
from fiscal.readers.pdf.lattice import Lattice, lattices, rulings
from fiscal.readers.pdf.limits import MAX_CHARS, MAX_SIDE
from fiscal.readers.pdf.picture_lines import line_boxes_of, with_ink, writing_without_text
from fiscal.readers.pdf.ruled_cells import inside, rows_of
from fiscal.readers.pdf.strokes import Drawn, PageRefused, line_boxes, read_drawn
from fiscal.readers.pdf.text_lines import Box, Line, lines
from fiscal.readers.pdf.tiles import bands, free_of, partly_shaded, sides, tile_boxes

_FEW = 40  # characters of text on what is still a scan
_MOSTLY = 0.5  # of the page that its pictures cover
_SCALE = 2.0  # pixels per point at which a picture of a page is searched for lines
_TRUE = 0.8  # of the characters over a picture under which it has ink: fewer say something else than it does
_NONE = np.empty((0, 4))
_ROWS, _FILLED = 6, 0.4  # rows of a table, and the part of the page it fills, that show that it has lost its text
_RULES = 2  # shapes of the running head and foot
_CURVES = 200  # shapes on a page without any character


@dataclass(frozen=True)
class Page:
    """What stands on one page.

    grids  from top to bottom; `tops` and `bottoms` are their edges in the page as read, for ordering with the lines
    lines  of text outside the grids, from top to bottom
    image  the page is a picture without text of its own
    layer  the text over a picture that shows writing beside it
    unsure  boxes of tables, in the page as read, whose columns cannot be told; their text is among the lines
    drawn  something else than text is painted: a picture, or more shapes than rules at head and foot
    """

    number: int
    frame: Frame
    grids: tuple[RawGrid, ...] = ()
    spans: tuple[tuple[float, float], ...] = ()
    lines: tuple[Line, ...] = ()
    image: bool = False
    layer: Chars | None = None
    unsure: tuple[Box, ...] = ()
    drawn: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return not (self.lines or self.grids or self.image or self.drawn or self.layer is not None)


def read_page(page: pdfium.PdfPage, place: Place) -> Page:
    """Grids and lines of a page; `place` names the document and the page number. Errors: PageRefused."""
    width, height = page.get_size()
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise PageRefused(f"页面有 {width:.0f} × {height:.0f} 点，多于 {MAX_SIDE:.0f}")
    drawn = read_drawn(page)
    layer = _has_layer(drawn, width * height)
    take_away(page, drawn, layer=layer)
    text_page = page.get_textpage()
    if text_page.count_chars() > MAX_CHARS:
        raise PageRefused(f"有多于 {MAX_CHARS} 个字")
    read = visible(page, text_page, read=read_chars(page, text_page), drawn=drawn)
    text_page.close()
    if _is_picture(read.chars, drawn, width * height) or (not len(read.chars) and _is_ruled(drawn, read.frame)):
        return Page(place.page or 0, read.frame, image=True)
    if layer:
        return _of_layer(page, read, line_boxes(drawn, read.frame), place)
    tiles = tile_boxes(drawn, read.frame)
    found = page_of(read.chars, line_boxes(drawn, read.frame), frame=read.frame, place=place, tiles=tiles)
    return replace(found, drawn=bool(drawn.images) or drawn.n_paths > _RULES)


def _of_layer(page: pdfium.PdfPage, read: PageChars, drawn: np.ndarray, place: Place) -> Page:
    """A picture with its text over it: the lines of its tables are those that the picture shows.

    A layer whose characters mostly stand where the picture shows none is not believed.
    """
    grey = page.render(scale=_SCALE, grayscale=True).to_numpy()
    picture = np.rot90(grey[..., 0] if grey.ndim == 3 else grey, (read.frame.shown - read.frame.read) // 90 % 4)
    seen = with_ink(picture, _SCALE, read.chars.ink)
    if seen.mean() < _TRUE:
        return Page(place.page or 0, read.frame, image=True)
    read = replace(read, chars=read.chars.only(seen))
    drawn = np.vstack([drawn, line_boxes_of(picture, _SCALE, read.chars.cell)])
    found = page_of(read.chars, drawn, frame=read.frame, place=place)
    gaps = writing_without_text(picture, _SCALE, read.chars.cell, drawn)
    return replace(found, layer=read.chars) if gaps else found


def _has_layer(drawn: Drawn, area: float) -> bool:
    """Whether the page is a picture whose words lie over it as invisible text (双层 PDF)."""
    hidden = sum(why == "invisible" for why in drawn.faint.values())
    return _covered(drawn) >= _MOSTLY * area and hidden > len(drawn.order) / 2


def _covered(drawn: Drawn) -> float:
    return sum((right - left) * (top - bottom) for left, bottom, right, top in drawn.images)


def _is_picture(chars: Chars, drawn: Drawn, area: float) -> bool:
    """A scan, perhaps with a stamped page number, or text drawn as curves."""
    if len(chars) >= _FEW:
        return False
    return _covered(drawn) >= _MOSTLY * area or (not len(chars) and drawn.n_paths >= _CURVES)


def _is_ruled(drawn: Drawn, frame: Frame) -> bool:
    """Whether a table fills the page: without any text it has lost it; a few blank rows only end one before."""
    boxes = [one.box for one in lattices(*rulings(line_boxes(drawn, frame))) if len(one.ys) > _ROWS]
    return any(bottom - top >= _FILLED * frame.size[1] for _, top, _, bottom in boxes)


def page_of(chars: Chars, drawn: np.ndarray, *, frame: Frame, place: Place, tiles: np.ndarray = _NONE) -> Page:
    """A page from its characters, the thin boxes (n, 4) of its lines and its shaded cells, in reading coordinates.

    Smaller tables inside larger ones take their characters first; tables without any text are left out.
    """
    rest, grids = chars, []
    tables, unsure = _tables(chars, drawn, tiles)
    for lattice in sorted(tables, key=_area):
        mine = inside(lattice, rest)
        if mine.any():
            grids.append((lattice.box, _grid(lattice, rest.only(mine), frame=frame, place=place)))
            rest = rest.only(~mine)
    grids.sort(key=lambda one: (one[0][1], one[0][0]))
    spans = tuple((box[1], box[3]) for box, _ in grids)
    number, read = place.page or 0, tuple(grid for _, grid in grids)
    return Page(number, frame, read, spans, tuple(lines(rest, number)), unsure=tuple(unsure))


def _tables(chars: Chars, drawn: np.ndarray, tiles: np.ndarray) -> tuple[list[Lattice], list[Box]]:
    if not len(chars):
        return [], []
    level, upright = rulings(drawn)
    ruled = lattices(level, upright)
    tiles, stripes = free_of(tiles, ruled), []
    if len(tiles):
        shaded = lattices(*rulings(sides(tiles)))
        stripes = partly_shaded(shaded, chars)
        ruled += [one for one in shaded if not any(one is stripe for group in stripes for stripe in group)]
        level, _ = rulings(np.vstack([drawn, bands(free_of(tiles, shaded))]))
    found = [with_rows(lattice, chars) for lattice in ruled]
    more, unsure = level_tables(level, found, chars)
    return found + more, unsure + [_around(group) for group in stripes]


def _around(tables: list[Lattice]) -> Box:
    boxes = np.array([one.box for one in tables])
    return (*boxes[:, :2].min(0).tolist(), *boxes[:, 2:].max(0).tolist())


def _area(lattice: Lattice) -> float:
    left, top, right, bottom = lattice.box
    return (right - left) * (bottom - top)


def _grid(lattice: Lattice, chars: Chars, *, frame: Frame, place: Place) -> RawGrid:
    rows = rows_of(lattice, chars, frame=frame, place=place)
    return RawGrid(rows, Place(document=place.document, page=place.page, bbox=frame.shown_box(lattice.box)))
