"""TI22: the number of units or offices that a sentence names, against those it lists."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from fiscal.checks.wording.hits import hit, place_of
from fiscal.dictionary.numbering import mark
from fiscal.model import numerals
from fiscal.model.finding import Outcome
from fiscal.model.text import Paragraph

_N = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*[家个]"
_OFFICES = re.compile(
    rf"(?P<said>(?:{_N}(?:内设|职能)?(?:机构|[科处股]室)|内设(?:机构|[科处股]室){_N.replace('<n>', '<m>')}))"
    r"[^。：:；\d]{0,8}?(?:包括|分别[是为]|即)?[：:]?(?P<list>[^。；，：:\d]{4,300})。"
)
_OFFICE = re.compile(r"(?:室|科|处|股|队|中心|部|办|组|所|站|局|司)(?:（[^）]*）)?$")
_BELOW = re.compile(rf"下属\s*{_N}(?:预算|事业|基层|二级)?(?:预算)?单位")
_KIND = re.compile(
    rf"(?P<said>(?:行政|参公|参照公务员法管理的|参公管理的?|全额|差额|公益[一二]类|企业)?(?:事业)?(?:单位|机关)\s*{_N})"
)
_OWN = re.compile(r"本[部级]|机关")
_LEAST = 2


def count_outcomes(paragraphs: Sequence[Paragraph]) -> Iterator[Outcome]:
    """Offices in one sentence; units in the numbered lines below a sentence that announces them."""
    own = [p for p in paragraphs if p.role in ("body", "heading")]
    for at, paragraph in enumerate(own):
        if paragraph.place.section in ("organisation", "overview", "responsibilities"):
            yield from _offices(paragraph)
            yield from _units(own, at)


def _offices(paragraph: Paragraph) -> Iterator[Outcome]:
    for found in _OFFICES.finditer(paragraph.text):
        names = [name for name in re.split(r"、|[和及与]", re.sub(r"等.{0,8}$", "", found["list"])) if name]
        said = _number(found["n"] or found["m"])
        if len(names) >= _LEAST and all(map(_OFFICE.search, names)) and said != len(names):
            yield hit("TI22", place_of(paragraph, *found.span("said")), found["said"], other=len(names), name="机构")


def _units(own: Sequence[Paragraph], at: int) -> Iterator[Outcome]:
    """Kinds of units and units below, in the sentence before a numbered list or in the paragraph before that."""
    paragraph = own[at]
    if not paragraph.text.rstrip().endswith(("：", ":", "如下。")):
        return
    numbered = [(p, mark(p.text.strip())) for p in own[at + 1 :]]
    listed = list(takewhile(lambda one: one[1] is not None and one[1].value, numbered))
    values = [found.value for _, found in listed if found]
    count = next((n for n, value in enumerate(values) if value != n + 1), len(values))
    if count < _LEAST:
        return
    kinds = list(_KIND.finditer(paragraph.text))
    if len(kinds) >= _LEAST and sum(_number(one["n"]) for one in kinds) != count:
        said = "，".join(one["said"] for one in kinds)
        yield hit("TI22", place_of(paragraph, kinds[0].start(), kinds[-1].end()), said, other=count, name="单位")
    heads = sum(bool(_OWN.search(p.text)) for p, _ in listed[:1])
    for one in own[max(0, at - 1) : at + 1]:
        for found in _BELOW.finditer(one.text):
            if _number(found["n"]) not in (count - heads, count - 1):
                place = place_of(one, *found.span())
                yield hit("TI22", place, found.group(), other=count - heads, name="下属单位")


def _number(text: str) -> int:
    return int(text) if text.isdigit() else numerals.chinese(text.replace("两", "二"))
