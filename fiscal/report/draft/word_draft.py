"""The publication (公开稿) drafted as a Word document: cover, contents, sections, charts, glossary, tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.shared import Cm

from fiscal import charts
from fiscal.account import Account
from fiscal.dictionary.identities import catalogue
from fiscal.model.money import UNKNOWN_MARK
from fiscal.model.table import Column, Row, Table
from fiscal.narrative import Carried, Section, Sentence, sections
from fiscal.paths import write_bytes
from fiscal.report.account.statutory import halves_of, used
from fiscal.report.draft import word_parts as word

PARTS = ("部门概况", "决算情况说明", "名词解释", "附件")
TABLES_PART = "决算表"
CHARTS = {  # section → the chart that stands in it
    "overall": "total_change", "revenue": "income_structure", "expenditure": "expenditure_structure",
    "appropriation": "appropriation_change", "gpb_overall": "general_public_budget_change",
    "gpb_structure": "general_public_budget_structure", "tp_details": "three_public_structure",
}  # fmt: skip
WITH_LAST_YEAR = frozenset({"total_change", "appropriation_change", "general_public_budget_change"})
MOST_COLUMNS = 16  # amount columns on one page; a wider table is cut into parts that repeat code and name
WORDS = {"figure": "数字", "reason": "原因", "text": "内容"}
ABSENT = {"figure": UNKNOWN_MARK, "reason": UNKNOWN_MARK, "text": "资料中没有"}  # how the draft says that it has none


@dataclass(frozen=True)
class Open:
    """What a person still has to do in a draft: where, which words, and why.

    what  the figure, reason or text that is asked for, "" where the account contradicts itself
    key   what an answer is kept under, see `fiscal.narrative.source`
    """

    section: str
    words: str
    why: str
    what: str = ""
    key: str = ""


def draft(account: Account, previous: Account | None, out: Path) -> list[Open]:
    """Write the draft of an account and say what is still open in it, in the order of the document.

    `previous` is last year's account: its figures give changes, its duties and reasons are carried over and
    highlighted to be confirmed. Figures nobody gave are highlighted as 未公开. The file is written whole or not at all.
    """
    told = [section for section in sections(account, previous=previous, carry=True) if _is_said(section)]
    document = word.new_document()
    word.cover(document, [account.entity, f"{account.year}年度部门决算", "（公开稿）"])
    word.contents(document, [*_contents(told), (1, _part_heading(len(PARTS), TABLES_PART))])
    for number, part in enumerate(PARTS):
        mine = [section for section in told if section.part == part]
        if mine:
            document.add_heading(_part_heading(number, part), 1)
        for section in mine:
            _section(document, section, account, previous)
    _tables(document, account)
    content = BytesIO()
    document.save(content)
    write_bytes(out, content.getbuffer())
    return [item for section in told for item in _open(section)]


def _part_heading(number: int, part: str) -> str:
    return f"第{'一二三四五六七'[number]}部分 {part}"


def _is_said(section: Section) -> bool:
    return bool(section.paragraphs or section.grids or section.key in ("gpb", "three_public", "other"))


def _contents(told: Sequence[Section]) -> Iterator[tuple[int, str]]:
    for number, part in enumerate(PARTS):
        mine = [section for section in told if section.part == part]
        if mine:
            yield 1, _part_heading(number, part)
        yield from ((section.level, section.heading) for section in mine if section.heading != part)


def _section(document: Document, section: Section, account: Account, previous: Account | None) -> None:
    if section.heading != section.part:
        document.add_heading(section.heading, section.level)
    for paragraph in section.paragraphs:
        word.paragraph_of(document, list(_runs(paragraph)))
    for grid in section.grids:
        document.add_paragraph(grid.title)
        lines = [[str(piece) if isinstance(piece, str) else piece.text for piece in line] for line in grid.lines]
        word.table(document, [[text] for text in grid.head], lines, UNKNOWN_MARK)
    if section.key in CHARTS:
        _chart(document, CHARTS[section.key], account, previous)


def _runs(paragraph: str | Sentence) -> Iterator[tuple[str, bool]]:
    """Stretches of text, and whether a person must look at them."""
    pieces = (paragraph,) if isinstance(paragraph, str) else paragraph.pieces
    for piece in pieces:
        if isinstance(piece, str):
            yield piece, isinstance(piece, Carried)
        else:
            yield piece.text, _is_missing(piece) or bool(piece.conflict)


def _is_missing(figure: Any) -> bool:
    return figure.text == UNKNOWN_MARK


def _chart(document: Document, name: str, account: Account, previous: Account | None) -> None:
    draw = getattr(charts, name)
    figure = draw(account, previous) if name in WITH_LAST_YEAR else draw(account)
    if figure.is_empty:
        return
    picture = BytesIO()
    figure.savefig(picture, format="png", dpi=160)
    picture.seek(0)
    document.add_picture(picture, width=Cm(15))
    document.paragraphs[-1].paragraph_format.line_spacing = 1  # a fixed line would cut the picture


def _tables(document: Document, account: Account) -> None:
    for number, table in enumerate(account.disclosure.tables.values(), 1):
        parts = [table.columns[i : i + MOST_COLUMNS] for i in range(0, len(table.columns), MOST_COLUMNS)]
        for count, columns in enumerate(parts or [()]):
            head, lines = _grid(table, columns)
            if count == 0:
                word.turned(document, across=len(head) > word.MOST_COLUMNS)
                if number == 1:
                    document.add_heading(_part_heading(len(PARTS), TABLES_PART), 1)
                document.add_heading(table.title, 2)
            about = f"公开{number:02d}表　部门：{account.entity}　{account.year}年度　单位：{table.unit}"
            word.above_table(document, about)
            word.table(document, head, lines, UNKNOWN_MARK)
        if table.note:
            document.add_paragraph(table.note)


def _grid(table: Table, columns: Sequence[Column]) -> tuple[list[list[str]], list[list[str]]]:
    """Heads and lines of a table: the halves of a two-sided one side by side, else code, name and amounts."""
    if sides := halves_of(table):
        halves = [[row for row in table.rows if row.side == side] for side in sides]
        return _beside(table, halves, [[c for c in columns if c.key in used(table, side)] for side in sides])
    coded = any(row.code for row in table.rows)
    head = [*([["科目编码"]] if coded else []), ["项目"], *(column.label.split("/") for column in columns)]
    lines = [[*([row.code] if coded else []), row.label or "金额", *_amounts(row, columns)] for row in table.rows]
    return head, lines


def _beside(table: Table, halves: list[list[Row]], own: list[list[Column]]) -> tuple[list[list[str]], list[list[str]]]:
    coded = [any(row.code for row in half) for half in halves]
    head: list[list[str]] = []
    for has_code, columns in zip(coded, own):
        first = columns[0].label.split("/")[:-1]
        head += [[*first, "科目编码"]] if has_code else []
        head += [[*first, "项目"], *(column.label.split("/") for column in columns)]
    lines = []
    for pair in zip_longest(*halves):
        line: list[str] = []
        for row, has_code, columns in zip(pair, coded, own):
            empty = [""] * (len(columns) + 1 + has_code)
            line += [*([row.code] if has_code else []), row.label, *_amounts(row, columns)] if row else empty
        lines.append(line)
    for row in (row for row in table.rows if not row.side):
        lines.append([row.label, *_amounts(row, [c for columns in own for c in columns])])
        lines[-1] += [""] * (len(head) - len(lines[-1]))
    return head, lines


def _amounts(row: Row, columns: Sequence[Column]) -> list[str]:
    cells = [row.cells.get(column.key) for column in columns]
    return ["" if cell is None else UNKNOWN_MARK if cell.is_unknown else str(cell) for cell in cells]


def _open(section: Section) -> Iterator[Open]:
    """Figures, reasons and texts nobody gave, words of last year, and contradictions."""
    heading, texts = section.heading, [str(paragraph) for paragraph in section.paragraphs]
    for key, before in section.lacks.items():
        kind, _, name = key.partition(":")
        words = before or next((text for text in texts if ABSENT[kind] in text), "")
        yield Open(
            heading, words, "沿用上年，待确认" if before else f"缺{WORDS[kind]}", _what(kind, name, heading), key
        )
    for paragraph in section.paragraphs:
        for figure in getattr(paragraph, "pieces", ()):
            if not isinstance(figure, str) and figure.conflict:
                yield Open(heading, str(paragraph), f"不符：{figure.conflict}")


def _what(kind: str, name: str, heading: str) -> str:
    slot = catalogue().slots.get(name)
    named = slot.zh if slot else heading.lstrip("（）、一二三四五六七八九十")
    return named if kind == "figure" else f"{named}（{WORDS[kind]}）"
