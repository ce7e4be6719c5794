"""The words of an invented account in printed order, for the formats that tell them."""

from collections.abc import Iterator

from fiscal.model.numerals import in_chinese
from fiscal.narrative import Section, sections
from fiscal.narrative.pieces import Grid, Piece
from fiscal.synthetic.budget_words import Line, budget_blocks
from fiscal.synthetic.invent import SyntheticAccount

TABLES_PART = "决算表"


Block = Line | Grid


def blocks(account: SyntheticAccount) -> Iterator[Block]:
    """Title, parts, sections with their paragraphs and small tables, and last the heading of the tables."""
    yield Line("title", account.title)
    if account.kind == "budget":
        yield from budget_blocks(account)
        return
    part, number = "", 0
    for section in sections(account, previous=account.previous):
        if section.part != part:
            part, number = section.part, number + 1
            yield Line("part", f"第{in_chinese(number)}部分 {_part_title(section, account)}")
        yield from _section(section)
    yield Line("part", f"第{in_chinese(number + 1)}部分 {TABLES_PART}")


def _part_title(section: Section, account: SyntheticAccount) -> str:
    return f"{account.year}年度部门决算情况说明" if "情况说明" in section.part else section.part


def _section(section: Section) -> Iterator[Block]:
    if section.title != section.part:
        yield Line("heading", section.heading, section.level)
    for paragraph in section.paragraphs:
        yield Line("body", str(paragraph))
    yield from section.grids


def plain(piece: Piece) -> str:
    """The words of a piece of a sentence or of a small table."""
    return piece if isinstance(piece, str) else piece.text


def grid_rows(grid: Grid) -> list[list[str]]:
    """Head and lines of a small table as texts."""
    return [list(grid.head), *([plain(piece) for piece in line] for line in grid.lines)]
