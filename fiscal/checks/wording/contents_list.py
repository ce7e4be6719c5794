"""ST9: a line of the contents that differs a little from the heading or the title it points to."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from fiscal.checks.wording.hits import hit, place_of
from fiscal.dictionary.labels import squeeze
from fiscal.dictionary.numbering import mark
from fiscal.model.finding import Outcome
from fiscal.model.text import Paragraph

_LEADERS = re.compile(r"(?:(?<![.．。·…‥_—\-\s])[.．。·…‥_—\-\s]+)?\d{0,3}$")
_SMALL = re.compile(r"[“”\"《》（）()、，：:]|的|情况|说明|总体")
_ALIKE, _SHORTEST, _LONGEST = 0.8, 6, 60


def contents_outcomes(paragraphs: Sequence[Paragraph], entity: str) -> Iterator[Outcome]:
    """Every such line, beside the heading that is most like it and that no other line names."""
    listed = [p for p in paragraphs if p.role == "contents"]
    last = max((at for at, p in enumerate(paragraphs) if p.role == "contents"), default=len(paragraphs))
    headed = [p for p in paragraphs[last + 1 :] if p.role in ("heading", "caption") and len(p.text) <= _LONGEST]
    heads = {_bare(p.text, entity): p for p in headed}
    entries = {_bare(_LEADERS.sub("", p.text), entity): p for p in listed}
    free = [head for head in heads if not any(entry in head or head in entry for entry in entries if entry)]
    for entry, paragraph in entries.items():
        if len(entry) < _SHORTEST or any(entry in head or head in entry for head in heads if head):
            continue
        near = max(free, key=lambda head: SequenceMatcher(None, entry, head).ratio(), default="")
        if near and SequenceMatcher(None, entry, near).ratio() >= _ALIKE:
            place = place_of(paragraph, 0, len(paragraph.text))
            yield hit("ST9", place, _LEADERS.sub("", paragraph.text).strip(), other=heads[near].text.strip())


def _bare(text: str, entity: str) -> str:
    """The words of a title without its number, the body's name and what does not count."""
    short = text.strip()
    found = mark(short)
    return _SMALL.sub("", squeeze(short[found.end :] if found else short).replace(entity or "\n", ""))
