"""The identities as entries: what loads, what is refused and how the refusal reads."""

import pytest

from fiscal.checks.identities.plan import plans
from fiscal.dictionary.identities import catalogue, load_rules
from fiscal.errors import DeclarationError

GOOD = {
    "id": "county.subsidy", "scope": "cross_table", "family": "I.TABLES", "tables": ["expenditure"], "kind": "copy",
    "formula": "expenditure[total].total == expenditure[total].basic", "severity": "warning", "message": "{a}与{b}",
}  # fmt: skip


def rules_file(tmp_path, **changes):
    import yaml

    path = tmp_path / "county.yaml"
    path.write_text(yaml.safe_dump([GOOD | changes], allow_unicode=True), encoding="utf-8")
    return path


def test_rules_of_an_analyst_load_in_the_same_language(tmp_path):
    (rule,) = load_rules(rules_file(tmp_path))
    assert (rule.id, rule.kind, rule.tables) == ("county.subsidy", "copy", ("expenditure",))


def test_rules_under_the_key_identities_load_too(tmp_path):
    path = rules_file(tmp_path)
    path.write_text("identities:\n" + path.read_text(encoding="utf-8").replace("\n", "\n  ").replace("- ", "  - ", 1))
    assert load_rules(path)[0].id == "county.subsidy"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "intra.summary.balance"}, "id used already"),
        ({"tables": ["expenditures"]}, "unknown table expenditures"),
        ({"formula": "expenditure[sum].total == 0"}, "unknown row expenditure[sum]"),
        ({"formula": "expenditure[total].totals == 0"}, "unknown column expenditure[total].totals"),
        ({"formula": "stmt.gbp == 0"}, "unknown slot stmt.gbp"),
        ({"formula": "summe(stmt.gpb) == 0"}, "unknown function summe"),
        ({"formula": "expenditure['20805050'].total == 0"}, "unknown row expenditure['20805050']"),
        ({"kind": "equal"}, "unknown kind equal"),
        ({"family": "I.NEW"}, "unknown family I.NEW"),
        ({"severity": "fatal"}, "unknown severity fatal"),
        ({"scope": "galaxy"}, "unknown scope galaxy"),
        ({"message": "{amount}不对"}, "unknown message slot amount"),
        ({"when": "present(stmt.nothing)"}, "unknown slot stmt.nothing"),
        ({"colour": "red"}, "unknown field colour"),
        ({"formula": "__import__('os').system('true') == 0"}, "odd call"),
        ({"formula": "[x for x in stmt.gpb] == 0"}, "ListComp is not part of the formula language"),
        ({"formula": "expenditure[total].total =="}, "cannot be parsed"),
        ({"formula": "r.total == 0"}, "r used without for_each"),
        ({"for_each": "stmt.gpb"}, "no list slot"),
    ],
)
def test_a_wrong_entry_is_refused_with_file_entry_and_reason(tmp_path, change, reason):
    with pytest.raises(DeclarationError) as error:
        load_rules(rules_file(tmp_path, **change))
    text = str(error.value)
    assert reason in text and "county.yaml" in text and (GOOD | change)["id"] in text


def test_a_missing_field_and_a_file_without_list_are_refused(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("- {id: county.x, scope: cross_table}", encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"bad\.yaml, entry county\.x: lacks"):
        load_rules(path)
    path.write_text("rules: 3", encoding="utf-8")
    with pytest.raises(DeclarationError, match="no list of identities"):
        load_rules(path)


def test_a_formula_that_does_not_fit_its_kind_is_refused_when_compiled(tmp_path):
    (rule,) = load_rules(rules_file(tmp_path, kind="sum", formula="abs(stmt.gpb) == 0", tables=[]))
    with pytest.raises(DeclarationError, match="does not fit kind sum"):
        plans(rule)


@pytest.mark.parametrize("identity", catalogue().identities, ids=lambda identity: identity.id)
def test_every_identity_compiles_and_states_its_condition_formally(identity):
    assert all(plan.parts for plan in plans(identity))
    assert not identity.applies or identity.when


def test_every_family_has_an_explanation_for_a_clerk():
    book = catalogue()
    assert set(book.explanations) == set(book.families)
