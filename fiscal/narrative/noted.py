"""Words from notes.yaml: reasons, duties, organisation, names of economic items."""

from typing import Any


def note_words(account: Any, kind: str, subject: str) -> str | None:
    """A run of words: names:personnel lists the economic items, note:x quotes the notes; None where nothing is."""
    if kind == "names":
        return "、".join(_names(account, subject)) or None
    if subject == "duties":
        return words((account.notes.get("organisation") or {}).get("duties"))
    return words(account.notes.get(subject))


def words(value: Any, join: str = "、") -> str | None:
    """A noted value as one run of words; members of a list are joined, a counted kind says its count."""
    if value is None or value == "":
        return None
    if isinstance(value, dict):
        return counted(value)
    if isinstance(value, list):
        return join.join(text for item in value if (text := words(item))) or None
    return str(value).strip().rstrip("。；，")


def counted(entry: dict, unit: str = "") -> str:
    """名称 and 数量 of one noted count; 余 after what the document calls approximate."""
    name = entry.get("name") or entry.get("kind") or entry.get("what") or ""
    return f"{name}{quantity(entry, unit)}"


def quantity(entry: dict, unit: str = "") -> str:
    """A noted number with its unit, as printed: 35271件, 20余条."""
    number = entry.get("text", entry.get("count"))
    if number is None:
        return "未公开"
    unit = entry.get("unit", unit)
    if not entry.get("approximate"):
        return f"{number}{unit}"
    return f"{number}万余元" if unit == "万元" and len(str(number)) == 1 else f"{number}余{unit}"


def organisation(account: Any) -> list[dict]:
    """The noted facts on the body itself as one entry of a list, each a run of words."""
    noted = account.notes.get("organisation") or {}
    parts = "、".join(counted(part, "人") for part in noted.get("staff_parts") or [])
    facts = {name: text for name, value in noted.items() if (text := words(value))}
    departments = noted.get("departments") or []
    count = {"n_departments": str(len(departments))} if departments else {}
    return [{**facts, **count, "staff_parts": parts}] if facts else []


def _names(account: Any, side: str) -> list[str]:
    listed = account.narrative.lists.get(f"{side}_items")
    if listed:
        return [str(entry["name"]) for entry in listed if entry.get("name")]
    table = account.table("general_public_budget_basic")
    rows = table.rows if table else ()
    return [
        row.label
        for row in rows
        if row.side == side
        and row.level == "economic_item"
        and any(cell.is_number and cell.value for cell in row.cells.values())
    ]
