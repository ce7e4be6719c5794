"""What Jupyter shows of an account, its tables, findings and claims, and of a store; what completion offers."""

from pathlib import Path

import pytest

import fiscal
from fiscal.store.rows import rows_of
from fiscal.store.writing import replace_documents

RAW = Path(__file__).parents[2] / "data/raw/demo-office"


@pytest.fixture(scope="module")
def office():
    return fiscal.read(RAW / "2023")


def shown(item) -> str:
    """The card; every one brings its style and stands in an element of its own."""
    text = item._repr_html_()
    assert text.startswith("<style data-fiscal>") and text.endswith("</fiscal-out>")
    return text.partition("<fiscal-out>")[2]


def test_an_account_says_whose_it_is_and_what_to_ask(office):
    card = shown(office)
    assert "临溪区政务服务中心 2023年度部门决算" in card and "13张表，文中115个数字　单位：万元" in card


def test_the_tables_are_listed_by_id_and_title_and_a_table_is_shown_as_published(office):
    card = shown(office.tables)
    assert "three_public" in card and "支出决算表" in card
    assert ">286.40<" in shown(office.table("expenditure"))


def test_findings_one_finding_and_a_claim(office):
    found = office.check()
    assert shown(found).count("<article") == len(found) and shown(found[0]).count("<article") == 1
    claim = next(claim for claim in office.narrative.claims if claim.subject == "total")
    assert "<mark>288.19万元</mark>" in shown(claim) or "<mark>288.19</mark>" in shown(claim)


def test_a_store_lists_its_accounts_and_views(office, tmp_path):
    replace_documents(tmp_path, [rows_of(office, office.check(), "d")])
    (tmp_path / "store.json").write_text('{"version": 4}')
    with fiscal.open_store(tmp_path) as store:
        card = shown(store)
    assert "临溪区政务服务中心" in card and "expenditure_by_function" in card


@pytest.mark.parametrize("room", ["charts", "metrics", "show"])
def test_completion_offers_functions_not_modules(room):
    module = getattr(fiscal, room)
    assert all(callable(getattr(module, name)) for name in dir(module) if name not in ("WHY",))
