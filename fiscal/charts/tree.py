"""The classification tree of expenditure: every class with its groups and items."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from fiscal.charts.chart import MARGIN, Chart, Words, doubted, empty, filled, write
from fiscal.charts.structure import empty_reason
from fiscal.charts.style import (
    BODY,
    INK,
    SMALL,
    SOFT,
    TINTS,
    UNKNOWN,
    WIDTH,
    balanced,
    number,
    percent,
    plain,
    text_width,
    wrap,
)  # fmt: skip

_DEPTH = {"class": 0, "group": 1, "item": 2}
_BAR, _INDENT, _PAD, MOST = 7.0, 14.0, 12.0, 24


def tree_bars(tree: pd.DataFrame, *, title: str, note: str) -> Figure:
    """`metrics.expenditure_tree` as an indented list: label and amount on one line, the bar under them.

    Every bar is measured from the same zero and on one scale; siblings are sorted by size; a chain of only children
    of the same amount is one row that names the last of them. Beyond 24 rows the items are left out, then the groups.
    """
    shown, left_out = _fit(_ordered(tree))
    known = [line for line in shown if line["amount"] is not None and line["amount"] != 0]
    if not known:
        return empty(title, note, empty_reason(tree), tree["unit"].iloc[0] if len(tree) else "")
    chart = Chart(_words(tree, shown, left_out, title=title, note=note), sum(map(_row_height, shown)) + 4)
    _draw(chart.canvas_panel(), shown, max(float(abs(line["amount"])) for line in known))
    return chart


def _ordered(tree: pd.DataFrame) -> list[dict]:
    lines = [line for line in tree.to_dict("records") if line["amount"] is None or line["amount"] != 0]
    codes = {line["code"] for line in lines}
    roots = [line for line in lines if line["parent"] not in codes]
    return [found for root in sorted(roots, key=_size) for found in _branch(root, lines)]


def _branch(line: dict, lines: list[dict]) -> list[dict]:
    """A row and the rows under it; a chain of only children of the same amount is one row."""
    inner, children = None, _children(line, lines)
    while len(children) == 1 and children[0]["amount"] == line["amount"]:
        inner = children[0]
        children = _children(inner, lines)
    below = [found for child in children for found in _branch(child, lines)]
    return [{**line, "inner": f"{inner['code']} {inner['label']}" if inner else ""}, *below]


def _children(line: dict, lines: list[dict]) -> list[dict]:
    return sorted((child for child in lines if child["parent"] == line["code"]), key=_size)


def _size(line: dict) -> float:
    return -float(abs(line["amount"])) if line["amount"] is not None else 0.0


def _fit(lines: list[dict]) -> tuple[list[dict], str]:
    """The deepest levels that fit, and the name of what was left out."""
    for depth, name in ((2, ""), (1, "项级科目"), (0, "款级、项级科目")):
        shown = [line for line in lines if _DEPTH[line["level"]] <= depth]
        if len(shown) <= MOST or depth == 0:
            return shown, name
    return lines, ""


def _label_lines(line: dict) -> list[str]:
    size = BODY if line["level"] == "class" else SMALL
    room = WIDTH - 2 * MARGIN - _DEPTH[line["level"]] * _INDENT - text_width(_value(line), size) - 10
    return balanced(f"{line['code']} {line['label']}", room, size)


def _value(line: dict) -> str:
    if line["amount"] is None:
        return UNKNOWN
    share = percent(line["amount"] / line["whole"]) if line["whole"] and line["level"] == "class" else ""
    return f"{number(line['amount'])}　{share}".rstrip()


def _row_height(line: dict) -> float:
    return _text_height(line) + _BAR + _PAD


def _text_height(line: dict) -> float:
    size = BODY if line["level"] == "class" else SMALL
    return len(_label_lines(line)) * size * 1.2 + len(_inner_lines(line)) * SMALL * 1.2


def _inner_lines(line: dict) -> list[str]:
    room = WIDTH - 2 * MARGIN - _DEPTH[line["level"]] * _INDENT - _INDENT
    return wrap(f"只含 {line['inner']}", room, SMALL) if line["inner"] else []


def _draw(axes: Axes, lines: list[dict], largest: float) -> None:
    zero, top = MARGIN + 2 * _INDENT, 2.0
    scale = (WIDTH - MARGIN - zero) / largest
    for line in lines:
        depth, labels = _DEPTH[line["level"]], _label_lines(line)
        left = MARGIN + depth * _INDENT
        size, colour = (BODY, INK) if depth == 0 else (SMALL, INK if depth == 1 else SOFT)
        write(axes, left, top, "\n".join(labels), size=size, color=colour, va="top")
        write(axes, WIDTH - MARGIN, top, _value(line), size=size, color=colour, va="top", ha="right")
        inner = "\n".join(_inner_lines(line))
        write(axes, left, top + len(labels) * size * 1.2 + 1, inner, size=SMALL, color=SOFT, va="top")
        under = top + _text_height(line) + 3
        if line["amount"] is not None:
            width = max(float(abs(line["amount"])) * scale, 1.5)
            look = filled(TINTS[depth], line.get("doubt"))
            axes.add_patch(Rectangle((zero, under), width, _BAR - 2, clip_on=False, **look))
        top += _row_height(line)


def _words(tree: pd.DataFrame, shown: list[dict], left_out: str, *, title: str, note: str) -> Words:
    unit = tree["unit"].iloc[0]
    classes = [line for line in shown if line["level"] == "class"]
    listed = "，".join(_sentence(line) for line in shown)
    rest = f"未画出{left_out}。" if left_out else ""
    counts = {name: int((tree["level"] == level).sum()) for level, name in zip(_DEPTH, ("类", "款", "项"))}
    numbers = "、".join(f"{count}个{name}" for name, count in counts.items() if count)
    first = f"，最大的是{classes[0]['label']}{_plain_value(classes[0])}" if classes else ""
    return Words(title, unit, note, f"支出分布在{numbers}{first}。{rest}", f"{title}（{unit}）：{listed}。{rest}",
                 doubted(shown, "label"))  # fmt: skip


def _sentence(line: dict) -> str:
    inner = f"（只含{line['inner']}）" if line["inner"] else ""
    return f"{line['code']} {line['label']}{inner}{_plain_value(line)}"


def _plain_value(line: dict) -> str:
    return UNKNOWN if line["amount"] is None else plain(number(line["amount"]))
