"""Shares as a map of shades: rows are parts or units, columns years or kinds."""

from collections.abc import Iterable

import pandas as pd
from matplotlib.figure import Figure

from fiscal.charts.chart import MARGIN, Chart, Words, empty, write
from fiscal.charts.style import AMOUNT, SMALL, SOFT, WIDTH, balanced, percent, plain, text_width

MOST, LABELS, ROW, HEAD = 24, 130.0, 26.0, 18.0
DARK = 0.7  # from here on a light text is the easier to read on the tile
ON_LIGHT, ON_DARK = "#1c2226", "#fefefe"  # of their own: a dark theme turns INK and white, and leaves the tiles


def share_map(lines: pd.DataFrame, *, row: str, column: str, title: str, note: str) -> Figure:
    """One tile per `row` and `column`, darker for a larger `share`, its percentage written in it.

    `lines` have `row`, `column` (their texts are the labels) and `share` (a ratio, NA where there is none: an empty
    tile). Rows are sorted by their last share; beyond 24 the caption says how many are left out.
    """
    wide = lines.pivot(index=row, columns=column, values="share").astype("Float64").dropna(how="all")
    wide = wide.iloc[(-wide.ffill(axis=1).iloc[:, -1:].fillna(0).to_numpy(dtype=float).ravel()).argsort(kind="stable")]
    shown = wide.head(MOST)
    if not len(shown):
        return empty(title, note, "无数据：没有可算的占比")
    chart = Chart(_words(shown, len(wide) - len(shown), title=title, note=note), HEAD + len(shown) * ROW)
    _draw(chart, shown)
    return chart


def _draw(chart: Chart, shown: pd.DataFrame) -> None:
    import seaborn as sns  # here, because it loads pyplot, which no other chart needs

    tile = (WIDTH - LABELS - MARGIN) / len(shown.columns)
    axes = chart.panel(LABELS, HEAD, WIDTH - LABELS - MARGIN, len(shown) * ROW)
    values = shown.to_numpy(dtype=float, na_value=float("nan"))
    shades = sns.light_palette(AMOUNT, as_cmap=True)
    sns.heatmap(values, ax=axes, cmap=shades, vmin=0, vmax=1, cbar=False, linewidths=1, linecolor="white")
    axes.set(xticks=[], yticks=[])
    axes.set_axis_off()
    look: dict = {"size": SMALL, "ha": "center"}
    for x, head in enumerate(map(str, shown.columns)):
        short = head if text_width(head, SMALL) < tile else head[-2:]
        write(axes, x + 0.5, 0, short, color=SOFT, va="bottom", offset=(0, 3), **look)
    for y, label in enumerate(shown.index):
        named = "\n".join(balanced(str(label), LABELS - 10, SMALL))
        write(axes, 0, y + 0.5, named, size=SMALL, ha="right", offset=(-6, 0))
        for x, share in enumerate(values[y]):
            write(axes, x + 0.5, y + 0.5, _short(share, tile), color=ON_DARK if share > DARK else ON_LIGHT, **look)


def _short(share: float, room: float) -> str:
    """The percentage with the digits there is room for; nothing where there is none, or no share."""
    texts = [] if pd.isna(share) else [percent(share), f"{share:.0%}"]
    return next((text for text in texts if text_width(text, SMALL) < room - 2), "")


def _words(shown: pd.DataFrame, left_out: int, *, title: str, note: str) -> Words:
    rest = f"另有{left_out}行未画出。" if left_out else ""
    told = [f"{label}：{_told(shown.columns, shares)}" for label, shares in zip(shown.index, shown.to_numpy())]
    return Words(title, "", note, f"占比最大的是{told[0]}。{rest}", f"{title}：{'；'.join(told)}。{rest}")


def _told(heads: Iterable, shares: Iterable) -> str:
    known = [(head, share) for head, share in zip(heads, shares) if not pd.isna(share)]
    return "，".join(
        f"{head}{'年' if isinstance(head, int) else ''}{plain(percent(float(share)))}" for head, share in known
    )
