"""The comparison page in a real browser: offline, inside the screen, accessible, sorted and narrowed in the page."""

import pytest

from fiscal.batch.store_pages import compare
from tests.report.test_browser import OUTSIDE, WIDTHS, Opened, browser, complaints, pytestmark  # noqa: F401
from tests.store.stores import many


@pytest.fixture(scope="module")
def comparison(tmp_path_factory):
    """Two years of sixty departments, with a list of whom to expect."""
    folder = tmp_path_factory.mktemp("comparison")
    many(folder / "processed", 60)
    listed = [f"第{i}局,{year},2001-01-01," for i in range(62) for year in (2022, 2023)]
    (folder / "expected.csv").write_text("\n".join(["entity,year,by,parent", *listed]), encoding="utf-8")
    assert compare(folder / "processed", folder, expected=folder / "expected.csv") == []
    return folder / "comparison.html"


@pytest.mark.parametrize("width", WIDTHS)
def test_it_opens_offline_inside_the_screen(browser, comparison, width):  # noqa: F811
    with Opened(browser, comparison, width) as opened:
        assert [url for url in opened.asked if not url.startswith(("data:", "blob:"))] == [comparison.as_uri()]
        assert opened.said == []
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        assert opened.page.evaluate(OUTSIDE) == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(browser, comparison, width):  # noqa: F811
    assert complaints(browser, comparison, width) == []


def test_the_league_sorts_and_narrows(browser, comparison):  # noqa: F811
    with Opened(browser, comparison, 1440) as opened:
        page = opened.page
        first = "#league tbody tr:not([hidden]) th >> nth=0"
        assert page.locator(first).text_content() == "第3局"
        page.click("#league thead button >> nth=5")
        assert page.locator("#league th[aria-sort=descending]").text_content() == "“三公”经费"
        assert page.locator("#league tbody tr >> nth=0").locator("td >> nth=4").text_content() == "34.00"
        page.fill("#league [data-find]", "第12局")
        assert page.locator("#league tbody tr:not([hidden])").count() == 1
        assert page.locator("#league [data-shown]").text_content() == "显示 1 行，共 120 行"
        now = page.locator("#league tbody tr td >> nth=0").text_content()
        page.select_option("#league [data-year]", "2022")
        assert page.locator("#league tbody tr").count() == 1
        assert page.locator("#league tbody tr td >> nth=0").text_content() != now


def test_the_map_shows_only_what_is_missing_when_asked(browser, comparison):  # noqa: F811
    with Opened(browser, comparison, 1440) as opened:
        page = opened.page
        page.check("#coverage [data-only]")
        assert page.locator("#coverage tbody tr:not([hidden]) th").all_text_contents() == ["第60局", "第61局"]
        states = page.locator("#coverage tbody tr:not([hidden]) td").all_text_contents()
        assert states == ["逾期（应于2001-01-01前公开）"] * 4
        assert page.locator("#league [data-shown]").text_content() == "显示 60 行，共 120 行"
