"""Numbers that headings begin with."""

import pytest

from fiscal.dictionary.numbering import chinese, mark


@pytest.mark.parametrize(
    ("text", "kind", "rank", "value"),
    [
        ("第三部分 决算说明", "part", 0, 3),
        ("第二章 概况", "part", 0, 2),
        ("十二、其他", "top", 1, 12),
        ("一 收支决算总体情况", "top", 1, 1),
        ("（三）具体情况", "sub", 2, 3),
        ("3．公务接待费", "digit", 3, 3),
        ("2.1 收入", "deep", 4, 1),
        ("（4）其他", "point", 4, 4),
        ("4）其他", "half", 4, 4),
        ("②其他", "ring", 5, 2),
    ],
)
def test_marks(text, kind, rank, value):
    found = mark(text)
    assert (found.kind, found.rank, found.value) == (kind, rank, value)


@pytest.mark.parametrize("text", ["12.40万元", "2021年度收入", "一般公共预算财政拨款", "十分之三", "3.5%", "2.10亿元"])
def test_no_marks(text):
    assert mark(text) is None


def test_chinese_numbers():
    assert [chinese(text) for text in ("九", "十", "十一", "二十", "三十二", "十一十")] == [9, 10, 11, 20, 32, 0]
