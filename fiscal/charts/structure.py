"""What a whole consists of, as bars sorted by size."""

from decimal import Decimal

import pandas as pd
from matplotlib.figure import Figure

from fiscal.charts import bars
from fiscal.charts.bars import Bar
from fiscal.charts.chart import Chart, Words, doubted, empty, told_absent
from fiscal.charts.style import AMOUNT, GREY, UNKNOWN, number, percent, plain
from fiscal.model.rounding import round_to

MOST = 12


def structure_bars(shares: pd.DataFrame, *, title: str, note: str) -> Figure:
    """Parts of one whole, the largest first, amount and share on each.

    `shares` are the rows of one measure of `metrics.structure`; `note` is the source. Shares are the printed ones
    where these fit the amounts, else computed; the caption says so. Zeros are named in the caption, unknown parts stand
    as 未公开; more than 12 parts are drawn as 11 and the sum of the rest.
    """
    known = shares[shares["amount"].notna()]
    drawn = _folded(known[known["amount"] != 0])
    rows = [_bar(line) for line in drawn] + [
        Bar(part, None, UNKNOWN, colour=GREY) for part in shares.loc[shares["state"] == "unknown", "part"]
    ]
    if not drawn:
        return empty(title, note, empty_reason(shares), shares["unit"].iloc[0] if len(shares) else "")
    chart = Chart(_words(shares, drawn, title=title, note=note), bars.height(rows))
    bars.draw(chart, rows)
    return chart


def empty_reason(shares: pd.DataFrame) -> str:
    """Why there is nothing to draw."""
    if len(shares) and (shares["state"] == "unknown").all():
        return "无数据：各项均未公开"
    return "无数据：各项均为0" if len(shares) else "无数据：资料中没有这些数字"


def _folded(known: pd.DataFrame) -> list[dict]:
    ordered = sorted(known.to_dict("records"), key=lambda line: -abs(line["amount"]))
    if len(ordered) <= MOST:
        return ordered
    rest = ordered[MOST - 1 :]
    total = sum((line["amount"] for line in rest), Decimal(0))
    share = sum((line["share"] for line in rest if line["share"] is not None), Decimal(0))
    folded = {
        **rest[0],
        "part": f"其余{len(rest)}项",
        "amount": total,
        "share": share,
        "printed_share": None,
        "printed_agrees": None,
        "doubt": next((line["doubt"] for line in rest if line.get("doubt")), None),
    }
    return [*ordered[: MOST - 1], folded]


def shown_share(line: dict) -> str:
    """The share to print: as stated where that can be right, else as computed and rounded, as the sentences do."""
    wrong = line["printed_share"] is None or line["printed_agrees"] is False
    if wrong:
        return "" if line["share"] is None else percent(round_to(line["share"], 4))
    return percent(line["printed_share"])


def _bar(line: dict) -> Bar:
    return Bar(line["part"], line["amount"], number(line["amount"]), shown_share(line), AMOUNT,
               is_doubted=bool(line.get("doubt")))  # fmt: skip


def _words(shares: pd.DataFrame, drawn: list[dict], *, title: str, note: str) -> Words:
    unit = shares["unit"].iloc[0]
    listed = "，".join(f"{line['part']}{plain(number(line['amount']))}{_of(line)}" for line in drawn)
    extra = told_absent(shares.to_dict("records"), "part") + _misprinted(shares)
    return Words(title, unit, note, _message(shares, drawn) + extra, f"{title}（{unit}）：{listed}。{extra}",
                 doubted(drawn, "part"))  # fmt: skip


def _of(line: dict) -> str:
    share = plain(shown_share(line))
    return f"（{share}）" if share else ""


def _message(shares: pd.DataFrame, drawn: list[dict]) -> str:
    first = drawn[0]
    whole, label = shares["whole"].iloc[0], shares["whole_label"].iloc[0]
    head = f"{label}{plain(number(whole))}{first['unit']}" if whole is not None else label
    if len(drawn) == 1 and first["amount"] == whole:
        return f"{head}，全部为{first['part']}。"
    share = f"，占{plain(shown_share(first))}" if shown_share(first) else ""
    return f"{head}，最大的是{first['part']}{plain(number(first['amount']))}{first['unit']}{share}。"


def _misprinted(shares: pd.DataFrame) -> str:
    wrong = [line for line in shares.to_dict("records") if line["printed_agrees"] is False]
    listed = "、".join(f"{line['part']}印为{plain(percent(line['printed_share']))}" for line in wrong)
    return f"原文占比与金额不合：{listed}，图中为计算值。" if wrong else ""
