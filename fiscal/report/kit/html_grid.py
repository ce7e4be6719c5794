"""A frame of printed cells as an accessible table: caption, unit once, header cells with scope, numbers as printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from fiscal.model.cells import Cell
from fiscal.model.finding import Doubt
from fiscal.report.kit.markup import Raw, number, tag
from fiscal.report.kit.see import see

SEPARATOR = "/"
FOLD_FROM = 30


@dataclass(frozen=True)
class Head:
    """A column: its header path (parents first) and whether it holds amounts."""

    path: tuple[str, ...]
    is_amount: bool = True


@dataclass(frozen=True)
class Line:
    """A row of cells already in HTML; `kind` is its class attribute. `is_silent`: it says no number but zero."""

    cells: tuple[Raw, ...]
    kind: str = ""
    is_silent: bool = False


@dataclass(frozen=True)
class Sheet:
    """Everything a table needs to be printed."""

    title: str
    heads: Sequence[Head]
    lines: Sequence[Line]
    unit: str = ""
    notes: Sequence[str | Raw] = field(default=())
    numbered: bool = True
    width: str = ""


def sheet(content: Sheet) -> Raw:
    """The table in its own scroller, notes under it."""
    unit = tag("small", f"单位：{content.unit}") if content.unit else ""
    label = (number("表"), Raw("　")) if content.numbered else ()
    caption = tag("caption", tag("span", *label, content.title, unit))
    silent = sum(line.is_silent for line in content.lines)
    folds = silent >= FOLD_FROM
    body = tag("tbody", *(_tr(line, folds=folds) for line in content.lines))
    table = tag("table", caption, thead(content.heads), body, class_=content.width or None)
    wrapped = tag(
        "div", table, class_="tablewrap", tabindex="0", role="group", aria_label=f"{content.title}（可横向滚动）"
    )
    notes = [tag("div", note, class_="note") for note in content.notes if note]
    return tag("div", wrapped, _unfold(silent) if folds else "", *notes, class_="sheet")


def _tr(line: Line, *, folds: bool) -> Raw:
    kinds = [line.kind] if line.kind else []
    kinds += ["silent"] if folds and line.is_silent else []
    return tag("tr", *line.cells, class_=" ".join(kinds) or None)


def _unfold(count: int) -> Raw:
    """Many rows that say nothing are folded away on a screen; here they are brought back. Paper has them all."""
    words = f" 显示各栏未公开的 {count} 行"
    return tag("label", tag("input", type="checkbox"), words, class_="unfold")


def thead(heads: Sequence[Head]) -> Raw:
    """Header rows: equal parents side by side become one cell, a short path spans the rows below it."""
    depth = max((len(head.path) for head in heads), default=1)
    rows = [tag("tr", *_row(heads, level, depth)) for level in range(depth)]
    return tag("thead", *rows)


def _row(heads: Sequence[Head], level: int, depth: int) -> list[Raw]:
    found = shared([head.path for head in heads], level)
    return [_head(heads[at], level, span=width, depth=depth) for at, width in found if level < len(heads[at].path)]


def shared(paths: Sequence[Sequence[str]], level: int) -> Iterator[tuple[int, int]]:
    """First column and number of the columns that stand under each heading of a level: equal parents are one."""
    start = 0
    while start < len(paths):
        end = start + 1
        while end < len(paths) and _same(paths[start], paths[end], level):
            end += 1
        yield start, end - start
        start = end


def _same(one: Sequence[str], other: Sequence[str], level: int) -> bool:
    return level < min(len(one), len(other)) - 1 and one[: level + 1] == other[: level + 1]


def _head(head: Head, level: int, *, span: int, depth: int) -> Raw:
    is_last = level == len(head.path) - 1
    rows = depth - level if is_last else 1
    kind = "group" if not is_last else None if head.is_amount else "left"
    scope = "col" if is_last else "colgroup"
    spans = {"colspan": span if span > 1 else None, "rowspan": rows if rows > 1 else None}
    return tag("th", head.path[level], scope=scope, class_=kind, **spans)


def amount(cell: Cell | None, *, id_: str | None = None, doubt: Doubt | None = None) -> Raw:
    """One amount: printed digits, 未公开 in grey, a blank left blank; a link to the finding that doubts it."""
    if cell is None:
        return tag("td", class_="none")
    kinds = ["unknown"] if cell.is_unknown else ["blank"] if cell.is_blank else []
    kinds += ["derived"] if cell.derived else []
    kinds += ["bad", doubt.severity] if doubt else []
    title = doubt.message if doubt else "由其他数推得，公开文本没有印出" if cell.derived else None
    shown = [str(cell), tag("span", see(doubt), class_="mark")] if doubt else [str(cell)]
    return tag("td", *shown, id=id_, title=title, class_=" ".join(kinds) or None)


def name(label: str, *, level: str = "") -> Raw:
    """The header cell of a row."""
    return tag("th", label, scope="row", class_=level or None)


def code(value: str) -> Raw:
    return tag("td", value, class_="code")


def path(label: str) -> tuple[str, ...]:
    """The header path of a column label, parents joined by “/”."""
    return tuple(part for part in label.split(SEPARATOR) if part) or (label,)


def simple(title: str, heads: Sequence[str], lines: Sequence[Sequence[object]], **options) -> Raw:
    """A table of texts and figures; the first column heads the rows. `options` are fields of Sheet, and `amounts`:
    the indices of right-aligned columns."""
    amounts = options.pop("amounts", ())
    columns = [Head((head,), i in amounts) for i, head in enumerate(heads)]
    rows = [
        Line((name(str(first)) if not isinstance(first, Raw) else tag("th", first, scope="row"),
              *(tag("td", value, class_="num" if i in amounts else "text") for i, value in enumerate(rest, start=1))))
        for first, *rest in lines
    ]  # fmt: skip
    return sheet(Sheet(title, columns, rows, **options))
