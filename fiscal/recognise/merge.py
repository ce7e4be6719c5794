"""One table from several files: the fuller one is kept, what contradicts it is told."""

from fiscal.model.cells import Cell
from fiscal.model.rounding import interval
from fiscal.model.table import Table


def merge_tables(sets: list[dict[str, Table]], problems: list[str]) -> dict[str, Table]:
    """Table id → table, in printed order of the first file; a table with numbers goes before an empty one."""
    merged: dict[str, Table] = {}
    for tables in sets:
        for key, table in tables.items():
            known = merged.get(key)
            if known is None or (known.empty and not table.empty):
                merged[key] = table
            elif not table.empty:
                problems += _differences(known, table)
    return merged


def _differences(kept: Table, other: Table) -> list[str]:
    """One sentence per cell that both files print and that differs."""
    found = []
    for row, column, cell in other.cells():
        mine = kept.cell(row.key, column.key)
        if mine is None or not (mine.is_number and cell.is_number) or _agree(mine, cell):
            continue
        found.append(
            f"《{kept.title}》{row.label}·{column.label}：{mine.place.document} 印为{mine}{mine.unit}，"
            f"{cell.place.document} 印为{cell}{cell.unit}，用前者：请更正其一"
        )
    return found


def _agree(one: Cell, other: Cell) -> bool:
    """Equal after conversion of units, to the digits of the coarser print."""
    return one.value == other.value if one.unit == other.unit else interval(one).meets(interval(other, one.unit))
