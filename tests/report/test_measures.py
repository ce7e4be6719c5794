"""Frames of metrics become tables for readers."""

from decimal import Decimal

import pandas as pd

from fiscal.report.measures import table


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
    assert ">95.74%</td>" in text and ">6.10</td>" in text and ">未公开</td>" in text
    assert "年度" not in text and "单位：万元" in text
    assert 'class="num"></td>' in text


def test_no_rows_are_said():
    assert "执行：资料中没有可用的数字。" in table(pd.DataFrame(columns=["label", "unit"]), "执行")
