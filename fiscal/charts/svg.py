"""A chart as an SVG element for a page: text as paths, so that no font is needed."""

import html
import io
import re
from hashlib import sha256

import matplotlib
from matplotlib.figure import Figure
from matplotlib.text import Text

_GLYPH = re.compile(r'( d="[^"]*")\s*transform="scale\(0\.015625\)"')


def svg(figure: Figure, *, bare: bool = False) -> str:
    """The figure as an SVG element, with title, description and label for screen readers.

    `bare` leaves title, unit and source line out, for pages that print them as a caption. Ids are unique per chart,
    nothing is loaded from elsewhere, and the same chart always gives the same text.
    """
    for text in figure.findobj(Text):
        text.set_parse_math(False)  # type: ignore[attr-defined]  # a name with $ in it is no formula
    hidden = [text for text in figure.texts if bare and text.get_gid() in ("title", "unit", "source")]
    for text in hidden:
        text.set_visible(False)
    try:
        raw = _saved(figure)
    finally:
        for text in hidden:
            text.set_visible(True)
    whole = (0.0, figure.get_figheight() * 72)
    top, height = getattr(figure, "body_box", whole) if bare else whole
    return _element(raw, figure, top=top, height=height)


def _saved(figure: Figure) -> str:
    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "path", "svg.hashsalt": "fiscal"}):
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(buffer, format="svg", facecolor="none", metadata=nothing)
    return buffer.getvalue()


def _element(raw: str, figure: Figure, *, top: float, height: float) -> str:
    alt = html.escape(str(figure.get_label()))
    title = html.escape(str(getattr(figure, "title", "")))
    mark = "c" + sha256(f"{alt}{title}{top}".encode()).hexdigest()[:4]
    inner = _small(raw[raw.index("<defs") : raw.rindex("</svg>")])
    inner = re.sub(r'(id="|href="#|url\(#)', rf"\g<1>{mark}", inner)
    width = figure.get_figwidth() * 72
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {top:.1f} {width:.1f} {height:.1f}" role="img" '
        f'aria-label="{alt}" style="display:block;width:100%;max-width:{width * 1.6:.0f}px;height:auto">'
        f"<title>{title}</title><desc>{alt}</desc>{inner}</svg>"
    )


def _small(inner: str) -> str:
    """The same drawing in fewer characters: no comments, glyphs in steps of a 250th of an em, short ids."""
    inner = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>|<defs>\s*<style.*?</defs>", "", inner, flags=re.DOTALL)
    inner = _GLYPH.sub(lambda found: f'{_scaled(found[1])} transform="scale(.4)"', inner)
    inner = re.sub(r' d="M [^"]*"', lambda found: _tight(found[0]), inner)
    inner = re.sub(r'transform="translate\(([\d.]+) 0\)"/>', r'x="\1"/>', inner)
    inner = inner.replace("xlink:href", "href").replace("NotoSansSC-Regular-", "g")
    return re.sub(r">\s+<", "><", re.sub(r"\s*\n\s*", " ", inner))


def _scaled(path: str) -> str:
    """A glyph outline in steps of 1/250 em, every point relative to the one before: a third of the characters."""
    pen = _Pen()
    for command, numbers in re.findall(r"([MLQ])([^MLQZz]*)|[Zz]", path):
        pen.draw(command, [round(float(n) / 25.6) for n in numbers.split()])
    return f' d="{"".join(pen.steps)}"'


class _Pen:
    """Writes path commands relative to where it stands; a smooth curve needs no control point (t)."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.here = self.start = self.control = (0, 0)

    def draw(self, command: str, points: list[int]) -> None:
        if not command:  # closing a contour moves back to its beginning
            self.steps.append("z")
            self.here = self.control = self.start
            return
        *control, x, y = points
        mirrored = (2 * self.here[0] - self.control[0], 2 * self.here[1] - self.control[1])
        smooth = bool(control) and self.control != self.here and max(
            abs(control[0] - mirrored[0]), abs(control[1] - mirrored[1])) <= 1  # fmt: skip
        self.steps.append(self._step("T" if smooth else command, [x, y] if smooth else points))
        self.control = mirrored if smooth else (control[0], control[1]) if control else (x, y)
        self.here = (x, y)
        self.start = self.here if command == "M" else self.start

    def _step(self, command: str, points: list[int]) -> str:
        moved = [value - self.here[index % 2] for index, value in enumerate(points)]
        if command == "L" and 0 in moved:
            return f"h{moved[0]}" if moved[1] == 0 else f"v{moved[1]}"
        return command.lower() + " ".join(map(str, moved)).replace(" -", "-")


def _tight(path: str) -> str:
    short = re.sub(r"-?\d+\.\d{3,}", lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), path)
    return re.sub(r"\s*([MLQCZz])\s*", r"\1", re.sub(r"\s+", " ", short))
