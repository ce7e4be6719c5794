"""Cards of what a user holds: an account, its tables, a claim, a store; each says what can be asked next."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fiscal.model.text import Claim, figure_key
from fiscal.report.account.subject_words import subject_words
from fiscal.report.kit.html_grid import simple
from fiscal.report.kit.markup import Raw, join, tag

BASES = {  # and periods
    "last_year": "上年", "last_year_budget": "上年预算", "initial_budget": "年初预算", "full_year_budget": "全年预算",
    "budget": "预算", "previous": "上年", "this": "本年",
}  # fmt: skip
KINDS_OF_FIGURES = {
    "amount": "金额", "share": "占比", "change": "增减额", "change_percent": "增减幅度", "completion": "完成率",
    "count": "数量",
}  # fmt: skip


def account(item: Any) -> Raw:
    """Whose account this is, from which files, with which tables; what to ask of it."""
    disclosure = item.disclosure
    year = f"{item.year}年度" if item.year else "（年度未注明）"
    head = f"{item.entity or '（单位未注明）'} {year}{disclosure.paper or '资料'}"
    files = "、".join(Path(name).name for name in disclosure.files)
    figures = {figure_key(one, index) for index, one in enumerate(item.narrative.claims)} - {None}
    counted = f"{len(disclosure.tables)}张表，文中{len(figures)}个数字"
    unread = f"　没有读出的：{len(item.unread)}处（account.unread）" if item.unread else ""
    line = f"{counted}　单位：{item.unit}　来源：{files}{unread}"
    asked = "account.tables　account.check()　account.cells　account.claims"
    return join([tag("h3", head), tag("p", line, class_="meta"), tag("p", tag("code", asked), class_="meta")])


def frames(item: Mapping) -> Raw:
    """The tables by id and Chinese title; either is a key."""
    known = item.titles()  # type: ignore[attr-defined]
    rows = [(name, known[name], len(frame), frame.attrs["unit"]) for name, frame in item.items()]
    return simple("各表：按编号或表名取用", ["编号", "表名", "行数", "单位"], rows, amounts=(2,))


def claim(item: Claim) -> Raw:
    """One figure of the narrative: its sentence, what it speaks of, its value."""
    said = item.sentence or item.cell.place.text or ""
    before, figure, after = said.partition(item.cell.text or str(item.cell))
    known = (
        "" if "[" in item.subject else subject_words(item.subject, None)
    )  # entries of lists are named by the account
    facts = {
        "所指": known or item.subject or "（没有读懂）", "类别": KINDS_OF_FIGURES.get(item.kind, item.kind),
        "数值": f"{item.cell}{item.cell.unit}", "时期": BASES.get(item.period, item.period),
        "对照": BASES.get(item.base, item.base),
    }  # fmt: skip
    parts = [part for name, value in facts.items() if value for part in (tag("dt", name), tag("dd", value))]
    quote = tag("p", before, tag("mark", figure), after, class_="shot")
    return tag("figure", quote, tag("dl", *parts, class_="numbers"), class_="side")


def store(item: Any) -> Raw:
    """Which entities and years a store holds, and the names that a query can use."""
    columns = "entity, year, n_tables, n_facts, figures_total"
    known = item.sql(f"SELECT {columns} FROM documents ORDER BY entity, year LIMIT 51")
    rows = list(known.head(50).itertuples(index=False, name=None))
    heads = ["单位", "年度", "表数", "表内数字", "文中数字"]
    more = ["只列前50份。"] if len(known) > 50 else []
    table = simple("资料库", heads, rows, amounts=(2, 3, 4), notes=more)
    return join([table, tag("p", "可查询：", tag("code", "　".join(item.views)), class_="note")])
