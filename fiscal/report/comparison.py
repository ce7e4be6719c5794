"""The page that compares departments, from its one executed notebook."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import nbformat
from markupsafe import Markup
from nbformat import NotebookNode

from fiscal.report.export import chapter, numbered
from fiscal.report.html import Raw, tag
from fiscal.report.page import asset, fill, page_style, version

PAGE = "comparison.html"
_NAME = re.compile(r'<span data-entity="[^"]*">([^<]*)</span>')
_HEADING = re.compile(r"^## ", re.MULTILINE)


def export_comparison(notebook: NotebookNode, path: Path, *, links: Mapping[str, str]) -> None:
    """Write the page of the comparison notebook; each heading of second level becomes a chapter of its own.

    `links` is entity → link of its page; names without one stay text.
    """
    chapters = [chapter(part) for part in _parts(notebook)]
    linked = [_linked(item.body, links) for item in chapters]
    made = numbered([type(item)(item.key, item.title, body) for item, body in zip(chapters, linked, strict=True)])
    page = fill(
        "page.html.j2", title="部门比较", eyebrow="部门决算分析", meta="", source="", chapters=made,
        style=page_style() + asset("index.css"), script=asset("page.js") + asset("index.js"), version=version(),
    )  # fmt: skip
    part = path.with_name(f".{path.name}.part")
    part.write_text(page, encoding="utf-8", newline="\n")
    part.replace(path)


def _parts(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """The notebook cut at its headings of second level, each part with the heading as its title."""
    cuts = [i for i, cell in enumerate(notebook.cells) if i and cell.cell_type == "markdown" and _is_head(cell)]
    key = notebook.metadata.get("fiscal", {}).get("chapter", "part")
    for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(notebook.cells)]), start=1):
        cells = [nbformat.from_dict(dict(cell)) for cell in notebook.cells[start:end]]
        cells[0].source = _HEADING.sub("# ", cells[0].source, count=1)
        part = nbformat.v4.new_notebook(cells=cells)
        part.metadata["fiscal"] = {"chapter": f"{key}-{number}"}
        yield part


def _is_head(cell: NotebookNode) -> bool:
    return bool(_HEADING.match(cell.source))


def _linked(body: str, links: Mapping[str, str]) -> Markup:
    """Names of departments as links to their pages, where they have one."""

    def link(match: re.Match[str]) -> str:
        target = links.get(Markup(match[1]).unescape())
        return tag("a", Raw(match[1]), href=quote(target)) if target else match[1]

    return Markup(_NAME.sub(link, body))
