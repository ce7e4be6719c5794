"""The draft of a publication: what it says, what it marks, and that it stands its own check."""

import shutil
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner

import fiscal
from fiscal.cli import main

RAW = Path(__file__).parents[2] / "data" / "raw" / "demo-office"


def run(*words):
    return CliRunner().invoke(main, ["draft", *map(str, words)])


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    out = tmp_path_factory.mktemp("draft") / "公开稿.docx"
    done = run(RAW / "2022", "--out", out)
    assert done.exit_code == 0, done.output
    return out


def marked(path):
    return [r.text for p in docx.Document(path).paragraphs for r in p.runs if r.font.highlight_color is not None]


def test_the_draft_of_a_full_account_stands_its_own_check(whole):
    account = fiscal.read(whole)
    findings = account.check()
    assert [f.message for f in findings if f.severity in ("error", "warning")] == []
    assert findings.figures["conflicting"] == findings.figures["unread"] == 0
    assert (account.entity, account.year) == ("临溪区政务服务中心", 2022)


def test_the_tables_are_those_of_the_workbook(whole):
    drawn, given = fiscal.read(whole).facts, fiscal.read(RAW / "2022").facts
    key = ["table", "row_code", "column", "value"]
    assert sorted(drawn[key].itertuples(index=False)) == sorted(given[key].itertuples(index=False))


def test_changes_come_from_last_years_account(whole):
    text = "\n".join(p.text for p in docx.Document(whole).paragraphs)
    assert "收、支总计各增加17.36万元，增长6.96%" in text  # 266.61 - 249.25 = 17.36; 17.36 / 249.25 = 6.96 %


def test_headings_cover_and_page_numbers(whole):
    document = docx.Document(whole)
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == "第一部分 部门概况" and headings[-1].endswith("决算表")
    assert document.paragraphs[0].text == "临溪区政务服务中心"
    assert "PAGE" in document.sections[0].footer._element.xml
    assert len(document.inline_shapes) >= 5


def test_what_nobody_gave_is_marked_and_listed(tmp_path):
    folder = tmp_path / "2022"
    folder.mkdir()
    shutil.copy(RAW / "2022" / "accounts.xlsx", folder)
    done = run(folder, "--last-year", RAW / "2021", "--out", tmp_path / "a.docx")
    assert done.exit_code == 0 and "passages to complete or confirm" in done.output
    assert "未公开" in marked(tmp_path / "a.docx")
    assert any("虚构的公共服务职责" in text for text in marked(tmp_path / "a.docx"))  # duties of last year
    sheet = openpyxl.load_workbook(tmp_path / "a-待补充.xlsx").active
    asked = {row[5]: row[3] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert asked["figure:vehicle_stock"] == "缺数字" and asked["text:performance"] == "缺内容"
    assert asked["reason:total"] == asked["text:responsibilities"] == "沿用上年，待确认"


def filled(path, **answers):
    """The form with these answers, by the key of a line after its colon."""
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows(min_row=2, max_col=6):
        row[4].value = answers.get(str(row[5].value).partition(":")[2]) or row[4].value
    book.save(path)


def text_of(path):
    return "\n".join(p.text for p in docx.Document(path).paragraphs)


def test_a_form_that_was_filled_in_is_taken_by_the_next_draft_and_kept(tmp_path):
    folder, out, form = tmp_path / "2022", tmp_path / "a.docx", tmp_path / "a-待补充.xlsx"
    folder.mkdir()
    shutil.copy(RAW / "2022" / "accounts.xlsx", folder)
    words = (folder, "--last-year", RAW / "2021", "--out", out)
    run(*words)
    carried = marked(out).count("业务量变化和人员变动")
    filled(
        form,
        vehicle_stock="9辆",
        procurement="1,022.19",
        total="确认",
        gpb="新增两名人员。",
        performance="已全部自评。",
    )
    done = run(*words)
    assert done.exit_code == 0 and "5 answers taken from" in done.output
    said = text_of(out)
    assert "共有公务用车9辆" in said and "政府采购支出总额1022.19万元" in said and "已全部自评。" in said
    assert "增长6.96%。主要变动原因是业务量变化和人员变动。" in said and "主要变动原因是新增两名人员。" in said
    assert marked(out).count("业务量变化和人员变动") == carried - 2  # one confirmed, one given anew
    lines = [row[3:] for row in openpyxl.load_workbook(form).active.iter_rows(min_row=2, max_col=6, values_only=True)]
    assert ("已填", "9辆", "figure:vehicle_stock") in lines and ("缺数字", None, "figure:sme") in lines
    assert run(*words).exit_code == 0 and "共有公务用车9辆" in text_of(out)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"vehicle_stock": "若干"}, "“若干” is no figure"),
        ({"performance": "确认"}, "nothing of last year to confirm"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_told_and_nothing_is_written_over(tmp_path, answers, said):
    folder, out, form = tmp_path / "2022", tmp_path / "a.docx", tmp_path / "a-待补充.xlsx"
    folder.mkdir()
    shutil.copy(RAW / "2022" / "accounts.xlsx", folder)
    run(folder, "--out", out)
    filled(form, **answers)
    before = out.read_bytes(), form.read_bytes()
    done = run(folder, "--out", out)
    assert done.exit_code == 2 and said in done.output
    form.write_bytes(b"PK no workbook")
    assert "is no form of a draft" in run(folder, "--out", out).output
    assert (out.read_bytes(), form.read_bytes()) == (before[0], b"PK no workbook")


def test_without_last_year_no_change_is_stated(tmp_path):
    folder = tmp_path / "2022"
    folder.mkdir()
    shutil.copy(RAW / "2022" / "accounts.xlsx", folder)
    done = run(folder, "--out", tmp_path / "a.docx")
    assert done.exit_code == 0 and "no account of last year (上年决算) found" in done.output
    assert "增加" not in "".join(p.text for p in docx.Document(tmp_path / "a.docx").paragraphs)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((RAW / "2022", "--last-year", RAW / "2023"), "not last year's account"),
        ((RAW / "2022", "--out", "a.txt"), "name it .docx"),
    ],
)
def test_what_does_not_fit_is_told(tmp_path, words, said):
    out = () if "--out" in words else ("--out", tmp_path / "a.docx")
    done = run(*words, *out)
    assert done.exit_code == 2 and said in done.output and not list(tmp_path.iterdir())


def test_a_target_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path):
    (tmp_path / "a.docx").mkdir()
    done = run(RAW / "2022", "--out", tmp_path / "a.docx" / "b" / "c.docx")
    assert done.exit_code == 0  # folders are made
    (tmp_path / "file").write_text("x")
    done = run(RAW / "2022", "--out", tmp_path / "file" / "c.docx")
    assert done.exit_code == 2 and "cannot be written" in done.output and "Traceback" not in done.output
