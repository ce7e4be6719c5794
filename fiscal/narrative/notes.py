"""Words and small tables from notes.yaml: duties, organisation, workload, self-evaluations, remarks."""

from typing import Any

from fiscal.narrative.pieces import Grid, Piece

OVERALL_HEAD = ("一级指标", "二级指标", "三级指标", "预期指标值", "实际完成指标值")
PROJECT_HEAD = ("项目", "内容", "公布的数")


def note_words(account: Any, kind: str, subject: str) -> str | None:
    """A run of words: names:personnel lists the economic items, note:x quotes the notes; None where nothing is."""
    if kind == "names":
        return "、".join(_names(account, subject)) or None
    return words(account.notes.get(subject))


def words(value: Any) -> str | None:
    """A noted value as one run of words; lists joined by ；, mappings as 名称数量."""
    if value is None or value == "":
        return None
    if isinstance(value, dict):
        return words([_entry(name, item) for name, item in value.items()])
    if isinstance(value, list):
        return "；".join(text for item in value if (text := words(item))) or None
    return str(value).rstrip("。；，")


def _entry(name: str, item: Any) -> str:
    text = words(item) or "未公开"
    return text if isinstance(item, (dict, list)) else f"{name}{text}"


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


def remarks(account: Any) -> list[str]:
    """What the notes say about facts that contradict each other or cannot be reconciled."""
    noted = account.notes.get("remarks") or []
    found = [words(item.get("text", item) if isinstance(item, dict) else item) for item in noted]
    return [f"{text}。" for text in found if text]


def grids(account: Any, name: str) -> list[Grid]:
    """The self-evaluation tables of the annexes as noted."""
    performance = account.notes.get("performance") or {}
    if name == "overall_performance":
        return _overall(performance)
    return [grid for project in performance.get("projects") or [] if (grid := _project(project))]


def _overall(performance: dict) -> list[Grid]:
    lines = [
        tuple(str(item.get(key) or "") for key in ("level1", "level2", "level3", "target", "actual"))
        for item in performance.get("indicators") or []
    ]
    return [Grid("部门整体支出绩效自评表", OVERALL_HEAD, tuple(lines))] if lines else []


def _project(project: dict) -> Grid | None:
    lines: list[tuple[Piece, ...]] = [
        (str(project.get("name", "")), str(key), words(value) or "未公开")
        for key, value in (project.get("facts") or {}).items()
    ]
    return Grid(f"项目自评：{project.get('name', '')}", PROJECT_HEAD, tuple(lines)) if lines else None
