"""The review sheet and the baseline: what a reviewer's word does, and what has been settled, is still open or new."""

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from fiscal.cli import main
from fiscal.commands.review_sheet import DECISIONS, NAMES, NOT_TRUE

RAW = Path(__file__).parents[2] / "data" / "raw"
FAULTY, COMPLETE = RAW / "demo-office" / "2023", RAW / "demo-office" / "2021"


def fiscal(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def sheet_of(folder, path, *more):
    fiscal("check", folder, "--format", "xlsx", "--out", path, *more)
    book = openpyxl.load_workbook(path)
    return book, book["审核表"]


def column(name):
    return NAMES.index(name) + 1


def decided(tmp_path, decision):
    """A sheet of the faulty account whose first line carries a decision, and the key of that line."""
    path = tmp_path / "审核.xlsx"
    book, page = sheet_of(FAULTY, path)
    page.cell(2, column("审核意见")).value = decision
    page.cell(2, column("处理说明")).value = "已核对账簿"
    book.save(path)
    return path, page.cell(2, column("编号")).value, page.max_row - 1


def checked(*arguments):
    result = fiscal("check", "--format", "json", *arguments)
    return json.loads(result.stdout)["documents"][0], result


@pytest.mark.parametrize("decision", ["属实", "属实，已改", "属实，待改", "待定", "", "接受", "同意"])
def test_only_what_is_not_true_is_left_out(tmp_path, decision):
    path, key, total = decided(tmp_path, decision)
    document, _ = checked(FAULTY, "--baseline", path)
    assert len(document["findings"]) == total and document["accepted"] == 0
    assert key in {finding["key"] for finding in document["findings"]}
    assert any("I2：“" in sentence for sentence in document["told"]) is (decision in ("接受", "同意"))


def test_what_is_left_out_is_counted_with_the_sheet_that_says_so(tmp_path):
    path, key, total = decided(tmp_path, NOT_TRUE)
    document, _ = checked(FAULTY, "--baseline", path)
    assert document["accepted"] == 1 and len(document["findings"]) == total - 1
    assert key not in {finding["key"] for finding in document["findings"]}
    text = fiscal("check", FAULTY, "--baseline", path).stdout
    assert "另有 1 项经审核为“不属实”，不再提示（依据审核.xlsx）" in text
    page = tmp_path / "page.html"
    fiscal("check", FAULTY, "--baseline", path, "--format", "html", "--out", page)
    assert "另有 1 项经审核为“不属实”" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("decision", ["属实，待改", NOT_TRUE])
def test_decisions_stand_in_the_next_sheet_too(tmp_path, decision):
    path, key, total = decided(tmp_path, decision)
    _, page = sheet_of(FAULTY, tmp_path / "next.xlsx", "--baseline", path)
    lines = {page.cell(row, column("编号")).value: row for row in range(2, page.max_row + 1)}
    assert len(lines) == total
    assert page.cell(lines[key], column("审核意见")).value == decision
    assert page.cell(lines[key], column("处理说明")).value == "已核对账簿"


def test_the_sheet_offers_its_decisions_explains_them_and_prints_on_a4(tmp_path):
    book, page = sheet_of(FAULTY, tmp_path / "sheet.xlsx")
    (rule,) = page.data_validations.dataValidation
    assert rule.formula1.strip('"').split(",") == list(DECISIONS)
    assert [row[0].value for row in book["填写说明"].iter_rows(min_row=2, max_row=6)] == list(DECISIONS)
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert page.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize(("change", "told"), [("moved", "顺序"), ("missing", "缺少列：审核意见")])
def test_a_sheet_with_other_columns_is_refused(tmp_path, change, told):
    path, _, _ = decided(tmp_path, NOT_TRUE)
    book = openpyxl.load_workbook(path)
    page = book["审核表"]
    if change == "missing":
        page.delete_cols(column("审核意见"))
    else:
        one, other = page.cell(1, 2), page.cell(1, 3)
        one.value, other.value = other.value, one.value
    book.save(path)
    result = fiscal("check", FAULTY, "--baseline", path)
    assert result.exit_code == 2 and told in result.output


def test_a_baseline_of_another_document_is_refused(tmp_path):
    path = tmp_path / "other.json"
    fiscal("check", COMPLETE, "--format", "json", "--out", path)
    result = fiscal("check", FAULTY, "--baseline", path)
    assert result.exit_code == 2 and "another document" in result.output and "2021" in result.output


def test_a_truncated_workbook_is_no_baseline(tmp_path):
    path, _, _ = decided(tmp_path, NOT_TRUE)
    path.write_bytes(path.read_bytes()[:3000])
    result = fiscal("check", FAULTY, "--baseline", path)
    assert result.exit_code == 2 and "审核表" in result.output


def test_settled_open_and_new_are_told_apart(tmp_path):
    before = tmp_path / "before.json"
    fiscal("check", FAULTY, "--format", "json", "--out", before)
    result = json.loads(before.read_text(encoding="utf-8"))
    findings = result["documents"][0]["findings"]
    gone = {**findings[0], "key": "settled", "message": "早先的问题"}
    result["documents"][0]["findings"] = [gone, *findings[1:]]
    before.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    document, _ = checked(FAULTY, "--baseline", before)
    assert [one["message"] for one in document["compared"]["settled"]] == ["早先的问题"]
    assert document["compared"]["new"] == [findings[0]["key"]]
    assert f"已解决 1 项，仍存在 {len(findings) - 1} 项（本次不再列出），新增 1 项" in document["told"][0]
