"""Names that the font does not have, and names that look like formulas, are drawn all the same."""

import warnings

import pytest
from matplotlib.figure import Figure

from fiscal.charts.style import balanced, font, text_width, wrap
from fiscal.charts.svg import svg

NAMES = ("བོད་ལྗོངས་", "ئۇيغۇر", "𠮷野", "局😀", "a\x07b", "甲$^$乙", "$\\frac{$")


@pytest.mark.parametrize("name", NAMES)
def test_any_name_has_a_width_and_is_drawn(name):
    assert text_width(name, 10) > 0 and "".join(wrap(name, 30, 10)) == name and balanced(name, 30, 10)
    figure = Figure()
    figure.text(0, 0, name, fontproperties=font(10))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert svg(figure).startswith("<svg")
