"""The commands as a script sees them: what goes to stdout, what to stderr, and the exit code."""

import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from fiscal.cli import main

RAW = Path(__file__).parents[2] / "data" / "raw"
FAULTY, COMPLETE = RAW / "demo-office" / "2023", RAW / "demo-office" / "2021"
HOTLINE = RAW / "suining-hotline" / "2022"
FACTS = "document entity year kind table row_code row_label column column_label value unit page sheet cell"
STATEMENTS = "document section text value unit kind subject status rule page offset base period list"


def fiscal(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def checked(*arguments):
    result = fiscal("check", "--format", "json", *arguments)
    return json.loads(result.stdout), result.exit_code


def test_version_and_help():
    assert fiscal("--version").stdout.startswith("fiscal, version 0.1")
    for command in ("check", "extract", "report", "batch"):
        assert fiscal(command, "--help").exit_code == 0


def test_check_json_has_the_shape_of_the_contract():
    result, code = checked(FAULTY)
    entry = result["documents"][0]
    assert result["schema"] == "fiscal.check/1" and code == 1
    assert (entry["entity"], entry["year"], entry["kind"], entry["unit"]) == (
        "临溪区政务服务中心", 2023, "final_account", "万元")  # fmt: skip
    assert sorted(entry["checks"]) == ["failed", "passed", "rounding", "skipped"]
    figures = dict(entry["figures"])
    assert figures.pop("total") == sum(figures.values())
    assert len(entry["tables"]) == 13 and entry["missing_tables"] == [] and entry["error"] is None
    finding = next(f for f in entry["findings"] if f["rule"] == "stmt.share.exp_basic")
    assert (finding["actual"], finding["severity"]) == ("26.13", "error")
    assert {"table", "row", "column", "value", "page", "sheet", "cell", "text", "bbox"} <= set(finding["evidence"][0])


@pytest.mark.parametrize(
    ("path", "fail_on", "code"),
    [
        (FAULTY, "error", 1),
        (FAULTY, "never", 0),
        (COMPLETE, "warning", 0),
        (HOTLINE, "error", 0),
        (HOTLINE, "warning", 1),
    ],
)
def test_exit_code_follows_fail_on(path, fail_on, code):
    assert checked(path, "--fail-on", fail_on)[1] == code


def test_an_unreadable_file_costs_itself_alone(tmp_path):
    bad = tmp_path / "broken.xlsx"
    bad.write_bytes(b"not a workbook")
    result, code = checked(bad, COMPLETE)
    errors = [entry["error"] for entry in result["documents"]]
    assert code == 2 and len(errors) == 2
    assert sum(error is None for error in errors) == 1
    assert any(error and "broken.xlsx" in error for error in errors)


def test_a_missing_path_is_one_sentence_without_traceback():
    result = fiscal("check", "nosuch.pdf")
    assert result.exit_code == 2 and "nosuch.pdf" in result.output and "Traceback" not in result.output


def test_check_text_speaks_chinese_and_gives_places():
    text = fiscal("check", FAULTY).stdout
    assert "[需更正]" in text and "附表13" in text and "L7" in text and "应为" in text


def test_extract_writes_three_files(tmp_path):
    assert fiscal("extract", COMPLETE, "--out", tmp_path).exit_code == 0
    facts = pd.read_csv(tmp_path / "facts.csv", dtype=str, keep_default_na=False)
    assert list(facts.columns) == FACTS.split()
    statements = pd.read_csv(tmp_path / "statements.csv", dtype=str, keep_default_na=False)
    assert list(statements.columns) == STATEMENTS.split()
    assert len(pd.read_csv(tmp_path / "documents.csv")) == 1


def test_a_wrong_rules_file_names_file_entry_and_reason(tmp_path):
    rules = tmp_path / "mine.yaml"
    rules.write_text("identities:\n  - {id: my.rule, formula: 'revenue[total].nosuch == 1'}\n", encoding="utf-8")
    result = fiscal("check", COMPLETE, "--rules", rules)
    assert result.exit_code == 2 and "mine.yaml" in result.output and "my.rule" in result.output


def test_a_json_result_is_a_baseline_for_the_next_check(tmp_path):
    baseline = tmp_path / "before.json"
    fiscal("check", FAULTY, "--format", "json", "--out", baseline)
    result, code = checked(FAULTY, "--baseline", baseline)
    (document,) = result["documents"]
    assert code == 0 and document["findings"] == [] and document["accepted"] == len(document["left_out"]) > 0
    assert len(document["compared"]["open"]) == document["accepted"]
    assert document["compared"]["settled"] == document["compared"]["new"] == []


def test_a_file_that_is_no_baseline_is_refused(tmp_path):
    other = tmp_path / "other.json"
    other.write_text("[]", encoding="utf-8")
    assert fiscal("check", COMPLETE, "--baseline", other).exit_code == 2


def test_xlsx_needs_a_file_to_write():
    assert fiscal("check", COMPLETE, "--format", "xlsx").exit_code == 2


def test_a_batch_without_accounts_says_where_it_looked_and_what_to_do(tmp_path):
    (tmp_path / "in").mkdir()
    result = fiscal("batch", tmp_path / "in", "--out", tmp_path / "out", "--no-pages")
    assert result.exit_code == 2
    assert f"no account found in {tmp_path / 'in'} — give a folder that holds some" in result.stderr


def test_a_report_of_nobody_names_whom_it_sought(tmp_path):
    result = fiscal("report", COMPLETE, "--out", tmp_path, "--entity", "某局", "--year", "1999")
    assert f"no account of 某局 of 1999 found in {COMPLETE} — check --entity and --year" in result.stderr


def test_an_unreadable_file_is_named_once(tmp_path):
    bad = tmp_path / "in" / "bad.docx"
    bad.parent.mkdir()
    bad.write_bytes(b"PK\x03\x04nothing")
    for command in (("batch", "--no-pages"), ("extract",)):
        result = fiscal(*command, bad.parent, "--out", tmp_path / "out")
        assert f"fiscal: {bad}: the file is truncated" in result.stderr


def test_a_list_that_nothing_would_show_is_refused(tmp_path):
    (tmp_path / "expected.csv").write_text("entity,year\n某局,2023\n", encoding="utf-8")
    listed = ("--expected", tmp_path / "expected.csv")
    result = fiscal("batch", tmp_path, "--out", tmp_path / "out", "--no-pages", *listed)
    assert result.exit_code == 2 and "leave --no-pages out" in result.stderr


def test_what_was_not_read_is_said_first_and_is_exit_code_two(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    head = [["收入决算表"], ["单位：万元"], ["科目编码", "科目名称", "合计", "财政拨款收入"]]
    for row in [*head, ["合计", None, 12.5, "=SUM(D5:D6)"], ["207", "文化旅游体育与传媒支出", 12.5, 12.5]]:
        book.active.append(row)
    book.save(path)
    result, code = checked(path, "--fail-on", "never")
    assert code == 2 and checked(path, "--fail-on", "never", "--allow-unread")[1] == 0
    unread = result["documents"][0]["unread"]
    assert [(part["what"], part["table"], part["place"]) for part in unread] == [
        ("cell", "revenue", "a.xlsx · Sheet · D4 · 合计 · 财政拨款收入")
    ]
    assert "没有存下结果" in unread[0]["reason"]
    text = fiscal("check", path).stdout.splitlines()
    assert text[1] == "  看到表格 1 张（处）：读出 1，未读出 0，另有 1 处行、列或格未读出；文中数字 0 个，未读懂 0 个"
    assert text[2].startswith("  未读出：《收入决算表》a.xlsx · Sheet · D4")


def test_a_folder_without_anything_to_read_says_so(tmp_path):
    (tmp_path / "a.png").write_bytes(b"x")
    for result in (fiscal("check", tmp_path), fiscal("extract", tmp_path, "--out", tmp_path / "out")):
        assert result.exit_code == 2 and "no final account or budget (决算, 预算) found; only a.png" in result.stderr
    result, code = checked(tmp_path)
    reasons = {Path(file["path"]).name: file["reason"] for file in result["ignored"]}
    assert code == 2 and result["documents"] == [] and reasons["a.png"].startswith("图片")


def test_where_nothing_could_be_read_nothing_is_called_sound(tmp_path):
    said = fiscal("check", tmp_path / "not_here.pdf")
    assert said.exit_code == 2 and said.stdout.splitlines()[-1] == "结果：没有读到资料；无法读取1份"
