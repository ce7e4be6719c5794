"""fiscal check --explain: what is said with a figure, and how it was checked."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from fiscal.cli import main

TEXT = (
    "青禾县林业局2023年度部门决算\n七、财政拨款“三公”经费支出决算情况说明\n"
    "公务接待费支出6.00万元，比上年增加1.00万元，增长25%，主要原因是考察增加0.50万元。某某搞了3.00万元。\n"
)


@pytest.fixture
def account(tmp_path: Path) -> str:
    path = tmp_path / "说明.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def explained(account: str, figure: str) -> str:
    result = CliRunner().invoke(main, ["check", account, "--explain", figure])
    assert result.exit_code == 0
    return result.output


def test_a_conflicting_rate_is_explained_with_its_check(account: str):
    told = explained(account, "25%")
    assert "说的是：公务接待费" in told and "增减幅度（增加），比较基数：上年" in told
    assert "核对：不符" in told and "应为20%" in told


def test_a_figure_in_a_reason_and_one_not_understood(account: str):
    assert "说的是：考察，增减额（增加），比较基数：上年（在原因中提及" in explained(account, "0.50")
    assert "没有读懂" in explained(account, "3.00")


def test_a_figure_that_is_not_printed(account: str):
    assert explained(account, "9.99") == "说明和表中都没有印出9.99。\n"


def test_a_cell_of_a_table_is_explained_too():
    folder = str(Path(__file__).parents[2] / "data/raw/demo-office/2023")
    wrong = explained(folder, "4.12")  # planted
    assert (
        "《财政拨款“三公”经费支出决算表》" in wrong
        and "L7" in wrong
        and "核对：不符，" in wrong
        and "应为1.12" in wrong
    )
    right = explained(folder, "43.47")
    assert "《政府性基金预算财政拨款收入支出决算表》" in right and "核对：相符" in right
    assert "认为印错的是别的数" in explained(folder, "288.19")  # the total beside the planted 3.81
