"""Sharing a store: CSV files, one Excel workbook, and datapackage.json, so that others need no part of this suite."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import duckdb

from fiscal.errors import RunError
from fiscal.paths import replace, workbook
from fiscal.store.data_package import LINES, descriptor
from fiscal.store.layout import why
from fiscal.store.schema import DATASETS, TITLES
from fiscal.store.store import Store, open_store

WORKBOOK = "accounts.xlsx"
ROWS = 1_048_575  # of one Excel sheet, under its head
_MADE = datetime(2000, 1, 1)  # a workbook says when it was made; the same store gives the same workbook
_TABLE_NAMES = {"documents": "决算", "facts": "表内数字", "unknowns": "未公开", "statements": "说明中的数字",
                "findings": "核对结果", "spending": "支出明细"}  # fmt: skip


def share(root: str | Path, out: Path, *, excel: bool = True) -> list[Path]:
    """Write every dataset and spending as CSV, one workbook with all of them, and a Fiscal Data Package.

    The same store gives the same files. Names of files and folders are shared without the part that belongs to this
    machine. Returns what was written. Errors: ReadError when there is no store, RunError when `out` cannot be written.
    """
    with open_store(root) as store:
        try:
            out.mkdir(parents=True, exist_ok=True)
            return list(_written(store, out, excel))
        except OSError as error:
            raise RunError(str(out), f"cannot be written: {error.strerror}", "give another --out") from error
        except duckdb.Error as error:
            raise RunError(str(out), f"cannot be written: {why(error)}", "free space or give another --out") from error


def _written(store: Store, out: Path, excel: bool) -> Iterator[Path]:
    queries = _queries(store)
    for name, query in queries.items():
        target = f"{out / f'.{name}.part'}".replace("'", "''")
        safe = f"SELECT * REPLACE ({_harmless(store, query)}) FROM ({query})"
        store.connection.execute(f"COPY ({safe}) TO '{target}' (FORMAT csv, HEADER)")
        yield _placed(out / f".{name}.part", out / f"{name}.csv")
    if excel:
        _workbook(store, queries, out / WORKBOOK)
        yield out / WORKBOOK
    record = store.root.parent / "run.json"
    if record.is_file():
        yield _replaced(out / "run.json", lambda part: shutil.copyfile(record, part))
    package = descriptor([_file(out / f"{name}.csv") for name in queries], _years(store))
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    yield _replaced(out / "datapackage.json", lambda part: part.write_text(text, encoding="utf-8"))


def _harmless(store: Store, query: str) -> str:
    """Texts that a spreadsheet would take for a formula, with a mark before them; numbers stay as they are."""
    described = store.connection.execute(f"DESCRIBE {query}").fetchall()
    formula = r"regexp_matches({0}, '^[=+\-@\t\r]')"
    number = "regexp_full_match({0}, '[+-]?[0-9][0-9,]*([.][0-9]+)?%?')"
    marked = f"CASE WHEN {formula} AND NOT {number} THEN chr(39) || {{0}} ELSE {{0}} END AS {{0}}"
    return ", ".join(marked.replace("{0}", f'"{name}"') for name, kind, *_ in described if kind == "VARCHAR")


def _queries(store: Store) -> dict[str, str]:
    """Dataset → its rows in a fixed order, without what only this machine knows."""
    paths = [path for (path,) in store.connection.execute("SELECT DISTINCT path FROM documents").fetchall()]
    root = os.path.commonpath([os.path.dirname(path) for path in paths]) if paths else ""
    start = len(root) + 2 if root not in ("", "/") else 1
    names = "[parse_filename(x) for x in from_json(files, '[\"VARCHAR\"]')]"
    shared = {
        "documents": f"SELECT * REPLACE (substr(path, {start}) AS path, array_to_string({names}, '; ') AS files)",
        "facts": "SELECT * REPLACE (parse_filename(document) AS document)",
        "unknowns": "SELECT * REPLACE (parse_filename(document) AS document)",
        "statements": "SELECT * REPLACE (parse_filename(document) AS document)",
        "findings": "SELECT * REPLACE (regexp_replace(place, '^[^,]*/', '') AS place)",
    }
    made = {name: f"{shared[name]} FROM {name} ORDER BY ALL" for name in DATASETS}
    return {**made, "spending": f"{LINES} ORDER BY ALL"}


def _years(store: Store) -> tuple[int, int] | None:
    """The first and the last year; None where there is no account."""
    found = store.connection.execute("SELECT min(year), max(year) FROM documents").fetchone()
    return (int(found[0]), int(found[1])) if found and found[0] is not None else None


def _file(path: Path) -> tuple[str, int, str]:
    """Name of the dataset, bytes and digest of its file."""
    with path.open("rb") as file:
        digest = sha256()
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return path.stem, path.stat().st_size, digest.hexdigest()


def _workbook(store: Store, queries: dict[str, str], path: Path) -> None:
    with workbook(path, constant_memory=True) as book:
        book.set_properties({"created": _MADE})
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#d8e8e8"})
        for name, query in queries.items():
            answer = store.connection.execute(query)
            titles = [TITLES[column[0]] for column in answer.description or []]
            for number, rows in enumerate(_chunks(answer.fetchmany), start=1):
                sheet = book.add_worksheet(_TABLE_NAMES[name] + (f"{number}" if number > 1 else ""))
                sheet.freeze_panes(1, 0)
                sheet.write_row(0, 0, titles, head)
                last = 0
                for last, row in enumerate(rows, start=1):
                    sheet.write_row(last, 0, row)
                sheet.autofilter(0, 0, last, len(titles) - 1)


def _chunks(fetch: Callable[[int], list[tuple]]) -> Iterator[Iterator[tuple]]:
    """The rows of an answer in portions that fit a sheet; one empty portion where there are none."""
    first = fetch(1)

    def portion(rows: list[tuple]) -> Iterator[tuple]:
        n = 0
        while rows:
            yield from rows
            n += len(rows)
            rows = fetch(min(2048, ROWS - n)) if n < ROWS else []

    yield portion(first)
    while rows := fetch(1):
        yield portion(rows)


def _replaced(path: Path, write: Callable[[Path], object]) -> Path:
    replace(path, write)
    return path


def _placed(part: Path, path: Path) -> Path:
    part.replace(path)
    return path
