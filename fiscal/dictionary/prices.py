"""Price indices: the national consumer price index of the project, or a file of the same form."""

import csv
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path

import pandas as pd

from fiscal.dictionary.load import DATA, read_csv, refuse
from fiscal.errors import ReadError
from fiscal.paths import nearby

FILE = DATA / "prices.csv"
COLUMNS = ("year", "index", "source")


def read_prices(path: str | Path = "") -> pd.DataFrame:
    """How prices moved from year to year, checked.

    Shape:  year (int), index (Decimal, 上年=100), source; sorted by year. `source` may be left out of a file.
    Blanks: a year that is not in the file is not known; nothing is filled in.
    Errors: ReadError when a file cannot be read, DeclarationError naming the line: no such column, a year or index
            that is none, a year twice.
    Source: "" is 全国居民消费价格指数 (National Bureau of Statistics): data/prices.csv says where each value is from.
    """
    file = nearby(path) if str(path) else FILE
    lines = sorted(_lines(file), key=lambda line: line[0])
    for (before, *_), (year, *_) in pairwise(lines):
        if before == year:
            refuse(file, f"year {year}", "stands twice")
    return pd.DataFrame(lines, columns=list(COLUMNS)).astype({"index": object})


def _lines(file: Path) -> Iterator[tuple[int, Decimal, str]]:
    for number, line in enumerate(_rows(file), start=2):
        missing = [name for name in COLUMNS[:2] if line.get(name) is None]
        if missing:
            refuse(file, f"line {number}", f"lacks {', '.join(missing)}")
        yield _year(file, number, line["year"]), _index(file, number, line["index"]), line.get("source") or ""


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        return read_csv(file)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReadError(str(file), f"cannot be read: {error}", "give a CSV file in UTF-8: year,index,source") from error


def _year(file: Path, number: int, text: str) -> int:
    if not (text.isdecimal() and len(text) == 4):
        refuse(file, f"line {number}", f"{text!r} is no year")
    return int(text)


def _index(file: Path, number: int, text: str) -> Decimal:
    try:
        index = Decimal(text)
    except InvalidOperation:
        refuse(file, f"line {number}", f"{text!r} is no index; write 102.0 for a rise of 2 %")
    if not (index.is_finite() and index > 0):
        refuse(file, f"line {number}", f"{text!r} is no index; write 102.0 for a rise of 2 %")
    return index
