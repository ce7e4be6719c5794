"""What a chart shows, as lists."""

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text


def texts(figure: Figure) -> list[str]:
    """Every visible text without line breaks, in drawing order."""
    found = [item.get_text().replace("\n", "") for item in figure.findobj(Text) if item.get_visible()]
    return [text for text in found if text]


def bars(figure: Figure) -> list[Rectangle]:
    """The bars, from the top."""
    return [bar for axes in figure.axes for bar in axes.patches if isinstance(bar, Rectangle)]


def widths(figure: Figure) -> list[float]:
    return [round(float(bar.get_width()), 2) for bar in bars(figure)]


def part(figure: Figure, gid: str) -> str:
    return next(text.get_text().replace("\n", "") for text in figure.texts if text.get_gid() == gid)


def outside(figure: Figure) -> list[str]:
    """Texts that leave the sheet."""
    renderer = figure.canvas.get_renderer()
    sheet = figure.bbox
    return [
        text.get_text()
        for text in figure.findobj(Text)
        if text.get_text() and text.get_visible() and not _inside(text.get_window_extent(renderer), sheet)
    ]


def overlaps(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that touch."""
    renderer = figure.canvas.get_renderer()
    shown = [text for text in figure.findobj(Text) if text.get_text().strip() and text.get_visible()]
    boxes = [(text.get_text(), text.get_window_extent(renderer).shrunk(0.98, 0.8)) for text in shown]
    return [(a, b) for i, (a, x) in enumerate(boxes) for b, y in boxes[i + 1 :] if x.overlaps(y)]


def _inside(box, sheet) -> bool:
    return box.x0 >= sheet.x0 - 1 and box.x1 <= sheet.x1 + 1 and box.y0 >= sheet.y0 - 1 and box.y1 <= sheet.y1 + 1
