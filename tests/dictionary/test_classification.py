"""Codes and names by year."""

from fiscal.dictionary.classification import economic, functional, level_of, parent_code


def test_a_code_carries_the_name_of_its_year():
    assert functional().subject("2080505", 2022).name == "机关事业单位基本养老保险缴费支出"
    assert functional().subject("208", None).level == "class"
    assert functional().subject("9999999", 2022) is None


def test_a_name_leads_to_its_code_with_or_without_its_ending():
    assert "221" in [subject.code for subject in functional().named("住房保障", 2022)]
    assert [subject.code for subject in economic().named("基本工资", 2022)] == ["30101"]
    assert functional().named("没有这个科目", 2022) == []


def test_levels_and_parents_follow_from_the_digits():
    assert [level_of(code) for code in ("208", "20805", "2080505", "301", "30101", "1")] == [
        "class", "group", "item", "economic_class", "economic_item", "",
    ]  # fmt: skip
    assert (parent_code("2080505"), parent_code("20805"), parent_code("208")) == ("20805", "208", "")
