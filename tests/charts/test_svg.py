import re
from xml.etree import ElementTree

import pytest

from fiscal import charts
from tests.charts.test_account_charts import OF_ACCOUNT
from tests.metrics.builders import founding


@pytest.mark.parametrize("name", OF_ACCOUNT)
def test_an_svg_is_small_closed_and_described(name):
    figure = getattr(charts, name)(founding())
    text = charts.svg(figure, bare=True)
    root = ElementTree.fromstring(text)
    assert len(text.encode()) < 60_000
    assert root.get("role") == "img"
    assert root.get("aria-label") == charts.alt_text(figure)
    assert root.find("{http://www.w3.org/2000/svg}title").text
    assert root.find("{http://www.w3.org/2000/svg}desc").text == charts.alt_text(figure)
    assert "<text" not in text.replace("<title", "")  # letters are paths: no font is needed
    assert not re.search(r'(?:href|src)="(?!#)|url\((?!#)', text)


def test_ids_differ_between_charts_and_every_reference_has_a_target():
    first, second = charts.svg(charts.total_change(founding())), charts.svg(charts.income_structure(founding()))
    ids = [set(re.findall(r'id="([^"]+)"', text)) for text in (first, second)]
    assert not ids[0] & ids[1]
    assert set(re.findall(r'href="#([^"]+)"', first)) <= ids[0]


def test_the_same_chart_gives_the_same_text():
    assert charts.svg(charts.money_flow(founding())) == charts.svg(charts.money_flow(founding()))


def test_bare_leaves_the_words_to_the_page_and_only_for_the_moment():
    figure = charts.total_change(founding())
    assert len(charts.svg(figure, bare=True)) < len(charts.svg(figure))
    assert all(text.get_visible() for text in figure.texts)


def test_names_are_escaped():
    account = founding()
    account.entity = '<script>"局"</script>'
    page = charts.total_change(account)._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_glyphs_survive_the_shortening():
    """A square of 6400 units with a mirrored curve, drawn relatively."""
    from fiscal.charts.svg import _scaled

    path = ' d="M 0 0 L 2560 0 L 2560 2560 Q 2560 3840 1280 3840 Q 0 3840 0 2560 L 0 0 z M 640 640 L 1280 640 z"'
    assert _scaled(path) == ' d="m0 0h100v100q0 50-50 50t-50-50v-100zm25 25h25z"'


def test_a_figure_is_shown_in_jupyter_without_pyplot(tmp_path):
    import subprocess
    import sys

    code = (
        "import sys\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "from fiscal import charts\n"
        "from tests.metrics.builders import founding\n"
        "shell = InteractiveShell.instance()\n"
        "data, _ = shell.display_formatter.format(charts.total_change(founding()))\n"
        "assert '<fiscal-out><figure class=\"chart\"><svg' in data['text/html'], data\n"
        "assert '增长10.91%' in data['text/html']\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    environment = {
        "IPYTHONDIR": str(tmp_path),
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": ".",
        "MPLCONFIGDIR": str(tmp_path),
    }
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_figures_do_not_leak():
    import sys

    for _ in range(30):
        charts.total_change(founding())
    pyplot = sys.modules.get("matplotlib.pyplot")
    assert pyplot is None or pyplot.get_fignums() == []
