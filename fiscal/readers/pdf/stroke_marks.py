"""Closing marks that a layout sets apart from their line (。 ， ” alone) go back to where they belong."""

from dataclasses import replace

import numpy as np

from fiscal.readers.pdf.text_lines import Line

_CLOSING = frozenset("。，、；：！？”’）》】…,.;:!?)")
_REACH = 1.6  # of the type's height: how far up or down the line may be


def reseated(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Lines of one page, where those that hold nothing but closing marks are put into the gap beside them."""
    loose = [line for line in lines if _is_loose(line)]
    if not loose or len(loose) == len(lines):
        return lines
    kept = [line for line in lines if not _is_loose(line)]
    for mark in loose:
        index = _home(mark, kept)
        kept[index] = _seated(kept[index], mark)
    return tuple(kept)


def _is_loose(line: Line) -> bool:
    return len(line.text) <= 2 and all(char in _CLOSING for char in line.text)


def _home(mark: Line, lines: list[Line]) -> int:
    """The nearest line with room where the mark stands; without one, the line above it, whose end it is."""

    def distance(line: Line) -> tuple[bool, bool, float]:
        away = abs(line.base - mark.base)
        return not (_has_room(line, mark) and away < _REACH * line.em), line.base > mark.base, away

    return min(range(len(lines)), key=lambda index: distance(lines[index]))


def _has_room(line: Line, mark: Line) -> bool:
    middle = (mark.left + mark.right) / 2
    return bool(line.left < middle and not ((line.edges[:, 0] < middle) & (middle < line.edges[:, 1])).any())


def _seated(line: Line, mark: Line) -> Line:
    at = (
        int(np.searchsorted(line.edges[:, 0], (mark.left + mark.right) / 2))
        if _has_room(line, mark)
        else len(line.text)
    )
    text = line.text[:at].rstrip() + mark.text + line.text[at:]
    edges = np.vstack([line.edges[: len(line.text[:at].rstrip())], mark.edges, line.edges[at:]])
    left, top, right, bottom = line.box
    return replace(line, text=text, edges=edges, box=(left, top, max(right, mark.right), bottom))
