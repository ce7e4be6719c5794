"""An account that is known from what other documents say of its year says so on top; a published one does not."""

from pathlib import Path

import fiscal

HOTLINE = Path(__file__).parents[2] / "data" / "raw" / "suining-hotline"


def test_a_reconstructed_account_says_so_on_top():
    page = fiscal.show.head(fiscal.read(HOTLINE / "2021"))._repr_html_()
    assert "没有见到公开文本" in page and "由本年数和增减额推算" in page and "不作为已公开的决算" in page


def test_a_published_account_has_no_such_line():
    assert "没有见到公开文本" not in fiscal.show.head(fiscal.read(HOTLINE / "2022"))._repr_html_()
