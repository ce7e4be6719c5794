"""Measures: the catalogue is whole, a wrong entry is refused by name, and one rule decides between places."""

from decimal import Decimal

import pytest

from fiscal.dictionary.find import Facts, find
from fiscal.dictionary.identities import catalogue
from fiscal.dictionary.measures import FILE, load, measures
from fiscal.errors import DeclarationError
from fiscal.model.cells import BLANK, NUMBER, UNKNOWN, Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.rounding import same_print
from fiscal.model.table import Column, Row, Table
from fiscal.model.text import Narrative

SUMMARY, DETAIL = "revenue_expenditure_summary", "expenditure"


def number(text: str, unit: str = "万元", **marks) -> Cell:
    return Cell(NUMBER, Decimal(text), unit, text, **marks)


def table(name: str, row: str, column: str, cell: Cell | None) -> Table:
    rows = (Row(row, "", row, "", {column: cell}),) if cell else ()
    return Table(name, name, "万元", (Column(column, column),), rows)


def facts(summary: Cell | None = None, detail: Cell | None = None, said: Cell | None = None, **lists) -> Facts:
    tables = {
        SUMMARY: table(SUMMARY, "expenditure_this_year", "expenditure_amount", summary),
        DETAIL: table(DETAIL, "total", "total", detail),
    }
    slots = {"expenditure": [said]} if said else {}
    kept = {name: made for name, made in tables.items() if made.rows}
    return Facts(Disclosure("here", tables=kept), Narrative(slots=slots, lists=lists))


def test_the_summary_goes_before_the_table_and_both_before_the_text():
    found = find(facts(number("746.45"), number("746.45"), number("746.45")), "expenditure")
    assert (str(found.cell), found.origin, found.where[0], found.conflict) == ("746.45", "table", SUMMARY, ())
    only_said = find(facts(said=number("746.45")), "expenditure")
    assert (str(only_said.cell), only_said.origin, only_said.basis) == ("746.45", "stated", "stated")


def test_another_number_in_another_place_is_the_conflict():
    found = find(facts(number("746.45"), number("846.45"), number("746.45")), "expenditure")
    assert str(found.cell) == "746.45"
    assert [(str(one.cell), one.where) for one in found.conflict] == [("846.45", (DETAIL, "total", "total"))]


def test_a_number_goes_before_未公开_and_未公开_before_a_blank():
    unknown, empty = Cell(UNKNOWN, None, "万元"), Cell(BLANK, None, "万元")
    assert str(find(facts(unknown, number("3.10")), "expenditure").cell) == "3.10"
    assert find(facts(empty, unknown), "expenditure").why_blank == "unknown"
    assert find(facts(empty), "expenditure").why_blank == "blank"
    assert find(facts(), "expenditure").why_blank == "missing"


def test_a_cell_filled_from_the_sentence_is_no_second_place():
    found = find(facts(number("5.00", origin="expenditure"), said=number("6.00")), "expenditure")
    assert (found.basis, found.conflict) == ("stated", ())


def test_a_table_published_empty_is_a_blank():
    held = {"government_fund": Table("government_fund", "表", "万元", (), ())}
    assert find(Facts(Disclosure("here", tables=held), Narrative()), "fund_expenditure").why_blank == "blank"


def test_members_of_a_family_are_found_by_code():
    listed = [{"code": "2130201", "actual": number("318.45")}]
    assert str(find(facts(gpb_items=listed), "item(2130201)").cell) == "318.45"
    assert find(facts(gpb_items=listed), "item(2130202)").why_blank == "missing"
    with pytest.raises(KeyError):
        find(facts(), "item(213)")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (number("746.45"), number("7464500.00", "元"), True),
        (number("746.45"), number("7464512.34", "元"), True),  # 746.451234 rounds to 746.45
        (number("746.45"), number("7464589.00", "元"), True),  # 746.4589 is cut off to it
        (number("746.45"), number("7464600.00", "元"), False),
        (number("218.96"), number("218.97"), False),
        (number("0", exact=True), number("0.30"), False),
        (number("219", approximate=True), number("230.00"), True),
    ],
)
def test_two_prints_of_one_number(one, other, same):
    assert same_print(one, other) is same_print(other, one) is same


def test_every_amount_and_count_that_a_narrative_states_is_a_measure():
    asked = {slot.key for slot in catalogue().slots.values() if slot.type in ("amount", "count")}
    changes = {key for key in asked if key.endswith("_change")}
    assert asked - changes - set(measures().entries) == set()


WRONG = [
    ("section: overall, cells", "sektion: overall, cells", "unknown field sektion"),
    ("[revenue_total].revenue_amount", "[revenue_total].revenue_sum", "unknown column of revenue_expenditure_summary"),
    ('"revenue[total].total"', '"revenues[total].total"', "unknown table revenues.*write revenue"),
    ('"revenue[total].total"', "revenue", "no cell.*write table.row..column"),
    ("whole: [revenue], cells", "whole: [revenu], cells", "unknown measure revenu.*write revenue"),
    ("whole: [revenue], cells", "whole: revenue, cells", "must be a list"),
    ("section: overall, cells", "section: overal, cells", "unknown section overal.*write overall"),
    ("budgets: {initial:", "budgets: {first:", "unknown kind of budget first"),
    (r"'.+'", "'(.+'", "is no pattern"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG)
def test_a_wrong_entry_is_refused_with_file_entry_reason_and_next_step(tmp_path, right, wrong, said):
    text = FILE.read_text(encoding="utf-8")
    assert right in text
    path = tmp_path / "measures.yaml"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(DeclarationError, match=said) as refused:
        load(path)
    assert "measures.yaml, " in str(refused.value)
