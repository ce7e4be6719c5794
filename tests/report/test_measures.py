"""Frames of metrics become tables for readers."""

from decimal import Decimal

import pandas as pd

from fiscal.report.kit.measure_tables import table


def test_rates_are_percent_amounts_as_they_are_and_blanks_say_why():
    frame = pd.DataFrame(
        {
            "year": [2022, 2022],
            "label": ["“三公”经费", "公务接待费"],
            "budget": [Decimal("6.10"), None],
            "actual": [Decimal("5.84"), None],
            "completion_rate": pd.array([0.9574, None], "Float64"),
            "why_blank": ["", "unknown"],
            "unit": ["万元", "万元"],
        }
    )
    text = table(frame, "执行")
    assert (
        ">95.74%</td>" in text and ">6.10</td>" in text and text.count('<span class="unknown">未公开</span></td>') == 2
    )
    assert "年度" not in text and "单位：万元" in text
    assert 'class="num"></td>' in text


def test_no_rows_are_said():
    assert "执行：资料中没有可用的数字。" in table(pd.DataFrame(columns=["label", "unit"]), "执行")


def shares(**changes) -> pd.DataFrame:
    columns = {
        "part": ["甲", "乙"], "amount": [Decimal("2.00"), Decimal("1.00")],
        "share": [Decimal(2) / 3, Decimal(1) / 3], "printed_share": [Decimal("0.667"), Decimal("0.50")],
        "printed_agrees": [True, False], "unit": ["万元", "万元"],
    }  # fmt: skip
    return pd.DataFrame({**columns, **changes})


def test_a_printed_percent_keeps_its_digits_and_is_marked_where_the_amounts_do_not_give_it():
    text = table(shares(), "结构")
    assert '<td class="num">66.67%</td><td class="num">66.7%</td>' in text
    assert '<td class="num">50% <span class="disagrees">不合</span></td>' in text
    assert "不合：按印出的数计算" in text


def test_what_was_not_judged_is_not_marked():
    assert "不合" not in table(shares(printed_agrees=[True, None]), "结构")


def test_basis_and_reason_stand_in_one_column():
    columns = {"label": ["甲", "乙"], "budget": [Decimal("0"), None], "actual": [Decimal("0"), Decimal("1")]}
    reasons = {"basis": ["table", ""], "why_blank": ["zero_base", "no_budget"], "unit": ["万元", "万元"]}
    frame = pd.DataFrame({**columns, **reasons})
    text = table(frame, "执行")
    assert ">表内预算数；基数为0</td>" in text and ">没有预算数</td>" in text and text.count('<th scope="col"') == 4


def test_a_year_that_nobody_gave_is_left_out_not_called_unknown():
    frame = pd.DataFrame({"label": ["甲", "乙"], "amount": [Decimal("1.00"), None], "previous_amount": [None, None],
                          "why_blank": ["no_previous", "unknown"], "unit": ["万元", "万元"]})  # fmt: skip
    text = table(frame, "比较")
    assert text.count("未公开") == 1 and "上年</th>" not in text and ">上年决算未提供</td>" in text
