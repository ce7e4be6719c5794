"""What is written in each format is read back with the same facts."""

import json
import sys

import openpyxl
import pytest
from click.testing import CliRunner

import fiscal
from fiscal.errors import DeclarationError, RunError
from fiscal.recognise.package import read_packages
from fiscal.synthetic import make_account, write_account
from fiscal.synthetic.__main__ import main
from fiscal.synthetic.published import write_published

STYLES = (
    {"profile": "national9", "rounded": True},
    {"profile": "sichuan13", "unit": "元"},
    {"profile": "shanghai9"},
)


def facts(tables):
    return {
        (table.id, row.key, column.key, cell.unit, str(cell))
        for table in tables.values()
        for row, column, cell in table.cells()
        if cell.is_number
    }


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style["profile"])
@pytest.mark.parametrize("format", ["xlsx", "docx", "html", "pdf", "txt"])
def test_every_fact_comes_back(tmp_path, format, style):
    account = make_account(17, 2022, **style)
    write_account(account, tmp_path, format=format)
    (read,) = read_packages([str(tmp_path)])
    assert (read.entity, read.year, read.kind, read.unit) == (account.entity, 2022, "final_account", account.unit)
    assert read.problems == ()
    assert facts(read.tables) == facts(account.tables)


@pytest.mark.parametrize("format", ["html", "txt"])
def test_the_words_are_read_back_as_they_were_stated(tmp_path, format):
    account = make_account(13, 2022)
    write_account(account, tmp_path, format=format)
    read = fiscal.read(str(tmp_path))
    for slot in ("total", "revenue", "rev_general_share", "exp_project", "gpb_change_percent", "tp", "procurement"):
        assert str(read.stated(slot)) == str(account.stated(slot))
    assert [finding.rule for finding in read.check() if finding.severity == "error"] == []


def test_amounts_in_a_workbook_are_numbers_whose_format_shows_their_digits(tmp_path):
    path = write_account(make_account(13, 2022), tmp_path)
    sheet = openpyxl.load_workbook(path)["GK03 支出决算表"]
    total = sheet["C7"]
    assert (sheet["A1"].value, sheet["A7"].value) == ("支出决算表", "合计")
    assert (total.data_type, total.number_format) == ("n", "0.00")
    assert "A4:B4" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_the_same_account_gives_the_same_bytes(tmp_path):
    paths = [write_account(make_account(4, 2022), tmp_path / name) for name in ("a", "b")]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_a_format_nobody_writes_is_refused(tmp_path):
    with pytest.raises(ValueError, match="known are xlsx"):
        write_account(make_account(1, 2022), tmp_path, format="ods")


def test_the_command_writes_folders_and_the_truth_about_errors(tmp_path):
    arguments = [str(tmp_path), "--count", "2", "--seed", "7", "--years", "2021-2022", "--errors", "2"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    books = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.xlsx"))
    assert books == [f"office-0000{body}/{year}/accounts.xlsx" for body in (7, 8) for year in (2021, 2022)]
    planted = json.loads((tmp_path / "planted.json").read_text(encoding="utf-8"))
    assert {entry["path"].rsplit("/", 1)[1] for entry in planted} == {"2022"}
    assert all(entry["rules"] for entry in planted)


def test_the_command_refuses_a_span_that_is_none(tmp_path):
    done = CliRunner().invoke(main, [str(tmp_path), "--years", "2023-2021"])
    assert done.exit_code == 2
    assert "write one year, or first-last" in done.output


def test_a_workbook_is_filled_from_notes_and_the_rest_is_unknown(tmp_path):
    notes = tmp_path / "notes.yaml"
    notes.write_text(
        "entity: {name: 某县某办}\nyear: 2022\nunit: 万元\n"
        'statements: [{slot: gpb, text: "12.30", unit: 万元, section: gpb_overall}]\n'
        "origins: {general_public_budget_expenditure: {total.total: gpb}}\n",
        encoding="utf-8",
    )
    write_published(notes)
    account = fiscal.read(str(tmp_path))
    cell = account.amount("general_public_budget_expenditure", "total", "total")
    assert (str(cell), cell.origin) == ("12.30", "gpb")
    assert account.amount("general_public_budget_expenditure", "total", "basic").is_unknown
    assert account.amount("three_public", "data", "actual_total").is_unknown


def test_notes_that_are_no_yaml_write_no_workbook(tmp_path):
    notes = tmp_path / "notes.yaml"
    notes.write_text("entity: [", encoding="utf-8")
    with pytest.raises(DeclarationError):
        write_published(notes)
    assert list(tmp_path.glob("*.xlsx")) == []


def test_the_command_names_a_place_it_cannot_write(tmp_path):
    (tmp_path / "taken").write_text("a file")
    done = CliRunner().invoke(main, [str(tmp_path / "taken" / "out")])
    assert done.exit_code == 1
    assert "cannot be written: Not a directory — give another OUT" in done.output


def test_a_format_whose_library_is_missing_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fiscal.synthetic.write_pdf", None)
    with pytest.raises(RunError, match=r"fiscal-notebooks\[synthetic\]"):
        write_account(make_account(17, 2022), tmp_path, format="pdf")
