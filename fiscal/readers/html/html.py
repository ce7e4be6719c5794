"""Web pages saved from department sites: text and data tables out of nested layout tables, in reading order."""

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from fiscal.errors import FileRefused
from fiscal.readers.body_flow import Block, Line, Ruled, closed, grids, is_furniture, paragraphs
from fiscal.readers.encoding import decode
from fiscal.readers.grid import RawDocument
from fiscal.readers.html.html_tables import HIDDEN, SHOWN, cells_of, collapsed, data_tables, is_hidden, merged, text_of
from fiscal.readers.html.style_sheet import hide_by_style
from fiscal.readers.text.plain_text import blocks_of

LARGEST = 30_000_000  # bytes; a page with pictures inside has a few million
_ENDINGS = (".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml")
_PAGE = re.compile(
    rb"^\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|table|meta)\b",
    re.I | re.S,
)
_ARCHIVE = re.compile(rb"^(?:From:|MIME-Version:|Content-Type:\s*multipart/related)", re.I | re.M)
_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "tr", "td", "th", "table",
    "tbody", "thead", "tfoot", "section", "article", "center", "blockquote", "pre", "form", "hr", "fieldset", "main",
    "header", "body",
})  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_ATTACHED = re.compile(r"\.(?:xlsx?|et|docx?|wps|pdf|zip|rar|csv)(?:$|[?#&])", re.I)
_ENTITIES = re.compile(r"<!ENTITY", re.I)


def can_read(path: str | Path) -> bool:
    """A page by its content, whatever its ending (an .xls or .doc may be a page), or by its ending if it is text."""
    path = Path(path)
    with path.open("rb") as file:
        head = file.read(4096)
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _PAGE.match(text) or (_ARCHIVE.match(text) and b"multipart/related" in text):
        return True
    signed = head.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf"))
    return path.suffix.lower() in _ENDINGS and not signed


def read(path: str | Path) -> RawDocument:
    """The data tables, the text and the links to attachments of a saved page.

    Hidden elements, scripts, menus and footers are left out; nothing is loaded from the network. A table that only
    arranges the page is text; a table that was cut by paging links is one table again.
    Errors: FileRefused for oversized pages, pages that declare entities, and pages without any text.
    """
    path = Path(path)
    if path.stat().st_size > LARGEST:
        raise FileRefused(path.name, f"is larger than {LARGEST // 1_000_000} MB", "save the page without its pictures")
    blocks: list[Block] = []
    problems: list[str] = []
    for text in _pages(path.read_bytes(), path.name):
        tree = _tree(text, path.name)
        hidden = hide_by_style(tree)
        blocks += merged(closed(_titled(tree, list(_Walk(tree, path.name)))))
        problems += [f"{path.name}：样式表隐藏了 {hidden} 行（处）有内容的表格或文字，未读"] if hidden else []
        problems += _attachments(tree)
    if not blocks:
        raise FileRefused(path.name, "holds no text and no table", "open the page in a browser and save it again")
    words = paragraphs(blocks, path.name)
    return RawDocument(str(path), "html", grids(blocks, path.name), words, problems=tuple(problems))


def blocks_of_page(content: bytes, where: str) -> list[Block]:
    """The blocks of a page that stands inside another document. Errors: FileRefused as `read`."""
    tree = _tree(decode(content, where, declared=True), where)
    hide_by_style(tree)
    return merged(closed(list(_Walk(tree, where))))


def _pages(data: bytes, where: str) -> list[str]:
    """The HTML of a page, or of every page (frame) inside a web archive (.mht)."""
    if not (_ARCHIVE.match(data.lstrip()[:4096]) and b"multipart/related" in data[:4096]):
        return [decode(data, where, declared=True)]
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    bodies = [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/html"]
    pages = [decode(body, where, declared=True) for body in bodies if isinstance(body, bytes) and body.strip()]
    if not pages:
        raise FileRefused(where, "is a web archive without a page in it", "save the page as HTML")
    return pages


def _tree(text: str, where: str) -> etree._Element:
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    if _ENTITIES.search(text[:10_000]):
        raise FileRefused(where, "declares entities, which no published page needs", "save the page again")
    try:
        tree = etree.fromstring(text.replace("\0", "").encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise FileRefused(where, f"cannot be read as a page ({error.msg})", "save the page again") from error
    if tree is None:
        return etree.Element("html")
    return tree


class _Walk:
    """The blocks of a page in reading order: iterate once."""

    def __init__(self, tree: etree._Element, where: str) -> None:
        self.tree, self.where, self.words, self.role = tree, where, [""], ""
        self.data = data_tables(tree)

    def __iter__(self) -> Iterator[Block]:
        yield from self._element(self.tree)
        yield from self._flush()

    def _element(self, element: etree._Element) -> Iterator[Block]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or is_hidden(element):
            return
        if tag == "br":
            yield from self._flush()
        elif tag in SHOWN:
            self.words.append(SHOWN[tag](element, "".join(self.words)))
        elif tag == "table" and element in self.data:
            yield from self._flush()
            yield from (Line(text) for text in _captions(element))
            yield Ruled(cells_of(element, self.where))
        elif tag == "pre":
            yield from self._flush()
            yield from blocks_of("".join(map(str, element.itertext())))
        else:
            yield from self._inside(element, tag)

    def _inside(self, element: etree._Element, tag: str) -> Iterator[Block]:
        if tag in _BLOCKS:
            yield from self._flush()
        if tag in _HEADINGS:
            self.role = "heading"
        self.words.append(element.text or "")
        for child in element:
            yield from self._element(child)
            self.words.append(child.tail or "")
        if tag in _BLOCKS:
            yield from self._flush()

    def _flush(self) -> Iterator[Line]:
        text = collapsed("".join(self.words)).strip()
        role, self.words, self.role = self.role, [""], ""
        if text and not is_furniture(text):
            yield Line(text, role)


def _captions(table: etree._Element) -> Iterator[str]:
    for caption in table.iterchildren("caption"):
        text = text_of(caption).strip()
        if text:
            yield text


def _titled(tree: etree._Element, blocks: list[Block]) -> list[Block]:
    """The title of the window put first, where it names a budget or an account and the page itself does not."""
    title = " ".join((tree.findtext(".//title") or "").split())
    said = any(isinstance(block, Line) and block.text and block.text in title for block in blocks if _named(block))
    return blocks if said or not re.search(r"[决预]算", title) else [Line(title, "heading"), *blocks]


def _named(block: Block) -> bool:
    return isinstance(block, Line) and bool(re.search(r"20\d\d年.*[决预]算", block.text))


def _attachments(tree: etree._Element) -> Iterator[str]:
    """A sentence for every workbook, document or archive that the page links to or embeds."""
    seen = set()
    for element, target in _targets(tree):
        if target in seen or not _ATTACHED.search(target):
            continue
        seen.add(target)
        name = " ".join(text_of(element).split()) or "附件"
        file = unquote(target.split("?")[0].rsplit("/", 1)[-1])
        yield f"页面链接到附件：{name}（{file}）：请下载后放在同一文件夹"


def _targets(tree: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Links and embedded documents with their addresses; the name a link downloads as says more than its address."""
    for element in tree.iter("a", "iframe", "embed", "object"):
        if not any(parent.tag in HIDDEN for parent in element.iterancestors()):
            named = element.get("download") or ""
            address = element.get("href") or element.get("src") or element.get("data") or ""
            yield element, (named if _ATTACHED.search(named) else address).strip()
