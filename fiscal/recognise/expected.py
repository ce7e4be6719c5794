"""expected.csv: who should publish which year's account, and by when."""

import csv
from datetime import date
from pathlib import Path

import pandas as pd

from fiscal.errors import ReadError
from fiscal.paths import nearby

NAME = "expected.csv"
COLUMNS = ("entity", "year", "by", "parent")
_NEEDED = ("entity", "year")


def read_expected(path: str | Path) -> pd.DataFrame:
    """The list of expected accounts, checked.

    Shape:  entity, year (int), by (date or None), parent ("" where none); `by` and `parent` may be left out of the
            file. An empty `path` gives an empty list.
    Errors: ReadError naming the line: no such column, an empty entity, a year or date that is none, a line twice.
    """
    if not str(path):
        return pd.DataFrame(columns=list(COLUMNS))
    lines = _lines(nearby(path))
    made = [_line(f"{path}, line {number}", line) for number, line in enumerate(lines, start=2)]
    seen: set[tuple] = set()
    for number, line in enumerate(made, start=2):
        if line[:2] in seen:
            raise ReadError(f"{path}, line {number}", f"{line[0]} {line[1]} stands twice", "remove one line")
        seen.add(line[:2])
    return pd.DataFrame(made, columns=list(COLUMNS)).astype({"by": object})


def _lines(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            names = [name.strip() for name in reader.fieldnames or []]
            lines = [{k.strip(): (v or "").strip() for k, v in line.items() if k} for line in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReadError(str(path), f"cannot be read: {error}", "give a CSV file in UTF-8") from error
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise ReadError(str(path), f"has no column {', '.join(missing)}", f"columns are {', '.join(COLUMNS)}")
    return lines


def _line(where: str, line: dict[str, str]) -> tuple[str, int, date | None, str]:
    if not line["entity"]:
        raise ReadError(where, "names no entity", "write the name of the 单位")
    if not line["year"].isdecimal() or len(line["year"]) != 4:
        raise ReadError(where, f"{line['year']!r} is no year", "write it as 2023")
    return line["entity"], int(line["year"]), _date(where, line.get("by", "")), line.get("parent", "")


def _date(where: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ReadError(where, f"{text!r} is no date", "write it as 2024-09-30") from error
