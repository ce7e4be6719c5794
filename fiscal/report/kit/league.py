"""A long table that can be searched, narrowed and sorted inside the page, without any network."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from re import sub
from typing import Any

import pandas as pd

from fiscal.model.rounding import round_to
from fiscal.report.kit.markup import Raw, join, tag

MOST_ROWS = 1000  # that stand in the page itself; a browser lays out as many without delay, and without scripts


@dataclass(frozen=True)
class Column:
    """A head to sort by: by its text, or by the numbers of its cells."""

    head: str
    is_text: bool = False


@dataclass(frozen=True)
class League:
    """A table: rows are cells (the first heads the row) and whether the box `only` keeps them.

    years  of each row, where one of several years is to be chosen; `year` is shown first
    """

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[tuple[Sequence[Raw], bool]]
    unit: str = ""
    only: str = ""
    years: Sequence[int] = ()
    year: int = 0


def league(content: League) -> Raw:
    """The table with its search form; script index.js brings it to life, without it the form stays hidden."""
    unit = tag("small", f"单位：{content.unit}") if content.unit else ""
    caption = tag("caption", tag("span", content.title, "；点表头可排序", unit))
    heads = tag("thead", tag("tr", *map(_head, content.columns)))
    years: Sequence[int | None] = content.years or [None] * len(content.rows)
    n_first = sum(year in (None, content.year) for year in years)  # the rows of other years need the script
    body, more = paged([_row(*row, year) for row, year in zip(content.rows, years, strict=True)], n_first)
    label = f"{content.title}（可横向滚动）"
    scroller = tag("div", tag("table", caption, heads, body), class_="tablewrap", tabindex="0", role="group",
                   aria_label=label)  # fmt: skip
    return tag("div", _form(content), scroller, more, class_="league", id=content.key)


def paged(rows: Sequence[Raw], most: int = MOST_ROWS) -> tuple[Raw, Raw]:
    """The rows that a table shows first, and a template with all others, which index.js turns over page by page."""
    n = min(most, MOST_ROWS)
    first, more = tag("tbody", join(rows[:n], "\n")), rows[n:]
    if not more:
        return first, Raw("")
    return first, tag("template", tag("table", tag("tbody", join(more, "\n"))))


def _form(content: League) -> Raw:
    find = tag(
        "label", "查找 ", tag("input", type="search", data_find=True, autocomplete="off", placeholder="单位名称")
    )
    only = tag("label", tag("input", type="checkbox", data_only=True), f" {content.only}", class_="check")
    shown = tag("output", f"共 {len(content.rows)} 行", data_shown=True, aria_live="polite")
    fields = [find, _years(content), only if content.only else "", shown]
    label = f"在“{content.title}”中查找"
    return tag("form", *fields, class_="find", role="search", hidden=True, aria_label=label)


def _years(content: League) -> Raw:
    """The choice of a year, where there are several."""
    years = sorted(set(content.years), reverse=True)
    options = [tag("option", year, value=year, selected=True if year == content.year else None) for year in years]
    return tag("label", "年度 ", tag("select", *options, data_year=True)) if len(years) > 1 else Raw("")


def _head(column: Column) -> Raw:
    button = tag("button", column.head, type="button", data_text="1" if column.is_text else None)
    return tag("th", button, scope="col", class_="left" if column.is_text else None)


def _row(cells: Sequence[Raw], flag: bool, year: int | None) -> Raw:
    name = unescape(sub(r"<[^>]+>", "", cells[0]))
    return tag("tr", *cells, data_find=name.lower(), data_flag="1" if flag else None, data_year=year)


def entity(name: str) -> Raw:
    """The name of a department; the export makes it a link where its own page stands beside."""
    return link(name, name)


def link(text: str, entity: str) -> Raw:
    """A text that the export makes a link to the page of a department."""
    return tag("span", text, data_entity=entity)


def value(number: Any, *, digits: int = 2, after: str = "", signed: bool = False, mark: Raw | None = None) -> Raw:
    """A number to sort by, `mark` below it; a cell without one is blank and sorts last."""
    if number is None or pd.isna(number):
        return tag("td", data_v="")
    exact = round_to(Decimal(str(number)), digits)
    shown = f"{exact:+,f}{after}" if signed else f"{exact:,f}{after}"
    below = [tag("span", mark, class_="mark")] if mark else []
    return tag("td", shown, *below, data_v=exact, class_="disagrees" if mark else None)


def word(text: str, kind: str = "") -> Raw:
    """A cell with a word."""
    return tag("td", text, class_=f"text {kind}".strip())
