"""Templates of the pages: everything inline, nothing fetched."""

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from fiscal.model.finding import ASKING, SEVERITY_WORDS
from fiscal.model.printable import printable
from fiscal.paths import write_text
from fiscal.report.kit.embedded_font import PLACE, with_font
from fiscal.report.kit.links import tidied
from fiscal.report.kit.markup import Raw, join, tag

_ONLY_NOTEBOOK = re.compile(r"<(style|p) data-fiscal.*?</\1>|</?fiscal-out>", re.DOTALL)
TEMPLATES = Path(__file__).parents[1] / "templates"


@dataclass(frozen=True)
class Chapter:
    """One chapter of a page: its id, its title, its HTML, and its findings by severity for the table of contents."""

    key: str
    title: str
    body: Markup
    counted: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def headed(cls, key: str, title: str, body: object, counted: Mapping[str, int] | None = None) -> "Chapter":
        """A chapter with its title over it."""
        heading = tag("h2", title, id=f"{key}-title")
        return cls(key, title, Markup(join([heading, body])), counted or {})

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


def save_page(path: Path, template: str = "page.html.j2", *, chapters: Sequence[Chapter] = (), extra: str = "",
               beside: Mapping[str, str] = {}, **values: object) -> None:  # fmt: skip
    """A template filled and written whole: style and script (`extra` ones too) and the font of its characters inside.

    In the chapters every id stands once, and every link leads to something that is there, or `beside` (id → address).
    Errors: OSError when `path` cannot be written.
    """
    from fiscal import __version__

    bodies = tidied([one.body for one in chapters], {one.key for one in chapters} | {"method"}, beside)
    tidy = [replace(one, body=Markup(body)) for one, body in zip(chapters, bodies, strict=True)]
    style, script = (asset(f"{extra}.{kind}") if extra else Markup() for kind in ("css", "js"))
    given = {"chapters": tidy, "style": page_style() + style, "script": asset("page.js") + script,
             "version": __version__, "policy": policy} | values  # fmt: skip
    write_text(path, printable(with_font(environment().get_template(template).render(given))))


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
