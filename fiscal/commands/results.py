"""Writing the result of a check in the form asked for."""

import json
import os
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fiscal.errors import FileRefused, RunError
from fiscal.model.finding import SEVERITY_WORDS
from fiscal.model.printable import printable
from fiscal.paths import write_text

if TYPE_CHECKING:
    from fiscal.commands.accounts import Loaded
    from fiscal.commands.check import Judged
_COLOURS = {SEVERITY_WORDS["error"]: "red", SEVERITY_WORDS["warning"]: "yellow", SEVERITY_WORDS["info"]: "blue"}
_SEVERITY = re.compile(rf"(?m)(?<=^  )\[({'|'.join(_COLOURS)})\]")


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
    if out:
        click.echo(f"{out} written: {_counted(result)}", err=True)


def _severities(result: dict) -> Counter:
    return Counter(finding["severity"] for entry in result["documents"] for finding in entry["findings"])


def _counted(result: dict) -> str:
    """The result in a line of stderr, which speaks English."""
    counts = _severities(result)
    found = ", ".join(f"{counts[key]} {key} ({word})" for key, word in SEVERITY_WORDS.items() if counts[key])
    many = len(result["documents"])
    return f"{many} document{'s' * (many != 1)}, {found or 'no findings'}"


def told(result: dict) -> str:
    """The result in a line of Chinese: how many accounts, what they say."""
    documents, counts = result["documents"], _severities(result)
    found = "，".join(f"{word}{counts[key]}项" for key, word in SEVERITY_WORDS.items() if counts[key])
    lost = sum(bool(entry["error"]) for entry in documents)
    more = f"；无法读取{lost}份" if lost else ""
    if lost == len(documents):
        return f"没有读到资料{more}"
    return f"{len(documents) - lost}份资料，{found or '没有需要处理的问题'}{more}"


def write_html(result: dict, loaded: "Loaded", judged: "Sequence[Judged]", out: Path) -> None:
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
    click.echo(f"{out} written: {_counted(result)}", err=True)


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
        placed, notes = with_comments(source, findings, out)
    except OSError as error:
        raise _unwritable(out, error) from error
    for note in notes:
        click.echo(f"{source.name} {note}", err=True)
    click.echo(f"{out} written: {len(findings)} comments (批注), {placed} at their words", err=True)


def _unwritable(out: Path | None, error: OSError) -> RunError:
    return RunError(str(out), f"cannot be written: {error.strerror}", "give another file")


def _text(result: dict, form: str) -> str:
    if form == "json":
        return json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    from fiscal.commands.as_text import as_text

    return f"{as_text(result)}\n结果：{told(result)}\n"


def _coloured(text: str) -> str:
    """The severities of findings in colour; click takes it away where stdout is no terminal."""
    if os.environ.get("NO_COLOR"):
        return text
    return _SEVERITY.sub(lambda found: click.style(found[0], fg=_COLOURS[found[1]], bold=True), text)


def _write_text(text: str, out: Path | None) -> None:
    text = printable(text)
    if out is None:
        click.echo(_coloured(text), nl=False)
    else:
        write_text(out, text)
