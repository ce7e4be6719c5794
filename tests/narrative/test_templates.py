"""Templates and terms are data: a wrong entry is refused with file, entry and reason."""

import pytest

from fiscal.dictionary import glossary, templates
from fiscal.errors import DeclarationError
from tests.narrative.office import office


@pytest.mark.parametrize("text", ["{total", "a]b", "[a", "a|b", "}"])
def test_brackets_that_do_not_match_are_refused(text):
    with pytest.raises(DeclarationError, match=r"narrative\.yaml, template"):
        templates.parse(text)


def test_nested_optional_parts_are_understood():
    template = templates.parse("a[b{x}[c{share:y}]|d]")
    assert [(f.kind, f.name) for f in templates.fields(template)] == [("figure", "x"), ("share", "y")]


def test_an_unknown_figure_in_a_section_is_refused(tmp_path):
    file = tmp_path / "narrative.yaml"
    file.write_text(
        "lists: {}\nsections: [{key: a, title: A, paragraphs: [{text: '{totl}'}]}]",
        encoding="utf-8",
    )
    with pytest.raises(DeclarationError, match="section a: unknown figure totl"):
        templates.load(file)


def test_terms_are_chosen_by_what_the_account_contains():
    names = [term.term for term in glossary.chosen(office())]
    assert "事业运行（2010350）" in names
    assert "购房补贴（2210203）" not in names
    assert "行政单位医疗（2101101）" not in names
    assert len(names) == 13 + 3


def test_a_term_defined_twice_is_refused(tmp_path):
    file = tmp_path / "glossary.yaml"
    file.write_text("terms: [{term: 甲, definition: 一}, {term: 甲, definition: 二}]", encoding="utf-8")
    with pytest.raises(DeclarationError, match="term 甲: defined twice"):
        glossary.load(file)
