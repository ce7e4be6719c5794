"""From the first year to the last: the classes and the rest make up the change of the whole."""

from decimal import Decimal

import pytest

from fiscal.metrics import moved_over_years, parts_over_years
from tests.metrics.stored import accounts, year

OLD = {"201": ("一般公共服务支出", "60.00"), "206": ("科学技术支出", "40.00")}
NEW = {"201": ("一般公共服务支出", "75.00"), "221": ("住房保障支出", "45.00")}


def moved(*years):
    return moved_over_years(parts_over_years(accounts(*years)))


def test_from_the_first_to_the_last_year_whatever_lies_between():
    lines = moved(
        year(2019, parts=OLD, whole="100.00"), year(2020, total="1.00"), year(2023, parts=NEW, whole="120.00")
    )
    assert set(lines["previous_year"]) == {2019} and set(lines["year"]) == {2023}
    changes = lines.set_index("part")["change"].to_dict()
    assert changes == {"一般公共服务支出": Decimal("15"), "科学技术支出": Decimal("-40"), "住房保障支出": Decimal("45"),
                       "合计": Decimal("20")}  # fmt: skip
    assert lines.set_index("part").loc["住房保障支出", "contribution_pp"] == pytest.approx(45)


def test_what_is_unknown_goes_into_the_rest():
    now = {**NEW, "221": ("住房保障支出", "未公开")}
    lines = moved(year(2022, parts=OLD, whole="100.00"), year(2023, parts=now, whole="120.00")).set_index("part")
    assert lines.loc["住房保障支出", "why_blank"] == "unknown" and lines.loc["住房保障支出", "change"] is None
    assert lines.loc["其余（差额）", "change"] == Decimal("5")  # 20 − 15: the class that vanished may be unknown too


def test_one_year_or_nothing_known_gives_no_rows():
    assert len(moved(year(2023, parts=NEW, whole="120.00"))) == 0
    hidden = {"201": ("一般公共服务支出", "未公开")}
    assert len(moved(year(2022, parts=hidden, whole="1.00"), year(2023, parts=hidden, whole="2.00"))) == 0
