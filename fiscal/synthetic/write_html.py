"""Accounts as web pages, as county portals publish them."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from fiscal.synthetic.forms import Form, FormCell, account_forms
from fiscal.synthetic.invent import SyntheticAccount
from fiscal.synthetic.phrasing import Line, blocks, grid_rows

_HEAD = (
    '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>'
    "body{{font-family:serif;max-width:60rem;margin:auto}} table{{border-collapse:collapse;margin:1rem 0}}"
    " td,th{{border:1px solid #666;padding:.2rem .4rem}} td.amount{{text-align:right}}</style></head><body>"
)
_TAGS = {"title": "h1", "part": "h2", "body": "p"}


def write_html(account: SyntheticAccount, path: str | Path) -> None:
    """One page: the words, then every statutory table whole."""
    parts = [_HEAD.format(title=escape(account.title))]
    for block in blocks(account):
        parts.append(_line(block) if isinstance(block, Line) else _small(grid_rows(block)))
    for form in account_forms(account):
        parts += _form(form)
    Path(path).write_text("\n".join([*parts, "</body></html>", ""]), encoding="utf-8")


def _line(line: Line) -> str:
    tag = _TAGS.get(line.role, f"h{line.level + 1}")
    return f"<{tag}>{escape(line.text)}</{tag}>"


def _small(rows: list[list[str]]) -> str:
    lines = ("".join(f"<td>{escape(text)}</td>" for text in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _form(form: Form) -> Iterator[str]:
    yield f"<h3>{escape(form.title)}</h3>"
    yield f"<p>{form.number}</p>"
    yield f"<p>部门：{escape(form.entity)}　　{form.year}年度　　单位：{form.unit}</p>"
    yield "<table>"
    for number, row in enumerate(form.grid):
        tag = "th" if number < form.n_head else "td"
        yield "<tr>" + "".join(_cell(cell, tag) for cell in row if cell is not None) + "</tr>"
    yield "</table>"
    if form.note:
        yield f"<p>{escape(form.note)}</p>"


def _cell(cell: FormCell, tag: str) -> str:
    spans = "".join(f' {name}="{n}"' for name, n in (("rowspan", cell.rows), ("colspan", cell.cols)) if n > 1)
    style = ' class="amount"' if cell.style == "amount" else ""
    return f"<{tag}{spans}{style}>{escape(cell.text)}</{tag}>"
