"""A normalised working copy of a paragraph, with a map back to every character of the original."""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from fiscal.model.cells import Place
from fiscal.model.text import Paragraph

# Only what stands in numbers is translated: NFKC would turn ， into , and clause marks into separators.
_SAME = str.maketrans("０１２３４５６７８９．％﹪－−﹣", "0123456789.%%---")
_GROUP = r"\d ?\d ?\d(?!\d)"  # of a number with separators, by mistake with a blank inside (3,1 50.00)
_SEPARATED = re.compile(rf"(?<![\d.])\d{{1,3}}(?:[,，]{_GROUP}| \d{{3}}(?!\d))+")
_NUMBER_LEFT = re.compile(r"[\d.,，]{1,40}$")
_NUMBER_RIGHT = re.compile(r"[\d.,，]+")
_FULL = {";": "；", ":": "：", "(": "（", ")": "）"}
_COMMA = re.compile(rf"(?<!\d),|,(?!\s*{_GROUP})")
_MARK = re.compile(r"(?<=[\u4e00-\u9fff%）)]);|(?<=[\u4e00-\u9fff]):")
_BRACKET = re.compile(r"\((?=[^()]{0,60}?[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff。；%])\)")
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Working:
    """`text` without spaces and separators; `index[i]` is where its character i stands in the paragraph."""

    paragraph: Paragraph
    text: str
    index: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the original paragraph."""
        return self.index[start], self.index[end - 1] + 1

    def printed(self, start: int, end: int) -> str:
        """What stands there in the original."""
        first, last = self.span(start, end)
        return self.paragraph.text[first:last]

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch as offsets in the narrative."""
        first, last = self.span(start, end)
        base = self.paragraph.place.offset or 0
        return base + first, base + last

    def place(self, start: int, end: int, clause: tuple[int, int], section: str) -> Place:
        """Where a figure stands: page and box of its line, offset in the narrative, and its clause quoted."""
        first, last = self.span(start, end)
        origin = self.paragraph.place
        page, bbox = _page_of(self.paragraph, first), origin.bbox
        for begin, stop, line_page, box in self.paragraph.boxes:
            if begin < last and first < stop:
                page, bbox = line_page, box
                break
        offset = (origin.offset + first) if origin.offset is not None else first
        return replace(origin, page=page, bbox=bbox, offset=offset, section=section, text=self.printed(*clause))


def _page_of(paragraph: Paragraph, position: int) -> int | None:
    at = bisect_right(paragraph.breaks, (position, 1 << 30))
    return paragraph.breaks[at - 1][1] if at else paragraph.place.page


def working(paragraph: Paragraph) -> Working:
    """Digits, percent and minus in one form, spaces dropped except between two digits, separators dropped."""
    raw = _wide(paragraph.text.translate(_SAME))
    if "[bookmark" in raw:
        raw = _BOOKMARK.sub(lambda found: " " * len(found.group()), raw)
    kept = [i for i, char in enumerate(raw) if not char.isspace() or _between_digits(raw, i)]
    text = "".join(" " if raw[i].isspace() else raw[i] for i in kept)
    dropped: set[int] = set()
    for found in _SEPARATED.finditer(text):
        dropped.update(i for i in range(*found.span()) if not text[i].isdigit())
    if dropped:
        kept = [at for i, at in enumerate(kept) if i not in dropped]
        text = "".join(char for i, char in enumerate(text) if i not in dropped)
    return Working(paragraph, text, tuple(kept))


def _wide(text: str) -> str:
    """Half-width marks of Chinese text as the full-width ones, one for one; separators, times and codes stay."""
    if not any(mark in text for mark in ",;:()"):
        return text
    text = _COMMA.sub("，", text)
    text = _MARK.sub(lambda found: _FULL[found.group()], text)
    return _BRACKET.sub(lambda found: _FULL[found.group()], text)


def _between_digits(raw: str, i: int) -> bool:
    """The first of the spaces between two digits stays, so that two numbers do not become one.

    A line break inside a number is closed, unless both halves have decimals of their own.
    """
    if i == 0 or not raw[i - 1].isdigit():
        return False
    after = i
    while after < len(raw) and raw[after].isspace():
        after += 1
    if after == len(raw) or not raw[after].isdigit():
        return False
    left, right = _NUMBER_LEFT.search(raw[max(0, i - 20) : i]), _NUMBER_RIGHT.match(raw, after)
    two = left is not None and right is not None and "." in left.group() and "." in right.group()
    return "\n" not in raw[i:after] or two
