"""Templates of the pages: everything inline, nothing fetched."""

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from fiscal.model.finding import ASKING, SEVERITY_WORDS
from fiscal.report.kit.embedded_font import PLACE, with_font
from fiscal.report.kit.markup import Raw, tag

_ONLY_NOTEBOOK = re.compile(r"<(style|p) data-fiscal.*?</\1>|</?fiscal-out>", re.DOTALL)
TEMPLATES = Path(__file__).parents[1] / "templates"


@dataclass(frozen=True)
class Chapter:
    """One chapter of a page: its id, its title, its HTML, and its findings by severity for the table of contents."""

    key: str
    title: str
    body: Markup
    counted: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """(severity, word, number) of the findings that ask for something."""
        return [(key, SEVERITY_WORDS[key], self.counted[key]) for key in ASKING if self.counted.get(key)]


@cache
def environment() -> Environment:
    """Jinja with autoescape: what is not Markup is escaped."""
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True)


@cache
def asset(name: str) -> Markup:
    """A style sheet or script of the package, to be put inline."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


def fill(template: str, **values: object) -> str:
    """A template filled, with the font of its characters inside."""
    return with_font(environment().get_template(template).render(policy=policy, **values))


@cache
def policy(script: str = "") -> str:
    """What a browser may load for a page: its own style, pictures in it, this one script; nothing from outside."""
    digest = b64encode(sha256(script.encode()).digest()).decode()
    allowed = f"'sha256-{digest}'" if script else "'none'"
    return (f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; script-src {allowed}; "
            "base-uri 'none'; form-action 'none'")  # fmt: skip


def page_style() -> Markup:
    """The whole style sheet of a page."""
    sheets = ("colours.css", "dark.css", "parts.css", "page.css")
    return Markup(PLACE) + Markup("").join(asset(name) for name in sheets)


@cache
def _notebook_style() -> str:
    """The style sheet of outputs, kept to the element around them; JupyterLab's own rules for it are taken back."""
    own = "fiscal-out:not(#_)"  # an id in the selector: stronger than any rule of the notebook
    colours = asset("colours.css").replace(":root", own)
    parts = "".join(asset(name) for name in ("notebook.css", "parts.css", "index.css"))
    rules = str(asset("dark.css")).partition("{")[2].rpartition("}")[0].replace(":root", "&")
    dark = (
        f':is([data-jp-theme-light="false"],.vscode-dark) {own}{{{rules}}}'  # the notebook's theme, not the machine's
    )
    return f"<style data-fiscal>{colours}{own}{{{parts}}}{dark}</style>"


_styles = {"each": True, "first": True}


def style_once() -> None:
    """Let the first output alone bring the style sheet: for notebooks that are run once and put into a page."""
    _styles.update(each=False, first=True)


def in_notebook(markup: str) -> str:
    """An output as a notebook shows it. `export` takes style and element away again."""
    if not markup:
        return ""
    style = _notebook_style() if _styles["each"] or _styles["first"] else ""
    _styles["first"] = False
    return f"{style}<fiscal-out>{markup}</fiscal-out>"


def without_notebook(body: str) -> str:
    """Outputs without what is there for notebooks alone."""
    return _ONLY_NOTEBOOK.sub("", body)


def plain_page(title: str, body: Raw) -> str:
    """A page of one column without navigation."""
    style = Raw(f"<style>{page_style()}</style>")
    closed = tag("meta", http_equiv="Content-Security-Policy", content=policy())
    viewport = tag("meta", name="viewport", content="width=device-width, initial-scale=1")
    head = tag("head", tag("meta", charset="utf-8"), closed, viewport, tag("title", title), style)
    column = tag("div", tag("main", tag("h1", title), body), class_="column")
    return with_font(f"<!doctype html>\n{tag('html', head, tag('body', column), lang='zh-CN')}\n")


def version() -> str:
    """The version of the suite, for the foot of a page."""
    from fiscal import __version__

    return __version__
