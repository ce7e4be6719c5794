"""`make docs`: tutorials from pages/, rooms from their READMEs, names from docstrings; opened from a file, offline."""

import re
from typing import Any

from sphinx.search import SearchLanguage, languages

project = html_title = "fiscal — 部门决算分析"
language = "zh_CN"
extensions = ["myst_parser", "sphinx.ext.autodoc"]
html_theme = "furo"
html_copy_source = html_domain_indices = html_use_index = False
html_show_copyright = html_show_search_summary = html_show_sphinx = False  # a summary is fetched: not from a file
pygments_style, pygments_dark_style = "a11y-high-contrast-light", "a11y-high-contrast-dark"
autodoc_typehints = "none"
default_role = "code"
# What the theme leaves out for keyboard and screen reader: code that scrolls can be reached, both sides have a
# name, and the page of the search has a heading.
REACHED = """addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("pre").forEach(code => code.tabIndex = 0);
  document.querySelectorAll(".sidebar-drawer").forEach(side => side.ariaLabel = "全部页面");
  if (!document.querySelector("h1")) document.querySelector(".content").prepend(
    Object.assign(document.createElement("h1"), {textContent: "搜索"}));
});"""


class Pairs(SearchLanguage):
    """Chinese as pairs of neighbours: every word of two characters or more is found, without a list of words."""

    lang, language_name = "zh", "Chinese"
    js_splitter_code = r"""
var splitQuery = query => (query.match(/\w+|[\u4e00-\u9fff]+/g) || []).flatMap(word =>
  /^\w/.test(word) || word.length == 1 ? [word] : Array.from(word.slice(1), (next, at) => word[at] + next));
"""

    def split(self, input: str) -> list[str]:
        """Words of letters, and the pairs of each run of Chinese."""
        runs = re.findall(r"[\u4e00-\u9fff]+", input)
        return re.findall(r"[a-zA-Z0-9_]+", input) + [run[i : i + 2] for run in runs for i in range(len(run))]


languages["zh"] = Pairs


def _fields(app: Any, what: str, name: str, obj: object, options: Any, lines: list[str]) -> None:
    """Shape, Units, Blanks … of a docstring as a list of fields; a line below one belongs to it."""
    told, is_field = [], False
    for line in lines:
        field = re.match(r"([A-Z]\w+(?:, \w+)*):  ?(?=\S)", line)
        told += [""] if field and not is_field else []
        is_field = bool(field or (is_field and line))
        told.append(f":{field[1]}: {line[field.end() :]}" if field else f"  {line}" if is_field else line)
    lines[:] = told


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("autodoc-process-docstring", _fields)
    app.add_js_file(None, body=REACHED)
