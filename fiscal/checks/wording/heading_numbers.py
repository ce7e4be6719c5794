"""ST4: gaps and repeats in the numbering of headings and of numbered paragraphs.

Numbers of parts (第一部分 …) are not judged: the part with the tables often has no words of its own, and readers meet
第3部分 beside 第二部分. Where automatic numbers were lost in conversion the run is doubtful, and nothing is said.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fiscal.checks.wording.hits import hit, place_of
from fiscal.dictionary.numbering import chinese
from fiscal.model.finding import Outcome
from fiscal.model.numerals import in_chinese
from fiscal.model.text import Paragraph

_LABEL = re.compile(
    r"^\s*(?:第(?P<part>[一二三四五六七八九十]{1,3}|\d{1,2})部分"
    r"|(?P<top>[一二三四五六七八九十]{1,3})、"
    r"|（(?P<sub>[一二三四五六七八九十]{1,3})）"
    r"|(?P<digit>\d{1,2})(?:[、．]|\.(?!\d)))"
)
_ROLES, _UNRUN = ("heading", "body"), ("contents", "tables", "title")


@dataclass(frozen=True, slots=True)
class Label:
    """The number a paragraph begins with: `kind` part, top (一、), sub (（一）) or digit (1、 1.)."""

    kind: str
    value: int
    text: str
    end: int


@dataclass
class _Run:
    """One run of one kind: the last number and where it stood, and whether its order can be relied on."""

    last: Label
    index: int
    doubtful: bool = False


def label(paragraph: Paragraph) -> Label | None:
    """The number at the beginning of a paragraph, or None."""
    match = _LABEL.match(paragraph.text)
    if not match:
        return None
    kind = str(match.lastgroup)
    value = int(match[kind]) if match[kind].isdecimal() else chinese(match[kind])
    return Label(kind, value, match.group().strip(), match.end()) if value else None


def numbering_outcomes(paragraphs: tuple[Paragraph, ...]) -> Iterator[Outcome]:
    """A number that does not follow the one before it in its run, in the contents and in the text."""
    yield from _runs([p for p in paragraphs if p.role == "contents"])
    yield from _runs([p for p in paragraphs if p.role in _ROLES and p.place.section not in _UNRUN])


def _runs(flow: list[Paragraph]) -> Iterator[Outcome]:
    runs: dict[str, _Run] = {}
    for index, paragraph in enumerate(flow):
        found = label(paragraph)
        if found is None or _continued(found, runs, index):
            continue
        run = runs.get(found.kind)
        if run and found.value != 1 and found.kind != "part" and _broken(found, run, flow[run.index : index]):
            yield hit(
                "ST4", place_of(paragraph, 0, found.end), found.text,
                other=run.last.text, name=_kind_of(found.value, run.last.value),
            )  # fmt: skip
        doubtful = run.doubtful if run and found.value != 1 else False
        _restart(runs, found.kind)
        runs[found.kind] = _Run(found, index, doubtful)


def _continued(found: Label, runs: dict[str, _Run], index: int) -> bool:
    """1、 where 一、 is meant: a digit takes the next place of the run of chapters, or makes it doubtful."""
    if found.kind != "digit":
        return False
    top = runs.get("top")
    if top is None:
        if found.value == 1:
            runs["top"] = _Run(found, index)
        return False
    if found.value != top.last.value + 1 or ("digit" in runs and top.last.kind != "digit"):
        return False
    if "sub" in runs:
        top.doubtful = True
        return False
    chapter = top.last.kind != "digit"
    runs["top"] = _Run(found, index, top.doubtful)
    return chapter


def _broken(found: Label, run: _Run, between: list[Paragraph]) -> bool:
    if found.value == run.last.value + 1 or run.doubtful or run.last.kind not in (found.kind, "digit"):
        return False
    if found.kind == "digit" and len(between) > 1:
        return False  # a list whose paragraphs do not follow each other may be two lists
    if found.value < run.last.value or found.value > run.last.value + 3:
        return False  # another list began without 1, or much was lost: no slip of one number
    if any(p.role == "heading" and label(p) is None for p in between[1:]):
        return False  # a heading that lost its automatic number
    return found.value == run.last.value or not any(_mentions(p.text, found) for p in between)


def _mentions(text: str, found: Label) -> bool:
    """Whether the missing number stands inside a paragraph, where lines were joined."""
    missing = found.value - 1
    zh = in_chinese(missing)
    begin = r"(?:^|[。；：\s])"
    shapes = {"top": rf"{begin}(?:{zh}|{missing})、", "sub": rf"[（(](?:{zh}|{missing})[）)]"}
    return bool(re.search(shapes.get(found.kind, rf"{begin}{missing}(?:[、．]|\.(?!\d))"), text[1:]))


def _kind_of(now: int, before: int) -> str:
    return "重号" if now == before else "跳号"


def _restart(runs: dict[str, _Run], kind: str) -> None:
    """Below a new heading the lower kinds begin again."""
    for lower in {"part": ("top", "sub", "digit"), "top": ("sub", "digit"), "sub": ("digit",), "digit": ()}[kind]:
        runs.pop(lower, None)
