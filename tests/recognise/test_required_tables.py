"""Which set of tables an account must have: known by place or titles, else a guess that is said to be one."""

import pytest

from fiscal.dictionary.tables import catalogue
from fiscal.recognise.heads import is_guessed, profile_of
from tests.readers.grids import grid, read


@pytest.mark.parametrize(
    ("titles", "entity", "province", "guessed"),
    [
        (4, "青石市水务局", "", True),  # four of nine are not most of them
        (5, "青石市水务局", "", False),
        (2, "青石市水务局", "湖南省", False),
        (2, "重庆市青石区水务局", "", False),
        (2, "山西省水文站", "", False),
        (2, "省水文站", "", True),
        (2, "上海市青石区水务局", "", False),
    ],
)
def test_the_set_is_known_by_the_place_or_by_most_of_its_titles(titles, entity, province, guessed):
    present = catalogue().profiles["national9"][:titles]
    profile = profile_of(present, entity=entity, province=province, year=2022)
    assert is_guessed(profile, present, entity=entity, province=province) is guessed


def test_titles_without_a_table_that_was_read_count_too():
    rows = [["项目", "<", "合计", "基本支出"], ["201", "一般公共服务支出", "3.10", "3.10"]]
    table = grid(rows, before=["支出决算表", "部门：北溪县档案馆", "2022年度", "单位：万元"])
    assert read(table).profile_guessed
    titles = ["收入支出决算总表", "收入决算表", "财政拨款收入支出决算总表", "政府性基金预算财政拨款收入支出决算表"]
    assert not read(table, lines=titles).profile_guessed
