"""Lines that a page cut are put together; lines that end on purpose stay apart."""

import pytest

from fiscal.readers.line_ends import goes_on, page_width, seam, without_page_numbers
from fiscal.readers.text import plain_text

WRAPPED = """第二部分 2021年度部门决算情况说明
二、收入决算情况说明
2021年度本年收入合计 1,306.25 万元，其中：财政拨款收
入 1,280.00 万元，占 97.99
%；其他收入 26.25
万元，占
3
2.01%。主要原因是
（一）人员调入。
"""


def read(tmp_path, text: str):
    path = tmp_path / "说明.txt"
    path.write_text(text, encoding="utf-8")
    return [(p.text, p.role) for p in plain_text.read(path).paragraphs]


def test_a_wrapped_paragraph_is_one_with_its_numbers_and_units(tmp_path):
    found = read(tmp_path, WRAPPED.replace("\n3\n", "\n"))
    assert found[2][0] == (
        "2021年度本年收入合计 1,306.25 万元，其中：财政拨款收入 1,280.00 万元，占 97.99%；其他收入 26.25万元，占2.01%。"
        "主要原因是"
    )
    assert [role for _, role in found] == ["heading", "heading", "body", "body"]


@pytest.mark.parametrize(
    ("last", "line", "expected"),
    [
        ("“三公”经费支出决算为 7.25", "万元，完成预算的60%。", True),  # a number and its unit
        ("本年支出合计 84.10 万元，其中：基本支", "出 60.00 万元。", True),  # inside a word
        ("占本年支出合计的", "71.34%，比上年增加", True),
        ("比上年减少 3.20 万元", "，下降8%。", True),  # no line begins with a mark
        ("项目支出 24.10 万元", "比上年增加 2.00 万元。", True),
        (
            "本年支出合计 84.10 万元",
            "2021年度项目支出 24.10 万元。",
            False,
        ),  # a full stop is missing, a statement begins
        ("本年支出合计84.10万元。", "其中：基本支出60.00万元。", False),  # a sentence ended
        ("三、支出决算情况说明", "2021年度支出84.10万元，", False),  # a heading
        ("2021年度支出84.10万元，其中", "（一）基本支出60.00万元。", False),  # a numbered point
        ("公务接待费 | 4.00 | 1.80", "合计 | 9.60", False),  # rows of a pasted table
        ("办公室", "计划财务科", False),  # names, one a line
        ("清河县水务局", "2022年9月1日", False),  # a signature
    ],
)
def test_what_goes_on(last, line, expected):
    assert goes_on(last, line, wrapped=True) is expected


def test_a_text_with_one_paragraph_a_line_keeps_them_apart_but_never_parts_a_number():
    last = "本单位支出的增加，是因为人员调入"
    assert not goes_on(last, "社会保障缴费相应提高，共12人。", wrapped=False)
    assert goes_on("本单位机关运行经费支出为 31.40", "万元。", wrapped=False)


def test_the_width_of_the_page_shows_only_in_full_lines():
    assert page_width(["字" * 40, "字" * 39, "字" * 40, "字" * 12 + "。"]) == 80
    assert page_width(["字" * 40, "字" * 12 + "。"]) == 0
    assert page_width(["字" * 140, "字" * 140, "字" * 139]) == 0


def test_full_lines_are_as_wide_whatever_digits_they_hold_and_rows_of_tables_say_nothing():
    prose = [
        "本年支出123.45万元，比上年增加12.34万元，增长",
        "其中：基本支出与上年的基本支出相比，有所增加",
        "因人员调入，社会保障缴费和住房公积金随之提高",
    ]
    row = "201 一般公共服务支出 " + " ".join(["1,234.50"] * 14)
    assert page_width([*prose, row]) == 45
    assert not goes_on(row, "204 公共安全支出 2.00 2.00", wrapped=True, width=44)


def test_a_full_line_goes_on_whatever_stands_at_its_end_but_a_full_stop():
    full = "1．教育支出（类）普通教育（款）小学教育（项）。主要用于："
    assert goes_on(full, "县直小学的日常开支。年初预算为12.00万元。", wrapped=True, width=58)
    assert not goes_on(full, "县直小学的日常开支。年初预算为12.00万元。", wrapped=True)
    assert goes_on(
        "2．社会保障和就业支出（类）行政事业单位养老支出（款）机",
        "关事业单位职业年金缴费支出（项）。",
        wrapped=True,
        width=58,
    )
    assert not goes_on(full[:-1] + "。", "县直小学的日常开支。", wrapped=True, width=58)


def test_a_label_of_a_page_is_no_prose_that_waits():
    assert not goes_on("编制部门：青禾县林业局 单位：元", "本年收入 本年支出", wrapped=True, width=80)


def test_page_numbers_go_only_between_prose():
    assert without_page_numbers(["本年支出84.10万元，比上年", "- 7 -", "增加2.00万元，增长2.44%。"]) == [
        "本年支出84.10万元，比上年", "增加2.00万元，增长2.44%。",
    ]  # fmt: skip
    awaited = ["本年国内公务接待的批次为", "7", "批次，共接待51人次。"]
    assert without_page_numbers(awaited) == awaited
    cells = ["批次", "7", "人次"]
    assert without_page_numbers(cells) == cells


def test_two_numbers_stay_two():
    assert (seam("支出1,30", "6.25万元"), seam("支出84.10", "60.00")) == ("", " ")
