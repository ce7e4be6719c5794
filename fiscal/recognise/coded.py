"""Rows of coded tables: functional or economic subjects, with one code column or three."""

import re
from collections.abc import Iterator

from fiscal.dictionary.classification import economic, functional, level_of
from fiscal.dictionary.labels import normal
from fiscal.dictionary.tables import RowEntry, TableEntry
from fiscal.model.table import Row
from fiscal.recognise.amount_cells import Amounts
from fiscal.recognise.codes import Codes, digits
from fiscal.recognise.columns import CODE, NAME
from fiscal.recognise.draft import Segment, cell_at, text_at
from fiscal.recognise.grid_pieces import Line
from fiscal.recognise.head_words import STRUCTURE, TOTALS, label

_CODE_AND_NAME = re.compile(r"[\[【（(]?(\d{3}(?:\d{2}){0,2})[\]】）)]?[-—_]*([^\d.,].*)")
_OF_UNITS = re.compile(r"^(?:部门[（(]|预算|项目)?单位[)）]?(?:名称|编码|代码)?$")
PLACEHOLDERS = frozenset("….。·*—-")


def coded_rows(part: Segment, entry: TableEntry, amounts: Amounts, codes: Codes) -> Iterator[Row]:
    """The rows of one segment in printed order; rows without any text or amount are left out.

    `codes` goes on from the segment before: a page may begin inside a class.
    """
    columns = _subjects(part, CODE), _subjects(part, NAME)
    if columns[0] and _names_units(part, columns[1]):
        columns = [], columns[1]  # rows of units: their codes are none of the classification
    for line in part.body:
        row = _row(line, columns, codes, entry)
        if row is None:
            continue
        cells = {
            column.key: amounts.read(cell_at(line, index), index, row=row.label, column=part.found[index].label)
            for index, column in sorted(part.taken.items())
        }
        if row.code or row.key == "total" or any(not cell.is_blank for cell in cells.values()):
            yield Row(row.key, row.code, row.label, row.level, cells, row.side)


def is_cut(part: Segment) -> bool:
    """Whether codes printed in cells of 类, 款 and 项 lack one of them: then many names have other codes."""
    return lacks_part(part, _subjects(part, CODE), _subjects(part, NAME), parts=3)


def lacks_part(part: Segment, codes: list[int], names: list[int], *, parts: int) -> bool:
    """Whether these columns hold fewer than the `parts` of a code: many names have other codes than those."""
    texts = [short for line in part.body for i in codes if (short := digits(text_at(line, i)))]
    if not 0 < len(codes) < parts or max(map(len, texts), default=9) > 3:
        return False
    book, fits = Codes(), []
    for line in part.body:
        name = _name(line, names)
        code = book.read([text_at(line, index) for index in codes], name)
        known = {subject.code for listed in (functional(), economic()) for subject in listed.named(name, None)}
        fits += [code in known] if code and known else []
    return 4 * fits.count(False) > len(fits)


def _subjects(part: Segment, kind: str) -> list[int]:
    """The columns of codes or names that speak of subjects, those that name units left out."""
    every = part.of_kind(kind)
    return [i for i in every if not any(map(_OF_UNITS.match, part.found[i].words))] or every


def _names_units(part: Segment, names: list[int]) -> bool:
    return bool(names) and all(any(map(_OF_UNITS.match, part.found[i].words)) for i in names)


def _row(line: Line, columns: tuple[list[int], list[int]], codes: Codes, entry: TableEntry) -> Row | None:
    """Key, code, label and level of a line, without cells."""
    parts = [text_at(line, index) for index in columns[0]]
    name = _name(line, columns[1])
    words = [word for part in parts if (word := label(part)) and not digits(part) and word not in STRUCTURE]
    code = codes.read(parts, name)
    if not code and (joined := _CODE_AND_NAME.match(name)):
        code, name = codes.read([joined[1]], joined[2]), joined[2]
    if not code and not name:
        beside = (label(cell.text) for cell in line if cell is not None and normal(cell.text) in TOTALS)
        name = "".join(words) or next(beside, "")  # 合计 may stand in a column of remarks
    if not code and set(name) <= PLACEHOLDERS and words and set("".join(words)) <= PLACEHOLDERS:
        return None
    if normal(name) in TOTALS or any(normal(word) in TOTALS for word in words):
        return Row("total", "", name or "合计", "total", {})
    fixed = economic_row(entry, code, name) if code[:1] == "3" else None
    if not code and not columns[0] and (named := codes.by_name(name)):
        return Row(named, "", name, level_of(named), {})
    return Row(fixed.key if fixed else code or name, code, name, level_of(code), {}, fixed.side if fixed else "")


def _name(line: Line, columns: list[int]) -> str:
    return label("".join(text_at(line, index) for index in columns))


def economic_row(entry: TableEntry, code: str, name: str) -> RowEntry | None:
    """The declared economic item: code and name agreeing, else the name, else the code alone."""
    wanted = normal(name)
    by_code = [row for row in entry.rows if row.code and row.code == code]
    both = [row for row in by_code if wanted in row.labels]
    by_name = [
        row for row in entry.rows if row.code and len(row.code) == len(code or row.code) and wanted in row.labels
    ]
    return next(iter(both or by_name[:1] or by_code), None)
