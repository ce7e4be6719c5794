from decimal import Decimal

from fiscal.metrics import structure
from tests.metrics.builders import Fake, founding, office, table


def shares(account, measure):
    frame = structure(account, measure=measure)
    return frame.set_index("part_key")


def test_printed_and_display_shares_of_income_stand_side_by_side():
    lines = shares(founding(), "income")
    assert lines.loc["general_public_budget", "printed_share"] == Decimal("0.9782")
    assert lines.loc["general_public_budget", "display_share"] == Decimal("0.9782")
    assert round(lines.loc["government_fund", "share"], 6) == Decimal("0.021830")
    assert lines["display_share"].sum() == 1
    assert set(lines["method"]) == {"largest_remainder"}


def test_a_list_of_the_narrative_gives_the_classes_that_no_table_prints():
    lines = shares(founding(), "gpb_function")
    assert list(lines["part"])[:2] == ["一般公共服务支出", "教育支出"]
    assert lines.loc["201", "whole"] == Decimal("214.18")
    assert lines.loc["221", "printed_share"] == Decimal("0.0513")
    assert set(lines["origin"]) == {"stated"}


def test_a_blank_is_absent_and_a_printed_zero_is_there():
    classes = {"201": ("一般公共服务支出", "10.00"), "205": ("教育支出", ""), "208": ("社会保障支出", "0.00")}
    account = office(2022, classes, total="10.00")
    lines = shares(account, "expenditure_function")
    assert list(lines.index) == ["201", "208"]
    assert lines.loc["208", "share"] == 0


def test_an_unknown_part_has_no_share_and_the_known_ones_are_rounded_alone():
    account = office(2022, {"201": ("一般公共服务支出", "2.00"), "205": ("教育支出", "未公开")}, total="3.00")
    lines = shares(account, "expenditure_function")
    assert lines.loc["205", "why_blank"] == "unknown"
    assert lines.loc["205", "amount"] is None
    assert lines.loc["201", "display_share"] == Decimal("0.6667")
    assert lines.loc["201", "method"] == "rounded"


def test_parts_that_do_not_make_up_the_whole_are_not_forced_to_100():
    account = office(2022, {"201": ("一般公共服务支出", "2.00"), "205": ("教育支出", "0.50")}, total="3.00")
    lines = shares(account, "expenditure_function")
    assert list(lines["display_share"]) == [Decimal("0.6667"), Decimal("0.1667")]
    assert set(lines["method"]) == {"rounded"}


def test_a_whole_of_zero_gives_no_share_and_says_why():
    lines = shares(office(2022, {"201": ("一般公共服务支出", "0.00")}, total="0.00"), "expenditure_function")
    assert list(lines["why_blank"]) == ["zero_base"]


def test_a_missing_whole_is_the_sum_of_complete_parts():
    spent = table(
        "expenditure", "total", [("201", "一般公共服务支出", "class", "3.00"), ("205", "教育支出", "class", "1.00")]
    )
    lines = shares(Fake(tables={"expenditure": spent}), "expenditure_function")
    assert list(lines["display_share"]) == [Decimal("0.7500"), Decimal("0.2500")]
    assert list(lines["whole"]) == [Decimal("4.00")] * 2


def test_an_account_without_tables_and_words_has_no_structure():
    frame = structure(Fake())
    assert len(frame) == 0
    assert "display_share" in frame.columns


def test_a_table_in_yuan_is_shown_in_the_unit_of_the_account():
    account = office(2022, {}, total="0")
    account.tables["expenditure"] = table(
        "expenditure", "total",
        [("total", "合计", "total", "2189600.00"), ("201", "一般公共服务支出", "class", "2189600.00")], unit="元",
    )  # fmt: skip
    account.tables.pop("revenue_expenditure_summary")
    lines = shares(account, "expenditure_function")
    assert lines.loc["201", "amount"] == Decimal("218.96")
    assert lines.loc["201", "amount_yuan"] == Decimal("2189600.00")
