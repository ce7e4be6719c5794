"""Findings as comments in the Word file they were found in."""

import docx
import pytest
from click.testing import CliRunner
from docx.oxml import OxmlElement

from fiscal.cli import main

SAID = "2023年“三公”经费支出决算为27.00万元，完成全年预算36.00万元的85%。"  # 27 / 36 = 75 %


@pytest.fixture
def source(tmp_path):
    document = docx.Document()
    document.add_heading("云泽市档案馆2023年度部门决算", 0)
    document.add_heading("七、财政拨款“三公”经费支出决算情况说明", 1)
    paragraph = document.add_paragraph("2023年“三公”经费支出决算为27.00万元，")
    paragraph.add_run("完成全年预算36.00万元的85%。").bold = True
    path = tmp_path / "draft.docx"
    document.save(path)
    return path


def check(source, out, *more):
    return CliRunner().invoke(main, ["check", str(source), "--out", str(out), "--fail-on", "never", *more])


def test_a_comment_stands_at_the_words_of_its_finding(source, tmp_path):
    out = tmp_path / "commented.docx"
    done = check(source, out, "--allow-unread")
    assert done.exit_code == 0, done.output
    document = docx.Document(out)
    (said,) = [c.text for c in document.comments if "应为75%" in c.text]
    assert said.startswith("【需更正】") and "85%" in said
    (number,) = [c.comment_id for c in document.comments if c.text == said]
    (paragraph,) = [p for p in document.paragraphs if f'w:commentReference w:id="{number}"' in p._p.xml]
    assert paragraph.text == SAID


def test_nothing_else_changes(source, tmp_path):
    check(source, tmp_path / "commented.docx")
    before, after = docx.Document(source), docx.Document(tmp_path / "commented.docx")
    assert [(p.text, p.style.name) for p in after.paragraphs] == [(p.text, p.style.name) for p in before.paragraphs]
    assert [r.bold for p in after.paragraphs for r in p.runs if r.text] == [
        r.bold for p in before.paragraphs for r in p.runs
    ]


def test_a_protected_file_is_refused(source, tmp_path):
    document = docx.Document(source)
    document.settings.element.append(OxmlElement("w:documentProtection"))
    document.save(source)
    done = check(source, tmp_path / "commented.docx")
    assert done.exit_code == 2 and "is protected" in done.output and not (tmp_path / "commented.docx").exists()


def test_tracked_changes_and_compatibility_mode_are_told(source, tmp_path):
    document = docx.Document(source)
    inserted = OxmlElement("w:ins")
    document.paragraphs[1]._p.append(inserted)
    document.save(source)
    done = check(source, tmp_path / "commented.docx")
    assert "holds tracked changes (修订)" in done.output and "is in compatibility mode (兼容模式)" in done.output
    assert "<w:ins" in docx.Document(tmp_path / "commented.docx").element.xml  # they stay


def test_the_checked_file_is_never_overwritten(source):
    before = source.read_bytes()
    done = check(source, source)
    assert done.exit_code == 2 and "give another name" in done.output and source.read_bytes() == before


def test_comments_need_one_word_file(tmp_path):
    path = tmp_path / "account.txt"
    path.write_text("云泽市档案馆2023年度部门决算\n" + SAID, encoding="utf-8")
    done = check(path, tmp_path / "commented.docx")
    assert done.exit_code == 2 and "one .docx" in done.output
