"""The 三公 grid: one data row under twelve columns, or items as rows under 预算数 and 决算数."""

import re
from collections.abc import Iterator
from dataclasses import replace

from fiscal.dictionary.tables import TableEntry, catalogue
from fiscal.model.cells import UNREAD, Cell
from fiscal.model.table import Column, Row
from fiscal.recognise.amount_cells import Amounts
from fiscal.recognise.columns import AMOUNT, CODE, NAME, SPARE, Chain, best_fit
from fiscal.recognise.draft import Segment, cell_at, text_at
from fiscal.recognise.grid_pieces import Line
from fiscal.recognise.head_words import head, is_number, label

_BUDGET, _ACTUAL = re.compile("预算"), re.compile("决算|支出数|执行|实际|统计数")
_FULL_YEAR, ASIDE = re.compile("全年|调整"), re.compile("上年|去年|同期|增减|增长|比较|完成|差异|%|％|率$|占")
_CUT = re.compile(r"^(?:\d+[.．、]|[（(]\d+[）)]|其中：?)+|经费$")
VEHICLES, _SHORT = "公务用车购置及运行维护费", frozenset({"公务用车费", "公务用车经费"})
_VEHICLE_PARTS = frozenset({"公务用车购置", "公务用车购置费", "公务用车运行维护费", "公务用车运行费"})
_TOTAL = frozenset({"合计", "总计", "三公", "支出合计", "三公经费合计", "三公经费支出", "三公经费支出合计"})


def items_as_rows(found: list[Chain]) -> bool:
    """Whether the amount columns say only 预算数 and 决算数, and the items stand in the rows."""
    amounts = [chain for chain in found if chain.kind == AMOUNT]
    named = any(chain.kind == NAME for chain in found)
    return 0 < len(amounts) <= (8 if named else 4) and not any("接待" in w for chain in found for w in chain.words)


def grid_rows(part: Segment, amounts: Amounts) -> Iterator[Row]:
    """The rows of the printed grid; the total row, else the first, is the data row. A blank grid has a blank one."""
    lines = [line for line in part.body if any(text_at(line, index) for index in part.taken)] or [()]
    names = [chain.index for chain in part.found if chain.kind in (NAME, CODE)]
    labels = [label("".join(text_at(line, index) for index in names)) for line in lines]
    data = next((i for i, text in enumerate(labels) if head(text) in ("合计", "总计")), 0)
    for position, (line, text) in enumerate(zip(lines, labels)):
        cells = {
            column.key: amounts.read(cell_at(line, index), index, row=text, column=part.found[index].label)
            for index, column in sorted(part.taken.items())
        }
        if any(cell.state == UNREAD for cell in cells.values()):  # what stands in one cell may be another's
            cells = {key: replace(cell, state=UNREAD) if cell.is_blank else cell for key, cell in cells.items()}
        key = "data" if position == data else text or f"row{position + 1}"
        yield Row(key, "", text, "total" if key == "data" else "", cells)


def transposed(part: Segment, entry: TableEntry, amounts: Amounts) -> tuple[list[Column], Row]:
    """The one data row from a list of items, with its columns named after header and item."""
    cells: dict[str, Cell] = {}
    columns: dict[str, Column] = {}
    others: list[str] = []
    groups = _groups(part.found)
    for line in part.body:
        for index, group in groups.items():
            text = _beside(part, line, index)
            column = _column(entry, group, _item(text))
            raw = cell_at(line, index)
            if column and (column not in cells or cells[column].is_blank):
                cells[column] = amounts.read(raw, index, row=text, column=part.found[index].label)
                columns[column] = Column(column, f"{part.found[index].label}/{text}")
            elif not column and raw is not None and is_number(raw.text) and text not in others:
                others.append(text)
    spare = [chain.label for chain in part.found if chain.kind in (AMOUNT, SPARE) and chain.index not in groups]
    _tell(amounts, "“三公”经费以外的行", others)
    _tell(amounts, "本年预算数、决算数以外的栏", [text for text in spare if text])
    return list(columns.values()), Row("data", "", "", "total", cells)


def _tell(amounts: Amounts, what: str, names: list[str]) -> None:
    if names:
        listed = "、".join(names[:12])
        amounts.told.problems.append(
            f"{amounts.document}，《{catalogue()[amounts.table].title}》：{what}未读：{listed}"
        )


def _groups(found: list[Chain]) -> dict[int, str]:
    """Column index → 预算数 or 决算数; the full-year budget goes before that of the beginning of the year."""
    groups = {chain.index: group for chain in found if chain.kind == AMOUNT and (group := _group(chain))}
    budgets = {index: found[index].label for index, group in groups.items() if group == "预算数"}
    if any(_FULL_YEAR.search(text) for text in budgets.values()):
        return {i: group for i, group in groups.items() if i not in budgets or _FULL_YEAR.search(budgets[i])}
    return groups


def _beside(part: Segment, line: Line, index: int) -> str:
    """The label of an amount: the nearest text column to its left."""
    left = [chain.index for chain in part.found[:index] if chain.kind in (NAME, CODE)]
    texts = [
        label(text_at(line, i))
        for i in left
        if i > max((j for j in left if j - 1 in part.of_kind(AMOUNT)), default=-1) - 1
    ]
    return "".join(texts)


def _item(text: str) -> str:
    short = head(text)
    while short != (cut := _CUT.sub("", short)):
        short = cut
    return short


def item_of(entry: TableEntry, text: str) -> str:
    """The declared column of the name of a row, planned or actual."""
    return next((key for group in ("决算数", "预算数") if (key := _column(entry, group, _item(text)))), "")


def _column(entry: TableEntry, group: str, item: str) -> str:
    """The declared column of an item under 预算数 or 决算数, "" for any other row."""
    item = VEHICLES if item in _SHORT else item
    vehicle = (VEHICLES,) if item in _VEHICLE_PARTS else ()
    words = (group, "合计") if item in _TOTAL else (group, *vehicle, item)
    best, score = best_fit(entry.id, words)
    return best.key if group and best and score > 3.5 + 2 * (len(words) - 1) else ""


def _group(chain: Chain) -> str:
    joined = "".join(chain.words)
    if ASIDE.search(joined):
        return ""
    if _ACTUAL.search(joined):
        return "决算数"
    return "预算数" if _BUDGET.search(joined) else ""
