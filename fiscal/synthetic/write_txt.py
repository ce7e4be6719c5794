"""Accounts as plain text: the words, then every statutory table with tabs, as a word processor saves them."""

from collections.abc import Iterator
from pathlib import Path

from fiscal.synthetic.forms import Form, FormCell, account_forms
from fiscal.synthetic.invent import SyntheticAccount
from fiscal.synthetic.phrasing import Line, blocks, grid_rows


def write_txt(account: SyntheticAccount, path: str | Path) -> None:
    """One paragraph per line; a row of a table is a line, its cells apart by tabs, covered cells empty."""
    lines = []
    for block in blocks(account):
        if isinstance(block, Line):
            lines.append(block.text)
        else:
            lines += [block.title, *("\t".join(row) for row in grid_rows(block))]
    for form in account_forms(account):
        lines += _form(form)
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _form(form: Form) -> Iterator[str]:
    yield form.title
    yield form.number
    yield f"部门：{form.entity}　　{form.year}年度　　单位：{form.unit}"
    for number, row in enumerate(form.grid):
        yield "\t".join(_spread(row) if number < form.n_head else (cell.text if cell else "" for cell in row))
    if form.note:
        yield form.note


def _spread(row: list[FormCell | None]) -> Iterator[str]:
    """The texts of a row of heads; one over several columns stands in each, as a text cannot show its reach."""
    text, reach = "", 0
    for cell in row:
        text, reach = (cell.text, cell.cols) if cell else (text, reach)
        yield cell.text if cell else text if reach > 0 else ""
        reach -= 1
