"""Fifteen mistakes an analyst can make in the data files, and the sentence each of them is answered with."""

import shutil

import pytest

from fiscal.dictionary import glossary, identities, measures, patterns, tables, templates, told_once, word_rules
from fiscal.dictionary.load import DATA
from fiscal.errors import DeclarationError

FOLDER = DATA / "patterns"
MISTAKES = [
    (
        tables,
        "tables.yaml",
        "header: [科目名称, 项目]",
        "heading: [科目名称, 项目]",
        "table revenue, column subject_name: unknown field heading — write header, or declare it",
    ),
    (
        tables,
        "tables.yaml",
        "header: [科目名称, 项目]",
        "header: 科目名称",
        "table revenue, column subject_name, header: must be a list, is text “科目名称”",
    ),
    (tables, "tables.yaml", "kind: label}", "kind: lable}", "unknown kind lable — write label, or declare it"),
    (
        tables,
        "tables.yaml",
        '"收支|收入支出|收入、?支出"',
        '"收支|(收入支出"',
        "table revenue_expenditure_summary: “收支|(收入支出” is no pattern",
    ),
    (
        measures,
        "measures.yaml",
        "whole: [revenue],",
        "whole: [revenues],",
        "unknown measure revenues — write revenue, or declare it",
    ),
    (
        measures,
        "measures.yaml",
        "expenditure[total].basic",
        "expenditures[total].basic",
        "measure exp_basic: unknown table expenditures — write expenditure, or declare it",
    ),
    (identities, "identities.yaml", "kind: copy", "kind: coppy", "unknown kind coppy — write copy, or declare it"),
    (
        identities,
        "identities.yaml",
        "severity: error",
        "severety: error",
        "unknown field severety — write severity, or declare it",
    ),
    (
        identities,
        "identities.yaml",
        "tables: [revenue_expenditure_summary]",
        "tables: revenue_expenditure_summary",
        "tables: must be a list, is text",
    ),
    (
        templates,
        "narrative.yaml",
        "join: ；",
        "joins: ；",
        "list sources: unknown field joins — write join, or declare it",
    ),
    (
        word_rules,
        "text_rules.yaml",
        "severity: warning",
        "severity: warn",
        "rule ST3: unknown severity warn — write warning, or declare it",
    ),
    (
        glossary,
        "glossary.yaml",
        '"revenue[total].superior_subsidy"',
        '"revenue[total].superior_subsidies"',
        "unknown column of revenue superior_subsidies — write superior_subsidy, or declare it",
    ),
    (
        patterns,
        "subjects.yaml",
        "sections: [overall",
        "sections: [overal",
        "unknown section overal — write overall, or declare it",
    ),
    (
        patterns,
        "sections.yaml",
        "], only: line}",
        "], only: [line]}",
        "section contents, only: must be text, is a list",
    ),
    (told_once, "told_once.yaml", "figures: [TI17]", "figures: [TI71]", "rules: unknown rule TI71"),
]


@pytest.mark.parametrize(("module", "name", "right", "wrong", "said"), MISTAKES)
def test_a_mistake_is_answered_with_file_entry_reason_and_next_step(tmp_path, module, name, right, wrong, said):
    source = FOLDER if module is patterns else DATA
    if module is patterns:
        shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    text = (source / name).read_text(encoding="utf-8")
    assert right in text
    (tmp_path / name).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(DeclarationError) as refused:
        module.load(tmp_path if module is patterns else tmp_path / name)
    sentence = str(refused.value)
    assert said in sentence and sentence.startswith(f"{name}, ") and refused.value.next_step


def test_a_wrong_dictionary_stops_a_run_once_before_any_document_is_read(tmp_path, monkeypatch):
    from fiscal.recognise.package import read_packages

    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text("某局2023年度部门决算", encoding="utf-8")
    wrong = tmp_path / "glossary.yaml"
    wrong.write_text("terms: [{term: 甲}]", encoding="utf-8")
    monkeypatch.setattr(glossary, "terms", lambda: glossary.load(wrong))
    with pytest.raises(DeclarationError, match=r"glossary.yaml, term 甲: lacks definition"):
        list(read_packages([tmp_path]))
