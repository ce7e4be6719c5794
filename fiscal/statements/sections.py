"""Which section a paragraph belongs to, by the words of the headings, never by their numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fiscal.dictionary.labels import squeeze
from fiscal.dictionary.patterns import Heading, patterns
from fiscal.statements.names import names_in
from fiscal.statements.working import Working

_NUMBERED = re.compile(
    r"^[（(]*(?:第[一二三四五六七八九十\d]+部分|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+[、.．]?"
    r"|\d{1,2}[、.．](?!\d)|[①-⑩])"
)
_PART = re.compile(r"^第[一二三四五六七八九十\d]+部分")
_TOP = re.compile(r"^(?:第[一二三四五六七八九十\d]+部分|[一二三四五六七八九十]+、|\d{1,2}、)")
_FIGURE = re.compile(r"(?<![\d.])\d[\d.]*+(?:万?元|%|亿元)")
_CAPTION = re.compile(r"^[（(\s]*(?:图|表)[\d一二三四五六七八九十]")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Sectioned:
    """A paragraph with its section. `body` is where the text after a heading in the same paragraph begins."""

    words: Working
    section: str
    heading: bool
    body: int = 0


def sectioned(paragraphs: Sequence[Working]) -> list[Sectioned]:
    """Every paragraph with the key of its section; "title" before the first heading, "whole" where none says."""
    contents, places = _contents(paragraphs), _Places()
    return [
        Sectioned(words, "contents", heading=False) if number in contents else places.place(words)
        for number, words in enumerate(paragraphs)
    ]


class _Places:
    """The section and the part the paragraphs read so far lead to."""

    def __init__(self) -> None:
        self.section, self.part = "title", ""

    def place(self, words: Working) -> Sectioned:
        """The section of the next paragraph."""
        title, body = _title(words)
        heading = _match(title, numbered=bool(_NUMBERED.match(title))) if title else None
        self._move(words, title, heading)
        if self.section in ("title", "whole") and not title and (home := _home(words)):
            return Sectioned(words, home, heading=False)
        whole_line = bool(title) and body >= len(words.text.rstrip("：:"))
        return Sectioned(words, self.section, heading=whole_line, body=body if heading or whole_line else 0)

    def _move(self, words: Working, title: str, heading: Heading | None) -> None:
        """Follow a heading; a part holds until the next part, an unknown chapter ends a section."""
        role, ends = words.paragraph.role, not self.part and bool(_TOP.match(title))
        if role == "caption" and not self.part and _is_tables(words.text):
            self.section = self.part = "tables"
        if _PART.match(title):
            self.part, self.section = "", "whole"
        if heading and (not self.part or heading.part):
            self.section = "whole" if heading.section in ("narrative", "contents") else heading.section
            self.part = heading.section if heading.part else ""
        elif (ends and role == "heading") or (self.section == "title" and len(words.text) > _LONGEST):
            self.section = "whole"


def _home(words: Working) -> str:
    """The section whose measure a paragraph begins with, where no heading says it ("" when none does)."""
    first = _FIGURE.search(words.text)
    if first is None or words.paragraph.role != "body":
        return ""
    book = patterns()
    for name in names_in(words.text[: first.start()]):
        for subject in book.names[words.text[name.start : name.end]]:
            if subject.is_slot and not subject.counters and book.slots[subject.key].section != "annexes":
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
    numbered = _NUMBERED.match(text)
    stop = text.find("。")
    if re.search(r"[（(][类款项][）)]", text):
        return "", 0
    if numbered and 0 < stop <= 32 and stop < len(text) - 1 and not _FIGURE.search(text, 0, stop):
        return text[:stop], stop + 1
    if len(text) > _LONGEST or (stop >= 0 and words.paragraph.role != "heading") or _FIGURE.search(text):
        return "", 0
    return (text, len(words.text)) if not text.endswith(("；", "，", "、", ";")) else ("", 0)


def _match(title: str, *, numbered: bool) -> Heading | None:
    """The entry a heading fits. A numbered line may hold more words, a bare line little else."""
    bare = squeeze(_NUMBERED.sub("", title))
    for heading in patterns().headings:
        for pattern in heading.patterns:
            found = pattern.search(bare)
            if found and (_whole(bare, found) if heading.line or not numbered else True):
                return heading
    return None


def _whole(bare: str, found: re.Match[str]) -> bool:
    """Around the found words stand only words that do not count (情况说明 …), a year or a name of a body."""
    after = patterns().around.sub("", bare[found.end() :])
    before = re.sub(r"\d{4}年?度?", "", bare[: found.start()])
    return len(after) <= 1 and (
        len(before) <= 2 or before.endswith(("局", "办公室", "部", "中心", "委员会", "院", "年度", "单位"))
    )


def _contents(paragraphs: Sequence[Working]) -> set[int]:
    """Indices of the table of contents: marked by the reader, or from 目录 until its first line comes again."""
    marked = {i for i, words in enumerate(paragraphs) if words.paragraph.role == "contents"}
    if marked:
        return marked
    start = next((i for i, words in enumerate(paragraphs) if words.text in ("目录", "目次")), None)
    if start is None:
        return set()
    lines = [_entry(words.text) for words in paragraphs[start + 1 :]]
    first = next((line for line in lines if line), "")
    again = next((i for i, line in enumerate(lines) if i and line == first), None)
    if again is None or not first:
        again = next((i for i, words in enumerate(paragraphs[start + 1 :]) if len(words.text) > _LONGEST), 0)
    return set(range(start, start + 1 + again))


def _entry(line: str) -> str:
    """A line of the contents without dots and page number."""
    return re.sub(r"[.…·．\s]*\d*$", "", squeeze(line))
