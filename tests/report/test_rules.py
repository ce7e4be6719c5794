"""The rule reference covers every rule of the dictionary."""

import re

from click.testing import CliRunner

from fiscal.cli import main
from fiscal.dictionary.identities import catalogue
from fiscal.report.rule_words import condition, in_words
from fiscal.report.rules import as_text, entries, reference, rules_page


def test_every_rule_is_explained_once():
    ids = [entry.id for entry in entries()]
    assert len(ids) == len(set(ids)) > 100
    assert all(entry.title and entry.why for entry in entries())


def test_only_the_wanted_rules_are_printed():
    text = reference({"ST3"})
    assert text.count("<dt") == 1 and 'id="rule-ST3"' in text


def test_the_whole_reference_is_a_page(tmp_path):
    rules_page(tmp_path / "rules.html")
    text = (tmp_path / "rules.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>") and "http" not in text.replace("http-equiv", "")
    assert text.count('id="rule-') == len(entries())


def test_a_formula_is_told_in_words_with_an_example():
    text = as_text("intra.expenditure.row_sum")
    assert "对《支出决算表》合计行、各科目行逐一核对：该行“合计”＝该行“基本支出”" in text
    assert "例：12.34＋7.66＝20.00" in text and "0.015" in text


def test_no_rule_is_explained_with_keys_of_the_program():
    for identity in catalogue().identities:
        assert not re.search(r"[A-Za-z]+[_.][A-Za-z]", in_words(identity) + condition(identity)), identity.id


def test_the_reference_holds_no_place_to_fill_and_no_word_of_the_program():
    for entry in entries():
        assert not re.search(r"[{}]|[A-Za-z]{4,}", entry.title + entry.why + entry.detail), entry


def test_an_unknown_rule_is_refused_with_those_that_look_like_it():
    result = CliRunner().invoke(main, ["rule", "intra.expenditure.row_sun"])
    assert result.exit_code == 2 and "intra.expenditure.row_sum" in result.output
    assert "《支出决算表》" in CliRunner().invoke(main, ["rule", "intra.expenditure.row_sum"]).output


def test_a_law_is_explained_as_well():
    assert as_text("stmt.change.total") and as_text("nothing.of.the.kind") is None
