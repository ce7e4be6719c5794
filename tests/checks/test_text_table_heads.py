"""What stands above a table: another year, another body, a leftover of the form."""

from dataclasses import replace

from fiscal.checks.wording.run_text import run_text
from fiscal.model.text import Narrative, Paragraph

from .builders import table
from .test_text_rules import account

NAME = "示例市临溪区政务服务局"


def told(*lines: str, **fields) -> list[tuple[str, str]]:
    made = replace(table("revenue", {"total": {"total": "8.00"}}), heads=lines)
    one = account(tables={"revenue": made}, **fields)
    return [(outcome.rule, str(outcome.actual)) for outcome in run_text(one, Narrative())]


def test_a_year_above_a_table_and_in_its_title():
    assert told("收入决算表", f"部门：{NAME}", "2021年度") == [("ST8", "2021年度")]
    assert told("2021年度收入决算表", "2022年度") == [("ST8", "2021年度收入决算表")]
    assert told("收入决算表", f"部门：{NAME}　2022年度　单位：万元") == []


def test_a_line_that_names_both_years_and_one_of_the_text_above_say_nothing():
    assert told("2021年与2022年收入对比表") == []
    assert told("2021年度支出减少。", "收入决算表") == []
    assert told("2021年度", "收入决算表", year=None) == []


def test_another_body_and_the_forms_own():
    assert told("部门：示例市临江区水务局") == [("NE2", "示例市临江区水务局")]
    assert told("编制单位：××单位") == [("TL1", "××单位")]
    assert told("部门：临溪区政务服务局（本级）") == []
    assert told(f"部门：四川省{NAME}") == []


def test_a_title_that_is_a_paragraph_is_told_once():
    title = Paragraph("2021年度收入决算表", role="caption")
    assert told("2021年度收入决算表", paragraphs=(title,)) == [("ST8", "2021年度收入决算表")]
