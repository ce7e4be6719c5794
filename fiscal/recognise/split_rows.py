"""Rows that a page end splits: what opens the next page without being a row of its own belongs to the last one."""

import re
from collections.abc import Iterator
from dataclasses import replace

from fiscal.dictionary.labels import normal
from fiscal.readers.grid import RawCell
from fiscal.recognise.columns import AMOUNT, CODE, NAME
from fiscal.recognise.draft import Segment, text_at
from fiscal.recognise.grid_pieces import Line
from fiscal.recognise.head_words import TOTALS, is_number, row_words

_CODE_LENGTHS = (3, 5, 7)
_WHOLE = re.compile(r"-?(?:[\d,]{1,24}\.\d\d|\d{1,3}(?:,\d{3})+)")  # a printed amount: what is shorter may go on


def mend(before: Segment, after: Segment) -> None:
    """Close a row that a page break split."""
    if not (before.body and after.body) or before.found is not after.found:
        return
    last, rest = before.body[-1], after.body[0]
    if not all(_goes_on(kind, *texts) for kind, *texts in _texts(after, last, rest)):
        return
    if _opens_nothing(after, last, rest):
        before.body[-1] = tuple(_joined(upper, lower) for upper, lower in zip(last, rest))
        after.body = after.body[1:]


def _texts(part: Segment, last: Line, rest: Line) -> Iterator[tuple[str, str, str]]:
    """Kind of column, text of the last row and of what may be its rest, where there is any of the latter."""
    for chain in part.found:
        upper, lower = text_at(last, chain.index), text_at(rest, chain.index)
        if lower:
            yield AMOUNT if chain.index in part.taken else chain.kind, upper, lower


def _goes_on(kind: str, upper: str, lower: str) -> bool:
    """Whether the two texts of a column may be one that was cut."""
    if kind == CODE:
        return len(upper) not in _CODE_LENGTHS and len(upper + lower) in _CODE_LENGTHS
    if kind == NAME:
        return not is_number(lower) and normal(lower) not in TOTALS
    if kind == AMOUNT and upper:
        return not _WHOLE.fullmatch(upper) and bool(_WHOLE.fullmatch(upper + lower))
    return kind == AMOUNT


def _opens_nothing(part: Segment, last: Line, rest: Line) -> bool:
    """Below codes a row without one of its own; else names that are rows of the form only together with the last."""
    codes, names = part.of_kind(CODE), part.of_kind(NAME)
    if codes and any(text_at(last, index) for index in codes):
        return any(text_at(rest, index) for index in (*codes, *names))
    pairs = [(text_at(last, index), text_at(rest, index)) for index in names if text_at(rest, index)]
    known = row_words() | TOTALS
    return bool(pairs) and all(normal(one) not in known and normal(one + two) in known for one, two in pairs)


def _joined(upper: RawCell | None, lower: RawCell | None) -> RawCell | None:
    if upper is None or not upper.text.strip():
        return lower if lower is not None and lower.text.strip() else upper
    if lower is None or not lower.text.strip():
        return upper
    return replace(upper, text=upper.text + lower.text)
