"""A document as it flows: lines of text and tables in reading order, put together to a RawDocument."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from fiscal.dictionary.labels import squeeze
from fiscal.errors import FileRefused
from fiscal.model.cells import Place
from fiscal.model.text import Paragraph
from fiscal.readers.grid import RawCell, RawGrid
from fiscal.readers.headings import is_heading, is_table_title, roles

Rows = tuple[tuple[RawCell | None, ...], ...]
_FURNITURE = re.compile(
    r"^(?:[-—–\s]*\d{1,3}[-—–]+|[-—–]+\d{1,3}[-—–\s]*|第\d+页[，,]?(?:[共/]\d+页)?|共\d+页|\d+/\d+|首页|上一页|下一页|尾页|末页"
    r"|(?:首页|上一页|下一页|尾页|末页|[\d>|«»<])+|【?(?:打印|关闭|打印本页|关闭窗口|返回顶部)】?|分享到?[：:]?.{0,12}"
    r"|[.．·…‥_]{6,}\d{0,3})$"  # leaders of a list of contents
)
_ABOVE = re.compile(
    r"^(?:(?:金额)?单位[：:]|(?:编制)?(?:部门|单位)(?:名称)?[：:]|公开\d|20\d\d年度?$|附?表\d|(?:财决)?公开)"
)
_BELOW = re.compile(r"^[（(]?(?:注|备注|说明)[：:\d]")
_BEGINS = re.compile(
    r"^(?:第.{1,3}部分|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．](?!\d)|附[件表])"
)
NEAREST_ABOVE, NEAREST_BELOW, REACH = 12, 6, 60
_AMOUNT = re.compile(r"[-−(（]?\d[\d,，]{0,40}\.\d+[)）]?")
LONGEST_PARAGRAPH = 5000
MOST_CELLS, WIDEST = 500_000, 200  # of one table; a statutory one has a few hundred cells


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph before its offset is known. An empty role is judged from the text."""

    text: str
    role: str = ""
    joined: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table in the flow."""

    cells: Rows


Block = Line | Ruled


def check_size(where: str, cells: int) -> None:
    """Errors: FileRefused for a table of more cells than any account has."""
    if cells > MOST_CELLS:
        raise FileRefused(where, f"has a table of more than {MOST_CELLS:,} cells", "check where the file came from")


def is_cut_off(texts: Sequence[str]) -> bool:
    """Whether the texts of a lone row are the rest of a table: short, three or more, an amount or a total."""
    shown = [squeeze(text) for text in texts if text.strip()]
    if len(shown) < 3 or max(map(len, shown)) > 40:
        return False
    return shown[0] in ("合计", "总计") or any(map(_AMOUNT.fullmatch, shown))


def is_furniture(text: str) -> bool:
    """Page numbers, leaders, paging links and buttons between the parts of a page."""
    return bool(_FURNITURE.match(squeeze(text)))


def grids(blocks: Sequence[Block], document: str) -> tuple[RawGrid, ...]:
    """Every table with the lines above it (nearest last) and below it (nearest first)."""
    found = []
    for index, block in enumerate(blocks):
        if isinstance(block, Ruled):
            above = _lines(blocks[max(index - REACH, 0) : index][::-1], NEAREST_ABOVE)[::-1]
            below = takewhile(_is_below, _lines(blocks[index + 1 : index + 1 + REACH], NEAREST_BELOW))
            found.append(RawGrid(block.cells, Place(document=document), tuple(above), tuple(below)))
    return tuple(found)


def _is_below(text: str) -> bool:
    """Whether a line below a table still belongs to it: no title, no heading, no unit line of the next one."""
    return not (is_table_title(text) or is_heading(text) or _ABOVE.match(squeeze(text)))


def _lines(blocks: Sequence[Block], limit: int) -> list[str]:
    """The lines up to the next table, nearest first."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Ruled) or len(lines) == limit:
            break
        if block.role != "cell":
            lines.append(block.text)
    return lines


def paragraphs(blocks: Sequence[Block], document: str) -> tuple[Paragraph, ...]:
    """The narrative with a role and an offset for each paragraph; the text of tables is left out.

    Offsets count characters of "\\n".join(paragraph texts) of this file.
    """
    judged = roles([block.text if isinstance(block, Line) else None for block in blocks])
    found, offset = [], 0
    for index, block in enumerate(blocks):
        if not isinstance(block, Line):
            continue
        role = block.role or ("caption" if _beside_grid(blocks, index) else judged[index])
        place = Place(document=document, offset=offset)
        found.append(Paragraph(block.text, place, role, joined=block.joined))
        offset += len(block.text) + 1
    return tuple(found)


def _beside_grid(blocks: Sequence[Block], index: int) -> bool:
    """The title, unit and entity lines right above a table, and the note right below it."""
    block = blocks[index]
    if not isinstance(block, Line):
        return False
    text = squeeze(block.text)
    if _BELOW.match(text) and index and isinstance(blocks[index - 1], Ruled):
        return True
    if len(text) > 60 or not (_ABOVE.match(text) or is_table_title(text)):
        return False
    following = blocks[index + 1 : index + 6]
    return any(isinstance(near, Ruled) for near in following) and not any(
        isinstance(near, Line) and len(near.text) > 60 for near in following[: _first_grid(following)]
    )


def _first_grid(blocks: Sequence[Block]) -> int:
    return next(i for i, block in enumerate(blocks) if isinstance(block, Ruled))


def closed(blocks: Iterable[Block]) -> list[Block]:
    """Lines that end in 、 or ， closed with the next one, unless that begins a new point or has a role of its own."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Line) and isinstance(last, Line) and _goes_on(last, block):
            found[-1] = Line(last.text + block.text, last.role, (*last.joined, len(last.text)))
        else:
            found.append(block)
    return found


def _goes_on(last: Line, line: Line) -> bool:
    open_end = last.text[-1:] in ("、", "，") and len(last.text) < LONGEST_PARAGRAPH
    return open_end and last.role == line.role == "" and not _BEGINS.match(squeeze(line.text))
