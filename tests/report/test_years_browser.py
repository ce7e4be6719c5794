"""The page over the years of the invented office in a real browser: offline, inside the screen, accessible."""

from pathlib import Path

import pytest

from fiscal.batch.engine.notebooks import named, run
from fiscal.batch.many import Wanted, batch
from fiscal.report.store.comparison import export_years
from tests.report.test_browser import OUTSIDE, WIDTHS, Opened, browser, complaints, pytestmark  # noqa: F401

DEMO = Path(__file__).parents[2] / "data/raw/demo-office"


@pytest.fixture(scope="module")
def years(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("years")
    batch(Wanted((str(DEMO),), folder, folder / "processed", pages=False, jobs=1))
    executed = run(named("across_years.ipynb"), None, {"store_path": str(folder / "processed")})
    export_years(executed, folder / "years.html", entity="临溪区政务服务中心", links={2022: "2022/report.html"})
    return folder / "years.html"


def test_the_numbers_of_the_office_stand_in_it(years):
    text = years.read_text(encoding="utf-8")
    assert 'role="alert"' not in text and str(years.parent) not in text
    for shown in ("254.74", "+7.88%", "34,955.30", "+5.83", "4.04", "不一致"):
        assert f">{shown}<" in text


@pytest.mark.parametrize("width", WIDTHS)
def test_it_opens_offline_inside_the_screen(browser, years, width):  # noqa: F811
    with Opened(browser, years, width) as opened:
        assert [url for url in opened.asked if not url.startswith(("data:", "blob:"))] == [years.as_uri()]
        assert opened.said == []
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        assert opened.page.evaluate(OUTSIDE) == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(browser, years, width):  # noqa: F811
    assert complaints(browser, years, width) == []
