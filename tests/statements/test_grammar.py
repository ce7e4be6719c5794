"""Sentences of many provinces, invented, and what is read from them."""
# ruff: noqa: E501 - sentences and lists of figures stay on one line

import pytest

from tests.statements.headings import (
    APPROPRIATION,
    BASIC,
    EXPENDITURE,
    GPB,
    ITEMS,
    OPERATING,
    OVERALL,
    PROCUREMENT,
    REVENUE,
    STRUCTURE,
    THREE,
)
from tests.statements.narrated import flat, narrate, only, values


def test_one_figure_for_both_sides_makes_two_statements_with_one_offset():  # OV1, P05
    text = "2023年度收、支总计512.30万元。与2022年相比，收、支总计各增加12.30万元，增长2.46%。主要变动原因是增人。"
    account = narrate(OVERALL, text)
    assert flat(account) == [
        ("total", "amount", "512.30"),
        ("total_change", "change", "12.30"),
        ("total_expenditure_change", "change", "12.30"),
        ("total_change_percent", "change_percent", "2.46"),
    ]
    assert len({s.cell.place.offset for s in account.claims if s.kind == "change"}) == 1
    assert account.words["total_direction"] == ["增加"]
    assert account.words["total_reason"] == ["增人"]


def test_separate_totals_with_components():  # OV3, OV4 [K]
    account = narrate(
        OVERALL,
        "2023年度收入总计512.30万元，其中：本年收入500.30万元，使用非财政拨款结余2.00万元，年初结转和结余10.00万元；"
        "支出总计512.30万元，其中：本年支出510.00万元，年末结转和结余2.30万元。",
    )
    assert [(s.subject, s.cell.text) for s in account.claims] == [
        ("total_revenue", "512.30"), ("revenue", "500.30"), ("non_appropriation_surplus_used", "2.00"),
        ("opening_balance", "10.00"), ("total_expenditure", "512.30"), ("expenditure", "510.00"),
        ("closing_balance", "2.30"),
    ]  # fmt: skip


def test_nested_of_which_closes_at_the_semicolon():  # IN1, 2.10
    account = narrate(
        REVENUE,
        "本年收入合计1,000.00万元，其中：财政拨款收入900.00万元，占90.00%，其中一般公共预算财政拨款收入800.00万元、"
        "政府性基金预算财政拨款收入100.00万元；事业收入60.00万元，占6.00%；其他收入40.00万元，占4.00%。",
    )
    assert [s.subject for s in account.claims] == [
        "revenue", "rev_appropriation", "rev_appropriation_share", "rev_general", "rev_fund",
        "rev_operating", "rev_operating_share", "rev_other", "rev_other_share",
    ]  # fmt: skip


def test_basic_expenditure_means_another_slot_inside_expenditure():  # EX1, EX2 [K]
    account = narrate(
        EXPENDITURE,
        "本年支出合计300.00万元，其中：基本支出200.00万元，其中人员经费150.00万元、公用经费50.00万元；项目支出100.00万元。",
    )
    assert [s.subject for s in account.claims] == [
        "expenditure",
        "exp_basic",
        "exp_personnel",
        "exp_public",
        "exp_project",
    ]


def test_names_and_values_in_parallel():  # 分别为
    account = narrate(
        EXPENDITURE, "本年支出合计300.00万元，基本支出、项目支出分别为200.00万元、100.00万元，分别占66.67%、33.33%。"
    )
    assert flat(account)[1:] == [
        ("exp_basic", "amount", "200.00"), ("exp_project", "amount", "100.00"),
        ("exp_basic_share", "share", "66.67"), ("exp_project_share", "share", "33.33"),
    ]  # fmt: skip


def test_more_names_than_values_are_not_understood():
    account = narrate(PROCUREMENT, "政府采购货物支出、政府采购工程支出、政府采购服务支出分别为10.00万元、20.00万元。")
    assert flat(account) == [("", "", "10.00"), ("", "", "20.00")]


def test_an_elliptical_sentence_inherits_the_subject_but_a_rate_never_pairs_across_sentences():  # P11
    account = narrate(
        GPB, "一般公共预算财政拨款支出80.00万元，占本年支出合计的40.00%。与2022年相比，增加3.00万元。增长5.00%。"
    )
    assert flat(account) == [
        ("gpb", "amount", "80.00"), ("gpb_share", "share", "40.00"), ("gpb_change", "change", "3.00"),
        ("gpb_change_percent", "change_percent", "5.00"),
    ]  # fmt: skip
    assert [entry.get("rate_direction") for entry in account.lists["change_mentions"]] == [None, "增加"]


@pytest.mark.parametrize(
    ("clause", "subjects"),
    [
        ("同比下降3.00%，减少2.10万元", ["gpb_change_percent", "gpb_change"]),  # order 6
        ("较上年决算数减少2.10万元，降低3.00%", ["gpb_change", "gpb_change_percent"]),
        ("比上年度净减少2.10万元", ["gpb_change"]),  # order 7
        ("与上年同期相比，下降3.00%", ["gpb_change_percent"]),
    ],
)
def test_orders_and_wordings_of_a_change(clause: str, subjects: list[str]):
    account = narrate(GPB, f"2023年度一般公共预算财政拨款支出68.00万元，{clause}。")
    assert [s.subject for s in account.claims][1:] == subjects
    assert {s.direction for s in account.claims[1:]} == {"减少"}


def test_reason_first():  # order 8
    account = narrate(OPERATING, "由于人员调出2名，机关运行经费支出比2022年减少3.20万元，下降5.00%。")
    assert flat(account)[-2:] == [
        ("operating_expenses_change", "change", "3.20"), ("operating_expenses_change_percent", "change_percent", "5.00")]  # fmt: skip


def test_figures_of_a_reason_are_listed_but_are_no_facts():  # P26
    account = narrate(
        OPERATING, "机关运行经费支出50.00万元，比2022年增加5.00万元，增长11.11%。主要原因是补发奖金12万元，占5%。"
    )
    assert flat(account)[3:] == [
        ("补发奖金", "amount", "12"),
        ("补发奖金_share", "share", "5"),
    ]
    assert [s.aside for s in account.claims] == ["", "", "", "reason", "reason"]
    assert values(account, "operating_expenses_change") == ["5.00"]


def test_a_reason_ends_where_the_next_measure_begins():
    account = narrate(
        OVERALL, "收入总计5.00万元，比上年增加1.00万元，主要原因是增人3万元；支出总计5.00万元，比上年增加2.00万元。"
    )
    assert [s.subject for s in account.claims] == [
        "total_revenue", "total_revenue_change", "增人", "total_expenditure", "total_expenditure_change"]  # fmt: skip


def test_a_comparison_with_a_budget_is_not_the_change():  # P13
    account = narrate(
        OPERATING, "机关运行经费支出50.00万元，比上年预算减少2.00万元，降低3.85%。比2022年度增加1.20万元，增长2.46%。"
    )
    assert values(account, "operating_expenses_change") == ["1.20"]
    assert [s.base for s in account.claims][1:] == ["last_year_budget"] * 2 + ["last_year"] * 2


def test_contradicting_verbs_are_kept_as_printed():
    account = narrate(OPERATING, "机关运行经费支出50.00万元，比2022年减少2.00万元，增长3.85%。")
    (mention,) = account.lists["change_mentions"]
    assert (mention["direction"], mention["rate_direction"]) == ("减少", "增加")


def test_signed_change_keeps_its_sign():  # P07
    assert values(
        narrate(OPERATING, "机关运行经费支出50.00万元，比2022年增加-3.20万元。"), "operating_expenses_change"
    ) == ["-3.20"]


def test_flat_is_a_change_of_zero_nearly_flat_claims_nothing():  # OV5, P10
    account = narrate(APPROPRIATION, "2023年度财政拨款收入支出总计900.00万元，与上年持平。")
    (change,) = account.slots["appropriation_change"]
    assert change.value == 0 and change.exact and account.words["appropriation_direction"] == ["持平"]
    nearly = narrate(APPROPRIATION, "2023年度财政拨款收入支出总计900.00万元，与2022年度基本持平。")
    assert "appropriation_change" not in nearly.slots and "appropriation_direction" not in nearly.words


def test_last_years_level_has_its_own_period():  # P33
    account = narrate(
        OVERALL,
        "收、支总计由2022年的197.43万元增加到218.96万元。",
        "2022年收、支总计197.43万元，2023年收、支总计218.96万元。",
    )
    assert [(s.subject, s.period) for s in account.claims] == [("total", "previous"), ("total", "this")] * 2
    assert values(account, "total") == ["218.96", "218.96"]


def test_percentage_points_and_multiples():  # P30, P31
    account = narrate(OPERATING, "机关运行经费支出50.00万元，占比较上年提高2.1个百分点，增长1.5倍。")
    points, times = account.claims[1:]
    assert (points.kind, points.cell.unit) == ("change", "个百分点")
    assert (times.kind, times.cell.value, times.cell.half) == ("change_percent", 150, 5)


def test_excluding_and_cumulative_amounts_fill_no_slot():  # P06
    account = narrate(OPERATING, "机关运行经费支出（不含人员经费）22.90万元。", "机关运行经费累计支出300.00万元。")
    assert [s.subject for s in account.claims] == ["operating_expenses_excluding", "operating_expenses_cumulative"]
    assert "operating_expenses" not in account.slots


def test_a_missing_unit_is_read_in_the_unit_of_the_document_and_told():
    account = narrate(ITEMS, "2023年一般公共预算支出决算数为214.18，完成预算100%。")
    assert values(account, "gpb") == ["214.18"]
    assert [entry["unit"] for entry in account.lists["amount_mentions"]] == [""]


def test_approximate_figures_are_read_as_such():
    account = narrate(THREE, "公务接待费支出约2.50万元。")
    assert only(account, "tp_reception").cell.approximate


def test_classes_with_and_without_markers():  # GS1, GS2
    account = narrate(
        STRUCTURE,
        "2023年一般公共预算财政拨款支出20.00万元，主要用于以下方面：教育支出（类）10.00万元，占50.00%；农林水支出10.00万元，占50.00%；"
        "科学技术（类）支出0万元，占0%。",
    )
    classes = [(e["code"], str(e["amount"]), str(e["share"])) for e in account.lists["gpb_classes"]]
    assert classes == [("205", "10.00", "50.00"), ("213", "10.00", "50.00"), ("206", "0", "0")]
    assert values(account, "gpb_share") == []


def test_items_of_three_styles():  # GD1, GD2, GD0b
    account = narrate(
        ITEMS,
        "一般公共预算财政拨款支出年初预算为780.00万元，全年预算为810.00万元，支出决算为800.00万元，完成年初预算的102.56%。"
        "决算数大于年初预算数的主要原因：增人。其中：",
        "1.教育支出（类）普通教育（款）小学教育（项）。主要用于：学校运转、人员支出。年初预算为500.00万元，支出决算为520.00万元，"
        "完成年初预算的104.00%，决算数大于年初预算数的主要原因是增资20万元。",
        "2.2080505机关事业单位基本养老保险缴费支出年初预算80.00万元，支出决算80.00万元。决算数与年初预算数持平。",
        "3.住房公积金（2210201）支出决算为200.00万元，完成调整预算的99.50%。",
    )
    fields = ("code", "budget", "actual", "completion", "word")
    items = [
        tuple(str(entry[field]) if field in entry else None for field in fields) for entry in account.lists["gpb_items"]
    ]
    assert items == [
        ("2050202", "500.00", "520.00", "104.00", "大于"),
        ("2080505", "80.00", "80.00", None, "等于"),
        ("2210201", None, "200.00", "99.50", None),
    ]
    assert account.words["gpb_word"] == ["大于"] and account.words["gpb_completion_basis"] == ["年初预算"]
    assert values(account, "gpb_budget") == ["780.00"]
    assert [s.base for s in account.claims[:2]] == ["initial_budget", "full_year_budget"]


def test_an_initial_budget_of_zero_cannot_be_the_base():
    account = narrate(
        ITEMS,
        "一般公共预算财政拨款支出年初预算为0万元，全年预算为321.02万元，支出决算为307.82万元，完成年初预算的95.89%。",
    )
    assert values(account, "gpb_budget") == ["321.02"]


def test_an_item_without_class_takes_that_of_its_paragraph():
    account = narrate(
        ITEMS,
        "一般公共服务支出（类）财政事务（款）支出90.00万元，其中：行政运行（项）支出51.00万元；信息化建设（项）支出39.00万元。",
    )
    assert [entry["code"] for entry in account.lists["gpb_items"]] == ["2010601", "2010607"]


def test_amounts_of_economic_items():  # GB2 [K]
    account = narrate(
        BASIC,
        "一般公共预算财政拨款基本支出600.00万元，其中：人员经费550.00万元，主要包括：基本工资200.00万元、津贴补贴350.00万元；"
        "公用经费50.00万元，主要包括：办公费30.00万元、差旅费20.00万元。",
    )
    assert [(e["name"], str(e["amount"])) for e in account.lists["personnel_items"]] == [
        ("基本工资", "200.00"),
        ("津贴补贴", "350.00"),
    ]
    assert [(e["name"], str(e["amount"])) for e in account.lists["public_items"]] == [
        ("办公费", "30.00"),
        ("差旅费", "20.00"),
    ]


def test_names_without_amounts():
    account = narrate(
        BASIC,
        "人员经费95.36万元，主要包括：基本工资、奖金、其他对个人和家庭的补助支出等。",
        "公用经费10.23万元，主要包括：维修（护）费、福利费。",
    )
    assert [e["name"] for e in account.lists["personnel_items"]] == ["基本工资", "奖金", "其他对个人和家庭的补助支出"]
    assert [e["name"] for e in account.lists["public_items"]] == ["维修（护）费", "福利费"]


def test_claims_made_in_words_stand_apart_from_printed_figures():
    read = narrate(THREE, "公务接待费支出0.50万元，与上年持平，决算数等于预算数，无公务用车购置支出。")
    told = [(one.subject, one.kind, one.direction or one.word) for one in read.said]
    assert ("tp_reception_change", "change", "持平") in told
    assert ("tp_reception_completion", "completion", "等于") in told
    assert ("tp_vehicle_purchase", "amount", "") in told
    assert [claim.cell.text for claim in read.claims] == ["0.50"]
