"""From source to use: the money of the year through the grand total."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from fiscal.charts.chart import MARGIN, Chart, Words, doubted, empty, filled, told_absent, write
from fiscal.charts.style import AMOUNT, GREY, INK, SMALL, SOFT, WIDTH, balanced, number, plain

_STEM, _LABEL, _NODE, _TALL, _HEAD = 9.0, 106.0, 40.0, 150.0, 34.0


@dataclass(frozen=True, slots=True)
class Node:
    """One source or use, placed: top of its slot, thickness of its band, where the band meets the middle."""

    label: str
    text: str
    colour: str
    middle: float
    band: float
    joint: float
    is_doubted: bool = False


def flow_chart(flow: pd.DataFrame, *, title: str, note: str) -> Figure:
    """`metrics.money_flow` as bands from sources to the total to uses, thickness by amount.

    Which source paid for which use is not claimed: all money meets in the total. Zeros and negatives are not drawn
    but named in the caption; unknown amounts are named as 未公开.
    """
    sides = {side: _drawn(flow, side) for side in ("source", "use")}
    if not sides["source"] or not sides["use"]:
        return empty(title, note, "无数据：来源或去向不可知", flow["unit"].iloc[0] if len(flow) else "")
    largest = max(sum(float(line["amount"]) for line in lines) for lines in sides.values())
    body = _HEAD + max(_column_height(lines, _TALL / largest) for lines in sides.values())
    chart = Chart(_words(flow, sides, title=title, note=note), body)
    axes = chart.canvas_panel()
    _middle(axes, flow, body)
    for side, lines in sides.items():
        _side(axes, side, _placed(lines, _TALL / largest, body))
    return chart


def _drawn(flow: pd.DataFrame, side: str) -> list[dict]:
    lines = [line for line in flow[flow["side"] == side].to_dict("records") if line["amount"] is not None]
    positive = [line for line in lines if line["amount"] > 0]
    return sorted(positive, key=lambda line: (line["key"] == "rest", -line["amount"]))


def _column_height(lines: list[dict], scale: float) -> float:
    return sum(max(float(line["amount"]) * scale, _NODE) + 6 for line in lines) + 4


def _placed(lines: list[dict], scale: float, body: float) -> list[Node]:
    free = body - _HEAD - _column_height(lines, scale)
    top = _HEAD + free / 2
    joint = _HEAD + (body - _HEAD - _TALL) / 2
    nodes = []
    for line in lines:
        band = float(line["amount"]) * scale
        slot = max(band, _NODE)
        colour = GREY if line["key"] == "rest" else AMOUNT
        nodes.append(Node(line["label"], number(line["amount"]), colour, top + slot / 2, band, joint,
                          bool(line.get("doubt"))))  # fmt: skip
        top, joint = top + slot + 6, joint + band
    return nodes


def _middle(axes: Axes, flow: pd.DataFrame, body: float) -> None:
    top = _HEAD + (body - _HEAD - _TALL) / 2
    axes.add_patch(Rectangle((WIDTH / 2 - _STEM / 2, top), _STEM, _TALL, color=INK, linewidth=0, clip_on=False))
    total = flow["total"].iloc[0]
    text = f"收、支总计\n{number(total)}" if total is not None else "收、支总计"
    write(axes, WIDTH / 2, 0, text, ha="center", va="top", size=SMALL)


def _side(axes: Axes, side: str, nodes: list[Node]) -> None:
    left = side == "source"
    edge = _LABEL if left else WIDTH - _LABEL
    for node in nodes:
        band = max(node.band, 1.2)
        look = filled(node.colour, node.is_doubted)
        axes.add_patch(Rectangle((edge - _STEM * left, node.middle - band / 2), _STEM, band, clip_on=False, **look))
        centre = WIDTH / 2 + (-_STEM / 2 if left else _STEM / 2)
        axes.add_patch(_ribbon((edge, node.middle - band / 2), (centre, node.joint), band, node.colour))
        _node_text(axes, node, left)
    write(axes, MARGIN if left else WIDTH - MARGIN, 0, "来源" if left else "去向", size=SMALL, color=SOFT, va="top",
          ha="left" if left else "right")  # fmt: skip


def _node_text(axes: Axes, node: Node, left: bool) -> None:
    x, ha = (MARGIN, "left") if left else (WIDTH - MARGIN, "right")
    labels = balanced(node.label, _LABEL - _STEM - MARGIN - 4, SMALL)
    write(axes, x, node.middle + 8, "\n".join(labels), size=SMALL, ha=ha, va="bottom", offset=(0, 3))
    write(axes, x, node.middle + 8, node.text, size=SMALL, ha=ha, va="center", color=SOFT, offset=(0, -4))


def _ribbon(start: tuple[float, float], end: tuple[float, float], band: float, colour: str) -> PathPatch:
    (x0, y0), (x1, y1) = start, end
    bend = (x0 + x1) / 2
    points = [(x0, y0), (bend, y0), (bend, y1), (x1, y1), (x1, y1 + band), (bend, y1 + band), (bend, y0 + band),
              (x0, y0 + band), (x0, y0)]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    return PathPatch(Path(points, codes), facecolor=colour, alpha=0.28, linewidth=0, clip_on=False)


def _words(flow: pd.DataFrame, sides: dict[str, list[dict]], *, title: str, note: str) -> Words:
    unit, lines = flow["unit"].iloc[0], flow.to_dict("records")
    below = [_one(line) for line in lines if line["amount"] is not None and line["amount"] < 0]
    extra = told_absent(lines, "label") + (f"为负未画出：{'、'.join(below)}。" if below else "")
    source, use = ([_one(line) for line in sides[side]] for side in ("source", "use"))
    message = f"最大来源是{source[0]}{unit}，最大去向是{use[0]}{unit}。{extra}"
    return Words(title, unit, note, message,
                 f"{title}（{unit}）：来源有{'，'.join(source)}；去向有{'，'.join(use)}。{extra}",
                 doubted([*sides["source"], *sides["use"]], "label"))  # fmt: skip


def _one(line: dict) -> str:
    return f"{line['label']}{plain(number(line['amount']))}"
