"""Sentences of the later sections: three-public, procurement, assets, performance, and what is no fact."""
# ruff: noqa: E501 - sentences and lists of figures stay on one line

import pytest

from tests.statements.headings import (
    ANNEX,
    APPROPRIATION,
    ASSETS,
    EXPENDITURE,
    GPB,
    ITEMS,
    OPERATING,
    PROCUREMENT,
    REVENUE,
    STRUCTURE,
    THREE,
)
from tests.statements.narrated import flat, narrate, only, values


def test_three_public_with_budgets_and_changes():  # TP2, TP3
    account = narrate(
        THREE,
        "“三公”经费财政拨款支出预算为12.00万元，支出决算为9.50万元，完成预算的79.17%，其中：因公出国（境）费支出预算为0万元，支出决算为0万元；"
        "公务用车购置及运行维护费预算为8.00万元，支出决算为7.00万元，完成预算的87.50%；公务接待费预算为4.00万元，支出决算为2.50万元，完成预算的62.50%。",
        "“三公”经费支出决算数比2022年减少1.20万元，下降11.21%，其中：因公出国（境）费支出决算持平；公务用车购置及运行维护费减少0.80万元。",
    )
    for slot, printed in {
        "tp_budget": "12.00", "tp": "9.50", "tp_completion": "79.17", "tp_vehicle_budget": "8.00", "tp_vehicle": "7.00",
        "tp_reception_completion": "62.50", "tp_change": "1.20", "tp_vehicle_change": "0.80", "tp_abroad_change": "0",
    }.items():  # fmt: skip
        assert values(account, slot) == [printed], slot
    assert account.words["tp_abroad_direction"] == ["持平"]


def test_counts_by_name_by_place_and_by_kind():  # TP5–TP9
    account = narrate(
        THREE,
        "1.因公出国（境）费支出3.00万元。全年安排因公出国（境）团组1个，累计出国（境）2人次。",
        "公务用车购置支出18.00万元。全年购置公务用车1辆，其中：轿车1辆、金额18.00万元。截至2023年12月底，单位共有公务用车3辆，其中：轿车2辆、越野车1辆。",
        "国内公务接待支出2.00万元。国内公务接待15批次，116人次（不包括陪同人员），共计支出2.00万元。外事接待支出0.50万元，接待1批次，4人次。",
    )
    for slot, count in {
        "abroad_groups": "1", "abroad_persons": "2", "vehicles_bought": "1", "vehicle_stock": "3",
        "reception_batches": "15", "reception_persons": "116", "foreign_batches": "1", "foreign_persons": "4",
    }.items():  # fmt: skip
        assert values(account, slot) == [count], slot
    assert [(e["kind"], str(e["count"]), str(e["amount"])) for e in account.lists["vehicles_bought_kinds"]] == [
        ("轿车", "1", "18.00")
    ]
    assert [(e["kind"], str(e["count"])) for e in account.lists["vehicle_stock_kinds"]] == [
        ("轿车", "2"),
        ("越野车", "1"),
    ]
    assert values(account, "tp_reception_domestic") == ["2.00", "2.00"]


def test_counts_by_noun():
    account = narrate(THREE, "国内公务接待批次20个，国内公务接待人次210人。开支财政拨款的公务用车保有量为3辆。")
    assert [values(account, slot) for slot in ("reception_batches", "reception_persons", "vehicle_stock")] == [
        ["20"],
        ["210"],
        ["3"],
    ]


def test_foreign_reception_within_the_domestic():
    account = narrate(THREE, "国内公务接待支出2.50万元（含外宾接待支出0.30万元）。")
    assert account.words["foreign_within_domestic"] == ["true"]
    assert [values(account, f"tp_reception_{part}") for part in ("domestic", "foreign")] == [["2.50"], ["0.30"]]


def test_procurement_shares_have_the_whole_that_is_named():  # PR2, P12
    account = narrate(
        PROCUREMENT,
        "政府采购支出总额30.00万元，其中：政府采购货物支出10.00万元、政府采购工程支出5.00万元、政府采购服务支出15.00万元。"
        "授予中小企业合同金额20.00万元，占政府采购支出总额的66.67%，其中：授予小微企业合同金额12.00万元，占授予中小企业合同金额的60.00%；"
        "授予中小企业合同金额占货物支出金额的80.00%。",
    )
    assert [values(account, slot) for slot in ("sme_share", "small_micro_share")] == [["66.67"], ["60.00"]]
    assert account.words["small_micro_share_base"] == ["授予中小企业合同金额"]
    assert (account.claims[-1].subject, account.claims[-1].whole) == ("sme_share", "procurement_goods")


def test_assets_with_thresholds():  # AS1, P20
    account = narrate(
        ASSETS,
        "截至2023年12月31日，某局共有车辆3辆，其中：机要通信用车1辆、执法执勤用车2辆；单价50万元以上通用设备4台（套），单价100万元（含）以上专用设备1台（套）。",
    )
    assert flat(account) == [
        ("vehicles", "count", "3"), ("vehicle_kinds[机要通信用车].count", "count", "1"),
        ("vehicle_kinds[执法执勤用车].count", "count", "2"), ("equipment_general", "count", "4"), ("equipment", "count", "1"),
    ]  # fmt: skip
    assert account.words["asset_date"] == ["2023-12-31"]


@pytest.mark.parametrize(
    ("heading", "text", "slots"),
    [
        (THREE, "某局2023年度无“三公”经费财政拨款支出。", ["tp", "tp_abroad", "tp_vehicle", "tp_reception"]),
        (THREE, "2023年未发生因公出国（境）费支出。", ["tp_abroad"]),
        (OPERATING, "本单位2023年度没有机关运行经费支出。", ["operating_expenses"]),
        ("八、政府性基金预算支出决算情况说明", "某局2023年度无政府性基金预算财政拨款收入和支出。", ["fund_income", "fund_expenditure"]),
        ("八、政府性基金预算支出决算情况说明", "没有使用政府性基金预算财政拨款安排的支出。", ["fund_expenditure"]),
        ("九、国有资本经营预算支出决算情况说明", "2023年度没有国有资本经营预算财政拨款支出。", ["state_capital_expenditure"]),
        (PROCUREMENT, "2023年度未发生政府采购支出。", ["procurement"]),
    ],
)  # fmt: skip
def test_nothing_is_a_stated_zero_and_no_printed_figure(heading: str, text: str, slots: list[str]):
    account = narrate(heading, text)
    for slot in slots:
        (cell,) = account.slots[slot]
        assert cell.value == 0 and cell.exact
    assert account.claims == ()


def test_nothing_wrong_is_not_a_zero():
    account = narrate(THREE, "无超预算开支“三公”经费的情况，无违规发放津贴补贴。")
    assert account.slots == {}


def test_prose_thresholds_ranges_and_malformed_numbers():
    account = narrate(
        "二、机构设置",
        "办结率100%，接待来访300人次。",
        PROCUREMENT,
        "单笔3万元及以上的支出经集体研究，服务采购费10%-15%，工程支出12..34万元。",
    )
    assert flat(account) == [
        ("办结率", "share", "100"), ("接待来访", "count", "300"), ("threshold", "amount", "3"), ("range", "share", "10"), ("range", "share", "15"), ("", "", "12..34"),
    ]  # fmt: skip
    assert account.claims[-1].cell.is_unknown


def test_glossary_figures_are_definitions():  # P23
    assert flat(narrate("第四部分 名词解释", "一、住房公积金：按工资总额的12%缴纳。")) == [("glossary", "share", "12")]


def test_unknown_measures_are_free_and_unknown_wording_is_unread():
    account = narrate(OPERATING, "印刷费增加2.00万元。差旅费支出1.00万元。某某搞了3.00万元。")
    assert flat(account) == [("印刷费_change", "change", "2.00"), ("差旅费", "amount", "1.00"), ("", "", "3.00")]


def test_projects_of_self_evaluation():  # PF2, P21
    account = narrate(
        ANNEX,
        "2023年道路维修资金财政预算30.00万元，均属一般公共预算收入，到位率100%。区财政批复道路维修资金30.00万元，全年支出28.00万元，执行率93.33%。",
    )
    (project,) = account.lists["perf_projects"]
    assert {k: str(v) for k, v in project.items() if k != "basis"} == {
        "name": "道路维修资金", "budget": "30.00", "executed": "28.00", "rate": "93.33", "fund": "一般公共预算"}  # fmt: skip
    assert "exp_project" not in account.slots


def test_budgets_of_the_evaluation_report():
    account = narrate(
        ANNEX,
        "2023年“三公经费”预算总额6.10万元，其中公务用车支出5.00万元，公务接待费支出1.10万元。“三公”经费支出总额5.84万元，其中公务用车支出4.74万元。",
    )
    for slot, printed in {
        "perf_tp_budget": "6.10",
        "tp_vehicle_budget": "5.00",
        "tp_reception_budget": "1.10",
        "perf_tp_actual": "5.84",
        "tp_vehicle": "4.74",
    }.items():
        assert values(account, slot) == [printed], slot
    assert account.slots["tp_budget"][0].origin == "perf_tp_budget"


def test_self_evaluation_tables():
    account = narrate(
        ANNEX,
        ("预算执行情况（万元）\t预算数：\t218.96万元\t执行数：\t210.00万元", "cell"),
        ("其中：财政拨款\t218.96万元\t其中：财政拨款\t200.00万元", "cell"),
        ("其他资金\t0\t其他资金\t0", "cell"),
        ("成本指标\t印制资料\t3万元\t100%", "cell"),
        ("项目名称\t道路维修", "cell"),
        ("\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分", "cell"),
        ("年度资金总额\t10.00\t12.00\t9.00\t10\t75.00%\t7.5", "cell"),
    )
    for slot, printed in {
        "perf_budget": "218.96",
        "perf_executed": "210.00",
        "perf_appropriation_executed": "200.00",
    }.items():
        assert values(account, slot) == [printed], slot
    assert [(s.subject, s.kind) for s in account.claims if s.subject == "印制资料"] == [
        ("印制资料", "amount"),
        ("印制资料", "share"),
    ]
    (project,) = account.lists["perf_projects"]
    assert (str(project["budget"]), str(project["executed"]), str(project["rate"])) == ("12.00", "9.00", "75.00")


def test_split_and_full_width_numbers():  # P01
    account = narrate(EXPENDITURE, "本年支出合计１，２３\n４．５6 万元，其中：基本支出105.58\n万元，占 34.\n30 %。")
    assert [str(s.cell.value) for s in account.claims] == ["1234.56", "105.58", "34.30"]


def test_places_quote_the_clause_and_give_the_offset():
    account = narrate(REVENUE, "本年收入合计5.00万元，其中：其他收入4.00万元，占80.00%。")
    share = only(account, "rev_other_share").cell.place
    assert (share.section, share.text) == ("revenue", "占80.00%")
    line = f"{REVENUE}\n本年收入合计5.00万元，其中：其他收入4.00万元，占80.00%。"
    assert line[share.offset :].startswith("80.00%")


def test_repeats_pair_every_later_statement_with_the_first():
    account = narrate(
        GPB,
        "一般公共预算财政拨款支出80.00万元。",
        STRUCTURE,
        "一般公共预算财政拨款支出81.00万元。",
        ITEMS,
        "一般公共预算财政拨款支出约82万元。",
    )
    assert [(e["slot"], str(e["value"]), str(e["first"])) for e in account.lists["repeats"]] == [
        ("gpb", "81.00", "80.00")
    ]


def test_a_narrative_without_words_is_empty():
    account = narrate()
    assert account.claims == () and account.slots == {}


def test_after_a_bracket_the_subject_before_it_goes_on():
    account = narrate(
        REVENUE, "（1）本年收入合计60.00万元，其中：事业收入50.00万元（其中：教育收费20.00万元），占83.33%。"
    )
    assert values(account, "rev_operating_share") == ["83.33"]


def test_a_change_of_an_unknown_measure_keeps_its_rate():
    account = narrate(OPERATING, "机关运行经费支出50.00万元。印刷费增加2.00万元，增长5.00%。")
    assert [s.subject for s in account.claims][1:] == ["印刷费_change", "印刷费_change_percent"]
    assert "operating_expenses_change_percent" not in account.slots


def test_revenue_and_expenditure_of_appropriation_are_one_grand_total():  # FO3 [K]
    account = narrate(
        APPROPRIATION,
        "财政拨款收入总计900.00万元，支出总计900.00万元；与上年相比，财政拨款收、支总计均减少10.00万元，降低1.10%。",
        "年初财政拨款结转和结余3.00万元，其中一般公共预算财政拨款2.00万元，政府性基金预算财政拨款1.00万元。",
    )
    assert values(account, "appropriation") == ["900.00", "900.00"]
    assert "gpb" not in account.slots and "rev_fund" not in account.slots


def test_a_numbered_class_with_its_amount_right_after_the_marker():  # [K]
    account = narrate(
        ITEMS, "（1）教育支出（类）500.00万元，占62.50%，较年初预算数增加20.00万元，增长4.2%，主要原因是增人。"
    )
    assert [s.subject for s in account.claims] == [
        "gpb_classes[205].amount", "gpb_classes[205].share", "gpb_classes[205].change",
        "gpb_classes[205].change_percent",
    ]  # fmt: skip
    assert [s.base for s in account.claims] == ["", "", "initial_budget", "initial_budget"]


def test_a_count_of_other_people_is_not_the_count_it_follows():
    account = narrate(THREE, "公务接待费支出2.00万元，国内公务接待9批次，陪同12人次。")
    assert "reception_persons" not in account.slots
    account = narrate(THREE, "公务接待费支出2.00万元，国内公务接待9批次，接待112人次。")
    assert [str(cell) for cell in account.slots["reception_persons"]] == ["112"]


def test_the_price_of_one_and_a_denied_comparison_say_nothing_of_the_amount():
    account = narrate(THREE, "因公出国（境）费支出6.00万元，2人，费用3万元/人。决算数未超过预算数。")
    assert [str(cell) for cell in account.slots["tp_abroad"]] == ["6.00"]
    assert "tp_abroad_word" not in account.words
    account = narrate(THREE, "因公出国（境）费支出6.00万元，决算数超过预算数。")
    assert account.words["tp_abroad_word"] == ["大于"]


def test_a_second_comparison_without_a_name_is_of_what_the_first_was_of():
    text = "“三公”经费支出6.00万元，比上年增加1.00万元。其中，公务接待费支出比预算无变化，比上年无变化；公务用车运行维护费支出比上年增加1.00万元。"
    said = [(one.subject, one.direction) for one in narrate(THREE, text).said if one.kind == "change"]
    assert set(said) == {("tp_reception_change", "持平")}
