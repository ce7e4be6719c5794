"""What the data files declare is used: a lexicon by a pattern or by name, a row set by a table, a family by a rule."""

import pytest

from fiscal.dictionary.identities import catalogue
from fiscal.dictionary.laws import laws
from fiscal.dictionary.load import DATA, read_yaml
from fiscal.dictionary.measures import measures
from fiscal.dictionary.tables import catalogue as tables

PATTERNS = "".join(path.read_text(encoding="utf-8") for path in sorted((DATA / "patterns").glob("*.yaml")))
CODE = "".join(path.read_text(encoding="utf-8") for path in DATA.parents[1].rglob("*.py"))


@pytest.mark.parametrize("name", sorted(read_yaml(DATA / "patterns" / "lexicons.yaml")["lexicons"]))
def test_every_lexicon_is_named_in_a_pattern_or_asked_for_by_name(name):
    assert f"{{{name}}}" in PATTERNS or any(quote + name + quote in CODE for quote in "\"'")


def test_every_row_set_is_part_of_a_table():
    used = {name for table in tables().entries.values() for name in table.row_sets}
    assert set(tables().row_sets) == used


def test_every_family_of_rules_has_a_rule_and_an_explanation():
    book = catalogue()
    used = {one.family for one in book.identities} | {law.family for law in laws().laws.values()}
    assert set(book.families) - used == set()
    assert set(book.explanations) <= set(book.families)


def test_every_measure_says_where_it_stands_or_is_stated():
    stated = set(catalogue().slots)
    lost = [one.id for one in measures() if not one.cells and one.id not in stated]
    assert lost == []
