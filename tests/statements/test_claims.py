"""What a sentence says, figure by figure: subject, quantity, base, period, list. Invented sentences of many forms."""
# ruff: noqa: E501 - sentences stay on one line

import time

import pytest

from tests.statements.headings import BASIC, EXPENDITURE, GPB, ITEMS, OPERATING, OVERALL, PROCUREMENT, REVENUE, THREE
from tests.statements.narrated import narrate


def said(*lines: str, **more) -> list[tuple[str, str, str]]:
    """Printed number, subject, and base or period of every claim."""
    return [
        (s.cell.text, s.subject, s.period if s.period != "this" else s.base) for s in narrate(*lines, **more).claims
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公务接待费7.00万元，较上年9.00万元少2.00万元，降幅22.22%。",
         [("7.00", "tp_reception", ""), ("9.00", "tp_reception", "previous"), ("2.00", "tp_reception_change", "last_year"), ("22.22", "tp_reception_change_percent", "last_year")]),
        ("公务接待费支出7.00万元，上年为9.00万元。",
         [("7.00", "tp_reception", ""), ("9.00", "tp_reception", "previous")]),
        ("公务接待费由2022年的9.00万元降为7.00万元，下降22.22%。",
         [("9.00", "tp_reception", "previous"), ("7.00", "tp_reception", ""), ("22.22", "tp_reception_change_percent", "last_year")]),
        ("公务接待费7.00万元，比上年减少2.00万元，比年初预算数10.00万元减少3.00万元，下降30%；比2020年增加1.00万元，增长16.67%。",
         [("7.00", "tp_reception", ""), ("2.00", "tp_reception_change", "last_year"), ("10.00", "tp_reception_budget", "initial_budget"),
          ("3.00", "tp_reception_change", "initial_budget"), ("30", "tp_reception_change_percent", "initial_budget"), ("1.00", "tp_reception_change", "2020"), ("16.67", "tp_reception_change_percent", "2020")]),
        ("公务接待费支出7.00万元，完成全年预算10.00万元的70%。",
         [("7.00", "tp_reception", ""), ("10.00", "tp_reception_budget", "full_year_budget"), ("70", "tp_reception_completion", "full_year_budget")]),
        ("公务接待费年初预算10.00万元，决算7.00万元，占年初预算的比重为70%，决算数小于预算数3.00万元。",
         [("10.00", "tp_reception_budget", "initial_budget"), ("7.00", "tp_reception", ""), ("70", "tp_reception_completion", "initial_budget"), ("3.00", "tp_reception_change", "initial_budget")]),
        ("公务接待费7.00万元，比上年预算数下降30%。",
         [("7.00", "tp_reception", ""), ("30", "tp_reception_change_percent", "last_year_budget")]),
    ],
)  # fmt: skip
def test_comparisons(text: str, expected: list):
    assert said(THREE, text) == expected


def test_only_this_years_own_figures_fill_slots():
    account = narrate(
        THREE, "公务接待费7.00万元，比年初预算10.00万元减少3.00万元，比2019年减少5.00万元，主要原因是压减会议2.00万元。"
    )
    assert {slot: [str(c) for c in cells] for slot, cells in account.slots.items()} == {
        "tp_reception": ["7.00"], "tp_reception_budget": ["10.00"]}  # fmt: skip


def test_last_years_number_at_the_head_of_a_statement_is_a_slip_and_its_figure_this_years():
    """The slip is told by itself; where the text names its own year as well, last year is meant."""
    assert said(OPERATING, "2022年度机关运行经费支出31.40万元，比上年减少2.00万元。", kind="final_account")[0][1:] == (
        "operating_expenses",
        "",
    )
    both = said(OPERATING, "2022年度机关运行经费支出33.40万元，2023年度31.40万元。", kind="final_account")
    assert [one[1:] for one in both] == [("operating_expenses", "previous"), ("operating_expenses", "")]


def test_a_name_in_the_sentence_wins_over_the_section():
    assert said(OPERATING, "公务接待费支出7.00万元，会议费支出3.00万元。") == [
        ("7.00", "tp_reception", ""),
        ("3.00", "会议费", ""),
    ]


@pytest.mark.parametrize(
    "words", ["按可比口径", "与上年基本持平", "决算数大于预算数", "根据预算法有关规定", "2023年未发生此类支出"]
)
def test_what_is_no_subject(words: str):
    claims = said(THREE, f"公务接待费支出7.00万元，{words}，增加1.00万元。")
    assert [subject for _, subject, _ in claims] == ["tp_reception", "tp_reception_change"]


def test_a_heading_line_names_the_subject_of_what_follows():
    assert said(THREE, "2.公务接待费。", "2023年决算数7.00万元，比2022年减少2.00万元。") == [
        ("7.00", "tp_reception", ""), ("2.00", "tp_reception_change", "last_year")]  # fmt: skip
    items = narrate(
        ITEMS, "1.教育支出（类）普通教育（款）小学教育（项）。", "年初预算为50.00万元，支出决算为52.00万元。"
    )
    assert [s.subject for s in items.claims] == ["gpb_items[2050202].budget", "gpb_items[2050202].actual"]


def test_the_fund_of_the_sentence_owns_this_years_income_and_expenditure():
    account = narrate(GPB, "政府性基金预算财政拨款收入9.00万元，本年支出8.00万元，比上年减少1.00万元。")
    assert [s.subject for s in account.claims] == ["fund_income", "fund_expenditure", "fund_expenditure_change"]


def test_a_qualifier_makes_another_measure():
    claims = said(BASIC, "政府性基金预算财政拨款安排基本支出3.00万元。")
    assert claims == [("3.00", "政府性基金预算财政拨款安排基本支出", "")]


# ---- lists


def test_parts_share_a_list_and_point_to_their_head():
    account = narrate(
        PROCUREMENT,
        "政府采购支出总额9.00万元，其中：货物支出4.00万元、工程支出5.00万元。授予中小企业合同金额6.00万元。",
    )
    head, goods, works, sme = account.claims
    assert goods.list == works.list and goods.list_head == head.cell.place.offset
    assert (head.list, sme.list, goods.complete) == ("", "", "")


@pytest.mark.parametrize(("opens", "complete"), [("包括", "whole"), ("主要包括", "some"), ("其中：", "")])
def test_a_list_says_whether_it_is_whole(opens: str, complete: str):
    account = narrate(OPERATING, f"机关运行经费9.00万元，{opens}办公费4.00万元、邮电费5.00万元。")
    assert [s.complete for s in account.claims] == ["", complete, complete]


def test_a_part_that_is_not_understood_leaves_the_list_incomplete():
    account = narrate(OPERATING, "机关运行经费9.00万元，包括办公费4.00万元、某某搞了5.00万元。")
    assert [(s.subject, s.complete) for s in account.claims][1:] == [("办公费", "some"), ("", "some")]
    unknown = narrate(OPERATING, "机关运行经费9.00万元，包括办公费4.00万元、邮电费××万元。")
    assert [s.complete for s in unknown.claims] == ["", "some"]


def test_a_list_goes_on_over_numbered_paragraphs():
    account = narrate(
        EXPENDITURE,
        "本年支出合计9.00万元，其中：",
        "1.基本支出5.00万元。",
        "2.项目支出4.00万元。",
        "比上年增加1.00万元。",
    )
    assert len({s.list for s in account.claims[1:3]}) == 1 and account.claims[1].list
    assert account.claims[3].list == ""


def test_parts_named_by_the_words_before_the_list():
    account = narrate(
        THREE, "“三公”经费支出决算中，公务接待费支出2.00万元，占40%；公务用车运行维护费支出3.00万元，占60%。"
    )
    assert {s.whole for s in account.claims if s.kind == "share"} == {"tp"}
    assert len({s.list for s in account.claims}) == 1


def test_values_and_subjects_in_parallel_with_one_unit():
    assert said(OVERALL, "本年收入、本年支出各为7.50、7.20万元，比上年各增加0.50、0.20万元，增长7.14%和2.86%。") == [
        ("7.50", "revenue", ""), ("7.20", "expenditure", ""), ("0.50", "revenue_change", "last_year"), ("0.20", "expenditure_change", "last_year"),
        ("7.14", "revenue_change_percent", "last_year"), ("2.86", "expenditure_change_percent", "last_year")]  # fmt: skip


def test_one_value_for_several_subjects():
    assert said(EXPENDITURE, "上缴上级支出、经营支出均为0万元。") == [
        ("0", "exp_business", ""),
        ("0", "exp_superior", ""),
    ]


def test_the_whole_of_a_share_may_carry_its_level():
    account = narrate(GPB, "一般公共预算财政拨款支出8.00万元，占本年支出合计10.00万元的80%。")
    assert [(s.subject, s.kind, s.whole) for s in account.claims] == [
        ("gpb", "amount", ""), ("expenditure", "amount", ""), ("gpb_share", "share", "expenditure")]  # fmt: skip


# ---- reasons and purposes


def test_a_reason_ends_at_the_next_level_or_comparison():
    account = narrate(
        THREE,
        "公务用车运行维护费3.00万元，比上年增加1.00万元，主要是维修增加，公务接待费2.00万元，比上年减少1.00万元。",
    )
    assert [s.subject for s in account.claims][-2:] == ["tp_reception", "tp_reception_change"]
    assert {s.aside for s in account.claims} == {""}


def test_a_change_in_a_reason_is_that_of_what_it_names():
    account = narrate(
        OVERALL, "本年收入合计9.00万元，比上年增加2.00万元，主要原因是事业收入增加3.00万元，其他收入减少1.00万元。"
    )
    assert [(s.subject, s.aside) for s in account.claims][2:] == [
        ("rev_operating_change", "reason"), ("rev_other_change", "reason")]  # fmt: skip


def test_a_purpose_is_said_in_passing():
    account = narrate(THREE, "公务用车购置费18.00万元，主要用于更新巡逻设备5.00万元，完成预算的90%。")
    assert [(s.subject, s.aside) for s in account.claims] == [
        ("tp_vehicle_purchase", ""), ("更新巡逻设备", "purpose"), ("tp_vehicle_purchase_completion", "")]  # fmt: skip


# ---- counts


def test_percents_of_persons_are_no_money():
    account = narrate(THREE, "公务接待费2.00万元，接待人次由80人降为60人，下降25%。")
    assert [(s.subject, s.kind, s.period) for s in account.claims] == [
        ("tp_reception", "amount", "this"), ("reception_persons", "count", "previous"), ("reception_persons", "count", "this"),
        ("reception_persons_change_percent", "change_percent", "this")]  # fmt: skip


def test_a_bracket_of_foreign_guests_does_not_turn_the_counts_after_it():
    account = narrate(THREE, "国内公务接待9批次（其中外事接待1批次），70人次（其中外事接待4人次），较上年增加5人次。")
    assert [s.subject for s in account.claims] == [
        "reception_batches", "foreign_batches", "reception_persons", "foreign_persons", "reception_persons_change"]  # fmt: skip
    assert account.slots["reception_persons"][0].value == 70


# ---- budgets


def test_levels_of_a_budget_are_budgets():
    account = narrate(
        "五、“三公”经费预算情况说明",
        "2023年“三公”经费预算5.00万元，其中：公务接待费2.00万元，公务用车运行费3.00万元，比2022年预算减少1.00万元。",
        kind="budget",
    )
    assert [(s.subject, s.base) for s in account.claims] == [
        ("tp_budget", "budget"), ("tp_reception_budget", ""), ("tp_vehicle_operation_budget", ""), ("tp_vehicle_operation_change", "last_year")]  # fmt: skip
    assert "tp" not in account.slots


def test_an_item_of_a_budget_with_codes_in_its_brackets():
    account = narrate(
        "三、一般公共预算当年拨款情况说明",
        "2、教育支出（205类）普通教育（02款）小学教育（02项）8.00万元。主要用于教师工资。2022年当年预算执行数为5.00万元，2023年预算安排8.00万元，比2022年预算执行数增加60%。",
        kind="budget",
    )
    assert [(s.subject, s.period) for s in account.claims] == [
        ("gpb_items[2050202].budget", "this"), ("gpb_items[2050202].actual", "previous"), ("gpb_items[2050202].budget", "this"),
        ("gpb_items[2050202].change_percent", "this")]  # fmt: skip


def test_another_years_budget_in_an_account_fills_nothing():
    account = narrate(THREE, "“三公”经费决算5.00万元。2024年“三公”经费预算安排6.00万元。")
    assert [str(c) for c in account.slots["tp"]] == ["5.00"] and "6.00" not in [
        str(c) for c in account.slots.get("tp_budget", [])
    ]


def test_income_by_its_words_alone():
    assert said(REVENUE, "本单位收入为9.00万元，其中：财政拨款收入8.00万元，占88.89%。")[0] == ("9.00", "revenue", "")


def test_time_grows_with_the_text():
    line = "公务接待费1.10万元，完成年初预算2.00万元的55%，比上年减少0.50万元，下降31.25%，主要原因是节约，"
    times = []
    for number in (100, 400):
        start = time.perf_counter()
        narrate(THREE, line * number)
        times.append(time.perf_counter() - start)
    assert times[1] < 12 * times[0] + 0.5
    for word in ("比上年", "（", "其中", "“三公”经费", "和2023年", "由"):
        start = time.perf_counter()
        narrate(THREE, word * 4000)
        assert time.perf_counter() - start < 5


def test_a_full_stop_right_before_a_bracket_closes_ends_no_sentence():
    told = said(
        THREE, "公务用车购置及运行费9.00万元（公务用车运行维护费9.00万元，比上年增加1.00万元。）比上年减少2.00万元。"
    )
    assert [one[1] for one in told][-2:] == ["tp_vehicle_operation_change", "tp_vehicle_change"]


def test_the_base_before_a_list_holds_for_all_its_parts():
    told = said(
        THREE,
        "“三公”经费8.00万元，比年初预算减少3.00万元。其中，公务接待费3.00万元，减少1.00万元；因公出国（境）费5.00万元，减少2.00万元。",
    )
    assert {one for one in told if one[1].endswith("_change")} == {
        ("3.00", "tp_change", "initial_budget"), ("1.00", "tp_reception_change", "initial_budget"),
        ("2.00", "tp_abroad_change", "initial_budget")}  # fmt: skip


def test_the_rate_of_last_years_level_is_last_years():
    told = said(THREE, "2022年“三公”经费支出8.00万元，下降10%。2023年支出7.00万元，下降12.5%。")
    assert [(one[0], one[2]) for one in told] == [
        ("8.00", "previous"),
        ("10", "previous"),
        ("7.00", ""),
        ("12.5", "last_year"),
    ]
