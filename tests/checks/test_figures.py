"""The five groups of figures: worst status decides, one printed figure counts once, totals add up."""

from collections import Counter

from fiscal.account import Findings
from fiscal.checks.findings.figure_status import status
from fiscal.checks.identities.runner import run
from fiscal.model.cells import Place, count
from fiscal.model.text import Claim, Narrative
from tests.checks.builders import disclosure, number


def statement(subject, text, kind="amount", *, offset):
    place = Place(document="a.txt", section="expenditure", offset=offset)
    cell = count(int(text), place) if kind == "count" else number(text, place=place)
    return Claim(subject, kind, cell, "expenditure")


def told(*statements):
    slots = {}
    for one in statements:
        if one.subject:
            slots.setdefault(one.subject, []).append(one.cell)
    return Narrative(claims=statements, slots=slots)


def judged(*statements):
    account = told(*statements)
    return status(run(disclosure(), account), account)


EXPENDITURE = (
    statement("expenditure", "218.96", offset=1),
    statement("exp_basic", "190.00", offset=20),
    statement("exp_project", "28.96", offset=40),
    statement("exp_basic_share", "86.77%", "share", offset=30),
)


def test_figures_that_fit_are_verified_and_say_by_which_rule():
    result = judged(*EXPENDITURE)
    assert [group for group, _ in result.statuses] == ["verified"] * 4
    assert result.statuses[3] == ("verified", "stmt.share.exp_basic")
    assert result.totals == {
        "total": 4, "verified": 4, "rounding": 0, "conflicting": 0, "unconstrained": 0, "unread": 0,
    }  # fmt: skip


def test_all_terms_of_a_failed_check_conflict():
    wrong = (EXPENDITURE[0], EXPENDITURE[1], statement("exp_project", "29.96", offset=40))
    assert judged(*wrong).statuses == (("conflicting", "stmt.expenditure.sum"),) * 3


def test_rounding_ranks_between_conflict_and_verified():
    parts = (
        statement("expenditure", "105.58", offset=1),
        statement("exp_basic", "95.36", offset=2),
        statement("exp_project", "10.23", offset=3),
    )
    assert {group for group, _ in judged(*parts).statuses} == {"rounding"}


def test_unbound_and_unread_figures():
    result = judged(statement("free name", "3.00", offset=1), statement("", "7.00", "", offset=9))
    assert [group for group, _ in result.statuses] == ["unconstrained", "unread"]
    assert (result.totals["unconstrained"], result.totals["unread"], result.totals["total"]) == (1, 1, 2)


def test_one_printed_figure_for_two_subjects_counts_once_with_its_worst_status():
    result = judged(
        statement("expenditure", "9.00", offset=5),
        statement("revenue", "9.00", offset=5),
        statement("exp_basic", "8.00", offset=7),
        statement("exp_project", "2.00", offset=9),
    )
    assert Counter(group for group, _ in result.statuses) == {"conflicting": 3, "unconstrained": 1}
    assert result.totals["total"] == 3 and result.totals["conflicting"] == 3


def test_counts_have_a_status_but_are_no_figures():
    result = judged(statement("vehicles", "3", "count", offset=1))
    assert len(result.statuses) == 1 and result.totals["total"] == 0


def test_totals_add_up():
    totals = judged(*EXPENDITURE, statement("free", "1.00", offset=77)).totals
    assert totals["total"] == sum(value for key, value in totals.items() if key != "total") == 5


def test_what_could_not_be_evaluated_is_told_with_the_reason():
    outcomes = tuple(run(disclosure(), told(*EXPENDITURE)))
    lines = Findings((), outcomes, {}).skipped().set_index("rule")
    assert tuple(lines.loc["intra.summary.balance", ["reason", "n"]]) == ("missing", 1)
    assert tuple(lines.loc["stmt.total.both_sides", ["reason", "n"]]) == ("not applicable", 1)
    assert "stmt.expenditure.sum" not in lines.index
