"""Work counted in several places. Invented texts."""

from fiscal.checks.wording.activities import activity_outcomes
from tests.statements.narrated import narrate

ANNEX = ("附件1", "heading")
WORK = ("三、重点工作完成情况", "heading")


def told(*lines):
    return [(one.rule, one.actual, one.expected) for one in activity_outcomes(narrate(*lines))]


def test_numbers_that_differ_are_told_once_for_each_kind_of_work():
    lines = (
        WORK,
        "全年开展督查40余次。",
        ANNEX,
        "开展督查督办90余次，外出考察3次。",
        "全年督导调研70余次，考察学习3余次。",
    )
    assert told(*lines) == [("TI21", "70余次", "40余次、90余次"), ("TI21", "3余次", "3次")]


def test_one_number_and_other_things_are_left_alone():
    assert told(ANNEX, "开展督查督办90余次，其中夜间暗访10余次。", "全年督查90余次，培训90人次。") == []
    assert told(WORK, "全年督查4次。", ANNEX, "全年督查90余次。") == []


def test_without_an_evaluation_nothing_is_compared():
    assert told(WORK, "上半年督查40余次。", "全年督查90余次。") == []
