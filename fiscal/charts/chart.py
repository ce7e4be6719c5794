"""The sheet every chart is drawn on: title, unit, source line, and the words that go with the picture."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from fiscal.charts.style import BODY, INK, SMALL, SOFT, TITLE, UNKNOWN, WIDTH, balanced, font, number, plain, wrap
from fiscal.charts.svg import svg
from fiscal.model.display import Displayed
from fiscal.model.finding import Doubt

MARGIN, LEAD = 4.0, 1.35
Doubted = tuple[str, Doubt]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a chart: what it shows, in which unit, from where, what it says, and the same for the blind.

    message  one sentence with numbers, for the caption
    alt      every number drawn, as a sentence
    doubts   what is drawn and held for wrong, in words, each with what the check says
    """

    title: str
    unit: str
    source: str
    message: str
    alt: str
    doubts: tuple[Doubted, ...] = ()


class Chart(Displayed, Figure):
    """A matplotlib figure that knows its words. Made without pyplot: nothing has to be closed.

    published  the number of the same chart in the published document (图3), or ""
    is_empty   nothing could be drawn; the caption says why
    """

    def __init__(self, words: Words, body: float) -> None:
        self.words = words
        self.published, self.is_empty = "", False
        self._titles = balanced(words.title, WIDTH - 2 * MARGIN, TITLE)
        self._sources = wrap(f"来源：{words.source}", WIDTH - 2 * MARGIN, SMALL)
        self.body = body
        self.head = len(self._titles) * TITLE * LEAD + SMALL * LEAD + 12
        self.foot = len(self._sources) * SMALL * LEAD + 10
        self.points = self.head + body + self.foot
        super().__init__(figsize=(WIDTH / 72, self.points / 72), dpi=144, facecolor="white")
        self.title, self.body_box = words.title, (self.head, body)
        self.set_label(words.alt + "".join(f"{said}，{doubt.word}。" for said, doubt in words.doubts))
        self._write_words()

    def _write_words(self) -> None:
        unit = f"单位：{self.words.unit}" if self.words.unit else ""
        self._line("title", self._titles, MARGIN)
        self._line("unit", [unit], len(self._titles) * TITLE * LEAD + 8)
        self._line("source", self._sources, self.points - self.foot + 8)

    def _line(self, gid: str, lines: list[str], top: float) -> None:
        size, colour = (TITLE, INK) if gid == "title" else (SMALL, SOFT)
        place = (MARGIN / WIDTH, 1 - top / self.points)
        look: dict[str, Any] = {"fontproperties": font(size), "color": colour, "va": "top", "linespacing": 1.2}
        self.text(*place, "\n".join(lines), **look).set_gid(gid)

    def panel(self, left: float, top: float, width: float, height: float) -> Axes:
        """Bare axes in the body; arguments in points from its top left corner."""
        bottom = self.points - self.head - top - height
        box = (left / WIDTH, bottom / self.points, width / WIDTH, height / self.points)
        axes = self.add_axes(box)
        axes.set_axis_off()
        return axes

    def canvas_panel(self) -> Axes:
        """The whole body in points, the origin at its top left corner."""
        axes = self.panel(0, 0, WIDTH, self.body)
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(self.body, 0)
        return axes


def write(axes: Axes, x: float, y: float, text: str, **look: Any) -> Text:
    """Text at a point of the axes. `look`: size, color, ha, va, offset (points right and up)."""
    size, offset = look.pop("size", BODY), look.pop("offset", (0, 0))
    look = {"color": INK, "ha": "left", "va": "center", **look}
    return axes.annotate(
        text, (x, y), xytext=offset, textcoords="offset points", fontproperties=font(size), linespacing=1.15,
        annotation_clip=False, **look,
    )  # fmt: skip


def empty(title: str, note: str, reason: str, unit: str = "") -> Chart:
    """The chart of no data: a sentence where the marks would be."""
    chart = Chart(Words(title, unit, note, f"{reason}。", f"{title}：{reason}。"), 60)
    chart.is_empty = True
    write(chart.canvas_panel(), WIDTH / 2, chart.body / 2, reason, ha="center", color=SOFT)
    return chart


def filled(colour: str, doubt: object) -> dict[str, Any]:
    """How a bar or band is drawn: full, or hatched where its number is doubted."""
    if doubt:
        return {"facecolor": "white", "edgecolor": colour, "hatch": "////", "linewidth": 1}
    return {"color": colour, "linewidth": 0}


def told(head: str, names: Sequence[str]) -> str:
    """为0的有：a、b。 or nothing where there are none."""
    return f"{head}的有：{'、'.join(names)}。" if names else ""


def told_absent(lines: Iterable[dict], name: str) -> str:
    """The parts that are 0, and those that are not known."""
    zeros = [line[name] for line in lines if line["amount"] is not None and line["amount"] == 0]
    return told("为0", zeros) + told(UNKNOWN, [line[name] for line in lines if line["state"] == "unknown"])


def doubted(lines: Iterable[dict], name: str, value: str = "amount", key: str = "doubt") -> tuple[Doubted, ...]:
    """The drawn lines whose number is held for wrong: name and number, with what the check says."""
    return tuple(
        (f"{line[name]}{plain(number(line[value]))}", line[key])
        for line in lines if line.get(key) and line[value] is not None
    )  # fmt: skip


def alt_text(figure: Figure) -> str:
    """What the picture shows, with its numbers, for those who do not see it."""
    return str(figure.get_label())


def message(figure: Figure) -> str:
    """The caption: one sentence with numbers; "" for a figure that is not ours."""
    return figure.words.message if isinstance(figure, Chart) else ""


def figure_html(chart: Chart) -> str:
    """The chart with its caption, for notebooks and pages; without data a sentence that says so."""
    words = chart.words
    if chart.is_empty:
        return f'<p class="note">{html.escape(f"{words.title}：{words.message}")}</p>'
    unit = f"（{words.unit}）" if words.unit else ""
    head, rest = html.escape(words.title + unit), html.escape(f"{words.message}来源：{words.source}。")
    same = f"　即公开文本{html.escape(chart.published)}" if chart.published else ""
    caption = f'<figcaption class="cap"><b>{head}</b>{same}　{rest}{_hatched(words.doubts)}</figcaption>'
    return f'<figure class="chart">{svg(chart, bare=True)}{caption}</figure>'


def _hatched(doubts: Iterable[Doubted]) -> str:
    """The hatched numbers, each with a link to the finding."""
    parts = [f'{html.escape(said)}（<a class="see" href="#{doubt.anchor}">{doubt.told}</a>）' for said, doubt in doubts]
    return f'<span class="disagrees">斜线或空心为有疑问的数：{"、".join(parts)}。</span>' if parts else ""
