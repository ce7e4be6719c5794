"""What notes.yaml adds to an account: its name and year, and where the cells of its workbook come from."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.table import Row, Table
from fiscal.recognise.heads import is_guessed, profile_of


def with_notes(account: Disclosure, notes: dict[str, Any], path: Path) -> Disclosure:
    """The account with its notes; what contradicts the documents is told, and what no cell answers to."""
    entity, year = notes["entity"], notes["year"]
    problems = list(account.problems)
    if account.year not in (None, year):
        problems.append(f"{path}：说明文件写{year}年，资料是{account.year}年：请更正其一")
    tables = dict(account.tables)
    for key in {**notes.get("origins", {}), **notes.get("derived", {})}:
        origins, derived = notes.get("origins", {}).get(key, {}), notes.get("derived", {}).get(key, {})
        if key in tables:
            tables[key], unused = _marked(tables[key], origins, derived)
        else:
            unused = [*origins, *derived]
        problems += [f"{path}：资料中没有 {key}.{address} 这一格：请更正地址" for address in unused]
    for key, zeros in notes.get("zeros", {}).items():
        if key in tables:
            tables[key] = _with_zeros(tables[key], zeros)
    kind = notes.get("kind", account.kind)
    province = str(entity.get("province", ""))
    profile = profile_of(list(tables), entity=entity["name"], province=province, year=year, kind=kind)
    titled = [*tables, *account.listed, *(part.table for part in account.unread)]
    files = tuple(dict.fromkeys([*account.files, str(path)]))
    return replace(
        account,
        path=str(path.parent),
        files=files,
        entity=entity["name"],
        year=year,
        kind=kind,
        unit=notes.get("unit", account.unit),
        profile=profile,
        profile_guessed=is_guessed(profile, titled, entity=entity["name"], province=province),
        tables=tables,
        notes=notes,
        problems=tuple(problems),
    )


def _marked(table: Table, origins: dict[str, str], derived: dict[str, str]) -> tuple[Table, list[str]]:
    """The table with origin, derived and width in its cells, and the addresses that met no cell."""
    met: set[str] = set()
    rows = tuple(_marked_row(row, origins, derived, met) for row in table.rows)
    return replace(table, rows=rows), _unmet([*origins, *derived], met)


def _with_zeros(table: Table, zeros: dict[str, str]) -> Table:
    """The table whose zeros that follow from a stated 0 say which statement that is."""
    rows = []
    for row in table.rows:
        cells = {key: _zero(cell, f"{row.key}.{key}", zeros) for key, cell in row.cells.items()}
        rows.append(replace(row, cells=cells))
    return replace(table, rows=tuple(rows))


def _zero(cell: Cell, address: str, zeros: dict[str, str]) -> Cell:
    if cell.origin or cell.value != 0:
        return cell
    slot = next((slot for pattern, slot in zeros.items() if fnmatchcase(address, pattern)), "")
    return replace(cell, origin=slot) if slot else cell


def _unmet(addresses: Iterable[str], met: set[str]) -> list[str]:
    return [address for address in dict.fromkeys(addresses) if address not in met]


def _marked_row(row: Row, origins: dict[str, str], derived: dict[str, str], met: set[str]) -> Row:
    cells: dict[str, Cell] = {}
    for key, cell in row.cells.items():
        address = f"{row.key}.{key}"
        changes: dict[str, Any] = {}
        if address in origins:
            changes["origin"] = origins[address]
        if address in derived:
            changes |= {"derived": True, "width": Decimal(derived[address])}
        met |= {address} if changes else set()
        cells[key] = replace(cell, **changes) if changes else cell
    return replace(row, cells=cells)
