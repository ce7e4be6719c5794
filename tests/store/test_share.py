"""Sharing a store: files that others can read, and a package that the frictionless tool accepts."""

import csv
import json
import shutil

import openpyxl
import pytest
from click.testing import CliRunner

from fiscal.cli import main
from fiscal.errors import RunError
from fiscal.store.rows import Rows, document_id
from fiscal.store.schema import columns
from fiscal.store.share import share
from tests.store.stores import rows, write_store

NAMES = ("documents", "facts", "unknowns", "statements", "findings", "spending")


def spending(entity: str, *lines: tuple[str, str, str, str]) -> Rows:
    """An account with lines of 支出决算表: code, label, column, 元; read from a folder of this machine."""
    key = document_id(entity, 2023, "final_account")
    head = {"document_id": key, "entity": entity, "year": 2023, "kind": "final_account", "unit": "元"}
    facts = [
        {**head, "table": "expenditure", "row_key": code, "row_code": code, "row_label": label, "column": column,
         "column_label": column, "value": yuan, "amount_yuan": yuan, "document": f"/home/somebody/{entity}/表.xlsx"}
        for code, label, column, yuan in lines
    ]  # fmt: skip
    about = {**head, "path": f"/home/somebody/{entity}/2023", "files": f'["/home/somebody/{entity}/2023/表.xlsx"]'}
    finding = {
        "rule": "r",
        "severity": "error",
        "message": '一,"二"\n=三',
        "place": f"/home/somebody/{entity}/表.xlsx, A1",
    }
    found = {"documents": [about], "facts": facts, "unknowns": [], "statements": [], "findings": [{**head, **finding}]}
    return Rows(key, 2023, {n: [tuple(line.get(c) for c in columns(n)) for line in v] for n, v in found.items()})


LINES = (
    ("201", "一般公共服务支出", "total", "30.00"), ("201", "一般公共服务支出", "basic", "30.00"),
    ("20103", "政府办公厅", "basic", "30.00"), ("2010301", "行政运行", "basic", "10.00"),
    ("2010302", "一般行政管理事务", "basic", "20.00"), ("205", "教育支出", "project", "7.00"),
)  # fmt: skip


@pytest.fixture
def shared(tmp_path):
    store = write_store(tmp_path / "processed", spending("甲局", *LINES), spending("乙局"))
    share(store, tmp_path / "out")
    return tmp_path / "out"


def lines(path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_dataset_is_a_csv_with_all_its_rows(shared):
    assert {name: len(lines(shared / f"{name}.csv")) for name in NAMES} == {
        "documents": 2, "facts": 6, "unknowns": 0, "statements": 0, "findings": 2, "spending": 3,
    }  # fmt: skip
    assert lines(shared / "findings.csv")[0]["message"] == '一,"二"\n=三'


def test_spending_holds_the_lowest_lines_printed_and_adds_up(shared):
    found = [(line["function_code"], line["nature"], line["amount_yuan"]) for line in lines(shared / "spending.csv")]
    assert found == [("2010301", "basic", "10.0000"), ("2010302", "basic", "20.0000"), ("205", "project", "7.0000")]


def test_nothing_of_this_machine_is_shared(shared):
    assert not [name for name in NAMES if "somebody" in (shared / f"{name}.csv").read_text(encoding="utf-8")]
    found = {(line["path"], line["files"]) for line in lines(shared / "documents.csv")}
    assert found == {("甲局/2023", "表.xlsx"), ("乙局/2023", "表.xlsx")}
    assert lines(shared / "findings.csv")[0]["place"] == "表.xlsx, A1"


def test_frictionless_accepts_the_package(shared):
    from frictionless import validate

    report = validate(str(shared / "datapackage.json"))
    assert report.valid, report.flatten(["message"])
    assert report.stats["tasks"] == 6


def test_frictionless_notices_a_changed_file(shared):
    from frictionless import validate

    path = shared / "spending.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("20.0000", "二十"), encoding="utf-8")
    assert not validate(str(shared / "datapackage.json")).valid


def test_columns_say_which_fiscal_concept_they_are(shared):
    package = json.loads((shared / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = [item for item in package["resources"] if item["name"] == "spending"]
    concepts = {field["name"]: field.get("columnType") for field in resource["schema"]["fields"]}
    assert concepts["amount_yuan"] == "value" and concepts["year"] == "date:fiscal-year"
    assert concepts["function_code"] == "functional-classification:generic:code"
    constants = {field["columnType"]: field["constant"] for field in resource["schema"]["extraFields"]}
    assert constants == {"direction": "expenditure", "phase:id": "executed", "value-currency:code": "CNY"}
    assert package["fiscalPeriod"] == {"start": "2023-01-01", "end": "2023-12-31"}


def test_the_workbook_has_a_sheet_per_dataset_with_chinese_heads(shared):
    book = openpyxl.load_workbook(shared / "accounts.xlsx", read_only=True)
    assert book.sheetnames == ["决算", "表内数字", "未公开", "说明中的数字", "核对结果", "支出明细"]
    head, first, *_ = book["支出明细"].iter_rows(values_only=True)
    assert head[3:5] == ("功能分类编码", "功能分类") and first[3] == "2010301" and first[-1] == 10
    assert [row[5] for row in book["核对结果"].iter_rows(min_row=2, values_only=True)] == ['一,"二"\n=三'] * 2


def test_every_sheet_can_be_filtered(shared):
    book = openpyxl.load_workbook(shared / "accounts.xlsx")
    assert [book[name].auto_filter.ref for name in ("核对结果", "未公开")] == ["A1:N3", "A1:P1"]


def test_long_datasets_continue_on_another_sheet(tmp_path, monkeypatch):
    monkeypatch.setattr("fiscal.store.share.ROWS", 4)
    share(write_store(tmp_path / "s", spending("甲局", *LINES)), tmp_path / "out")
    book = openpyxl.load_workbook(tmp_path / "out/accounts.xlsx", read_only=True)
    assert [len(list(book[name].iter_rows())) for name in ("表内数字", "表内数字2")] == [5, 3]


def test_the_same_store_gives_the_same_files(shared, tmp_path):
    share(tmp_path / "processed", tmp_path / "again")
    for path in sorted(shared.iterdir()):
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_run_record_goes_along(tmp_path):
    store = write_store(tmp_path / "processed", rows("甲局", 2023, total="1.00"))
    (tmp_path / "run.json").write_text("{}", encoding="utf-8")
    share(store, tmp_path / "out", excel=False)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        [*(f"{name}.csv" for name in NAMES), "datapackage.json", "run.json"]
    )


def test_an_empty_store_is_shared_as_empty_files(tmp_path):
    from frictionless import validate

    share(write_store(tmp_path / "processed"), tmp_path / "out")
    assert lines(tmp_path / "out/facts.csv") == []
    assert "fiscalPeriod" not in (tmp_path / "out/datapackage.json").read_text(encoding="utf-8")
    assert validate(str(tmp_path / "out/datapackage.json")).valid


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    store = write_store(tmp_path / "processed", rows("甲局", 2023, total="1.00"))
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(RunError, match="cannot be written"):
        share(store, tmp_path / "out")


def test_the_command_lists_what_it_wrote_and_refuses_what_is_no_store(tmp_path):
    store = write_store(tmp_path / "processed", rows("甲局", 2023, total="1.00"))
    done = CliRunner().invoke(main, ["share", str(store), "--out", str(tmp_path / "out"), "--no-excel"])
    assert done.exit_code == 0 and done.stdout.splitlines()[-1].endswith("datapackage.json")
    shutil.rmtree(store)
    store.mkdir()
    refused = CliRunner().invoke(main, ["share", str(store), "--out", str(tmp_path / "out")])
    assert refused.exit_code == 2 and "holds no store" in refused.output
