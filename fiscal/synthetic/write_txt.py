"""Accounts as plain text: the words only, as pages saved without their tables."""

from pathlib import Path

from fiscal.synthetic.account import SyntheticAccount
from fiscal.synthetic.words import Line, blocks, grid_rows


def write_txt(account: SyntheticAccount, path: str | Path) -> None:
    """One paragraph per line; small tables with tabs; no statutory tables."""
    lines = []
    for block in blocks(account):
        if isinstance(block, Line):
            lines.append(block.text)
        else:
            lines += [block.title, *("\t".join(row) for row in grid_rows(block))]
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")
