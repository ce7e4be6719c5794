"""What chapter notebooks display: functions that take an account and return an object with HTML for Jupyter and pages.

`previous` is last year's account or None.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from fiscal.metrics.headlines import doubted
from fiscal.narrative import Section, sections
from fiscal.report.account.asides import counts, unexplained
from fiscal.report.account.cards import cards, summary
from fiscal.report.account.figure_list import listed
from fiscal.report.account.proof import bar, by_table, coverage, tiles
from fiscal.report.account.prose import sections_html
from fiscal.report.account.statutory import table_html
from fiscal.report.account.verdict import headline, reconstructed
from fiscal.report.account.verdict import verdict as verdict_html
from fiscal.report.account.years_beside import carried, chain, per_head, renamed, restated, retold
from fiscal.report.chosen import accounts, choices, parameters
from fiscal.report.kit import measure_tables as measures
from fiscal.report.kit.markup import Shown, join, tag
from fiscal.report.kit.measure_cells import lead, note
from fiscal.report.rules import reference
from fiscal.report.store.across_departments import compared, consolidated, league_table, published, standing_out
from fiscal.report.store.codes_by_year import parts_table, renamed_parts
from fiscal.report.store.series import highlights, over_years, price_index, years_known

FIRST_PART, PLAN = "（一）", "plan."


def head(account: Any) -> Shown:
    """Whose account this is."""
    line = f"{account.entity} {account.year}年度　单位：{account.unit}"
    told = reconstructed(account)
    about = tag("p", told, data_fiscal=True, class_="note") if told else ""
    return Shown(join([tag("p", line, data_fiscal=True, class_="meta"), about]), f"{line}{told}")


def verdict(account: Any, previous: Any = None) -> Shown:
    """What must be corrected and what looked at, one line each, and how much was read and tied."""
    found = account.check(previous)
    return Shown(verdict_html(account, found), headline(account, found))


def overview(account: Any, previous: Any = None) -> Shown:
    """The headline figures as tiles."""
    return Shown(tiles(account, previous), f"{account.entity} {account.year}")


def proof(account: Any, previous: Any = None) -> Shown:
    """How many figures were read and how each was judged."""
    found = account.check(previous)
    return Shown(bar(found), f"{found.figures}")


def findings(account: Any, previous: Any = None) -> Shown:
    """All findings as cards, the rows around each figure shown."""
    found = account.check(previous)
    return Shown(cards(found, account), "\n".join(item.message for item in found))


def planned(account: Any, previous: Any = None) -> Shown:
    """Where the budget that the account states is not the published one: each difference with both places."""
    if account.budget is None:
        return note("没有与决算放在一起的部门预算。")
    found = account.check(previous)
    numbered = [(at, item) for at, item in enumerate(found, 1) if item.rule.startswith(PLAN)]
    if not numbered:
        return lead(f"{account.comparison(found)}。")
    lines = [
        tag("li", tag("a", f"第{at}项", href=f"#finding-{at}"), f"　{item.message}（{_places(item.evidence)}）")
        for at, item in numbered
    ]
    return Shown(tag("ul", *lines), "\n".join(item.message for _, item in numbered))


def _places(cells: Sequence[Any]) -> str:
    return "；".join(dict.fromkeys(cell.place.words() for cell in cells if cell.place.words()))


def covered(account: Any, previous: Any = None) -> Shown:
    """How much of each table was checked; which checks could not run, and why."""
    found = account.check(previous)
    return Shown(join([by_table(account, found), coverage(found)]), f"{found.checks}")


def figures(account: Any, previous: Any = None) -> Shown:
    """The figures that were not simply verified, by group, each with its sentence."""
    found = account.check(previous)
    return Shown(listed(account, found), f"{found.figures}")


def rules(account: Any, previous: Any = None) -> Shown:
    """The rules that findings of this account refer to."""
    found = account.check(previous)
    wanted = {item.rule for item in found}
    return Shown(
        tag("details", tag("summary", f"规则说明（{len(wanted)} 条）"), reference(wanted)), "、".join(sorted(wanted))
    )


def narrative(account: Any, *keys: str, previous: Any = None) -> Shown:
    """Sections of the narrative by key, parts included."""
    chosen = _chosen(sections(account, previous=previous), keys)
    return Shown(sections_html(chosen, account.doubts), "\n\n".join(section.text() for section in chosen))


def _chosen(built: Sequence[Section], keys: Sequence[str]) -> list[Section]:
    """The named sections; a section brings its parts along, a first part the heading above it."""
    chosen: list[Section] = []
    above: Section | None = None
    inside = False
    for section in built:
        if section.level == 2:
            above, inside = section, section.key in keys
        if inside or section.key in keys:
            chosen += [above] if above and not inside and section.number == FIRST_PART else []
            chosen.append(section)
    return chosen


def table(account: Any, name: str, previous: Any = None) -> Shown:
    """One statutory table as published, cells that findings speak of marked."""
    found = account.table(name)
    if found is None:
        return note("这张表没有公开。")
    return Shown(table_html(found, account.check(previous).doubts), found.title)


def tables(account: Any, previous: Any = None) -> Shown:
    """All statutory tables in their order; those that are missing are named."""
    from fiscal.dictionary.tables import catalogue

    known = catalogue()
    order = known.profiles.get(account.disclosure.profile, ())
    present = account.disclosure.tables
    names = [*(name for name in order if name in present), *(name for name in present if name not in order)]
    doubts = account.check(previous).doubts
    made = [table_html(present[name], doubts) for name in names]
    missing = "、".join(f"《{known[name].title}》" for name in order if name not in present)
    gone = tag("p", f"应公开而没有见到的表：{missing}。", class_="note") if missing else ""
    return Shown(tag("div", *made, gone, class_="statutory"), "、".join(present[name].title for name in names))


def measure(frame: pd.DataFrame, title: str = "", account: Any = None) -> Shown:
    """A frame of fiscal.metrics as a table in Chinese: amounts, shares, rates.

    With `account` the numbers that its check holds for wrong are marked.
    """
    told = doubted(frame, account) if account else frame
    return Shown(measures.table(told, title), title or frame.to_string())


def problems(account: Any) -> Shown:
    """What could not be read in the files of the account."""
    said = [*(f"{part['place']}：{part['reason']}" for part in account.unread), *account.disclosure.problems]
    items = [tag("li", item) for item in said]
    body = tag("ul", *items) if items else tag("p", "各文件均已读出，没有未识别的工作表或数字。")
    return Shown(body, "\n".join(said))


__all__ = [
    "accounts", "carried", "chain", "choices", "compared", "consolidated", "counts", "covered", "figures",
    "findings", "head", "highlights", "league_table", "measure", "narrative", "over_years", "overview",
    "parameters", "parts_table", "per_head", "planned", "price_index", "problems", "proof", "published", "renamed",
    "renamed_parts", "restated", "retold", "rules", "standing_out", "summary", "table", "tables", "unexplained",
    "verdict", "years_known",
]  # fmt: skip


def __dir__() -> list[str]:
    return __all__
