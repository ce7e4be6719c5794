"""Chart points: fractions, percents, amounts, years, and points nobody can assign."""

from fiscal.model.cells import Place
from fiscal.model.text import ChartPoint
from tests.statements.narrated import narrate

OVERALL = (
    "一、收入支出决算总体情况说明",
    "2023年度收、支总计512.30万元。与2022年相比，收、支总计各增加12.30万元，增长2.46%。",
)
REVENUE = (
    "二、收入决算情况说明",
    "本年收入合计100.00万元，其中：事业收入86.77万元，占86.77%；其他收入13.23万元，占13.23%。",
)


def points(*rows: tuple[str, str, str], chart: str = "") -> tuple[ChartPoint, ...]:
    return tuple(ChartPoint(chart, series, category, text, Place(document="a.docx")) for series, category, text in rows)


def drawn(narrative) -> list[tuple[str, str, str]]:
    return [(e.get("slot", ""), str(e["value"]), str(e.get("stated", ""))) for e in narrative.lists["chart_points"]]


def test_fractions_are_percents_with_two_digits_less():
    account = narrate(*REVENUE, charts=points(("占比", "事业收入", "0.8677"), ("占比", "其他收入", "0.1323")))
    assert drawn(account) == [("rev_operating_share", "86.77", "86.77"), ("rev_other_share", "13.23", "13.23")]
    (cell,) = [s.cell for s in account.claims if s.cell.text == "0.8677"]
    assert (cell.unit, cell.digits) == ("%", 2)


def test_percents_and_amounts_are_told_apart_by_what_is_stated():
    text = (
        "三、支出决算情况说明",
        "本年支出合计200.00万元，其中：基本支出150.00万元，占75.00%；项目支出50.00万元，占25.00%。",
    )
    percents = narrate(*text, charts=points(("", "基本支出", "75.00"), ("", "项目支出", "25.00")))
    amounts = narrate(*text, charts=points(("", "基本支出", "150.00"), ("", "项目支出", "51.00")))
    assert [slot for slot, *_ in drawn(percents)] == ["exp_basic_share", "exp_project_share"]
    assert drawn(amounts) == [("exp_basic", "150.00", "150.00"), ("exp_project", "51.00", "50.00")]


def test_two_years_are_tied_to_the_level_and_to_the_level_less_its_change():
    account = narrate(*OVERALL, charts=points(("2022年", "收入", "500.00"), ("2023年", "收入", "512.30")))
    assert drawn(account) == [("total", "500.00", "500.00"), ("total", "512.30", "512.30")]
    last_year = account.lists["chart_points"][0]["stated"]
    assert last_year.derived and str(last_year.width) == "0.010"
    assert [s.period for s in account.claims][-2:] == ["previous", "this"]


def test_the_title_says_which_of_two_equal_measures_is_drawn():
    text = (
        *OVERALL,
        "四、财政拨款收入支出决算总体情况说明",
        "2023年财政拨款收、支总计512.30万元，比上年增加12.30万元。",
    )
    account = narrate(*text, charts=points(("2023年", "", "512.30"), chart="图4：财政拨款收、支决算总计变动情况"))
    assert drawn(account)[0][0] == "appropriation"


def test_two_nameless_charts_of_equal_values_are_assigned_in_order():
    text = (
        *OVERALL,
        "四、财政拨款收入支出决算总体情况说明",
        "2023年财政拨款收、支总计512.30万元，比上年增加12.30万元。",
    )
    chart = points(("2023年", "收入", "512.30"), ("2022年", "收入", "500.00"))
    account = narrate(*text, charts=chart + chart)
    assert [slot for slot, *_ in drawn(account)] == ["total", "total", "appropriation", "appropriation"]


def test_a_wrong_digit_does_not_turn_the_chart_over():
    account = narrate(*REVENUE, charts=points(("占比", "事业收入", "0.8677"), ("占比", "其他收入", "0.1423")))
    assert drawn(account)[1] == ("rev_other_share", "14.23", "13.23")


def test_a_point_of_unknown_meaning_is_listed_without_slot():
    account = narrate(*REVENUE, charts=points(("", "天气", "3.5"), chart="图9"))
    assert drawn(account) == [("", "3.5", "")]
    assert account.claims[-1].subject == "chart 图9" and account.claims[-1].kind == "amount"


def test_a_point_that_is_no_number_is_unread():
    account = narrate(*REVENUE, charts=points(("", "其他收入", "1..3")))
    assert (account.claims[-1].subject, account.claims[-1].kind) == ("", "")
