"""The pages in a real browser: offline, accessible, inside the screen at phone and desktop width."""

import shutil
import subprocess
from pathlib import Path

import matplotlib
import nbformat
import pytest
from pypdfium2 import PdfDocument

from fiscal.batch.engine.notebooks import chapters, declared, run
from fiscal.model.finding import Finding
from fiscal.report.account.cards import cards
from fiscal.report.check_page import write_page
from fiscal.report.export import export
from fiscal.report.findings_page import write_findings
from fiscal.report.index import index
from fiscal.report.kit.page import plain_page
from fiscal.report.rules import rules_page
from fiscal.report.search import write_search
from fiscal.report.show import accounts
from tests.narrative.office import office
from tests.report.test_index import entry

CHROMIUM = shutil.which("chromium")
ROOT = Path(__file__).parents[2]
WIDTHS = (360, 1440)
NAMES = ("report", "index", "rules", "check", "findings", "search")
OUTSIDE = """() => Array.from(document.querySelectorAll("table, svg, img, pre"))
    .filter(element => !element.closest(".tablewrap, details:not([open])"))
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1).length"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    """The page of the 2022 account, the rule reference, and an index of two thousand accounts."""
    folder = tmp_path_factory.mktemp("pages")
    now, before = (str(ROOT / f"data/raw/suining-hotline/{year}") for year in (2022, 2021))
    values = {"account_path": now, "previous_path": before, "beside_path": ""}
    known = [{name: value for name, value in values.items() if name in declared(path)} for path in chapters()]
    executed = [run(path, None, own) for path, own in zip(chapters(), known)]
    notebooks = [nbformat.from_dict(notebook) for notebook in executed]
    export(*accounts(now, before), notebooks, folder / "report.html")
    many = [entry(f"第{i}局", year) for i in range(1000) for year in (2022, 2023)]
    index(many, folder / "index.html", search=True)
    item = ["2010350", "事业运行", "1.00万元", "c-expenditure-"]
    write_search([one | {"told": [[1, "error", "合计不符"]], "items": [item]} for one in many], folder)
    rules_page(folder / "rules.html")
    faulty, _ = accounts(str(ROOT / "data/raw/demo-office/2023"))
    write_page([(faulty, faulty.check())], [("坏.xlsx", "读不出")], folder / "check.html")
    write_findings(faulty, faulty.check(), folder / "findings.html")
    return {name: folder / f"{name}.html" for name in NAMES}


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Opened:
    """A page opened without network, with all it asked for and all it complained about."""

    def __init__(self, browser, path: Path, width: int, **options) -> None:
        self.context = browser.new_context(offline=True, viewport={"width": width, "height": 900}, **options)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.goto(path.as_uri())

    def __enter__(self):
        return self

    def __exit__(self, *error) -> None:
        self.context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_it_opens_offline_inside_the_screen(browser, pages, name, width):
    with Opened(browser, pages[name], width) as opened:
        assert [url for url in opened.asked if not url.startswith(("data:", "blob:"))] == [pages[name].as_uri()]
        assert opened.said == []
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        assert opened.page.evaluate(OUTSIDE) == 0


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["report", "rules", "check", "findings", "search"])
def test_axe_finds_nothing(browser, pages, name, width):
    assert complaints(browser, pages[name], width) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_the_index(browser, tmp_path, width):
    index([entry("甲局"), entry("乙局", total=None, figures={"total": 0})], tmp_path / "index.html")
    assert complaints(browser, tmp_path / "index.html", width) == []


def complaints(browser, path: Path, width: int, **options) -> list[tuple]:
    from axe_playwright_python.sync_playwright import Axe

    with Opened(browser, path, width, **options) as opened:
        opened.page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        violations = Axe().run(opened.page).response["violations"]
        return [(v["id"], v["nodes"][0]["html"][:200]) for v in violations if v["impact"] != "minor"]


def test_a_figure_of_a_sentence_leads_to_its_cell(browser, pages):
    with Opened(browser, pages["report"], 1440) as opened:
        opened.page.click("#income-expenditure a.src >> nth=0")
        target = opened.page.evaluate("document.querySelector(':target').textContent")
        assert target == "218.96"


def test_all_thirteen_tables_seven_charts_and_ten_sections_are_there(browser, pages):
    with Opened(browser, pages["report"], 1440) as opened:
        assert opened.page.locator("#tables table").count() == 13
        assert opened.page.locator("figure.chart svg[role=img]").count() >= 7
        headings = opened.page.locator("main h3").all_text_contents()
        numbered = [heading for heading in headings if heading.endswith("情况说明")]
        assert [heading[0] for heading in numbered] == list("一二三四五六七八九十")


def test_nothing_of_a_table_is_lost_on_paper(browser, pages):
    with Opened(browser, pages["report"], 1440) as opened:
        opened.page.emulate_media(media="print")
        hidden = "() => Array.from(document.querySelectorAll('td, th')).filter(e => !e.checkVisibility()).length"
        folded = "() => document.querySelectorAll('details:not([open]) :is(td, th)').length"
        assert opened.page.evaluate(hidden) == opened.page.evaluate(folded)
        assert not opened.page.locator("nav").is_visible()


FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{}</dir><cachedir>{}</cachedir></fontconfig>"""
USED = """() => document.fonts.ready.then(() => Array.from(document.fonts, face => face.status))"""


def test_the_font_of_the_page_is_used_only_where_the_machine_has_no_chinese_one(browser, tmp_path):
    write_findings(office(), office().check(), tmp_path / "page.html")
    only_latin = tmp_path / "fonts"
    only_latin.mkdir()
    shutil.copy(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf", only_latin)
    (tmp_path / "fonts.conf").write_text(FONTS.format(only_latin, tmp_path / "cache"), encoding="utf-8")
    bare = browser.browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox"], env={"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    )
    with Opened(bare, tmp_path / "page.html", 1440) as opened:
        assert opened.page.evaluate(USED) == ["loaded"]
    bare.close()
    if any(name in chinese_fonts() for name in ("WenQuanYi", "Noto Sans CJK")):
        with Opened(browser, tmp_path / "page.html", 1440) as opened:
            assert opened.page.evaluate(USED) == ["unloaded"]


def chinese_fonts() -> str:
    """The names of the fonts of this machine."""
    found = shutil.which("fc-list")
    return subprocess.run([found, ":lang=zh", "family"], capture_output=True, text=True).stdout if found else ""


@pytest.mark.parametrize("name", ["report", "findings"])
def test_axe_finds_nothing_in_the_dark(browser, pages, name):
    assert complaints(browser, pages[name], 1440, color_scheme="dark") == []


def test_a_table_is_saved_as_a_file_that_spreadsheets_open(browser, pages):
    with Opened(browser, pages["findings"], 1440) as opened:
        with opened.page.expect_download() as waiting:
            opened.page.click("#coverage button.save")
        assert waiting.value.suggested_filename == "各表核对了多少.csv"
        saved = Path(waiting.value.path()).read_bytes()
        assert saved.startswith(b"\xef\xbb\xbf")
        lines = saved.decode("utf-8-sig").split("\r\n")
        assert lines[:2] == [
            '"表","印出的数","核对过","没有可对照的","不符或存疑"',
            '"收入支出决算总表","14","14","0","1"',
        ]


def test_a_severity_can_be_left_out_and_findings_lead_to_each_other(browser, tmp_path):
    items = [Finding("r", severity, "问题") for severity in ("error", "warning", "error")]
    (tmp_path / "page.html").write_text(plain_page("核对", cards(items)), encoding="utf-8")
    with Opened(browser, tmp_path / "page.html", 1440) as opened:
        shown = opened.page.locator(".finding:visible")
        assert shown.count() == 3
        opened.page.uncheck(".filter [value=error]")
        assert shown.count() == 1
        opened.page.click(".finding:visible .step >> nth=0")
        assert opened.page.url.endswith("#finding-3")
        opened.page.emulate_media(media="print")
        assert shown.count() == 3


def test_the_index_sorts_and_searches(browser, pages):
    with Opened(browser, pages["index"], 1440) as opened:
        page = opened.page
        page.fill("#find", "第12局 2023")
        assert page.locator("#shown").text_content() == "显示 1 份，共 2000 份"
        page.fill("#find", "")
        page.click("thead button >> nth=1")
        assert page.locator("tbody tr td >> nth=0").text_content() == "2023"
        page.click("thead button >> nth=1")
        assert page.locator("tbody tr td >> nth=0").text_content() == "2022"
        assert page.locator("th[aria-sort=ascending]").text_content() == "年度"


def test_the_form_prints_on_three_pages(browser, pages, tmp_path):
    with Opened(browser, pages["findings"], 1440) as opened:
        opened.page.pdf(path=tmp_path / "form.pdf", format="A4", prefer_css_page_size=True)
    assert len(PdfDocument(tmp_path / "form.pdf")) == 3


def test_the_index_shows_a_page_at_a_time_and_prints_all(browser, pages):
    with Opened(browser, pages["index"], 1440) as opened:
        page, names = opened.page, opened.page.locator("tbody th")
        assert (names.count(), names.nth(0).text_content()) == (50, "第0局")
        page.click(".pager button >> nth=1")
        assert page.locator(".pager").text_content() == "上一页第 2／40 页下一页"
        page.select_option("#year", "2022")
        assert page.locator(".pager span").text_content() == "第 1／20 页"
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert names.count() == 1000


def test_words_are_found_in_entities_findings_and_items(browser, pages):
    with Opened(browser, pages["search"], 1440) as opened:
        opened.page.fill("#words", "不符 第12局 2023")
        link = opened.page.locator("#hits a")
        assert (link.count(), link.get_attribute("href")) == (1, "jia/2023/report.html#finding-1")
        opened.page.fill("#words", "事业运行 第12局 2023")
        assert link.get_attribute("href") == "jia/2023/report.html#c-expenditure-2010350-total"
        opened.page.fill("#words", "第12局")
        assert opened.page.locator("#told").text_content() == "共 6 处"
