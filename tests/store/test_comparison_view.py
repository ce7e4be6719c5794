"""What departments are compared by: tables first, then what the narrative says, in 元."""

import pandas as pd
import pytest

import fiscal
from fiscal.store.rows import Rows, document_id
from fiscal.store.schema import columns
from tests.store.stores import rows, write_store


def told(entity: str, kind: str = "final_account", **stated: tuple[str, str]) -> Rows:
    """An account without tables: subject → printed text and unit."""
    key = document_id(entity, 2023, kind)
    head = {"document_id": key, "entity": entity, "year": 2023, "kind": kind}
    said = [{**head, "kind": "amount", "subject": name, "value": v, "unit": u} for name, (v, u) in stated.items()]
    found = {"documents": [head], "facts": [], "unknowns": [], "statements": said, "findings": []}
    return Rows(key, 2023, {n: [tuple(line.get(c) for c in columns(n)) for line in v] for n, v in found.items()})


def only(tmp_path, *accounts: Rows):
    with fiscal.open_store(write_store(tmp_path, *accounts)) as store:
        return next(store["comparison"].itertuples())


def test_printed_figures_per_head_and_against_the_budget(tmp_path):
    found = only(tmp_path, rows("甲局", 2023, staff=4, completion="97.50", total="12.00", tp="2.00", tp_budget="1.60"))
    assert (found.total_yuan, found.three_public_yuan, found.three_public_per_head_yuan) == (120000, 20000, 5000)
    assert found.three_public_execution_rate == pytest.approx(1.25)
    assert found.execution_rate == pytest.approx(0.975)


def test_the_narrative_speaks_where_tables_do_not(tmp_path):
    said = {
        "total": ("12.5", "万元"),
        "tp": ("300", "元"),
        "perf_executed": ("9", "万元"),
        "perf_budget": ("10", "万元"),
    }
    found = only(tmp_path, told("甲局", **said))
    assert (found.total_yuan, found.three_public_yuan) == (125000, 300)
    assert found.execution_rate == pytest.approx(0.9)
    assert pd.isna(found.expenditure_yuan) and pd.isna(found.three_public_per_head_yuan)


def test_budgets_are_not_compared_with_accounts(tmp_path):
    with fiscal.open_store(write_store(tmp_path, told("甲局", "budget", total=("1", "元")))) as store:
        assert store["comparison"].empty and store["printed_totals"].empty


def test_views_look_for_a_measure_where_its_entry_says_in_that_order(tmp_path):
    key = document_id("甲局", 2023, "final_account")
    head = {"document_id": key, "entity": "甲局", "year": 2023, "kind": "final_account"}
    places = (("expenditure", "total", "total", 8464500), ("general_public_budget_expenditure", "total", "total", 1))
    lines = [{**head, "table": t, "row_key": r, "column": c, "amount_yuan": yuan} for t, r, c, yuan in places]
    summary = {**head, "table": "revenue_expenditure_summary", "row_key": "expenditure_this_year",
               "column": "expenditure_amount", "amount_yuan": 7464500}  # fmt: skip
    for facts, expected in ((lines, 8464500), ([*lines, summary], 7464500)):
        found = {"documents": [head], "facts": facts, "unknowns": [], "statements": [], "findings": []}
        made = {n: [tuple(line.get(c) for c in columns(n)) for line in v] for n, v in found.items()}
        assert only(tmp_path, Rows(key, 2023, made)).expenditure_yuan == expected
