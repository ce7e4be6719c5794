"""What kind of line a paragraph is: heading, caption, line of a table of contents, or body. Shared by all readers."""

import re
from collections.abc import Sequence

from fiscal.dictionary.labels import squeeze
from fiscal.dictionary.numbering import mark

_HAN = "一二三四五六七八九十"
_PART = re.compile(rf"^第[{_HAN}\d]{{1,3}}(?:部分|章|篇)")
_NUMBER = re.compile(rf"^(?:[{_HAN}]{{1,3}}[、.．]|（[{_HAN}\d]{{1,3}}）|\d{{1,2}}[、.．](?!\d))")
_ANNEX = re.compile(r"^附[件表录]\d{0,2}(?:[：:].*)?$")
_CAPTION = re.compile(r"^[（\s]*图\d{1,2}(?:[：:、.．]|(?=\D))")
_LEADERS = re.compile(r"(?:(?<![.．。·…‥_\-—])[.．。·…‥_\-—]{3,}|\t)\s{0,40}\d{1,3}\s{0,40}$")
_DOTS = re.compile(r"[.．·…‥_]{3,}\d{0,3}$")
_FIGURE = re.compile(r"\d(?:万元|元|亿元|[%％﹪]|辆|次|人)")
_SENTENCE = re.compile(r"[。；;！？]")
_TITLE_END = re.compile(r"(?:报告|说明|决算|预算|公开|名词解释|目录|概况|职责|自评表|情况)(?:（[^）]*）)?$")
_TABLE_TITLE = re.compile(  # 公开02表 alone is the number of a form
    r"^(?!\D{0,4}\d{1,2}(?:-\d)?表$)(?:公开\d{1,2}表|附?表[\d-]{0,4}[：:、.．]?)?.{2,38}表(?:（[^）]*）)?(?:公开\d{1,2}表)?$"
)
_CONTENTS = re.compile(r"^目[录次]$")
LONGEST, RUN = 45, 3


def is_heading(text: str) -> bool:
    """A numbered or titled line without a sentence and without an amount.

    >>> is_heading("二、收入决算情况说明"), is_heading("一、本年收入合计为307.82万元")
    (True, False)
    """
    line = squeeze(text)
    if not line or len(line) > LONGEST or _SENTENCE.search(line) or _FIGURE.search(line):
        return False
    if line[-1] in "：:，,、":
        return False
    if _PART.match(line) or _ANNEX.match(line):
        return True
    return bool(_NUMBER.match(line) and "，" not in line) or bool(_TITLE_END.search(line) and "，" not in line)


def is_caption(text: str) -> bool:
    """The line under or above a chart: （图2：收入决算结构图）."""
    line = squeeze(text)
    return bool(_CAPTION.match(line)) and len(line) <= 60 and not _SENTENCE.search(line)


def is_contents_line(text: str) -> bool:
    """A line that ends in dot leaders, or a tab, and a page number."""
    found = _LEADERS.search(text.strip())
    return bool(found) and 0 < found.start() <= 60 if found else False


def is_table_title(text: str) -> bool:
    """A line that is nothing but the name of a table."""
    if "表" not in text:
        return False
    line = _NUMBER.sub("", squeeze(text))
    return len(line) <= LONGEST and not _SENTENCE.search(line) and bool(_TABLE_TITLE.match(line))


def roles(texts: Sequence[str | None]) -> list[str]:
    """The role of every line of a document, judged with its neighbours; None stands for a table between lines."""
    found = ["" if text is None else _alone(text) for text in texts]
    for start, end in (*_title_runs(texts), *_listed(texts), *_recurring(texts, found)):
        found[start:end] = ["contents"] * (end - start)
    return found


def _alone(text: str) -> str:
    if is_contents_line(text):
        return "contents"
    if is_caption(text):
        return "caption"
    return "heading" if is_heading(text) else "body"


def _title_runs(texts: Sequence[str | None]) -> list[tuple[int, int]]:
    """Runs of three and more table titles with no table between them: the list of annexed tables."""
    runs, start = [], 0
    for index in range(len(texts) + 1):
        text = texts[index] if index < len(texts) else None
        if text is not None and is_table_title(text):
            continue
        if index - start >= RUN:
            runs.append((start, index))
        start = index + 1
    return runs


def _listed(texts: Sequence[str | None]) -> list[tuple[int, int]]:
    """Lines after 目录: to where the first of them stands again or, numbered, to where numbers end or begin anew."""
    lines = ["" if text is None else squeeze(text) for text in texts]
    runs = []
    for start in (at for at, line in enumerate(lines[:-1]) if _CONTENTS.match(line)):
        first = _LEADERS.sub("", lines[start + 1])
        body = next((i for i in range(start + 2, len(lines)) if first and lines[i] == first), None)
        if body is None or not all(_short(text) for text in texts[start + 1 : body]):
            numbered = _numbered_to(texts, start + 1)
            body = numbered if numbered - start > RUN else None
        if body is not None:
            runs.append((start, body))
    return runs


def _recurring(texts: Sequence[str | None], alone: Sequence[str]) -> list[tuple[int, int]]:
    """Headings before the first sentence, most of which stand again below: a list of contents that nothing names so."""
    lines = [squeeze(_NUMBER.sub("", _DOTS.sub("", text or "").strip())) for text in texts]
    last = {line: at for at, line in enumerate(lines)}
    front = next((at for at, text in enumerate(texts) if text is None or _SENTENCE.search(text)), len(lines))
    named = [kind == "heading" or is_table_title(line) for kind, line in zip(alone, lines[:front])]
    start = next((at for at in range(front) if all(named[at : at + RUN])), front)
    end, seen = start, set[str]()
    while end < front and named[end] and lines[end] not in seen:
        seen.add(lines[end])
        end += 1
    while end > start and lines[end - 1] in lines[start]:  # the first part's own heading, on lines of its own
        end -= 1
    again = sum(last[line] >= end for line in lines[start:end])
    return [(start, end)] if again > RUN and again * 2 >= end - start else []


def _numbered_to(texts: Sequence[str | None], start: int) -> int:
    """The end of a run of short lines that bear numbers or name tables; the first number opens the text again."""
    first = mark(texts[start] or "")
    for at, text in enumerate(texts[start:], start):
        found = mark(text.strip()) if text is not None and _short(text) else None
        again = at > start and found and first and (found.kind, found.value) == (first.kind, first.value)
        if again or not (found or (text is not None and is_table_title(text))):
            return at
    return start


def _short(text: str | None) -> bool:
    return text is not None and len(text) <= 60 and not _SENTENCE.search(text)
