"""The columns of a table that only level lines draw: from the places of its heads, proven by its sides and its body."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from fiscal.readers.pdf.chars import Chars
from fiscal.readers.pdf.lattice import Rulings
from fiscal.readers.pdf.text_lines import lines

NUMBER = re.compile(r"[-−－]?[\d,，]+(?:\.\d+)?%?")
_AMOUNT = re.compile(r"[-−－]?(?<!\d)\d[\d,，]{0,30}\.\d{1,30}")
_GAP = 0.4  # of the type's height: runs so far apart are two texts
_WRAPPED = 1.45  # of the type's height: lines of one head stand no farther apart
_UNDER = 1.0  # of the type's height: a head that stands so much lower is a part of the upper one
_NEAR = 4.0  # points by which centred heads, added up, may miss a border
_SET_WIDE = 4.0  # of the type's height: the two characters of one word stand no farther apart
_INK = 0.6  # of the type's height that a line reaches above its baseline
_MOST = 4  # rows of a head

Span = tuple[float, float]


@dataclass(frozen=True)
class Run:
    """Text without a visible gap, or the lines of a wrapped head: `top` and `base` are its first and last baseline."""

    text: str
    left: float
    right: float
    top: float
    base: float
    em: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Columns:
    """Borders of columns, and what the print says about lines that are not drawn."""

    xs: list[float]
    spans: list[tuple[Run, Span]]  # heads over several columns
    under: Rulings  # lines below such heads where none is drawn


def runs(chars: Chars) -> list[Run]:
    """The texts of some characters; single characters set wide (合　计) are one text."""
    found: list[Run] = []
    for line in lines(chars):
        own: list[Run] = []
        for sign, (left, right) in zip(line.text, line.edges.tolist()):
            if sign == " ":
                continue
            if own and (left - own[-1].right <= _GAP * line.em or _set_wide(own[-1], sign, left)):
                own[-1] = replace(own[-1], text=own[-1].text + sign, right=right)
            else:
                own.append(Run(sign, left, right, line.base, line.base, line.em))
        found += own
    return found


def _set_wide(run: Run, sign: str, left: float) -> bool:
    """Whether a character goes on with a text of single ones (合　计)."""
    return left - run.right <= _SET_WIDE * run.em and len(run.text) == 1 and min(sign, run.text) > "\u3400"


def columns_of(ys: np.ndarray, ends: Span, level: Rulings, printed: list[Run]) -> Columns | None:
    """The columns of a table; None where they cannot be told for certain.

    ys     heights of the lines that run through; `ends` their ends
    level  all level lines within the table
    """
    bottom = _head_bottom(ys, printed)
    if bottom is None:
        return None
    drawn = level.only((level.at > ys[0] + 1) & (level.at < bottom + 1))
    blocks = _blocks([run for run in printed if run.base < bottom], drawn)
    body = [run for run in printed if run.base > bottom]
    leaves = [block for block in blocks if not _has_parts(block, blocks, drawn, bottom)]
    highest = min(block.top for block in leaves)
    for heads in (leaves, [one for one in leaves if one.top > highest + _UNDER * one.em]):
        xs = chained(ends, heads)
        if xs is not None and _proven(xs, heads, body):
            return _with_spans(xs, heads, [one for one in blocks if one not in heads], drawn, bottom)
    return None


def chained(ends: Span, heads: list[Run]) -> list[float] | None:
    """Borders between heads that stand in the middle of their columns; None unless they meet the other end."""
    xs = [ends[0]]
    for head in sorted(heads, key=lambda one: one.middle):
        xs.append(2 * head.middle - xs[-1])
    fits = len(xs) > 1 and abs(xs[-1] - ends[1]) <= _NEAR and all(two - one > 1 for one, two in pairwise(xs))
    return [*xs[:-1], ends[1]] if fits else None


def _head_bottom(ys: np.ndarray, printed: list[Run]) -> float | None:
    """The line below the row with the most heads, before the first row with a number."""
    best, bottom = 1, None
    for top, end in list(pairwise(ys.tolist()))[:_MOST]:
        own = [run for run in printed if top < run.base < end]
        if any(NUMBER.fullmatch(run.text) for run in own):
            break
        if len(own) > best:
            best, bottom = len(own), end
    return bottom


def _blocks(head: list[Run], drawn: Rulings) -> list[Run]:
    """Heads with the lines they are wrapped on."""
    found: list[Run] = []
    for run in sorted(head, key=lambda one: one.base):
        over = next((one for one in found if _wraps(one, run, drawn)), None)
        if over is None:
            found.append(run)
        else:
            left, right = min(over.left, run.left), max(over.right, run.right)
            found[found.index(over)] = replace(over, text=over.text + run.text, left=left, right=right, base=run.base)
    return found


def _wraps(over: Run, run: Run, drawn: Rulings) -> bool:
    near = 0 < run.base - over.base <= _WRAPPED * run.em and _overlap(over, run)
    return near and not ((drawn.at > over.base) & (drawn.at < run.base) & _across(drawn, run.middle)).any()


def _overlap(one: Run, two: Run) -> bool:
    return one.left < two.right and two.left < one.right


def _across(drawn: Rulings, x: float) -> np.ndarray:
    return (drawn.start < x) & (drawn.end > x)


def _has_parts(block: Run, blocks: list[Run], drawn: Rulings, bottom: float) -> bool:
    ruled = (drawn.at > block.base) & (drawn.at < bottom - 1) & _across(drawn, block.middle)
    return bool(ruled.any()) or any(other.top > block.base and _overlap(block, other) for other in blocks)


def _proven(xs: list[float], heads: list[Run], body: list[Run]) -> bool:
    """Whether each head and each number stands between two borders, and no text joins two others."""
    ordered = sorted(heads, key=lambda one: one.middle)
    inside = all(head.left > one - 1 and head.right < two + 1 for head, (one, two) in zip(ordered, pairwise(xs)))
    return inside and all(_harmless(run, xs, body) for run in body if crossed(run, xs))


def _harmless(run: Run, xs: list[float], body: list[Run]) -> bool:
    """Whether a text over a border is a label alone in the columns it touches."""
    reach = [at for at, (one, two) in enumerate(pairwise(xs)) if run.left < two and run.right > one]
    low, high = xs[reach[0]], xs[reach[-1] + 1]
    alone = not any(o is not run and abs(o.base - run.base) < o.em and o.right > low and o.left < high for o in body)
    return alone and not NUMBER.fullmatch(run.text)


def crossed(run: Run, xs: list[float]) -> list[float]:
    """Inner borders that a text stands across."""
    return [x for x in xs[1:-1] if run.left < x - 1 and run.right > x + 1]


def _with_spans(xs: list[float], heads: list[Run], upper: list[Run], drawn: Rulings, bottom: float) -> Columns | None:
    """The columns with each upper head over those it stands for; None where one could be meant for others."""
    spans: list[tuple[Run, Span]] = []
    under = Rulings(*(np.empty(0) for _ in range(3)))
    regions: dict[tuple[float, float, float], list[Run]] = {}
    for block in upper:
        below = drawn.only((drawn.at > block.base) & (drawn.at < bottom - 1) & _across(drawn, block.middle))
        if len(below):
            first = int(below.at.argmin())
            key = float(below.at[first]), float(below.start[first]), float(below.end[first])
            regions.setdefault(key, []).append(block)
        else:
            span = _over_parts(block, xs, heads, upper)
            if span is None:
                return None
            spans.append((block, span))
            lowest = min(head.top - _INK * head.em for head in heads if span[0] < head.middle < span[1])
            under = under.plus((block.base + lowest) / 2, *span)
    for (_, start, end), blocks in regions.items():
        own = _side_by_side((start, end), blocks, xs)
        if own is None:
            return None
        spans += own
    return Columns(xs, spans, under)


def _border(x: float, xs: list[float]) -> float | None:
    best = min(xs, key=lambda one: abs(one - x))
    return best if abs(best - x) <= _NEAR else None


def _side_by_side(ends: Span, blocks: list[Run], xs: list[float]) -> list[tuple[Run, Span]] | None:
    """Heads above one line: in the middle of their columns, or all at the left of them."""
    ordered = sorted(blocks, key=lambda one: one.middle)
    borders: list[float | None] = [_border(x, xs) for x in ends]
    if len(ordered) > 1:
        middle = chained(ends, ordered)
        if middle is not None:
            borders = [_border(x, xs) for x in middle]
        else:
            starts = [max((x for x in xs if x <= run.left + 1), default=xs[0]) for run in ordered]
            if any(run.left - x > run.em for run, x in zip(ordered, starts)):
                return None
            borders = [*starts, borders[1]]
    known = [x for x in borders if x is not None]
    if len(known) < len(borders) or any(two <= one for one, two in pairwise(known)):
        return None
    return list(zip(ordered, pairwise(known)))


def _over_parts(block: Run, xs: list[float], heads: list[Run], upper: list[Run]) -> Span | None:
    """The columns of the lower heads in whose middle a head stands, or the only row of them below it."""
    ordered = sorted(heads, key=lambda one: one.middle)
    lower = [head.top > block.base + _UNDER * head.em for head in ordered]
    found, best = [], None
    for first in range(len(ordered)):
        for end in range(first + 2, len(ordered) + 1):
            if not all(lower[first:end]):
                break
            if xs[first] - 1 < block.left and block.right < xs[end] + 1:
                best = (xs[first], xs[end]) if best is None or xs[end] - xs[first] > best[1] - best[0] else best
                if abs((xs[first] + xs[end]) / 2 - block.middle) <= _NEAR / 2:
                    found.append((xs[first], xs[end]))
    if len(found) == 1:
        return found[0]
    alone = best and not any(one is not block and best[0] < one.middle < best[1] for one in upper)
    return best if alone else None


def ruled_by(columns: Columns, ys: np.ndarray, level: Rulings, printed: list[Run]) -> tuple[Rulings, Rulings]:
    """Level lines, and upright lines with gaps where a head spans columns or a label stands across a border."""
    level = Rulings(*(np.append(a, b) for a, b in zip(_parts(level), _parts(columns.under))))
    gaps: list[tuple[float, float, float]] = []
    for block, (left, right) in columns.spans:
        upper, lower = _row(block.top, level.at, ys), _row(block.base, level.at, ys)
        gaps += [(x, upper[0], lower[1]) for x in columns.xs if left + 1 < x < right - 1]
    known = {id(block) for block, _ in columns.spans}
    low = max((block.base for block, _ in columns.spans), default=float(ys[0]))
    for run in printed:
        if id(run) not in known and run.base > low and crossed(run, columns.xs):
            over = _label_span(run, columns.xs, printed)
            top, end = _own_row(run, printed, _row(run.base, level.at, ys))
            for y in (top, end):
                if np.abs(level.at - y).min() > 1:
                    level = level.plus(y, columns.xs[0], columns.xs[-1])
            gaps += [(x, top, end) for x in over]
    pieces = [piece for x in columns.xs for piece in _pieces(x, ys, gaps)]
    return level, Rulings(*np.array(pieces).T)


def _label_span(run: Run, xs: list[float], printed: list[Run]) -> list[float]:
    """Inner borders of the merged cell in whose middle a label stands: the widest one without another text."""
    beside = [one for one in printed if one is not run and abs(one.base - run.base) < one.em]
    low = max((one.right for one in beside if one.right < run.left), default=xs[0])
    high = min((one.left for one in beside if one.left > run.right), default=xs[-1])
    spans = [(a, b) for a in xs for b in xs if low - 1 < a < run.left and run.right < b < high + 1]
    fit = [(a, b) for a, b in spans if abs((a + b) / 2 - run.middle) <= _NEAR / 2]
    first, end = max(fit, key=lambda one: one[1] - one[0], default=(run.left, run.right))
    return [x for x in xs[1:-1] if first + 1 < x < end - 1]


def _parts(lines_: Rulings) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return lines_.at, lines_.start, lines_.end


def _row(base: float, at: np.ndarray, ys: np.ndarray) -> Span:
    """The level lines above and below a baseline."""
    return float(at[at < base].max(initial=ys[0])), float(at[at > base].min(initial=ys[-1]))


def _own_row(run: Run, printed: list[Run], row: Span) -> Span:
    """The part of a row of the lattice in which a text stands, between the texts above and below it."""
    above = [one.base for one in printed if row[0] < one.base < run.base - _GAP * run.em]
    below = [one.base - _INK * one.em for one in printed if run.base + _GAP * run.em < one.base < row[1]]
    top = (max(above) + run.base - _INK * run.em) / 2 if above else row[0]
    return top, (min(below) + run.base) / 2 if below else row[1]


def _pieces(x: float, ys: np.ndarray, gaps: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    start, found = float(ys[0]), []
    for _, top, end in sorted(gap for gap in gaps if gap[0] == x):
        if top > start + 1:
            found.append((x, start, top))
        start = max(start, end)
    return [*found, (x, start, float(ys[-1]))] if ys[-1] > start + 1 else found


def certain(at: np.ndarray, ys: np.ndarray, printed: list[Run]) -> bool:
    """Whether the strips of a table leave no doubt: a head over each column of amounts, no cell with two texts."""
    xs = np.sort(at).tolist()
    bottom = _head_bottom(ys, printed) or float(ys[1])
    head = [run for run in printed if run.base < bottom]
    for left, right in pairwise(xs):
        own = [run for run in printed if run.base > bottom and left < run.middle < right]
        heads = [run for run in head if run.left < right and run.right > left]
        numbers = [run for run in own if NUMBER.fullmatch(run.text)]
        touched = [run for run in heads if any(_overlap(run, one) for one in own)]
        if (numbers and not touched) or _beside(own) or (numbers and _beside(heads)):
            return False
    return True


def has_amounts(ys: np.ndarray, printed: list[Run], *, goes_on: bool) -> bool:
    """Whether amounts stand alone below a row of several heads, or anywhere in a table that the page before began."""
    bottom = float(ys[0]) if goes_on else _head_bottom(ys, printed)
    return bottom is not None and any(run.base > bottom and _AMOUNT.fullmatch(run.text) for run in printed)


def _beside(own: list[Run]) -> bool:
    """Whether two of some texts stand beside each other on one line."""
    ordered = sorted(own, key=lambda one: one.base)
    return any(two.base - one.base < _GAP * one.em for one, two in pairwise(ordered))
