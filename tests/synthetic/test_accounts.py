"""Invented accounts: the same seed gives the same books, everything adds up, years follow each other."""

from decimal import Decimal
from itertools import pairwise

import pytest

from fiscal.checks.identities.runner import run
from fiscal.model.finding import FAILED, ROUNDING
from fiscal.statements.reader import read_statements
from fiscal.synthetic import KINDS, Style, make_account, make_panel, with_errors
from fiscal.synthetic.invented_names import body, department
from fiscal.synthetic.planted import slipped

PROFILES = ("national9", "sichuan13", "shanghai9")


def judged(account, previous=None):
    """Outcomes of all identities, the year before included."""
    before = (previous.disclosure, read_statements(previous.disclosure)) if previous else None
    return run(account.disclosure, read_statements(account.disclosure), previous=before)


def failures(account, previous=None):
    return {outcome.rule for outcome in judged(account, previous) if outcome.outcome == FAILED}


def printed(account):
    return {
        (table.id, row.key, column.key): str(cell)
        for table in account.tables.values()
        for row, column, cell in table.cells()
    }


def test_the_same_seed_gives_the_same_account_and_another_seed_another_body():
    first, again, other = make_account(5, 2022), make_account(5, 2022), make_account(6, 2022)
    assert printed(first) == printed(again)
    assert first.notes == again.notes
    assert first.entity != other.entity


def test_the_total_of_a_table_is_the_sum_of_its_classes_digit_by_digit():
    table = make_account(7, 2022).tables["expenditure"]
    classes = [row.cells["total"].number for row in table.rows if row.level == "class"]
    assert len(classes) >= 3
    assert table.cell("total", "total").number == sum(classes)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("seed", [1, 8, 14])
def test_no_identity_fails_on_an_account_without_planted_errors(profile, seed):
    before, account = make_panel(seed, (2022, 2023), style=Style(profile=profile))
    outcomes = judged(account, before)
    assert [outcome.message for outcome in outcomes if outcome.outcome == FAILED] == []
    assert sum(outcome.outcome == "passed" for outcome in outcomes) > 400


def test_an_account_in_yuan_is_consistent_too_and_its_words_use_its_unit():
    account = make_account(9, 2022, unit="元", profile="sichuan13")
    assert failures(account) == set()
    assert {entry["unit"] for entry in account.notes["statements"]} == {"元", "%", ""}


def test_rounded_books_differ_in_last_digits_and_never_by_more():
    outcomes = judged(make_account(2, 2022, rounded=True, profile="sichuan13"))
    assert [outcome.rule for outcome in outcomes if outcome.outcome == FAILED] == []
    sums = {outcome.rule for outcome in outcomes if outcome.outcome == ROUNDING and outcome.rule.startswith("intra.")}
    assert "intra.detail.class_302" in sums


def test_each_year_opens_with_the_balances_the_year_before_closed_with():
    years = make_panel(156, (2021, 2022, 2023))
    closing = [str(a.amount("revenue_expenditure_summary", "closing_balance", "expenditure_amount")) for a in years]
    opening = [str(a.amount("revenue_expenditure_summary", "opening_balance", "revenue_amount")) for a in years]
    assert opening[1:] == closing[:-1]
    assert years[2].previous is years[1]
    assert years[0].previous is None


def test_a_table_without_money_is_blank_and_says_so():
    account = make_account(1, 2022)
    fund = account.tables["government_fund"]
    assert fund.empty
    assert "本表无数据" in fund.note
    assert account.amount("government_fund", "total", "total").is_blank


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_planted_error_is_noticed_by_the_rules_it_names(kind):
    before, account = make_panel(3, (2022, 2023), errors={2023: (kind,)}, style=Style(profile="sichuan13"))
    (error,) = account.planted
    assert error.was != error.now
    assert failures(account, before) >= set(error.rules)


def test_an_error_in_a_figure_the_account_does_not_have_is_not_planted():
    without = next(a for a in (make_account(seed, 2022) for seed in range(60)) if not _opens(a))
    assert make_account(_number(without), 2022, errors=("opening",)).planted == ()


def _opens(account):
    return account.amount("revenue_expenditure_summary", "opening_balance", "revenue_amount").is_number


def _number(account):
    return next(seed for seed in range(60) if make_account(seed, 2022).entity == account.entity)


def test_an_unknown_kind_of_error_is_refused():
    with pytest.raises(KeyError):
        make_account(1, 2022, errors=("typo",))


@pytest.mark.parametrize(
    ("value", "slip"), [("218.96", "281.96"), ("30.00", "33.00"), ("5.84", "8.84"), ("110.25", "101.25"), ("22", "25")]
)
def test_a_slip_exchanges_two_digits_or_adds_three(value, slip):
    assert slipped(Decimal(value)) == Decimal(slip)


def test_an_account_of_a_year_is_the_same_whichever_years_are_asked_for():
    alone, last = make_account(9, 2023), make_panel(9, (2021, 2022, 2023))[2]
    assert printed(alone) == printed(last)
    assert alone.notes["statements"] == last.notes["statements"]


def test_people_vehicles_and_guests_follow_the_money_and_the_years():
    executed = set()
    for seed in range(6):
        panel = make_panel(seed, (2021, 2022, 2023))
        staff = [account.notes["organisation"]["staff"] for account in panel]
        assert all(abs(after - before) <= 1 for before, after in pairwise(staff))
        for account in panel:
            pay = account.stated("personnel").number
            assert 4 < pay / account.notes["organisation"]["staff"] < 30  # 万元 a head
            costs, persons = account.stated("tp_reception").number, account.stated("reception_persons").number
            assert 70 < costs * 10_000 / persons < 170  # 元 a guest
            executed.add(account.stated("perf_executed").number / account.stated("perf_budget").number)
            assert account.stated("perf_executed").number <= account.stated("perf_budget").number
            assert persons >= account.stated("reception_batches").number > 0
    assert min(executed) < 1


def test_no_two_of_many_bodies_are_one_character_apart():
    names = [body(number).name for number in range(12_000)]
    names += [one.name for number in range(9) for one in department(number, 5)[1]]
    holes = {name[:at] + "*" + name[at + 1 :] for name in names for at in range(len(name))}
    assert len(set(names)) == 12_045
    assert len(holes) == sum(map(len, names))


def test_errors_that_do_not_fit_give_way_to_others():
    account = make_account(3, 2022)
    account.notes["statements"][:] = [one for one in account.notes["statements"] if one["slot"] != "revenue"]
    planted = with_errors(account, ("statement", "total", "balance"), 1).planted
    assert [error.kind for error in planted] == ["total"]
