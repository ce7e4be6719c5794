"""An account that is known from what other documents say of its year says so on top; a published one does not."""

from pathlib import Path

import fiscal
from fiscal.report.export import meta

HOTLINE = Path(__file__).parents[2] / "data" / "raw" / "suining-hotline"


def test_a_reconstructed_account_says_so_on_top():
    page = fiscal.show.head(fiscal.read(HOTLINE / "2021"))._repr_html_()
    assert "没有见到公开文本" in page and "由本年数和增减额推算" in page and "不作为已公开的决算" in page


def test_the_page_says_so_under_its_title_and_once(tmp_path):
    made = meta(fiscal.read(HOTLINE / "2021"), tmp_path / "report.html", [])
    assert made.startswith("<b>本年度决算没有见到公开文本") and "没有见到" not in meta(
        fiscal.read(HOTLINE / "2022"), tmp_path / "report.html", []
    )


def test_captions_say_on_what_the_numbers_rest():
    """The workbook of 2022 was filled from its publication's sentences; that of the invented office is printed."""
    stated = fiscal.charts.expenditure_structure(fiscal.read(HOTLINE / "2022"))
    printed = fiscal.charts.expenditure_structure(fiscal.read(HOTLINE.parent / "demo-office/2022"))
    assert stated.words.source.endswith("《支出决算表》（说明所述）")
    assert printed.words.source.endswith("《支出决算表》（表）")


def test_a_published_account_has_no_such_line():
    assert "没有见到公开文本" not in fiscal.show.head(fiscal.read(HOTLINE / "2022"))._repr_html_()


def test_a_flow_with_a_rest_says_it_too():
    """The planted error of 2023 leaves a difference of 3.00 that no cell prints."""
    flow = fiscal.charts.money_flow(fiscal.read(HOTLINE.parent / "demo-office/2023"))
    assert flow.words.source.endswith("《支出决算表》（表）") and "-3.00" in fiscal.charts.message(flow)
