"""Small lines over the years: as printed and in prices of one year, gaps and single years."""

from decimal import Decimal

import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg

from fiscal import charts, metrics
from fiscal.model.finding import Doubt
from tests.charts.helpers import outside, overlaps, texts
from tests.metrics.stored import accounts, year

PRICES = pd.DataFrame({"year": [2022, 2023], "index": [Decimal("102.0"), Decimal("100.2")]})


def drawn(*years, unit: str = "万元"):
    series = metrics.headlines_over_years(accounts(*years), PRICES)
    figure = charts.small_lines(series, title="总额历年变化", note="各年度部门决算", unit=unit)
    FigureCanvasAgg(figure).draw()
    return figure


def pieces(figure) -> list[list[int]]:
    """The years of each line, legend apart."""
    return [list(line.get_xdata()) for axes in figure.axes for line in axes.lines if line.get_marker() == "o"]


def test_both_lines_with_their_values_and_what_they_say():
    figure = drawn(year(2022, total="100.00"), year(2023, total="110.22"))
    shown = texts(figure)
    assert {"按2023年价", "当年价", "收、支总计", "2022", "2023"} <= set(shown)
    assert [shown.count(value) for value in ("100", "100.20", "110.22")] == [1, 1, 1]
    assert charts.message(figure) == "收、支总计2023年比2022年增长10.22%，扣除物价增长10%。"
    assert "收、支总计：2022年100（按2023年价100.20），2023年110.22" in charts.alt_text(figure)
    assert outside(figure) == overlaps(figure) == []


def test_a_missing_year_breaks_the_line_and_is_written():
    figure = drawn(year(2020, total="1.00"), year(2021, total="2.00"), year(2023, total="3.00"))
    assert texts(figure).count("无资料") == 1
    assert pieces(figure)[:2] == [[2020, 2021], [2023]]
    assert "2022年无资料" in charts.alt_text(figure)


def test_a_year_that_the_index_lacks_has_its_printed_value_alone():
    figure = drawn(year(2023, total="1.00"), year(2024, total="2.00"))
    assert pieces(figure) == [[2023, 2024], [2023]]
    assert charts.message(figure) == "收、支总计2024年比2023年增长100%。"


def test_a_doubted_year_is_a_hollow_point_with_a_link():
    known = accounts(year(2022, total="1.00"), year(2023, total="2.00"))
    cell = known[1].amount("revenue_expenditure_summary", "revenue_total", "revenue_amount")
    known[1].doubts[id(cell)] = Doubt(4, "error", "两处不一致", "", True, 2023)
    figure = charts.small_lines(metrics.headlines_over_years(known, PRICES), title="总额", note="各年")
    hollow = [list(line.get_xdata()) for axes in figure.axes for line in axes.lines if line.get_mfc() == "white"]
    assert hollow == [[2023], [2023]]
    assert '收、支总计2023年20000（<a class="see" href="#year-2023">2023年决算不符</a>）' in figure._repr_html_()


def test_fewer_than_two_numbers_are_no_course():
    assert "无数据：有数字的年度不到两个" in texts(drawn(year(2023, total="1.00")))
    assert "无数据：有数字的年度不到两个" in texts(drawn(year(2022, total="1.00"), year(2023, total="未公开")))


def test_fifteen_years_fit_the_sheet():
    figure = drawn(*(year(y, total=f"{12345 + y * 37 % 999}.67", tp=f"{y % 9}.05") for y in range(2009, 2024)))
    assert outside(figure) == overlaps(figure) == []
    assert {"2023", "2020", "2017"} <= set(texts(figure))


def test_the_waterfall_over_years_names_its_first_year():
    parts = {"201": ("一般公共服务支出", "60.00"), "221": ("住房保障支出", "40.00")}
    later = {"201": ("一般公共服务支出", "75.00"), "221": ("住房保障支出", "35.00")}
    years = accounts(year(2020, parts=parts, whole="100.00"), year(2023, parts=later, whole="110.00"))
    moved = metrics.moved_over_years(metrics.parts_over_years(years))
    figure = charts.waterfall(moved, title="支出变动构成", note="各年度部门决算")
    assert charts.message(figure) == "合计由2020年100.00变为110.00万元，变动最大的是一般公共服务支出+15.00。"
