"""Findings accepted before: they are left out for the document they were accepted for, new ones are not."""

import json
from pathlib import Path

from fiscal.errors import ReadError


def accepted(path: Path) -> frozenset[str]:
    """Keys of accepted findings: all of an earlier `--format json` result, or the accepted lines of a review sheet."""
    if _is_workbook(path):
        from fiscal.commands.review_sheet import read_accepted

        return read_accepted(path)
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
        return frozenset(finding["key"] for entry in result["documents"] for finding in entry["findings"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReadError(str(path), "is no baseline", "give a result of --format json or a reviewed xlsx") from error


def _is_workbook(path: Path) -> bool:
    """By its first bytes, whatever the file is called."""
    try:
        with path.open("rb") as file:
            return file.read(4).startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    except OSError:
        return False
