"""Writing HTML: everything is escaped unless it is `Raw`, a type one must ask for."""

from collections.abc import Iterable
from html import escape

from fiscal.model.display import in_notebook

VOID = frozenset({"br", "col", "img", "input", "meta"})


class Raw(str):
    """Markup that is safe as it stands."""

    __slots__ = ()


def text(value: object) -> Raw:
    """A value as HTML text: escaped, unless it is Raw already; None is nothing."""
    if isinstance(value, Raw):
        return value
    return Raw("" if value is None else escape(str(value)))


def join(parts: Iterable[object], between: str = "") -> Raw:
    """Many values as HTML, each escaped unless Raw."""
    return Raw(between.join(text(part) for part in parts))


def tag(name: str, /, *children: object, **attributes: object) -> Raw:
    """An element. `class_` is class, other underscores are hyphens; an attribute of None or False is left out."""
    shown = "".join(
        _attribute(key, value) for key, value in attributes.items() if value is not None and value is not False
    )
    if name in VOID:
        return Raw(f"<{name}{shown}>")
    return Raw(f"<{name}{shown}>{join(children)}</{name}>")


def _attribute(key: str, value: object) -> str:
    key = key.rstrip("_").replace("_", "-")
    return f" {key}" if value is True else f' {key}="{escape(str(value))}"'


class Shown:
    """Something a notebook cell displays: HTML in a notebook or page, its text elsewhere."""

    def __init__(self, markup: Raw, plain: str) -> None:
        self.markup, self.plain = markup, plain

    def _repr_html_(self) -> str:
        return in_notebook(self.markup)

    def __repr__(self) -> str:
        return self.plain


def number(kind: str) -> Raw:
    """Where the export prints 图 1, 表 2 …; in a notebook only the word stands there."""
    return Raw(f'<span class="no" data-no="{escape(kind)}">{escape(kind)}</span>')
