"""Chart series that an export from Word leaves in the text: series name, categories, values, tab after tab."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from fiscal.model.cells import Place
from fiscal.model.text import ChartPoint, Paragraph
from fiscal.readers.headings import is_caption

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,2})?$")
_DEFAULT = re.compile(r"^(?:列|系列|Series|Column)\s?\d+$", re.I)
_TITLE = re.compile(r"^[^\t]{2,30}(?:图|图表标题)\s*$")
MOST_LINES = 100  # of one chart; those seen have two to four
_YEAR = re.compile(r"^20\d\d年度?$")


@dataclass(frozen=True, slots=True)
class Series:
    """One series: the values belong to the first categories, an export leaves blank points out."""

    name: str
    categories: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartDump:
    """The data of one chart: its text with tabs, its series, its name where one is known."""

    text: str
    series: tuple[Series, ...]
    name: str = ""

    def placed(self, document: str, offset: int) -> tuple[Paragraph, list[ChartPoint]]:
        """Its paragraph at this offset, and its points with theirs."""
        points, at = [], 0
        for series in self.series:
            for index, value in enumerate(series.values):
                at = re.compile(rf"(?<![^\t\n]){re.escape(value)}(?![^\t\n])").search(self.text, at).end()  # type: ignore[union-attr]
                category = series.categories[index] if index < len(series.categories) else ""
                place = Place(document=document, offset=offset + at - len(value), text=value)
                points.append(ChartPoint(self.name, series.name, category, value, place))
        return Paragraph(self.text, Place(document=document, offset=offset), "chart"), points


@dataclass(frozen=True, slots=True)
class Found:
    """What a form made of the lines it took."""

    parts: tuple
    taken: int


def chart_dump(lines: Sequence[str], start: int) -> Found | None:
    """The chart data that begins at this line: a title or not, then `name⇥`, then lines of names and numbers."""
    block = list(islice(_until_blank(lines, start), MOST_LINES + 1))
    if len(block) > MOST_LINES:
        return None
    titled = len(block) > 2 and bool(_TITLE.search(block[0]))
    data = block[1:] if titled else block
    series = _series(data)
    if not series:
        return None
    title = block[0].strip() if titled else ""
    return Found((ChartDump("\n".join(line.strip() for line in block), series, title),), len(block))


def _until_blank(lines: Sequence[str], start: int) -> Iterator[str]:
    for index in range(start, len(lines)):
        if not lines[index].strip():
            return
        yield lines[index]


def _series(data: Sequence[str]) -> tuple[Series, ...]:
    """The series of a block, or none where it is no chart data: (name, categories…, values…) again and again."""
    if len(data) < 2 or data[0].startswith("\t") or "\t" in data[0].strip() or any("\t\t" in line for line in data):
        return ()
    named = bool(_DEFAULT.match(data[0].strip()) or _YEAR.match(data[0].strip()))
    if not (all(line.endswith("\t") for line in data) or (named and "\t" in "".join(data[1:]))):
        return ()
    tokens = [token.strip() for line in data for token in line.split("\t") if token.strip()]
    if any(len(token) > 30 or "。" in token for token in tokens) or not _NUMBER.match(tokens[-1]):
        return ()
    return tuple(_grouped(tokens))


def _grouped(tokens: Sequence[str]) -> Iterator[Series]:
    names: list[str] = []
    values: list[str] = []
    for token in (*tokens, ""):
        if _NUMBER.match(token):
            values.append(token)
            continue
        if values:
            yield Series(names[0] if names else "", tuple(names[1:]), tuple(values))
            names, values = [], []
        names.append(token)


def name_charts(dumps: Sequence[ChartDump], lines: Sequence[str]) -> list[ChartDump]:
    """Charts named after the captions of the text, where it is sure which caption is theirs.

    Several charts for as many captions of a kind are named in their order only when their data is the same;
    otherwise a chart keeps the title printed with it, or none.
    """
    captions = [_stripped(line) for line in lines if is_caption(line)]
    kinds = [_kind(dump) for dump in dumps]
    wanted = {kind: [caption for caption in captions if _fits(kind, caption)] for kind in kinds}
    used: Counter[str] = Counter()
    named = []
    for dump, kind in zip(dumps, kinds, strict=True):
        twins = [other for other, its in zip(dumps, kinds, strict=True) if its == kind]
        sure = len(wanted[kind]) == len(twins) and len({_content(other) for other in twins}) == 1
        named.append(replace(dump, name=wanted[kind][used[kind]]) if sure else dump)
        used[kind] += 1
    return named


def _stripped(caption: str) -> str:
    return _SPACE.sub("", caption).strip("（）()")


def _content(dump: ChartDump) -> frozenset:
    return frozenset((series.name, series.values) for series in dump.series)


def _kind(dump: ChartDump) -> str:
    """What a chart compares, judged from the names in it."""
    names = {name for series in dump.series for name in series.categories}
    if all(_YEAR.match(series.name) for series in dump.series):
        return "both_sides_change" if names else "one_side_change"
    if any("公务接待" in name or "因公出国" in name for name in names):
        return "three_public"
    if any(name.startswith(("基本支出", "项目支出")) for name in names):
        return "expenditure"
    if names and all(name.endswith("收入") for name in names):
        return "revenue"
    return "classes" if names and all("支出" in name for name in names) else ""


def _fits(kind: str, caption: str) -> bool:
    change, both = "变动" in caption, "收、支" in caption or "收支" in caption or "收入支出" in caption
    three, budget = "三公" in caption, "一般公共预算" in caption
    return {
        "both_sides_change": change and both,
        "one_side_change": change and not both,
        "three_public": three and not change,
        "revenue": "收入" in caption and "支出" not in caption and not change,
        "expenditure": "支出" in caption and not (budget or three or change or both),
        "classes": budget and "支出" in caption and not change,
    }.get(kind, False)
