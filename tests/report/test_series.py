"""One entity over its years, as its page shows it: numbers, reasons of blanks, gaps said."""

import re
from decimal import Decimal

import pandas as pd

from fiscal import metrics, show
from tests.metrics.stored import accounts, year
from tests.report.test_years import cells

PRICES = pd.DataFrame({"year": [2021, 2022, 2023], "index": [Decimal("100.9"), Decimal("102.0"), Decimal("100.2")],
                       "source": "统计公报"})  # fmt: skip
OLD = {"210": ("医疗卫生与计划生育支出", "40.00"), "206": ("科学技术支出", "60.00"), "2060101": ("行政运行", "60.00")}
NEW = {"210": ("卫生健康支出", "55.00"), "221": ("住房保障支出", "55.00")}


def rows(shown) -> dict[str, list[str]]:
    plain = [[re.sub(r"<[^>]+>", "", cell) for cell in line] for line in cells(shown)]
    return {line[0]: line[1:] for line in plain}


def headlines(*years):
    return metrics.headlines_over_years(accounts(*years), PRICES)


def test_amounts_and_growth_both_ways():
    lines = rows(show.over_years(headlines(year(2022, total="100.00"), year(2023, total="110.22")), "总额"))
    assert lines["收、支总计"] == ["100.00", "110.22", "2022→2023", ""]
    assert lines["比上年"] == ["", "+10.22%", "+10.22%", "+10.22%"]
    assert lines["按2023年价"] == ["100.20", "110.22", "", ""]
    assert lines["比上年（不变价）"] == ["", "+10.00%", "+10.00%", "+10.00%"]


def test_a_gap_is_said_and_not_bridged():
    series = headlines(year(2021, total="100.00"), year(2023, total="90.00"))
    lines = rows(show.over_years(series, "总额"))
    assert lines["收、支总计"] == ["100.00", "没有决算", "90.00", "2021→2023", ""]
    assert lines["比上年"] == ["", "", "", "-10.00%", "-5.13%"]
    assert "2021—2023年的决算有2份，当中缺2022年。" in show.years_known(series)._repr_html_()


def test_a_year_without_index_says_so_and_keeps_its_printed_amount():
    lines = rows(show.over_years(headlines(year(2023, total="1.00"), year(2024, total="2.00")), "总额"))
    assert lines["按2023年价"] == ["1.00", "没有价格指数", "", ""]
    assert "比上年（不变价）" not in lines
    assert "没有指数的年度：2024年。" in show.price_index(PRICES, headlines(year(2023, total="1.00"),
                                                              year(2024, total="2.00")))._repr_html_()  # fmt: skip


def test_a_printed_zero_an_unknown_and_a_blank_stay_three():
    lines = rows(show.over_years(headlines(year(2021, total="1.00", tp="0.00"), year(2022, total="1.00", tp="未公开"),
                                           year(2023, total="1.00", tp="")), "总额"))  # fmt: skip
    assert lines["“三公”经费"][:3] == ["0.00", "未公开", ""]


def test_per_head_shows_how_many_people_there_were():
    years = accounts(year(2022, expenditure="265.13", staff=76), year(2023, expenditure="286.40", staff=66))
    lines = rows(show.over_years(metrics.per_head_over_years(years, PRICES), "人均", unit="元"))
    assert lines["在职人数（人）"][:2] == ["76", "66"]
    assert lines["人均支出"][:2] == ["34,885.53", "43,393.94"]
    assert lines["人均人员经费"][:2] == ["资料中没有", "资料中没有"]


def test_codes_by_year_with_what_they_add_to_the_growth():
    series = metrics.parts_over_years(accounts(year(2022, parts=OLD, whole="100.00"),
                                               year(2023, parts=NEW, whole="110.00")))  # fmt: skip
    lines = rows(show.parts_table(series, "支出按功能分类"))
    assert lines["210"] == ["卫生健康支出", "40.00", "55.00", "+15.00"]
    assert lines["206"] == ["科学技术支出", "60.00", "", "-60.00"]  # blank, not 0.00
    assert lines[""] == ["合计", "100.00", "110.00", "+10.00"]
    assert lines["2060101"][0] == "行政运行"
    assert rows(show.renamed_parts(series)) == {"210": ["卫生健康支出", "医疗卫生与计划生育支出（2022）"]}


def test_codes_without_any_number_are_counted_not_listed():
    hidden = {**OLD, "221": ("住房保障支出", "未公开")}
    series = metrics.parts_over_years(accounts(year(2022, parts=hidden, whole="110.00")))
    page = show.parts_table(series, "支出按功能分类")._repr_html_()
    assert "另有1个科目各年都没有数字。" in page and "住房保障支出" not in page


def test_balances_and_restatements_name_the_year():
    years = accounts(year(2021, closing="0.81", tp="1.04"),
                     year(2022, opening="3.81", tp="1.12", stated={"tp_change": "0.50"}))  # fmt: skip
    assert rows(show.chain(metrics.carried_over_years(years))) == {
        "2022年": ["结转和结余", "3.81", "0.81", "3.00", "不一致"]
    }
    told = metrics.restated_over_years(years)
    assert rows(show.retold(told)) == {"2022年": ["“三公”经费", "0.62", "1.04", "-0.42"]}
    assert "有1处，1处不衔接。" in show.retold(told)._repr_html_()


def test_what_to_look_at_first():
    years = accounts(
        year(2022, expenditure="100.00", staff=10, closing="0.81", parts=OLD, whole="100.00"),
        year(2023, expenditure="110.22", staff=10, opening="3.81", parts=NEW, whole="110.00"))  # fmt: skip
    moved = metrics.moved_over_years(metrics.parts_over_years(years))
    shown = show.highlights(
        metrics.per_head_over_years(years, PRICES), moved,
        balances=metrics.carried_over_years(years), changes=metrics.restated_over_years(years))  # fmt: skip
    assert str(shown).split("\n") == [
        "人均支出2023年比2022年增长10.22%；按2023年的价格计算，增长10.00%。",
        "支出2023年比2022年增加10.00万元，变动最大的是科学技术支出（-60.00万元）。",
        "年初结转与上年年末不一致的有1处：2023年结转和结余。",
    ]


def test_nothing_to_look_at_is_no_list():
    nothing = metrics.carried_over_years([])
    shown = show.highlights(metrics.per_head_over_years([], PRICES), metrics.moved_over_years(
        metrics.parts_over_years([])), balances=nothing, changes=nothing)  # fmt: skip
    assert shown._repr_html_() == ""


def test_nothing_to_show_is_said():
    empty = headlines()
    assert "没有这个单位的决算" in show.years_known(empty)._repr_html_()
    assert "没有可用的数字" in show.over_years(empty, "总额")._repr_html_()
    assert "没有分科目的数字" in show.parts_table(metrics.parts_over_years([]), "支出")._repr_html_()
    assert "无法比较" in show.chain(metrics.carried_over_years([]))._repr_html_()
    assert "没有可以与上年决算比较的" in show.retold(metrics.restated_over_years([]))._repr_html_()
    assert "没有价格指数" in show.price_index(PRICES, empty)._repr_html_()
