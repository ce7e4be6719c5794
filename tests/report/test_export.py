"""One page from executed notebooks: numbered, linked, self-contained, escaped."""

import re
from dataclasses import replace

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from fiscal.account import Findings
from fiscal.report.export import chapter, export
from fiscal.report.show import Shown, _chosen, accounts, head, tables
from tests.narrative.office import office

TABLE = '<table><caption><span class="no" data-no="表">表</span>　收入</caption></table>'
CHART = '<figure class="chart"><svg role="img"></svg><figcaption class="cap"><b>收入结构</b></figcaption></figure>'


def notebook(key: str, order: int, *outputs: str, title: str = "标题") -> nbformat.NotebookNode:
    cells = [new_markdown_cell(f"# {title}\n\n说明")]
    cells += [
        new_code_cell("show()", outputs=[new_output("execute_result", {"text/html": html}, execution_count=1)])
        for html in outputs
    ]
    return new_notebook(cells=cells, metadata={"fiscal": {"chapter": key, "order": order, "title": title}})


def page(tmp_path, *notebooks) -> str:
    account = office()
    account._checked[(None, ())] = Findings((), (), {})
    export(account, None, notebooks, tmp_path / "report.html")
    return (tmp_path / "report.html").read_text(encoding="utf-8")


def test_chapters_stand_in_their_order_and_are_numbered_through(tmp_path):
    text = page(tmp_path, notebook("b", 2, TABLE, CHART, title="第二"), notebook("a", 1, TABLE, CHART, title="第一"))
    assert text.index('<section id="a"') < text.index('<section id="b"')
    assert re.findall(r"[图表] \d", text) == ["表 1", "图 1", "表 2", "图 2"]


def test_headings_go_one_level_down_and_the_page_has_one_h1(tmp_path):
    text = page(tmp_path, notebook("a", 1, "<h3>小节</h3>", title="第一"))
    assert len(re.findall("<h1[ >]", text)) == 1
    assert '<h2 id="a-title">第一</h2>' in text and "<h3>小节</h3>" in text
    assert '<a href="#a"><span>第一</span>' in text


def test_a_link_without_target_becomes_text_and_an_id_stands_once(tmp_path):
    cells = '<table><tr><td id="c-x-1-y">1.00</td></tr></table>'
    links = '<p><a href="#c-x-1-y" class="src">1.00</a><a href="#c-x-2-y" class="src">2.00</a></p>'
    text = page(tmp_path, notebook("a", 1, cells, links), notebook("b", 2, cells))
    assert '<a href="#c-x-1-y" class="src">1.00</a><span class="src">2.00</span>' in text
    assert text.count('id="c-x-1-y"') == 1


def test_an_error_is_said_in_its_chapter(tmp_path):
    broken = notebook("a", 1)
    broken.cells.append(new_code_cell("1/0", outputs=[new_output("error", ename="E", evalue="<b>", traceback=[])]))
    assert "本章有一步没有完成：E：&lt;b&gt;" in page(tmp_path, broken)


def test_text_outputs_and_code_are_escaped(tmp_path):
    cell = new_code_cell("a < b", outputs=[new_output("stream", name="stdout", text="<script>")])
    text = page(tmp_path, new_notebook(cells=[cell]))
    assert '<pre class="out">&lt;script&gt;</pre>' in text and "a &lt; b" in text


def test_the_page_asks_for_nothing_from_elsewhere(tmp_path):
    text = page(tmp_path, notebook("a", 1, TABLE, CHART))
    assert not re.search(r'(src|href)="(?!#|data:)', text)
    assert not re.search(r"url\((?!data:)", text) and "@import" not in text


def test_the_style_of_notebooks_stays_out_of_the_page(tmp_path):
    text = page(tmp_path, notebook("a", 1, head(office())._repr_html_()))
    assert "data-fiscal" not in text and "fiscal-out" not in text
    shown = head(office())._repr_html_()
    assert shown.startswith("<style data-fiscal>") and shown.endswith("</fiscal-out>")


def test_a_chapter_without_metadata_takes_its_heading():
    made = chapter(new_notebook(cells=[new_markdown_cell("# 只有标题")]))
    assert made.title == "只有标题"


def test_an_account_without_name_or_year_says_so(tmp_path):
    account = office()
    account.entity, account.year = "", None
    account._checked[(None, ())] = Findings((), (), {})
    export(account, None, [], tmp_path / "report.html")
    assert "<h1>（单位未注明） （年度未注明）部门决算</h1>" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_inputs_are_named_with_their_digest(tmp_path):
    (tmp_path / "表.xlsx").write_bytes(b"1")
    account = office()
    account.path = str(tmp_path)
    account.disclosure = replace(account.disclosure, files=("data/raw/甲局/表.xlsx",))
    account._checked[(None, ())] = Findings((), (), {})
    export(account, None, [], tmp_path / "report.html")
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "表.xlsx（sha256 6b86b273ff34）" in text


def test_missing_tables_are_named():
    account = office()
    account._checked[(None, ())] = Findings((), (), {})
    text = tables(account)._repr_html_()
    assert "应公开而没有见到的表：" in text and "《收入决算表》" in text


def test_a_section_brings_its_parts():
    from fiscal.narrative import sections

    assert [s.key for s in _chosen(sections(office()), ["gpb"])] == ["gpb", "gpb_overall", "gpb_structure", "gpb_items"]
    assert [s.key for s in _chosen(sections(office()), ["gpb_items"])] == ["gpb_items"]
    assert [s.key for s in _chosen(sections(office()), ["gpb_overall"])] == ["gpb", "gpb_overall"]


def test_paths_are_found_from_notebooks_and_from_the_top(monkeypatch, tmp_path):
    seen = []
    monkeypatch.setattr("fiscal.account.read", lambda path: seen.append(path) or office())
    (tmp_path / "data").mkdir()
    (tmp_path / "notebooks").mkdir()
    for folder in (tmp_path, tmp_path / "notebooks"):
        monkeypatch.chdir(folder)
        assert accounts("data")[1] is None
    assert seen == ["data", str(tmp_path / "data")]


def test_what_is_shown_has_a_plain_text_too():
    assert repr(Shown("<p>甲</p>", "甲")) == "甲"
