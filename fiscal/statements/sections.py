"""Which section a paragraph belongs to, by the words of the headings, never by their numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fiscal.dictionary.labels import squeeze
from fiscal.dictionary.numbering import Mark, mark
from fiscal.dictionary.patterns import Heading, patterns
from fiscal.statements.names import names_in
from fiscal.statements.working import Working, working

_FIGURE = re.compile(r"(?<![\d.])\d[\d.]*+(?:万?元|%|亿元)")
_ITEM = re.compile(
    r"^(?:\d{1,2}[.、．]|[（(][\d一二三四五六七八九十]{1,3}[）)])?“?[\u4e00-\u9fff]{2,20}[（(]\d{0,3}类\d{0,3}[）)]"
)
_TITLE = re.compile(r"(?:情况|说明)$")
_TABLE = re.compile(r"表(?:（[^）]*）)?$")
_LEADER = re.compile(r"[….·．]{3,}[\s\d]*$")
_OPENER = re.compile(r"其中|(?:主要)?包括|(?:具体)?(?:情况)?(?:如下|为)")
_STOP = re.compile(r"[。：]")
_CAPTION = re.compile(r"^[（(\s]*(?:图|表)[\d一二三四五六七八九十]")
_INSIDE = re.compile(
    r"(?<=[。；！])(?=(?:第[一二三四五六七八九十]部分|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)(?P<title>[^。；，：\d]{2,40}?"
    r"(?:情况说明|情况的说明|情况|说明|职能|职责|构成|设置|解释)))(?![^。；，：\d]{2,40}?(?:情况|说明)[的，])"
)
_RUN_ON = re.compile(r"[^。；，：]{0,4}[^。；，：\d]{2,40}?(?:情况说明|情况|说明)(?=20\d\d年|本年|本部门|本单位)")
_LONGEST, _RUN_IN = 60, 32


@dataclass(frozen=True, slots=True)
class Sectioned:
    """A paragraph with its section. `body` is where the text after a heading in the same paragraph begins."""

    words: Working
    section: str
    heading: bool
    body: int = 0


def sectioned(paragraphs: Sequence[Working]) -> list[Sectioned]:
    """Every paragraph with the key of its section; "title" before the first heading, "whole" where none says.

    A paragraph that runs on into the next heading is cut there.
    """
    contents, places = _contents(paragraphs), _Places()
    found: list[Sectioned] = []
    for number, words in enumerate(paragraphs):
        if number in contents:
            found.append(Sectioned(words, "contents", heading=False))
        else:
            found += [places.place(piece) for piece in _pieces(words)]
    return found


def _pieces(words: Working) -> list[Working]:
    """The paragraph, cut before every heading of a section that stands inside it."""
    cuts = [
        found.start()
        for found in _INSIDE.finditer(words.text)
        if words.paragraph.role == "body" and _match(found["title"], numbered=False)
    ]
    if not cuts:
        return [words]
    original = [words.index[cut] for cut in cuts]
    ends = [*original[1:], len(words.paragraph.text)]
    return [
        working(words.paragraph.part(start, end))
        for start, end in zip([0, *original], [original[0], *ends], strict=True)
    ]


@dataclass(slots=True)
class _Part:
    """What holds everything below it in one section: its key and the number of its heading."""

    key: str = ""
    rank: int = 0
    value: int = 0

    def ends_at(self, mark: Mark | None) -> bool:
        """Whether a heading stands beside or above that of the part."""
        if mark is None or not self.key:
            return False
        return mark.rank < self.rank or (mark.rank == self.rank and (not self.value or mark.value > self.value))


class _Places:
    """The section and the part the paragraphs read so far lead to."""

    def __init__(self) -> None:
        self.section, self.part, self.rank = "title", _Part(), 0

    def place(self, words: Working) -> Sectioned:
        """The section of the next paragraph."""
        title, body = _title(words)
        number = mark(title) if title else None
        heading = _match(title, numbered=number is not None) if title else None
        if title and words.text[body - 1 : body] == "：" and body < len(words.text):
            heading = _match(title, numbered=False)
            title, body = (title, body) if heading and (not self.part.key or heading.part) else ("", 0)
        self._move(words, title, heading)
        if self.section in ("title", "whole") and not title and (home := _home(words)):
            return Sectioned(words, home, heading=False)
        whole_line = bool(title) and body >= len(words.text.rstrip("：:。"))
        return Sectioned(words, self.section, heading=whole_line, body=body if heading or whole_line else 0)

    def _move(self, words: Working, title: str, heading: Heading | None) -> None:
        """Follow a heading; a part holds until a heading of its own rank, an unknown chapter ends a section.

        The part of the tables ends where any 情况 is explained: the page that opens the next part may not be read.
        """
        role, number = words.paragraph.role, mark(title) if title else None
        chapter = number is not None and (number.rank < 2 or number.kind == "digit")
        if role == "caption" and not self.part.key and _is_tables(words.text):
            own = mark(words.text)
            self.section, self.part = "tables", _Part("tables", own.rank if own else 0, own.value if own else 0)
        if number and (number.rank == 0 or (self.part.ends_at(number) and not _TABLE.search(title))):
            self.part, self.section = _Part(), "whole"
        if heading and self.section in heading.outside and number and number.rank > self.rank:
            heading = None
        if heading and number:
            self.rank = number.rank
        told = self.part.key == "tables" and number is not None and role == "heading" and _TITLE.search(title)
        ends = heading is not None and ((heading.ends and (number is None or number.rank < 2)) or bool(told))
        if heading and (not self.part.key or heading.part or ends):
            self.section = "whole" if heading.section in ("narrative", "contents") else heading.section
            ranked = (number.rank, number.value) if number else (0, 0)
            self.part = _Part(heading.section, *ranked) if heading.part else _Part()
        elif (chapter and not self.part.key and role == "heading") or (
            self.section == "title" and len(words.text) > _LONGEST
        ):
            self.section = "whole"


def _home(words: Working) -> str:
    """The section whose measure a paragraph begins with, where no heading says it ("" when none does)."""
    first = _FIGURE.search(words.text)
    if first is None or words.paragraph.role != "body":
        return ""
    if _ITEM.match(words.text):
        return "gpb_items"
    book = patterns()
    for name in names_in(words.text[: first.start()]):
        for subject in book.names[words.text[name.start : name.end]]:
            if (
                subject.is_slot
                and not subject.here
                and not subject.counters
                and book.slots[subject.key].section != "annexes"
            ):
                return book.slots[subject.key].section
    return ""


def _is_tables(text: str) -> bool:
    """A caption that opens the part with the statutory tables."""
    tables = next(heading for heading in patterns().headings if heading.section == "tables")
    return any(pattern.search(squeeze(text)) for pattern in tables.patterns)


def _title(words: Working) -> tuple[str, int]:
    """The heading a paragraph is or begins with, and where the rest begins; ("", 0) where there is none."""
    text = words.text.rstrip("：:")
    if not text or words.paragraph.role in ("caption", "chart", "cell", "contents") or _CAPTION.match(text):
        return "", 0
    if re.search(r"[（(][类款项][）)]", text) or _OPENER.fullmatch(text):
        return "", 0
    numbered = mark(text)
    if numbered and (found := _STOP.search(text, numbered.end + 1)) and found.start() <= _RUN_IN:
        stop = found.start()
        if not _FIGURE.search(text, 0, stop) and _is_run_in(text, found, numbered):
            return text[:stop], stop + 1
        run_on = _RUN_ON.match(text)
        if run_on:
            return run_on.group(), run_on.end()
    if len(text) > _LONGEST or ("。" in text and words.paragraph.role != "heading") or _FIGURE.search(text):
        return "", 0
    return (text, len(words.text)) if not text.endswith(("；", "，", "、", ";")) else ("", 0)


def _is_run_in(text: str, stop: re.Match[str], numbered: Mark) -> bool:
    """Whether the words before a stop are a heading: words follow, or they are nothing but a title."""
    if stop.end() == len(text):
        return bool(_TITLE.search(text[: stop.start()]))
    return stop.group() == "。" or numbered.rank < 4


def _match(title: str, *, numbered: bool) -> Heading | None:
    """The entry a heading fits. A numbered line may hold more words, a bare line little else."""
    found = mark(title)
    bare = squeeze(title[found.end :] if found else title).lstrip("：、.．")
    for heading in patterns().headings:
        for pattern in heading.patterns:
            fits = pattern.search(bare)
            if fits and (_whole(bare, fits) if heading.line or not numbered else True):
                return heading
    return None


def _whole(bare: str, found: re.Match[str]) -> bool:
    """Around the found words stand only words that do not count (情况说明 …), a year or a name of a body."""
    after = patterns().around.sub("", bare[found.end() :])
    before = re.sub(r"\d{4}年?度?", "", bare[: found.start()])
    body = re.sub(r"[（(][^（）()]{1,6}[）)]$", "", before)
    return len(after) <= 1 and (len(before) <= 2 or body.endswith((*patterns().entity["heads"], "年度", "单位")))


def _contents(paragraphs: Sequence[Working]) -> set[int]:
    """Indices of the table of contents: marked by the reader, or from 目录 until its first line comes again."""
    marked = {i for i, words in enumerate(paragraphs) if words.paragraph.role == "contents"}
    if marked:
        return marked
    start = next((i for i, words in enumerate(paragraphs) if words.text in ("目录", "目次")), None)
    if start is None:
        return set()
    led = _led([words.text for words in paragraphs[start + 1 :]])
    if led:
        return set(range(start, start + 1 + led))
    lines = [_entry(words.text) for words in paragraphs[start + 1 :]]
    first = next((line for line in lines if line), "")
    again = next((i for i, line in enumerate(lines) if i and line == first), None)
    if again is None or not first:
        again = next((i for i, words in enumerate(paragraphs[start + 1 :]) if len(words.text) > _LONGEST), 0)
    return set(range(start, start + 1 + again))


def _led(lines: Sequence[str]) -> int:
    """How many lines, from the first on, lead with dots to a page; 0 where the contents are printed without."""
    return next((at for at, line in enumerate(lines) if not _LEADER.search(line)), len(lines))


def _entry(line: str) -> str:
    """A line of the contents without dots and page number."""
    return re.sub(r"[.…·．\s]*\d*$", "", squeeze(line))
