"""notes.yaml: what is refused, and that figures keep their printed digits."""

from textwrap import dedent

import pytest

from fiscal.errors import ReadError
from fiscal.recognise.notes import read_notes

HEAD = """
    entity: {name: 某办公室}
    year: 2022
"""


def written(tmp_path, text):
    path = tmp_path / "notes.yaml"
    path.write_text(dedent(HEAD) + dedent(text), encoding="utf-8")
    return path


def test_figures_stay_the_texts_that_were_printed(tmp_path):
    path = written(tmp_path, 'statements: [{slot: basic, text: "190.00", unit: 万元, section: basic}]')
    notes = read_notes(path)
    assert notes["statements"][0]["text"] == "190.00"
    assert notes["entity"]["name"] == "某办公室"


def test_absent_keys_stay_absent(tmp_path):
    assert set(read_notes(written(tmp_path, ""))) == {"entity", "year"}


@pytest.mark.parametrize(
    ("text", "entry", "reason"),
    [
        ("statements: [{slot: basic, text: 190.00, unit: 万元, section: basic}]", "(basic)", "must be quoted"),
        ('statements: [{slot: basic, text: "1.2.3", unit: 万元, section: basic}]', "(basic)", "not a number"),
        ('statements: [{slot: basic, text: "1", unit: 斤, section: basic}]', "entry 1", "unknown unit 斤"),
        ('statements: [{slot: basic, text: "1"}]', "entry 1", "needs slot, text, unit and section"),
        ("lists: {gpb_items: [{code: 2010305}]}", "lists.gpb_items, entry 1", "quoted texts"),
        ("origins: {no_such_table: {total.total: gpb}}", "origins.no_such_table", "unknown table"),
        ("origins: {revenue: {total.no_such_column: gpb}}", "total.no_such_column", "column of revenue"),
        ("derived: {revenue: {total.total: 0.01}}", "derived.revenue.total.total", "must be quoted"),
        ("charts: [{chart: 图1, points: [{category: 收入, text: 0.5}]}]", "图1, 收入", "must be quoted"),
        ("zeros: {revenue: [total.total]}", "zeros.revenue", "mapping of patterns to slots"),
        ("reason: {total: 厉行节约}", "top level", "unknown field reason"),
        ("reasons: [厉行节约]", "reasons", "must be a mapping of fields, is a list"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_place_and_reason(tmp_path, text, entry, reason):
    with pytest.raises(ReadError) as refusal:
        read_notes(written(tmp_path, text))
    assert entry in refusal.value.where
    assert reason in refusal.value.what


@pytest.mark.parametrize(
    "text",
    [
        "entity: {name: [甲局, 乙局]}\nyear: 2023\n",
        "entity: {name: 甲局}\nyear: 20230\n",
        *(f"entity: {{name: 甲局}}\nyear: 2023\n{rest}\n" for rest in (
            "origins: {expenditure: 7}", "lists: {gpb_items: 7}", "charts: [{chart: 图1, points: 7}]",
            "derived: {revenue: 3}", "zeros: 7", "organisation: {staff: [1]}")),
    ],
)  # fmt: skip
def test_shapes_that_are_no_notes_are_refused_with_a_sentence(tmp_path, text):
    path = tmp_path / "notes.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=r" — (?:correct|write)"):
        read_notes(path)


def test_entity_and_year_are_required(tmp_path):
    path = tmp_path / "notes.yaml"
    path.write_text("unit: 万元\n", encoding="utf-8")
    with pytest.raises(ReadError, match="lacks entity"):
        read_notes(path)


def test_what_is_no_yaml_is_refused(tmp_path):
    path = tmp_path / "notes.yaml"
    path.write_text("entity: {name: [", encoding="utf-8")
    with pytest.raises(ReadError, match="not valid YAML"):
        read_notes(path)


def test_a_missing_file_is_refused_with_the_next_step(tmp_path):
    with pytest.raises(ReadError, match="check the path"):
        read_notes(tmp_path / "notes.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("entity: {name: [甲, 乙]}\nyear: 2023\n", "entity, name: must be text, is a list"),
        ("entity: {name: 甲局, shortname: 甲}\nyear: 2023\n", "entity: unknown field shortname"),
        ("entity: {name: 甲局}\nyear: 99999999999\n", "year: 99999999999 is no year of an account"),
        ("entity: {name: 甲局}\nyear: 2023\norigins: {expenditure: 5}\n", "origins, expenditure: must be a mapping"),
        ("entity: {name: 甲局}\nyear: 2023\nlists: {gpb_items: 1}\n", "lists, gpb_items: must be a list"),
        ("entity: {name: 甲局}\nyear: 2023\nstatements: [{slot: null, text: '1', unit: 万元, section: a}]\n",
         "entry 1: slot and section must be text"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_refused_with_its_place(tmp_path, text, said):
    path = tmp_path / "notes.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=said):
        read_notes(path)
