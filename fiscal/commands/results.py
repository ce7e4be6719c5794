"""Writing the result of a check in the form asked for."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fiscal.errors import FileRefused, RunError
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


def write_docx(paths: Sequence[str], judged: "Sequence[Judged]", out: Path) -> None:
    """Write the one Word file that was checked again, with a comment at each finding.

    Errors: FileRefused where the input is not one .docx, or cannot be commented; RunError where nothing can be written.
    """
    from fiscal.report.draft.comments import with_comments

    source = Path(paths[0])
    if len(paths) != 1 or source.suffix.lower() != ".docx" or len(judged) != 1:
        raise FileRefused(", ".join(paths), "comments need one .docx of one account", "name that file alone")
    if out.exists() and out.samefile(source):
        raise RunError(str(out), "is the file that is checked", "give another name with --out")
    try:
        findings = list(judged[0].findings or ())
        placed = with_comments(source, findings, out)
    except OSError as error:
        raise _unwritable(out, error) from error
    click.echo(f"{out}: {len(findings)} comments, {placed} at their words", err=True)


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
