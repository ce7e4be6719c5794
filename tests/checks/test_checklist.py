"""The inspector's checklist: yes, no, trouble, not read, not concerned."""

import pytest

from fiscal.checks.checklist_answers import NO, OPEN, TROUBLE, UNREAD, YES, answers
from fiscal.dictionary.checklist import checklist, load
from fiscal.errors import DeclarationError
from fiscal.model.cells import Cell, Place
from fiscal.model.finding import Finding
from fiscal.model.text import Narrative
from fiscal.model.unread import Unread

from .builders import table
from .test_text_rules import account, paragraphs

COSTS = "“三公”经费支出1.00万元，其中公务接待费1.00万元，与上年持平。"


def filled(*texts, findings=(), missing=(), section="three_public", **fields) -> dict[str, tuple[str, str]]:
    words = Narrative(paragraphs(*texts, section=section))
    found = answers(account(**{"kind": "final_account", **fields}), words, findings, missing=missing)
    return {one.item.question: (one.answer, one.note) for one in found}


def of(question: str, said: dict[str, tuple[str, str]]) -> tuple[str, str]:
    return next(answer for asked, answer in said.items() if question in asked)


def test_what_is_there_is_yes_with_its_place():
    words = Narrative(paragraphs(("heading", "七、“三公”经费支出情况"), COSTS, section="three_public"))
    said = {one.item.question: one for one in answers(account(kind="final_account"), words, [])}
    one = said["“三公”经费情况是否公开"]
    assert (one.answer, one.place) == (YES, "七、“三公”经费支出情况")


def test_a_chapter_that_is_not_there_and_a_word_that_is_missing_are_no():
    said = filled(COSTS)
    assert of("政府采购是否分", said) == (NO, "没有“政府采购支出情况”")
    assert of("购置数和保有量", said) == (NO, "本节没有写明")


def test_findings_make_trouble_with_their_sentence():
    cell = Cell("blank", None, "", "1.00", Place(page=7))
    one = Finding("MD1", "warning", "没有写全接待批次和人次", evidence=(cell,))
    words = Narrative(paragraphs(COSTS, section="three_public"))
    found = {a.item.question: a for a in answers(account(kind="final_account"), words, [one])}
    answer = found["公务接待批次和人次是否公开"]
    assert (answer.answer, answer.place, answer.note) == (TROUBLE, "第7页", "没有写全接待批次和人次")
    remark = Finding("MD1", "info", "没有写全接待批次和人次")
    assert of("公务接待批次", filled(COSTS, findings=[remark]))[0] == YES


def test_tables_missing_unread_or_not_given():
    tables = {"revenue": table("revenue", {"total": {"total": "1.00"}})}
    assert of("决算报表", filled(COSTS, tables=tables))[0] == YES
    assert of("决算报表", filled(COSTS, tables=tables, missing=["expenditure"])) == (NO, "缺少《支出决算表》")
    assert of("决算报表", filled(COSTS, tables=tables, unread=(Unread("table"),)))[0] == UNREAD
    assert of("决算报表", filled(COSTS))[0] == OPEN


def test_pages_not_read_are_no_reason_to_say_no_and_budgets_are_not_asked():
    assert of("政府采购是否分", filled(COSTS, unread=(Unread("page"),)))[0] == UNREAD
    assert of("名词", filled())[0] == OPEN
    assert filled(COSTS, kind="budget") == {}


def test_another_form_is_another_list(tmp_path):
    other = tmp_path / "form.yaml"
    other.write_text('name: 表\nitems:\n  - {id: "1", group: 是否公开, question: 收入, sections: [revenue]}\n', "utf-8")
    assert [item.question for item in load(other)] == ["收入"]
    other.write_text('name: 表\nitems:\n  - {id: "1", group: 是否公开, question: 收入}\n', "utf-8")
    with pytest.raises(DeclarationError, match="nothing answers it"):
        load(other)
    assert len(checklist()) == len({item.question for item in checklist()})
