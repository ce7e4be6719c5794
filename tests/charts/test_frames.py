"""Charts of many accounts: they take finished frames."""

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg

from fiscal import charts, metrics
from tests.charts.helpers import bars, outside, overlaps, part, texts
from tests.metrics.builders import cell

YEARS = [
    {"entity": "示例办公室", "year": 2021, "v_yuan": cell("197.43").value},
    {"entity": "示例办公室", "year": 2022, "v_yuan": cell("218.96").value},
    {"entity": "示例市人民政府机关事务管理局及所属各单位", "year": 2021, "v_yuan": None},
    {"entity": "示例市人民政府机关事务管理局及所属各单位", "year": 2022, "v_yuan": cell("1350.55").value},
    {"entity": "示例局", "year": 2022, "v_yuan": cell("-5.00").value},
]


def multiples():
    return charts.small_multiples(pd.DataFrame(YEARS), value="v_yuan", by="entity", title="各单位支出", note="决算")


def spread(*values, name="局"):
    lines = pd.DataFrame({"year": 2022, "entity": [f"{name}{i}" for i in range(len(values))]})
    return metrics.outliers(lines.assign(v_yuan=pd.array(values, dtype="Float64")), "v_yuan")


def test_small_multiples_are_ordered_by_the_newest_value():
    figure = multiples()
    FigureCanvasAgg(figure).draw()
    names = [text for text in texts(figure) if text.startswith("示例")]
    assert [name[:5] for name in names] == ["示例市人民", "示例办公室", "示例局"]
    assert len(bars(figure)) == 4
    assert outside(figure) == overlaps(figure) == []


def test_a_row_without_a_number_and_a_year_without_a_row_are_told_apart():
    figure = multiples()
    assert texts(figure).count("未公开") == 1
    assert texts(figure).count("无资料") == 1
    assert "示例办公室：2021年197.43，2022年218.96" in charts.alt_text(figure)
    assert "最大的是示例市人民政府机关事务管理局及所属各单位，2022年1350.55元" in charts.message(figure)


def test_outliers_are_named_on_the_chart_and_in_words():
    lines = spread(10, 11, 12, 13, 14, 40, 41, None, name="示例市综合行政执法局第")
    figure = charts.distribution(lines, value="v_yuan", label="entity", title="分布", note="决算")
    FigureCanvasAgg(figure).draw()
    assert len(lines[lines["is_outlier"]]) == 0  # two of seven stretch the quartiles
    assert charts.message(figure) == "7个单位，中位数13元。没有明显偏离的。1个没有此数。"
    lines = spread(*range(10, 30), 90, 91, name="示例市综合行政执法局第")
    figure = charts.distribution(lines, value="v_yuan", label="entity", title="分布", note="决算")
    FigureCanvasAgg(figure).draw()
    assert "示例市综合行政执法局第21 91" in texts(figure)
    assert "明显偏离的有：示例市综合行政执法局第20 90、示例市综合行政执法局第21 91。" in charts.message(figure)
    assert outside(figure) == overlaps(figure) == []


def test_the_name_of_the_measure_says_its_unit():
    lines = spread(0.1, 0.2, 0.2, 0.2, 0.3).rename(columns={"v_yuan": "project_share"})
    figure = charts.distribution(lines, value="project_share", label="entity", title="占比", note="决算")
    assert "中位数 20.00%" in texts(figure)
    assert part(figure, "unit") == ""


def test_fewer_than_five_are_no_distribution():
    figure = charts.distribution(spread(1, 2, 3, 4), value="v_yuan", label="entity", title="分布", note="决算")
    assert charts.message(figure) == "只有4个单位有此数，不画分布。"
    assert "<svg" not in figure._repr_html_()


def test_nothing_known_is_said():
    figure = charts.distribution(spread(None, None), value="v_yuan", label="entity", title="分布", note="决算")
    assert charts.message(figure) == "无数据。2个没有此数。"
    empty = pd.DataFrame({"entity": [], "year": [], "v_yuan": []})
    assert "无数据" in texts(charts.small_multiples(empty, value="v_yuan", by="entity", title="空", note="决算"))


def test_thousands_of_rows_stay_a_small_picture():
    lines = spread(*[float(i % 97) for i in range(3000)], 900.0, name="局")
    figure = charts.distribution(lines, value="v_yuan", label="entity", title="分布", note="决算")
    assert len(charts.svg(figure).encode()) < 60_000
    assert len(bars(figure)) == 40
    assert "局3000 900" in texts(figure)


def test_more_outliers_than_names_are_counted():
    lines = spread(*[10.0 + i % 5 for i in range(100)], *[float(100 + i) for i in range(14)])
    figure = charts.distribution(lines, value="v_yuan", label="entity", title="分布", note="决算")
    FigureCanvasAgg(figure).draw()
    assert "等14个。" in charts.message(figure)
    assert outside(figure) == overlaps(figure) == []
