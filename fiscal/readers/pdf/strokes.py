"""Every drawn line of a page, whatever it was drawn with: strokes, thin filled rectangles, thin images, forms."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pypdfium2 as pdfium

from fiscal.readers.pdf import calls
from fiscal.readers.pdf.frame import Frame

THIN = 3.2  # points: a filled shape as thin as this is a line
MAX_OBJECTS = 150_000  # drawn objects of one page; a dense printed page has some thousands
MAX_DEPTH = 8  # forms inside forms
MAX_IMAGE = 250_000_000  # pixels of one picture; an A4 page scanned at 600 dpi has 35 million
_WHITE = 740  # red + green + blue from here on cannot be seen on paper
_DARK = 230  # a red below cannot reach it
_VISIBLE = 8  # alpha below is transparent
_RING = (60.0, 170.0)  # points: across a round seal
_RECTANGLE = 5  # segments of a rectangle: the first and third are opposite corners
_EVERYWHERE = (-1e6, -1e6, 1e6, 1e6)
_WHOLE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


class PageRefused(Exception):
    """A page that would cost more than any printed page does; the message says why."""


@dataclass
class Drawn:
    """What a page draws, in PDF space.

    lines     thin boxes that can be seen on white
    whites    thin white boxes: lines where they cross a coloured area, else nothing
    areas     boxes of coloured filled shapes, and of shadings
    tiles     boxes of all filled shapes that are no lines, whatever their colour
    images    boxes of pictures
    rings     boxes of round outlines as large as a seal
    n_paths   drawn shapes
    covers    (when, box) of opaque shapes painted after some text
    order     text object → when it was painted
    faint     text object → why it may not be seen: invisible, white or a layer that may be switched off
    ink       text object → red, green, blue as they look on white paper
    clips     text object → the box to which its drawing is clipped
    """

    lines: list[Box] = field(default_factory=list)
    whites: list[Box] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)
    tiles: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    rings: list[Box] = field(default_factory=list)
    n_paths: int = 0
    covers: list[tuple[int, Box]] = field(default_factory=list)
    order: dict[int, int] = field(default_factory=dict)
    faint: dict[int, str] = field(default_factory=dict)
    ink: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    clips: dict[int, Box] = field(default_factory=dict)


def read_drawn(page: pdfium.PdfPage) -> Drawn:
    """Walk through the objects of a page and of its forms. Errors: PageRefused."""
    return _Walk().page(calls.address(page))


def line_boxes(drawn: Drawn, frame: Frame) -> np.ndarray:
    """Boxes (n, 4) of the visible lines in reading coordinates; white ones count on coloured ground only."""
    seen = drawn.lines + [box for box in drawn.whites if any(_within(box, area) for area in drawn.areas)]
    return frame.boxes(np.array(seen, float).reshape(-1, 4))


def _within(box: Box, area: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]


def _compose(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(box: Box, matrix: Matrix | None) -> Box:
    if matrix is None:
        return box
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


class _Walk:
    """One pass over the objects; keeps the buffers that pdfium writes into."""

    def __init__(self) -> None:
        self.drawn, self.count = Drawn(), 0
        self.clipped: tuple[tuple, Box] = (), _EVERYWHERE
        self.bounds, self.matrix = calls.Numbers(4, ctypes.c_float), calls.Numbers(6, ctypes.c_float)
        self.colour, self.mode = calls.Numbers(4, ctypes.c_uint), calls.Numbers(2, ctypes.c_int)
        self.point, self.pixels = calls.Numbers(2, ctypes.c_float), calls.Numbers(2, ctypes.c_uint)
        self.name, self.length = calls.Numbers(8, ctypes.c_uint16), calls.Numbers(1, ctypes.c_ulong)

    def page(self, page: int) -> Drawn:
        total = calls.count_objects(page)
        if total > MAX_OBJECTS:
            raise PageRefused(f"画了 {total} 个对象，多于 {MAX_OBJECTS}")
        get_object, object_type = calls.get_object, calls.object_type
        for number in range(total):
            item = get_object(page, number)
            if object_type(item) == calls.TEXT:  # by far the most frequent, one for each character in some files
                self.count += 1
                self.text(item, None)
            else:
                self.one(item, None, 0)
        return self.drawn

    def one(self, item: int, outer: Matrix | None, depth: int) -> None:
        self.count += 1
        kind = calls.object_type(item)
        if kind == calls.TEXT:
            self.text(item, outer)
        elif kind == calls.PATH:
            self.path(item, outer)
        elif kind == calls.IMAGE:
            self.image(item, self.box(item, outer))
        elif kind == calls.FORM:
            self.form(item, outer, depth)
        elif kind == calls.SHADING:
            self.drawn.areas.append(self.box(item, outer))

    def text(self, item: int, outer: Matrix | None) -> None:
        self.drawn.order[item] = self.count
        mode = calls.render_mode(item)
        seen = self.inked(calls.stroke_colour if mode in (1, 5) else calls.fill_colour, item)
        self.drawn.ink[item] = self.on_paper()
        if mode in (3, 7):
            self.drawn.faint[item] = "invisible"
        elif mode in (0, 1, 4, 5) and not seen:
            self.drawn.faint[item] = "white"
        elif self.layered(item):
            self.drawn.faint[item] = "layer"
        clip = calls.clip_path(item)
        if clip and (paths := calls.clip_count(clip)) > 0:
            calls.segment_point(calls.clip_segment(clip, paths - 1, 0), *self.point.at)
            key = (paths, self.point.buffer[0], self.point.buffer[1])
            if key != self.clipped[0]:  # texts that follow each other mostly stand in one clip, read once
                self.clipped = key, self.clip(clip, paths)
            self.drawn.clips[item] = self.clipped[1] if outer is None else _moved(self.clipped[1], outer)

    def on_paper(self) -> tuple[int, int, int]:
        """The colour read last as it looks on white, thinned by its transparency."""
        red, green, blue, alpha = self.colour.buffer
        if alpha == 255:
            return red, green, blue
        return tuple(255 - (255 - part) * alpha // 255 for part in (red, green, blue))  # type: ignore[return-value]

    def clip(self, clip: int, paths: int) -> Box:
        """The box that all paths of a clip leave free; of a rectangle two corners tell it."""
        low_x, low_y, high_x, high_y = _EVERYWHERE
        point, (at_x, at_y) = self.point.buffer, self.point.at
        for number in range(paths):
            count = calls.clip_segments(clip, number)
            xs, ys = [], []
            for index in range(0, count, 2 if count <= _RECTANGLE else 1):
                calls.segment_point(calls.clip_segment(clip, number, index), at_x, at_y)
                xs.append(point[0])
                ys.append(point[1])
                if count <= _RECTANGLE and index == 2:
                    break
            if xs:
                low_x, low_y = max(low_x, min(xs)), max(low_y, min(ys))
                high_x, high_y = min(high_x, max(xs)), min(high_y, max(ys))
        return low_x, low_y, high_x, high_y

    def layered(self, item: int) -> bool:
        """Whether the object belongs to an optional layer (a mark OC, as UTF-16)."""
        for number in range(calls.object_marks(item)):
            calls.mark_name(calls.object_mark(item, number), self.name.at[0], 16, self.length.at[0])
            if self.name.values()[:3] == [ord("O"), ord("C"), 0]:
                return True
        return False

    def form(self, item: int, outer: Matrix | None, depth: int) -> None:
        total = calls.form_count(item)
        if self.count + total > MAX_OBJECTS:
            raise PageRefused(f"其表单画了多于 {MAX_OBJECTS} 个对象")
        if depth >= MAX_DEPTH:
            return
        calls.object_matrix(item, self.matrix.at[0])
        matrix = _compose(tuple(self.matrix.values()), outer or _WHOLE)
        for number in range(total):
            self.one(calls.form_object(item, number), matrix, depth + 1)

    def image(self, item: int, box: Box) -> None:
        calls.image_size(item, *self.pixels.at)
        width, height = self.pixels.values()
        if width * height > MAX_IMAGE:
            raise PageRefused(f"有 {width} × {height} 像素的图片")
        (self.drawn.lines if _is_thin(box) else self.drawn.images).append(box)

    def box(self, item: int, outer: Matrix | None) -> Box:
        calls.object_bounds(item, *self.bounds.at)
        left, bottom, right, top = self.bounds.values()
        return _moved((left, bottom, right, top), outer)

    def inked(self, colour, item: int) -> bool:
        """Whether a colour can be seen on white paper."""
        if not colour(item, *self.colour.at):
            return True
        seen = self.colour.buffer  # red, green, blue, alpha
        return seen[3] >= _VISIBLE and (seen[0] < _DARK or seen[0] + seen[1] + seen[2] <= _WHITE)

    def path(self, item: int, outer: Matrix | None) -> None:
        self.drawn.n_paths += 1
        calls.draw_mode(item, *self.mode.at)
        filled, stroked = self.mode.values()
        if not filled and not stroked:
            return
        seen = self.inked(calls.stroke_colour if stroked else calls.fill_colour, item)
        into = self.drawn.lines if seen else self.drawn.whites
        simple = calls.count_segments(item) <= 5
        box = self.box(item, outer) if simple else None
        if box is not None and _is_thin(box):
            into.append(box)
        elif stroked:
            points = self.points(item, outer)
            into.extend(_sides(points))
            self.drawn.rings.extend(_ring(points))
        elif box is None:
            into.extend(part for part in _parts(self.points(item, outer)) if _is_thin(part))
        if box is not None and filled and not _is_thin(box):
            self.area(item, box)

    def area(self, item: int, box: Box) -> None:
        self.drawn.tiles.append(box)
        if self.inked(calls.fill_colour, item):
            self.drawn.areas.append(box)
        if self.drawn.order and not calls.has_transparency(item):
            self.drawn.covers.append((self.count, box))

    def points(self, item: int, outer: Matrix | None) -> list[tuple[int, float, float, bool]]:
        """Segments as (type, x, y, closes the figure) in PDF space."""
        calls.object_matrix(item, self.matrix.at[0])
        a, b, c, d, e, f = _compose(tuple(self.matrix.values()), outer or _WHOLE)
        found = []
        for number in range(calls.count_segments(item)):
            segment = calls.get_segment(item, number)
            calls.segment_point(segment, *self.point.at)
            x, y = self.point.values()
            closes = bool(calls.segment_close(segment))
            found.append((calls.segment_type(segment), a * x + c * y + e, b * x + d * y + f, closes))
        return found


def _is_thin(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) <= THIN


def _sides(points: list[tuple[int, float, float, bool]]) -> Iterator[Box]:
    """The straight, upright or level sides of a stroked path."""
    start = last = (0.0, 0.0)
    for kind, x, y, closes in points:
        if kind == calls.MOVE_TO:
            start = (x, y)
        elif kind == calls.LINE_TO:
            yield from _side(last, (x, y))
        last = (x, y)
        if closes:
            yield from _side(last, start)
            last = start


def _ring(points: list[tuple[int, float, float, bool]]) -> Iterator[Box]:
    """The box of an outline of curves alone, as wide as high."""
    xs, ys = [x for _, x, _, _ in points], [y for _, _, y, _ in points]
    if any(kind == calls.LINE_TO for kind, *_ in points) or not any(kind == calls.CURVE_TO for kind, *_ in points):
        return
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if _RING[0] <= width <= _RING[1] and abs(width - height) < THIN:
        yield min(xs), min(ys), max(xs), max(ys)


def _side(one: tuple[float, float], two: tuple[float, float]) -> Iterator[Box]:
    box = (min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))
    if _is_thin(box) and box[0:2] != box[2:4]:
        yield box


def _parts(points: list[tuple[int, float, float, bool]]) -> Iterator[Box]:
    """The bounding boxes of the separate figures of a filled path."""
    part: list[tuple[float, float]] = []
    for kind, x, y, _ in [*points, (calls.MOVE_TO, 0.0, 0.0, False)]:
        if kind == calls.MOVE_TO and part:
            xs, ys = [x for x, _ in part], [y for _, y in part]
            yield min(xs), min(ys), max(xs), max(ys)
        if kind == calls.MOVE_TO:
            part = []
        part.append((x, y))
