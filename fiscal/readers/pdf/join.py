"""Whether two printed lines belong to one paragraph, by where they stand and how they begin and end."""

import re

from fiscal.readers.headings import is_table_title
from fiscal.readers.line_ends import goes_on_in_prose, tied
from fiscal.readers.pdf.margins import Margins
from fiscal.readers.pdf.text_lines import Line

_HAN = "一二三四五六七八九十百"
_BEGINS = re.compile(
    rf"第[{_HAN}\d]{{1,3}}(?:部分|章|篇|条)|[{_HAN}]{{1,3}}[、.．]|[（(](?:[{_HAN}]{{1,3}}|\d{{1,2}})[）)]"
    r"|\d{1,2}(?:、|[.．](?!\d))|[①-⑳]|图\d|附[件表录]\s*\d|注[：:]|说明[：:]|单位[：:]"
)
_SURELY = re.compile(rf"[{_HAN}]{{1,3}}、|第[{_HAN}\d]{{1,3}}部分[^。，]*$")
_ALONE = re.compile(r"目\s*录|20\d\d\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|.{0,40}[.·…‥]{4,}\s*\d{0,4}")
_LEADERS = re.compile(r"[.·…‥]{4,}\s*\d{0,4}$")
_TOKEN = re.compile(r"[（(“‘《【]*(?:[0-9.,%‰+\-]+(?:[万亿]?元)?|[0-9A-Za-z.,%‰+\-]+|.)[。，、；：！？”’）》】…]*")
_HAN_TYPE = re.compile(r"[\u3400-\u9fff]")
_SENTENCE_END = frozenset("。！？；：.;:!?")
_INDENT, _SLACK, _SIZES, _GAP = 1.2, 0.5, 1.15, 1.4
_RAGGED = 0.15  # of the width of the text
_FAR = 6.0  # of the type's height: what begins so far inside is set right or centred, no first line


def continues(line: Line, after: Line, margins: Margins) -> bool:
    """Whether `after` goes on with the paragraph that `line` belongs to. Both stand between the same margins."""
    if _far_below(line, after, margins) or _ALONE.fullmatch(after.text) or _LEADERS.search(line.text):
        return False
    if tied(line.text, after.text):
        return True
    if _other_size(line, after):
        return False
    if _is_title_pair(line, after, margins):
        return not _BEGINS.match(after.text)
    indented = after.left - margins.left > _INDENT * after.em
    if _SURELY.match(after.text) or line.left - margins.left > _FAR * line.em:
        return False
    opens = _BEGINS.match(after.text) or is_table_title(after.text)
    if opens and (indented or line.text[-1] in _SENTENCE_END):
        return False
    return not indented and (not _had_room(line, after, margins) or _is_ragged(line, margins))


def _is_ragged(line: Line, margins: Margins) -> bool:
    """Prose that ends near the margin without a mark: the producer kept the next words together."""
    room = margins.right - line.right
    return goes_on_in_prose(line.text) and room < _RAGGED * (margins.right - margins.left)


def _other_size(line: Line, after: Line) -> bool:
    """Another size of type; figures and marks alone may be set in another one."""
    sizes = sorted((line.em, after.em))
    both = bool(_HAN_TYPE.search(line.text) and _HAN_TYPE.search(after.text))
    return both and sizes[1] > _SIZES * sizes[0]


def _far_below(line: Line, after: Line, margins: Margins) -> bool:
    """A gap stands between them. Pages have no gap between them."""
    if line.page != after.page:
        return False
    step = after.base - line.base
    usual = max(margins.leading, 1.2 * line.em)
    return step > (_GAP * usual if margins.leading else 2.2 * line.em)


def _is_title_pair(line: Line, after: Line, margins: Margins) -> bool:
    """Two lines of one title: the second is centred, the first too, or it fills the line and is a numbered part."""
    if line.page != after.page or line.text[-1] in _SENTENCE_END:
        return False
    return _is_centred(after, margins) and (_is_centred(line, margins) or line.text.startswith("第"))


def _is_centred(line: Line, margins: Margins) -> bool:
    room = min(line.left - margins.left, margins.right - line.right)
    return room > line.em and abs((line.left + line.right) / 2 - margins.middle) < line.em / 2


def _had_room(line: Line, after: Line, margins: Margins) -> bool:
    """Whether the first word of the next line would have fitted: then the line was ended on purpose."""
    token = _TOKEN.match(after.text)
    length = len(token.group()) if token else 1
    width = float(after.edges[min(length, len(after.edges)) - 1, 1] - after.edges[0, 0])
    return margins.right - line.right > width + _SLACK * line.em
