"""Text that is safe to show: control characters, marks of direction, names that are no UTF-8, formulas."""

import json
import os

from fiscal.model.printable import encodable, harmless, printable


def test_what_steers_a_terminal_or_turns_the_text_is_written_out():
    assert printable("甲\x1b[2J乙\u202e丙\u200f") == "甲\\u001b[2J乙\\u202e丙\\u200f"
    assert printable("一行\n二行\t三") == "一行\n二行\t三"


def test_in_json_it_stands_for_the_same():
    text = json.dumps({"name": "甲\u202e乙\x9b"}, ensure_ascii=False)
    assert json.loads(printable(text)) == {"name": "甲\u202e乙\x9b"}


def test_a_file_name_in_gbk_is_shown_as_what_it_means():
    name = os.fsdecode("县教育局决算.txt".encode("gbk"))
    assert encodable(name) == printable(name) == "县教育局决算.txt"
    assert encodable("a\udcff.txt") == "a\ufffd.txt"
    assert printable("a\udcff.txt") == "a\\udcff.txt"


def test_formulas_are_made_harmless_and_numbers_stay():
    assert [harmless(text) for text in ("=1+1", "+A1", "@x", "\tx", "-cmd")] == [
        "'=1+1",
        "'+A1",
        "'@x",
        "'\tx",
        "'-cmd",
    ]
    assert [harmless(text) for text in ("-1.20", "+3", "-5.25%", "-1,234.00", "教育", "")] == [
        "-1.20", "+3", "-5.25%", "-1,234.00", "教育", ""]  # fmt: skip
    assert harmless(None) is None and harmless(-3) == -3


def test_dashes_are_cells_and_get_a_mark():
    assert harmless("--") == "'--"
