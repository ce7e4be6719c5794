"""From executed notebooks to one self-contained page."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from nbconvert import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode

from fiscal.report.account.verdict import reconstructed
from fiscal.report.kit.links import LAST_YEAR
from fiscal.report.kit.markup import Raw, join, tag
from fiscal.report.kit.page import TEMPLATES, Chapter, save_page, without_notebook

FINDINGS = "reconciliation"
Link = tuple[str, str]
_NUMBER = re.compile(r'<span class="no" data-no="([^"]+)">[^<]*</span>')
_CAPTION = re.compile(r'(<figcaption class="cap"><b>)')
_HEADING = re.compile(r"<(/?)h([1-4])(?=[ >])")
_TITLE = re.compile(r"<h2[^>]*>(.*?)</h2>", re.DOTALL)


class ChapterExporter(HTMLExporter):
    """nbconvert with the project's template, without parsing the finished page once more."""

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **options: Any) -> tuple[str, dict]:  # type: ignore[override]
        return TemplateExporter.from_notebook_node(self, nb, resources, **options)  # type: ignore[return-value]


@cache
def exporter() -> ChapterExporter:
    """One exporter for all chapters: its templates are compiled once."""
    return ChapterExporter(template_name="chapter", extra_template_basedirs=[str(TEMPLATES)], exclude_anchor_links=True)


def chapter(notebook: NotebookNode) -> Chapter:
    """An executed notebook as a chapter; headings one level down, its first heading the title."""
    body, _ = exporter().from_notebook_node(notebook)
    about = notebook.metadata.get("fiscal", {})
    key = str(about.get("chapter") or f"chapter-{abs(hash(body)) % 10**6}")
    body = _shifted(without_notebook(body))
    found = _TITLE.search(body)
    heading = re.sub(r"<[^>]+>", "", found[1]).strip() if found else key
    body = _TITLE.sub(lambda m: f'<h2 id="{key}-title">{m[1]}</h2>', body, count=1)
    return Chapter(key, str(about.get("title") or heading), Markup(body))


def _shifted(body: str) -> str:
    """Headings of Markdown cells one level down: the page has the only h1."""
    parts = re.split(r'(<div class="md">.*?</div>)', body, flags=re.DOTALL)
    return "".join(
        _HEADING.sub(lambda m: f"<{m[1]}h{int(m[2]) + 1}", part) if part.startswith('<div class="md">') else part
        for part in parts
    )


def export(
    account: Any, previous: Any, notebooks: Sequence[NotebookNode], path: Path, *, links: Sequence[Link] = ()
) -> None:
    """Write the page of one account from its executed chapter notebooks, in the order their metadata give.

    `links` are (words, target) of the pages and files beside it.
    """
    ordered = sorted(notebooks, key=lambda nb: nb.metadata.get("fiscal", {}).get("order", 99))
    before = {f"year-{previous.year}": target for words, target in links if words == LAST_YEAR and previous is not None}
    chapters = numbered([chapter(notebook) for notebook in ordered])
    counted = Counter(finding.severity for finding in account.check(previous))
    chapters = [replace(item, counted=counted) if item.key == FINDINGS else item for item in chapters]
    save_page(path, title=title(account), eyebrow="部门决算分析", meta=meta(account, path, links),
               source=source(account), chapters=chapters, beside=before)  # fmt: skip


def title(account: Any) -> str:
    """Whose account of which year."""
    year = f"{account.year}年度" if account.year else "（年度未注明）"
    return f"{account.entity or '（单位未注明）'} {year}{account.disclosure.paper or '部门决算'}"


def meta(account: Any, page: Path, links: Sequence[Link]) -> Markup:
    """Unit, number of tables, links to the files it was read from and to the pages beside `page`."""
    files = [account.folder / Path(name).name for name in account.disclosure.files]
    named = join((_file(file, page) for file in files), "、") or "未注明"
    kind = reconstructed(account)
    first = [tag("b", kind), tag("br")] if kind else []
    told = f"单位：{account.unit}　·　{len(account.disclosure.tables)}张表　·　来源："
    beside = join((tag("a", words, href=target) for words, target in links), "　·　")
    return Markup(join([*first, told, named, tag("br") if links else "", beside]))


def _file(file: Path, page: Path) -> Raw | str:
    if not file.is_file():
        return file.name
    return tag("a", file.name, href=quote(os.fsencode(Path(os.path.relpath(file, page.parent)).as_posix())))


def source(account: Any) -> str:
    """What the account was read from: the publication where it is noted, and each file with its digest."""
    noted = account.notes.get("source")
    files = [account.folder / Path(name).name for name in account.disclosure.files]
    digests = [
        f"{file.name}（sha256 {sha256(file.read_bytes()).hexdigest()[:12]}）" for file in files if file.is_file()
    ]
    return "　".join([f"资料：{noted}。" if noted else "", f"输入：{'、'.join(digests)}。" if digests else ""]).strip()


def numbered(chapters: Sequence[Chapter]) -> list[Chapter]:
    """图 1, 图 2 … and 表 1, 表 2 … through the whole page."""
    counts = {"图": 0, "表": 0}

    def count(kind: str) -> str:
        counts[kind] = counts.get(kind, 0) + 1
        return f"{kind} {counts[kind]}"

    done = []
    for item in chapters:
        body = _NUMBER.sub(lambda m: count(m[1]), item.body)
        done.append(replace(item, body=Markup(_CAPTION.sub(lambda m: f"{m[1]}{count('图')}　", body))))
    return done
