"""Mistakes written into a whole invented account: each is told once, what is right beside it stays quiet."""

import re

import pytest

import fiscal
from fiscal.synthetic import make_panel, write_account
from fiscal.synthetic.invent import Style

# what stands in the account (a pattern) → what the clerk wrote, the rule that tells it and the kind of its cause
MISTAKES = {
    "another year in a title": (r"^(.*局)2023年度部门决算", r"\g<1>2022年度部门决算", "disc.year.consistent", "words"),
    "another body in a title": (r"^(.*县)农业农村局2023年度", r"\1水利局2023年度", "disc.entity.consistent", "words"),
    "another year above a table": (r"(公开03表\n部门：\S+?　　)2023年度", r"\g<1>2022年度", "ST8", "words"),
    "another body above a table": (r"(公开05表\n部门：\S+?县)农业农村局", r"\1水利局", "NE2", "words"),
    "another unit above a table": (r"(公开03表\n部门：\S+　　2023年度　　单位：)万元", r"\1元", None, "unit"),
    "another year in a sentence": (r"2023年(本年支出合计)", r"2022年\1", "disc.year.consistent", "words"),
    "the budget for the outcome": (
        r"(公务接待费预算为)(\S+?万元)，支出[\d.]+万元，完成预算[\d.]+%", r"\1\2，支出\2，完成预算100.00%",
        "stmt.three_public.table", "level",
    ),
    "nothing in the table": (
        r"(因公出国（境）经费预算为0万元，支出)0万元", r"\g<1>3.00万元", "stmt.three_public.table", "level"
    ),
    "100 % beside 大于": (r"(完成预算100.00%，决算数)等于", r"\1大于", "stmt.completion.word_items", "words"),
    "no percent sign": (r"(公务接待费预算\S+?完成预算[\d.]+)%", r"\1", "PU5", "words"),
    "two choices left": (r"(机关运行经费支出[\d.]+万元，较2022年)(?:增加|减少)", r"\1增加（减少）", "TL2", "words"),
    "choice half deleted": (r"(机关运行经费支出[\d.]+万元，较2022年)(?:增加|减少)", r"\1减增加", "TL2", "words"),
    "share without a number": (r"占本年支出合计的[\d.]+%", "占本年支出合计的 %", "FR3", "words"),
    "万 for 万元": (r"(，其中：基本支出[\d.]+万元\S+?；项目支出[\d.]+万)元", r"\1", "PU5", "words"),
    "unit twice": (r"(；项目支出[\d.]+万元)", r"\1万元", "PU5", "words"),
    "no total row": (r"(栏次\t\t1\t2\t3\t4\t5\t6\n)合计\t\t.*\n", r"\1", "intra.function.total_row", "missing"),
    "a 款 without its 项": (r"2210201\t住房公积金\t[\d.]+\t[\d.]+\t\t\t\t\n", "", None, "row_missing"),
    "an item left out of the text": (r"\n7\.住房保障支出.*", "", "stmt.gpb.items_complete", "missing"),
    "another 款 in the text": (
        r"(卫生健康支出210（类）)行政事业单位医疗11（款）", r"\1公共卫生04（款）", "stmt.gpb.items_table", "wrong_code"
    ),
    "fewer vehicles elsewhere": (
        r"(单位共有公务用车)\d+(辆，其中：轿车)\d+", r"\g<1>1\g<2>1", "TI19", "words"
    ),
    "purpose of another item": (r"(职业年金缴费支出（2080506）：)[^。]+", r"\1单位为职工缴存的公积金", "NC5", "words"),
    "opening balance": (
        r"(收、支总计[\d.]+万元。)", r"\1其中：年初结转和结余999.01万元。", "stmt.opening_balance.table", "level"
    ),
    "a fund that the tables do not have": (
        r"(年政府性基金预算财政拨款支出)0万元", r"\g<1>12.00万元", "stmt.fund.table", "level"
    ),
    "reason of the other direction": (
        r"(公务接待费支出决算较2022年)\S\S([\d.]+万元，)\S\S([\d.]+%。主要原因是)[^。]+", r"\1增加\2增长\3接待批次减少",
        "TI18", "words",
    ),
}  # fmt: skip
RIGHT = {
    "no change, and no more than that": (r"(因公出国（境）支出决算)较2022年持平", r"\1与2022年持平，均为0万元"),
    "its own purpose": (r"(住房公积金01（项）：)", r"\1主要用于为职工缴存住房公积金。"),
    "a smaller reason": (
        r"(机关运行经费支出[\d.]+万元，较2022年增加)([\d.]+)(万元，增长[\d.]+%。主要原因是)[^。]+",
        r"\1\2\3物业管理费增加0.01万元",
    ),
}

_FOREIGN = re.compile(r"True|False|None|[A-Za-z_]{3,}|《《|》》|“”|行行|栏栏|[{}]|[为是]。")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The text of an invented account, and what is told, errors and warnings, of a text in its place."""
    folder = tmp_path_factory.mktemp("office")
    before, now = make_panel(41, (2022, 2023), style=Style("national9", "万元"))
    last = fiscal.read(str(write_account(before, folder / "before", format="txt").parent))
    text = write_account(now, folder / "now", format="txt").read_text(encoding="utf-8")

    def loud(text: str):
        (folder / "changed").mkdir(exist_ok=True)
        (folder / "changed" / "accounts.txt").write_text(text, encoding="utf-8")
        found = fiscal.read(str(folder / "changed")).check(previous=last)
        return [one for one in found if one.severity != "info"]

    assert loud(text) == []
    return text, loud


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_told_once(office, name):
    text, loud = office
    old, new, rule, cause = MISTAKES[name]
    changed, n = re.subn(old, new, text, count=1, flags=re.MULTILINE)
    assert n == 1 and changed != text
    found = loud(changed)
    assert [(one.rule if rule else None, one.cause) for one in found] == [(rule, cause)], [one.message for one in found]
    assert found[0].evidence and found[0].suggestion
    for one in (*found, *found[0].consequences):
        assert not _FOREIGN.search(f"{one.message}{one.suggestion}{one.explanation}"), one.message


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_beside_a_mistake_is_quiet(office, name):
    text, loud = office
    changed, n = re.subn(*RIGHT[name], text, count=1)
    assert n == 1
    assert [one.message for one in loud(changed)] == []


def test_a_finding_says_which_checks_hold_for_its_other_numbers(office):
    text, loud = office
    wrong = re.sub(r"(，其中：基本支出[\d.]+万元，占)[\d.]+%", r"\g<1>11.11%", text, count=1)
    (found,) = loud(wrong)
    said = {str(cell): rules for cell, rules in found.confirmed}
    (total,) = re.findall(r"本年支出合计([\d.]+)万元，其中", text)
    assert {"stmt.expenditure.sum", "stmt.expenditure.table"} <= set(said[total])


def test_the_balances_of_the_text_are_held_against_the_table(office):
    text, loud = office
    opening = re.search(r"年初结转和结余\t29\t([\d.]+)", text)[1]
    said = rf"\1其中：年初结转和结余{opening}万元。"
    assert loud(re.sub(r"(2023年度收、支总计[\d.]+万元。)", said, text, count=1)) == []
