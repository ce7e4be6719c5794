"""Writing the result of a check in the form asked for."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fiscal.errors import RunError
from fiscal.model.printable import printable
from fiscal.paths import write_text

if TYPE_CHECKING:
    from fiscal.commands.accounts import Loaded
    from fiscal.commands.check import Judged


def write(result: dict, form: str, out: Path | None) -> None:
    """Write `result` as text, json or xlsx to `out`, or text and json to stdout."""
    try:
        if form == "xlsx" and out:
            from fiscal.commands.review_sheet import write_sheet

            write_sheet(result, out)
        else:
            _write_text(_text(result, form), out)
    except OSError as error:
        raise _unwritable(out, error) from error


def write_html(loaded: "Loaded", judged: "Sequence[Judged]", out: Path) -> None:
    """Write one page of the findings of all documents, with the pages they stand on as pictures."""
    from fiscal.report.check_page import write_page

    try:
        write_page(
            [(one.account, one.findings) for one in judged],
            [(item.path, item.sentence) for item in loaded.unreadable],
            out,
        )
    except OSError as error:
        raise _unwritable(out, error) from error


def _unwritable(out: Path | None, error: OSError) -> RunError:
    return RunError(str(out), f"cannot be written: {error.strerror}", "give another file")


def _text(result: dict, form: str) -> str:
    if form == "json":
        return json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    from fiscal.commands.as_text import as_text

    return as_text(result)


def _write_text(text: str, out: Path | None) -> None:
    text = printable(text)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_text(out, text)
