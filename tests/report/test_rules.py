"""The rule reference covers every rule of the dictionary."""

from fiscal.dictionary.identities import catalogue
from fiscal.report.rules import FAMILIES, entries, reference, rules_page


def test_every_identity_family_has_a_name_for_readers():
    assert set(catalogue().families) == set(FAMILIES)


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
