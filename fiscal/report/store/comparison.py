"""Pages over the store, each from one executed notebook: departments compared, one entity over its years."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import nbformat
from markupsafe import Markup
from nbformat import NotebookNode

from fiscal.report.export import chapter, numbered
from fiscal.report.kit.markup import Raw, join, tag
from fiscal.report.kit.page import Chapter, save_page

PAGE, EYEBROW = "comparison.html", "部门决算分析"
_NAME = re.compile(r'<span data-entity="([^"]*)">([^<]*)</span>')
_ROW = re.compile(r'(<th scope="row"><span data-entity="[^"]*">([^<]*)</span>)')
_HEADING = re.compile(r"^## ", re.MULTILINE)


def export_comparison(notebook: NotebookNode, path: Path, *, links: Mapping[str, str], years: Mapping[str, str]
                      ) -> None:  # fmt: skip
    """Write the page of the comparison notebook.

    `links` is entity → link of its page, `years` of its page over the years; names without one stay text.
    """
    made = _chapters(notebook, lambda body: _linked(_with_years(body, years), links))
    save_page(path, title="部门比较", eyebrow=EYEBROW, chapters=made, extra="index")


def export_years(notebook: NotebookNode, path: Path, *, entity: str, links: Mapping[int, str]) -> None:
    """Write the page of one entity over its years; `links` is year → link of the page of that year."""
    years = join((tag("a", f"{year}年", href=quote(link)) for year, link in sorted(links.items())), "　")
    meta = Markup(join(["各年决算：", years, "　·　", tag("a", "全部单位", href="../index.html")]))
    beside = {f"year-{year}": quote(link) for year, link in links.items()}
    made = _chapters(notebook, Markup)
    save_page(path, title=f"{entity} 历年决算", eyebrow=EYEBROW, meta=meta, chapters=made, beside=beside)


def _chapters(notebook: NotebookNode, change: Callable[[str], Markup]) -> list[Chapter]:
    """Each heading of second level begins a chapter of its own; `change` is done to their bodies."""
    made = [chapter(part) for part in _parts(notebook)]
    return numbered([replace(item, body=change(item.body)) for item in made])


def _parts(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """The notebook cut at its headings of second level, each part with the heading as its title.

    The cell with the paths of this machine stays in the notebook.
    """
    cells = [cell for cell in notebook.cells if "injected-parameters" not in cell.metadata.get("tags", [])]
    cuts = [i for i, cell in enumerate(cells) if i and cell.cell_type == "markdown" and _HEADING.match(cell.source)]
    key = notebook.metadata.get("fiscal", {}).get("chapter", "part")
    for number, (start, end) in enumerate(zip([0, *cuts], [*cuts, len(cells)]), start=1):
        copied = [nbformat.from_dict(dict(cell)) for cell in cells[start:end]]
        copied[0].source = _HEADING.sub("# ", copied[0].source, count=1)
        part = nbformat.v4.new_notebook(cells=copied)
        part.metadata["fiscal"] = {"chapter": f"{key}-{number}"}
        yield part


def _with_years(body: str, years: Mapping[str, str]) -> str:
    """In the league table, a link to the years of a department behind its name."""

    def link(match: re.Match[str]) -> str:
        target = years.get(Markup(match[2]).unescape())
        return match[1] + (join([" ", tag("a", "历年", href=quote(target), class_="more")]) if target else "")

    return _ROW.sub(link, body) if 'id="league"' in body else body


def _linked(body: str, links: Mapping[str, str]) -> Markup:
    """Names of departments as links to their pages, where they have one."""

    def link(match: re.Match[str]) -> str:
        target = links.get(Markup(match[1]).unescape())
        return tag("a", Raw(match[2]), href=quote(target)) if target else match[2]

    return Markup(_NAME.sub(link, body))
