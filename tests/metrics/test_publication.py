"""Who has published, and whether units add up to their department."""

from datetime import date
from decimal import Decimal

import pandas as pd

from fiscal.metrics import consolidated, publication

NONE = pd.DataFrame(columns=["entity", "year", "by", "parent"])


def expected(*lines: tuple) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=list(NONE.columns)).astype({"by": object})


def there(*pairs: tuple) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["entity", "year"]).assign(coverage="")


def test_published_not_seen_and_overdue():
    due = date(2024, 9, 30)
    listed = expected(("甲局", 2023, due, ""), ("乙局", 2023, due, ""), ("丙局", 2023, None, ""))

    def states(day):
        return dict(publication(listed, there(("甲 局", 2023)), as_of=day)[["entity", "status"]].values)

    assert states("2024-10-01") == {"甲局": "已公开", "乙局": "逾期", "丙局": "未见"}
    assert states("2024-09-30") == {"甲局": "已公开", "乙局": "未见", "丙局": "未见"}


def test_what_is_not_on_the_list_is_marked():
    lines = publication(expected(("甲局", 2023, None, "")), there(("甲局", 2023), ("外局", 2023)))
    assert lines.set_index("entity")["is_expected"].to_dict() == {"外局": False, "甲局": True}


def test_without_a_list_every_entity_and_year_seen_is_expected():
    lines = publication(NONE, there(("甲局", 2022), ("甲局", 2023), ("乙局", 2023)))
    assert [tuple(line) for line in lines[["entity", "year", "status"]].values] == [
        ("乙局", 2022, "未见"), ("乙局", 2023, "已公开"), ("甲局", 2022, "已公开"), ("甲局", 2023, "已公开"),
    ]  # fmt: skip


def test_a_year_known_from_the_comparatives_of_another_is_not_published():
    known = there(("甲局", 2022), ("甲局", 2023)).assign(coverage=["comparatives", ""])
    assert publication(NONE, known)["status"].tolist() == ["未见", "已公开"]
    listed = expected(("甲局", 2022, date(2023, 9, 30), ""))
    assert publication(listed, known, as_of="2023-10-01")["status"].tolist() == ["逾期", "已公开"]


def test_an_account_without_year_or_name_is_not_on_the_map():
    assert publication(NONE, there(("甲局", 0), ("", 2023))).empty


def totals(**printed: str) -> pd.DataFrame:
    line = {
        "year": 2023,
        "kind": "final_account",
        "table": "t",
        "row_key": "total",
        "row_label": "总计",
        "column": "c",
        "column_label": "决算数",
    }
    return pd.DataFrame([{**line, "entity": name, "value": text, "unit": "万元"} for name, text in printed.items()])


UNITS = (("甲局", 2023, None, "大部"), ("乙局", 2023, None, "大部"))


def outcome(lines: pd.DataFrame) -> list:
    return lines[["outcome", "units_yuan", "difference_yuan", "n_units", "n_seen", "n_expected"]].values.tolist()


def test_units_add_up_or_do_not():
    assert outcome(consolidated(totals(大部="3.00", 甲局="1.00", 乙局="2.00"), expected(*UNITS))) == [
        ["equal", Decimal(30000), 0, 2, 2, 2]
    ]
    assert outcome(consolidated(totals(大部="3.50", 甲局="1.00", 乙局="2.00"), expected(*UNITS)))[0][:3] == [
        "different", Decimal(30000), Decimal(-5000),
    ]  # fmt: skip


def test_a_unit_that_is_not_there_leaves_it_open():
    assert outcome(consolidated(totals(大部="3.00", 甲局="3.00"), expected(*UNITS))) == [
        ["unknown", None, None, 1, 1, 2]
    ]


def test_a_unit_that_does_not_publish_the_number_leaves_it_open():
    assert outcome(consolidated(totals(大部="3.00", 甲局="3.00", 乙局="未公开"), expected(*UNITS))) == [
        ["unknown", None, None, 2, 2, 2]
    ]
    assert consolidated(totals(大部="未公开", 甲局="1.00", 乙局="2.00"), expected(*UNITS)).empty


def test_no_parent_or_no_account_of_it_gives_nothing():
    assert consolidated(totals(甲局="1.00"), expected(*UNITS)).empty
    assert consolidated(totals(大部="1.00"), expected(("甲局", 2023, None, ""))).empty
    assert consolidated(totals(大部="1.00"), NONE).empty
