"""Lines that a page or an export cut: which goes on with the one before, and what stands between two of one text."""

import re
from collections import Counter
from collections.abc import Sequence
from unicodedata import east_asian_width

from fiscal.dictionary.labels import squeeze
from fiscal.readers.headings import is_caption, is_heading, is_table_title

_HAN = "一二三四五六七八九十"
BEGINS = re.compile(
    rf"^(?:第.{{1,3}}(?:部分|章|篇|条)|[{_HAN}]{{1,3}}[、.．]|[（(][{_HAN}\d]{{1,3}}[）)]|\d{{1,2}}(?:、|[.．](?!\d)|[)）])"
    r"|[①-⑳]|附[件表]|图\d|(?:注|说明)[：:]|[表图]\d)"
)
_UNIT = (
    r"(?:[万亿千百]?元|[%％‰]|个?百分点|[个余]?(?:辆|批次?|人次?|团组|台|套|家|项|名|次|户|岁|平方米|公里|年|月|日))"
)
_NUMBER_END = re.compile(r"\d[\d,，.．]{0,40}$")
_UNIT_BEGINS = re.compile(rf"^{_UNIT}")
_NUMBER_BEGINS = re.compile(r"^[-−]?\d[\d,，.]*")
_FIGURE_BEGINS = re.compile(r"^[-−]?\d[\d,，.]*(?:[万亿]?元|[%％])")
_FIGURE_END = re.compile(rf"\d\s*{_UNIT}$")
_MARK_BEGINS = re.compile(r"^[。，、；：！？）)”’》】%％]")
_WORDS_BEGIN = re.compile(r"^(?:[比较占]|同比|其中|增[加长]|减少|下降|上升|降低|完成|与|和|及|以及|并|相比|的)")
_HANGING = re.compile(
    r"(?:[，、“‘《（(【和与及或比较占为是的]|增加|减少|增长|下降|上升|降低|完成|共计?|合计|总计|其中[：:]?|原因|用于|包括|同比|由于|约|达到?"
    r"|（[类款]）[^（）]{1,20})$"
)
_ENDS = re.compile(r"[。！？；：:;!?…]$|[。！？；][”’）)》]$")
_SENTENCE_END = re.compile(r"[。！？；;!?…]$|[。！？；][”’）)》]$")
_REASON = re.compile(r"原因(?:[是为系在于]*|[：:])$")
_SHORT_HEADING = re.compile(r"^.{2,28}(?:情况|说明|情况说明)$")
_MARKS = r"[。；]|元、|，(?!\d{3}(?!\d))"  # of a sentence; the comma of 2，932，700 is none
_PROSE = re.compile(rf"{_MARKS}|\d\s*{_UNIT}|[：:].")
_PAGE = re.compile(r"^[-—–－\s·]*\d{1,3}[-—–－\s·]*$")
_OPEN, _CLOSE = re.compile(r"[（(《“]"), re.compile(r"[）)》”]")
_LEFT, _RIGHT = re.compile(r"[\d,，.]{0,40}[\d,，.]$"), re.compile(r"[\d,，.]*\d")
_ONE_NUMBER = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?")
_SENTENCE = re.compile(_MARKS)
_WORDS = re.compile(rf"{_MARKS}|(?<![{_HAN}\d])、")  # 办公费、差旅费, but not 一、 before the name of a row
LONGEST_LINE = 100  # of a page set by hand or by export; a file with longer lines of prose has one paragraph a line
SAME_WIDTH, FULL_LINES = 8, 3  # half widths by which full lines differ, as a number is not cut; how many show the width
CELLS = frozenset("|\t｜│")


def seam(text: str, after: str) -> str:
    """What to put between two lines of a paragraph: nothing, or a space between words or between two numbers."""
    one, two = text[-1], after[0]
    if one.isascii() and one.isalpha() and two.isascii() and two.isalpha():
        return " "
    left, right = _LEFT.search(text), _RIGHT.match(after)
    if not left or not right or not any(map(str.isdigit, left.group())):
        return ""
    return "" if one in ",，" or _ONE_NUMBER.fullmatch(left.group() + right.group()) else " "


def breadth(line: str) -> int:
    """How wide a line is printed, in half widths: a letter or digit one, a Chinese character two."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in line)


def page_width(lines: Sequence[str]) -> int:
    """How wide the full lines of prose of a text with hard line ends are: 0 where nothing shows it."""
    prose = _prose(lines) if is_wrapped(lines) else []
    widths = Counter(breadth(line) for line in prose if not _ENDS.search(line))
    alike = {width: sum(n for other, n in widths.items() if 0 <= width - other <= SAME_WIDTH) for width in widths}
    width, most = max(alike.items(), key=lambda one: (one[1] * one[0], one[0]), default=(0, 0))
    return width if most >= FULL_LINES else 0


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines of this text may end where the page ends: none of its prose is longer than a page is wide.

    Rows of tables may be of any length.
    """
    return max(map(len, _prose(lines)), default=0) <= LONGEST_LINE


def _prose(lines: Sequence[str]) -> list[str]:
    """The lines without rows and heads of tables, whose cells stand apart."""
    return [line for line in lines if _WORDS.search(line) or len(line.split()) <= 2]


def goes_on(last: str, line: str, *, wrapped: bool, width: int = 0, inside: bool = False) -> bool:
    """Whether `line` goes on with the sentence in `last`, by their words alone; `inside` a paragraph already joined.

    A number and its unit are never parted. In a text of short lines, prose without a mark at its end goes on, unless
    it ends in a whole figure and a new statement follows, or a heading, a numbered point or a cell begins.
    """
    text, before = squeeze(line), squeeze(last)
    if not text or not before or CELLS & set(last + line) or BEGINS.match(text) or is_caption(last) or is_caption(line):
        return False
    if tied(before, text):
        return True
    full = bool(width) and breadth(last) >= width - SAME_WIDTH and bool(_prose([last]))
    if _SENTENCE_END.search(before) if full else _ENDS.search(before):
        return False
    if is_table_title(line) or (is_heading(last) and not _HANGING.search(before)) or not wrapped:
        return False
    if _FIGURE_END.search(before) and not full:
        return bool(_WORDS_BEGIN.match(text)) or _is_open(before)
    if width:
        return full or bool(_HANGING.search(before) or _SENTENCE.search(before)) or _is_open(before)
    return inside or bool(_HANGING.search(before) or _PROSE.search(before)) or _is_open(before)


def tied(before: str, text: str) -> bool:
    """A number and its unit, a mark that cannot begin a line, a word that waits for its figure or for a reason."""
    if BEGINS.match(text) or _SENTENCE_END.search(before):
        return False
    if _REASON.search(before):
        return not _SHORT_HEADING.match(text)
    if before.endswith(("：", ":")):
        return False
    if _NUMBER_END.search(before) and len(before) > 12 and _UNIT_BEGINS.match(text):
        return True
    if _MARK_BEGINS.match(text) or (_FIGURE_BEGINS.match(text) and goes_on_in_prose(before)):
        return True
    return len(before) > 8 and bool(_HANGING.search(before) and _NUMBER_BEGINS.match(text)) and not _bare(text)


def goes_on_in_prose(text: str) -> bool:
    """Whether a line is prose that has not come to an end: a mark inside, none at its end, no whole figure there."""
    line = squeeze(text)
    return (
        bool(_PROSE.search(line)) and not _ENDS.search(line) and not _FIGURE_END.search(line) and not CELLS & set(text)
    )


def _bare(text: str) -> bool:
    return bool(re.fullmatch(r"[-−]?[\d,，.]+[%％]?", text))


def _is_open(text: str) -> bool:
    """Whether a bracket or a quotation stands open at the end."""
    return len(_OPEN.findall(text)) > len(_CLOSE.findall(text))


def without_page_numbers(lines: Sequence[str]) -> list[str]:
    """The lines without the numbers of pages that stand between two lines of prose."""
    return [
        line
        for index, line in enumerate(lines)
        if not (_PAGE.match(line) and 0 < index < len(lines) - 1 and _between(lines[index - 1], lines[index + 1]))
    ]


def _between(before: str, after: str) -> bool:
    """Prose on both sides, and no sentence that waits for this number."""
    one, two = squeeze(before), squeeze(after)
    if _UNIT_BEGINS.match(two) or (_HANGING.search(one) and not one.endswith(("，", "、"))):
        return False
    return len(one) > 12 and bool(_PROSE.search(one)) and (len(two) > 12 or bool(_PROSE.search(two)))
