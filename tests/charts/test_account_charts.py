"""The seven charts of a final account, and the ones beside them: what is drawn, not pixels."""

from decimal import Decimal

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from fiscal import charts
from fiscal.charts.structure import structure_bars
from fiscal.metrics.headlines import headline
from fiscal.model.cells import Cell
from fiscal.model.finding import Doubt, of_year
from fiscal.narrative import derived
from tests.charts.helpers import bars, outside, overlaps, part, texts, widths
from tests.metrics.builders import Fake, founding, office, slots

OF_ACCOUNT = [
    "total_change", "income_structure", "expenditure_structure", "appropriation_change", "general_public_budget_change",
    "general_public_budget_structure", "three_public_structure", "three_public_change", "three_public_execution",
    "basic_structure", "economic_structure", "money_flow", "expenditure_tree", "change_waterfall",
]  # fmt: skip
BEFORE = {"201": ("一般公共服务支出", "270.00"), "208": ("社会保障和就业支出", "20.00")}
NOW = {"201": ("一般公共服务支出", "262.00"), "208": ("社会保障和就业支出", "28.36"), "221": ("住房保障支出", "未公开")}


@pytest.mark.parametrize("name", OF_ACCOUNT)
def test_every_chart_is_complete_and_nothing_is_cut_or_overlaps(name):
    figure = getattr(charts, name)(founding())
    FigureCanvasAgg(figure).draw()
    assert isinstance(figure, Figure)
    assert part(figure, "title")
    assert part(figure, "source").startswith("来源：示例办公室2022年度部门决算，")
    assert charts.alt_text(figure).startswith(part(figure, "title"))
    assert charts.message(figure).endswith("。")
    assert outside(figure) == []
    assert overlaps(figure) == []


@pytest.mark.parametrize("name", OF_ACCOUNT)
def test_an_empty_account_gives_a_right_figure(name):
    figure = getattr(charts, name)(Fake())
    FigureCanvasAgg(figure).draw()
    assert any("无数据" in text for text in texts(figure))
    assert "无数据" in charts.alt_text(figure) or "不可知" in charts.alt_text(figure)
    assert bars(figure) == []


def test_total_change_shows_both_years_from_zero_and_the_stated_change():
    figure = charts.total_change(founding())
    assert widths(figure) == [197.43, 218.96, 197.43, 218.96]
    assert [bar.get_x() for bar in bars(figure)] == [0, 0, 0, 0]
    assert texts(figure)[:9] == ["2021年收入", "197.43", "2022年收入", "218.96", "2021年支出", "197.43", "2022年支出",
                                 "218.96", "▲ 增加21.53万元，增长10.91%"]  # fmt: skip
    assert part(figure, "unit") == "单位：万元"
    assert part(figure, "source").endswith("；上年数由本年数与所述增减额推算")
    assert charts.alt_text(figure) == (
        "收、支决算总计变动情况（万元）：2021年197.43，2022年218.96，增加21.53万元，增长10.91%。"
    )


def test_a_number_held_for_wrong_is_drawn_hatched_and_leads_to_its_finding():
    account = founding()
    wrong = account.amount("three_public", "data", "actual_reception") or account.stated("tp_reception")
    account.doubts[id(wrong)] = Doubt(3, "error", "两处不一致", "", True)
    figure = charts.three_public_structure(account)
    assert [bool(bar.get_hatch()) for bar in bars(figure)] == [False, True]
    assert charts.alt_text(figure).endswith("公务接待费1.10，不符。")
    assert '<a class="see" href="#finding-3">不符，见第3项</a>' in figure._repr_html_()


def test_a_number_of_last_year_held_for_wrong_is_hatched_and_says_its_year():
    before, now = office(2021, {}, total="314.25"), office(2022, {}, total="326.40")
    wrong = headline(before, "total").cell
    before.doubts[id(wrong)] = Doubt(1, "error", "两处不一致", "", False)
    figure = charts.headline_years([before, now], measures=["total"])
    assert [bool(bar.get_hatch()) for bar in bars(figure)] == [True, False]
    assert charts.alt_text(figure).endswith("收、支总计2021年314.25，存疑。")
    assert '<a class="see" href="#year-2021">2021年决算存疑</a>' in figure._repr_html_()
    now.doubts.update(of_year(before.doubts, 2021))  # as a check with last year's account gives them
    assert [bool(bar.get_hatch()) for bar in bars(charts.total_change(now, before))][:2] == [True, False]


def test_a_fall_points_down():
    figure = charts.three_public_change(founding())
    assert "▼ 减少1.5万元，下降20.44%" in texts(figure)


def test_income_names_what_is_zero_in_the_caption_only():
    figure = charts.income_structure(founding())
    assert widths(figure) == [214.18, 4.78]
    assert not any("事业收入" in text for text in texts(figure))
    assert "为0的有：国有资本经营预算财政拨款收入、上级补助收入、事业收入" in charts.message(figure)
    assert "97.82%" in texts(figure)


def test_the_general_budget_structure_is_sorted_by_size_with_the_printed_shares():
    shown = texts(charts.general_public_budget_structure(founding()))
    assert shown[:12] == [
        "一般公共服务支出", "189.78", "88.61%", "住房保障支出", "10.99", "5.13%", "社会保障和就业支出", "8.42", "3.93%",
        "卫生健康支出", "4.99", "2.33%",
    ]  # fmt: skip


def test_a_single_category_is_a_full_bar_with_words():
    account = founding()
    for slot in ("exp_project", "exp_project_share"):
        account.narrative.slots.pop(slot)
    account.tables.pop("expenditure")
    account.narrative.slots["expenditure"] = account.narrative.slots["exp_basic"]
    figure = charts.expenditure_structure(account)
    assert widths(figure) == [190.00]
    assert charts.message(figure).startswith("本年支出190.00万元，全部为基本支出。")


def test_unknown_classes_are_named_as_not_published():
    account = office(2022, NOW, total="311.89")
    account.tables["general_public_budget_expenditure"] = account.tables["expenditure"]
    figure = charts.general_public_budget_structure(account)
    assert widths(figure) == [262.00, 28.36]
    assert texts(figure)[6:8] == ["住房保障支出", "未公开"]
    assert "未公开的有：住房保障支出。" in charts.alt_text(figure)


@pytest.mark.parametrize(("amount", "reason"), [("0.00", "各项均为0"), ("未公开", "各项均未公开")])
def test_all_zero_and_all_unknown_say_so(amount, reason):
    account = office(2022, {}, total=amount)
    account.tables["general_public_budget_expenditure"] = office(
        2022, {"201": ("一般公共服务支出", amount)}, total=amount).tables["expenditure"]  # fmt: skip
    figure = charts.general_public_budget_structure(account)
    assert f"无数据：{reason}" in texts(figure)
    assert bars(figure) == []


def test_a_negative_part_goes_left_of_zero():
    account = office(2022, {}, total="0")
    classes = {"201": ("一般公共服务支出", "10.00"), "212": ("城乡社区支出", "-3.20")}
    account.tables["general_public_budget_expenditure"] = office(2022, classes, total="6.80").tables["expenditure"]
    figure = charts.general_public_budget_structure(account)
    FigureCanvasAgg(figure).draw()
    assert widths(figure) == [10.00, -3.20]
    assert "−3.20" in texts(figure)
    assert "城乡社区支出-3.20" in charts.alt_text(figure)
    assert outside(figure) == overlaps(figure) == []


def test_the_budget_is_a_line_across_the_bar():
    figure = charts.three_public_execution(founding())
    assert widths(figure) == [5.84, 4.74, 1.10]
    marks = [line.get_xdata()[0] for line in figure.axes[0].lines if line.get_linewidth() == 2]
    assert marks == [6.10, 5.00, 1.10]
    assert "100%" in texts(figure)
    assert "公务用车购置及运行维护费决算4.74万元，预算5.00，完成预算94.80%" in charts.alt_text(figure)


def test_the_waterfall_ends_at_the_change_of_the_whole():
    figure = charts.change_waterfall(office(2022, NOW, total="311.89"), office(2021, BEFORE, total="290.00"))
    assert widths(figure) == [8.36, -8.00, 21.53, 21.89]
    assert [round(float(bar.get_x()), 2) for bar in bars(figure)] == [0, 8.36, 0.36, 0]
    assert "未公开的有：住房保障支出，其变动含在差额内。" in charts.message(figure)


def test_the_flow_draws_bands_as_thick_as_their_amounts():
    figure = charts.money_flow(founding())
    stems = [bar.get_height() for bar in bars(figure)]
    total, general, fund = stems[:3]
    assert general / total == pytest.approx(214.18 / 218.96)
    assert fund / general == pytest.approx(4.78 / 214.18)
    assert "去向有人员经费（基本支出）167.10，项目支出28.96，公用经费（基本支出）22.90" in charts.alt_text(figure)


def test_the_tree_folds_chains_and_sorts_siblings():
    shown = texts(charts.expenditure_tree(founding()))
    labels = [text for text in shown if text[:3].isdigit() and " " in text]
    assert labels[:5] == [
        "201 一般公共服务支出", "2010350 事业运行", "2010399 其他政府办公厅（室）及相关机构事务支出",
        "2010305 专项业务及机关事务管理", "221 住房保障支出",
    ]  # fmt: skip
    assert "只含 2210201 住房公积金" in shown


def test_the_tree_of_the_general_budget_stands_in_where_only_it_is_known():
    account = office(2022, {"201": ("一般公共服务支出", "未公开")}, total="10.00")
    classes = {"201": ("一般公共服务支出", "10.00")}
    account.tables["general_public_budget_expenditure"] = office(2022, classes, total="10.00").tables["expenditure"]
    assert part(charts.expenditure_tree(account), "title") == "一般公共预算支出按功能分类科目"


def test_many_items_are_left_out_and_said_so():
    classes = {"201": ("一般公共服务支出", "30.00"), "20103": ("办公厅事务", "30.00")}
    items = {f"20103{i:02d}": (f"事项{i}", "1.00") for i in range(1, 31)}
    account = office(2022, {**classes, **items}, total="30.00")
    figure = charts.expenditure_tree(account)
    assert "未画出项级科目。" in charts.message(figure)
    assert len(bars(figure)) == 1


def test_a_printed_share_that_cannot_be_right_is_named_and_not_drawn():
    account = founding()
    account.narrative.slots.update(slots(exp_basic_share="76.87%"))
    figure = charts.expenditure_structure(account)
    assert "86.77%" in texts(figure)
    assert "原文占比与金额不合：基本支出印为76.87%，图中为计算值。" in charts.message(figure)


def test_a_printed_rate_that_cannot_be_right_is_named_and_not_drawn():
    account = founding()
    account.narrative.slots.update(slots(total_change_percent="19.10%"))
    figure = charts.total_change(account)
    assert "▲ 增加21.53万元，增长10.91%" in texts(figure)
    assert "原文增减幅度印为19.10%，与金额不合" in charts.message(figure)


def test_a_completion_rate_that_cannot_be_right_is_named_and_not_drawn():
    account = founding()
    account.narrative.slots.update(slots(tp_completion="59.74%"))
    figure = charts.three_public_execution(account)
    assert "95.74%" in texts(figure)
    assert "“三公”经费印为59.74%" in charts.message(figure)


def test_many_parts_are_drawn_as_eleven_and_the_rest():
    classes = {str(200 + i): (f"类别{i}", f"{i}.00") for i in range(1, 16)}
    account = office(2022, {}, total="0")
    account.tables["general_public_budget_expenditure"] = office(2022, classes, total="120.00").tables["expenditure"]
    figure = charts.general_public_budget_structure(account)
    assert widths(figure)[-1] == 10.00  # 1 + 2 + 3 + 4
    assert "其余4项" in texts(figure)


def test_headlines_over_the_years():
    figure = charts.headline_years([office(2021, {}, total="314.25"), office(2022, {}, total="326.40")])
    assert [text for text in texts(figure) if text in ("收、支总计", "本年支出")] == ["收、支总计", "本年支出"]
    assert {"314.25", "326.40"} <= set(texts(figure))
    assert "无数据" in texts(charts.headline_years([]))


def test_a_share_on_a_bar_is_the_one_of_the_sentence():
    """1.5605 of 10 is 15.61 %, though the largest remainder would leave it 15.60 %."""
    lines = pd.DataFrame([
        {"part": part, "amount": Decimal(amount), "share": Decimal(amount) / 10, "display_share": Decimal(shown)}
        for part, amount, shown in (("甲", "8.4395", "0.8440"), ("乙", "1.5605", "0.1560"))
    ])  # fmt: skip
    common = {"state": "number", "unit": "万元", "whole": Decimal(10), "whole_label": "支出"}
    lines = lines.assign(**common, printed_share=None, printed_agrees=None)
    figure = structure_bars(lines, title="结构", note="决算")
    assert [text for text in texts(figure) if text.endswith("%")] == ["84.40%", "15.61%"]
    assert str(derived.share(Cell("number", Decimal("1.5605"), "万元"), Cell("number", Decimal(10), "万元"))) == "15.61"


def test_a_chart_knows_its_number_in_the_published_document():
    account = founding()
    account.notes = {**account.notes, "charts": [{"chart": "图2"}]}
    assert "即公开文本图2" in charts.income_structure(account)._repr_html_()
    assert "即公开文本" not in charts.expenditure_structure(account)._repr_html_()


def test_a_chart_without_data_is_its_caption_alone():
    page = charts.income_structure(Fake())._repr_html_()
    assert "<svg" not in page and "无数据" in page and "收入决算结构" in page
