"""What kind of line a paragraph is."""

import pytest

from fiscal.readers.headings import is_caption, is_contents_line, is_heading, roles


@pytest.mark.parametrize(
    "line",
    ["第一部分 部门概况", "第3部分 名词解释", "一、部门职责", "（二）收入决算情况", "1、 收入决算情况说明",
     "2．绩效公开情况", "附件1", "2022年部门整体绩效评价报告", "七、财政拨款“三公”经费支出决算情况说明"],
)  # fmt: skip
def test_headings(line):
    assert is_heading(line)


@pytest.mark.parametrize(
    "line",
    ["", "1.因公出国（境）经费支出0万元。", "一、本年收入合计为307.82万元", "（一）机构组成。某局属行政单位。",
     "1.财政拨款收入：指资金。",
     "其中：", "占本年支出合计的97.82%", "3.其他用车0辆"],
)  # fmt: skip
def test_no_headings(line):
    assert not is_heading(line)


def test_captions_and_contents_lines():
    assert is_caption("（  （图5：一般公共预算财政拨款支出决算变动情况）") and is_caption("图1 收支变动")
    assert not is_caption("图书馆建设1.00万元。") and not is_caption("图3显示支出增加。")
    assert is_contents_line("一、部门职责……………3") and is_contents_line("二、机构设置\t12")
    assert not is_contents_line("一、部门职责") and not is_contents_line("支出218.96")


def test_a_list_of_table_titles_is_contents_but_not_where_tables_stand_between():
    titles = ["一、收入支出决算总表", "二、收入决算表", "三、支出决算表"]
    assert roles(titles) == ["contents"] * 3
    apart = [titles[0], None, titles[1], None, titles[2], None]
    assert "contents" not in roles(apart)


def test_lines_after_the_word_contents_up_to_their_repetition():
    lines = ["目 录", "第一部分 概况", "一、主要职责", "第一部分 概况", "一、主要职责", "负责工作。"]
    assert roles(lines) == ["contents", "contents", "contents", "heading", "heading", "body"]


def test_contents_that_nothing_calls_so_are_headings_that_stand_again_below():
    listed = ["第一部分 青禾县林业局概况", "一、主要职责", "二、机构设置", "三、收入决算表", "四、支出决算表"]
    text = ["青禾县林业局2023年度部门决算", "目", "录", *listed, "第一部分", "青禾县林业局概况"]
    text += ["一、主要职责", "负责林业工作。", "二、机构设置", "本局设三个股室。", "收入决算表", "支出决算表"]
    assert roles(text)[3:8] == ["contents"] * 5
    assert "contents" not in roles(text)[8:]
    assert "contents" not in roles(
        ["青禾县林业局概况", "一、主要职责", "二、机构设置", "三、年度工作", "本局设三个股室。"]
    )
