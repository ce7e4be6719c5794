"""What an analyst does first with an account, in plain pandas: every move gives numbers."""

from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest

import fiscal

RAW = Path(__file__).parents[1] / "data" / "raw" / "demo-office"
CLASSES = {"201": 192.26, "208": 15.26, "210": 9.17, "212": 40.80, "221": 7.64}  # of 265.13, as the workbook prints


@pytest.fixture(scope="module")
def office():
    return fiscal.read(RAW / "2022")


@pytest.fixture(scope="module")
def spent(office):
    return office.tables["支出决算表"]


@pytest.fixture(scope="module")
def classes(spent):
    return spent[spent["level"] == "class"]


def test_columns_are_numbers_and_the_rest_is_text(spent):
    amounts = ["total", "basic", "project", "superior_remittance", "business", "subordinate_subsidy"]
    assert all(spent[name].dtype == "Float64" for name in amounts)
    assert spent.attrs["unit"] == "万元" and spent.attrs["title"] == "支出决算表"


def test_sum_of_a_level(spent, classes):
    assert dict(zip(classes["row_code"], classes["total"])) == CLASSES
    assert classes["total"].sum() == pytest.approx(265.13) == spent.set_index("row_key").loc["total", "total"]


def test_difference_and_quotient_of_columns(spent):
    total = spent.iloc[0]
    assert (spent["total"] - spent["basic"]).iloc[0] == pytest.approx(265.13 - 158.74) == total["project"]
    assert (spent["basic"] / spent["total"]).iloc[0] == pytest.approx(0.598725, abs=1e-6)
    assert pd.isna((spent["total"] - spent["basic"]).iloc[3])  # a blank stays a blank


def test_group_by_level(spent):
    sums = spent.groupby("level")["total"].sum()
    assert sums["class"] == pytest.approx(sums["item"]) == pytest.approx(sums["total"])


def test_sort_filter_and_largest(classes):
    assert classes.sort_values("total")["row_code"].tolist() == ["221", "210", "208", "212", "201"]
    assert classes[classes["total"] > 10]["row_code"].tolist() == ["201", "208", "212"]
    assert classes.nlargest(2, "total")["total"].tolist() == [192.26, 40.80]


def test_pivot(office):
    cells = office.cells[(office.cells["table"] == "expenditure") & (office.cells["level"] == "class")]
    wide = cells.pivot(index="row_code", columns="column", values="value")
    assert (wide["total"] - wide["basic"].fillna(0) - wide["project"].fillna(0)).abs().max() < 0.005


def test_merge_on_code(office, classes):
    general = office.tables["一般公共预算财政拨款支出决算表"]
    both = classes.merge(general, on="row_code", suffixes=("", "_general"))
    assert len(both) >= 3 and (both["total_general"] <= both["total"]).all()


def test_describe(spent):
    assert spent.describe().loc["count", "total"] == len(spent)


def test_plot(classes):
    axes = classes.plot.barh(x="row_label", y="total")
    assert [bar.get_width() for bar in axes.patches] == pytest.approx(classes["total"].tolist())


def test_to_excel_writes_numbers(spent, tmp_path):
    spent.to_excel(tmp_path / "out.xlsx", index=False)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    column = [cell.value for cell in next(c for c in sheet.columns if c[0].value == "total")][1:]
    assert all(isinstance(value, int | float) for value in column) and len(column) == len(spent)


def test_to_csv_and_back(spent, tmp_path):
    spent.to_csv(tmp_path / "out.csv", index=False)
    again = pd.read_csv(tmp_path / "out.csv", dtype={"row_code": str})
    assert again["total"].tolist() == pytest.approx(spent["total"].tolist())


@pytest.mark.parametrize("name", ["tables", "cells", "facts", "claims"])
def test_to_parquet_through_duckdb(office, tmp_path, name):
    frame = office.tables["expenditure"] if name == "tables" else getattr(office, name)
    path = tmp_path / "out.parquet"
    duckdb.sql(f"COPY (SELECT * FROM frame) TO '{path}' (FORMAT parquet)")
    column = "total" if name == "tables" else "amount_yuan" if name == "cells" else "amount"
    ((added, kind),) = duckdb.sql(f"SELECT sum({column}), typeof(any_value({column})) FROM '{path}'").fetchall()
    assert added == pytest.approx(float(frame[column].sum())) and kind == "DOUBLE"


def test_style(classes):
    assert "192.26" in classes.style.format("{:,.2f}", subset=["total"], na_rep="").to_html()


def test_two_years(office):
    this, last = fiscal.read(RAW / "2023").tables["expenditure"], office.tables["expenditure"]
    both = this.merge(last, on="row_code", suffixes=("", "_before"))
    change = (both["total"] - both["total_before"])[both["row_code"] == "201"]
    assert change.tolist() == pytest.approx([207.72 - 192.26])


def test_blank_and_unknown_are_na_with_a_state(office):
    cells = office.cells
    assert set(cells["state"]) <= {"number", "blank", "unknown", "unread"}
    assert cells.loc[cells["state"] != "number", ["value", "amount_yuan"]].isna().all().all()
    hotline = fiscal.read(RAW.parent / "suining-hotline" / "2022")
    summary = hotline.tables["revenue_expenditure_summary"].set_index("row_key")
    assert pd.isna(summary.loc["opening_balance", "revenue_amount"])
    assert summary.loc["opening_balance", "state"] == "unknown"


def test_facts_have_the_number_beside_the_print(office):
    assert office.facts["amount"].dtype == "Float64"
    assert office.facts["amount"].tolist() == office.facts["value"].astype(float).tolist()


def test_a_wrong_name_leads_to_the_near_ones(office):
    with pytest.raises(KeyError, match=r"no table expenditures — there are .*expenditure 《支出决算表》"):
        office.tables["expenditures"]
    with pytest.raises(fiscal.errors.NoSuchTable, match="《支出决算表》"):
        office.printed["支出表"]


def test_a_reconstructed_number_says_so(office):
    before = fiscal.read(RAW.parent / "suining-hotline" / "2021").cells
    assert set(before["basis"]) >= {"derived", "printed"}
