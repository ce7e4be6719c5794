"""Writing the result of a check in the form asked for."""

import json
from pathlib import Path

import click

from fiscal.errors import RunError


def write(result: dict, form: str, out: Path | None) -> None:
    """Write `result` as text, json, html or xlsx to `out`, or text and json to stdout."""
    try:
        if form == "xlsx" and out:
            from fiscal.batch.review_sheet import write_sheet

            write_sheet(result, out)
        elif form == "html" and out:
            from fiscal.report.check_page import write_page

            write_page(result, out)
        else:
            _write_text(_text(result, form), out)
    except OSError as error:
        raise RunError(str(out), f"cannot be written: {error.strerror}", "give another file") from error


def _text(result: dict, form: str) -> str:
    if form == "json":
        return json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    from fiscal.batch.as_text import as_text

    return as_text(result)


def _write_text(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8", newline="\n")
