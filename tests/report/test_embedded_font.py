"""A page carries the Chinese characters it uses, for machines without a Chinese font."""

import re
import time
from base64 import b64decode
from io import BytesIO

from fontTools.ttLib import TTFont

from fiscal.report.kit.embedded_font import PLACE, subset, with_font
from fiscal.report.kit.markup import tag
from fiscal.report.kit.page import plain_page


def test_the_font_has_the_characters_asked_for_and_no_other():
    font = TTFont(BytesIO(subset("部门Aa部\U0010ffff")))
    assert {chr(code) for code in font.getBestCmap()} == set("部门")
    assert font.flavor == "woff" and font["hmtx"].metrics[font.getBestCmap()[ord("部")]][0] == font["head"].unitsPerEm


def test_an_outline_is_that_of_the_whole_font():
    from fiscal.charts.style import font_path

    whole, part = TTFont(font_path()), TTFont(BytesIO(subset("决")))
    then, now = (font["glyf"][font.getBestCmap()[ord("决")]] for font in (whole, part))
    assert list(now.coordinates) == list(then.coordinates)


def test_a_page_carries_its_own_characters_and_allows_them():
    page = plain_page("规则", tag("p", "说明"))
    data = re.search(r"font/woff;base64,([^)]+)\)", page)[1]
    assert {chr(code) for code in TTFont(BytesIO(b64decode(data))).getBestCmap()} >= set("规则说明")
    assert "font-src data:" in page and PLACE not in page


def test_a_page_without_a_place_for_it_stays_as_it_is():
    assert with_font("<p>甲</p>") == "<p>甲</p>"


def test_the_same_characters_give_the_same_bytes_at_any_time(monkeypatch):
    before = subset("教育局")
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    assert subset("教育局") == before
