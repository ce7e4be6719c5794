"""A department's file that holds its units' papers too is read as one account for each body."""

import docx
import pytest

import fiscal
from fiscal.errors import ReadError
from fiscal.recognise.package import read_packages

HEADS = {
    "收入预算总表": ("科目编码", "科目名称", "合计", "财政拨款收入"),
    "支出预算总表": ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    "一般公共预算支出预算表": ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
}
BUREAU, STATION = "汀州市水务局", "汀州市供水管理站"


def add(document, body: str, level: str, amount: str, *, titles=HEADS) -> None:
    """The paper of one body: a title, a sentence and three tables of one item."""
    for line in (f"{body}2026年{level}预算", f"2026年，{body}支出预算{amount}万元。"):
        document.add_paragraph(line)
    for title in titles:
        document.add_paragraph(f"2026年{level}{title}")
        document.add_paragraph(f"编制{level}：{body} 单位：万元")
        heads = HEADS[title]
        table = document.add_table(2, len(heads))
        row = ("2130399", "其他水利支出", amount, amount, *["0.00"] * (len(heads) - 4))
        for at, texts in enumerate((heads, row)):
            for cell, text in zip(table.rows[at].cells, texts):
                cell.text = text


@pytest.fixture
def path(tmp_path):
    document = docx.Document()
    add(document, BUREAU, "部门", "80.00")
    add(document, STATION, "单位", "30.00")
    document.save(tmp_path / "budgets.docx")
    return tmp_path / "budgets.docx"


def test_each_body_has_its_tables_and_its_words(path):
    bureau, station = (fiscal.Account(found) for found in read_packages([str(path)]))
    assert [bureau.entity, station.entity] == [BUREAU, STATION]
    assert [bureau.disclosure.paper, station.disclosure.paper] == ["部门预算", "单位预算"]
    assert [list(one.tables) == list(bureau.tables) for one in (bureau, station)] == [True, True]
    totals = [one.printed["budget_expenditure"]["total"].iloc[0] for one in (bureau, station)]
    assert [str(total) for total in totals] == ["80.00", "30.00"]
    assert [one.statements["value"].tolist() for one in (bureau, station)] == [["80.00"], ["30.00"]]
    assert "each is read as an account of its own" in bureau.disclosure.problems[0]


def test_one_of_them_is_read_by_its_name(path):
    assert fiscal.read(f"{path}#{STATION}").entity == STATION
    with pytest.raises(ReadError, match="holds 2 accounts"):
        fiscal.read(path)


def test_a_name_written_otherwise_above_one_table_is_no_second_body(tmp_path):
    document = docx.Document()
    add(document, BUREAU, "部门", "80.00", titles=list(HEADS)[:2])
    add(document, "汀州市水利局", "部门", "80.00", titles=list(HEADS)[2:])
    document.save(tmp_path / "one.docx")
    (found,) = read_packages([str(tmp_path / "one.docx")])
    assert len(found.tables) == 3
