"""Shares as a map: what stands where, what is left empty, what is left out."""

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg

from fiscal import charts
from tests.charts.helpers import outside, overlaps, texts

KNOWN = [
    ("住房保障支出", 2022, 0.04),
    ("一般公共服务支出", 2021, 0.72),
    ("一般公共服务支出", 2022, 0.6523),
    ("社会保障和就业支出", 2021, 0.28),
    ("社会保障和就业支出", 2022, 0.3077),
    ("其他支出", 2022, None),
]


def shares(lines):
    frame = pd.DataFrame(lines, columns=["label", "year", "share"])
    return charts.share_map(frame, row="label", column="year", title="支出构成", note="决算")


def test_rows_stand_in_the_order_of_their_last_share_and_a_gap_stays_empty():
    figure = shares(KNOWN)
    FigureCanvasAgg(figure).draw()
    shown = texts(figure)
    labels = [text for text in shown if text.endswith("支出")]
    assert labels == ["一般公共服务支出", "社会保障和就业支出", "住房保障支出"]
    assert sorted(text for text in shown if "%" in text) == ["28.00%", "30.77%", "4.00%", "65.23%", "72.00%"]
    assert "住房保障支出：2022年4.00%" in charts.alt_text(figure)
    assert "占比最大的是一般公共服务支出：2021年72.00%，2022年65.23%。" in charts.message(figure)
    assert outside(figure) == overlaps(figure) == []


def test_many_rows_and_years_stay_readable():
    figure = shares([(f"第{i:02d}类支出", year, i / 400) for i in range(30) for year in range(2014, 2026)])
    FigureCanvasAgg(figure).draw()
    assert "另有6行未画出。" in charts.message(figure)
    assert "25" in texts(figure) and outside(figure) == overlaps(figure) == []


def test_without_a_share_it_says_so():
    figure = shares([("其他支出", 2022, None)])
    assert figure.is_empty and charts.message(figure) == "无数据：没有可算的占比。"
